"""Show models as HTML: the parts that notebooks and pages are made of."""
