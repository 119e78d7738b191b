"""Draw whole articles, consistent by construction: no draw is ever thrown away and repeated.

Actors and statements are drawn separately, without ids or with ids that may repeat. What they refer to is drawn as
numbers of places, and looked up when all are drawn. A number keeps its meaning when shrinking removes something else,
so examples become small.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import count
from typing import Any, Final

import attrs
from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument
from hypothesis.strategies import DrawFn, SearchStrategy  # noqa: TC002 - tools that read signatures resolve them

from geoclaims._actors import Actor
from geoclaims._article import Article
from geoclaims._dates import PartialDate
from geoclaims._json.documents import to_dict
from geoclaims._passages.normal_form import normalize
from geoclaims._rules import NAME, PROSE, WHOLE_TEXT, Reference, definitions, references_of
from geoclaims._spans import Span
from geoclaims._statements import STATEMENT_TYPES, Allegation, Denial, Statement
from geoclaims.strategies._fields import ids, long_texts_under, partial_dates, texts_under
from geoclaims.strategies._models import DrawFields, Fields, fields_of, fitted, strategies_in

_SORTS: Final = 3  # varieties of statements of each type
_NAMESAKES: Final = ("a", "A")
_NAMES: Final = (*_NAMESAKES, "é", "e\u0301")
_NEAR: Final = st.integers(0, 30)
_A_FINGERPRINT: Final = "1:1:0000000000000000"

Targets = Sequence[str | None]
"""The possible targets of a reference: the id at each place, or None if it is not allowed."""


@attrs.define
class Element:
    """An actor or statement that is not linked yet; its references are ids, or numbers of places."""

    model: type[Any]
    fields: Fields

    @property
    def id(self) -> str | None:
        """Its id, if it has one."""
        return self.fields.get("id")


def articles(
    *,
    id: SearchStrategy[str] | None = None,
    title: SearchStrategy[str | None] | None = None,
    publisher: SearchStrategy[str | None] | None = None,
    annotator: SearchStrategy[str | None] | None = None,
    url: SearchStrategy[str | None] | None = None,
    archived_at: SearchStrategy[str | None] | None = None,
    published: SearchStrategy[PartialDate | None] | None = None,
    language: SearchStrategy[str | None] | None = None,
    actors: SearchStrategy[Actor] | None = None,
    statements: SearchStrategy[Statement] | None = None,
    text: SearchStrategy[str | None] | None = None,
    min_actors: int = 0,
    max_actors: int = 5,
    min_statements: int = 0,
    max_statements: int = 10,
) -> SearchStrategy[Article]:
    """Draw articles with actors and statements that refer to each other.

    Everything that an article can hold is drawn, such as denials of denials,
    passages of an attached text, and nothing.

    `actors` and `statements` draw single ones, which are then linked. Repeated
    ids are replaced, and so are references whose target is missing or not
    allowed; without an allowed target they are left out, and a denial becomes
    an allegation. Spans are moved into the text. Without actors there are no
    statements.

    Raises:
        InvalidArgument: An argument is not a strategy, or the numbers
            contradict each other.

    >>> from hypothesis import find
    >>> from geoclaims.strategies import articles
    >>> find(articles(), lambda article: article.allegations).statements
    (Allegation(id='s1', speaker='a1', content='0', accused=('a1',)),)
    """
    given = strategies_in({name: value for name, value in locals().items() if name in definitions(Article)})
    _check_sizes("actors", min_actors, max_actors)
    _check_sizes("statements", min_statements, max_statements)
    if min_statements and not max_actors:
        raise InvalidArgument(f"found min_statements={min_statements} with max_actors=0, expected room for a speaker")
    most = max(max_actors + max_statements - 1, 0)
    numbers = st.integers(0, most)
    actor = _actors(numbers) if actors is None else _given_elements(actors, (Actor,))
    statement = _statements(numbers, most) if statements is None else _given_elements(statements, STATEMENT_TYPES)
    empty = 1 if statements is not None else _SORTS  # so that about a fifth of the places are empty
    own = {
        "text": st.one_of(st.none(), texts_under(WHOLE_TEXT), *[long_texts_under(WHOLE_TEXT) for _ in range(3)]),
        "published": st.one_of(st.none(), partial_dates(), partial_dates()),
        **given,
        "statements": _several(statement, min_statements, max_statements if max_actors else 0, empty=empty),
        "actors": _several(actor, min_actors, max_actors),
    }
    speaker = _elements(Actor, lambda _: {"name": "0"}) if actors is None else actor
    return _articles(fields_of(Article, ids(), own), speaker)


def documents(articles: SearchStrategy[Article] | None = None) -> SearchStrategy[dict[str, Any]]:
    """Draw articles as JSON-ready dictionaries, as `geoclaims.to_dict` makes them.

    >>> from hypothesis import find
    >>> from geoclaims.strategies import documents
    >>> find(documents(), lambda document: True)
    {'schema_version': '1.0', 'id': '0'}
    """
    return _documents(articles_in(articles))


def articles_in(given: SearchStrategy[Article] | None) -> SearchStrategy[Article]:
    """Return the articles that a user gives, or any.

    Raises:
        InvalidArgument: The argument is not a strategy.
    """
    own = strategies_in({"articles": given})
    return own["articles"] if own else articles()


def _check_sizes(what: str, least: int, most: int) -> None:
    for name, size in ((f"min_{what}", least), (f"max_{what}", most)):
        if type(size) is not int or size < 0:
            raise InvalidArgument(f"found {name}={size!r}, expected a whole number from 0")
    if least > most:
        raise InvalidArgument(f"found min_{what}={least} above max_{what}={most}")


# --- What is drawn ----------------------------------------------------------------------------------------------------


def _actors(numbers: SearchStrategy[int]) -> SearchStrategy[Element]:
    """Draw actors of all varieties, and more of two.

    Some have names that differ only in case or accents; some act for others and have several names.
    """
    sorts: list[Mapping[str, SearchStrategy[Any]]] = [
        {},
        {"id": st.sampled_from(_NAMESAKES), "name": st.sampled_from(_NAMES)},
        {"on_behalf_of": numbers, "aliases": st.lists(texts_under(NAME), max_size=4)},
    ]
    return st.one_of(
        [_elements(Actor, fields_of(Actor, numbers, own, optional=["id"], few=bool(own))) for own in sorts]
    )


def _statements(numbers: SearchStrategy[int], most: int) -> SearchStrategy[Element]:
    """Draw statements of all varieties, and more of two: with passages and quotes, and dated hearsay."""
    quotes = texts_under(PROSE)
    dates = st.one_of(st.none(), partial_dates(), partial_dates())
    # Each of these fields can be empty, so that a shrunk example has none that it does not need.
    sorts: list[Mapping[str, SearchStrategy[Any]]] = [
        {},
        {"spans": st.lists(_short_spans(), max_size=2), "quotes": st.lists(quotes, max_size=3)},
        {
            "reported_by": st.lists(numbers, max_size=6) | st.lists(numbers, min_size=4, max_size=6, unique=True),
            "date": dates,
            "event_date": dates,
        },
    ]
    # Several denials of one statement are likely only if most of them deny the first or the second.
    near = st.sampled_from([*[0, 1, 0] * 10, *range(most + 1)])
    denied = {"denies": st.tuples(near) | st.lists(near, min_size=1, max_size=4)}

    def drawn(model: type[Statement], own: Mapping[str, SearchStrategy[Any]], *, few: bool) -> SearchStrategy[Element]:
        own = {**own, **denied} if model is Denial else own
        return _elements(model, fields_of(model, numbers, own, optional=["id"], few=few))

    varieties = [drawn(model, own, few=bool(own)) for own in sorts for model in STATEMENT_TYPES]
    # Several denials of one allegation need many statements.
    return st.one_of([*varieties, *(drawn(model, {}, few=True) for model in (Allegation, Denial, Denial))])


@st.composite
def _short_spans(draw: DrawFn) -> Span:
    """Draw spans that are quick to draw; in an article with a text they become passages of it."""
    start = draw(_NEAR)
    return Span(start, start + 1 + draw(_NEAR), _A_FINGERPRINT)


@st.composite
def _elements(draw: DrawFn, model: type[Any], draw_fields: DrawFields) -> Element:
    return Element(model, draw_fields(draw))


@st.composite
def _given_elements(draw: DrawFn, strategy: SearchStrategy[Any], models: tuple[type[Any], ...]) -> Element:
    drawn = draw(strategy)
    if type(drawn) not in models:
        raise InvalidArgument(f"found {drawn!r}, expected {' or '.join(model.__name__ for model in models)}")
    return Element(type(drawn), {name: getattr(drawn, name) for name in definitions(type(drawn))})


def _several(
    element: SearchStrategy[Element], least: int, most: int, *, empty: int = 1
) -> SearchStrategy[list[Element | None]]:
    """Draw a number of elements between two bounds, with empty places among them, so that shrinking can remove any."""
    places = [st.just(None) for _ in range(empty)]  # separate strategies, since one repeated strategy would count once
    place = st.one_of(*places, element)
    # Half of the lists are long, since some bugs need many elements and lists of any length are mostly short.
    long = st.lists(place, min_size=most * 3 // 5, max_size=most)
    return _places(st.lists(place, max_size=most) | long, element, least)


@st.composite
def _places(
    draw: DrawFn, lists: SearchStrategy[list[Element | None]], element: SearchStrategy[Element], least: int
) -> list[Element | None]:
    places = draw(lists)
    missing = least - sum(place is not None for place in places)
    return places + [draw(element) for _ in range(missing)]


@st.composite
def _articles(draw: DrawFn, draw_fields: DrawFields, speaker: SearchStrategy[Element]) -> Article:
    fields = draw_fields(draw)
    actors, statements = fields["actors"], fields["statements"]
    if any(statements) and not any(actors):
        actors.append(draw(speaker))
    _link(actors, statements, fields.get("text"))
    for name in ("actors", "statements"):
        fields[name] = [fitted(element.model, element.fields) for element in fields[name] if element]
    return Article(**fields)


@st.composite
def _documents(draw: DrawFn, articles: SearchStrategy[Article]) -> dict[str, Any]:
    return to_dict(draw(articles))


# --- How it is linked -------------------------------------------------------------------------------------------------


def _link(actors: Sequence[Element | None], statements: Sequence[Element | None], text: str | None) -> None:
    """Make the actors and statements of an article fit each other and its text; None is an empty place.

    A denial without anything to deny becomes an allegation.
    """
    elements = [element for element in (*actors, *statements) if element]
    _identify(elements)
    actor_ids, statement_ids = ([place.id if place else None for place in places] for places in (actors, statements))
    pools = {"actor": actor_ids, "statement": statement_ids, "actor or statement": actor_ids + statement_ids}
    sources: dict[str, dict[str | None, list[str | None]]] = {}

    def allowed(element: Element, name: str, rule: Reference) -> Targets:
        excluded = [element.id] if rule.acyclic or not rule.itself else []
        for id in excluded:  # whatever leads to the element would close a cycle
            excluded += [source for source in sources.get(name, {}).get(id, ()) if source not in excluded]
        return [None if target in excluded else target for target in pools[rule.to]]

    for element in elements:
        for name, rule in references_of(element.model).items():
            is_needed = definitions(element.model)[name].required and rule.to == "statement"
            if is_needed and not any(allowed(element, name, rule)):
                _accuse_instead(element, name)
        for name, rule in references_of(element.model).items():
            if name not in element.fields:
                continue
            linked = element.fields[name] = _linked(element.fields[name], allowed(element, name, rule))
            if rule.acyclic:
                for target in linked if isinstance(linked, tuple) else (linked,):
                    sources.setdefault(name, {}).setdefault(target, []).append(element.id)
        if text is not None and "spans" in element.fields:
            element.fields["spans"] = _within(element.fields["spans"], text)


def _identify(elements: Sequence[Element]) -> None:
    """Give a new id to everything that has none, or a repeated one."""
    taken: set[str | None] = {None}
    nameless = []
    for element in elements:
        if element.id in taken:
            nameless.append(element)
        taken.add(element.id)
    numbers = {"a": count(1), "s": count(1)}
    for element in nameless:
        letter = "a" if element.model is Actor else "s"
        element.fields["id"] = next(id for id in (f"{letter}{n}" for n in numbers[letter]) if id not in taken)


def _accuse_instead(element: Element, name: str) -> None:
    """Make an allegation from an element without a target; its drawn references become those whom it accuses."""
    accused = element.fields.pop(name)
    known = {field: value for field, value in element.fields.items() if field in definitions(Allegation)}
    element.model, element.fields = Allegation, {**known, "accused": accused}


def _linked(references: Any, targets: Targets) -> Any:
    """Give the references in a field, one or many, a target; those without any are left out."""
    if isinstance(references, list | tuple):
        return tuple(filter(None, (_target(reference, targets) for reference in references)))
    return None if references is None else _target(references, targets)


def _target(reference: int | str, targets: Targets) -> str | None:
    """Return the target of a reference: the id that it names, or else the one at its place or the next."""
    if isinstance(reference, str):
        if reference in targets:
            return reference
        reference = int.from_bytes(reference.encode())
    first = reference % len(targets)
    return next((id for id in (*targets[first:], *targets[:first]) if id is not None), None)


def _within(spans: Sequence[Span], text: str) -> tuple[Span, ...]:
    """Return spans of about the same places in a text, without those that have no visible character."""
    ends = []
    for span in spans:
        start = span.start % len(text)
        ends.append((start, start + 1 + (span.end - span.start - 1) % (len(text) - start)))
    return tuple(Span.of(text, start, end) for start, end in ends if normalize(text[start:end]))
