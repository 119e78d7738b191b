"""Pair the statements and actors of two annotations of one text, and count what they have in common."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

import attrs

from geoclaims._actors import Actor
from geoclaims._article import Article
from geoclaims._json.documents import to_json
from geoclaims._statements import Denial, Statement
from geoclaims.annotation._actors import matched_actors
from geoclaims.annotation._matching import matched_statements
from geoclaims.annotation._overlaps import characters_of

if TYPE_CHECKING:
    from fractions import Fraction

Counts = tuple[int, int, int]
"""How much both have, how much only the first has, and how much only the second."""

COUNTED: Final = (
    *("statements", "types", "speakers", "accused", "denies", "confirms", "denial_kinds"),
    "passages",
)
"""What is counted in two annotations."""


@attrs.frozen
class Pairing:
    """Two annotations, with their matched statements and actors."""

    one: Article
    other: Article
    statements: Sequence[tuple[Statement, Statement]]
    actors: Sequence[tuple[Actor, Actor]]
    common: int
    """How many characters the passages of the paired statements have in common, added up."""
    same_statement: Mapping[str, str]
    """By the id of a statement of the one, the id that it has in the other."""
    same_actor: Mapping[str, str]
    """The same for actors."""


def paired(one: Article, other: Article, least: Fraction) -> Pairing:
    """Pair the statements and actors of two annotations with offsets in one text.

    Raises:
        ValidationError: Too many passages or actors compete (`range`).
    """
    # Always in the same order, so that both directions come to the same where nothing else decides.
    swapped = to_json(one) > to_json(other)
    first, second = (other, one) if swapped else (one, other)
    matched = matched_statements(first, second, least)
    statements = [(first.statements[row], second.statements[column]) for row, column in matched]
    actors = [(first.actors[row], second.actors[column]) for row, column in matched_actors(first, second, matched)]
    if swapped:
        statements = [(here, there) for there, here in statements]
        actors = [(here, there) for there, here in actors]
    same_statement, same_actor = ({here.id: there.id for here, there in pairs} for pairs in (statements, actors))
    return Pairing(one, other, statements, actors, sum(matched.values()), same_statement, same_actor)


def counts_of(pairing: Pairing) -> dict[str, Counts]:
    """Count what two annotations have in common, by the name of the score."""
    pairs = pairing.statements
    kinds = [(a.kind, b.kind) for a, b in pairs if isinstance(a, Denial) and isinstance(b, Denial)]
    return {
        "statements": _parted(len(pairs), [len(article.statements) for article in (pairing.one, pairing.other)]),
        "types": _agreed([type(a) is type(b) for a, b in pairs]),
        "speakers": _agreed([pairing.same_actor.get(a.speaker) == b.speaker for a, b in pairs]),
        "accused": _links(pairing, "accused", pairing.same_actor),
        "denies": _links(pairing, "denies", pairing.same_statement),
        "confirms": _links(pairing, "confirms", pairing.same_statement),
        "denial_kinds": _agreed([a is b for a, b in kinds]),
        "passages": _parted(pairing.common, [_characters(article) for article in (pairing.one, pairing.other)]),
    }


def _parted(both: int, totals: Sequence[int]) -> Counts:
    one, other = totals
    return both, one - both, other - both


def _agreed(same: Sequence[bool]) -> Counts:
    """Count the pairs that agree; one that does not counts on both sides."""
    differing = len(same) - sum(same)
    return sum(same), differing, differing


def _links(pairing: Pairing, field: str, same: Mapping[str, str]) -> Counts:
    """Count the links of a field; a link is in both if its source and its target are matched."""
    both = 0
    for one, other in pairing.statements:
        both += len({same.get(id) for id in _links_of(one, field)}.intersection(_links_of(other, field)))
    totals = [
        sum(len(_links_of(statement, field)) for statement in article.statements)
        for article in (pairing.one, pairing.other)
    ]
    return _parted(both, totals)


def _links_of(statement: Statement, field: str) -> tuple[str, ...]:
    """List the ids in a field of a statement, which only some types may have."""
    ids: tuple[str, ...] = getattr(statement, field, ())
    return ids


def _characters(article: Article) -> int:
    return sum(map(characters_of, article.statements))
