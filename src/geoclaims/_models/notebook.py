"""Show an article in a notebook: who alleges what, whom that accuses, and who denies it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final, TypeVar

from geoclaims._display import cut
from geoclaims._html import page, table, text
from geoclaims._models.repeating import WHOLE
from geoclaims._models.statements import Allegation
from geoclaims._models.wording import (
    actor_in_words,
    counted,
    kind_in_words,
    longest_mention,
    mention,
    particulars,
    quoted,
)

if TYPE_CHECKING:
    from geoclaims._models.actors import Actor
    from geoclaims._models.articles import Article
    from geoclaims._models.statements import Denial, Statement

_MOST_ROWS: Final = 100

Thing = TypeVar("Thing")


def html_of(article: Article) -> str:
    """Turn an article into HTML: the allegations in a table, the rest folded away below."""
    longest = longest_mention(article)
    told: set[str] = set()

    def name(id: str) -> str:
        return text(mention(article, article.actor(id), longest))

    def said(statement: Statement) -> str:
        quotes = map(quoted, statement.quotes)
        numbers = (str(quantity) for quantity in statement.quantities)
        basis = [f"basis: {statement.basis}"] if statement.basis else []
        confirmed = (
            f"confirmed by {mention(article, article.actor(confirmation.speaker), longest)}"
            for confirmation in article.confirmations_of(statement)
        )
        details = "".join(f"<br><small>{text(detail)}</small>" for detail in (*quotes, *numbers, *basis, *confirmed))
        return f"{text(statement.content)}{details}"

    def once(denial: Denial) -> str:
        if longest < WHOLE and denial.id in told:
            return text(cut(denial.content, longest))
        told.add(denial.id)
        return said(denial)

    def denials(statement: Statement) -> str:
        return "".join(
            '<div style="margin-bottom: 0.5em">'
            f"<b>{name(denial.speaker)}: {kind_in_words(denial)}</b><br>{once(denial)}</div>"
            for denial in article.denials_of(statement)
        )

    def allegation(statement: Allegation) -> Sequence[str]:
        accused = "<br>".join(map(name, statement.accused))
        denied = denials(statement) or "nobody in this article"
        return said(statement), name(statement.speaker), accused, denied

    def other(statement: Statement) -> Sequence[str]:
        return said(statement), name(statement.speaker), denials(statement)

    def actor(one: Actor) -> Sequence[str]:
        return text(actor_in_words(article, one, longest)), text(", ".join(particulars(one))), f"<code>{one.id}</code>"

    others = [statement for statement in article.statements if not isinstance(statement, Allegation)]
    head = ["Statement", "Speaker", "Accused", "Denied by"]
    return page(
        f"<p><b>{text(article.title or article.id)}</b></p>"
        f"{_part('allegation', head, article.allegations, allegation, opened=True)}"
        f"{_part('other statement', [*head[:2], head[3]], others, other)}"
        f"{_part('actor', ['Actor', 'What else is told', 'Id'], article.actors, actor)}"
    )


def _part(
    noun: str,
    head: Sequence[str],
    things: Sequence[Thing],
    row: Callable[[Thing], Sequence[str]],
    *,
    opened: bool = False,
) -> str:
    """Make a table that can be folded away; of very many things, show the first."""
    rest = len(things) - _MOST_ROWS
    more = f"<p>and {rest} more</p>" if rest > 0 else ""
    body = table(head, map(row, things[:_MOST_ROWS])) if things else ""
    return f"<details{' open' * opened}><summary>{counted(len(things), noun)}</summary>{body}{more}</details>"
