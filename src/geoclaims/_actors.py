"""Model the actors: those who speak, are spoken for, are accused, or are named in what is said."""

from typing import final

import attrs

from geoclaims._model import Kind, Model
from geoclaims._rules.fields import RULE, as_texts
from geoclaims._rules.rules import IDENTIFIER, NAME, URL, Choice, Country, Flag, Many, Reference


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
@attrs.frozen(kw_only=True, repr=False)
class Actor(Model):
    """One who speaks, for whom or through whom one speaks, who is accused, or
    who is named in what is said.

    Attributes:
        id: The id by which others refer to it, unique in the article.
        name: The name, as the article gives it. Term: schema.org name.
        kind: What the actor is. Term: STIX identity_class, with a state added.
        role: The office or function. Term: schema.org jobTitle.
        on_behalf_of: The id of the actor this one speaks for; must not form a
            cycle. Term: PROV-O actedOnBehalfOf.
        country: The country. Term: ISO 3166-1 alpha-3, and XKX for Kosovo.
        anonymous: Whether the article does not name the actor; two such actors
            are never the same because of a name.
        aliases: Other names used in the article. Term: schema.org
            alternateName.
        same_as: The URIs of the same actor elsewhere, Wikidata first. Term:
            schema.org sameAs.

    Raises:
        ValidationError: A field breaks its rule.

    >>> from geoclaims import Actor, ActorKind
    >>> Actor(id="lin", name="Lin Jian", kind=ActorKind.PERSON, country="CHN")
    Actor(id='lin', name='Lin Jian', kind=ActorKind.PERSON, country='CHN')
    """  # noqa: D205 - the definition takes two lines

    id: str = attrs.field(metadata={RULE: IDENTIFIER})
    name: str = attrs.field(metadata={RULE: NAME})
    kind: ActorKind = attrs.field(default=ActorKind.UNKNOWN, metadata={RULE: Choice(ActorKind)})
    role: str | None = attrs.field(default=None, metadata={RULE: NAME})
    on_behalf_of: str | None = attrs.field(
        default=None, metadata={RULE: Reference("actor", acyclic=True, itself=False)}
    )
    country: str | None = attrs.field(default=None, metadata={RULE: Country()})
    anonymous: bool = attrs.field(default=False, metadata={RULE: Flag()})
    aliases: tuple[str, ...] = attrs.field(default=(), converter=as_texts, metadata={RULE: Many(NAME, unique=True)})
    same_as: tuple[str, ...] = attrs.field(default=(), converter=as_texts, metadata={RULE: Many(URL, unique=True)})
