"""Match the statements and actors of two annotations of one text.

Statements are matched by their passages, as an assignment problem; then actors by their names, and by the statements
that they share.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from heapq import heappop, heappush
from itertools import product
from math import lcm
from typing import TYPE_CHECKING, Final

import attrs

from geoclaims._actors import Actor
from geoclaims._article import Article
from geoclaims._json.documents import to_json
from geoclaims._passages.normal_form import folded
from geoclaims._statements import Statement
from geoclaims._whole import references_in
from geoclaims.annotation._agreement.assignment import MOST_PAIRS, Pair, Table, best_pairs, too_many

if TYPE_CHECKING:
    from fractions import Fraction

_Roles = Mapping[str, Collection[int]]
"""By field of a statement, the numbers of the actors in it."""

# Shares are whole multiples of one by this: exact where two statements have fewer than 256 characters, so that equal
# sums are equal; of longer ones sums are hardly ever equal, and shares are rounded.
_FINE: Final = lcm(*range(1, 256))

_LONGEST_NAME: Final = 100
"""Names of more characters are not compared word by word: four million pairs of longer ones would take a minute."""

_LEAST_SHARED: Final = 2
"""Actors of different names are the same if they share this many statements; in one alone, a name may be a mistake."""


@attrs.frozen
class Matches:
    """Two annotations, with the statements and actors that are the same in both."""

    one: Article
    other: Article
    statements: Sequence[tuple[Statement, Statement]]
    actors: Sequence[tuple[Actor, Actor]]
    common: int
    """How many characters the passages of the matched statements have in common, added up."""
    same: Mapping[str, str]
    """By the id of a statement or actor of the one, the id that it has in the other."""


def matches_of(one: Article, other: Article, least: Fraction) -> Matches:
    """Match the statements and actors of two annotations with offsets in one text.

    Args:
        one: An annotation of a text.
        other: Another of it.
        least: The share of their characters that two statements must have in common.

    Raises:
        ValidationError: Too many passages or actors compete (`range`).
    """
    # Always in the same order, so that both directions come to the same where nothing else decides.
    swapped = to_json(one) > to_json(other)
    first, second = (other, one) if swapped else (one, other)
    matched = _matched_statements(first, second, least)
    statements = [(first.statements[row], second.statements[column]) for row, column in matched]
    actors = [(first.actors[row], second.actors[column]) for row, column in _matched_actors(first, second, matched)]
    if swapped:
        statements = [(here, there) for there, here in statements]
        actors = [(here, there) for there, here in actors]
    same = {here.id: there.id for here, there in statements}
    same |= {here.id: there.id for here, there in actors}
    return Matches(one, other, statements, actors, sum(matched.values()), same)


def _matched_statements(one: Article, other: Article, least: Fraction) -> dict[Pair, int]:
    """Match the statements of two articles by their passages, and the rest by id if either has no passages.

    Args:
        one: An annotation of a text.
        other: Another, with offsets in the same text.
        least: The share of their characters that two statements must have in common.

    Returns:
        The pairs, by their numbers and in order, and for each the number of characters that both have.

    Raises:
        ValidationError: Too many passages overlap, or too many actors have one name (`range`).
    """
    table = _overlaps(one.statements, other.statements, least)
    sizes, other_sizes = ([characters_of(each) for each in article.statements] for article in (one, other))
    numbers, other_numbers = (
        {actor.id: number for number, actor in enumerate(article.actors)} for article in (one, other)
    )
    namesakes = _namesakes_of(one.actors, other.actors)

    def namesake(here: str, there: str) -> bool:
        return other_numbers[there] in namesakes[numbers[here]]

    def likeness(row: int, column: int) -> Sequence[int]:
        both = table[row][column]
        first, second = one.statements[row], other.statements[column]
        accused, other_accused = (getattr(each, "accused", ()) for each in (first, second))
        return (
            both * _FINE // (sizes[row] + other_sizes[column] - both),
            type(first) is type(second),
            namesake(first.speaker, second.speaker),
            any(namesake(here, there) for here in accused for there in other_accused),
            first.cue == second.cue,
            getattr(first, "kind", None) == getattr(second, "kind", None),
            first.content == second.content,
        )

    by_passages = best_pairs("statements", table, (_FINE, 1, 1, 1, 1, 1, 1), likeness)
    by_id = _by_id(one.statements, other.statements, by_passages)
    return {(row, column): table.get(row, {}).get(column, 0) for row, column in sorted([*by_passages, *by_id])}


def _by_id(one: Sequence[Statement], other: Sequence[Statement], pairs: Sequence[Pair]) -> Iterator[Pair]:
    """Match the remaining statements by id if either has no passages."""
    rows, columns = ({pair[side] for pair in pairs} for side in (0, 1))
    column_of = {statement.id: column for column, statement in enumerate(other) if column not in columns}
    for row, statement in enumerate(one):
        column = column_of.get(statement.id)
        if row not in rows and column is not None and not (statement.spans and other[column].spans):
            yield row, column


def characters_of(statement: Statement) -> int:
    """Count the characters of a statement's passages."""
    return sum(span.end - span.start for span in statement.spans)


