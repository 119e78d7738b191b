"""Describe an article for people: every output for people is written from this view, and none asks the article itself.

Whatever a view repeats from another object is cut and has its escapes; a statement's own words, the names in the list
of actors and the facts of the article are whole and as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final, Literal

import attrs

from geoclaims._arguments import checked_instance
from geoclaims._actors import Actor
from geoclaims._article import Article
from geoclaims._messages import visible_address
from geoclaims._spans import Span
from geoclaims._statements import Denial, Statement, accused_in, denied_in
from geoclaims._view.wording import (
    ADDRESSES,
    LABELS,
    LONGEST_REPEATED,
    NO_DENIAL,
    article_in_words,
    event_in_words,
    heading_of,
    kind_in_words,
    particulars,
    place_in_text,
    quoted,
    shown_again,
    source_of,
)

MOST_LINKS: Final = 20
"""An output that must stay in proportion shows this many names or statements in one place and counts the rest.

Without this limit, 200 denials of 200 statements made a page of 57 times its size.
"""


@attrs.frozen
class Address:
    """An address at which something can be seen."""

    url: str

    def __str__(self) -> str:
        return visible_address(self.url)


@attrs.frozen
class Mention:
    """An actor where it is only named.

    Attributes:
        id: Its id.
        number: Its place in the list of actors, from 1.
        name: Its name.
    """

    id: str
    number: int
    name: str

    def __str__(self) -> str:
        return self.name


@attrs.frozen
class Link:
    """A statement where it is only referred to.

    Attributes:
        id: Its id.
        number: Its place in reading order, from 1.
        speaker: Who said it.
        kind: The kind of a denial in words, such as "outright denial"; empty for other statements.
        content: The beginning of its content.
    """

    id: str
    number: int
    speaker: Mention
    kind: str
    content: str

    @property
    def head(self) -> str:
        """Who said it, and how it denies: "Lin Jian, outright denial"."""
        return f"{self.speaker.name}, {self.kind}" if self.kind else self.speaker.name

    def __str__(self) -> str:
        return f"{self.head}: {self.content}"


Value = str | Address | Mention | Link
"""A value of a detail: a text, an address, or the mention of an actor or a statement."""


@attrs.frozen
class Detail:
    """Something that is known about a statement, or about the article as a whole.

    Attributes:
        field: The name of the field, or "denials", "confirmations" or "see_also".
        values: The values, in order. Only an allegation has a detail without values: that no denial is linked.
    """

    field: str
    values: Sequence[Value]

    @property
    def label(self) -> str:
        """What people read before it."""
        return LABELS.get(self.field, self.field)

    @property
    def first(self) -> Sequence[Value]:
        """The values that a page shows, which must stay in proportion: of links the first, of all else every one."""
        are_links = bool(self.values) and isinstance(self.values[0], Mention | Link)
        return self.values[:MOST_LINKS] if are_links else self.values

    @property
    def note(self) -> str:
        """A note behind the first values: how many more there are, or that there are none."""
        rest = len(self.values) - len(self.first)
        return f"and {rest} more" if rest else "" if self.values else f"– ({NO_DENIAL})"


@attrs.frozen
class Aside:
    """What stands in brackets behind a name.

    Attributes:
        thing: A text or an actor.
        word: What it is to the name, "for" or "via", if that is said.
    """

    thing: str | Mention
    word: str = ""

    def __str__(self) -> str:
        return f"{self.word} {self.thing}" if self.word else str(self.thing)


def in_brackets(asides: Iterable[Aside], shown: Callable[[Aside], str] = str) -> str:
    """Write what stands behind a name, with a space before it; a function shows each of several.

    >>> in_brackets([Aside("spokesman"), Aside("China", "for")])
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
        cue: The reporting word in quotation marks; empty without one.
    """

    speaker: Mention
    asides: Sequence[Aside]
    content: str
    cue: str

    @property
    def head(self) -> str:
        """What stands before the colon."""
        return f"{self.speaker}{in_brackets(self.asides)}"

    @property
    def words(self) -> str:
        """What stands behind the colon."""
        return f"{self.content} ({self.cue})" if self.cue else self.content

    def __str__(self) -> str:
        return f"{self.head}: {self.words}"


@attrs.frozen
class ActorView(Mention):
    """An actor in the list of actors, with its whole name and role.

    Attributes:
        office: Its role, and for whom it speaks.
        particulars: Its kind, its country and its other names.
        addresses: The same actor elsewhere.
        on_behalf_of: The id of the actor that it speaks for.
    """

    office: Sequence[Aside]
    particulars: Sequence[str]
    addresses: Sequence[Address]
    on_behalf_of: str | None


@attrs.frozen(eq=False)
class StatementView:
    """A statement: who said what, what it answers, and what answers it.

    Attributes:
        id: Its id.
        number: Its place in reading order, from 1.
        type: "allegation", "denial" or "statement".
        heading: Its type in words, such as "Outright denial".
        speaker: Who said it.
        spans: Its passages in the text.
    """

    id: str
    number: int
    type: str
    heading: str
    speaker: Mention
    spans: Sequence[Span]
    _statement: Statement = attrs.field(alias="statement")
    _tables: _Tables = attrs.field(alias="tables")

    @property
    def saying(self) -> Saying:
        """Who said what."""
        statement, tables = self._statement, self._tables
        actor = tables.article.actor(statement.speaker)
        reporters = self.actors("reported_by")
        asides = [*tables.office(actor), *(Aside(each, "via") for each in reporters[:MOST_LINKS])]
        if len(reporters) > MOST_LINKS:
            asides.append(Aside(f"and {len(reporters) - MOST_LINKS} more"))
        cue = "" if statement.cue is None else quoted(statement.cue, tables.article.language)
        return Saying(self.speaker, asides, statement.content, cue)

    @property
    def label(self) -> str:
        """The words of a link to it: "2, Allegation: Ida Brandt"."""
        return shown_again(f"{self.number}, {self.heading}: {self.speaker}")

    @property
    def quotes(self) -> Sequence[str]:
        """The speaker's own words, in quotation marks."""
        return [quoted(quote, self._tables.article.language) for quote in self._statement.quotes]

    @property
    def passages(self) -> Iterator[str]:
        """The beginnings of its passages, in quotation marks, if the article has its text."""
        article = self._tables.article
        if article.text is not None:
            for span in self.spans:
                # slicing first: a text may have many passages that are nearly as long as itself
                passage = article.text[span.start : min(span.end, span.start + LONGEST_REPEATED + 1)]
                yield quoted(shown_again(passage), article.language)

    def actors(self, field: Literal["accused", "reported_by"]) -> Sequence[Mention]:
        """Return the actors in a field."""
        ids = accused_in(self._statement) if field == "accused" else self._statement.reported_by
        return [self._tables.mentions[id] for id in ids]

    def links(self, field: Literal["denies", "confirms", "denials", "confirmations", "see_also"]) -> Sequence[Link]:
        """Return the statements in a field, or those that deny it, confirm it, or are about it in another way."""
        return self._tables.linked[field].get(self.id, ())

    @property
    def details(self) -> Iterator[Detail]:
        """All that is known about it beside who said what, in the order in which every output shows it."""
        statement, mentions, links = self._statement, self._tables.mentions, self._tables.links
        values: Mapping[str, Sequence[Value]] = {
            "accused": self.actors("accused"),
            "denies": self.links("denies"),
            "confirms": self.links("confirms"),
            "denials": self.links("denials"),
            "confirmations": self.links("confirmations"),
            "see_also": self.links("see_also"),
            "about": [mentions.get(id) or links[id] for id in statement.about],
            "quantities": [str(quantity) for quantity in statement.quantities],
            "basis": _given(statement.basis),
            "date": _given(statement.date),
            "event_date": _given(event_in_words(statement)),
            "event_place": _given(statement.event_place),
            "appearances": [Address(url) for url in statement.appearances],
            "labels": statement.labels,
        }
        for field, several in values.items():
            if several or (field == "denials" and self.type == "allegation"):
                yield Detail(field, several)


