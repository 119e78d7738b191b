"""Draw an article as SVG: who accuses whom, and who denies or confirms it."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from html import escape
from itertools import takewhile
from typing import Final, Literal, NamedTuple, get_args

import attrs

from geoclaims._arguments import check_choice
from geoclaims._article import Article
from geoclaims._errors import invalid, wrong_type
from geoclaims._page.colours import COLOURS, Shade
from geoclaims._view.article import ArticleView, Detail, Labelled, Mention, StatementView, view_of
from geoclaims._view.wording import LONGEST_REPEATED, NOTHING_OF_TRUTH, TYPES, WHOSE_WORDS, counted, shown_again
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

Drawn = Mapping[int, StatementView]

Place = tuple[float, float]
"""Where something begins, from the left, and its width."""
Tree = list[tuple[StatementView, tuple[int, ...]]]
"""A statement, and beneath it what answers it, each with the numbers of those that it stands beneath."""

_LEAST_WIDTH: Final = 320
"""The headings need at least this width."""

_MOST_WIDTH: Final = 10_000
_NARROW: Final = 700
"""Below this width in pixels there is only one column."""

_MOST_CARDS: Final = 24
"""About as many short statements stand on two sheets of paper; the rest is counted."""

_DEEPEST: Final = 3
"""So many indents leave words enough room in the narrowest picture."""

_ISOLATES: Final = {"ltr": "\u2066{}\u2069", "rtl": "\u2067{}\u2069"}

_FONTS: Final = "system-ui, -apple-system, Segoe UI, Roboto, Helvetica, Arial, sans-serif"
_FONT_SIZE: Final = 14
_LINE_HEIGHT: Final = 19
_TITLE_SIZE: Final = 18
_TITLE_HEIGHT: Final = 24
_EDGE: Final = 12
_HEADING: Final = 44
_PADDING: Final = 12
_INDENT: Final = 18
_GAP: Final = 12
_SAMPLE: Final = 24
_GUTTER: Final = 0.13
"""The share of the width for the arrows."""

_LEFT: Final = 0.56
"""The share of the remaining width for claims."""

_BARS: Final = {"denial": "7 4", "statement": "3 3"}
"""The dashes of the bars of a type, if they have any."""

_TITLE: Final = "Who accuses whom, who answers"

_ARROWS: Final = {"denies": "denial", "confirms": "statement"}
"""By the field of their links, the types whose look arrows have."""

_BACK: Final = {"denials": "denies", "confirmations": "confirms"}
"""By the details that list the answers to a statement, the fields of their links."""

_BOX: Final = 'viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto"'
_ENDS: Final = (
    f'<defs><marker id="claims-denial" {_BOX}><path d="M0 0 8 4 0 8z" class="denial"/></marker>'
    f'<marker id="claims-statement" {_BOX}><circle cx="4" cy="4" r="3" class="box statement-line"/></marker></defs>'
)
"""The ends of arrows: a head for denials, a ring for confirmations."""


def to_svg(article: Article, *, width: int = 888, scheme: Scheme = "auto") -> str:
    """Draw as SVG who accuses whom, and who denies or confirms it.

    Allegations, and other statements with an answer, stand on the left;
    denials, and plain statements that confirm, on the right, with an arrow to
    each that they answer. What answers an answer stands beneath it, further
    in. Below a width of 700 all stand in one list. Where the text runs from
    right to left, so does the picture. At most 24 are drawn, first those with
    links, each with its answers; the rest is counted below. A description
    says what is drawn.

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
    return statement.type != "allegation" and bool(_answered(statement))


def _is_linked(statement: StatementView) -> bool:
    """Report whether anything answers a statement, or it confirms another."""
    return any(map(statement.links, ("denials", "confirmations", "confirms")))


