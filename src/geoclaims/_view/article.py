"""Describe an article for people: every output for people is written from this view, and none asks the article itself.

Whatever a view repeats from another object is cut and has its escapes; a statement's own words, the names in the list
of actors and the facts of the article are whole and as they are.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Final, cast

import attrs

from geoclaims._actors import Actor, ActorKind
from geoclaims._arguments import checked_instance
from geoclaims._article import Article
from geoclaims._json.format import tag_of
from geoclaims._messages import visible_address
from geoclaims._rules.fields import definitions
from geoclaims._spans import Span
from geoclaims._statements import Allegation, Denial, Statement, accused_in, denied_in
from geoclaims._view.wording import (
    ADDRESSES,
    LABELS,
    LONGEST_REPEATED,
    NO_DENIAL,
    article_in_words,
    date_in_words,
    event_in_words,
    kind_in_words,
    place_in_text,
    quoted,
    shown_again,
    source_of,
    title_of,
)
from geoclaims._view.writing import Words, direction, script
from geoclaims.corpus._corpus import Corpus
from geoclaims.corpus._index import article_of

MOST_LINKS: Final = 20
"""An output that must stay in proportion shows this many names or statements in one place and counts the rest.

Without this limit, 200 denials of 200 statements made a page of 57 times its size.
"""

_SHOWN_ELSEWHERE: Final = {"id", "speaker", "content", "quotes", "cue", "event_end", "confirms", "reported_by", "spans"}
"""The fields of statements that are no details: they are in the saying, the links, or another field."""

_LONGEST_ELSEWHERE: Final = 60
"""Longer names of another report, and of who speaks there, would take more room on a card than what is said."""


@attrs.frozen
class Mention(Words):
    """An actor where it is only named: the words are its name.

    Attributes:
        id: Its id.
        number: Its place in the list of actors, from 1.
    """

    id: str
    number: int


@attrs.frozen
class Labelled:
    """Words of ours, and what follows them.

    Attributes:
        ours: What it is to a name, such as "for" or "via", or how many there are; may be empty.
        words: Words of the article, or an actor.
    """

    ours: str
    words: Words

    def __str__(self) -> str:
        return f"{self.ours} {self.words}"


@attrs.frozen
class StatementMention:
    """A statement where it is only referred to.

    Attributes:
        id: Its id; in another report its reference.
        number: Its place in reading order, from 1; in another report 0.
        speaker: The name of who said it.
        kind: The kind of a denial in words, such as "outright denial", or that it is the same as one before it.
        content: The beginning of its content; None if that is said before it.
        report: What its report is called; empty in the same report.
        principal: The name of the actor for whom the speaker speaks; empty in the same report, which has it elsewhere.
    """

    id: str
    number: int
    speaker: Words
    kind: str
    content: Words | None
    report: Sequence[str | Words] = ()
    principal: Words | None = None

    def words(self, shown: Callable[[object], str] = str) -> tuple[str, str, str]:
        """Return who said it, in which other report, and what it says; a function shows each text."""
        speaker = f"{shown(self.speaker)}{f' (for {shown(self.principal)})' if self.principal else ''}"
        said = f"{f', {self.kind}' if self.kind else ''}{f': {shown(self.content)}' if self.content else ''}"
        return speaker, ", ".join(map(shown, self.report)), said

    def __str__(self) -> str:
        lead, place, said = self.words()
        return f"{lead}, {place} ({self.id}){said}" if place else f"{self.number} {lead}{said}"


Value = str | Words | Labelled | StatementMention
"""A value of a detail: words of ours, an address, words of the article, or the mention of an actor or a statement."""


@attrs.frozen
class Detail:
    """Something that is known about a statement, or about the article as a whole.

    Attributes:
        field: The name of the field, or "same_in", "denials", "confirmations" or "see_also".
        values: The values, in order. Only an allegation has a detail without values: that no denial is linked.
        more: How many more there are, which are only counted.
    """

    field: str
    values: Sequence[Value]
    more: int = 0

    @property
    def label(self) -> str:
        """Return what people read before it, or in its place."""
        return LABELS.get(self.field, self.field.replace("_", " ")) if self.values else NO_DENIAL

    @property
    def first(self) -> Sequence[Value]:
        """The values that a page shows, which must stay in proportion: of links the first, of all else every one."""
        are_links = bool(self.values) and isinstance(self.values[0], Mention | StatementMention)
        return self.values[:MOST_LINKS] if are_links else self.values

    @property
    def rest(self) -> int:
        """Count those behind the first values."""
        return len(self.values) - len(self.first) + self.more

    @property
    def note(self) -> str:
        """A note behind the first values: how many more there are."""
        return f"and {self.rest} more" if self.rest else ""


Aside = str | Words | Labelled
"""What stands behind a name, in brackets or without."""


def in_brackets(asides: Iterable[Aside], shown: Callable[[Aside], str] = str) -> str:
    """Write what stands behind a name, with a space before it; a function shows each of several.

    >>> in_brackets([Words("spokesman", "en"), Labelled("for", Words("China", "en"))])
    ' (spokesman, for China)'
    """
    listed = ", ".join(map(shown, asides))
    return f" ({listed})" if listed else ""


@attrs.frozen
class Saying:
    """Who said what, in the one form of all outputs for people: `Name (role, for X, via Y, via Z): content (“cue”)`.

    Nothing is made of the cue: a verb in front of a colon would say more, or less, than the article does.

    Attributes:
        speaker: Who said it.
        asides: Its role, for whom it speaks, and through whom what it said reached the article.
        content: What is said.
        cue: The reporting word in quotation marks.
    """

    speaker: Mention
    asides: Sequence[Aside]
    content: Words
    cue: Words | None

    @property
    def head(self) -> str:
        """Return what stands before the colon."""
        return f"{self.speaker}{in_brackets(self.asides)}"

    def __str__(self) -> str:
        return f"{self.head}: {self.content}{f' ({self.cue})' if self.cue else ''}"


@attrs.frozen
class ActorView(Mention):
    """An actor in the list of actors, with its whole name and role.

    Attributes:
        office: Its role, and for whom it speaks.
        particulars: Its kind, its country and its other names.
        same_as: The addresses of the same actor elsewhere.
        on_behalf_of: The id of the actor that it speaks for.
    """

    office: Sequence[Aside]
    particulars: Sequence[Aside]
    same_as: Sequence[str]
    on_behalf_of: str | None


@attrs.frozen(eq=False)
class StatementView:
    """A statement: who said what, what it answers, and what answers it.

    Attributes:
        id: Its id.
        number: Its place in reading order, from 1.
        type: "allegation", "denial" or "statement".
        heading: Its type in words, such as "Outright denial".
        saying: Who said what.
        actors: Who said it, whom it accuses, and through whom it reached the article.
        quotes: The speaker's own words, in quotation marks.
        details: All else that is known about it, by field, in the order in which every output shows it.
        spans: Its passages in the text.
    """

    id: str
    number: int
    type: str
    heading: str
    saying: Saying
    actors: Sequence[Mention]
    quotes: Sequence[Words]
    details: Mapping[str, Detail]
    spans: Sequence[Span]

    @property
    def direction(self) -> str:
        """Return the direction of what is said, in which its card runs."""
        return direction(self.saying.content.words)

    def links(self, field: str) -> Sequence[StatementMention]:
        """Return the statements of the same report in a detail."""
        values = self.details[field].values if field in self.details else ()
        return [value for value in values if isinstance(value, StatementMention) and not value.report]


@attrs.frozen(eq=False)
class ArticleView:
    """An article for people.

    Attributes:
        title: Its title, or the parts of what stands for it.
        source: Its publisher and its date, such as "The Courier" and "7 May 2031", if the title does not stand for
            them.
        annotated: Who annotated it, in words, if that is known; without a full stop.
        facts: All that is known about it as a whole beside the title.
        counts: The numbers of what it holds, in words.
        language: The language of its text; empty where it is not given.
        direction: "rtl" if its text, or what there is of it, runs from right to left, else "ltr".
        text: Its text.
        statements: Its statements in reading order: as their first passages begin, then as their last ones end. Those
            without any come last, as they are.
        actors: Its actors.
    """

    title: Sequence[str | Words]
    source: Sequence[str | Words]
    annotated: Sequence[Labelled]
    facts: Sequence[Detail]
    counts: str
    language: str
    direction: str
    text: str | None
    statements: Sequence[StatementView]
    actors: Sequence[ActorView]

    def passages(self, statement: StatementView) -> Iterator[str]:
        """Yield the beginnings of the passages of a statement, in quotation marks, if the article has its text."""
        if self.text is not None:
            for span in statement.spans:
                # slicing first: a text may have many passages that are nearly as long as itself
                passage = self.text[span.start : min(span.end, span.start + LONGEST_REPEATED + 1)]
                yield quoted(shown_again(passage), self.language)


def view_of(article: Article, corpus: Corpus | None = None) -> ArticleView:
    """Describe an article for people.

    Args:
        article: The article.
        corpus: A corpus that has it: what is the same, and what denies and confirms what, in any report, is shown too.

    Raises:
        TypeError: It is not an article.

    >>> from geoclaims import load_article
    >>> second = view_of(load_article()).statements[1]
    >>> print(second.number, second.heading, second.saying)
    2 Allegation Ukraine: China has sent troops in support of Russia. (“accused”)
    >>> [(detail.label, len(detail.values)) for detail in second.details.values()]
    [('against', 1), ('denied by', 2), ('about', 1)]
    """
    statements = sorted(checked_instance(article, Article).statements, key=place_in_text)
    language = article.language or ""
    annotated = _annotated(article)
    mentions = {
        actor.id: Mention(shown_again(actor.name), language, actor.id, number)
        for number, actor in enumerate(article.actors, 1)
    }
    links = {
        statement.id: _mention(article, statement, annotated, number) for number, statement in enumerate(statements, 1)
    }
    linked = _linked(article, links, Corpus(articles=[article]) if corpus is None else corpus)
    see_also = _see_also(statements, links)
    return ArticleView(
        title=title_of(article),
        source=[] if article.title is None else source_of(article),
        annotated=[Labelled("Annotated by", Words(article.annotator, ""))] if article.annotator else [],
        facts=_facts(article),
        counts=article_in_words(article),
        language=language,
        direction=direction(_own_words(article)),
        text=article.text,
        statements=[
            StatementView(
                id=statement.id,
                number=number,
                type=tag_of(type(statement)),
                heading=links[statement.id].kind.capitalize() or type(statement).__name__,
                saying=_saying(article, statement, mentions, annotated),
                actors=[mentions[id] for id in (statement.speaker, *accused_in(statement), *statement.reported_by)],
                quotes=[Words(quoted(quote, language), language) for quote in statement.quotes],
                details=_details(
                    statement, mentions, links, linked(statement), see_also.get(statement.id, ()), annotated=annotated
                ),
                spans=statement.spans,
            )
            for number, statement in enumerate(statements, 1)
        ],
        actors=[
            ActorView(
                words=actor.name,
                language=language,
                id=actor.id,
                number=number,
                office=_office(actor, actor.role, mentions),
                particulars=_particulars(actor, language),
                same_as=actor.same_as,
                on_behalf_of=actor.on_behalf_of,
            )
            for number, actor in enumerate(article.actors, 1)
        ],
    )


def _own_words(article: Article) -> str:
    """Return words of an article itself, by whose script those of its annotator are judged."""
    return article.text or article.title or " ".join(actor.name for actor in article.actors)


def _annotated(article: Article) -> Callable[[str], Words]:
    """Return a function for what an annotator wrote: in the article's language, unless its script shows another."""
    written = script(_own_words(article))
    return lambda text: Words(text, (article.language or "") if not written or script(text) in {written, ""} else "")


