"""Model the article, which holds actors and statements and answers questions about them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from typing import Any, ClassVar, final

import attrs

from geoclaims._errors import AnchorError, Finding, Issue, ValidationError
from geoclaims._model import Model
from geoclaims._models.actors import Actor
from geoclaims._models.anchored import anchored
from geoclaims._models.index import Index, indexed
from geoclaims._models.references import broken_article
from geoclaims._models.statements import STATEMENT_TYPES, Allegation, Denial, Statement
from geoclaims._rules import (
    IDENTIFIER,
    LANGUAGE,
    NAME,
    URL,
    WHOLE_TEXT,
    Date,
    Invariant,
    Many,
    Nested,
    as_tuple,
    holds,
)
from geoclaims._values.dates import PartialDate


def _actors(value: Sequence[Actor]) -> tuple[Actor, ...]:
    return as_tuple(value)


def _statements(value: Sequence[Statement | Allegation | Denial]) -> tuple[Statement | Allegation | Denial, ...]:
    return as_tuple(value)


class _Indexed(Model):
    """Has room for an index, which is made when a question is first asked and is not part of the object's value."""

    __slots__ = ("_index",)
    _index: Index


def _broken(actors: object, statements: object, text: object) -> Iterator[Finding]:
    return broken_article({"actors": actors, "statements": statements}, text)


