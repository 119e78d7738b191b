"""Draw whole articles, consistent by construction instead of drawn again where something does not fit.

Actors and statements are drawn separately, without ids or with ids that may repeat. What they refer to is drawn as
numbers of places, and looked up when all are drawn. A number keeps its meaning when shrinking removes something else,
so examples become small.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import count
from typing import Any, Final, TypeVar

import attrs
from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument
from hypothesis.strategies import DrawFn, SearchStrategy

from geoclaims._actors import Actor
from geoclaims._article import Article
from geoclaims._dates import PartialDate
from geoclaims._passages.normal_form import normalize
from geoclaims._passages.quoting import QuotedText, Range
from geoclaims._rules.fields import definitions, references_of
from geoclaims._rules.rules import NAME, PROSE, WHOLE_TEXT, Reference
from geoclaims._spans import Span
from geoclaims._statements import STATEMENT_TYPES, Allegation, Denial, Statement
from geoclaims.strategies._fields import ids, is_allowed, long_texts_under, one_or_up_to, partial_dates, texts_under
from geoclaims.strategies._models import DrawFields, Fields, apart, fields_of, fitted, spans_with, strategies_in

Drawn = TypeVar("Drawn")

Own = Mapping[str, SearchStrategy[Any]]
"""The strategies of some fields."""

_NAMESAKES: Final = ("a", "A")
_NAMES: Final = (*_NAMESAKES, "é", "e\u0301")


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
    an allegation. Spans are moved into the text, and quotes are replaced by
    words of it. Without actors there are no statements.

    Raises:
        InvalidArgument: An argument is not a strategy, or the numbers
            contradict each other.

    >>> from hypothesis import find
    >>> from geoclaims.strategies import articles
    >>> find(articles(), lambda article: article.allegations).statements
    (Allegation(id='s1', speaker='a1', content='0', accused=('a1',)),)
    """
    given = strategies_in({name: value for name, value in locals().items() if name in definitions(Article)})
    check_sizes("actors", min_actors, max_actors)
    check_sizes("statements", min_statements, max_statements)
    if min_statements and not max_actors:
        raise InvalidArgument(f"found min_statements={min_statements} with max_actors=0, expected room for a speaker")
    most = max(max_actors + max_statements - 1, 0)
    actor = _actors(most) if actors is None else _given_elements(actors, (Actor,))
    statement = _statements(most) if statements is None else _given_elements(statements, STATEMENT_TYPES)
    own = {
        "text": st.one_of(
            *[st.none() for _ in range(3)],
            texts_under(WHOLE_TEXT),
            *[long_texts_under(WHOLE_TEXT) for _ in range(9)],
        ),
        "published": _dates(),
        **given,
        # About a fifth of the places are empty.
        "statements": places(
            statement, min_statements, max_statements if max_actors else 0, empty=3 if statements is None else 1
        ),
        "actors": places(actor, min_actors, max_actors),
    }
    speaker = _elements(Actor, lambda _: {"name": "0"}) if actors is None else actor
    return _articles(fields_of(Article, ids(), own), speaker)


def check_sizes(what: str, least: int, most: int) -> None:
    """Check the least and the largest number of something.

    Raises:
        InvalidArgument: One is not a number, or they contradict each other.
    """
    for name, size in ((f"min_{what}", least), (f"max_{what}", most)):
        if type(size) is not int or size < 0:
            raise InvalidArgument(f"found {name}={size!r}, expected a whole number from 0")
    if least > most:
        raise InvalidArgument(f"found min_{what}={least} above max_{what}={most}")


# --- What is drawn ----------------------------------------------------------------------------------------------------


def _dates() -> SearchStrategy[PartialDate | None]:
    return st.one_of(st.none(), partial_dates(), partial_dates())


@lru_cache(maxsize=8)  # to build these takes longer than to draw an article
def _actors(most: int) -> SearchStrategy[Element]:
    """Draw actors of all varieties, and more of two.

    Some have names that differ only in case or accents; some act for others and have several names.
    """
    numbers = st.integers(0, most)
    sorts: list[Own] = [
        {},
        {"id": st.sampled_from(_NAMESAKES), "name": st.sampled_from(_NAMES)},
        {"on_behalf_of": numbers, "aliases": st.lists(texts_under(NAME), max_size=4)},
    ]
    return st.one_of([_variety(Actor, numbers, own, 1 if own else 5) for own in sorts])


@lru_cache(maxsize=8)
def _statements(most: int) -> SearchStrategy[Element]:
    """Draw statements of all varieties, and more of two: with passages and quotes, and dated hearsay."""
    numbers, near = st.integers(0, most), st.integers(0, 30)
    short_spans = spans_with(near, st.just("1:1:0000000000000000"))  # quick to draw
    # Each of these fields can be empty, so that a shrunk example has none that it does not need.
    sorts: list[Own] = [
        {},
        {"spans": st.lists(short_spans, max_size=2), "quotes": st.lists(texts_under(PROSE), max_size=3)},
        {
            "reported_by": st.lists(numbers, max_size=6)
            | st.lists(numbers, min_size=min(4, most + 1), max_size=6, unique=True),
            "date": _dates(),
            "event_date": _dates(),
        },
    ]
    # Several denials of one statement are likely only if most of them deny the first or the second.
    near = st.sampled_from([*[0, 1, 0] * 10, *range(min(most, 99) + 1)])
    denied = {"denies": one_or_up_to(4, near)}

    varieties = [(model, own, 1 if own else 5) for own in sorts for model in STATEMENT_TYPES]
    varieties += [(model, {}, 1) for model in (Allegation, Denial, Denial)]  # several denials of one statement are rare
    return st.one_of(
        [_variety(model, numbers, {**own, **(denied if model is Denial else {})}, few) for model, own, few in varieties]
    )