def _facts(article: Article) -> Sequence[Detail]:
    given: Mapping[str, Value | None] = {
        "publisher": article.publisher and Words(article.publisher, article.language or ""),
        "published": article.published and date_in_words(article.published),
        "url": article.url and visible_address(article.url),
        "archived_at": article.archived_at and visible_address(article.archived_at),
        "annotator": article.annotator and Words(article.annotator, ""),
        "language": article.language,
        "id": article.id,
    }
    return [Detail(field, [value]) for field, value in given.items() if value is not None]


def _office(actor: Actor, role: str | None, mentions: Mapping[str, Mention]) -> list[Aside]:
    """Name the role of an actor, and for whom it speaks itself; the list of actors leads further."""
    office: list[Aside] = [] if role is None else [Words(role, mentions[actor.id].language)]
    return office if actor.on_behalf_of is None else [*office, Labelled("for", mentions[actor.on_behalf_of])]


def _particulars(actor: Actor, language: str) -> Sequence[Aside]:
    """List the other details of an actor: its kind, its country, that the article does not name it, and other names."""
    details: list[Aside] = [] if actor.kind is ActorKind.UNKNOWN else [str(actor.kind)]
    details += [f"country {actor.country}"] if actor.country else []
    details += ["unnamed"] if actor.anonymous else []
    names = [Words(quoted(alias, language), language) for alias in actor.aliases]
    return [*details, *(Labelled("also", name) for name in names[:1]), *names[1:]]


