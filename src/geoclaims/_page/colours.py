"""Define the colours of pictures and pages, light and dark; each text has a contrast of at least 4.5 to 1."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

Shade = Literal["light", "dark"]

COLOURS: Final[Mapping[str, Mapping[Shade, str]]] = {
    "page": {"light": "#fbfbfa", "dark": "#17191c"},
    "box": {"light": "#ffffff", "dark": "#202327"},
    "edge": {"light": "#d5d9de", "dark": "#3d434b"},
    "ink": {"light": "#1b1f24", "dark": "#e6e8eb"},
    "faint": {"light": "#57606a", "dark": "#a6aeb8"},
    "lit": {"light": "#fff3d6", "dark": "#453a1e"},
    "near": {"light": "#e9f0f8", "dark": "#22303f"},
    "allegation": {"light": "#b03321", "dark": "#f08a76"},
    "denial": {"light": "#1f5fae", "dark": "#7fb2f0"},
    "statement": {"light": "#5f6975", "dark": "#a3acb7"},
}
