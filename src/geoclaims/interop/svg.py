"""Draw an article as SVG: who accuses whom, and who denies or confirms it."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from html import escape
from itertools import takewhile
from statistics import fmean
from typing import Final, Literal, NamedTuple, get_args

import attrs

from geoclaims._arguments import check_choice
from geoclaims._article import Article
from geoclaims._errors import invalid, wrong_type
from geoclaims._page.colours import COLOURS, Shade
from geoclaims._view.article import ArticleView, Detail, Labelled, Mention, StatementMention, StatementView, view_of
from geoclaims._view.wording import LONGEST_REPEATED, NOTHING_OF_TRUTH, TYPES, counted, shown_again
from geoclaims._view.wrapping import broken, ems, on_one_line
from geoclaims._view.writing import Words, direction

Scheme = Literal["auto", "light", "dark"]


class Phrase(NamedTuple):
    """Some words of a paragraph."""

    words: str
    look: str = "ink"
    """The classes that define their look."""
    language: str | None = "en"
    """English for words of ours; None for the language of the article, and empty for another."""

    def part(self, words: str, *, isolating: bool) -> str:
        """Write those of the words that stand on one line, isolated in their direction, but for our punctuation."""
        if isolating and (self.language != "en" or any(map(str.isalnum, self.words))):
            words = _ISOLATES[direction(self.words)].format(words)
        language = "" if self.language is None else f' xml:lang="{self.language}"'
        return f'<tspan class="{self.look}"{language}>{escape(words, quote=False)}</tspan>'


Paragraph = Sequence[Phrase]

_LEAST_WIDTH: Final = 320
"""The headings need at least this width."""

_MOST_WIDTH: Final = 10_000
_NARROW: Final = 700
"""Below this width in pixels there is only one column."""

_MOST_CARDS: Final = 12
"""About as many short statements stand one below another on a sheet of paper; the rest is counted."""

_ROUNDS: Final = 4
"""After so many, the order of statements beside each other hardly changes."""

_ISOLATES: Final = {"ltr": "\u2066{}\u2069", "rtl": "\u2067{}\u2069"}

_FONTS: Final = "system-ui, -apple-system, Segoe UI, Roboto, Helvetica, Arial, sans-serif"
_FONT_SIZE: Final = 14
_LINE_HEIGHT: Final = 19
_EDGE: Final = 1
_HEADING: Final = 36
_PADDING: Final = 12
_INDENT: Final = 18
_GAP: Final = 12
_SAMPLE: Final = 24
"""The length of a line in the key."""

_GUTTER: Final = 0.13
"""The share of the width for the arrows."""

_LEFT: Final = 0.56
"""The share of the remaining width for claims."""

_BARS: Final = {"denial": "7 4", "statement": "3 3"}
"""The dashes of the bars of a type, if they have any."""

_TITLE: Final = "Who accuses whom, and who answers"

_ARROWS: Final = {"denies": "denial", "confirms": "statement"}
"""By the field of their links, the types whose look arrows have."""
_BOX: Final = 'viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto"'
_ENDS: Final = (
    f'<defs><marker id="claims-denial" {_BOX}><path d="M0 0 8 4 0 8z" class="denial"/></marker>'
    f'<marker id="claims-statement" {_BOX}><circle cx="4" cy="4" r="3" class="box statement-line"/></marker></defs>'
)
"""The ends of arrows: a head for denials, a ring for confirmations."""


def to_svg(article: Article, *, width: int = 888, scheme: Scheme = "auto") -> str:
    """Draw as SVG who accuses whom, and who denies or confirms it.

    Allegations, and other statements with an answer, stand on the left.
    Denials, and plain statements that confirm, stand on the right, with an
    arrow to each statement that they answer. The arrows order both. Below a
    width of 700 answers stand in a list, beneath the first statement that they
    answer. Where the text runs from right to left, so does the picture. At most
    twelve of each are drawn, first those with links, and the rest is counted
    below. A description says what is drawn.

    Args:
        article: The article.
        width: The width in pixels, from 320 to 10,000; where there is less
            room, the picture is shown smaller.
        scheme: The colours: "light", "dark", or "auto" as the reader prefers.

    Returns:
        An SVG document that needs no other file.

    Raises:
        ValidationError: `width` is out of bounds (`range`), or there is no such
            scheme (`enum`).
        TypeError: An argument is of another type.

    >>> from geoclaims import load_article
    >>> from geoclaims.interop import to_svg
    >>> picture = to_svg(load_article(), width=360, scheme="dark")
    >>> "1. Allegation against Chinese citizens" in picture
    True
    """
    view = view_of(article)
    if type(width) is not int:
        raise wrong_type(width, "a whole number", "width")
    check_choice(scheme, get_args(Scheme), "scheme")
    if not _LEAST_WIDTH <= width <= _MOST_WIDTH:
        raise invalid("range", ("width",), width, f"from {_LEAST_WIDTH} to {_MOST_WIDTH} pixels")
    return _svg(view, width, _style(scheme))


def _is_answer(statement: StatementView) -> bool:
    """Report whether a statement is drawn as an answer to others: a denial, or a plain one that confirms."""
    return statement.type == "denial" or (statement.type == "statement" and bool(statement.links("confirms")))


def _is_linked(statement: StatementView) -> bool:
    """Report whether anything answers a statement, or it confirms another."""
    return any(map(statement.links, ("denials", "confirmations", "confirms")))


def _svg(view: ArticleView, width: int, style: str) -> str:
    """Draw an article, with a key, and its title and source above; mirrored if it runs from right to left."""
    claims, answers = _ordered(view.statements)
    inner, turned = width - 2 * _EDGE, view.direction == "rtl"
    if wide := width >= _NARROW:
        left = round((width - round(width * _GUTTER)) * _LEFT) - _EDGE
        right = _EDGE + left + round(width * _GUTTER)
        places = [(_EDGE, left), (right, width - _EDGE - right)]
        linked, alone = ([claim for claim in claims if _is_linked(claim) is which] for which in (True, False))
        rows = [[("Who accuses whom", linked), ("Who answers", answers)]]
        rows.append([("Who accuses whom, with no answer linked", alone[::2]), ("", alone[1::2])])
    else:
        rows, places = [[(_TITLE, _together(claims, answers))]], [(_EDGE, inner)]
    if turned:
        places = [(width - x - extent, extent) for x, extent in places]
    body = list(_set(_lines(_frame(view), inner, turned=turned), _EDGE, _LINE_HEIGHT, inner, turned=turned))
    key, bottom = _key([*claims, *answers], (len(body) + 1) * _LINE_HEIGHT, width, arrows=wide, turned=turned)
    body += key
    cards: list[_Card] = []
    for row in rows:
        for (title, statements), (x, extent) in zip(row, places, strict=True):
            if statements:
                lines = _lines([_ours(title, "faint strong")], inner, turned=turned)
                body += _set(lines, x, bottom + _HEADING - _GAP, extent, turned=turned)
        cards += _row([statements for _, statements in row], places, bottom + _HEADING, turned=turned)
        bottom = max([bottom, *(card.bottom for card in cards)])
    body += _arrows(cards, width) if wide else []
    for card in cards:
        body += _drawn(card)
    rest = list(_rest(view.statements, cards))
    annotated = [on_one_line(f"{each}.") for each in view.annotated]
    end = _lines(map(_ours, [*rest, *annotated, NOTHING_OF_TRUTH]), inner, turned=turned)
    body += _set(end, _EDGE, bottom + _LINE_HEIGHT, inner, turned=turned)
    height = round(bottom + len(end) * _LINE_HEIGHT) + _PADDING
    description = " ".join([*(_in_words(card.statement) for card in cards), *rest])
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="claims" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}" xml:lang="{view.language}" role="img" aria-labelledby="claims-title" '
        f'aria-describedby="claims-description" font-family="{_FONTS}" font-size="{_FONT_SIZE}" '
        f'style="max-width: 100%; height: auto">\n'
        f'<title id="claims-title" xml:lang="en">{_TITLE}</title>\n'
        f'<desc id="claims-description" xml:lang="en">{escape(description)}</desc>\n{style}{_ENDS}\n'
        + "\n".join(body)
        + "\n</svg>\n"
    )


def _answered(statement: StatementView) -> set[int]:
    """Return the numbers of the statements that one answers."""
    return {link.number for field in _ARROWS for link in statement.links(field)}


def _ordered(statements: Sequence[StatementView]) -> tuple[Sequence[StatementView], Sequence[StatementView]]:
    """Choose claims and answers to draw, linked ones first, and order each by the mean of its counterparts."""
    claims = [each for each in statements if not _is_answer(each) and (each.type == "allegation" or _is_linked(each))]
    claims = sorted(claims, key=_is_linked, reverse=True)[:_MOST_CARDS]
    ranks: dict[int, float] = {claim.number: place for place, claim in enumerate(claims)}
    answers = sorted(filter(_is_answer, statements), key=lambda answer: _answered(answer).isdisjoint(ranks))
    answers = answers[:_MOST_CARDS]
    answered = {answer.number: _answered(answer) for answer in answers}
    for _ in range(_ROUNDS):
        for answer in answers:
            near = [ranks[number] for number in answered[answer.number] if number in ranks]
            ranks[answer.number] = fmean(near or [math.inf])
        answers.sort(key=lambda answer: (ranks[answer.number], answer.number))
        for claim in claims:
            near = [ranks[answer.number] for answer in answers if claim.number in answered[answer.number]]
            ranks[claim.number] = fmean(near or [math.inf])
        claims.sort(key=lambda claim: (ranks[claim.number], claim.number))
        ranks |= {claim.number: place for place, claim in enumerate(claims)}
    return claims, answers


def _together(claims: Sequence[StatementView], answers: Sequence[StatementView]) -> Sequence[StatementView]:
    """List claims, and answers beneath the first claim that they answer, perhaps through other answers, else last."""
    places = {claim.number: place for place, claim in enumerate(claims)}
    for answer in answers:
        answered = (places[number] for number in _answered(answer) if number in places)
        places[answer.number] = min(answered, default=len(claims))
    return sorted([*claims, *answers], key=lambda each: (places[each.number], _is_answer(each)))


def _frame(view: ArticleView) -> Iterator[Paragraph]:
    """Say what the article is called, and where and when it was published, but for what is too long."""
    yield [*_listed([_name(part, "ink strong", shown_again) for part in view.title], ", ")]
    known = [_name(fact, "faint") for fact in view.source]
    known += [Phrase(str(fact.values[0]), "faint", "") for fact in view.facts if fact.field == "url"]
    if known := [phrase for phrase in known if len(phrase.words) <= LONGEST_REPEATED]:
        yield [*_listed(known, ", ")]


def _rest(statements: Sequence[StatementView], cards: Sequence[_Card]) -> Iterator[str]:
    """Count the statements that a picture leaves out, say where they are, and whether it shows none."""
    if not cards:
        yield "No allegation, denial or confirmation is annotated."
    drawn = {card.statement.number for card in cards}
    types = [each.type for each in statements if each.number not in drawn]
    if rest := ", ".join(counted(types.count(type), noun) for type, noun in TYPES.items() if type in types):
        yield f"Not drawn: {rest}. `geoclaims export --to html` shows all."


def _in_words(statement: StatementView) -> str:
    """Put a whole card into words, for people who cannot see the picture."""
    head, *rest = ("".join(phrase.words for phrase in phrases) for phrases in _paragraphs(statement))
    return " ".join([f"{head.replace(' ', '. ', 1)}.", *rest])


def _paragraphs(statement: StatementView) -> Iterator[Paragraph]:
    """Say what a statement is and against whom, who said what, what it answers, and what answers it."""
    details, said = statement.details, statement.saying
    against = [Phrase(" against "), *_first(details["accused"])] if "accused" in details else []
    heading = Phrase(statement.heading, f"{statement.type} strong")
    yield [Phrase(str(statement.number), "faint"), Phrase(" "), heading, *against]
    language = None if said.content.language == said.speaker.language else ""
    content = Phrase(on_one_line(said.content.words), language=language)
    asides: list[Phrase] = []
    for aside in said.asides:
        asides.append(Phrase(", " if asides else " ("))
        asides += [Phrase(aside.ours), Phrase(" ")] if isinstance(aside, Labelled) else []
        asides.append(_name(aside.words if isinstance(aside, Labelled) else aside))
    yield [_name(said.speaker, "ink strong"), *asides, Phrase("):" if asides else ":")]
    cue = [Phrase(" (", "faint"), _name(said.cue, "faint"), Phrase(")", "faint")] if said.cue else []
    yield [content, *cue]
    for detail in details.values():
        if detail.field in {"denies", "confirms", "denials", "confirmations"}:
            numbers = "".join(phrase.words for phrase in _first(detail))
            yield _ours(f"{detail.label} {numbers}".strip().capitalize() + ".")


def _ours(words: str, look: str = "faint") -> Paragraph:
    """Make a paragraph of our own words."""
    return [Phrase(words, look)]


def _name(thing: str | Words, look: str = "ink", shown: Callable[[str], str] = str) -> Phrase:
    """Make a phrase of a name, a role, a title or a cue, in the language of the article unless it is ours."""
    return Phrase(on_one_line(shown(str(thing))), look, None if isinstance(thing, Words) else "en")


def _first(detail: Detail) -> Iterator[Phrase]:
    """List the first actors of a detail by their names, or statements by their numbers, and count the rest."""
    phrases = [_name(value) for value in detail.first if isinstance(value, Mention)]
    phrases += [Phrase(str(value.number)) for value in detail.first if isinstance(value, StatementMention)]
    if rest := detail.rest:
        phrases.append(Phrase(f"{rest} more"))
    return _listed(phrases, " and ")


def _listed(phrases: Sequence[Phrase], last: str) -> Iterator[Phrase]:
    """Put commas between phrases, and something else before the last."""
    for place, phrase in enumerate(phrases, 1):
        if place > 1:
            yield Phrase(last if place == len(phrases) else ", ", phrase.look)
        yield phrase


@attrs.frozen
class _Card:
    """A statement and its place."""

    statement: StatementView
    lines: Sequence[str]
    x: float
    top: float
    width: float
    height: float

    @property
    def bottom(self) -> float:
        return self.top + self.height


def _row(
    columns: Sequence[Sequence[StatementView]], places: Sequence[tuple[float, float]], top: float, *, turned: bool
) -> Iterator[_Card]:
    """Put the statements of each column one below another, all over one height; answers among claims have an indent."""
    row: list[list[_Card]] = []
    for statements, (x, width) in zip(columns, places, strict=True):
        row.append([])
        y = top
        for statement in statements:
            shift = _INDENT if len(columns) == 1 and _is_answer(statement) else 0
            lines = _lines(
                _paragraphs(statement), width - shift - _INDENT - _PADDING, turned=statement.direction == "rtl"
            )
            height = len(lines) * _LINE_HEIGHT + 2 * _PADDING
            row[-1].append(_Card(statement, lines, x if turned else x + shift, y, width - shift, height))
            y = row[-1][-1].bottom + _GAP
    bottom = max((column[-1].bottom for column in row if column), default=top)
    for column in row:
        for place, card in enumerate(column):
            gap = (bottom - column[-1].bottom) / max(len(column) - 1, 1)
            yield attrs.evolve(card, top=round(card.top + gap * place))


def _lines(paragraphs: Iterable[Paragraph], width: float, *, turned: bool) -> list[str]:
    """Break paragraphs into lines that fit in any common font; a cue, faint at an end, stays on one if it fits."""
    lines: list[str] = []
    for phrases in paragraphs:
        # letters may be bold
        room = width / _FONT_SIZE / (1.1 if any("strong" in phrase.look for phrase in phrases) else 1)
        words = "".join(phrase.words for phrase in phrases)
        isolating = turned or any(unicodedata.bidirectional(c) in {"R", "AL", "AN"} for c in words)
        cue = sum(len(phrase.words) for phrase in takewhile(lambda each: each.look == "faint", reversed(phrases)))
        lines += (
            "".join(phrase.part(part, isolating=isolating) for part, phrase in line)
            for line in broken([(phrase.words, phrase) for phrase in phrases], room, room, ems, kept=cue)
        )
    return lines


def _set(lines: Iterable[str], x: float, y: float, width: float, *, turned: bool) -> Iterator[str]:
    """Set lines one below another; those that run from right to left begin at the right."""
    place = f'x="{x + width}" direction="rtl"' if turned else f'x="{x}"'
    for number, line in enumerate(lines):
        yield f'<text {place} y="{y + number * _LINE_HEIGHT}">{line}</text>'


def _path(shape: str, look: str, dashes: str = "", end: str = "") -> str:
    """Draw a line, perhaps with dashes and something at its end."""
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    ended = f' marker-end="url(#claims-{end})"' if end else ""
    return f'<path d="{shape}" class="{look}"{dashed}{ended}/>'


def _key(
    statements: Sequence[StatementView], y: float, width: int, *, arrows: bool, turned: bool
) -> tuple[Sequence[str], float]:
    """Draw a key to the bars and arrows that are drawn, and return it with the height at which it ends."""
    types = {each.type for each in statements}
    entries = [(f"bar {type}-line", _BARS.get(type, ""), "", name) for type, name in TYPES.items() if type in types]
    for field, look in _ARROWS.items():
        if arrows and any(each.links(field) for each in statements):
            entries.append((f"line {look}-line", "", look, field))
    drawn: list[str] = []
    edge, onward = (width - _EDGE, -1) if turned else (_EDGE, 1)
    used = 0.0
    for look, dashes, end, name in entries:
        extent = _SAMPLE + _GAP + sum(map(ems, name)) * _FONT_SIZE
        if used + extent > width - 2 * _EDGE:
            used, y = 0, y + _LINE_HEIGHT
        start = edge + onward * round(used)
        drawn.append(_path(f"M{start} {y - 5}h{onward * _SAMPLE}", f"key {look}", dashes, end))
        drawn += _set(_lines([_ours(name)], width, turned=turned), start + onward * (_SAMPLE + 6), y, 0, turned=turned)
        used += extent + _GAP
    return drawn, y


def _drawn(card: _Card) -> Iterator[str]:
    """Draw a card: its box, the bar that shows its type, and its words."""
    place = f'x="{card.x}" y="{card.top}" width="{card.width}" height="{card.height}"'
    yield f'<rect {place} rx="4" class="box edge-line"/>'
    type, turned = card.statement.type, card.statement.direction == "rtl"
    bar, x = (card.width - 6, _PADDING) if turned else (6, _INDENT)
    yield _path(f"M{card.x + bar} {card.top + 8}v{card.height - 16}", f"bar {type}-line", _BARS.get(type, ""))
    y = card.top + _PADDING + _FONT_SIZE
    yield from _set(card.lines, card.x + x, y, card.width - _INDENT - _PADDING, turned=turned)


def _arrows(cards: Sequence[_Card], width: int) -> Iterator[str]:
    """Draw the arrows from each answer to what it answers; arrows to one card are spread over its side."""
    drawn = {card.statement.number: card for card in cards}
    arrows = [
        (card, drawn[link.number], look)
        for card in cards
        for field, look in _ARROWS.items()
        for link in card.statement.links(field)
        if link.number in drawn
    ]
    beside: dict[int, set[tuple[float, str]]] = {number: set() for number in drawn}
    for source, target, look in arrows:
        beside[source.statement.number].add((target.top, look))
        beside[target.statement.number].add((source.top, look))
    for source, target, look in arrows:
        (x1, b1, y1), (x2, b2, y2) = (
            _end(card, width * _GUTTER / 2, sorted(beside[card.statement.number]), (other.top, look))
            for card, other in ((source, target), (target, source))
        )
        curve = f"M{x1:.0f} {y1:.1f}C{b1:.1f} {y1:.1f} {b2:.1f} {y2:.1f} {x2:.0f} {y2:.1f}"
        yield _path(curve, f"line {look}-line", end=look)


def _end(card: _Card, bend: float, ends: Sequence[object], end: object) -> tuple[float, float, float]:
    """Return where an arrow meets a card, how far it first leads straight away from it, and at what height."""
    y = card.top + card.height * (ends.index(end) + 1) / (len(ends) + 1)
    if card.x == _EDGE:
        return card.x + card.width + 1, card.x + card.width + bend, y
    return card.x - 1, card.x - bend, y


def _style(scheme: Scheme) -> str:
    light, dark = _colours("light"), _colours("dark")
    both = f"{light}@media(prefers-color-scheme:dark){{{dark}}}"
    looks = ".claims .strong{font-weight:600}.claims .line{fill:none;stroke-width:1.5}.claims .bar{stroke-width:4}"
    return f"<style>{looks}{ {'light': light, 'dark': dark, 'auto': both}[scheme] }</style>\n"


def _colours(shade: Shade) -> str:
    fills = (f".claims .{name}{{fill:{COLOURS[name][shade]}}}" for name in ("box", "ink", "faint", *TYPES))
    strokes = (f".claims .{name}-line{{stroke:{COLOURS[name][shade]}}}" for name in ("edge", *TYPES))
    # A picture may be shown on a page that is always light, whatever its reader prefers.
    return "".join([f".claims{{background:{COLOURS['page'][shade]}}}", *fills, *strokes])
