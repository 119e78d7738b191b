"""How text is shown to people, so that nothing in it disturbs a terminal or a page."""
