"""Write the rules of geoclaims as `constants.py`, so that the models of other libraries need not import it."""

from __future__ import annotations

from pathlib import Path

from geoclaims import _rules as rules
from geoclaims._countries import country_codes
from geoclaims._json.format import CURRENT
from geoclaims._rules import patterns

FILE = Path(__file__).with_name("constants.py")
HEAD = '''"""The rules of geoclaims, which `python -m tools.bench` keeps current."""

# ruff: noqa: E501, Q000
# fmt: off
'''


def write_constants() -> bool:
    """Write the module if the rules have changed, and report whether they had."""
    values: dict[str, object] = {
        "VERSION": CURRENT,
        "IDENTIFIER": rules.IDENTIFIER.pattern,
        "URL": rules.URL.pattern,
        "LANGUAGE": rules.LANGUAGE.pattern,
        "FINGERPRINT": rules.FINGERPRINT.pattern,
        "DATE": patterns.DATE_PATTERN,
        "LARGEST_NUMBER": rules.LARGEST_NUMBER,
        "COUNTRIES": " ".join(sorted(country_codes())),
    }
    for name, allowed in (("LINE", patterns.LINE), ("PROSE", patterns.LINES), ("WHOLE_TEXT", patterns.DOCUMENT)):
        every, visible = rules.wanted(allowed), rules.wanted(patterns.minus(allowed, rules.SPACES))
        values[name] = f"{every}*{visible}{every}*"  # for engines without backtracking
        values[f"UNFIT_IN_{name}"] = rules.unwanted(allowed)
    source = "\n".join([HEAD, *(f"{name} = {value!a}" for name, value in values.items()), ""])
    changed = FILE.read_text(encoding="ascii") != source
    FILE.write_text(source, encoding="ascii")
    return changed
