"""Arrow tables, one row per article."""
