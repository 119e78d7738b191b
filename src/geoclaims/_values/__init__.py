"""Values and the rules they keep: the bottom of geoclaims, together with its errors."""