def _saying(
    article: Article, statement: Statement, mentions: Mapping[str, Mention], annotated: Callable[[str], Words]
) -> Saying:
    actor = article.actor(statement.speaker)
    asides = _office(actor, actor.role and shown_again(actor.role), mentions)
    asides += [Labelled("via", mentions[id]) for id in statement.reported_by[:MOST_LINKS]]
    if (rest := len(statement.reported_by) - MOST_LINKS) > 0:
        asides.append(f"and {rest} more")
    speaker = mentions[actor.id]
    cue = None if statement.cue is None else Words(quoted(statement.cue, speaker.language), speaker.language)
    return Saying(speaker, asides, annotated(statement.content), cue)


def _mention(
    article: Article, statement: Statement, annotated: Callable[[str], Words], number: int = 0
) -> StatementMention:
    """Mention a statement by its number, or without one where another report is shown, by its report too."""
    language, longest = article.language or "", LONGEST_REPEATED if number else _LONGEST_ELSEWHERE

    def short(text: str) -> Words:
        return Words(shown_again(text, longest), language)

    speaker, principal, report = article.actor(statement.speaker), None, list[str | Words]()
    if not number:
        title = article.title and Words(quoted(str(short(article.title)), language), language)
        report = [short(article.publisher) if article.publisher else title or article.id]
        report += [date_in_words(article.published)] if article.published else []
        principal = short(article.actor(speaker.on_behalf_of).name) if speaker.on_behalf_of else None
    return StatementMention(
        id=statement.id if number else f"{article.id}/{statement.id}",
        number=number,
        speaker=short(speaker.name),
        kind=kind_in_words(statement) if isinstance(statement, Denial) else "",
        content=attrs.evolve(annotated(statement.content), words=shown_again(statement.content)),
        report=tuple(report),
        principal=principal,
    )


