"""Draw an article as SVG."""
