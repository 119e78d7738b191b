"""Normalise and fingerprint passages of a text, and find them again in another copy of it."""
