"""Choose what a picture of an article shows: who accuses whom, who denies or confirms it, and who reported it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import attrs

from geoclaims._actors import Actor
from geoclaims._article import Article
from geoclaims._messages import cut, visible, visible_address
from geoclaims._statements import Allegation, Denial, DenialKind, Statement
from geoclaims._view.words import (
    LABELS,
    LONGEST_REPEATED,
    NO_DENIAL,
    attribution,
    capitalized,
    counted,
    heading_of,
    in_reading_order,
    is_a_clause,
)
from geoclaims.interop.ids import repeated_url
from geoclaims.interop.svg.typesetting import Line, Word, words

MOST_NODES: Final = 60
"""At most this many statements fit into a column; the rest is counted."""

_MOST_LINKS: Final = 20
_MOST_NAMES: Final = 5
_LONGEST_NAME: Final = 80
_LONGEST_CONTENT: Final = 300

_LOOK_OF_NAMES: Final = "ink strong"
_LOOK_OF_NOTES: Final = "faint"

# In the past tense, which is the same for singular and plural.
_DENIED: Final = {
    DenialKind.OUTRIGHT: "denied it outright",
    DenialKind.NON_INVOLVEMENT: "denied any part in it",
    DenialKind.NO_EVIDENCE: "denied that anything supports it",
    DenialKind.BLAME_SHIFT: "denied it and blamed another",
    DenialKind.UNSPECIFIED: "denied it",
}


@attrs.frozen
class Node:
    """A statement as a picture shows it.

    Attributes:
        number: Its place among the statements of the article in the order of their passages, from 1.
        type: "allegation", "denial" or "statement".
        head: Who said it, about whom, and whether it denies or confirms.
        content: What is said.
        notes: What it answers, who answers it, and who reported it; each is a sentence.
        denies: The numbers of the statements that it denies, each with the kind of the denial.
        confirms: The numbers of the statements that it confirms.
    """

    number: int
    type: str
    head: Line
    content: str
    notes: Sequence[Line]
    denies: Sequence[tuple[int, DenialKind]]
    confirms: Sequence[int]

    def in_words(self) -> str:
        """Put the whole statement into words, for people who cannot see the picture.

        >>> notes = [words("Denied by Li (4).", "faint")]
        >>> Node(3, "statement", words("Lin said", "ink"), "It rains.", notes, (), ()).in_words()
        '3. Lin said: It rains. Denied by Li (4).'
        """
        head, *notes = (" ".join(word.text for word in line) for line in (self.head, *self.notes))
        return " ".join([f"{self.number}. {head}: {self.content}", *notes])


@attrs.frozen
class Column:
    """The statements in one column of a picture, and the number of those left out."""

    nodes: Sequence[Node]
    rest: int


@attrs.frozen
class Outline:
    """The contents of a picture: allegations and other answered statements, and the answers to them."""

    claims: Column
    answers: Column
    unanswered: int
    """How many other statements there are, which are not shown."""


def outlined(article: Article) -> Outline:
    """Choose what the picture of an article shows.

    A statement appears once: among the answers if it is a denial, or a plain statement that confirms another; among the
    claims if it is an allegation, or if it is answered. Other statements are not shown.
    """
    claims: list[Statement] = []
    answers: list[Statement] = []
    numbers = {statement.id: number for number, statement in enumerate(in_reading_order(article), 1)}
    for statement in in_reading_order(article):
        if is_answer(statement):
            answers.append(statement)
        elif isinstance(statement, Allegation) or is_answered(article, statement):
            claims.append(statement)
    shown, answering = (_column(article, numbers, statements) for statements in (claims, answers))
    left_out = len(article.statements) - len(claims) - len(answers)
    return Outline(shown, attrs.evolve(answering, nodes=_in_order(shown.nodes, answering.nodes)), left_out)


def is_answer(statement: Statement) -> bool:
    """Report whether a statement is drawn as an answer to others: a denial, or a plain one that confirms."""
    return isinstance(statement, Denial) or (not isinstance(statement, Allegation) and bool(statement.confirms))


def is_answered(article: Article, statement: Statement) -> bool:
    """Report whether a statement is denied or confirmed."""
    return bool(article.denials_of(statement) or article.confirmations_of(statement))


def one_line(text: str, longest: int) -> str:
    """Show the beginning of a text on one line.

    >>> one_line("The bridge  is closed.", 12)
    'The bridge …'
    """
    # invisible characters do not separate words
    return cut(visible(cut(" ".join(text.split(None, longest)[:longest]), longest)), longest)


def wishes(heights: Mapping[int, float], answers: Sequence[Node]) -> dict[int, float]:
    """Wish each answer half-way between what it answers; an answer only to answers, beside the last of all claims.

    Args:
        heights: The height at which each claim stands, by its number.
        answers: The answers.
    """
    wished = dict(heights)
    lowest = max(heights.values(), default=0)
    for node in answers:
        answered = dict.fromkeys([*(number for number, _ in node.denies), *node.confirms])
        targets = [wished[number] for number in answered if number in wished]
        wished[node.number] = sum(targets) / len(targets) if targets else lowest
    return wished


def _in_order(claims: Sequence[Node], answers: Sequence[Node]) -> Sequence[Node]:
    """Sort answers by the places of what they answer, so that they have the same order in one column and in two."""
    wished = wishes({node.number: place for place, node in enumerate(claims)}, answers)
    return sorted(answers, key=lambda node: wished[node.number])


def _column(article: Article, numbers: Mapping[str, int], statements: Sequence[Statement]) -> Column:
    nodes = [_node(article, numbers, statement) for statement in statements[:MOST_NODES]]
    return Column(nodes, len(statements) - len(nodes))


def _node(article: Article, numbers: Mapping[str, int], statement: Statement) -> Node:
    speaker = article.actor(statement.speaker)
    kind = DenialKind.UNSPECIFIED
    denied: Sequence[str] = ()
    accused: Line = []
    match statement:
        case Allegation():
            type = "allegation"
            before, after = "", ", against" if is_a_clause(speaker) else " accused"
            accused = _names(article, statement.accused, _LOOK_OF_NAMES)
        case Denial(kind=kind, denies=denied):
            type = "denial"
            before, after = "", f" {_DENIED[kind]}"
        case _:
            type = "statement"
            before, comma, after = ("", "", "confirmed it") if statement.confirms else attribution(speaker, statement)
            after = f"{comma} {after}"
    return Node(
        number=numbers[statement.id],
        type=type,
        head=[
            *_speaker(article, speaker, one_line(before, _LONGEST_NAME), one_line(after, _LONGEST_NAME), type),
            *accused,
        ],
        content=one_line(statement.content, _LONGEST_CONTENT),
        notes=list(_notes(article, numbers, statement, denied)),
        denies=[(numbers[id], kind) for id in denied[:_MOST_LINKS]],
        confirms=[numbers[id] for id in statement.confirms[:_MOST_LINKS]],
    )


def _notes(article: Article, numbers: Mapping[str, int], statement: Statement, denied: Sequence[str]) -> Iterator[Line]:
    if statement.reported_by:
        yield _sentence("reported_by", _names(article, statement.reported_by, _LOOK_OF_NOTES))
    for field, ids in (("denies", denied), ("confirms", statement.confirms)):
        if ids:
            several = [words(str(numbers[id]), _LOOK_OF_NOTES) for id in ids[:_MOST_LINKS]]
            yield _sentence(field, _listed(several, len(ids), _LOOK_OF_NOTES))
    denials = article.denials_of(statement)
    for field, answers in (("denials", denials), ("confirmations", article.confirmations_of(statement))):
        if answers:
            yield _sentence(field, _by_speaker(article, numbers, answers))
    if isinstance(statement, Allegation) and not denials:
        yield words(f"{capitalized(NO_DENIAL)}.", _LOOK_OF_NOTES)


def _by_speaker(article: Article, numbers: Mapping[str, int], answers: Sequence[Statement]) -> Line:
    """List the actors who answer, each with the numbers of the answers."""
    shown: dict[str, list[str]] = {}
    for answer in answers[:_MOST_LINKS]:
        shown.setdefault(answer.speaker, []).append(str(numbers[answer.id]))
    several = [
        [*_name(article.actor(id), _LOOK_OF_NOTES), *words(f"({', '.join(those)})", _LOOK_OF_NOTES)]
        for id, those in shown.items()
    ]
    return _listed(several, len(several) + len(answers[_MOST_LINKS:]), _LOOK_OF_NOTES)


def _speaker(article: Article, actor: Actor, before: str, after: str, look: str) -> Line:
    """Name an actor, and the last in the chain of actors that it speaks for, between the words that attribute."""
    principal = actor
    while principal.on_behalf_of is not None:
        principal = article.actor(principal.on_behalf_of)
    first, *others = _name(actor, _LOOK_OF_NAMES)
    named = [*words(before, look), first if before else attrs.evolve(first, text=capitalized(first.text)), *others]
    if principal is not actor:
        named = [*_followed_by(named, ","), *words("for", _LOOK_OF_NAMES), *_name(principal, _LOOK_OF_NAMES)]
    if after.startswith(",") or (after and principal is not actor):
        named = [*_followed_by(named, ",")]
    return [*named, *words(after.removeprefix(","), look)]


def _names(article: Article, ids: Sequence[str], look: str) -> list[Word]:
    return _listed([_name(article.actor(id), look) for id in ids[:_MOST_NAMES]], len(ids), look)


def _name(actor: Actor, look: str) -> list[Word]:
    """Name an actor in words whose writing direction is isolated from their surroundings."""
    return words(one_line(actor.name, _LONGEST_NAME), f"{look} name")


def _listed(shown: Sequence[Line], number: int, look: str) -> list[Word]:
    """List the shown ones of a number of things, and count the rest.

    >>> def listed(shown, number):
    ...     return " ".join(word.text for word in _listed([words(one, "") for one in shown], number, ""))
    >>> listed(["A"], 1), listed(["A B", "C", "D"], 3), listed(["A", "B"], 9)
    ('A', 'A B, C and D', 'A, B and 7 more')
    """
    rest = number - len(shown)
    *others, last = [*shown, words(f"{rest} more", look)] if rest else shown
    if not others:
        return list(last)
    *first, before = others
    return [*(word for line in first for word in _followed_by(line, ",")), *before, Word("and", look), *last]


def _sentence(field: str, rest: Line) -> Line:
    return [*words(LABELS[field].capitalize(), _LOOK_OF_NOTES), *_followed_by(rest, ".")]


def _followed_by(line: Line, mark: str) -> list[Word]:
    """Add a punctuation mark to the last word."""
    *others, last = line
    return [*others, attrs.evolve(last, text=last.text + mark)]


def description(outline: Outline) -> str:
    """Put everything that a picture shows into words."""
    sentences = [node.in_words() for column in (outline.claims, outline.answers) for node in column.nodes]
    return " ".join([*sentences, *rests(outline)])


def rests(outline: Outline) -> Iterator[str]:
    """Report how many statements a picture leaves out, and whether it shows none."""
    if not (outline.claims.nodes or outline.answers.nodes):
        yield "No allegation, denial or confirmation is annotated."
    for column, noun in ((outline.claims, "claim"), (outline.answers, "answer")):
        if column.rest:
            yield f"{counted(column.rest, f'more {noun}')}, not drawn."
    if outline.unanswered:
        yield f"{counted(outline.unanswered, 'other statement')} with no denial or confirmation linked, not drawn."


def title_of(article: Article) -> str:
    """Show the title of an article on one line, or what stands for it."""
    return one_line(heading_of(article), LONGEST_REPEATED)


def source_of(article: Article) -> str:
    """Say where and when an article was published.

    >>> source_of(Article(id="x", publisher="The Alban Courier", url="https://courier.example/x"))
    'The Alban Courier, https://courier.example/x'
    """
    url = repeated_url(article.url)
    publisher = article.publisher and one_line(article.publisher, LONGEST_REPEATED)
    return ", ".join(str(fact) for fact in (publisher, article.published, url and visible_address(url)) if fact)