@attrs.frozen(eq=False)
class ArticleView:
    """An article for people.

    Attributes:
        title: Its title, or what stands for it.
        language: The language of its text.
        text: Its text.
        statements: Its statements in reading order: as their first passages begin, then as their last ones end. Those
            without any come last, as they are.
    """

    title: str
    language: str | None
    text: str | None
    statements: Sequence[StatementView]
    _tables: _Tables = attrs.field(alias="tables")

    @property
    def _article(self) -> Article:
        return self._tables.article

    @property
    def source(self) -> Sequence[str]:
        """Its publisher and its date, such as "The Courier" and "7 May 2031", if the title does not stand for them."""
        return [] if self._article.title is None else source_of(self._article)

    @property
    def annotated(self) -> Sequence[str]:
        """Who annotated it, in words, if that is known."""
        return [f"Annotated by {self._article.annotator}."] if self._article.annotator else []

    @property
    def facts(self) -> Sequence[Detail]:
        """All that is known about it as a whole beside the title."""
        fields = ("publisher", "published", "url", "archived_at", "annotator", "language", "id")
        given = ((field, getattr(self._article, field)) for field in fields)
        return [
            Detail(field, [Address(value) if field in ADDRESSES else str(value)])
            for field, value in given
            if value is not None
        ]

    @property
    def counts(self) -> str:
        """The numbers of what it holds, in words."""
        return article_in_words(self._article)

    @property
    def actors(self) -> Sequence[ActorView]:
        """Its actors."""
        return [
            ActorView(
                id=actor.id,
                number=number,
                name=actor.name,
                office=list(self._tables.office(actor, whole=True)),
                particulars=particulars(actor),
                addresses=[Address(url) for url in actor.same_as],
                on_behalf_of=actor.on_behalf_of,
            )
            for number, actor in enumerate(self._article.actors, 1)
        ]


