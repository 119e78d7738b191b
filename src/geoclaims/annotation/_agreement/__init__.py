"""Measure how far annotations agree: compare two, and alpha of two or more."""
