"""JSON: convert text to builtins to models, and back."""