def _svg(view: ArticleView, width: int, style: str) -> str:
    """Draw an article, with a key, and its title and source above; mirrored if it runs from right to left."""
    trees = _trees(view.statements)
    drawn = {statement.number: statement for tree in trees for statement, _ in tree}
    inner, turned = width - 2 * _EDGE, view.direction == "rtl"
    titles, places = [_TITLE], [whole := (_EDGE, inner)]
    if wide := width >= _NARROW:
        gutter = round(inner * _GUTTER)
        left = round((inner - gutter) * _LEFT)
        titles = ["Who accuses whom", "Who answers"]
        places = [(_EDGE, left), (_EDGE + left + gutter, inner - left - gutter)]
    if turned:
        places = [(width - x - extent, extent) for x, extent in places]
    named, *source = _frame(view)
    head, below = (_lines(some, inner, turned=turned) for some in ([named], source))
    y = _EDGE + len(head) * _TITLE_HEIGHT
    key, bottom = _key(drawn, y + (len(below) + 1) * _LINE_HEIGHT, width, arrows=wide, turned=turned)
    body = [*_set(head, whole, _EDGE + _TITLE_SIZE, turned=turned, step=_TITLE_HEIGHT), *key]
    body += _set(below, whole, y + _FONT_SIZE, turned=turned)
    cards: list[_Card] = []
    for linked, names in ((True, titles), (False, ["Allegations with no answer linked"])):
        some = [tree for tree in trees if _is_linked(tree[0][0]) is linked]
        new = list(_placed(some, places, bottom + _HEADING, drawn, turned=turned))
        for column in sorted({card.column for card in new})[: len(names)]:
            lines = _lines([_ours(names[column], "faint strong")], inner, turned=turned)
            body += _set(lines, places[column], bottom + _HEADING - _GAP, turned=turned)
        cards += new
        bottom = max([bottom, *(card.top + card.height for card in new)])
    body += _arrows(cards, width) if wide else []
    body += [line for card in cards for line in _drawn(card)]
    rest = list(_rest(view.statements, drawn))
    annotated = [on_one_line(f"{each}.") for each in view.annotated]
    end = _lines(map(_ours, [*rest, *annotated, NOTHING_OF_TRUTH]), inner, turned=turned)
    body += _set(end, whole, bottom + _HEADING - _GAP, turned=turned)
    height = bottom + _HEADING - _GAP + len(end) * _LINE_HEIGHT
    description = " ".join([*(_in_words(card.statement, drawn) for card in cards), *rest])
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


def _answered(statement: StatementView, *fields: str) -> set[int]:
    """Return the numbers of the statements that one answers, in any or some fields."""
    return {link.number for field in fields or _ARROWS for link in statement.links(field)}


def _trees(statements: Sequence[StatementView]) -> list[Tree]:
    """Choose what is drawn: linked claims first, each with its answers, then what else one of these answers."""
    answers: dict[int, list[StatementView]] = {each.number: [] for each in statements}
    for each in sorted(statements, key=lambda each: (len(_answered(each)), each.number), reverse=True):
        for number in _answered(each):
            answers[number].append(each)
    roots = [each for each in reversed(statements) if each.type == "allegation" or _is_linked(each)]
    # what answers another is reached from there, unless they answer each other
    roots.sort(key=lambda each: (_is_linked(each), not _answered(each)))
    trees: list[Tree] = []
    seen: set[int] = set()
    while roots:
        tree: Tree = []
        waiting: Tree = [(roots.pop(), ())]
        while waiting and len(seen) < _MOST_CARDS:
            statement, above = waiting.pop()
            if (number := statement.number) not in seen:
                seen.add(number)
                tree.append((statement, above))
                waiting += [(each, (*above, number)) for each in answers[number] if each.number not in seen]
        # a claim without the answers that it has would look unanswered
        trees += [tree] if len(tree) > bool(waiting) else []
        others = [statements[number - 1] for each, _ in tree for number in sorted(_answered(each), reverse=True)]
        roots += [each for each in others if not _answered(each)]
    return trees


def _frame(view: ArticleView) -> Iterator[Paragraph]:
    """Say what the article is called, and where and when it was published, but for what is too long."""
    yield [*_listed([_name(part, "ink strong title", shown_again) for part in view.title], ", ")]
    known = [_name(fact, "faint") for fact in view.source]
    known += [Phrase(str(fact.values[0]), "faint", "") for fact in view.facts if fact.field == "url"]
    if known := [phrase for phrase in known if len(phrase.words) <= LONGEST_REPEATED]:
        yield [*_listed(known, ", ")]


def _rest(statements: Sequence[StatementView], drawn: Drawn) -> Iterator[str]:
    """Say whose words a picture shows, and count the statements that it leaves out, or say that it shows none."""
    yield WHOSE_WORDS if drawn else "No allegation, denial or confirmation is annotated."
    types = [each.type for each in statements if each.number not in drawn]
    if rest := ", ".join(counted(types.count(type), noun) for type, noun in TYPES.items() if type in types):
        yield f"Not drawn: {rest}."


def _in_words(statement: StatementView, drawn: Drawn) -> str:
    """Put a whole card into words, for people who cannot see the picture."""
    head, *rest = ("".join(phrase.words for phrase in phrases) for phrases in _paragraphs(statement, drawn))
    return " ".join([f"{head.replace(' ', '. ', 1)}.", *rest])


