"""Draw an article as SVG: who accuses whom, and who denies or confirms it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from typing import Final, Literal, get_args

from geoclaims._article import Article
from geoclaims._errors import invalid
from geoclaims._json.lines import checked_article
from geoclaims._messages import describe, listed
from geoclaims._page.colours import COLOURS, Shade
from geoclaims._page.elements import is_right_to_left
from geoclaims._statements import DenialKind
from geoclaims._view.words import NOTHING_OF_TRUTH
from geoclaims.interop.svg.arrangement import (
    EDGE,
    FONT_SIZE,
    GAP,
    GUTTER,
    INDENT,
    LINE_HEIGHT,
    PADDING,
    Arrangement,
    Card,
    arranged,
    has_two_columns,
)
from geoclaims.interop.svg.outline import Outline, description, outlined, rests, source_of, title_of
from geoclaims.interop.svg.typesetting import Line, broken, extent_of, words

Scheme = Literal["auto", "light", "dark"]

LEAST_WIDTH: Final = 320
"""The headings need at least this width."""

MOST_WIDTH: Final = 10_000
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
_NAMES: Final = ("allegation", "denial", "other statement")
_SAMPLE: Final = 24
"""The length of a line in the key."""

_LOOKS: Final = (
    ".claims .strong{font-weight:600}.claims .name,.claims .said{unicode-bidi:isolate}"
    ".claims .line{fill:none;stroke-width:1.5}.claims .bar{stroke-width:4}"
)


def to_svg(article: Article, *, width: int = 888, scheme: Scheme = "auto") -> str:
    """Draw as SVG who accuses whom, and who denies or confirms it.

    Allegations, and other statements with an answer, stand on the left.
    Denials, and plain statements that confirm, stand on the right, with an
    arrow to each statement that they answer. Below a width of 700 all stand in
    one column. Other statements are counted below. The description says in
    words what the picture shows.

    Args:
        article: The article.
        width: The width in pixels, from 320 to 10,000; where there is less
            room, the picture is shown smaller.
        scheme: The colours: "light", "dark", or "auto" as the reader prefers.

    Returns:
        An SVG document that needs no other file.

    Raises:
        ValidationError: `width` is not an integer (`type`) or out of bounds
            (`range`), or there is no such scheme (`enum`).

    >>> from geoclaims import load_article
    >>> from geoclaims.interop import to_svg
    >>> picture = to_svg(load_article(), width=360, scheme="dark")
    >>> "1. Volodymyr Zelensky, for Ukraine, accused" in picture
    True
    """
    checked_article(article)
    if type(width) is not int:
        raise invalid("type", ("width",), width, "a whole number")
    if not LEAST_WIDTH <= width <= MOST_WIDTH:
        raise invalid("range", ("width",), width, f"from {LEAST_WIDTH} to {MOST_WIDTH} pixels")
    if scheme not in get_args(Scheme):
        raise invalid("enum", ("scheme",), scheme, listed(map(describe, get_args(Scheme))))
    return _svg(article, width, "claims", f"<style>{_style(scheme)}</style>\n", by_itself=True)


def drawing(article: Article, width: int, prefix: str) -> str:
    """Draw an article for a page, which has its style, title and source; ids begin with a prefix."""
    return _svg(article, width, prefix)


def _svg(article: Article, width: int, prefix: str, style: str = "", *, by_itself: bool = False) -> str:
    """Draw an article; a drawing by itself has a style, names its source, and shrinks where there is less room."""
    outline = outlined(article)
    fluid = ' style="max-width: 100%; height: auto"' if by_itself else ""
    frame = [(title_of(article), "ink strong"), (source_of(article), "faint")] if by_itself else []
    above = list(_set(frame, EDGE, LINE_HEIGHT, width))
    key, bottom = _key(outline, len(above) * LINE_HEIGHT + LINE_HEIGHT, width, prefix)
    arrangement = arranged(outline, width, bottom)
    end = [*rests(outline), *([NOTHING_OF_TRUTH] if by_itself else [])]
    bottom = max(arrangement.bottom, bottom) + LINE_HEIGHT
    below = list(_set([(phrase, "faint") for phrase in end], EDGE, bottom, width))
    body = [
        *above,
        *key,
        *_headings(arrangement),
        *(_arrows(arrangement, width, prefix) if arrangement.side_by_side else ()),
        *(piece for card in arrangement.cards for piece in _drawn(card)),
        *below,
    ]
    height = round(bottom + len(below) * LINE_HEIGHT - LINE_HEIGHT) + PADDING
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="claims" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}" role="img" aria-labelledby="{prefix}-title" aria-describedby="{prefix}-description" '
        f'font-family="{_FONTS}" font-size="{FONT_SIZE}"{fluid}>\n'
        f'<title id="{prefix}-title">Who accuses whom, and who denies or confirms it</title>\n'
        f'<desc id="{prefix}-description">{escape(description(outline))}</desc>\n{style}{_ends(prefix)}\n'
        + "\n".join(body)
        + "\n</svg>\n"
    )


def _set(phrases: Iterable[tuple[str, str]], x: float, y: float, width: int) -> Iterator[str]:
    """Set phrases in their looks, one below another; those that are empty are left out."""
    for phrase, look in phrases:
        for line in broken(words(phrase, look), width - 2 * EDGE, FONT_SIZE) if phrase else ():
            yield _text(line, x, y, width - EDGE if is_right_to_left(phrase) else None)
            y += LINE_HEIGHT


def _text(line: Line, x: float, y: float, right: float | None = None) -> str:
    """Draw a line, which begins at the left, or at the right if that is given."""
    place = f'x="{x}" y="{y}"' if right is None else f'x="{right}" y="{y}" direction="rtl"'
    return f"<text {place}>{' '.join(_runs(line))}</text>"


def _key(outline: Outline, y: float, width: int, prefix: str) -> tuple[Sequence[str], float]:
    """Draw a key to the bars, and to the arrows if there are any; return it with the height at which it ends."""
    entries = [
        (f"bar {type}-line", dashes, "", name) for (type, dashes), name in zip(_BARS.items(), _NAMES, strict=True)
    ]
    if has_two_columns(outline, width):
        for look, name in (("denial", "denies"), ("statement", "confirms")):
            entries.append((f"line {look}-line", "", f' marker-end="url(#{prefix}-{look})"', name))
    drawn: list[str] = []
    x: float = EDGE
    for look, dashes, end, name in entries:
        extent = _SAMPLE + GAP + extent_of(name, FONT_SIZE)
        if x + extent > width:
            x, y = EDGE, y + LINE_HEIGHT
        dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
        drawn.append(f'<path d="M{x:.0f} {y - 5}h{_SAMPLE}" class="key {look}"{dashed}{end}/>')
        drawn.append(_text(words(name, "faint"), round(x + _SAMPLE + 6), y))
        x += extent + GAP
    return drawn, y


def _headings(arrangement: Arrangement) -> Iterator[str]:
    """Write the heading of each column above its first statement."""
    for cards, title in (
        (arrangement.claims, "Allegations, and what else is answered"),
        (arrangement.answers, "Denials and confirmations"),
    ):
        if cards:
            top = arrangement.claims[0].top if arrangement.side_by_side else cards[0].top
            yield _text(words(title, "faint strong"), cards[0].x, top - GAP)


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
        yield _text(line, card.x + INDENT, y, card.x + card.width - PADDING if turned else None)


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
