"""Number the actors and statements of a corpus, group what is the same, check its links, and collect answers."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import partial
from itertools import groupby
from typing import Any, Final, TypeVar, cast

import attrs

from geoclaims._actors import Actor
from geoclaims._article import Article
from geoclaims._errors import Path, UnknownIdError
from geoclaims._issues import Issues
from geoclaims._links import Link, LinkKind
from geoclaims._messages import MOST_COMPARED, describe, did_you_mean, nearest
from geoclaims._statements import Allegation, Denial, Statement
from geoclaims._whole import references_in

T = TypeVar("T", bound=Actor | Statement)

Answer = tuple[tuple[str, ...], ...]

Reason = Link | str
"""Why two things are the same: a link, or an address that both have."""
Joins = defaultdict[int, list[tuple[int, Reason]]]
"""What is the same as each thing, and why."""

ANYTHING: Final = (Actor, Statement)
_NOUNS: Final[Mapping[object, str]] = {
    Actor: "an actor",
    Statement: "a statement",
    Allegation: "an allegation",
    Denial: "a denial",
    ANYTHING: "an actor or statement",
}
_FIELDS: Final = ("speaker", "accused", "denies", "confirms")
"""The fields of statements by which questions are answered."""
_DIFFERENT: Final = ("denies", "confirms", "distinct")
"""The fields and kinds of links whose ends are never the same."""
_ITEM: Final = re.compile(r"https?://(?:www\.)?wikidata\.org/(?:wiki|entity)/(Q[1-9][0-9]*)")
_MOST_SUGGESTIONS: Final = 5
"""Messages suggest references for so many ends of links: each takes up to a quarter of a second."""
_MOST_REASONS: Final = 3
"""A message names so many of the links and addresses that join two things."""
_MOST_WAYS: Final = 10
"""So many messages name them: each looks through all that is the same."""


@attrs.define
class Index:
    """The actors and statements of a corpus by their numbers, which are in its order, and what refers to each.

    Of things that are the same, the first stands for all.
    """

    articles: dict[str, Article] = attrs.Factory(dict)
    things: list[Actor | Statement] = attrs.Factory(list)
    references: list[str] = attrs.Factory(list)
    numbers: dict[str, int] = attrs.Factory(dict)
    """The number of each thing, by its reference."""
    addresses: dict[str, int] = attrs.Factory(dict)
    """The number of the first actor with each address."""
    groups: dict[int, tuple[int, ...]] = attrs.Factory(dict)
    """All that is the same as each thing, itself included, where there is more than one."""
    proxies: dict[int, dict[int, None]] = attrs.Factory(dict)
    """Who acts on behalf of each actor, directly."""
    sources: dict[str, dict[int, list[int]]] = attrs.Factory(lambda: {field: {} for field in _FIELDS})
    """What refers to each thing, by the field, which may be that of a link, in the order of the corpus."""
    targets: dict[str, dict[int, list[int]]] = attrs.Factory(lambda: {"denies": {}, "confirms": {}})
    """What each statement denies and confirms by links."""

    def first(self, number: int) -> int:
        return self.groups[number][0] if number in self.groups else number

    def same(self, number: int) -> tuple[str, ...]:
        return tuple(self.references[each] for each in self.groups.get(number, (number,)))

    def number_of(self, asked: object, model: Any) -> int:
        """Look up an actor or statement by its reference, by an answer that begins with it, or by an address.

        Raises:
            UnknownIdError: There is no such thing of this class.
            TypeError: This cannot be hashed.
        """
        key: Any = first_of(asked)
        number = self.numbers.get(key)
        if number is None and isinstance(key, str):
            number = self.addresses.get(key_of(key))
        if number is not None and isinstance(self.things[number], model):
            return number
        address = "" if model is Statement else ", or an address of its same_as"
        expected = f"the reference of {_NOUNS[model]} in the corpus, ARTICLE/ID{address}"
        if number is not None:
            raise UnknownIdError(key, f"{expected}, not of {_NOUNS[type(self.things[number])]}")
        raise UnknownIdError(key, expected, self.nearest(key, model) if isinstance(key, str) else None)

    def look_up(self, asked: object, model: type[T]) -> T:
        return cast("T", self.things[self.number_of(asked, model)])

    def nearest(self, key: str, model: Any) -> str | None:
        """Find the most similar reference of a class, in its article if that is there; None if many are known."""
        article = self.articles.get(article_of(key))
        known = self.references if article is None else [reference for reference, _ in _things_in(article)]
        if len(known) > MOST_COMPARED:
            return None
        return nearest(key, [one for one in known if isinstance(self.things[self.numbers[one]], model)])

    def actors(self, asked: object, *, including_proxies: bool) -> Collection[int]:
        """Find an actor and, on request, all who act on its behalf, directly or through others."""
        found = {self.first(self.number_of(asked, Actor)): None}
        waiting = list(found) if including_proxies else []
        for principal in waiting:  # grows as it goes; in reports together, proxies may form a cycle
            proxies = self.proxies.get(principal, {})
            waiting += [proxy for proxy in proxies if proxy not in found]
            found |= proxies
        return found

    def answer(self, field: str, targets: Iterable[int]) -> Answer:
        """Answer with what refers to some things in a field, each claim together."""
        sources = self.sources[field]
        numbers = sorted({source for target in targets for source in sources.get(target, ())})
        order: dict[int, int] = {}
        for number in numbers:
            order.setdefault(self.first(number), number)
        numbers.sort(key=lambda number: order[self.first(number)])
        return tuple(tuple(self.references[number] for number in claim) for _, claim in groupby(numbers, self.first))


def index_of(articles: Iterable[Article], links: Iterable[Link], notes: Issues) -> Index:
    """Make the index of a corpus, and note what is wrong with its articles and links together."""
    index = Index()
    joins: Joins = defaultdict(list)

    def join(one: int, other: int, reason: Reason) -> None:
        joins[one].append((other, reason))
        joins[other].append((one, reason))

    held: list[tuple[int, Article]] = []
    repeated: set[str] = set()
    for place, article in enumerate(articles):
        if article.id in index.articles:
            repeated.add(article.id)
            message = f"found {describe(article.id)} again, expected articles with different ids"
            notes.note("duplicate_id", ("articles", place, "id"), message)
            continue
        held.append((place, article))
        index.articles[article.id] = article
        for reference, thing in _things_in(article):
            number = index.numbers[reference] = len(index.things)
            index.things.append(thing)
            index.references.append(reference)
            for address in thing.same_as if isinstance(thing, Actor) else ():
                if (first := index.addresses.setdefault(key_of(address), number)) != number:
                    join(first, number, address)
    right_links = list(_right_links(links, index, repeated, notes))
    for _, link in right_links:
        if link.kind is LinkKind.SAME:
            join(index.numbers[link.source], index.numbers[link.target], link)
    for number in joins:
        if number not in index.groups:
            group = tuple(sorted(_reached_from(number, joins)))
            index.groups.update(dict.fromkeys(group, group))
    _collect(index, held, right_links, joins, notes)
    return index


def _collect(
    index: Index, held: Iterable[tuple[int, Article]], links: Iterable[tuple[int, Link]], joins: Joins, notes: Issues
) -> None:
    """Collect what refers to what, and check that nothing denies, confirms or is distinct from what is the same."""
    ways = iter(range(_MOST_WAYS))
    for path, field, source, target in _all_that_refers(held, links, index.numbers):
        first = index.first(target)
        if field in _FIELDS:
            index.sources[field].setdefault(first, []).append(source)
            if path[0] == "links":
                index.targets[field].setdefault(source, []).append(target)
        elif field == "on_behalf_of":
            index.proxies.setdefault(first, {})[index.first(source)] = None
        if field in _DIFFERENT and index.first(source) == first:
            said = f"{describe(index.references[source])} {field} {describe(index.references[target])}"
            notes.note("self_ref", path, partial(_contradiction, said, source, target, joins, ways))
    for of in index.sources.values():
        for several in of.values():
            several[:] = sorted({*several})


def _right_links(
    links: Iterable[Link], index: Index, repeated: Collection[str], notes: Issues
) -> Iterator[tuple[int, Link]]:
    """Check each link by itself, and yield those whose ends are right, with their places."""
    seen: dict[object, Link] = {}
    suggestions = iter(range(_MOST_SUGGESTIONS))
    for place, link in enumerate(links):
        ends = (link.source, link.target)
        has_direction = link.kind in {LinkKind.DENIES, LinkKind.CONFIRMS}
        key = (link.kind, link.annotator, ends if has_direction else frozenset(ends))
        if (first := seen.get(key)) is None:
            seen[key] = link
        else:
            again = "again" if first.source == link.source else f"beside {_said(first)}"
            notes.note(
                "duplicate", ("links", place), f"found {_said(link)} {again}, expected it once by each annotator"
            )
        right = 0
        for field, end, model in zip(("source", "target"), ends, _models_of_ends(link, index), strict=True):
            number = index.numbers.get(end)
            if number is None:
                if article_of(end) not in repeated:  # the other article of that id may have it
                    message = partial(_dangling, link, end, model, index, suggestions)
                    notes.note("dangling_ref", ("links", place, field), message)
            elif isinstance(index.things[number], model):
                right += 1
            else:
                found = f"found {describe(end)} in {_said(link)}, the reference of {_NOUNS[type(index.things[number])]}"
                notes.note("wrong_ref", ("links", place, field), f"{found}, expected that of {_NOUNS[model]}")
        if right == len(ends):
            yield place, link


def _models_of_ends(link: Link, index: Index) -> tuple[Any, Any]:
    """Return the classes of which the source and the target of a link must be instances."""
    if link.kind is LinkKind.DENIES:
        return Denial, Statement
    if link.kind is LinkKind.CONFIRMS:
        return Statement, Statement
    if (number := index.numbers.get(link.source)) is None:
        return ANYTHING, ANYTHING
    return ANYTHING, Actor if isinstance(index.things[number], Actor) else Statement


def _all_that_refers(
    articles: Iterable[tuple[int, Article]], links: Iterable[tuple[int, Link]], numbers: Mapping[str, int]
) -> Iterator[tuple[Path, str, int, int]]:
    """Iterate over references in fields, and over links: the place, the field or kind, the source, and the target."""
    for place, article in articles:
        for section in ("actors", "statements"):
            for number, thing in enumerate(getattr(article, section)):
                source = numbers[f"{article.id}/{thing.id}"]
                for field, ids in references_in(thing):
                    for element, id in enumerate(ids):
                        path = ("articles", place, section, number, field, element)
                        yield path, field, source, numbers[f"{article.id}/{id}"]
    for place, link in links:
        yield ("links", place, "target"), link.kind, numbers[link.source], numbers[link.target]


def _reached_from(start: int, joins: Joins) -> Mapping[int, tuple[int, Reason]]:
    """Find all that is joined to a thing, itself included: each with the next one on the way back, and the reason."""
    reached: dict[int, tuple[int, Reason]] = {start: (start, "")}
    waiting = [start]
    for here in waiting:  # grows as it goes
        for other, reason in joins[here]:
            if other not in reached:
                reached[other] = (here, reason)
                waiting.append(other)
    return reached


def _dangling(link: Link, end: str, model: Any, index: Index, suggestions: Iterator[int], _: Issues) -> str:
    """Write the message that an end of a link is not there."""
    message = f"found {describe(end)} in {_said(link)}, expected the reference of {_NOUNS[model]} in the corpus"
    if article_of(end) not in index.articles:
        return f"{message}; Corpus.of leaves out links to articles that are not there"
    return message + did_you_mean(index.nearest(end, model) if next(suggestions, None) is not None else None)


def _contradiction(said: str, source: int, target: int, joins: Joins, ways: Iterator[int], _: Issues) -> str:
    """Write the message that two things are the same which must not be, and of the first few what joins them."""
    found = f"found {said}, expected two that are not the same"
    if next(ways, None) is None:
        return found
    reached = _reached_from(target, joins)
    reasons: dict[str, None] = {}
    here = source
    while here != target:
        here, reason = reached[here]
        reasons[_said(reason) if isinstance(reason, Link) else describe(reason)] = None
    more = f" and {len(reasons) - _MOST_REASONS} more" if len(reasons) > _MOST_REASONS else ""
    return f"{found}; joined by {', '.join([*reasons][:_MOST_REASONS])}{more}"


def _said(link: Link) -> str:
    return f"{describe(link.source)} {link.kind} {describe(link.target)}"


def _things_in(article: Article) -> Iterator[tuple[str, Actor | Statement]]:
    """Iterate over the actors and statements of an article, with their references."""
    for things in (article.actors, article.statements):
        for thing in things:
            yield f"{article.id}/{thing.id}", thing


def key_of(address: str) -> str:
    """Return what all addresses of one thing have in common: the item of Wikidata, or else the whole address."""
    item = _ITEM.fullmatch(address)
    return item[1] if item else address


def article_of(reference: str) -> str:
    return reference.partition("/")[0]


def first_of(asked: object) -> object:
    """Return what a question is about: of an answer its first reference."""
    return asked[0] if isinstance(asked, tuple) and asked else asked
