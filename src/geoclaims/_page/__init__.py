"""Show articles on a web page, and models in a notebook."""
