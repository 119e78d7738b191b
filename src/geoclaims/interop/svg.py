"""Draw an article as SVG: who accuses whom, and who denies or confirms it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from typing import Final, Literal, NamedTuple, get_args

import attrs

from geoclaims._arguments import check_choice
from geoclaims._article import Article
from geoclaims._errors import invalid, wrong_type
from geoclaims._page.colours import COLOURS, Shade
from geoclaims._page.elements import is_right_to_left, script
from geoclaims._view.article import MOST_LINKS, ArticleView, Detail, Mention, StatementMention, StatementView, view_of
from geoclaims._view.wording import LONGEST_REPEATED, NO_DENIAL, NOTHING_OF_TRUTH, TYPES, UNTITLED, counted, shown_again
from geoclaims._view.wrapping import broken, ems, on_one_line

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
            words = _ISOLATES[is_right_to_left(self.words)].format(words)
        language = "" if self.language is None else f' xml:lang="{self.language}"'
        return f'<tspan class="{self.look}"{language}>{escape(words, quote=False)}</tspan>'


Paragraph = tuple[Sequence[Phrase], bool]
"""Phrases, and whether they run from right to left."""

Line = tuple[str, bool]
"""The elements of a line of text, and whether it runs from right to left."""

_LEAST_WIDTH: Final = 320
"""The headings need at least this width."""

_MOST_WIDTH: Final = 10_000
_NARROW: Final = 700
"""Below this width in pixels there is only one column."""

_MOST_CARDS: Final = 60
"""At most this many statements fit into a column; the rest is counted."""

_ISOLATES: Final = "\u2066{}\u2069", "\u2067{}\u2069"  # from left to right, and from right to left

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
    arrow to each statement that they answer. Below a width of 700 they are a
    list, in which answers stand beneath the first statement that they answer.
    Other statements are counted below. The description says in words what the
    picture shows.

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


def _is_claim(statement: StatementView) -> bool:
    """Report whether a statement is drawn as a claim: an allegation, or a plain one that is answered."""
    answered = bool(statement.links("denials") or statement.links("confirmations"))
    return statement.type == "allegation" or (answered and not _is_answer(statement))


def _svg(view: ArticleView, width: int, style: str) -> str:
    """Draw an article, with a key, and its title and source above."""
    claims = [statement for statement in view.statements if _is_claim(statement)]
    answers = [statement for statement in view.statements if _is_answer(statement)]
    rests = list(_rests(len(claims), len(answers), len(view.statements)))
    claims, answers = claims[:_MOST_CARDS], answers[:_MOST_CARDS]
    places = _places(claims, answers)
    answers.sort(key=lambda answer: places[answer.number])

    inner = width - 2 * _EDGE
    names = " ".join(actor.name for actor in view.actors)
    side_by_side = width >= _NARROW and bool(claims and answers)
    body = list(_set(_lines(_frame(view), inner), _EDGE, _LINE_HEIGHT, inner))
    key, top = _key(len(body) * _LINE_HEIGHT + _LINE_HEIGHT, width, arrows=side_by_side)
    body += key
    titles = ["who accuses whom"] * bool(claims) + ["who answers"] * bool(answers)
    if side_by_side:
        left_width = round((width - round(width * _GUTTER)) * _LEFT) - _EDGE
        x = _EDGE + left_width + round(width * _GUTTER)
        left = _column(claims, names, _EDGE, top + _HEADING, left_width)
        wished = [left[places[answer.number]].middle for answer in answers]
        right = _column(answers, names, x, top + _HEADING, width - _EDGE - x, wished=wished)
        cards = [*left, *right]
        columns = [(_EDGE, titles[0]), (x, titles[1])]
        body += _arrows(cards, width)
    else:
        together = sorted([*claims, *answers], key=lambda statement: (places[statement.number], _is_answer(statement)))
        cards = _column(together, names, _EDGE, top + _HEADING, inner, indent=_INDENT if claims else 0)
        columns = [(_EDGE, ", and ".join(titles))] if titles else []
    for x, title in columns:
        body += _set(_lines([_ours(title.capitalize(), "faint strong")], inner), x, top + _HEADING - _GAP, inner)
    for card in cards:
        body += _drawn(card)
    bottom = max([top, *(card.bottom for card in cards)]) + _LINE_HEIGHT
    end = _lines([_ours(words) for words in [*rests, *map(on_one_line, view.annotated), NOTHING_OF_TRUTH]], inner)
    body += _set(end, _EDGE, bottom, inner)
    height = round(bottom + len(end) * _LINE_HEIGHT - _LINE_HEIGHT) + _PADDING
    description = " ".join([*(_in_words(card.statement) for card in cards), *rests])
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="claims" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}" xml:lang="{view.language or ""}" role="img" aria-labelledby="claims-title" '
        f'aria-describedby="claims-description" font-family="{_FONTS}" font-size="{_FONT_SIZE}" '
        f'style="max-width: 100%; height: auto">\n'
        f'<title id="claims-title" xml:lang="en">Who accuses whom, and who answers</title>\n'
        f'<desc id="claims-description" xml:lang="en">{escape(description)}</desc>\n{style}{_ENDS}\n'
        + "\n".join(body)
        + "\n</svg>\n"
    )


def _places(claims: Sequence[StatementView], answers: Sequence[StatementView]) -> Mapping[int, int]:
    """Return the place of each claim, and of the claim beside which each answer stands, by the numbers of statements.

    That is the first that it answers, perhaps through other answers, and otherwise the last.
    """
    places = {claim.number: place for place, claim in enumerate(claims)}
    for answer in answers:
        answered = (link.number for link in [*answer.links("denies"), *answer.links("confirms")])
        places[answer.number] = next((places[number] for number in answered if number in places), len(claims) - 1)
    return places


def _frame(view: ArticleView) -> Iterator[Paragraph]:
    """Say what the article is called, and where and when it was published, but for what is too long."""
    facts = {fact.field: str(fact.values[0]) for fact in view.facts}
    title, publisher = on_one_line(shown_again(view.title)), facts.get("publisher", "")
    untitled = title.startswith(UNTITLED)
    before, name, after = title.partition(on_one_line(publisher) or "\n") if untitled else ("", title, "")
    phrases = [Phrase(before, "ink strong"), Phrase(name, "ink strong", None), Phrase(after, "ink strong")]
    yield phrases, is_right_to_left(title)
    languages = {publisher: None, (address := facts.get("url", "")): ""}
    known = [fact for fact in (*view.source, address) if 0 < len(fact) <= LONGEST_REPEATED]
    phrases = [Phrase(on_one_line(fact), "faint", languages.get(fact, "en")) for fact in known]
    if known:
        yield [*_listed(phrases, ", ")], is_right_to_left(" ".join(known))


def _rests(claims: int, answers: int, statements: int) -> Iterator[str]:
    """Report how many statements a picture leaves out, and whether it shows none."""
    if not claims + answers:
        yield "No allegation, denial or confirmation is annotated."
    for number, noun in ((claims, "more claim"), (answers, "more answer")):
        if number > _MOST_CARDS:
            yield f"{counted(number - _MOST_CARDS, noun)}, not drawn."
    if others := statements - claims - answers:
        yield f"{counted(others, 'other statement')} with no denial or confirmation linked, not drawn."


def _in_words(statement: StatementView) -> str:
    """Put a whole card into words, for people who cannot see the picture."""
    head, *rest = ("".join(phrase.words for phrase in phrases) for phrases, _ in _paragraphs(statement))
    return " ".join([f"{head.replace(' ', '. ', 1)}.", *rest])


def _paragraphs(statement: StatementView, names: str = "") -> Iterator[Paragraph]:
    """Say what a statement is and against whom, who said what, what it answers, and what answers it.

    The content is in the language of the article unless its script is not that of the names.
    """
    details, said = statement.details, statement.saying
    against = [Phrase(" against "), *_first(details["accused"])] if "accused" in details else []
    heading = Phrase(statement.heading, f"{statement.type} strong")
    yield [Phrase(f"{statement.number} ", "faint"), heading, *against], False
    content = on_one_line(said.content)
    turned = is_right_to_left(content)
    asides: list[Phrase] = []
    for aside in said.asides:
        asides.append(Phrase(", " if asides else " ("))
        asides += [Phrase(aside.word), Phrase(" ")] if aside.word else []
        asides.append(_name(aside.thing))
    yield [_name(said.speaker, "ink strong"), *asides, Phrase("):" if asides else ":")], turned
    cue = [Phrase(" (", "faint"), _name(said.cue, "faint"), Phrase(")", "faint")] if said.cue else []
    yield [Phrase(content, language=None if script(content) == script(names) else ""), *cue], turned
    for detail in details.values():
        if detail.field in {"denies", "confirms", "denials", "confirmations"}:
            numbers = "".join(phrase.words for phrase in _first(detail))
            yield _ours(f"{f'{detail.label} {numbers}' if detail.values else NO_DENIAL}.".capitalize())


def _ours(words: str, look: str = "faint") -> Paragraph:
    """Make a paragraph of our own words."""
    return [Phrase(words, look)], False


def _name(thing: object, look: str = "ink") -> Phrase:
    """Make a phrase of something that is in the language of the article."""
    return Phrase(on_one_line(str(thing)), look, None)


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
    lines: Sequence[Line]
    x: float
    top: float
    width: float

    @property
    def height(self) -> float:
        """The height that it takes."""
        return len(self.lines) * _LINE_HEIGHT + 2 * _PADDING

    @property
    def bottom(self) -> float:
        """The position of its lower edge."""
        return self.top + self.height

    @property
    def middle(self) -> float:
        """Half-way down."""
        return self.top + self.height / 2


def _column(
    statements: Sequence[StatementView],
    names: str,
    x: float,
    top: float,
    width: float,
    *,
    wished: Sequence[float] = (),
    indent: float = 0,
) -> list[_Card]:
    """Put statements one below another, at the heights that are wished for or lower, and answers with an indent."""
    cards: list[_Card] = []
    for number, statement in enumerate(statements):
        shift = indent if _is_answer(statement) else 0
        lines = _lines(_paragraphs(statement, names), width - shift - _INDENT - _PADDING)
        card = _Card(statement, lines, x + shift, top, width - shift)
        if wished:
            card = attrs.evolve(card, top=max(top, round(wished[number] - card.height / 2)))
        cards.append(card)
        top = card.bottom + _GAP
    return cards


def _lines(paragraphs: Iterable[Paragraph], width: float) -> list[Line]:
    """Break paragraphs into lines that fit in any common font."""
    lines: list[Line] = []
    for phrases, turned in paragraphs:
        # letters may be bold
        room = width / _FONT_SIZE / (1.1 if any("strong" in phrase.look for phrase in phrases) else 1)
        words = "".join(phrase.words for phrase in phrases)
        isolating = turned or any(unicodedata.bidirectional(c) in {"R", "AL", "AN"} for c in words)
        lines += (
            ("".join(phrase.part(part, isolating=isolating) for part, phrase in line), turned)
            for line in broken([(phrase.words, phrase) for phrase in phrases], room, room, ems)
        )
    return lines


def _set(lines: Iterable[Line], x: float, y: float, width: float) -> Iterator[str]:
    """Set lines one below another; those that run from right to left begin at the right."""
    for number, (runs, turned) in enumerate(lines):
        place = f'x="{x + width}" direction="rtl"' if turned else f'x="{x}"'
        yield f'<text {place} y="{y + number * _LINE_HEIGHT}">{runs}</text>'


def _path(shape: str, look: str, dashes: str = "", end: str = "") -> str:
    """Draw a line, perhaps with dashes and something at its end."""
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    ended = f' marker-end="url(#claims-{end})"' if end else ""
    return f'<path d="{shape}" class="{look}"{dashed}{ended}/>'


def _key(y: float, width: int, *, arrows: bool) -> tuple[Sequence[str], float]:
    """Draw a key to the bars, and to the arrows if there are any; return it with the height at which it ends."""
    entries = [(f"bar {type}-line", _BARS.get(type, ""), "", name) for type, name in TYPES.items()]
    if arrows:
        entries.append(("line denial-line", "", "denial", "denies"))
        entries.append(("line statement-line", "", "statement", "confirms"))
    drawn: list[str] = []
    x: float = _EDGE
    for look, dashes, end, name in entries:
        extent = _SAMPLE + _GAP + sum(map(ems, name)) * _FONT_SIZE
        if x + extent > width:
            x, y = _EDGE, y + _LINE_HEIGHT
        drawn.append(_path(f"M{x:.0f} {y - 5}h{_SAMPLE}", f"key {look}", dashes, end))
        drawn += _set(_lines([_ours(name)], width), round(x + _SAMPLE + 6), y, width)
        x += extent + _GAP
    return drawn, y


def _drawn(card: _Card) -> Iterator[str]:
    """Draw a card: its box, the bar that shows its type, and its words."""
    place = f'x="{card.x}" y="{card.top}" width="{card.width}" height="{card.height}"'
    yield f'<rect {place} rx="4" class="box edge-line"/>'
    type = card.statement.type
    yield _path(f"M{card.x + 6} {card.top + 8}v{card.height - 16}", f"bar {type}-line", _BARS.get(type, ""))
    x, y = card.x + _INDENT, card.top + _PADDING + _FONT_SIZE
    yield from _set(card.lines, x, y, card.width - _INDENT - _PADDING)


def _arrows(cards: Sequence[_Card], width: int) -> Iterator[str]:
    """Draw the arrows from each answer to what it answers; arrows to one card are spread over its side."""
    drawn = {card.statement.number: card for card in cards}
    arrows: list[tuple[_Card, _Card, str]] = []
    for card in cards:
        answered = {"denial": card.statement.links("denies"), "statement": card.statement.links("confirms")}
        for look, links in answered.items():
            arrows += [(card, drawn[to.number], look) for to in links[:MOST_LINKS] if to.number in drawn]
    # by the number of a card and of an arrow, the height at which it begins or ends
    ends: dict[int, list[tuple[float, int]]] = {number: [] for number in drawn}
    for index, (source, target, _) in enumerate(arrows):
        ends[source.statement.number].append((target.middle, index))
        ends[target.statement.number].append((source.middle, index))
    heights = {
        (number, index): drawn[number].top + drawn[number].height * place / (len(several) + 1)
        for number, several in ends.items()
        for place, (_, index) in enumerate(sorted(several), 1)
    }
    for index, (source, target, look) in enumerate(arrows):
        bend = width * _GUTTER * (0.55 if source.x != target.x else 0.45)
        (x1, b1), (x2, b2) = _side(source, bend), _side(target, bend)
        y1, y2 = heights[source.statement.number, index], heights[target.statement.number, index]
        curve = f"M{x1:.0f} {y1:.1f}C{b1:.1f} {y1:.1f} {b2:.1f} {y2:.1f} {x2:.0f} {y2:.1f}"
        yield _path(curve, f"line {look}-line", end=look)


def _side(card: _Card, bend: float) -> tuple[float, float]:
    """Return the side of a card that faces the arrows, and how far an arrow first leads straight away from it."""
    if card.x == _EDGE:
        return card.x + card.width + 1, card.x + card.width + bend
    return card.x - 1, card.x - bend


def _style(scheme: Scheme) -> str:
    light, dark = _colours("light"), _colours("dark")
    both = f"{light}@media(prefers-color-scheme:dark){{{dark}}}"
    looks = ".claims .strong{font-weight:600}.claims .line{fill:none;stroke-width:1.5}.claims .bar{stroke-width:4}"
    return f"<style>{looks}{ {'light': light, 'dark': dark, 'auto': both}[scheme] }</style>\n"


def _colours(shade: Shade) -> str:
    fills = (f".claims .{name}{{fill:{COLOURS[name][shade]}}}" for name in ("box", "ink", "faint", *TYPES))
    strokes = (f".claims .{name}-line{{stroke:{COLOURS[name][shade]}}}" for name in ("edge", *TYPES))
    return "".join([*fills, *strokes])
