"""Fact checks by others, read as articles."""
