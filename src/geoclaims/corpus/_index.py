"""Index a corpus: number its actors and statements, group what is the same, and check its links."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar, cast

from geoclaims._actors import Actor
from geoclaims._errors import Path, UnknownIdError
from geoclaims._hints import MOST_COMPARED, nearest
from geoclaims._issues import Issues
from geoclaims._links import Link, LinkKind
from geoclaims._messages import describe, indefinite
from geoclaims._statements import Denial, Statement, accused_in, denied_in

if TYPE_CHECKING:
    from geoclaims._article import Article
    from geoclaims.corpus._questions import Corpus

T = TypeVar("T", bound=Actor | Statement)

By = int | str
"""What says that two things are the same: the place of a link, or an address that they have in common."""
Joins = dict[int, list[tuple[int, By]]]
"""What is the same as each thing, and by what."""
Joined = dict[int, tuple[int, By]]

THING: Final = (Actor, Statement)
_NOUNS: Final[Mapping[object, str]] = {
    Actor: "an actor",
    Statement: "a statement",
    Denial: "a denial",
    THING: "an actor or statement",
}
_FIELDS: Final = ("on_behalf_of", "speaker", "accused", "denies", "confirms")
"""The fields by which questions are answered."""
_ITEM: Final = re.compile(r"https?://(?:www\.)?wikidata\.org/(?:wiki|entity)/(Q[1-9][0-9]*)")
_MOST_SUGGESTIONS: Final = 5
"""Messages suggest references for so many ends of links: each takes up to a quarter of a second."""
_MOST_REASONS: Final = 3
"""Messages name so many of the links and addresses by which two things are the same."""


class Index:
    """The actors and statements of a corpus by their numbers, which are in its order, and what refers to each.

    Things that are the same form a group, of which the first stands for all.
    """

    def __init__(self) -> None:
        self.articles: dict[str, Article] = {}
        self.things: list[Actor | Statement] = []
        self.references: list[str] = []
        self.numbers: dict[str, int] = {}
        """The number of each thing, by its reference."""
        self.addresses: dict[str, int] = {}
        """The number of the first actor with each address."""
        self.origins: dict[str, dict[int, list[int]]] = {field: {} for field in _FIELDS}
        """What refers to each thing in a field, or by a link of that name; to a group, under its first."""
        self.groups: dict[int, list[int]] = {}
        """The members of each group, by its first."""
        self.firsts: dict[int, int] = {}
        """The first of its group, for each member."""

    def add(self, article: Article, joins: Joins) -> None:
        """Number the actors and statements of an article, and collect what refers to them, and what joins actors."""
        self.articles[article.id] = article
        own: dict[str, int] = {}
        things: tuple[Actor | Statement, ...] = (*article.actors, *article.statements)
        for thing in things:
            reference = f"{article.id}/{thing.id}"
            own[thing.id] = self.numbers[reference] = len(self.things)
            self.things.append(thing)
            self.references.append(reference)
        for actor in article.actors:
            number = own[actor.id]
            if actor.on_behalf_of:
                self.refer("on_behalf_of", number, own[actor.on_behalf_of])
            for address in actor.same_as:
                _join(joins, self.addresses.setdefault(_key_of(address), number), number, address)
        for statement in article.statements:
            number = own[statement.id]
            self.refer("speaker", number, own[statement.speaker])
            for field, ids in _references_in(statement):
                for id in ids:
                    self.refer(field, number, own[id])

    def refer(self, field: str, source: int, target: int) -> None:
        """Note that one thing refers to another in a field, or by a link of that name."""
        self.origins[field].setdefault(target, []).append(source)

    def group(self, joins: Joins) -> Joined:
        """Form groups of what is joined, and put together what refers to their members.

        Returns:
            What joined each member but the first to another that is nearer to the first.
        """
        joined: Joined = {}
        for first in sorted(joins):
            if first in self.firsts:
                continue
            self.firsts[first] = first
            members = [first]
            for member in members:  # grows as it goes
                for other, by in joins[member]:
                    if other not in self.firsts:
                        self.firsts[other] = first
                        joined[other] = (member, by)
                        members.append(other)
            self.groups[first] = sorted(members)
        for origins in self.origins.values():
            for first, members in self.groups.items():
                if found := [origin for member in members for origin in origins.pop(member, ())]:
                    origins[first] = found
        proxies = self.origins["on_behalf_of"]
        for principal, numbers in proxies.items():
            proxies[principal] = list(dict.fromkeys(map(self.first, numbers)))
        return joined

    def first(self, number: int) -> int:
        """Return the first of all that is the same."""
        return self.firsts.get(number, number)

    def same(self, number: int) -> tuple[str, ...]:
        """Return the references of all that is the same."""
        return tuple(self.references[member] for member in self.groups.get(self.first(number), (number,)))

    def number_of(self, asked: object, model: Any) -> int:
        """Look up an actor or statement by its reference, by an answer that begins with it, or by an address.

        Raises:
            UnknownIdError: There is no such thing of this class.
            TypeError: This cannot be hashed.
        """
        key: Any = first_of(asked)
        number = self.numbers.get(key)
        if number is None and isinstance(key, str):
            number = self.addresses.get(_key_of(key))
        if number is None:
            raise UnknownIdError(key, _expected(model), self.nearest(key, model) if isinstance(key, str) else None)
        if not isinstance(self.things[number], model):
            raise UnknownIdError(key, f"{_expected(model)}, not of {_noun_of(self.things[number])}")
        return number

    def look_up(self, asked: object, model: type[T]) -> T:
        """Look up an actor or statement as `number_of` does."""
        return cast("T", self.things[self.number_of(asked, model)])

    def nearest(self, key: str, model: Any) -> str | None:
        """Find the most similar reference of a class, in the same article if it is there."""
        if article := self.articles.get(article_of(key)):
            things = (*article.actors, *article.statements)
            return nearest(key, [f"{article.id}/{thing.id}" for thing in things if isinstance(thing, model)])
        if len(self.things) > MOST_COMPARED:
            return None
        return nearest(key, [one for one, number in self.numbers.items() if isinstance(self.things[number], model)])

    def actors(self, asked: object, *, including_proxies: bool) -> Sequence[int]:
        """List an actor and, on request, all who act on its behalf, directly or through others: the first of each."""
        found = {self.first(self.number_of(asked, Actor)): None}
        waiting = list(found) if including_proxies else []
        for principal in waiting:  # grows as it goes; in reports together, proxies may form a cycle
            for proxy in self.origins["on_behalf_of"].get(principal, ()):
                if proxy not in found:
                    found[proxy] = None
                    waiting.append(proxy)
        return list(found)

    def answer(self, field: str, targets: Iterable[int]) -> tuple[tuple[str, ...], ...]:
        """Answer with what refers to some things in a field, each claim together."""
        origins = self.origins[field]
        claims: dict[int, list[str]] = {}
        for number in sorted({origin for target in targets for origin in origins.get(target, ())}):
            claims.setdefault(self.first(number), []).append(self.references[number])
        return tuple(map(tuple, claims.values()))


def index_of(corpus: Corpus) -> Index:
    """Make the index of a corpus, and check the corpus as a whole.

    Raises:
        ValidationError: Something is wrong; the issues list all of it.
    """
    notes, index = Issues(corpus), Index()
    joins: Joins = {}
    held: list[tuple[int, Article]] = []
    repeated: set[str] = set()
    for place, article in enumerate(corpus.articles):
        if article.id not in index.articles:
            held.append((place, article))
            index.add(article, joins)
            continue
        repeated.add(article.id)
        message = f"found {describe(article.id)} again, expected articles with different ids"
        notes.note("duplicate_id", ("articles", place, "id"), message)
    apart = list(_add_links(corpus.links, index, joins, repeated, notes))
    joined = index.group(joins)
    for each in (*apart, *_fields_in_groups(held, index)):
        if index.first(each.source) == index.first(each.target):
            notes.note("self_ref", each.path, partial(_contradiction, each, corpus.links, index, joined))
    notes.raise_if_any()
    return index


class Apart(NamedTuple):
    """Two things that must not be the same, by their numbers, and the field or link that says so."""

    path: Path
    verb: str
    source: int
    target: int


def _add_links(
    links: Sequence[Link], index: Index, joins: Joins, repeated: Container[str], notes: Issues
) -> Iterator[Apart]:
    """Check each link by itself, and add the right ones to what is joined, or to what refers to others."""
    seen: set[object] = set()
    suggestions = iter(range(_MOST_SUGGESTIONS))
    for place, link in enumerate(links):
        is_directed = link.kind in {LinkKind.DENIES, LinkKind.CONFIRMS}
        ends = (link.source, link.target)
        key = (link.kind, link.annotator, ends if is_directed else frozenset(ends))
        if key in seen:
            notes.note("duplicate", ("links", place), f"found {_said(link)} again, expected it once by each annotator")
        seen.add(key)
        right: list[int] = []
        for field, end, model in zip(("source", "target"), ends, _models_of_ends(link, index), strict=True):
            number = index.numbers.get(end)
            if number is None:
                if article_of(end) not in repeated:  # the other article of that id may have it
                    message = partial(_dangling, link, end, model, index, suggestions)
                    notes.note("dangling_ref", ("links", place, field), message)
            elif isinstance(index.things[number], model):
                right.append(number)
            else:
                found = f"found {describe(end)} in {_said(link)}, the reference of {_noun_of(index.things[number])}"
                notes.note("wrong_ref", ("links", place, field), f"{found}, expected that of {_NOUNS[model]}")
        if len(right) < len(ends):
            continue
        source, target = right
        if link.kind is LinkKind.SAME:
            _join(joins, source, target, place)
        else:
            yield Apart(("links", place, "target"), link.kind, source, target)
        if is_directed:
            index.refer(link.kind, source, target)


def _join(joins: Joins, one: int, other: int, by: By) -> None:
    """Note that two things are the same."""
    if one != other:
        joins.setdefault(one, []).append((other, by))
        joins.setdefault(other, []).append((one, by))


def _models_of_ends(link: Link, index: Index) -> tuple[Any, Any]:
    """Return the classes of which the source and the target of a link must be instances."""
    if link.kind is LinkKind.DENIES:
        return Denial, Statement
    if link.kind is LinkKind.CONFIRMS:
        return Statement, Statement
    source = index.numbers.get(link.source)
    if source is None:
        return THING, THING
    return THING, Actor if isinstance(index.things[source], Actor) else Statement


def _fields_in_groups(held: Sequence[tuple[int, Article]], index: Index) -> Iterator[Apart]:
    """Iterate over what the statements in groups deny or confirm in their own article."""
    if not any(isinstance(index.things[first], Statement) for first in index.groups):
        return
    for place, article in held:
        for number, statement in enumerate(article.statements):
            source = index.numbers[f"{article.id}/{statement.id}"]
            if source not in index.firsts:
                continue
            for field, ids in _references_in(statement):
                for element, id in enumerate(ids if field != "accused" else ()):
                    path = ("articles", place, "statements", number, field, element)
                    yield Apart(path, field, source, index.numbers[f"{article.id}/{id}"])


def _references_in(statement: Statement) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Iterate over the fields of a statement by which questions are answered, apart from the speaker."""
    yield "accused", accused_in(statement)
    yield "confirms", statement.confirms
    yield "denies", denied_in(statement)


