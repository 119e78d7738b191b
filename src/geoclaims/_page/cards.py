"""Show statements on cards, with the statements that each is linked to, and the actors and facts of an article."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from geoclaims._page.elements import address, attribute, text
from geoclaims._view.article import (
    ActorView,
    ArticleView,
    Detail,
    Labelled,
    Mention,
    Saying,
    StatementMention,
    StatementView,
    Value,
    in_brackets,
)
from geoclaims._view.wording import ADDRESSES
from geoclaims._view.writing import direction


@attrs.frozen
class Sheet:
    """An article that is being shown.

    Attributes:
        view: The article.
        prefix: The prefix of the ids of its elements; None in a notebook, where links do not work.
        anchors: What the anchor of a statement has before its id; None if an earlier article has these anchors.
        head: The element of the heads of cards.
    """

    view: ArticleView
    prefix: str | None = None
    anchors: str | None = None
    head: str = "p"

    def named(self, name: str) -> str:
        """Write the `id` attribute of an element, if links work."""
        return f" id={attribute(name)}" if self.prefix else ""

    def linked(self, name: str, inner: str, attributes: str = "") -> str:
        """Link to the element of a name, if links work."""
        return f'<a href="#{name}"{attributes}>{inner}</a>' if self.prefix else f"<span{attributes}>{inner}</span>"

    def card(self, statement: StatementView | StatementMention) -> str:
        """Name the card of a statement; in another report its reference does."""
        if isinstance(statement, StatementMention) and statement.report:
            return statement.id
        return f"{self.prefix}-s{statement.number}" if self.anchors is None else f"{self.anchors}{statement.id}"

    def passage(self, statement: StatementView) -> str:
        """Name the first passage of a statement."""
        return f"{self.prefix}-t{statement.number}"

    def entry(self, actor: Mention) -> str:
        """Name the entry of an actor in the list of actors."""
        return f"{self.prefix}-p{actor.number}"

    def actor(self, actor: Mention) -> str:
        """Link to the entry of an actor by its name."""
        return self.linked(self.entry(actor), text(actor))

    def shown(self, value: Value) -> str:
        """Show a value, or what stands behind a name; words of ours and what follows them run as the card does."""
        match value:
            case Mention():
                return self.actor(value)
            case Labelled():
                return f'<span class="pair">{value.ours} {self.shown(value.words)}</span>'
            case StatementMention():
                lead, place, said = value.words(text)
                number = f"<b>{value.number}</b> " if value.number else ""
                link = self.linked(self.card(value), f"{number}{lead}", ' class="elsewhere"' if place else "")
                reference = f'<span class="reference"> ({text(value.id)})</span>'
                report = f", <bdi>{place}{reference}</bdi>" if place else ""
                return f'{link}{report}<span class="linked">{said}</span>'
            case _:
                return text(value)


def cards(sheet: Sheet, statements: Iterable[StatementView]) -> str:
    """Show everything known about some statements."""
    return "".join(_card(sheet, statement) for statement in statements)


def _card(sheet: Sheet, statement: StatementView) -> str:
    """Show everything known about a statement."""
    answered = [*statement.links("denies"), *statement.links("confirms")]
    answers = f" data-answers={_ids(answered)}" if answered else ""
    said = statement.saying
    back = sheet.passage(statement) if sheet.view.text is not None and statement.spans else sheet.card(statement)
    number = sheet.linked(back, str(statement.number), ' class="number"')
    quotes = "".join(
        f'<blockquote dir="{direction(quote.words)}">{text(quote)}</blockquote>' for quote in statement.quotes
    )
    details = " ".join(_detail(sheet, detail) for detail in statement.details.values())
    return (
        f'<article class="card {statement.type}"{sheet.named(sheet.card(statement))} '
        f"data-statement={attribute(statement.id)} data-actors={_ids(statement.actors)}{answers} "
        f'dir="{statement.direction}">'
        f'<{sheet.head} class="head">{number} {statement.heading}</{sheet.head}> '
        f'<p class="claim">{_saying(sheet, said)}</p>'
        f"{quotes}{f'<dl>{details}</dl>' if details else ''}</article>"
    )


def actor_list(sheet: Sheet, actors: Iterable[ActorView]) -> str:
    """List some actors with everything known about each."""
    return f'<ul class="actors">{"".join(_entry(sheet, actor) for actor in actors)}</ul>'


def fact_list(sheet: Sheet, facts: Iterable[Detail]) -> str:
    """List what is known about an article as a whole."""
    shown = (f"<div><dt>{fact.label}</dt><dd>{_values(sheet, fact)[0]}</dd></div>" for fact in facts)
    return f'<dl class="facts">{"".join(shown)}</dl>'


def _values(sheet: Sheet, detail: Detail) -> list[str]:
    """Show the first values of a detail."""
    return list(map(address if detail.field in ADDRESSES else sheet.shown, detail.first))


def _ids(things: Iterable[Mention | StatementMention]) -> str:
    return attribute(" ".join(dict.fromkeys(thing.id for thing in things)))


def _entry(sheet: Sheet, actor: ActorView) -> str:
    more = [", ".join(map(sheet.shown, actor.particulars))] if actor.particulars else []
    more += [f"same as {address(url, in_short=True)}" for url in actor.same_as]
    name = f"<b>{text(actor)}</b>{in_brackets(actor.office, sheet.shown)}"
    rest = " · ".join([*more, f"id&nbsp;<code>{text(actor.id)}</code>"])
    return f"<li{sheet.named(sheet.entry(actor))}>{name} <span>— {rest}</span></li>"


def _saying(sheet: Sheet, said: Saying) -> str:
    """Say who said what; what is ours stands outside of words that may have another writing direction."""
    asides = in_brackets(said.asides, sheet.shown)
    cue = f' <span class="cue">({text(said.cue)})</span>' if said.cue else ""
    return f'<b>{sheet.actor(said.speaker)}</b>{asides}: <span class="content">{text(said.content)}</span>{cue}'


def _detail(sheet: Sheet, detail: Detail) -> str:
    values = [*_values(sheet, detail), *filter(None, [detail.note])]
    shown = " ".join(f"<span>{value}</span>" for value in values)
    return f'<div class="{detail.field}"><dt>{detail.label}</dt> <dd>{shown}</dd></div>'
