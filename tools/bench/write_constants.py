"""Write `constants.py`: `python -m tools.bench.write_constants`."""

from __future__ import annotations

from pathlib import Path

from geoclaims._countries import country_codes
from geoclaims._json.format import CURRENT
from geoclaims._rules import (
    DATE_PATTERN,
    DOCUMENT,
    FINGERPRINT,
    IDENTIFIER,
    LANGUAGE,
    LARGEST_NUMBER,
    LINE,
    LINES,
    SPACES,
    URL,
    Ranges,
    unwanted,
    wanted,
    without,
)

FILE = Path(__file__).with_name("constants.py")


def _text(allowed: Ranges) -> str:
    """Return the pattern of text under a rule, for engines without backtracking."""
    return f"{wanted(allowed)}*{wanted(without(allowed, SPACES))}{wanted(allowed)}*"


def constants() -> str:
    """Return the source of the module with the rules of geoclaims, for other libraries."""
    values = {
        "VERSION": CURRENT,
        "IDENTIFIER": IDENTIFIER.pattern,
        "URL": URL.pattern,
        "LANGUAGE": LANGUAGE.pattern,
        "FINGERPRINT": FINGERPRINT.pattern,
        "DATE": DATE_PATTERN,
        "LINE": _text(LINE),
        "PROSE": _text(LINES),
        "WHOLE_TEXT": _text(DOCUMENT),
        "UNFIT_IN_LINE": unwanted(LINE),
        "UNFIT_IN_PROSE": unwanted(LINES),
        "UNFIT_IN_WHOLE_TEXT": unwanted(DOCUMENT),
    }
    lines = [
        '"""The rules of geoclaims without geoclaims; written by `python -m tools.bench.write_constants`."""',
        "",
        "# ruff: noqa: E501, Q003",
        "# fmt: off",
        "",
        *(f"{name} = {_quoted(value)}" for name, value in values.items()),
        f"LARGEST_NUMBER = {LARGEST_NUMBER}",
        f'COUNTRIES = "{" ".join(sorted(country_codes()))}"',
    ]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    inside = ascii(text)[1:-1].replace('"', '\\"')
    return f'"{inside}"'


if __name__ == "__main__":
    FILE.write_text(constants(), encoding="utf-8")