def _paragraphs(statement: StatementView, drawn: Drawn) -> Iterator[Paragraph]:
    """Say what a statement is, against whom and what it answers, who said what, and what answers it."""
    details, said = statement.details, statement.saying
    heading = [Phrase(statement.heading, f"{statement.type} strong")]
    heading += [Phrase(" against "), *_accused(details["accused"])] if "accused" in details else []
    for field in filter(details.__contains__, _ARROWS):
        heading += [Phrase(", "), Phrase(_numbered(statement, details[field], drawn))]
    yield [Phrase(str(statement.number), "faint"), Phrase(" "), *heading]
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
    for field in filter(details.__contains__, _BACK):
        yield _ours(f"{_numbered(statement, details[field], drawn).capitalize()}.")


def _numbered(statement: StatementView, detail: Detail, drawn: Drawn) -> str:
    """List the links of a detail: the statements that are drawn by their numbers, and how many are not."""
    own, back = statement.number, _BACK.get(detail.field)
    found = {number for number, each in drawn.items() if back and own in _answered(each, back)}
    links = [str(number) for number in sorted(drawn.keys() & (found | _answered(statement, detail.field)))]
    if rest := len(detail.values) + detail.more - len(links):
        links.append(f"{counted(rest, 'statement')} not drawn")
    return f"{detail.label}\u00a0{''.join(phrase.words for phrase in _listed([*map(Phrase, links)], ' and '))}".strip()


def _ours(words: str, look: str = "faint") -> Paragraph:
    """Make a paragraph of our own words."""
    return [Phrase(words, look)]


def _name(thing: str | Words, look: str = "ink", shown: Callable[[str], str] = str) -> Phrase:
    """Make a phrase of a name, a role, a title or a cue, in the language of the article unless it is ours."""
    return Phrase(on_one_line(shown(str(thing))), look, None if isinstance(thing, Words) else "en")


def _accused(detail: Detail) -> Iterator[Phrase]:
    """List the first actors of a detail by their names, and count the rest."""
    phrases = [_name(value) for value in detail.first if isinstance(value, Mention)]
    return _listed([*phrases, *([Phrase(f"{detail.rest} more")] if detail.rest else [])], " and ")


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
    column: int
    lines: list[str]
    x: float
    top: float
    width: float
    height: float


def _placed(trees: list[Tree], places: Sequence[Place], top: float, drawn: Drawn, *, turned: bool) -> Iterator[_Card]:
    """Put each tree below the others, claims beside their answers; claims without any go in all columns in turn."""
    bottoms = [top] * len(places)
    for place, tree in enumerate(trees):
        last = len(places) - 1 if _is_linked(tree[0][0]) else place % len(places)
        columns = {each.number: min(last, _is_answer(each)) if _is_linked(each) else last for each, _ in tree}
        start = max(bottoms[column] for column in columns.values())
        tops: dict[int, float] = {}
        for statement, above in tree:
            column = columns[statement.number]
            x, width = places[column]
            top = tops[statement.number] = max([start, bottoms[column], *(tops[number] for number in above)])
            shift = _INDENT * min(sum(columns[number] == column for number in above), _DEEPEST)
            room = width - shift - _INDENT - _PADDING
            lines = _lines(_paragraphs(statement, drawn), room, turned=statement.direction == "rtl")
            height = len(lines) * _LINE_HEIGHT + 2 * _PADDING
            yield _Card(statement, column, lines, x if turned else x + shift, top, width - shift, height)
            bottoms[column] = top + height + _GAP


def _lines(paragraphs: Iterable[Paragraph], width: float, *, turned: bool) -> list[str]:
    """Break paragraphs into lines that fit in any common font; a cue, faint at an end, stays on one if it fits."""
    lines: list[str] = []
    for phrases in paragraphs:
        # letters may be bold
        looks = " ".join(phrase.look for phrase in phrases)
        room = width / (_TITLE_SIZE if "title" in looks else _FONT_SIZE) / (1.1 if "strong" in looks else 1)
        words = "".join(phrase.words for phrase in phrases)
        isolating = turned or any(unicodedata.bidirectional(c) in {"R", "AL", "AN"} for c in words)
        cue = sum(len(phrase.words) for phrase in takewhile(lambda each: each.look == "faint", reversed(phrases)))
        lines += (
            "".join(phrase.part(part, isolating=isolating) for part, phrase in line)
            for line in broken([(phrase.words, phrase) for phrase in phrases], room, room, ems, kept=cue)
        )
    return lines


def _set(lines: list[str], place: Place, y: float, *, turned: bool, step: int = _LINE_HEIGHT) -> Iterator[str]:
    """Set lines one below another; those that run from right to left begin at the right."""
    start = f'x="{sum(place)}" direction="rtl"' if turned else f'x="{place[0]}"'
    for number, line in enumerate(lines):
        yield f'<text {start} y="{y + number * step}">{line}</text>'


