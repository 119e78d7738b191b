"""The index by which an article answers: made once, on the first question, so that each costs what it returns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

import attrs

from geoclaims._errors import UnknownIdError
from geoclaims._issues import nearest
from geoclaims._models.actors import Actor
from geoclaims._models.statements import Allegation, Denial, Statement

Found = TypeVar("Found")


@attrs.frozen
class Index:
    """The ways into an article: by id, by speaker, by accused, by what is denied, by principal."""

    statements: tuple[Statement, ...]
    actor_by_id: Mapping[str, Actor]
    statement_by_id: Mapping[str, Statement]
    anything_by_id: Mapping[str, Actor | Statement]
    allegations: tuple[Allegation, ...]
    denials: tuple[Denial, ...]
    denials_by_denied: Mapping[str, Sequence[Denial]]
    spoken: Mapping[str, Sequence[int]]
    """The numbers of the statements of each speaker."""
    accusing: Mapping[str, Sequence[int]]
    """The numbers of the allegations against each of the accused."""
    proxies: Mapping[str, Sequence[str]]
    """The ids of those who act directly on behalf of each actor."""

    def known(self, id: str | Actor | Statement, among: Mapping[str, Found], expected: str) -> Found:
        """What has an id.

        Raises:
            UnknownIdError: Nothing among these has it.
        """
        key = getattr(id, "id", id)
        if isinstance(key, str) and key in among:
            return among[key]
        raise UnknownIdError(key, expected, nearest(key, among) if isinstance(key, str) else None)

    def concerning(
        self, actor: str | Actor, numbers: Mapping[str, Sequence[int]], *, including_proxies: bool
    ) -> tuple[Statement, ...]:
        """The statements that concern an actor in one way, in the order of the article."""
        actors = [self.known(actor, self.actor_by_id, "the id of an actor").id]
        if including_proxies:
            for principal in actors:  # grows as it goes; ends since acting on behalf forms no circle
                actors += self.proxies.get(principal, ())
        return tuple(self.statements[number] for number in sorted({n for id in actors for n in numbers.get(id, ())}))


def indexed(actors: Sequence[Actor], statements: tuple[Statement, ...]) -> Index:
    """Make the index of an article."""
    denied: dict[str, list[Denial]] = {}
    spoken: dict[str, list[int]] = {}
    accusing: dict[str, list[int]] = {}
    proxies: dict[str, list[str]] = {}
    for actor in actors:
        if actor.on_behalf_of is not None:
            proxies.setdefault(actor.on_behalf_of, []).append(actor.id)
    for number, statement in enumerate(statements):
        spoken.setdefault(statement.speaker, []).append(number)
        if isinstance(statement, Allegation):
            for accused in statement.accused:
                accusing.setdefault(accused, []).append(number)
        elif isinstance(statement, Denial):
            for id in statement.denies:
                denied.setdefault(id, []).append(statement)
    actor_by_id = {actor.id: actor for actor in actors}
    statement_by_id = {statement.id: statement for statement in statements}
    return Index(
        statements=statements,
        actor_by_id=actor_by_id,
        statement_by_id=statement_by_id,
        anything_by_id={**actor_by_id, **statement_by_id},
        allegations=tuple(statement for statement in statements if isinstance(statement, Allegation)),
        denials=tuple(statement for statement in statements if isinstance(statement, Denial)),
        denials_by_denied=denied,
        spoken=spoken,
        accusing=accusing,
        proxies=proxies,
    )
