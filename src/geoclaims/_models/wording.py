"""Put actors and denials into words, for terminals and notebooks."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Final

from geoclaims._models.kinds import ActorKind, DenialKind

if TYPE_CHECKING:
    from geoclaims._models.actors import Actor
    from geoclaims._models.articles import Article
    from geoclaims._models.statements import Denial, Statement

_MOST_PRINCIPALS: Final = 3


def actor_in_words(article: Article, actor: Actor) -> str:
    """Name an actor, with the office, and on whose behalf it acts.

    >>> from geoclaims import Actor, Article
    >>> china = Actor(id="china", name="China")
    >>> lin = Actor(id="lin", name="Lin", role="spokesman", on_behalf_of="china")
    >>> actor_in_words(Article(id="example", actors=[china, lin]), lin)
    'Lin (spokesman, for China)'
    """
    principals = [f"for {principal.name}" for principal in islice(_principals(article, actor), _MOST_PRINCIPALS + 1)]
    details = [actor.role] if actor.role else []
    details += principals if len(principals) <= _MOST_PRINCIPALS else [*principals[:_MOST_PRINCIPALS], "…"]
    details += ["unnamed"] if actor.anonymous else []
    return f"{actor.name} ({', '.join(details)})" if details else actor.name


def _principals(article: Article, actor: Actor) -> Iterator[Actor]:
    """Iterate over those on whose behalf an actor acts, at every remove."""
    while actor.on_behalf_of is not None:
        actor = article.actor(actor.on_behalf_of)
        yield actor


def particulars(actor: Actor) -> list[str]:
    """List the other particulars of an actor: its kind, its country and its other names.

    >>> from geoclaims import Actor
    >>> particulars(Actor(id="china", name="China", country="CHN", aliases=["Beijing", "PRC"]))
    ['CHN', 'also “Beijing”, “PRC”']
    """
    told = [] if actor.kind is ActorKind.UNKNOWN else [str(actor.kind)]
    told += [actor.country] if actor.country else []
    also = ", ".join(f"“{alias}”" for alias in actor.aliases)
    return [*told, f"also {also}"] if also else told


def kind_in_words(denial: Denial) -> str:
    """Put the kind of a denial into words.

    >>> from geoclaims import Denial, DenialKind
    >>> kind_in_words(Denial(id="s2", speaker="lin", content="…", denies=["s1"], kind=DenialKind.NO_EVIDENCE))
    'no-evidence denial'
    """
    return "denial" if denial.kind is DenialKind.UNSPECIFIED else f"{str(denial.kind).replace('_', '-')} denial"


def event_in_words(statement: Statement) -> str | None:
    """Say when the reported event is said to have happened: on one date, from one to another, or until one.

    >>> from geoclaims import PartialDate, Statement
    >>> event_in_words(Statement(id="s1", speaker="lin", content="…", event_end=PartialDate(2025, 4)))
    'until 2025-04'
    """
    begin, end = statement.event_date, statement.event_end
    if end is None:
        return None if begin is None else str(begin)
    return f"until {end}" if begin is None else f"{begin} to {end}"


def counted(number: int, noun: str) -> str:
    """Count things in words.

    >>> counted(1, "denial"), counted(2, "denial")
    ('1 denial', '2 denials')
    """
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
