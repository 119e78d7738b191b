"""JSON: from text to builtins to models, and back."""