@attrs.frozen(eq=False)
class _Tables:
    """The mentions of all actors and statements by their ids, and the links of each statement by field and id."""

    article: Article
    mentions: Mapping[str, Mention]
    links: Mapping[str, Link]
    linked: Mapping[str, Mapping[str, Sequence[Link]]]

    def office(self, actor: Actor, *, whole: bool = False) -> Iterator[Aside]:
        """Yield the role of an actor, whole or cut, and for whom it speaks itself; the list of actors leads further."""
        if actor.role is not None:
            yield Aside(actor.role if whole else shown_again(actor.role))
        if actor.on_behalf_of is not None:
            yield Aside(self.mentions[actor.on_behalf_of], "for")


def view_of(article: Article) -> ArticleView:
    """Describe an article for people.

    Raises:
        TypeError: It is not an article.

    >>> from geoclaims import load_article
    >>> second = view_of(load_article()).statements[1]
    >>> print(second.number, second.heading, second.saying)
    2 Allegation Ukraine: China has sent troops in support of Russia. (“accused”)
    >>> [(detail.label, len(detail.values)) for detail in second.details]
    [('against', 1), ('denied by', 2), ('about', 1)]
    """
    statements = sorted(checked_instance(article, Article).statements, key=place_in_text)
    mentions = {
        actor.id: Mention(actor.id, number, shown_again(actor.name)) for number, actor in enumerate(article.actors, 1)
    }
    links = {
        statement.id: Link(
            id=statement.id,
            number=number,
            speaker=mentions[statement.speaker],
            kind=kind_in_words(statement) if isinstance(statement, Denial) else "",
            content=shown_again(statement.content),
        )
        for number, statement in enumerate(statements, 1)
    }
    tables = _Tables(article, mentions, links, _linked(statements, links))
    return ArticleView(
        title=heading_of(article),
        language=article.language,
        text=article.text,
        statements=[
            StatementView(
                id=statement.id,
                number=number,
                type=type(statement).__name__.lower(),
                heading=links[statement.id].kind.capitalize() or type(statement).__name__,
                speaker=mentions[statement.speaker],
                spans=statement.spans,
                statement=statement,
                tables=tables,
            )
            for number, statement in enumerate(statements, 1)
        ],
        tables=tables,
    )


def _linked(statements: Sequence[Statement], links: Mapping[str, Link]) -> Mapping[str, Mapping[str, Sequence[Link]]]:
    """List what each statement denies and confirms, what denies and confirms it, and what else is about it."""
    linked: dict[str, dict[str, list[Link]]]
    linked = {field: {} for field in ("denies", "confirms", "denials", "confirmations", "see_also")}
    for statement in statements:
        denied, confirmed = denied_in(statement), statement.confirms
        linked["denies"][statement.id] = [links[id] for id in denied]
        linked["confirms"][statement.id] = [links[id] for id in confirmed]
        answered = {*denied, *confirmed}
        others = [id for id in statement.about if id in links and id not in answered]
        for field, ids in (("denials", denied), ("confirmations", confirmed), ("see_also", others)):
            for id in ids:
                linked[field].setdefault(id, []).append(links[statement.id])
    return linked


def _given(value: object) -> Sequence[str]:
    return [] if value is None else [str(value)]