def _details(
    statement: Statement,
    mentions: Mapping[str, Mention],
    links: Mapping[str, StatementMention],
    linked: Sequence[Detail],
    see_also: Sequence[StatementMention],
    *,
    annotated: Callable[[str], Words],
) -> Mapping[str, Detail]:
    language = mentions[statement.speaker].language
    values: dict[str, Sequence[Value]] = {
        "see_also": see_also,
        "about": [mentions.get(id) or links[id] for id in statement.about],
        "quantities": [
            Labelled(str(quantity)[: -len(quantity.unit) - 1], Words(quantity.unit, language))
            for quantity in statement.quantities
        ],
        "basis": [annotated(basis) for basis in _given(statement.basis)],
        "date": _given(statement.date and date_in_words(statement.date)),
        "event_date": _given(event_in_words(statement)),
        "event_place": [Words(place, language) for place in _given(statement.event_place)],
    }
    for name in definitions(Statement):
        if name not in _SHOWN_ELSEWHERE and name not in values:
            shown = visible_address if name in ADDRESSES else annotated
            values[name] = [shown(text) for text in _given(getattr(statement, name))]
    same, *answers = linked
    accused = Detail("accused", [mentions[id] for id in accused_in(statement)])
    details = [same, accused, *answers, *(Detail(field, several) for field, several in values.items())]
    always = "denials" if isinstance(statement, Allegation) else None
    return {detail.field: detail for detail in details if detail.values or detail.field == always}


