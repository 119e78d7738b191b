"""Tell files of links from files of articles, and refuse them where a command cannot read them."""

from __future__ import annotations

import re
from typing import Final, TypeGuard

from geoclaims._command_line.command import called
from geoclaims._errors import GeoclaimsError, Issue, ValidationError
from geoclaims._links import Link
from geoclaims._rules.fields import definitions

_STRING: Final = rb'\s*+"(?:[^"\\]++|\\.)*+"\s*+'
_LINK: Final = re.compile(
    rb'(?:\xef\xbb\xbf)?\s*+\{(?:%b:(?:%b|\s*+null\s*+),)*?\s*+"type"\s*+:\s*+"link"' % (_STRING, _STRING), re.DOTALL
)
"""An object of texts, its type `link` among them."""
_LONGEST_HEADER: Final = 1000
_ALONE: Final = "links stand in files of their own"


class LinksError(GeoclaimsError):
    """A command that reads no links was given some."""


def holds_links(text: bytes | ValidationError) -> bool:
    """Report whether the first text of a file is a link, or a table of links."""
    return isinstance(text, bytes) and (_LINK.match(text) is not None or is_table(text))


def refuse_links(text: bytes | ValidationError, name: str) -> None:
    """Refuse a file of links by its first text.

    Raises:
        LinksError: It holds links.
    """
    if holds_links(text):
        readers = "show, validate, and export --to csv or html read them if the articles are given too"
        raise LinksError(f"geoclaims: {called(name)} holds links; {readers}")


def is_table(text: bytes | ValidationError) -> TypeGuard[bytes]:
    """Report whether a text is a table with two at least of the three columns that every table of links has."""
    if not isinstance(text, bytes):
        return False
    header = text[:_LONGEST_HEADER].partition(b"\n")[0].decode(errors="replace")
    required = {name for name, definition in definitions(Link).items() if definition.required}
    return "{" not in header and len(required & {*re.findall(r"\w+", header.lower())}) > 1


def instead_of(error: ValidationError, text: bytes | ValidationError) -> ValidationError:
    """Of a link among articles, an article among links, and a link that does not say so, return one issue instead."""
    unknown = {issue.path for issue in error.issues if issue.code == "unknown_key"}
    if ("schema_version",) in unknown:
        issue = Issue("tag", (), f"found an article, expected a link: {_ALONE}")
    elif ("source",) in unknown and holds_links(text):
        issue = Issue("tag", (), f"found a link, expected an article: {_ALONE}")
    elif ("source",) in unknown and ("target",) in unknown:
        issue = Issue("missing", ("type",), """found no key 'type', expected a link to begin with "type": "link\"""")
    else:
        return error
    return ValidationError([issue])
