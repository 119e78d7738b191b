"""Index an article once, for the first question, so that each question costs as much as its answer is long."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

import attrs

from geoclaims._errors import UnknownIdError, nearest
from geoclaims._model import Model
from geoclaims._models.actors import Actor
from geoclaims._models.statements import Allegation, Denial, Statement
from geoclaims._rules import references_of

Found = TypeVar("Found")


@attrs.frozen
class Index:
    """The index of an article: by id, by type, and by references to an id."""

    statements: tuple[Statement, ...]
    actor_by_id: Mapping[str, Actor]
    statement_by_id: Mapping[str, Statement]
    anything_by_id: Mapping[str, Actor | Statement]
    allegations: tuple[Allegation, ...]
    denials: tuple[Denial, ...]
    referring: Mapping[tuple[str, str], Sequence[int]]
    """The numbers of the actors or statements that refer to an id in a field, by field and id."""
    actors: Sequence[Actor]

    def known(self, id: str | Actor | Statement, among: Mapping[str, Found], expected: str) -> Found:
        """Look up an object by its id, or by an object with that id.

        Raises:
            UnknownIdError: No object has it.
        """
        key = getattr(id, "id", id)
        if isinstance(key, str) and key in among:
            return among[key]
        if isinstance(key, str) and key in self.anything_by_id:
            expected += f", not of {'an actor' if key in self.actor_by_id else 'a statement'}"
        raise UnknownIdError(key, expected, nearest(key, among) if isinstance(key, str) else None)

    def actor(self, actor: str | Actor) -> Actor:
        """Look up an actor by an id, or by that of an object.

        Raises:
            UnknownIdError: No actor has it.
        """
        return self.known(actor, self.actor_by_id, "the id of an actor")

    def statement(self, statement: str | Statement) -> Statement:
        """Look up a statement by an id, or by that of an object.

        Raises:
            UnknownIdError: No statement has it.
        """
        return self.known(statement, self.statement_by_id, "the id of a statement")

    def naming(self, field: str, ids: Sequence[str]) -> tuple[Statement, ...]:
        """Look up the statements that refer to one of some ids in a field, in the order of the article."""
        numbers = {number for id in ids for number in self.referring.get((field, id), ())}
        return tuple(self.statements[number] for number in sorted(numbers))

    def actor_ids(self, actor: str | Actor, *, including_proxies: bool) -> Sequence[str]:
        """Return the id of an actor and, if wanted, those of all who act on its behalf, directly or through others.

        Raises:
            UnknownIdError: No actor has the id.
        """
        ids = [self.actor(actor).id]
        if including_proxies:
            for principal in ids:  # grows as it goes; ends since acting on behalf forms no cycle
                ids += [self.actors[number].id for number in self.referring.get(("on_behalf_of", principal), ())]
        return ids


def references_in(thing: Model) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Iterate over the fields of an actor or statement that refer to others, with the ids in each."""
    for field in references_of(type(thing)):
        value: str | tuple[str, ...] | None = getattr(thing, field)
        yield field, (value,) if isinstance(value, str) else value or ()


def indexed(actors: Sequence[Actor], statements: tuple[Statement, ...]) -> Index:
    """Make the index of an article."""
    referring: dict[tuple[str, str], list[int]] = {}
    for things in (actors, statements):
        for number, thing in enumerate(things):
            for field, ids in references_in(thing):
                for id in ids:
                    referring.setdefault((field, id), []).append(number)
    actor_by_id = {actor.id: actor for actor in actors}
    statement_by_id = {statement.id: statement for statement in statements}
    return Index(
        statements=statements,
        actor_by_id=actor_by_id,
        statement_by_id=statement_by_id,
        anything_by_id={**actor_by_id, **statement_by_id},
        allegations=tuple(statement for statement in statements if isinstance(statement, Allegation)),
        denials=tuple(statement for statement in statements if isinstance(statement, Denial)),
        referring=referring,
        actors=actors,
    )