@final
@attrs.frozen(kw_only=True, repr=False)
class Article(_Indexed):
    """An article: who is in it and what they are reported to have said.

    Raises:
        ValidationError: A field breaks its rule, ids are not unique, or a reference leads nowhere, astray or in a
            cycle; the issues name each with its place.

    >>> china, ukraine = Actor(id="china", name="China"), Actor(id="ukraine", name="Ukraine")
    >>> claim = Allegation(id="s1", speaker="ukraine", content="China sends troops.", accused=["china"])
    >>> answer = Denial(id="s2", speaker="china", content="China sends no troops.", denies=["s1"])
    >>> article = Article(id="example", actors=[china, ukraine], statements=[claim, answer])
    >>> article.denials_of("s1") == (answer,)
    True
    """

    _invariant: ClassVar[Invariant | None] = Invariant(("actors", "statements", "text"), _broken)

    id: str = attrs.field(metadata=holds(IDENTIFIER, "the id of the article"))
    title: str | None = attrs.field(default=None, metadata=holds(NAME, "the title", term="schema.org headline"))
    publisher: str | None = attrs.field(
        default=None, metadata=holds(NAME, "who published it", term="schema.org publisher")
    )
    annotator: str | None = attrs.field(default=None, metadata=holds(NAME, "who annotated it"))
    url: str | None = attrs.field(default=None, metadata=holds(URL, "where it stands", term="schema.org url"))
    archived_at: str | None = attrs.field(
        default=None, metadata=holds(URL, "where a copy is kept", term="schema.org archivedAt")
    )
    published: PartialDate | None = attrs.field(
        default=None, metadata=holds(Date(PartialDate), "when it was published", term="schema.org datePublished")
    )
    language: str | None = attrs.field(
        default=None, metadata=holds(LANGUAGE, "the language of its text", term="BCP 47; schema.org inLanguage")
    )
    actors: tuple[Actor, ...] = attrs.field(
        default=(), converter=_actors, metadata=holds(Many(Nested((Actor,))), "who speaks, is accused or spoken about")
    )
    statements: tuple[Statement | Allegation | Denial, ...] = attrs.field(
        default=(),
        converter=_statements,
        metadata=holds(
            Many(Nested(STATEMENT_TYPES)),
            "what is said, in the order of the article, of all three types",
        ),
    )
    text: str | None = attrs.field(
        default=None,
        metadata=holds(WHOLE_TEXT, "the text, where the holder may keep it", term="schema.org articleBody"),
    )

    @property
    def allegations(self) -> tuple[Allegation, ...]:
        """The allegations, in the order of the article."""
        return self._indexed().allegations

    @property
    def denials(self) -> tuple[Denial, ...]:
        """The denials, in the order of the article."""
        return self._indexed().denials

    def actor(self, id: str) -> Actor:
        """Look up the actor with an id.

        Raises:
            UnknownIdError: No actor has the id; the error names the nearest.

        >>> Article(id="example", actors=[Actor(id="china", name="China")]).actor("chna")
        Traceback (most recent call last):
            ...
        geoclaims._errors.UnknownIdError: found 'chna', expected the id of an actor; did you mean 'china'?
        """
        index = self._indexed()
        return index.known(id, index.actor_by_id, "the id of an actor")

    def statement(self, id: str) -> Statement:
        """Look up the statement, allegation or denial with an id.

        Raises:
            UnknownIdError: No statement has the id; the error names the nearest.
        """
        index = self._indexed()
        return index.known(id, index.statement_by_id, "the id of a statement")

    def resolve(self, id: str) -> Actor | Statement:
        """Look up the actor or statement with an id, such as those in `Statement.about`.

        Raises:
            UnknownIdError: Nothing in the article has the id; the error names the nearest.
        """
        index = self._indexed()
        return index.known(id, index.anything_by_id, "the id of an actor or statement")

    def denials_of(self, statement: Statement | str) -> tuple[Denial, ...]:
        """Return the denials of a statement or of an id, in the order of the article.

        Raises:
            UnknownIdError: No statement has the id; the error names the nearest.
        """
        index = self._indexed()
        id = index.known(statement, index.statement_by_id, "the id of a statement").id
        return tuple(denial for denial in index.naming("denies", [id]) if isinstance(denial, Denial))

    def confirmations_of(self, statement: Statement | str) -> tuple[Statement, ...]:
        """Return the statements that confirm a statement or an id, in the order of the article.

        To confirm is not to prove: a confirmation says that its speaker affirms the content.

        Raises:
            UnknownIdError: No statement has the id; the error names the nearest.

        >>> claim = Statement(id="s1", speaker="a", content="The bridge is closed.")
        >>> answer = Statement(id="s2", speaker="a", content="The bridge has been closed.", confirms=["s1"])
        >>> article = Article(id="example", actors=[Actor(id="a", name="A")], statements=[claim, answer])
        >>> article.confirmations_of("s1") == (answer,)
        True
        """
        index = self._indexed()
        id = index.known(statement, index.statement_by_id, "the id of a statement").id
        return index.naming("confirms", [id])

    def by(self, actor: Actor | str, *, including_proxies: bool = True) -> tuple[Statement, ...]:
        """Return the statements of an actor or of an id, in the order of the article.

        What the actor only reports (`reported_by`) is not among them, nor what a group says that it may belong to.

        Args:
            actor: The speaker.
            including_proxies: Whether to include those of all who act on the actor's behalf, at any remove.

        Raises:
            UnknownIdError: No actor has the id; the error names the nearest.
        """
        index = self._indexed()
        return index.naming("speaker", index.actor_ids(actor, including_proxies=including_proxies))

    def against(self, actor: Actor | str, *, including_proxies: bool = True) -> tuple[Allegation, ...]:
        """Return the allegations against an actor or an id, in the order of the article.

        They are those in which it is `accused`; what is only `about` it is not among them.

        Args:
            actor: The accused.
            including_proxies: Whether to include those against all who act on the actor's behalf, at any remove.

        Raises:
            UnknownIdError: No actor has the id; the error names the nearest.
        """
        index = self._indexed()
        statements = index.naming("accused", index.actor_ids(actor, including_proxies=including_proxies))
        return tuple(statement for statement in statements if isinstance(statement, Allegation))

    def with_changes(self, id: str, /, **changes: Any) -> Article:
        """Return the article with one actor or statement changed, checked as a whole.

        References are not renamed: where an id changes, whatever referred to the old one is an error.

        Args:
            id: The id of the actor or statement.
            changes: The new values of its fields, by their names, as for `attrs.evolve`.

        Raises:
            UnknownIdError: Nothing in the article has the id; the error names the nearest.
            ValidationError: A value breaks a rule, or no longer fits the rest of the article; the issues name each
                with its place in the article.
            TypeError: The actor or statement has no such field.

        >>> claim = Statement(id="s1", speaker="navy", content="The harbour is open.")
        >>> article = Article(id="example", actors=[Actor(id="navy", name="the navy")], statements=[claim])
        >>> article.with_changes("s1", cue="announced").statement("s1").cue
        'announced'
        """
        thing = self.resolve(id)
        section = "actors" if isinstance(thing, Actor) else "statements"
        things: tuple[Any, ...] = getattr(self, section)
        number = next(number for number, each in enumerate(things) if each is thing)
        try:
            changed = attrs.evolve(thing, **changes)
        except ValidationError as error:
            issues = [attrs.evolve(issue, path=(section, number, *issue.path)) for issue in error.issues]
            raise ValidationError(issues, omitted=error.omitted) from None
        whole: dict[str, Any] = {section: (*things[:number], changed, *things[number + 1 :])}
        return attrs.evolve(self, **whole)

    def with_text(self, text: str, *, on_error: Callable[[AnchorError], object] | None = None) -> Article:
        """Return the article with a copy of its text, and every span where its passage stands in that copy.

        Typographic differences between the copy and the text that was annotated do not matter. The string is taken
        to the letter; the spans of a statement are put in order again where the copy has another order.

        Args:
            text: The copy of the text.
            on_error: Called with the error where passages have no place. The article is then returned all the same: a
                statement keeps its spans if all of them have a place, and none otherwise.

        Raises:
            AnchorError: A passage does not stand in the text, or it is open in which of several places; the issues
                name the statement and span of each (`span`).
            ValidationError: This is not a string (`type`), or not text (`text`, `empty`).

        >>> from geoclaims import Span
        >>> span = Span.of("We deny it, she said.", 0, 10)
        >>> claim = Statement(id="s1", speaker="she", content="She denies it.", spans=[span])
        >>> article = Article(id="example", actors=[Actor(id="she", name="She")], statements=[claim])
        >>> article.with_text("Yesterday: We deny it, she said.").excerpts("s1")
        ('We deny it',)
        >>> errors = []
        >>> article.with_text("She did not comment.", on_error=errors.append).statement("s1").spans
        ()
        >>> [issue.json_path for issue in errors[0].issues]
        ['$.statements[0].spans[0]']
        """
        return anchored(self, text, on_error)

    def excerpts(self, statement: Statement | str) -> tuple[str, ...]:
        """Return the passages that carry a statement or an id, as they stand in the attached text.

        Raises:
            AnchorError: The article has no text; `with_text` attaches one (`span`).
            UnknownIdError: No statement has the id; the error names the nearest.
        """
        index = self._indexed()
        found = index.known(statement, index.statement_by_id, "the id of a statement")
        if self.text is None:
            message = "found no text, expected an article with its text attached: see Article.with_text"
            raise AnchorError([Issue("span", ("text",), message)])
        return tuple(self.text[span.start : span.end] for span in found.spans)

    def _repr_html_(self) -> str:
        """Show the article in a notebook, by what is alleged and denied."""
        html: str = import_module("geoclaims._html.notebook").article_in_notebook(self)
        return html

    def _indexed(self) -> Index:
        try:
            return self._index
        except AttributeError:
            object.__setattr__(self, "_index", indexed(self.actors, self.statements))
            return self._index
