"""The versions of the JSON format, and how documents of an older one become documents of this one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from geoclaims._display.wording import found
from geoclaims._errors import Issue, ValidationError
from geoclaims._issues import members_of

CURRENT: Final = "1.0"
"""The version that is written: the lowest that can hold any document, as long as it is the only one."""

Step = Callable[[dict[str, Any]], dict[str, Any]]

STEPS: Final[Mapping[str, Step]] = {}
"""For each older version, what turns a document of it into one of the next, without touching the one given."""


def migrated(document: dict[str, Any], steps: Mapping[str, Step] = STEPS) -> dict[str, Any]:
    """A document of any version that is known, as one of the current version.

    Whatever does not state a version as a string is returned as it is; reading names what is wrong with it.

    Raises:
        ValidationError: The version is newer than this library, or unknown (`version`).
    """
    version = dict(members_of(document)).get("schema_version")
    while type(version) is str and version != CURRENT:
        if version not in steps:
            newer = ", a version newer than this geoclaims can read" if _is_newer(version) else ""
            message = f"found {found(version)}{newer}, expected {found(CURRENT)}"
            raise ValidationError([Issue("version", ("schema_version",), message)])
        document = steps[version](document)
        version = document.get("schema_version")
    return document


def _is_newer(version: str) -> bool:
    major, dot, minor = version.partition(".")
    digits = "0123456789"
    is_version = bool(major and dot and minor) and not (major + minor).strip(digits) and len(version) < 20
    return is_version and (int(major), int(minor)) > tuple(map(int, CURRENT.split(".")))
