"""Show models as HTML: the pieces of which notebooks and pages are made."""