def _overlaps(one: Sequence[Statement], other: Sequence[Statement], least: Fraction) -> dict[int, dict[int, int]]:
    """Count the common characters of the passages of statements on two sides.

    Passages are taken in the order in which they begin, and compared with those that have not ended yet, so that only
    pairs that overlap are looked at.

    Args:
        one: The statements of one side.
        other: Those of the other.
        least: The least share of their characters, of those that either has, that a pair must have in common.

    Returns:
        By the number of a statement in one and in other, the characters that both have.

    Raises:
        ValidationError: Too many passages overlap (`range`).

    >>> from fractions import Fraction
    >>> from geoclaims import Span, Statement
    >>> text = "The navy said that it knew."
    >>> said = Statement(id="a", speaker="n", content="It knew.", spans=[Span.of(text, 0, 26)])
    >>> knew = Statement(id="b", speaker="n", content="It knew.", spans=[Span.of(text, 9, 26)])
    >>> _overlaps([said], [knew], Fraction(1, 2)), _overlaps([said], [knew], Fraction(2, 3))
    ({0: {0: 17}}, {})
    """
    sides = one, other
    sizes = [[characters_of(statement) for statement in side] for side in sides]
    starts = sorted(
        (span.start, span.end, side, number)
        for side, statements in enumerate(sides)
        for number, statement in enumerate(statements)
        for span in statement.spans
    )
    common: dict[int, dict[int, int]] = defaultdict(dict)
    open_passages: tuple[list[tuple[int, int]], list[tuple[int, int]]] = ([], [])
    looked_at = 0
    for start, end, side, number in starts:
        others = open_passages[1 - side]
        while others and others[0][0] <= start:
            heappop(others)
        looked_at += len(others)
        if looked_at > MOST_PAIRS:
            raise too_many("statements", "passages that overlap")
        for other_end, other_number in others:
            row, column = (other_number, number) if side else (number, other_number)
            of_row = common[row]
            of_row[column] = of_row.get(column, 0) + min(end, other_end) - start
        heappush(open_passages[side], (end, number))
    for row, members in common.items():
        for column in [column for column in members if not _is_enough(row, column, members[column], sizes, least)]:
            del members[column]
    return {row: members for row, members in common.items() if members}


def _is_enough(row: int, column: int, both: int, sizes: Sequence[Sequence[int]], least: Fraction) -> bool:
    """Report whether two statements have a share of their characters in common, without rounding it."""
    either = sizes[0][row] + sizes[1][column] - both
    return both * least.denominator >= either * least.numerator


def _keys_of(actor: Actor) -> set[tuple[str, str]]:
    """Collect the URIs of an actor and, unless it is anonymous, its names.

    >>> from geoclaims import Actor
    >>> sorted(_keys_of(Actor(id="navy", name="The Navy", aliases=["the fleet"])))
    [('name', 'the fleet'), ('name', 'the navy')]
    """
    names = () if actor.anonymous else (actor.name, *actor.aliases)
    return {*(("uri", uri) for uri in actor.same_as), *(("name", folded(name)) for name in names)}


def _namesakes_of(one: Sequence[Actor], other: Sequence[Actor]) -> Table:
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


def _matched_actors(one: Article, other: Article, statements: Collection[Pair]) -> list[Pair]:
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
    names, other_names = ([folded(actor.name) for actor in article.actors] for article in (one, other))
    namesakes = _namesakes_of(one.actors, other.actors)
    roles, other_roles = _roles_of(one), _roles_of(other)
    shared = _shared(roles, other_roles, statements)

    def by_names(row: int, column: int) -> Sequence[int]:
        return namesakes[row][column], names[row] == other_names[column], *shared.of(row, column)

    named = best_pairs("actors", namesakes, (1, 1, *shared.most), by_names)
    matched, other_matched = ({pair[side] for pair in named} for side in (0, 1))
    parts = Counter(row for number, _ in statements for row in _taking_part(roles[number]))
    other_parts = Counter(column for _, number in statements for column in _taking_part(other_roles[number]))
    words, other_words = ([_words_of(name) for name in each] for each in (names, other_names))
    table: dict[int, dict[int, int]] = defaultdict(dict)
    for (row, column), both in shared.statements.items():
        if row in matched or column in other_matched:
            continue
        # Half of those in which either takes part, where what both share counts once.
        if 2 * both < parts[row] + other_parts[column] - both:
            continue
        anonymous = one.actors[row].anonymous and other.actors[column].anonymous
        if both >= _LEAST_SHARED or anonymous or _one_in_the_other(words[row], other_words[column]):
            table[row][column] = both
    by_statements = best_pairs("actors", table, shared.most, shared.of)
    return sorted([*named, *by_statements])


def _words_of(name: str) -> set[str]:
    """Return the words of a name; none of one that is too long."""
    return set(re.findall(r"\w+", name)) if len(name) <= _LONGEST_NAME else set()


def _one_in_the_other(words: set[str], other_words: set[str]) -> bool:
    return bool(words and other_words) and (words <= other_words or other_words <= words)


def _roles_of(article: Article) -> list[_Roles]:
    """Find which actors take part in each statement of an article, and in which role."""
    number_of = {actor.id: number for number, actor in enumerate(article.actors)}

    def roles_in(statement: Statement) -> _Roles:
        roles = {field: [number_of[id] for id in ids if id in number_of] for field, ids in references_in(statement)}
        return {field: numbers for field, numbers in roles.items() if numbers}

    return [roles_in(statement) for statement in article.statements]


def _taking_part(roles: _Roles) -> set[int]:
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


def _shared(roles: Sequence[_Roles], other_roles: Sequence[_Roles], statements: Iterable[Pair]) -> _Shared:
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
