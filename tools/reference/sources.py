"""Link terms from other standards to their sources in the bibliography."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Final

BIBLIOGRAPHY: Final = Path(__file__).parents[2] / "docs" / "reference" / "bibliography.md"
# Fields name the maker of this one, and not its title.
SHORTER: Final = {"W3C Web Annotation": "W3C"}


@cache
def sources() -> dict[str, str]:
    """Give the anchor of each source in the bibliography by the name that fields call it by."""
    headings = re.findall(r"^### (.+)$", BIBLIOGRAPHY.read_text(encoding="utf-8"), re.MULTILINE)
    return {SHORTER.get(name, name): re.sub(r"[^\w\- ]", "", name.lower()).replace(" ", "-") for name in headings}


def with_sources(term: str) -> str:
    """Link each source that a term names, as `PARC` in `PARC cue`."""
    names = "|".join(map(re.escape, sources()))
    return re.sub(rf"\b({names})\b", lambda name: f"[{name[1]}](bibliography.md#{sources()[name[1]]})", term)
