"""How the documentation is built: `nox -s docs`, or `sphinx-build docs docs/_build/html` where its tools are installed.

Nothing is fetched, neither here nor by the pages: no inventories, fonts or scripts of others.
"""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE / "extensions"), str(HERE.parent)]

project = "geoclaims"
author = "the geoclaims maintainers"
project_copyright = author
about = tomllib.loads((HERE.parent / "pyproject.toml").read_text(encoding="utf-8"))["project"]
release = version = about["version"]
description = about["description"]
language = "en-GB"

extensions = [
    "myst_parser",
    "sphinx_copybutton",
    "plain_markdown",
    "names",
    "pages",
    "live_pages",
]
exclude_patterns = ["_build", "_static", "gallery"]
templates_path = ["_templates"]

html_theme = "furo"
html_title = f"geoclaims {release}"
html_static_path = ["_static"]
html_css_files = ["geoclaims.css"]
html_favicon = "_static/favicon.svg"
html_additional_pages = {"404": "not-found.html"}
html_copy_source = False
html_show_sphinx = False
html_theme_options = {"navigation_with_keys": False}
html_domain_indices = False
pygments_dark_style = "github-dark"

# What is copied is what one types: no prompts, and nothing that is printed.
copybutton_prompt_text = r">>> |\.\.\. ?|\$ "
copybutton_prompt_is_regexp = True
copybutton_line_continuation_character = "\\"
copybutton_selector = "div:not(.highlight-text) > div.highlight pre"

myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 4

nitpicky = True
