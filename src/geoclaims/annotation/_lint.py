"""Warn about rules of the codebook that the types cannot check."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from itertools import chain, islice
from operator import itemgetter
from typing import TYPE_CHECKING, Final

import attrs

from geoclaims._arguments import checked_instance
from geoclaims._article import Article
from geoclaims._errors import Issue, Path
from geoclaims._json.format import tag_of
from geoclaims._messages import describe
from geoclaims._passages.explaining import surrounded
from geoclaims._passages.finding import MOST_PLACES, occurrences
from geoclaims._passages.normal_form import DASHES, NormalForm, folded
from geoclaims._passages.quoting import QuotedText
from geoclaims._passages.unchanged import cutting
from geoclaims._passages.words import LETTER, Words, mark
from geoclaims._rules.patterns import one_of
from geoclaims._statements import accused_in, denied_in
from geoclaims._view.wording import place_in_text
from geoclaims._whole import references_in

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from geoclaims._actors import Actor
    from geoclaims._dates import PartialDate
    from geoclaims._passages.quoting import Range
    from geoclaims._passages.unchanged import CutEdges
    from geoclaims._spans import Span
    from geoclaims._statements import Statement

_MOST_LETTERS: Final = 3
"""ISO 639 gives each language a code of two or three letters; BCP 47 keeps longer ones for later use."""

# So many words in a row count as copied, or characters of a script without spaces, or a share of both; shorter runs are
# mostly names and set phrases.
_WORDS_COPIED: Final = 10
_CHARACTERS_COPIED: Final = 15

_BETWEEN_PASSAGES: Final = " \0 "
"""What no text has, so that no words are found in two passages together."""

_IN_A_PASSAGE: Final = "expected it in a passage of the statement"
_IN_ANOTHER_FORM: Final = "; if the text has it in another form only, keep it, and add that form as an alias"
_NO_ALIAS: Final = ": write this alias as it stands there, or take it out"

NEED_A_TEXT: Final = ("lint_name", "lint_copied", "lint_cut", "lint_quote", "lint_cue")
"""The codes of the warnings that only an article with its text can have."""


def lint(article: Article) -> tuple[Issue, ...]:
    """Warn where an article breaks rules that the types cannot check.

    The warnings are in the order of the article, without its text fewer. An
    article without warnings may still be wrong.

    Raises:
        TypeError: `article` is not an article.

    >>> from geoclaims import Actor, Article
    >>> from geoclaims.annotation import lint
    >>> article = Article(id="a", actors=[Actor(id="port", name="the port")])
    >>> for issue in lint(article):
    ...     print(issue.json_path, issue.code)
    $.actors[0] lint_unused
    """
    checked_instance(article, Article)
    words = None if article.text is None else _Text([article.text])
    # A name may stand behind a hyphen, as China does in US-China: behind a dash it is found.
    names = None if article.text is None else _Text([re.sub(one_of(DASHES), "\u2013", article.text)])
    used = _references(article)
    copied = _runs_in(article)
    warnings = [Issue(code, ("language",), message) for code, message in _of_language(article.language)]
    for index, actor in enumerate(article.actors):
        for code, path, message in _of_actor(actor, used, names):
            warnings.append(Issue(code, ("actors", index, *path), f"actor {describe(actor.id)}: {message}"))
    speakers = {statement.id: statement.speaker for statement in article.statements}
    in_order = sorted(article.statements, key=place_in_text)
    nouns = {one.id: f"{tag_of(type(one))} {number} {describe(one.id)}" for number, one in enumerate(in_order, 1)}
    before: dict[object, str] = {}
    last: tuple[tuple[float, float], str] = ((0, 0), "")
    for index, statement in enumerate(article.statements):
        noun = nouns[statement.id]
        for code, path, message in chain(
            _of_place(statement, last, before),
            _of_words(statement, names, copied),
            _of_passages(statement, words),
            _of_date(statement, article.published),
            _of_answers(statement, speakers),
        ):
            warnings.append(Issue(code, ("statements", index, *path), f"{noun}: {message}"))
        if statement.spans:
            last = max(last, (place_in_text(statement), noun), key=itemgetter(0))
    return tuple(warnings)


_Warning = tuple[str, "Path", str]


@attrs.frozen(eq=False, slots=False)
class _Text:
    """A text without typography and capitals that is searched for whole words: "Iran" is not in "Iranian"."""

    _passages: Sequence[str]

    def within(self, spans: Iterable[Span]) -> _Text:
        """Return the passages at some spans as a text of their own."""
        (text,) = self._passages
        return _Text([text[span.start : span.end] for span in spans])

    def is_cut_by(self, span: Span) -> bool:
        """Report whether a passage of the text begins or ends within a word or number."""
        return bool(self._edges_cut(span.start, span.end))

    def around(self, span: Span) -> str:
        """Describe a passage of the text between the words beside it."""
        (text,) = self._passages
        return surrounded(text, span.start, span.end)

    def place_of(self, quote: str, spans: Iterable[Span]) -> Range | None:
        """Find a quote as drafts do."""
        return self._quoted.place_of(quote, [(span.start, span.end) for span in spans])

    def has(self, words: str) -> bool:
        """Report whether the text has some words, as whole words."""
        wanted = folded(words)
        places = islice(occurrences(self._normal, wanted), MOST_PLACES)
        return any(not self._is_cut(place, place + len(wanted)) for place in places)

    def _is_cut(self, start: int, end: int) -> bool:
        # Most words that are found stand between spaces; to find the edges of all words takes longer.
        beside = {self._joined[max(0, start - 1) : start], self._joined[end : end + 1]}
        return not beside <= {"", " "} and self._words.are_cut(start, end)

    @cached_property
    def _forms(self) -> list[NormalForm]:
        return [NormalForm.for_search(passage) for passage in self._passages]

    @cached_property
    def _joined(self) -> str:
        """Return the normal form, with the spaces that may join numbers and the dashes that part words."""
        return _BETWEEN_PASSAGES.join(form.joined.casefold() for form in self._forms)

    @cached_property
    def _edges_cut(self) -> CutEdges:
        (text,) = self._passages
        return cutting(text, 0, len(text))

    @cached_property
    def _quoted(self) -> QuotedText:
        (text,) = self._passages
        return QuotedText(text)

    @cached_property
    def _normal(self) -> str:
        return _BETWEEN_PASSAGES.join(form.text.casefold() for form in self._forms)

    @cached_property
    def _words(self) -> Words:
        return Words.of(self._joined)


def _of_language(language: str | None) -> Iterator[tuple[str, str]]:
    """Warn about a word that is well-formed as a language tag, though no language has so long a code."""
    if language is not None and len(language.partition("-")[0]) > _MOST_LETTERS:
        yield "lint_language", f"found {describe(language)}, expected a code of two or three letters, such as 'en'"


def _of_actor(actor: Actor, used: Collection[str], text: _Text | None) -> Iterator[_Warning]:
    """Warn about an actor that nothing refers to, and about names that the article does not have."""
    if actor.id not in used:
        yield "lint_unused", (), "found nothing that refers to it, expected a claim by it, against it or about it"
    if actor.anonymous:
        return
    names: list[tuple[Path, str]] = [(("name",), actor.name)]
    names += [(("aliases", number), alias) for number, alias in enumerate(actor.aliases)]
    for path, name in names:
        if text is not None and not any(map(text.has, [name, *(actor.aliases if path == ("name",) else ())])):
            advice = _IN_ANOTHER_FORM if path == ("name",) else _NO_ALIAS
            yield "lint_name", path, _not_in_text(name, f"a name that the article uses{advice}")


def _of_place(
    statement: Statement, last: tuple[tuple[float, float], str], before: dict[object, str]
) -> Iterator[_Warning]:
    """Warn about the places of a statement, given the last place so far with its statement, and the earlier ones."""
    if not statement.spans:
        yield "lint_unplaced", (), "found no passage, expected the smallest stretch of the text that carries it"
        return
    place = place_in_text(statement)
    end, other = last
    if place < end:
        message = f"found it at {place[0]} to {place[1]}, listed after {other} at {end[0]} to {end[1]}"
        yield "lint_order", (), f"{message}, expected the order in which passages begin, then end"
    key = (
        type(statement),
        tuple((span.start, span.end) for span in statement.spans),
        statement.speaker,
        frozenset(accused_in(statement)),
        frozenset(denied_in(statement)),
    )
    if key in before:
        message = f"found the passages, speaker and links of {describe(before[key])} again"
        yield "lint_same", (), f"{message}, expected passages of its own for each claim"
    before.setdefault(key, statement.id)


def _of_words(statement: Statement, text: _Text | None, copied: Collection[str]) -> Iterator[_Warning]:
    """Warn about copied content, and about a place that the article does not have."""
    content = NormalForm.for_search(statement.content if copied else "")
    for run, start, end in _runs(content.text):
        if run in copied:
            message = f"found {describe(statement.content[slice(*content.source(start, end))])} as in the article"
            yield "lint_copied", ("content",), f"{message}, expected a sentence in your own words"
            break
    if not (text is None or statement.event_place is None or text.has(statement.event_place)):
        yield "lint_name", ("event_place",), _not_in_text(statement.event_place, "a place in the article's words")


def _of_passages(statement: Statement, text: _Text | None) -> Iterator[_Warning]:
    """Warn about passages that cut a word, and about quotes and a cue that they do not have."""
    if text is None:
        return
    for number, span in enumerate(statement.spans):
        if text.is_cut_by(span):
            yield "lint_cut", ("spans", number), f"found {text.around(span)}, expected whole words and numbers"
    for number, quote in enumerate(statement.quotes):
        place = text.place_of(quote, statement.spans)
        if place is None:
            yield "lint_quote", ("quotes", number), _not_in_text(quote, "words of the speaker as the article has them")
        elif statement.spans and not any(span.start <= place[0] <= place[1] <= span.end for span in statement.spans):
            yield "lint_quote", ("quotes", number), f"found {describe(quote)}, {_IN_A_PASSAGE}"
    passages = text.within(statement.spans)
    if statement.spans and not (statement.cue is None or passages.has(statement.cue)):
        yield "lint_cue", ("cue",), f"found {describe(statement.cue)}, {_IN_A_PASSAGE}, unbroken and word for word"


def _of_date(statement: Statement, published: PartialDate | None) -> Iterator[_Warning]:
    """Warn about what was said after the article was published."""
    if published and statement.date and statement.date.earliest > published.latest:
        found = describe(str(statement.date))
        yield "lint_date", ("date",), f"found {found}, expected no day after the article was published, {published}"


def _of_answers(statement: Statement, speakers: Mapping[str, str]) -> Iterator[_Warning]:
    """Warn about confirming what one denies, and about answering a statement of one's own."""
    denied = denied_in(statement)
    for number, id in enumerate(statement.confirms):
        if id in denied:
            message = f"found {describe(id)}, which it denies too, expected that it does one of the two"
            yield "lint_contradiction", ("confirms", number), message
    for field, ids in (("confirms", statement.confirms), ("denies", denied)):
        for number, id in enumerate(ids):
            if speakers[id] == statement.speaker:
                message = f"found {describe(id)}, which has the same speaker, expected a statement of another speaker"
                yield "lint_self", (field, number), message