def _variety(model: type[Any], numbers: SearchStrategy[int], own: Own, most: int) -> SearchStrategy[Element]:
    return _elements(model, fields_of(model, numbers, own, optional=["id"], most=most))


@st.composite
def _elements(draw: DrawFn, model: type[Any], draw_fields: DrawFields) -> Element:
    return Element(model, draw_fields(draw))


@st.composite
def _given_elements(draw: DrawFn, strategy: SearchStrategy[Any], models: tuple[type[Any], ...]) -> Element:
    drawn = draw(strategy)
    if type(drawn) not in models:
        raise InvalidArgument(f"found {drawn!r}, expected {' or '.join(model.__name__ for model in models)}")
    return Element(type(drawn), {name: getattr(drawn, name) for name in definitions(type(drawn))})


def places(
    element: SearchStrategy[Drawn], least: int, most: int, *, empty: int = 1
) -> SearchStrategy[list[Drawn | None]]:
    """Draw a number of elements between two bounds, with empty places among them, so that shrinking can remove any."""
    # separate strategies, since one repeated strategy would count once
    place = st.one_of(*[st.just(None) for _ in range(empty)], element)
    more = most - least
    # Half of the lists are long, since some bugs need many elements and lists of any length are mostly short.
    places = st.lists(place, max_size=more) | st.lists(place, min_size=more * 3 // 5, max_size=more)
    return _both(st.lists(element, min_size=least, max_size=least), places)


@st.composite
def _both(
    draw: DrawFn, one: SearchStrategy[list[Drawn]], other: SearchStrategy[list[Drawn | None]]
) -> list[Drawn | None]:
    return [*draw(one), *draw(other)]


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


# --- How it is linked -------------------------------------------------------------------------------------------------


def _link(actors: Sequence[Element | None], statements: Sequence[Element | None], text: str | None) -> None:
    """Make the actors and statements of an article fit each other and its text; None is an empty place.

    A denial without anything to deny becomes an allegation.
    """
    elements = [element for element in (*actors, *statements) if element]
    _identify(elements)
    actor_ids, statement_ids = ([place.id if place else None for place in places] for places in (actors, statements))
    pools = {"actor": actor_ids, "statement": statement_ids, "actor or statement": actor_ids + statement_ids}
    sources: dict[tuple[str, str | None], list[str | None]] = defaultdict(list)

    def allowed(element: Element, name: str, rule: Reference) -> Sequence[str | None]:
        """List the possible targets of a reference: the id at each place, or None if it is not allowed."""
        excluded = [] if rule.itself else [element.id]
        for id in excluded:  # whatever leads to the element would close a cycle
            excluded += [source for source in sources[name, id] if source not in excluded]
        return [None if target in excluded else target for target in pools[rule.to]]

    for element in elements:
        if element.model is Denial and not any(allowed(element, "denies", references_of(Denial)["denies"])):
            element.model = Allegation
            element.fields["accused"] = element.fields.pop("denies")
            element.fields.pop("kind", None)
        for name, rule in references_of(element.model).items():
            if name not in element.fields:
                continue
            linked = element.fields[name] = _linked(element.fields[name], allowed(element, name, rule))
            for target in linked if isinstance(linked, tuple) else (linked,):
                if rule.acyclic:
                    sources[name, target].append(element.id)
        if text is not None and "spans" in element.fields:
            element.fields["spans"] = _within(element.fields["spans"], text)
        if text is not None and element.fields.get("quotes"):
            passages = [(span.start, span.end) for span in element.fields.get("spans", ())]
            element.fields["quotes"] = _quoted(element.fields["quotes"], passages, text)


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


def _linked(references: Any, targets: Sequence[str | None]) -> Any:
    """Give the references in a field, one or many, a target; those without any are left out."""
    if isinstance(references, list | tuple):
        return tuple(filter(None, (_target(reference, targets) for reference in references)))
    return None if references is None else _target(references, targets)


def _target(reference: int | str, targets: Sequence[str | None]) -> str | None:
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
    return apart([Span.of(text, start, end) for start, end in ends if normalize(text[start:end])])


def _quoted(quotes: Sequence[str], passages: Sequence[Range], text: str) -> tuple[str, ...]:
    """Return quotes as a draft stores them: what a text has for those given, and words of it in place of others."""
    quoted, words = QuotedText(text), [word.span() for word in re.finditer(r"\S+", text)]
    kept = []
    for quote in quotes:
        first = int.from_bytes(quote.encode()) % len(words)
        last = first + (len(quote) - 1) % (len(words) - first)
        of_text = (quoted.printed(each, passages) for each in (quote, text[words[first][0] : words[last][1]]))
        kept += [each for each in of_text if each and is_allowed(each, PROSE)][:1]
    return tuple(kept)
