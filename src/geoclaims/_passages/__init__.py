"""Passages of a text: their normal form and fingerprint, and how they are found again in anyone's copy."""