def _not_in_text(name: str, expected: str) -> str:
    return f"found {describe(name)}, which the text does not have, expected {expected}"


def _references(article: Article) -> set[str]:
    """Collect the ids that anything in an article refers to."""
    things = (*article.actors, *article.statements)
    return {id for thing in things for _, ids in references_in(thing) for id in ids}


def _runs(normal: str) -> Iterator[tuple[str, int, int]]:
    """Yield the runs of words that count as copied, each as short as possible, with its range in a text in normal form.

    Words stand between spaces, without the punctuation around them; in scripts without spaces, each character is one.
    """
    pattern = re.compile(f"({LETTER}+(?:[^\\w\\s]+{LETTER}+)*{mark()}*)|[^\\W_]{mark()}*")
    found = list(pattern.finditer(normal))
    words = [word[0].casefold() for word in found]
    shares = [_CHARACTERS_COPIED if word[1] else _WORDS_COPIED for word in found]
    length, last = 0, 0
    for first, share in enumerate(shares):
        while length < _WORDS_COPIED * _CHARACTERS_COPIED:
            if last == len(words):
                return
            length += shares[last]
            last += 1
        yield " ".join(words[first:last]), found[first].start(), found[last - 1].end()
        length -= share


def _runs_in(article: Article) -> set[str]:
    """Collect the runs of words that the contents of an article share with its text."""
    if article.text is None:
        return set()
    contents = (NormalForm.for_search(statement.content) for statement in article.statements)
    runs = {run for content in contents for run, *_ in _runs(content.text)}
    return runs.intersection(run for run, *_ in _runs(NormalForm.for_search(article.text).text)) if runs else runs
