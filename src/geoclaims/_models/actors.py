"""Who speaks, is accused or is spoken about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, final

import attrs

from geoclaims._errors import Path
from geoclaims._issues import Issues
from geoclaims._models.kinds import ActorKind
from geoclaims._rules.model import Model
from geoclaims._rules.rules import (
    IDENTIFIER,
    NAME,
    URL,
    Choice,
    Country,
    Flag,
    Many,
    Reference,
    Together,
    holds,
    texts,
)


def _for_another(id: str, on_behalf_of: str | None) -> bool:
    return id != on_behalf_of


def note_itself(right: Mapping[str, Any], path: Path, issues: Issues) -> None:
    """Note an actor that acts on behalf of itself, or a statement that denies itself or is about itself."""
    for name, other in (("on_behalf_of", "actor"), ("about", "actor or statement"), ("denies", "statement")):
        for reference, place in references(right.get(name), name):
            if reference == right["id"]:
                issues.add("self_ref", (*path, *place), reference, f"the id of another {other}")


def references(value: object, name: str) -> list[tuple[str, Path]]:
    """The readable references in a field, one or many, each with its place."""
    if isinstance(value, tuple):
        return [(reference, (name, index)) for index, reference in enumerate(value) if isinstance(reference, str)]
    return [(value, (name,))] if isinstance(value, str) else []


@final
@attrs.frozen(kw_only=True, repr=False)
class Actor(Model):
    """One who speaks, is accused or is spoken about.

    Raises:
        ValidationError: A field breaks its rule; the issues name each with its place.

    >>> Actor(id="lin", name="Lin Jian", kind=ActorKind.PERSON, role="spokesman", on_behalf_of="ministry")
    Actor(id='lin', name='Lin Jian', kind=ActorKind.PERSON, role='spokesman', on_behalf_of='ministry')
    """

    _together: ClassVar[Together] = Together(("id", "on_behalf_of"), _for_another, note_itself)

    id: str = attrs.field(metadata=holds(IDENTIFIER, "the id that others refer to, unique in the article"))
    name: str = attrs.field(metadata=holds(NAME, "the name, as the article gives it", term="schema.org name"))
    kind: ActorKind = attrs.field(
        default=ActorKind.UNKNOWN,
        metadata=holds(Choice(ActorKind), "what the actor is", term="STIX identity_class, with a state added"),
    )
    role: str | None = attrs.field(
        default=None, metadata=holds(NAME, "the office or function", term="schema.org jobTitle")
    )
    on_behalf_of: str | None = attrs.field(
        default=None,
        metadata=holds(
            Reference("actor"), "the id of the actor this one speaks for; no cycle", term="PROV-O actedOnBehalfOf"
        ),
    )
    country: str | None = attrs.field(
        default=None, metadata=holds(Country(), "the country", term="ISO 3166-1 alpha-3, and XKX for Kosovo")
    )
    anonymous: bool = attrs.field(
        default=False,
        metadata=holds(Flag(), "whether the article leaves the actor unnamed; two such are never the same by name"),
    )
    aliases: tuple[str, ...] = attrs.field(
        default=(),
        converter=texts,
        metadata=holds(Many(NAME, unique=True), "other names used in the article", term="schema.org alternateName"),
    )
    same_as: tuple[str, ...] = attrs.field(
        default=(),
        converter=texts,
        metadata=holds(
            Many(URL, unique=True), "the URIs of the same actor elsewhere, Wikidata first", term="schema.org sameAs"
        ),
    )
