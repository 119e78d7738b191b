"""Draw the article that ships with the library: who accuses whom, and who denies it.

    python scripts/draw_article.py                  writes docs/_static/article.svg
    python scripts/draw_article.py --to FILE        writes it elsewhere

On the left stands each allegation, and whatever else is denied, in the order of the article; on the right each denial,
with an arrow to everything that it denies. The same article always gives the same bytes: no font is measured, and the
lines are broken so that any common font has room.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Final, NamedTuple

from geoclaims import Actor, Allegation, Article, Denial, DenialKind, Statement, load_article

PICTURE: Final = Path(__file__).parents[1] / "docs" / "_static" / "article.svg"

FONTS: Final = "system-ui, -apple-system, Segoe UI, Roboto, Helvetica, Arial, sans-serif"
FONT_SIZE: Final = 14
LINE_HEIGHT: Final = 19

# Where the two columns begin and how wide they are; between them there is room for the arrows.
LEFT, LEFT_WIDTH = 4, 430
RIGHT, RIGHT_WIDTH = 544, 340
WIDTH: Final = 888
TOP: Final = 40
PADDING: Final = 12
INDENT: Final = 18
GAP: Final = 12

# How each kind of denial is told, in the past tense, which fits one and many; and how its arrows are dashed.
KINDS: Final[Mapping[DenialKind, tuple[str, str]]] = {
    DenialKind.OUTRIGHT: ("denied it outright", "none"),
    DenialKind.NON_INVOLVEMENT: ("denied any part in it", "2 4"),
    DenialKind.NO_EVIDENCE: ("denied that anything supports it", "8 4"),
    DenialKind.BLAME_SHIFT: ("denied it and blamed another", "8 3 2 3"),
    DenialKind.UNSPECIFIED: ("denied it", "4 4"),
}

# The colour of each part of the picture on a light and on a dark page.
COLOURS: Final[Mapping[str, tuple[str, str]]] = {
    "card": ("#ffffff", "#212327"),
    "edge": ("#c8cdd3", "#4a4f57"),
    "ink": ("#1b1f24", "#e6e8eb"),
    "faint": ("#57606a", "#a3abb5"),
    "allegation": ("#b93a26", "#f08a76"),
    "statement": ("#6b7480", "#98a1ac"),
    "denial": ("#2563b0", "#7fb2f0"),
}

Word = tuple[str, str]
"""A word, and the classes that say how it looks."""


class Card(NamedTuple):
    """A statement as it is drawn."""

    id: str
    colour: str
    lines: Sequence[Sequence[Word]]
    x: float
    top: float
    width: float

    @property
    def height(self) -> float:
        """How much room it takes."""
        return len(self.lines) * LINE_HEIGHT + 2 * PADDING

    @property
    def middle(self) -> float:
        """Half-way down."""
        return self.top + self.height / 2

    def side(self, number: int, of: int) -> float:
        """Where one of several arrows meets the side."""
        return self.top + self.height * (number + 1) / (of + 1)


def draw(article: Article) -> str:
    """The picture of an article, as SVG."""
    denied = {id for denial in article.denials for id in denial.denies}
    alleged = [s for s in article.statements if isinstance(s, Allegation) or s.id in denied]
    left = {card.id: card for card in stacked(card_of(article, s, LEFT, LEFT_WIDTH) for s in alleged)}

    wishes = {
        denial.id: sum(left[id].middle for id in denial.denies) / len(denial.denies) for denial in article.denials
    }
    denials = sorted(article.denials, key=lambda denial: wishes[denial.id])
    right = list(stacked((card_of(article, denial, RIGHT, RIGHT_WIDTH) for denial in denials), wishes))

    height = round(max(card.top + card.height for card in (*left.values(), *right))) + LEFT
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="claims" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" '
        f'height="{height}" role="img" aria-labelledby="claims-title claims-description" font-family="{FONTS}" '
        f'font-size="{FONT_SIZE}">'
    )
    arrowhead = (
        '<defs><marker id="claims-arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" '
        'orient="auto"><path d="M0 0 8 4 0 8z" class="denial"/></marker></defs>'
    )
    lines = [
        head,
        '<title id="claims-title">Who accuses whom, and who denies it</title>',
        f'<desc id="claims-description">{escape(" ".join(told(article)))}</desc>',
        f"<style>{style()}</style>",
        arrowhead,
        text(LEFT, 24, [("Allegations, and what else is denied", "faint strong")]),
        text(RIGHT, 24, [("Denials", "faint strong")]),
        *arrows(denials, left, right),
        *(line for card in (*left.values(), *right) for line in drawn(card)),
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def card_of(article: Article, statement: Statement, x: float, width: float) -> Card:
    """The card of a statement, not yet in its place."""
    head = words(speaker(article, article.actor(statement.speaker)), "ink strong")
    match statement:
        case Allegation(accused=accused):
            colour = "allegation"
            head += words("accused", colour) + words(names(article, accused), "ink strong")
        case Denial(kind=kind):
            colour = "denial"
            head += words(KINDS[kind][0], colour)
        case _:
            colour = "statement"
            head += words("said", colour)
    lines = [*broken(head, width), *broken(words(statement.content, "ink"), width)]
    if isinstance(statement, Allegation) and not article.denials_of(statement):
        lines.append(words("Nobody in the article denied it.", "faint"))
    return Card(statement.id, colour, lines, x, TOP, width)


def speaker(article: Article, actor: Actor) -> str:
    """An actor by name, and the last in the chain of those on whose behalf it acts."""
    principal = actor
    while principal.on_behalf_of is not None:
        principal = article.actor(principal.on_behalf_of)
    return capital(actor.name) if principal is actor else f"{capital(actor.name)}, for {principal.name},"


def names(article: Article, ids: Iterable[str]) -> str:
    """The names of some actors."""
    return " and ".join(article.actor(id).name for id in ids)


def capital(phrase: str) -> str:
    """A phrase as it begins a sentence."""
    return phrase[0].upper() + phrase[1:]


def words(phrase: str, look: str) -> list[Word]:
    """The words of a phrase, all of one look."""
    return [(word, look) for word in phrase.split()]


def broken(line: Iterable[Word], width: float) -> Iterator[list[Word]]:
    """Words in as many lines as they need on a card."""
    row: list[Word] = []
    room = width - INDENT - PADDING
    for word, look in line:
        room -= extent(f" {word}") * (1.08 if "strong" in look else 1)
        if row and room < 0:
            yield row
            row = []
            room = width - INDENT - PADDING - extent(word)
        row.append((word, look))
    yield row


def extent(phrase: str) -> float:
    """How wide a phrase is in a wide font, so that it has room in any."""
    ems = (
        0.36 if c in " .,’'“”:;!|()iljtfrI" else 0.95 if c in "mwMW" else 0.7 if c.isupper() else 0.6 for c in phrase
    )
    return sum(ems) * FONT_SIZE


def stacked(cards: Iterable[Card], wishes: Mapping[str, float] | None = None) -> Iterator[Card]:
    """Cards one below the other, each with its middle where it is wished, or lower where there is no room."""
    free: float = TOP
    for card in cards:
        top = free if wishes is None else max(free, round(wishes[card.id] - card.height / 2))
        yield card._replace(top=top)
        free = top + card.height + GAP


def arrows(denials: Sequence[Denial], left: Mapping[str, Card], right: Sequence[Card]) -> Iterator[str]:
    """The arrows from each denial to all that it denies; those that meet on a card are spread over its side."""
    arriving = {id: [denial.id for denial in denials if id in denial.denies] for id in left}
    for denial, card in zip(denials, right, strict=True):
        for number, id in enumerate(id for id in left if id in denial.denies):
            x1, y1 = RIGHT, card.side(number, len(denial.denies))
            x2, y2 = LEFT + LEFT_WIDTH + 1, left[id].side(arriving[id].index(denial.id), len(arriving[id]))
            bend = (x1 - x2) * 0.55
            curve = f"M{x1} {y1:.1f}C{x1 - bend:.1f} {y1:.1f} {x2 + bend:.1f} {y2:.1f} {x2} {y2:.1f}"
            dashes = f'stroke-dasharray="{KINDS[denial.kind][1]}"'
            yield f'<path d="{curve}" class="line" {dashes} marker-end="url(#claims-arrow)"/>'


def drawn(card: Card) -> Iterator[str]:
    """A card in its place."""
    place = f'x="{card.x}" y="{card.top}" height="{card.height}"'
    yield f'<rect {place} width="{card.width}" rx="4" class="card"/>'
    yield f'<rect {place} width="4" rx="2" class="{card.colour}"/>'
    for number, line in enumerate(card.lines):
        yield text(card.x + INDENT, card.top + PADDING + number * LINE_HEIGHT + FONT_SIZE, line)


def text(x: float, y: float, line: Iterable[Word]) -> str:
    """A line of words."""
    spans = " ".join(f'<tspan class="{look}">{escape(word)}</tspan>' for word, look in line)
    return f'<text x="{x}" y="{y}">{spans}</text>'


def told(article: Article) -> Iterator[str]:
    """The picture in words, for those who do not see it."""
    for allegation in article.allegations:
        deniers = dict.fromkeys(denial.speaker for denial in article.denials_of(allegation))
        answer = f"{capital(names(article, deniers))} denied it." if deniers else "Nobody in the article denied it."
        accuser = capital(article.actor(allegation.speaker).name)
        yield f"{accuser} accused {names(article, allegation.accused)}: {allegation.content} {answer}"


def style() -> str:
    """The looks for a light and for a dark page, whether the system or the page itself says which it is."""

    def rules(scope: str, shade: int) -> str:
        fills = "".join(f"{scope} .{name}{{fill:{both[shade]}}}" for name, both in COLOURS.items())
        edge, line = COLOURS["edge"][shade], COLOURS["denial"][shade]
        return f"{fills}{scope} .card{{stroke:{edge}}}{scope} .line{{fill:none;stroke:{line}}}"

    dark = f"@media(prefers-color-scheme:dark){{{rules('.claims', 1)}}}"
    themes = rules("[data-theme=light] .claims", 0) + rules("[data-theme=dark] .claims", 1)
    return f".claims .strong{{font-weight:600}}.claims .line{{stroke-width:1.5}}{rules('.claims', 0)}{dark}{themes}"


def main() -> None:
    """Write the picture of the bundled article."""
    parser = argparse.ArgumentParser(description="Draw the article that ships with the library.")
    parser.add_argument("--to", type=Path, default=PICTURE, help="the file to write")
    parser.parse_args().to.write_text(draw(load_article()), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
