"""Show the actors of an article."""

from __future__ import annotations

from collections.abc import Sequence

from geoclaims._actors import Actor
from geoclaims._html.cards import Sheet, address, office
from geoclaims._html.elements import text
from geoclaims._repeating import WHOLE
from geoclaims._wording import particulars


def list_of_actors(sheet: Sheet, actors: Sequence[Actor]) -> str:
    """Show some actors, one below another."""
    return f'<ul class="actors">{"".join(_actor(sheet, actor) for actor in actors)}</ul>'


def _actor(sheet: Sheet, actor: Actor) -> str:
    told = ", ".join(particulars(actor))
    more = [f" <span>— {text(told)}</span>"] if told else []
    more += [f" {address(url)}" for url in actor.same_as]
    name = f"<b>{text(actor.name)}</b>{office(sheet, actor, WHOLE)}"
    return f"<li{sheet.named('p', sheet.places[actor.id])}>{name}{''.join(more)} <code>{text(actor.id)}</code></li>"
