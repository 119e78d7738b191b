"""Define the colours of pictures and pages, light and dark; each text has a contrast of at least 4.5 to 1."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

import attrs

Shade = Literal["light", "dark"]


@attrs.frozen
class Colour:
    """A colour on a light and on a dark page."""

    light: str
    dark: str

    def on(self, shade: Shade) -> str:
        """Return the colour in one of the schemes."""
        return self.light if shade == "light" else self.dark


COLOURS: Final[Mapping[str, Colour]] = {
    "page": Colour("#fbfbfa", "#17191c"),
    "box": Colour("#ffffff", "#202327"),
    "edge": Colour("#d5d9de", "#3d434b"),
    "ink": Colour("#1b1f24", "#e6e8eb"),
    "faint": Colour("#57606a", "#a6aeb8"),
    "lit": Colour("#fff3d6", "#453a1e"),
    "near": Colour("#e9f0f8", "#22303f"),
    "allegation": Colour("#b03321", "#f08a76"),
    "denial": Colour("#1f5fae", "#7fb2f0"),
    "statement": Colour("#5f6975", "#a3acb7"),
}
