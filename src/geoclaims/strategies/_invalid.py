"""Draw documents that are wrong in one place, each with the code and path of the one issue that reading it must give.

A valid document is drawn and broken. Whatever the fault needs is added to the document first, so that every fault is
possible in every document.
"""

from __future__ import annotations

import copy
from collections.abc import Collection, Sequence
from typing import Any

import attrs
from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument
from hypothesis.strategies import DrawFn, SearchStrategy  # noqa: TC002 - Sphinx resolves annotations

from geoclaims._article import Article
from geoclaims._errors import Path
from geoclaims._json.documents import to_dict
from geoclaims._messages import listed
from geoclaims.strategies._articles import articles as any_articles
from geoclaims.strategies._faults import CODES, MISSING, chosen, faults
from geoclaims.strategies._models import strategies_in


@attrs.frozen
class InvalidDocument:
    """A document with one fault.

    Attributes:
        document (dict[str, Any]): The document, as JSON-ready builtins.
        path (tuple[str | int, ...]): Where the fault is, as in an `Issue`.
        code (str): The kind of fault, as in an `Issue`.
        valid (dict[str, Any]): The document without the fault.
        old (Any): The value at the path in `valid`, or `MISSING`.
        new (Any): The value at the path in `document`, or `MISSING`.

    >>> from hypothesis import find
    >>> from geoclaims.strategies import invalid_documents
    >>> documents = invalid_documents(codes=["missing"])
    >>> invalid = find(documents, lambda invalid: True)
    >>> invalid.path, invalid.old, invalid.new
    (('schema_version',), '1.0', MISSING)
    """

    document: dict[str, Any]
    path: tuple[str | int, ...]
    code: str
    valid: dict[str, Any]
    old: Any
    new: Any


def invalid_documents(
    *, codes: Collection[str] | None = None, articles: SearchStrategy[Article] | None = None
) -> SearchStrategy[InvalidDocument]:
    """Draw documents with one fault, and the issue that reading them gives.

    Every code that parsed JSON can have is drawn, in every field in which it
    can occur.

    Args:
        codes: The codes to choose from, by default all.
        articles: The articles that are broken, by default any; what a fault
            needs is added to them.

    Raises:
        InvalidArgument: There is no such code, or `codes` is empty.

    >>> from hypothesis import find
    >>> from geoclaims.strategies import invalid_documents
    >>> invalid = find(invalid_documents(codes=["url"]), lambda invalid: True)
    >>> invalid.document
    {'schema_version': '1.0', 'id': '0', 'url': ''}
    >>> invalid.path, invalid.code
    (('url',), 'url')
    """
    given = strategies_in({"articles": articles})
    wanted: Any = CODES if codes is None else codes
    if isinstance(wanted, str) or not isinstance(wanted, Collection) or not wanted:
        raise InvalidArgument(f"found codes={codes!r}, expected a list of codes")
    for code in wanted:
        if code not in CODES:
            raise InvalidArgument(f"found {code!r} among the codes, expected {listed(CODES)}")
    return _invalid_documents(list(wanted), given["articles"] if given else any_articles())


@st.composite
def _invalid_documents(draw: DrawFn, codes: Sequence[str], articles: SearchStrategy[Article]) -> InvalidDocument:
    code = chosen(draw, codes)
    fault = chosen(draw, faults()[code])
    article = draw(articles)
    if type(article) is not Article:
        raise InvalidArgument(f"found {article!r}, expected an Article")
    valid = to_dict(article)
    path, new = fault(draw, valid)
    document, old = _changed(valid, path, new)
    return InvalidDocument(document, path, code, valid, old, new)


def _changed(valid: dict[str, Any], path: Path, new: Any) -> tuple[dict[str, Any], Any]:
    """Copy a document and put a value at a path, or remove the key; also return the value that was there."""
    document = copy.deepcopy(valid)
    owner: Any = document
    *steps, last = path
    for step in steps:
        owner = owner[step]
    is_there = last in (owner if isinstance(owner, dict) else range(len(owner)))
    old = owner[last] if is_there else MISSING
    if new is MISSING:
        del owner[last]
    elif is_there or isinstance(owner, dict):
        owner[last] = copy.deepcopy(new)
    else:
        owner.append(copy.deepcopy(new))
    return document, old
