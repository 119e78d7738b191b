"""Put actors and denials into words, for terminals and notebooks."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Final

from geoclaims._actors import ActorKind
from geoclaims._article import references_in
from geoclaims._messages import cut
from geoclaims._repeating import WHOLE, longest_repeated, size
from geoclaims._statements import Denial, DenialKind

if TYPE_CHECKING:
    from geoclaims._actors import Actor
    from geoclaims._article import Article
    from geoclaims._statements import Statement

_MOST_PRINCIPALS: Final = 3
_QUOTATION_MARKS: Final = frozenset('"“”„‟«»「」『』')

NOTHING_OF_TRUTH: Final = "This shows who is reported to have said what, not what is true."
"""The sentence above every article that is shown."""


LONGEST_REPEATED: Final = 200
"""An output cuts what it repeats from another object to this many characters, so that it stays in proportion.

A statement's own words are not cut where it is itself written, nor are ids.
"""


def repeated(text: str) -> str:
    """Cut a text that an output repeats from another object.

    >>> len(repeated("x" * 1000))
    200
    """
    return cut(text, LONGEST_REPEATED)


def actor_in_words(article: Article, actor: Actor, longest: int = WHOLE) -> str:
    """Name an actor, with its role and the actor that it speaks for.

    Args:
        article: The article that the actor is in.
        actor: The actor.
        longest: The length to which the names of others are cut.

    >>> from geoclaims import Actor, Article
    >>> china = Actor(id="china", name="China")
    >>> lin = Actor(id="lin", name="Lin", role="spokesman", on_behalf_of="china")
    >>> actor_in_words(Article(id="example", actors=[china, lin]), lin)
    'Lin (spokesman, for China)'
    """
    names = [cut(each.name, longest) for each in islice(_principals(article, actor), _MOST_PRINCIPALS + 1)]
    details = [actor.role] if actor.role else []
    details += [f"for {name}" for name in names[:_MOST_PRINCIPALS]] + ["…"] * (len(names) > _MOST_PRINCIPALS)
    details += ["unnamed"] if actor.anonymous else []
    return f"{actor.name} ({', '.join(details)})" if details else actor.name


def mention(article: Article, actor: Actor, longest: int) -> str:
    """Name an actor that is also named elsewhere: in full, or cut to a length and without details."""
    return actor_in_words(article, actor) if longest == WHOLE else cut(actor.name, longest)


def longest_mention(article: Article) -> int:
    """Find the length to which names and contents are cut where a page repeats them.

    Such a page names the targets of a statement's references, and shows a denial beneath each statement that it denies.
    """
    lengths: dict[str, int] = {}
    repeated = 0
    for actor in article.actors:
        others = sum(len(each.name) for each in islice(_principals(article, actor), _MOST_PRINCIPALS))
        lengths[actor.id] = len(actor.name) + len(actor.role or "") + others
        repeated += others
    lengths |= {statement.id: len(statement.content) + len(statement.id) for statement in article.statements}
    for statement in article.statements:
        told = sum(lengths[id] for _, ids in references_in(statement) for id in ids)
        if article.text is not None:
            told += sum(span.end - span.start for span in statement.spans)
        repeated += told + len(statement.confirms) * lengths[statement.speaker]
        if isinstance(statement, Denial) and len(statement.denies) > 1:
            confirmed = sum(lengths[each.speaker] + len(each.id) for each in article.confirmations_of(statement))
            repeated += len(statement.denies) * (size(statement) + told + confirmed)
    return longest_repeated(article, repeated)


def _principals(article: Article, actor: Actor) -> Iterator[Actor]:
    """Iterate over the actors that an actor speaks for, directly and through others."""
    while actor.on_behalf_of is not None:
        actor = article.actor(actor.on_behalf_of)
        yield actor


def quoted(text: str) -> str:
    """Put a text in quotation marks, unless it begins or ends with one of its own.

    >>> print(quoted("We sent nobody"), quoted("“We sent nobody,” said Lin"))
    “We sent nobody” “We sent nobody,” said Lin
    """
    edges = text.strip()
    return text if edges[:1] in _QUOTATION_MARKS or edges[-1:] in _QUOTATION_MARKS else f"“{text}”"


def particulars(actor: Actor) -> list[str]:
    """List the other details of an actor: its kind, its country and its other names.

    >>> from geoclaims import Actor
    >>> particulars(Actor(id="china", name="China", country="CHN", aliases=["Beijing", "PRC"]))
    ['CHN', 'also “Beijing”, “PRC”']
    """
    told = [] if actor.kind is ActorKind.UNKNOWN else [str(actor.kind)]
    told += [actor.country] if actor.country else []
    also = ", ".join(map(quoted, actor.aliases))
    return [*told, f"also {also}"] if also else told


def kind_in_words(denial: Denial) -> str:
    """Put the kind of a denial into words.

    >>> from geoclaims import Denial, DenialKind
    >>> kind_in_words(Denial(id="s2", speaker="lin", content="…", denies=["s1"], kind=DenialKind.NO_EVIDENCE))
    'no-evidence denial'
    """
    return "denial" if denial.kind is DenialKind.UNSPECIFIED else f"{str(denial.kind).replace('_', '-')} denial"


def event_in_words(statement: Statement) -> str | None:
    """Put the date or period of the reported event into words.

    >>> from geoclaims import PartialDate, Statement
    >>> event_in_words(Statement(id="s1", speaker="lin", content="…", event_end=PartialDate(2025, 4)))
    'until 2025-04'
    """
    begin, end = statement.event_date, statement.event_end
    if end is None:
        return None if begin is None else str(begin)
    return f"until {end}" if begin is None else f"{begin} to {end}"


def article_in_words(article: Article) -> str:
    """Count what an article holds.

    >>> from geoclaims import Article
    >>> article_in_words(Article(id="example"))
    '0 actors, 0 allegations, 0 denials, 0 other statements.'
    """
    others = len(article.statements) - len(article.allegations) - len(article.denials)
    counts = [
        counted(len(article.actors), "actor"),
        counted(len(article.allegations), "allegation"),
        counted(len(article.denials), "denial"),
        counted(others, "other statement"),
    ]
    return f"{', '.join(counts)}."


def counted(number: int, noun: str) -> str:
    """Count things in words.

    >>> counted(1, "denial"), counted(2, "denial")
    ('1 denial', '2 denials')
    """
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
