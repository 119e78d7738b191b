"""Draw an article as SVG: who accuses whom, and who denies or confirms it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from html import escape
from typing import Final, Literal, get_args

from geoclaims._article import Article
from geoclaims._errors import invalid
from geoclaims._messages import describe, listed
from geoclaims._page.colours import COLOURS, Shade
from geoclaims._page.elements import is_right_to_left
from geoclaims._statements import DenialKind
from geoclaims.interop.ids import checked_article
from geoclaims.interop.svg.arrangement import (
    EDGE,
    FONT_SIZE,
    GAP,
    GUTTER,
    INDENT,
    LINE_HEIGHT,
    PADDING,
    TOP,
    Arrangement,
    Card,
    arranged,
)
from geoclaims.interop.svg.outline import description, outlined, rests
from geoclaims.interop.svg.typesetting import Line, broken, words

Scheme = Literal["auto", "light", "dark"]

_LEAST_WIDTH: Final = 320
"""The headings need at least this width."""

_MOST_WIDTH: Final = 10_000
_FONTS: Final = "system-ui, -apple-system, Segoe UI, Roboto, Helvetica, Arial, sans-serif"

# The dashes of an arrow show the kind of a denial, the bar of a card the type of the statement.
_DASHES: Final[Mapping[DenialKind, str]] = {
    DenialKind.OUTRIGHT: "",
    DenialKind.NON_INVOLVEMENT: "2 4",
    DenialKind.NO_EVIDENCE: "8 4",
    DenialKind.BLAME_SHIFT: "8 3 2 3",
    DenialKind.UNSPECIFIED: "5 3",
}
_BARS: Final = {"allegation": "", "denial": "7 4", "statement": "3 3"}

_LOOKS: Final = (
    ".claims .strong{font-weight:600}.claims .name,.claims .said{unicode-bidi:isolate}"
    ".claims .line{fill:none;stroke-width:1.5}.claims .bar{stroke-width:4}"
)


def to_svg(article: Article, *, width: int = 888, scheme: Scheme = "auto") -> str:
    """Draw as SVG who accuses whom, and who denies or confirms it.

    Allegations and other statements that are answered stand on the left,
    denials and confirmations on the right, with an arrow to each statement that
    they answer; below a width of 700 all stand in one column. The numbers are
    the places of statements in the article. Title and description say in words
    all that the picture shows.

    Args:
        article: The article.
        width: The width in pixels, from 320 to 10,000; the height follows.
        scheme: The colours: "light" or "dark", or "auto" for those that the
            reader prefers.

    Returns:
        An SVG document that needs no other file; the same article always gives
        the same. The first 60 statements of each column are drawn and the rest
        is counted; contents are cut at 300 characters.

    Raises:
        ValidationError: `article` is not an article, or `width` not a whole
            number (`type`); the width is out of bounds (`range`); there is no
            such scheme (`enum`).

    >>> from geoclaims import load_article
    >>> from geoclaims.interop import to_svg
    >>> picture = to_svg(load_article(), width=360, scheme="dark")
    >>> "1. Volodymyr Zelensky, for Ukraine, accused" in picture
    True
    """
    checked_article(article)
    if type(width) is not int:
        raise invalid("type", ("width",), width, "a whole number")
    if not _LEAST_WIDTH <= width <= _MOST_WIDTH:
        raise invalid("range", ("width",), width, f"from {_LEAST_WIDTH} to {_MOST_WIDTH} pixels")
    if scheme not in get_args(Scheme):
        raise invalid("enum", ("scheme",), scheme, listed(map(describe, get_args(Scheme))))
    return drawing(article, width, "claims", style=f"<style>{_style(scheme)}</style>\n")


def drawing(article: Article, width: int, prefix: str, style: str = "") -> str:
    """Draw an article; ids begin with a prefix, and the style is part of the drawing or of the page around it."""
    outline = outlined(article)
    arrangement = arranged(outline, width)
    below = list(rests(outline)) if arrangement.cards else ["Nothing here is alleged, denied or confirmed."]
    lines = [
        " ".join(word.text for word in line)
        for rest in below
        for line in broken(words(rest, "strong"), width - 2 * EDGE, FONT_SIZE)
    ]
    body = [
        *_headings(arrangement),
        *(_arrows(arrangement, width, prefix) if arrangement.side_by_side else ()),
        *(piece for card in arrangement.cards for piece in _drawn(card)),
        *(_heading(EDGE, arrangement.bottom + number * LINE_HEIGHT, rest) for number, rest in enumerate(lines, 1)),
    ]
    height = round(arrangement.bottom + len(lines) * LINE_HEIGHT) + (PADDING if below else EDGE)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="claims" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}" role="img" aria-labelledby="{prefix}-title {prefix}-description" '
        f'font-family="{_FONTS}" font-size="{FONT_SIZE}">\n'
        f'<title id="{prefix}-title">Who accuses whom, and who denies or confirms it</title>\n'
        f'<desc id="{prefix}-description">{escape(description(outline) or below[0])}</desc>\n{style}{_ends(prefix)}\n'
        + "\n".join(body)
        + "\n</svg>\n"
    )


def _headings(arrangement: Arrangement) -> Iterator[str]:
    """Write the heading of each column above its first statement."""
    for cards, title in (
        (arrangement.claims, "Allegations, and what else is answered"),
        (arrangement.answers, "Denials and confirmations"),
    ):
        if cards:
            yield _heading(cards[0].x, (TOP if arrangement.side_by_side else cards[0].top) - GAP, title)


def _heading(x: float, y: float, title: str) -> str:
    return f'<text x="{x}" y="{y}" class="faint strong">{title}</text>'


def _arrows(arrangement: Arrangement, width: int, prefix: str) -> Iterator[str]:
    """Draw the arrows from each answer to what it answers; arrows to one card are spread over its side."""
    cards = {card.node.number: card for card in arrangement.cards}
    links = [
        (card, cards[number], kind)
        for card in arrangement.cards
        for number, kind in [*card.node.denies, *((number, None) for number in card.node.confirms)]
        if number in cards
    ]
    ends: dict[int, list[tuple[float, int]]] = {}
    for index, (source, target, _) in enumerate(links):
        ends.setdefault(source.node.number, []).append((target.middle, index))
        ends.setdefault(target.node.number, []).append((source.middle, index))
    heights = {
        (number, index): cards[number].on_side(place, len(several))
        for number, several in ends.items()
        for place, (_, index) in enumerate(sorted(several))
    }
    for index, (source, target, kind) in enumerate(links):
        y1, y2 = heights[source.node.number, index], heights[target.node.number, index]
        bend = width * GUTTER * (0.55 if source.is_left != target.is_left else 0.45)
        (x1, b1), (x2, b2) = _bent(source, bend), _bent(target, bend)
        curve = f"M{x1:.0f} {y1:.1f}C{b1:.1f} {y1:.1f} {b2:.1f} {y2:.1f} {x2:.0f} {y2:.1f}"
        look, dashes = ("statement", "") if kind is None else ("denial", _DASHES[kind])
        dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
        yield f'<path d="{curve}" class="line {look}-line"{dashed} marker-end="url(#{prefix}-{look})"/>'


def _bent(card: Card, bend: float) -> tuple[float, float]:
    """Return the side of a card that faces the arrows, and how far an arrow first leads straight away from it."""
    return (card.x + card.width + 1, card.x + card.width + bend) if card.is_left else (card.x - 1, card.x - bend)


def _ends(prefix: str) -> str:
    """Draw the ends of arrows: a head for denials, a ring for confirmations."""
    box = 'viewBox="0 0 8 8" refY="4" markerWidth="8" markerHeight="8" orient="auto"'
    return (
        f'<defs><marker id="{prefix}-denial" refX="7" {box}><path d="M0 0 8 4 0 8z" class="denial"/></marker>'
        f'<marker id="{prefix}-statement" refX="7" {box}>'
        '<circle cx="4" cy="4" r="3" class="box statement-line"/></marker></defs>'
    )


def _drawn(card: Card) -> Iterator[str]:
    node = card.node
    place = f'x="{card.x}" y="{card.top}" width="{card.width}" height="{card.height}"'
    yield f'<rect {place} rx="4" class="box edge-line"/>'
    dashed = f' stroke-dasharray="{_BARS[node.type]}"' if _BARS[node.type] else ""
    bar = f"M{card.x + 6} {card.top + 8}v{card.height - 16}"
    yield f'<path d="{bar}" class="bar {node.type}-line"{dashed}/>'
    for number, line in enumerate(card.lines):
        y = card.top + PADDING + number * LINE_HEIGHT + FONT_SIZE
        turned = "said" in line[0].look and is_right_to_left(node.content)
        x = card.x + card.width - PADDING if turned else card.x + INDENT
        direction = ' direction="rtl"' if turned else ""
        yield f'<text x="{x}" y="{y}"{direction}>{" ".join(_runs(line))}</text>'


def _runs(line: Line) -> Iterator[str]:
    """Draw the words of a line, grouped by look."""
    run: list[str] = []
    look = line[0].look
    for word in line:
        if word.look != look:
            yield _run(run, look)
            run, look = [], word.look
        run.append(word.text)
    yield _run(run, look)


def _run(run: Iterable[str], look: str) -> str:
    return f'<tspan class="{look}">{escape(" ".join(run), quote=False)}</tspan>'


def _style(scheme: Scheme) -> str:
    if scheme == "auto":
        return f"{_LOOKS}{_colours('light')}@media(prefers-color-scheme:dark){{{_colours('dark')}}}"
    return f"{_LOOKS}{_colours(scheme)}"


def _colours(shade: Shade) -> str:
    fills = "".join(
        f".claims .{name}{{fill:{COLOURS[name].on(shade)}}}"
        for name in ("box", "ink", "faint", "allegation", "denial", "statement")
    )
    strokes = "".join(
        f".claims .{name}-line{{stroke:{COLOURS[name].on(shade)}}}"
        for name in ("edge", "allegation", "denial", "statement")
    )
    return fills + strokes
