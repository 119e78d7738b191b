"""Show articles in HTML: what web pages and notebooks have in common, and the output of notebooks."""