def _path(shape: str, look: str, dashes: str = "", end: str = "") -> str:
    """Draw a line, perhaps with dashes and something at its end."""
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    ended = f' marker-end="url(#claims-{end})"' if end else ""
    return f'<path d="{shape}" class="{look}"{dashed}{ended}/>'


def _key(drawn: Drawn, y: float, width: int, *, arrows: bool, turned: bool) -> tuple[list[str], float]:
    """Draw a key to the bars and arrows that are drawn, and return it with the height at which it ends."""
    types = {each.type for each in drawn.values()}
    entries = [(f"bar {type}-line", _BARS.get(type, ""), "", name) for type, name in TYPES.items() if type in types]
    for field, look in _ARROWS.items():
        if arrows and any(each.links(field) for each in drawn.values()):
            entries.append((f"line {look}-line", "", look, field))
    lines: list[str] = []
    edge, onward = (width - _EDGE, -1) if turned else (_EDGE, 1)
    used = 0.0
    for look, dashes, end, name in entries:
        extent = _SAMPLE + _GAP + sum(map(ems, name)) * _FONT_SIZE
        if used + extent > width - 2 * _EDGE:
            used, y = 0, y + _LINE_HEIGHT
        start = edge + onward * round(used)
        lines.append(_path(f"M{start} {y - 5}h{onward * _SAMPLE}", f"key {look}", dashes, end))
        place = start + onward * (_SAMPLE + 6), 0
        lines += _set(_lines([_ours(name)], width, turned=turned), place, y, turned=turned)
        used += extent + _GAP
    return lines, y


def _drawn(card: _Card) -> Iterator[str]:
    """Draw a card: its box, the bar that shows its type, and its words."""
    x, y, width, height = card.x, card.top, card.width, card.height
    yield f'<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="4" class="box edge-line"/>'
    type, turned = card.statement.type, card.statement.direction == "rtl"
    bar, start = (width - 6, _PADDING) if turned else (6, _INDENT)
    yield _path(f"M{x + bar} {y + 8}v{height - 16}", f"bar {type}-line", _BARS.get(type, ""))
    yield from _set(card.lines, (x + start, width - _INDENT - _PADDING), y + _PADDING + _FONT_SIZE, turned=turned)


def _arrows(cards: Sequence[_Card], width: int) -> Iterator[str]:
    """Draw the arrows from each answer to what it answers; arrows to one card are spread over its side."""
    drawn = {card.statement.number: card for card in cards}
    arrows = [
        (card, drawn[number], look)
        for card in cards
        for field, look in _ARROWS.items()
        for number in sorted(drawn.keys() & _answered(card.statement, field))
    ]
    beside: dict[int, set[tuple[float, str]]] = {number: set() for number in drawn}
    for source, target, look in arrows:
        beside[source.statement.number].add((target.top, look))
        beside[target.statement.number].add((source.top, look))
    for source, target, look in arrows:
        ends: list[str] = []
        for card, other in ((source, target), (target, source)):
            all_ends = sorted(beside[card.statement.number])
            y = card.top + card.height * (all_ends.index((other.top, look)) + 1) / (len(all_ends) + 1)
            x, onward = (card.x + card.width + 1, 1) if card.x < width / 2 else (card.x - 1, -1)
            ends += [f"{x:.0f} {y:.1f}", f"{x + onward * width * _GUTTER / 2:.1f} {y:.1f}"]
        start, away, tip, before = ends
        yield _path(f"M{start}C{away} {before} {tip}", f"line {look}-line", end=look)


def _style(scheme: Scheme) -> str:
    light, dark = _colours("light"), _colours("dark")
    both = f"{light}@media(prefers-color-scheme:dark){{{dark}}}"
    looks = f".claims .title{{font-size:{_TITLE_SIZE}px}}.claims .strong{{font-weight:600}}"
    looks += ".claims .line{fill:none;stroke-width:1.5}.claims .bar{stroke-width:4}"
    return f"<style>{looks}{ {'light': light, 'dark': dark, 'auto': both}[scheme] }</style>\n"


def _colours(shade: Shade) -> str:
    fills = (f".claims .{name}{{fill:{COLOURS[name][shade]}}}" for name in ("box", "ink", "faint", *TYPES))
    strokes = (f".claims .{name}-line{{stroke:{COLOURS[name][shade]}}}" for name in ("edge", *TYPES))
    # A picture may be shown on a page that is always light, whatever its reader prefers.
    return "".join([f".claims{{background:{COLOURS['page'][shade]}}}", *fills, *strokes])
