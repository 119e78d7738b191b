"""Draw whole articles, consistent by construction: no draw is ever thrown away and repeated."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument
from hypothesis.strategies import DrawFn, SearchStrategy  # noqa: TC002 - tools that read signatures resolve them

from geoclaims._actors import Actor
from geoclaims._article import Article
from geoclaims._dates import PartialDate
from geoclaims._json.documents import to_dict
from geoclaims._rules import NAME, PROSE, WHOLE_TEXT, definitions
from geoclaims._spans import Span
from geoclaims._statements import STATEMENT_TYPES, Allegation, Denial, Statement
from geoclaims.strategies._fields import Plan, strategies_in
from geoclaims.strategies._leaves import ids, long_texts_under, partial_dates, texts_under
from geoclaims.strategies._linking import Element, link
from geoclaims.strategies._settling import settled

_SORTS: Final = 3  # varieties of statements of each type
_NAMESAKES: Final = ("a", "A")
_NAMES: Final = (*_NAMESAKES, "é", "e\u0301")
_NEAR: Final = st.integers(0, 30)
_A_FINGERPRINT: Final = "1:1:0000000000000000"


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

    Everything that an article can hold is drawn: spokesmen of spokesmen,
    hearsay, denials of denials and of several statements, an accused who
    denies, passages of an attached text, and nothing at all.

    Args:
        id: The id of the article.
        title: Its title.
        publisher: Its publisher.
        annotator: Its annotator.
        url: Its address.
        archived_at: The address of a copy.
        published: The date of publication.
        language: The language of its text.
        actors: Single actors.
        statements: Single statements, of any of the three types.
        text: The text of the article; statements carry passages of it.
        min_actors: The least number of actors; an article with statements has
            one actor at least.
        max_actors: The largest number of actors; without actors there are no
            statements.
        min_statements: The least number of statements.
        max_statements: The largest number of statements.

    Actors and statements are linked to each other. A repeated id is replaced. A
    reference is kept if its target is in the article and allowed; any other is
    replaced, or left out if there is no allowed target. A denial without
    anything to deny becomes an allegation. Spans are moved into the text.

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
    return _articles(Plan.of(Article, ids(), own), _PLAIN_ACTORS if actors is None else actor)


def documents(articles: SearchStrategy[Article] | None = None) -> SearchStrategy[dict[str, Any]]:
    """Draw articles as JSON-ready dictionaries, as `geoclaims.to_dict` makes them.

    Args:
        articles: The articles, by default any.

    Raises:
        InvalidArgument: `articles` is not a strategy.

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
    return strategies_in({"articles": given}).get("articles", articles())


def _check_sizes(what: str, least: int, most: int) -> None:
    for name, size in ((f"min_{what}", least), (f"max_{what}", most)):
        if type(size) is not int or size < 0:
            raise InvalidArgument(f"found {name}={size!r}, expected a whole number from 0")
    if least > most:
        raise InvalidArgument(f"found min_{what}={least} above max_{what}={most}")


def _actors(numbers: SearchStrategy[int]) -> SearchStrategy[Element]:
    """Draw actors of all varieties, and more of two.

    Some have names that differ only in case or accents; some act for others and have several names.
    """
    sorts: list[Mapping[str, SearchStrategy[Any]]] = [
        {},
        {"id": st.sampled_from(_NAMESAKES), "name": st.sampled_from(_NAMES)},
        {"on_behalf_of": numbers, "aliases": st.lists(texts_under(NAME), max_size=4)},
    ]
    return st.one_of([_elements(Actor, Plan.of(Actor, numbers, own, optional=["id"], few=bool(own))) for own in sorts])


def _statements(numbers: SearchStrategy[int], most: int) -> SearchStrategy[Element]:
    """Draw statements of all varieties, and more of two: with passages and quotes, and dated hearsay."""
    quotes = texts_under(PROSE)
    # Each of these fields can be empty, so that a shrunk example has none that it does not need.
    sorts: list[Mapping[str, SearchStrategy[Any]]] = [
        {},
        {"spans": st.lists(_short_spans(), max_size=2), "quotes": st.lists(quotes, max_size=3)},
        {
            "reported_by": st.lists(numbers, max_size=6) | st.lists(numbers, min_size=4, max_size=6, unique=True),
            "date": st.one_of(st.none(), partial_dates(), partial_dates()),
            "event_date": st.one_of(st.none(), partial_dates(), partial_dates()),
        },
    ]
    # Several denials of one statement are likely only if most of them deny the first or the second.
    near = st.sampled_from([*[0, 1, 0] * 10, *range(most + 1)])
    denied = {"denies": st.tuples(near) | st.lists(near, min_size=1, max_size=4)}
    plans = [(model, sort, bool(sort)) for sort in sorts for model in STATEMENT_TYPES]
    plans += [
        (Allegation, {}, True),
        *[(Denial, {}, True)] * 2,
    ]  # several denials of one allegation need many statements
    return st.one_of(
        [
            _elements(model, Plan.of(model, numbers, own, optional=["id"], few=few))
            for model, sort, few in plans
            for own in [{**sort, **(denied if model is Denial else {})}]
        ]
    )


@st.composite
def _short_spans(draw: DrawFn) -> Span:
    """Draw spans that are quick to draw; in an article with a text they become passages of it."""
    start = draw(_NEAR)
    return Span(start, start + 1 + draw(_NEAR), _A_FINGERPRINT)


@st.composite
def _elements(draw: DrawFn, model: type[Any], plan: Plan) -> Element:
    return Element(model, plan.drawn(draw))


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


_PLAIN_ACTORS: Final = _elements(Actor, Plan({"name": st.just("0")}, st.none()))


@st.composite
def _articles(draw: DrawFn, plan: Plan, speaker: SearchStrategy[Element]) -> Article:
    fields = plan.drawn(draw)
    actors, statements = fields["actors"], fields["statements"]
    if any(statements) and not any(actors):
        actors.append(draw(speaker))
    link(actors, statements, fields.get("text"))
    for name in ("actors", "statements"):
        fields[name] = [settled(element.model, element.fields) for element in fields[name] if element]
    return Article(**fields)


@st.composite
def _documents(draw: DrawFn, articles: SearchStrategy[Article]) -> dict[str, Any]:
    return to_dict(draw(articles))