def _linked(
    article: Article, own: Mapping[str, StatementMention], corpus: Corpus
) -> Callable[[Statement], Sequence[Detail]]:
    """Return a function that lists what says the same as a statement, what it answers, and what answers it.

    The statements of the article come first, in reading order, then others in the order of the corpus.
    """
    index = corpus._index  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]
    numbers = {id: index.numbers[f"{article.id}/{id}"] for id in own}
    start, end = min(numbers.values(), default=0), max(numbers.values(), default=-1) + 1
    annotated = cache(lambda id: _annotated(index.articles[id]))

    def mention(number: int) -> StatementMention:
        statement = cast("Statement", index.things[number])
        if start <= number < end:
            return own[statement.id]
        there = index.articles[article_of(index.references[number])]
        return _mention(there, statement, annotated(there.id))

    def few(several: Sequence[int]) -> Sequence[int]:
        """Return as many as may be shown: of reports that tell the same, each has all that answers any."""
        left, right, most = bisect_left(several, start), bisect_left(several, end), MOST_LINKS + 1
        return [*several[left : min(right, left + most)], *several[: min(left, most)], *several[right : right + most]]

    def listed(field: str, mentions: Iterable[StatementMention], known: int) -> Detail:
        in_order = sorted(mentions, key=lambda each: (bool(each.report), each.number))
        return Detail(field, in_order, known - len(in_order))

    def answered(field: str, by_field: Iterable[str], statement: int) -> Detail:
        """List what a statement answers, and what is the same, without saying it again."""
        targets = dict.fromkeys([*(numbers[id] for id in by_field), *sorted(index.targets[field].get(statement, ()))])
        claims = [index.groups.get(first, (first,)) for first in dict.fromkeys(map(index.first, targets))]
        same = [mention(each) for claim in claims for each in few(claim) if each not in targets]
        again = (attrs.evolve(each, kind="the same", content=None) if each.report else each for each in same)
        return listed(field, [*map(mention, targets), *again], sum(map(len, claims)))

    def answers(field: str, link: str, claim: int) -> Detail:
        several = index.sources[link].get(claim, ())
        return listed(field, map(mention, few(several)), len(several))

    def linked(statement: Statement) -> Sequence[Detail]:
        number = numbers[statement.id]
        claim, same = index.first(number), index.groups.get(number, (number,))
        return [
            listed("same_in", (mention(each) for each in few(same) if each != number), len(same) - 1),
            answered("denies", denied_in(statement), number),
            answered("confirms", statement.confirms, number),
            answers("denials", "denies", claim),
            answers("confirmations", "confirms", claim),
        ]

    return linked


def _see_also(
    statements: Sequence[Statement], links: Mapping[str, StatementMention]
) -> Mapping[str, Sequence[StatementMention]]:
    """List what is about each statement and does not answer it."""
    found: dict[str, list[StatementMention]] = {}
    for statement in statements:
        for id in statement.about:
            if id in links and id not in {*denied_in(statement), *statement.confirms}:
                found.setdefault(id, []).append(links[statement.id])
    return found


def _given(value: object) -> Sequence[str]:
    return [] if value is None else [str(one) for one in (value if isinstance(value, tuple) else (value,))]
