"""Draw documents that are wrong in one place, each with the code and path of the one issue that reading it must give.

A valid document is drawn and broken. Whatever the fault needs is added to the document first, so that every fault is
possible in every document, and no draw is thrown away.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from typing import Any, Final

import attrs
from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument
from hypothesis.strategies import DrawFn, SearchStrategy  # noqa: TC002 - Sphinx resolves annotations

from geoclaims._actors import Actor
from geoclaims._article import Article
from geoclaims._json.documents import to_dict
from geoclaims._json.format import MODELS
from geoclaims._messages import listed
from geoclaims._rules import (
    LARGEST_NUMBER,
    SPACES,
    Choice,
    Country,
    Date,
    Definition,
    Flag,
    Form,
    Many,
    Nested,
    Reference,
    Rule,
    Text,
    Whole,
    unwanted,
)
from geoclaims._statements import STATEMENT_TYPES
from geoclaims.strategies import _faults as faults
from geoclaims.strategies._articles import articles_in
from geoclaims.strategies._faults import MISSING, THINGS, Fault, Field, chosen, keys
from geoclaims.strategies._fields import texts, texts_under


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
    return _invalid_documents(_codes_in(codes), articles_in(articles))


def _codes_in(given: Collection[str] | None) -> Sequence[str]:
    if given is None:
        return _CODES
    if isinstance(given, str) or not isinstance(given, Iterable):
        raise InvalidArgument(f"found codes={given!r}, expected a list of codes")
    codes = list(given)
    if not codes:
        raise InvalidArgument("found no codes, expected at least one")
    for code in codes:
        if code not in _CODES:
            raise InvalidArgument(f"found {code!r} among the codes, expected {listed(_CODES)}")
    return codes


@st.composite
def _invalid_documents(draw: DrawFn, codes: Sequence[str], articles: SearchStrategy[Article]) -> InvalidDocument:
    code = chosen(draw, codes)
    fault = chosen(draw, _faults()[code])
    article = draw(articles)
    if type(article) is not Article:
        raise InvalidArgument(f"found {article!r}, expected an Article")
    valid = to_dict(article)
    path, new = fault(draw, valid)
    document, old = _changed(valid, path, new)
    return InvalidDocument(document, path, code, valid, old, new)


def _changed(valid: dict[str, Any], path: tuple[str | int, ...], new: Any) -> tuple[dict[str, Any], Any]:
    """Copy a document and put a value at a path, or remove the key; also return the value that was there."""
    document = copy.deepcopy(valid)
    owner: Any = document
    *steps, last = path
    for step in steps:
        owner = owner[step]
    is_there = last in owner if isinstance(owner, dict) else last in range(len(owner))
    old = copy.deepcopy(owner[last]) if is_there else MISSING
    if new is MISSING:
        del owner[last]
    elif is_there or isinstance(owner, dict):
        owner[last] = copy.deepcopy(new)
    else:
        owner.append(copy.deepcopy(new))
    return document, old


# Invalid values by type. A text that ends in a space is invalid for every string with a pattern.
_MISTAKES: Final[Mapping[str, Sequence[str]]] = {
    "version": ("1", "1.1", "2.0", "0.9", "1.0.0", "v1.0", "latest"),
    "tag": ("Denial", "claim", "statements"),
    "enum": ("Person", "OUTRIGHT", "other", "none"),
    "id": ("-", "a b", "a/b", "é", "#a", "a" * 101, "a\n"),
    "url": ("a", "a.example", "//a.example", "http:", "http:///", "ftp://a.example", "mailto:a@a.example", "http://["),
    "country": ("DE", "deu", "XXX", "EUR", "Kosovo"),
    "language": ("e", "en_US", "en-", "-en", "en--US", "Ukrainian", "en; uk"),
    "date": ("0000", "25", "2025-4", "2025-00", "2025-13", "2025-02-29", "2025-04-31", "20250409", "2025-04-09T00:00Z"),
    "span": ("1", "1:1", "1:0:e3b0c44298fc1c14", "2:1:5feceb66ffc86f38", "1:01:5feceb66ffc86f38", "1:1:5FECEB"),
}
_CODES: Final = (
    *("version", "missing", "unknown_key", "type", "tag", "enum", "empty", "id", "text", "url", "country", "language"),
    *("date", "range", "duplicate_id", "duplicate", "dangling_ref", "wrong_ref", "self_ref", "cycle", "span"),
)


@cache
def _faults() -> Mapping[str, Sequence[Fault]]:
    """Return all functions that break documents, by the code of the issue that follows."""
    by_code: dict[str, list[Fault]] = {code: [] for code in _CODES}
    for model in MODELS:
        by_code["unknown_key"].append(partial(faults.add_key, model))
        for key in keys(model).values():
            for code, fault in _faults_of(model, key):
                by_code[code].append(fault)
    by_code["duplicate_id"] += [partial(faults.repeat_id, model) for model in THINGS]
    by_code["missing"].append(faults.leave_out_bounds)
    by_code["range"] += [partial(faults.swap_event, model) for model in STATEMENT_TYPES]
    by_code["range"] += [faults.swap_bounds, faults.swap_ends]
    by_code["span"] += [faults.repeat_span, faults.leave_text]
    return by_code


def _faults_of(model: type[Any], key: Definition) -> Iterator[tuple[str, Fault]]:
    """Yield all functions that break a key of a model, each with the code of the issue that follows."""
    field, rule = Field(model, key.name, each=False), key.rule
    if key.required:
        yield "missing", partial(faults.leave_out, field)
    for code, wrong in _wrong(rule, optional=key.optional):
        yield code, partial(faults.replace, field, wrong)
    if isinstance(rule, Many):
        field = field._replace(each=True)
        for code, wrong in _wrong(rule.item, optional=False):
            yield code, partial(faults.replace, field, wrong)
        if rule.unique:
            yield "duplicate", partial(faults.repeat, field, rule.item)
        rule = rule.item
    if isinstance(rule, Reference):
        yield "dangling_ref", partial(faults.refer_to_nothing, field)
        if rule.to != "actor or statement":
            others = STATEMENT_TYPES if rule.to == "actor" else (Actor,)
            yield "wrong_ref", partial(faults.refer_to_another_type, field, others)
        if not rule.itself:
            yield "self_ref", partial(faults.refer_to_itself, field)
        if rule.acyclic:
            yield "cycle", partial(faults.close_cycle, field)


def _wrong(rule: Rule, *, optional: bool) -> list[tuple[str, SearchStrategy[Any]]]:
    """Return strategies of values that break a rule, each with the code of the issue that follows."""
    wrong = [("type", _of_another_type(rule, optional=optional))]
    match rule:
        case Text():
            wrong += [("text", _unwritable(rule)), ("empty", _blank(rule))]
        case Form(code):
            wrong += [(code, _mistaken(code))]
        case Reference():
            wrong += [("id", _mistaken("id"))]
        case Country():
            wrong += [("country", _mistaken("country"))]
        case Date():
            wrong += [("date", _mistaken("date"))]
        case Choice():
            wrong += [("enum", _mistaken("enum"))]
        case Whole():
            wrong += [("range", st.integers(max_value=-1) | st.integers(min_value=LARGEST_NUMBER + 1))]
        case Many(least=least) if least:
            wrong += [("empty", st.builds(list))]
        case _:
            pass
    return wrong


def _of_another_type(rule: Rule, *, optional: bool) -> SearchStrategy[Any]:
    types: dict[type[Any], type[Any]] = {Flag: bool, Whole: int, Many: list, Nested: dict}
    right = types.get(type(rule), str)
    some = st.none() | st.integers() | texts()
    all_types: dict[type[Any], SearchStrategy[Any]] = {
        str: texts(),
        int: st.integers(),
        float: st.floats(allow_nan=False, allow_infinity=False),
        bool: st.booleans(),
        list: st.lists(some, max_size=2),
        dict: st.dictionaries(texts(), some, max_size=2),
    }
    others = [strategy for kind, strategy in all_types.items() if kind is not right]
    return st.one_of(others if optional else [st.none(), *others])


def _mistaken(code: str) -> SearchStrategy[str]:
    return st.sampled_from(("", *_MISTAKES[code])) | texts().map(lambda text: f"{text} ")


def _unwritable(rule: Text) -> SearchStrategy[str]:
    """Draw text with a character that the rule does not allow."""
    characters = [character for character in (*map(chr, range(0xA0)), "\ud800") if _is_unwanted(character, rule)]
    around = st.just("") | texts_under(rule)
    return st.tuples(around, st.sampled_from(characters), around).map("".join)


def _blank(rule: Text) -> SearchStrategy[str]:
    spaces = [chr(point) for first, last in SPACES for point in range(first, last + 1)]
    return st.text([space for space in spaces if not _is_unwanted(space, rule)], max_size=3)


def _is_unwanted(character: str, rule: Text) -> bool:
    return re.search(unwanted(rule.allowed), character) is not None
