"""Find the JSON-LD in the text of a web page.

A page is passed over once, for tags and comments. The parser of the standard library, `html.parser`, needs
time that grows with the square of a hostile page, and raises `AssertionError` on `<![<![`.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

import attrs

from geoclaims._errors import Issue, ValidationError
from geoclaims._json.text import parse_without_repeats, with_positions

_LD_JSON: Final = "application/ld+json"
_LONGEST_TYPE: Final = 100  # several times as long as any that is in use, with its parameters

# Each search begins where the last one ended. Where the end of a comment or tag is missing, the page ends within it, as
# in a browser. Only what follows an equals sign is quoted; elsewhere a quotation mark is a character like any other.
_START: Final = re.compile(r"<!--|</?([a-z][^\s/>]*+)", re.ASCII | re.IGNORECASE)
_REST_OF_COMMENT: Final = re.compile("--!?>")
_REST_OF_TAG: Final = re.compile(r"""((?:[^>=]++|=\s*+(?:"[^"]*+"|'[^']*+')|=)*+)>""", re.ASCII)
_WITHOUT_TAGS: Final = frozenset({"script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes"})
"""The elements in which a browser looks for nothing but their end."""

_ATTRIBUTE: Final = re.compile(r"""([^\s=/]++)\s*+(?:=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s]++)))?""", re.ASCII)


@attrs.frozen
class Script:
    """A script of a page that holds JSON-LD."""

    text: str
    line: int
    """The line of the page on which the text begins."""
    column: int
    """The code point of that line at which it begins, from 1; a byte order mark is not counted."""


def scripts_in(page: str) -> Iterator[Script]:
    """Find the scripts of a page that hold JSON-LD, in their order; the last may be cut off."""
    place = counted = 0
    line = 1
    before_line = len(page) - len(page.removeprefix("\ufeff")) - 1  # the place of the line feed before the line
    while start := _START.search(page, place):
        if start[0] == "<!--":
            end = _REST_OF_COMMENT.search(page, start.end() - 2)  # as <!--> is a whole comment
            if end is None:
                return
            place = end.end()
            continue
        tag = _REST_OF_TAG.match(page, start.end())
        if tag is None:
            return
        place = tag.end()
        name = start[1].lower()
        if page.startswith("</", start.start()) or name not in _WITHOUT_TAGS:
            continue
        end = re.compile(rf"</{name}(?=[\s/>])", re.ASCII | re.IGNORECASE).search(page, place)
        place = len(page) if end is None else end.start()
        if name == "script" and _is_ld_json(tag[1]):
            line += page.count("\n", counted, tag.end())
            before_line = max(before_line, page.rfind("\n", counted, tag.end()))
            counted = tag.end()
            yield Script(page[counted:place], line, counted - before_line)


def _is_ld_json(attributes: str) -> bool:
    """Report whether the attributes of a script say that it holds JSON-LD; the first of a name counts."""
    for name, *values in _ATTRIBUTE.findall(attributes):
        if name.lower() == "type":
            value = html.unescape("".join(values)[:_LONGEST_TYPE])
            return value.partition(";")[0].strip().lower() == _LD_JSON
    return False


def parse_scripts(scripts: Sequence[Script]) -> tuple[list[Any], list[ValidationError]]:
    """Parse scripts; return their documents, with None for each that is not JSON, and the errors of those.

    Paths begin with the number of the script.
    """
    documents: list[Any] = []
    errors: list[ValidationError] = []
    for number, script in enumerate(scripts):
        document = None
        try:
            document = parse_without_repeats(script.text, first_line=script.line, first_column=script.column)
        except ValidationError as error:
            issues = [attrs.evolve(issue, path=(number, *issue.path)) for issue in error.issues]
            errors.append(ValidationError(issues, omitted=error.omitted))
        documents.append(document)
    return documents, errors


def with_positions_in_page(errors: Sequence[ValidationError], scripts: Sequence[Script]) -> Sequence[ValidationError]:
    """Add to each issue of some errors, whose paths begin with the number of a script, its position in the page.

    An error may be about several scripts, as one may refer to nodes of another; each is walked through once.
    """
    by_script: dict[Any, list[tuple[int, int, Issue]]] = {}
    for number, error in enumerate(errors):
        for index, issue in enumerate(error.issues):
            if issue.path:  # otherwise it is about the page as a whole
                by_script.setdefault(issue.path[0], []).append((number, index, issue))
    issues = [list(error.issues) for error in errors]
    for script, waiting in by_script.items():
        for (number, index, issue), placed in zip(waiting, _placed(waiting, scripts[script]), strict=True):
            issues[number][index] = attrs.evolve(issue, line=placed.line, column=placed.column)
    return [ValidationError(those, omitted=error.omitted) for those, error in zip(issues, errors, strict=True)]


def _placed(waiting: Iterable[tuple[int, int, Issue]], script: Script) -> Iterator[Issue]:
    errors = [ValidationError([attrs.evolve(issue, path=issue.path[1:])]) for _, _, issue in waiting]
    placed = with_positions(errors, script.text, script.line, script.column)
    return (issue for error in placed for issue in error.issues)
