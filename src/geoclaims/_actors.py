"""Model the actors: those who speak, are accused or are spoken about."""

from __future__ import annotations

from typing import final

import attrs

from geoclaims._model import Kind, Model
from geoclaims._rules import (
    IDENTIFIER,
    NAME,
    URL,
    Choice,
    Country,
    Flag,
    Many,
    Reference,
    field_rule,
    tuple_of_texts,
    with_field_help,
)


@final
class ActorKind(Kind):
    """What an actor is: the identity classes of STIX, with a state added.

    Attributes:
        PERSON ("person"): One human being.
        GROUP ("group"): Several people who are not an institution.
        ORGANIZATION ("organization"): A ministry, army, party, agency or
            company.
        STATE ("state"): A state, or its government spoken of as a whole.
        UNKNOWN ("unknown"): The article does not say.

    >>> from geoclaims import ActorKind
    >>> ActorKind("state")
    ActorKind.STATE
    """

    PERSON = "person"
    GROUP = "group"
    ORGANIZATION = "organization"
    STATE = "state"
    UNKNOWN = "unknown"


@final
@with_field_help
@attrs.frozen(kw_only=True, repr=False)
class Actor(Model):
    """Someone who speaks, is accused or is spoken about.

    Attributes:
        id (str): The id by which others refer to it, unique in the article.
        name (str): The name, as the article gives it. Term: schema.org name.
        kind (ActorKind): What the actor is. Term: STIX identity_class, with a
            state added.
        role (str | None): The office or function. Term: schema.org jobTitle.
        on_behalf_of (str | None): The id of the actor this one speaks for; must
            not form a cycle. Term: PROV-O actedOnBehalfOf.
        country (str | None): The country. Term: ISO 3166-1 alpha-3, and XKX for
            Kosovo.
        anonymous (bool): Whether the article does not name the actor; two such
            actors are never the same because of a name.
        aliases (tuple[str, ...]): Other names used in the article. Term:
            schema.org alternateName.
        same_as (tuple[str, ...]): The URIs of the same actor elsewhere,
            Wikidata first. Term: schema.org sameAs.

    Raises:
        ValidationError: A field breaks its rule.

    >>> from geoclaims import Actor, ActorKind
    >>> Actor(id="lin", name="Lin Jian", kind=ActorKind.PERSON, country="CHN")
    Actor(id='lin', name='Lin Jian', kind=ActorKind.PERSON, country='CHN')
    """

    id: str = attrs.field(metadata=field_rule(IDENTIFIER, "the id by which others refer to it, unique in the article"))
    name: str = attrs.field(metadata=field_rule(NAME, "the name, as the article gives it", term="schema.org name"))
    kind: ActorKind = attrs.field(
        default=ActorKind.UNKNOWN,
        metadata=field_rule(Choice(ActorKind), "what the actor is", term="STIX identity_class, with a state added"),
    )
    role: str | None = attrs.field(
        default=None, metadata=field_rule(NAME, "the office or function", term="schema.org jobTitle")
    )
    on_behalf_of: str | None = attrs.field(
        default=None,
        metadata=field_rule(
            Reference("actor", acyclic=True, itself=False),
            "the id of the actor this one speaks for; must not form a cycle",
            term="PROV-O actedOnBehalfOf",
        ),
    )
    country: str | None = attrs.field(
        default=None, metadata=field_rule(Country(), "the country", term="ISO 3166-1 alpha-3, and XKX for Kosovo")
    )
    anonymous: bool = attrs.field(
        default=False,
        metadata=field_rule(
            Flag(), "whether the article does not name the actor; two such actors are never the same because of a name"
        ),
    )
    aliases: tuple[str, ...] = attrs.field(
        default=(),
        converter=tuple_of_texts,
        metadata=field_rule(
            Many(NAME, unique=True), "other names used in the article", term="schema.org alternateName"
        ),
    )
    same_as: tuple[str, ...] = attrs.field(
        default=(),
        converter=tuple_of_texts,
        metadata=field_rule(
            Many(URL, unique=True), "the URIs of the same actor elsewhere, Wikidata first", term="schema.org sameAs"
        ),
    )
