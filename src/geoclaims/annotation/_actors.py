"""Match the actors of two annotations of one text, by their names and by the statements that they share."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from itertools import product
from typing import TYPE_CHECKING, Final

import attrs

from geoclaims._article import references_in
from geoclaims.annotation._assignment import MOST_PAIRS, Likeness, Pair, best_pairs, too_many
from geoclaims.annotation._words import plain

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from geoclaims._actors import Actor
    from geoclaims._article import Article
    from geoclaims._statements import Statement
    from geoclaims.annotation._assignment import Table

    Roles = Mapping[str, Collection[int]]
    """By field of a statement, the numbers of the actors in it."""

_LEAST_SHARED: Final = 2
"""Actors of different names are the same if they share this many statements; in one alone, a name may be a mistake."""


def _keys_of(actor: Actor) -> set[tuple[str, str]]:
    """Collect the URIs of an actor and, unless it is anonymous, its names.

    >>> from geoclaims import Actor
    >>> sorted(_keys_of(Actor(id="navy", name="The Navy", aliases=["the fleet"])))
    [('name', 'the fleet'), ('name', 'the navy')]
    """
    names = () if actor.anonymous else (actor.name, *actor.aliases)
    return {*(("uri", uri) for uri in actor.same_as), *(("name", plain(name)) for name in names)}


def namesakes_of(one: Sequence[Actor], other: Sequence[Actor]) -> Table:
    """Find the pairs of actors with a common URI, which get 1, or only a common name, which get 0.

    Raises:
        ValidationError: Too many actors have one name (`range`).
    """
    known: dict[tuple[str, str], list[int]] = defaultdict(list)
    for column, actor in enumerate(other):
        for key in _keys_of(actor):
            known[key].append(column)
    table: dict[int, dict[int, int]] = {}
    looked_at = 0
    for row, actor in enumerate(one):
        of_row: dict[int, int] = {}
        for key in _keys_of(actor):
            columns = known.get(key, ())
            looked_at += len(columns)
            if looked_at > MOST_PAIRS:
                raise too_many("actors", "actors of one name")
            for column in columns:
                of_row[column] = max(of_row.get(column, 0), key[0] == "uri")
        table[row] = of_row
    return table


def matched_actors(one: Article, other: Article, statements: Collection[Pair]) -> list[Pair]:
    """Match the actors of two articles: first by names and URIs, then the remaining ones by statements.

    Actors of different names are the same if they share at least half of the matched statements in which either takes
    part, in the same role, and two at least. One is enough if both are anonymous, or all words of one name are in the
    other, as of "navy" in "the navy".

    Args:
        one: An annotation of a text.
        other: Another of it.
        statements: The pairs of statements that are the same.

    Returns:
        The pairs, by their numbers and in order.

    Raises:
        ValidationError: Too many actors compete (`range`).
    """
    names, other_names = ([plain(actor.name) for actor in article.actors] for article in (one, other))
    namesakes = namesakes_of(one.actors, other.actors)
    rows, columns = _competing(namesakes)
    common = _shared(_roles_of(one, rows), _roles_of(other, columns), statements)

    def by_names(row: int, column: int) -> Sequence[int]:
        same_name = names[row] == other_names[column]
        return namesakes[row][column], same_name, *common.of(row, column)

    named = best_pairs("actors", namesakes, lambda _: Likeness((1, 1, *common.most), by_names))
    matched, other_matched = ({pair[side] for pair in named} for side in (0, 1))
    roles = _roles_of(one, [row for row in range(len(one.actors)) if row not in matched])
    other_roles = _roles_of(other, [column for column in range(len(other.actors)) if column not in other_matched])
    shared = _shared(roles, other_roles, statements)
    parts = Counter(row for number, _ in statements for row in _taking_part(roles[number]))
    other_parts = Counter(column for _, number in statements for column in _taking_part(other_roles[number]))
    words, other_words = ([set(re.findall(r"\w+", name)) for name in each] for each in (names, other_names))
    table: dict[int, dict[int, int]] = defaultdict(dict)
    for (row, column), both in shared.statements.items():
        # Half of those in which either takes part, where what both share counts once.
        if 2 * both < parts[row] + other_parts[column] - both:
            continue
        anonymous = one.actors[row].anonymous and other.actors[column].anonymous
        if both >= _LEAST_SHARED or anonymous or _one_in_the_other(words[row], other_words[column]):
            table[row][column] = both
    by_statements = best_pairs("actors", table, lambda _: Likeness(shared.most, shared.of))
    return sorted([*named, *by_statements])


def _one_in_the_other(words: set[str], other_words: set[str]) -> bool:
    return bool(words and other_words) and (words <= other_words or other_words <= words)


def _competing(table: Table) -> tuple[list[int], set[int]]:
    """Find the actors on both sides that have more than one possible match, or compete for one."""
    uses = Counter(column for members in table.values() for column in members)
    rows = [row for row, members in table.items() if len(members) > 1 or any(uses[column] > 1 for column in members)]
    return rows, {column for row in rows for column in table[row]}


def _roles_of(article: Article, actors: Iterable[int]) -> list[Roles]:
    """Find which of some actors take part in each statement of an article, and in which role."""
    number_of = {article.actors[number].id: number for number in actors}

    def roles_in(statement: Statement) -> Roles:
        roles = {field: [number_of[id] for id in ids if id in number_of] for field, ids in references_in(statement)}
        return {field: numbers for field, numbers in roles.items() if numbers}

    return [roles_in(statement) for statement in article.statements]


def _taking_part(roles: Roles) -> set[int]:
    return {number for numbers in roles.values() for number in numbers}


@attrs.frozen
class _Shared:
    """What pairs of actors have in common."""

    statements: Counter[Pair] = attrs.field(factory=Counter)
    """The number of statements in which both have the same role."""
    roles: Counter[Pair] = attrs.field(factory=Counter)
    """The number of roles that both have in these, since an actor may have several in one."""

    @property
    def most(self) -> tuple[int, int]:
        """The largest numbers of any pair."""
        return max(self.statements.values(), default=0), max(self.roles.values(), default=0)

    def of(self, row: int, column: int) -> tuple[int, int]:
        """Return the numbers of a pair: first the statements, and then the roles."""
        return self.statements[row, column], self.roles[row, column]


def _shared(roles: Sequence[Roles], other_roles: Sequence[Roles], statements: Iterable[Pair]) -> _Shared:
    """Count for each pair of actors the statements in which both have the same role, and these roles."""
    shared = _Shared()
    looked_at = 0
    for row, column in statements:
        first, second = roles[row], other_roles[column]
        pairs: Counter[Pair] = Counter()
        for field in first.keys() & second.keys():
            looked_at += len(first[field]) * len(second[field])
            if looked_at > MOST_PAIRS:
                raise too_many("actors", "actors in one role")
            pairs.update(product(first[field], second[field]))
        shared.statements.update(pairs.keys())
        shared.roles.update(pairs)
    return shared