def _dangling(link: Link, end: str, model: Any, index: Index, suggestions: Iterator[int], _: Issues) -> str:
    """Write the message that an end of a link is not there."""
    message = f"found {describe(end)} in {_said(link)}, expected the reference of {_NOUNS[model]} in the corpus"
    if article_of(end) not in index.articles:
        return f"{message}; Corpus.of leaves out links to articles that are not there"
    near = index.nearest(end, model) if next(suggestions, None) is not None else None
    return message if near is None else f"{message}; did you mean {describe(near)}?"


def _contradiction(apart: Apart, links: Sequence[Link], index: Index, joined: Joined, _: Issues) -> str:
    """Write the message that two things are the same which something says are not, and by what they are the same."""
    trails: list[dict[int, By]] = [{}, {}]
    for number, trail in zip((apart.source, apart.target), trails, strict=True):
        here = number
        while here in joined:
            nearer, trail[here] = joined[here]
            here = nearer
    one, other = trails
    path = [
        *(by for each, by in one.items() if each not in other),
        *(other[each] for each in reversed(other) if each not in one),
    ]
    reasons = ", ".join(_reason(by, links) for by in path[:_MOST_REASONS])
    more = f" and {len(path) - _MOST_REASONS} more" if len(path) > _MOST_REASONS else ""
    source, target = (describe(index.references[number]) for number in (apart.source, apart.target))
    found = f"found {source} {apart.verb} {target}, but both are the same by {reasons}{more}"
    return f"{found}, expected two that are not the same"


def _reason(by: By, links: Sequence[Link]) -> str:
    """Name a link, or the address of two actors, by which two things are the same."""
    return describe(by) if isinstance(by, str) else f"links[{by}] ({_said(links[by])})"


def _said(link: Link) -> str:
    return f"{describe(link.source)} {link.kind} {describe(link.target)}"


def _noun_of(thing: Actor | Statement) -> str:
    return indefinite(type(thing).__name__.lower())


def _expected(model: Any) -> str:
    """Say by what a question finds an actor or statement."""
    address = "" if model is Statement else ", or an address of its same_as"
    return f"the reference of {_NOUNS[model]} in the corpus, ARTICLE/ID{address}"


def _key_of(address: str) -> str:
    """Return what all addresses of one thing have in common: the item of Wikidata, or else the whole address."""
    item = _ITEM.fullmatch(address) if "wikidata.org/" in address else None
    return item[1] if item else address


def article_of(reference: str) -> str:
    """Return the id of the article in a reference."""
    return reference.partition("/")[0]


def first_of(asked: object) -> object:
    """Return what a question is about: of an answer its first reference."""
    return asked[0] if isinstance(asked, tuple) and asked else asked
