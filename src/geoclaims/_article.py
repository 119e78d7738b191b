"""Model the article, which holds actors and statements and answers questions about them by an index."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, Final, TypeVar, final

import attrs

from geoclaims._actors import Actor
from geoclaims._attaching import attached
from geoclaims._dates import PartialDate
from geoclaims._editing import add, change, remove
from geoclaims._errors import AnchorError, Issue, UnknownIdError, wrong_type
from geoclaims._issues import Finding, Issues
from geoclaims._messages import nearest
from geoclaims._model import Model
from geoclaims._rules.fields import RULE, Invariant, as_tuple
from geoclaims._rules.rules import IDENTIFIER, LANGUAGE, NAME, URL, WHOLE_TEXT, Date, Many, Nested
from geoclaims._statements import STATEMENT_TYPES, Allegation, Denial, Statement
from geoclaims._whole import broken_article, references_in

Found = TypeVar("Found")

_ASKED_ABOUT: Final = frozenset({Actor, *STATEMENT_TYPES})
_EXPECTED_OWN: Final = (
    "this article's own object with that id; yours differs, because it is of another article, or from before the "
    "article was changed or got a text: ask by the id"
)


@attrs.frozen
class _Index:
    """The index of an article: by id, and by references to an id."""

    actors: Mapping[str, Actor]
    statements: Mapping[str, Statement]
    anything: Mapping[str, Actor | Statement]
    references: Mapping[tuple[str, str], Sequence[int]]
    """The numbers of the actors or statements that refer to an id in a field, by field and id."""

    @classmethod
    def of(cls, article: "Article") -> "_Index":
        references: dict[tuple[str, str], list[int]] = {}
        for things in (article.actors, article.statements):
            for number, thing in enumerate(things):
                for field, ids in references_in(thing):
                    for id in ids:
                        references.setdefault((field, id), []).append(number)
        actors = {actor.id: actor for actor in article.actors}
        statements = {statement.id: statement for statement in article.statements}
        return cls(actors, statements, {**actors, **statements}, references)

    def actor(self, actor: Actor | str) -> Actor:
        return self.look_up(actor, self.actors, "the id of an actor")

    def statement(self, statement: Statement | str) -> Statement:
        return self.look_up(statement, self.statements, "the id of a statement")

    def look_up(self, id: str | Actor | Statement, among: Mapping[str, Found], expected: str) -> Found:
        """Look up an object by its id, or by an object that equals it."""
        key = id.id if not isinstance(id, str) and type(id) in _ASKED_ABOUT else id
        if not isinstance(key, str):
            hash(key)  # Python's own error of what cannot be a key
        elif key in among:
            found = among[key]
            if id is key or id == found:
                return found
            raise UnknownIdError(key, _EXPECTED_OWN)
        if isinstance(key, str) and key in self.anything:
            expected += f", not of {'an actor' if key in self.actors else 'a statement'}"
        raise UnknownIdError(key, expected, nearest(key, among) if isinstance(key, str) else None)


def _actors(value: Sequence[Actor]) -> tuple[Actor, ...]:
    return as_tuple(value)


def _statements(value: Sequence[Statement | Allegation | Denial]) -> tuple[Statement | Allegation | Denial, ...]:
    return as_tuple(value)


class _Bare(str):
    """A text that is shown without quotation marks."""

    __slots__ = ()
    __repr__ = str.__str__


def _problems(actors: object, statements: object, text: object) -> Iterator[Finding]:
    return broken_article({"actors": actors, "statements": statements}, text)


@final
@attrs.frozen(kw_only=True, repr=False)
class Article(Model):
    """An article: who is in it and what they are reported to have said.

    Attributes:
        id: The id of the article.
        title: The title. Term: schema.org headline.
        publisher: Who published it. Term: schema.org publisher.
        annotator: Who annotated it.
        url: The address of the article. Term: schema.org url.
        archived_at: The address of an archived copy. Term: schema.org
            archivedAt.
        published: When it was published. Term: schema.org datePublished.
        language: The language of its text. Term: BCP 47; schema.org inLanguage.
        actors: The actors, each once.
        statements: The statements of all three types, in the order of the
            article.
        text: The text of the article, where the holder of the data may keep it.
            Term: schema.org articleBody.

    Raises:
        ValidationError: A field breaks its rule, an id repeats, or a reference
            is unresolved, has a target of the wrong kind, or closes a cycle.

    >>> from geoclaims import Actor, Allegation, Article, Denial
    >>> navy = Actor(id="navy", name="the navy")
    >>> crew = Actor(id="crew", name="the crew")
    >>> claim = Allegation(
    ...     id="s1", speaker="navy", content="They fired.", accused=["crew"]
    ... )
    >>> reply = Denial(
    ...     id="s2", speaker="crew", content="We did not.", denies=["s1"]
    ... )
    >>> article = Article(
    ...     id="example", actors=[navy, crew], statements=[claim, reply]
    ... )
    >>> [denial.content for denial in article.denials_of("s1")]
    ['We did not.']
    """

    _invariant = Invariant(("actors", "statements", "text"), _problems)

    id: str = attrs.field(metadata={RULE: IDENTIFIER})
    title: str | None = attrs.field(default=None, metadata={RULE: NAME})
    publisher: str | None = attrs.field(default=None, metadata={RULE: NAME})
    annotator: str | None = attrs.field(default=None, metadata={RULE: NAME})
    url: str | None = attrs.field(default=None, metadata={RULE: URL})
    archived_at: str | None = attrs.field(default=None, metadata={RULE: URL})
    published: PartialDate | None = attrs.field(default=None, metadata={RULE: Date(PartialDate)})
    language: str | None = attrs.field(default=None, metadata={RULE: LANGUAGE})
    actors: tuple[Actor, ...] = attrs.field(default=(), converter=_actors, metadata={RULE: Many(Nested((Actor,)))})
    statements: tuple[Statement | Allegation | Denial, ...] = attrs.field(
        default=(), converter=_statements, metadata={RULE: Many(Nested(STATEMENT_TYPES))}
    )
    text: str | None = attrs.field(default=None, metadata={RULE: WHOLE_TEXT})

    def __repr__(self) -> str:
        parts = (("actor", self.actors), ("statement", self.statements))
        counts = ", ".join(f"{len(things)} {noun}{'' if len(things) == 1 else 's'}" for noun, things in parts)
        return f"<Article {self.id!r}: {counts}>"

    def __rich_repr__(self) -> Iterator[Any]:
        """Yield what rich shows in angle brackets, as `repr` does."""
        yield _Bare(repr(self)[len("<Article ") : -1])

    __rich_repr__.angular = True  # type: ignore[attr-defined]

    @property
    def allegations(self) -> tuple[Allegation, ...]:
        """The allegations, in the order of the article.

        >>> from geoclaims import load_article
        >>> load_article().allegations[0].id
        'at-least-155'
        """
        return tuple(statement for statement in self.statements if isinstance(statement, Allegation))

    @property
    def denials(self) -> tuple[Denial, ...]:
        """The denials, in the order of the article.

        >>> from geoclaims import load_article
        >>> load_article().denials[0].id
        'not-involved'
        """
        return tuple(statement for statement in self.statements if isinstance(statement, Denial))

    def actor(self, id: str) -> Actor:
        """Look up the actor with an id.

        Raises:
            UnknownIdError: No actor has the id.

        >>> from geoclaims import load_article
        >>> load_article().actor("lin-jian").name
        'Lin Jian'
        """
        return self._index.actor(id)

    def statement(self, id: str) -> Statement:
        """Look up the statement, allegation or denial with an id.

        Raises:
            UnknownIdError: No statement has the id.

        >>> from geoclaims import load_article
        >>> load_article().statement("troops-sent").content
        'China has sent troops in support of Russia.'
        """
        return self._index.statement(id)

    def resolve(self, id: str) -> Actor | Statement:
        """Look up the actor or statement with an id.

        Raises:
            UnknownIdError: Nothing in the article has the id.

        >>> from geoclaims import load_article
        >>> load_article().resolve("ukraine").name
        'Ukraine'
        """
        return self._index.look_up(id, self._index.anything, "the id of an actor or statement")

    def denials_of(self, statement: Statement | str) -> tuple[Denial, ...]:
        """Return the denials of a statement, in the order of the article.

        The statement is given by itself or its id.

        Raises:
            UnknownIdError: The article has no such statement.

        >>> from geoclaims import load_article
        >>> denials = load_article().denials_of("troops-sent")
        >>> [denial.id for denial in denials]
        ['not-involved', 'neither-creator-nor-party']
        """
        denials = self._referring_to([self._index.statement(statement).id], "denies")
        return tuple(denial for denial in denials if isinstance(denial, Denial))

    def confirmations_of(self, statement: Statement | str) -> tuple[Statement, ...]:
        """Return the statements that confirm one, in the order of the article.

        The statement is given by itself or its id.

        Raises:
            UnknownIdError: The article has no such statement.

        >>> from geoclaims import load_article
        >>> load_article().confirmations_of("troops-sent")
        ()
        """
        return self._referring_to([self._index.statement(statement).id], "confirms")

    def by(self, actor: Actor | str, *, including_proxies: bool = True) -> tuple[Statement, ...]:
        """Return the statements of an actor, in the order of the article.

        Those that it only passes on, and those of a group to which it may
        belong, are not included.

        Args:
            actor: The speaker, or its id.
            including_proxies: Whether to include those of all who act on its
                behalf, directly or through others.

        Raises:
            UnknownIdError: The article has no such actor.

        >>> from geoclaims import load_article
        >>> len(load_article().by("china"))
        8
        """
        return self._referring_to(self._ids_of(actor, including_proxies=including_proxies), "speaker")

    def against(self, actor: Actor | str, *, including_proxies: bool = True) -> tuple[Allegation, ...]:
        """Return the allegations against an actor, in the order of the article.

        Allegations that are only `about` the actor are not included.

        Args:
            actor: The accused, or its id.
            including_proxies: Whether to include those against all who act on
                its behalf, directly or through others.

        Raises:
            UnknownIdError: The article has no such actor.

        >>> from geoclaims import load_article
        >>> load_article().against("china")[0].id
        'troops-sent'
        """
        statements = self._referring_to(self._ids_of(actor, including_proxies=including_proxies), "accused")
        return tuple(statement for statement in statements if isinstance(statement, Allegation))

    def with_added(self, *things: Actor | Statement) -> "Article":
        """Return the article with actors and statements added after its own.

        Args:
            things: The actors and statements; an actor and what it says may
                come together, in any order.

        Raises:
            ValidationError: Something does not fit the rest of the article.
            TypeError: Something is neither an actor nor a statement.

        >>> from geoclaims import Actor, Article, Statement
        >>> navy = Actor(id="navy", name="the navy")
        >>> mined = Statement(id="s1", speaker="navy", content="It is mined.")
        >>> Article(id="harbour").with_added(navy, mined)
        <Article 'harbour': 1 actor, 1 statement>
        """
        return attrs.evolve(self, **add(self._sections, things))

    def with_changes(self, id: str, /, **changes: Any) -> "Article":
        """Return the article with one actor or statement changed.

        A new id is also changed wherever something refers to it. With a new
        type, a statement keeps its place, and the fields that the type has.

        Args:
            id: Its id.
            changes: The new values of its fields; as `type`, `Statement`,
                `Allegation` or `Denial`.

        Raises:
            UnknownIdError: Nothing in the article has the id.
            ValidationError: A value breaks a rule, or no longer fits the rest
                of the article, or the new type needs another (`missing`).
            TypeError: There is no such field, `type` is something else, or
                that of an actor is to change.

        >>> from geoclaims import Denial, load_article
        >>> article = load_article().with_changes("lin-jian", role="spokesman")
        >>> article.actor("lin-jian").role
        'spokesman'
        >>> article = article.with_changes(
        ...     "neutrality-doubted", type=Denial, denies=["neutrality-claimed"]
        ... )
        >>> [denial.id for denial in article.denials_of("neutrality-claimed")]
        ['neutrality-doubted']
        """
        return attrs.evolve(self, **change(self._sections, self.resolve(id), changes))

    def without(self, *ids: str) -> "Article":
        """Return the article without some actors or statements.

        The references to them go as well. What cannot be without them, such as
        the statements of a speaker, is to be changed or removed too.

        Args:
            ids: Their ids.

        Raises:
            UnknownIdError: Nothing in the article has one of the ids.
            ValidationError: Something needs one of them: as its speaker, or
                because it accuses or denies nothing else (`dangling_ref`).
            TypeError: The ids are given as a list: it is `without(*ids)`.

        >>> from geoclaims import load_article
        >>> len(load_article().without("not-involved").statements)
        21
        """
        given: tuple[object, ...] = ids
        for id in given:
            if isinstance(id, Iterable) and not isinstance(id, str):
                raise wrong_type(id, "ids, each as an argument of its own: without(*ids)")
        notes = Issues(self)
        left = remove(self._sections, {self.resolve(id).id for id in ids}, notes)
        notes.raise_if_any()
        return attrs.evolve(self, **left)

    def with_text(self, text: str, *, on_error: Callable[[AnchorError], object] | None = None) -> "Article":
        """Return the article with a copy of its text attached.

        Each span is moved to its passage in that copy, whose typography does
        not matter. A statement keeps all its passages or, if one has no place,
        none. If the article has a text, what is unchanged in the copy stays.
        What changed outside the passages is not seen: mark name, cue and
        content.

        Args:
            text: The copy, which is attached unchanged.
            on_error: Called with the error that names the passages without a
                place. The article is returned anyway; the statements of these
                passages have no spans.

        Raises:
            AnchorError: A passage is not in the text, or may be in several
                places (`span`). If fewer than one in five are in it, of three
                or more, the first issue says that this is another text.
            ValidationError: `text` is not text (`text`, `empty`).
            TypeError: `text` is not a string, or `on_error` is not a function.

        >>> from geoclaims import Actor, Article, Span, Statement
        >>> he = Actor(id="he", name="he")
        >>> span = Span.find("No, he said.", "No")
        >>> no = Statement(id="s1", speaker="he", content="No.", spans=[span])
        >>> article = Article(id="example", actors=[he], statements=[no])
        >>> article.with_text("“No,” he said.").excerpts("s1")
        ('No',)
        """
        return attrs.evolve(self, statements=attached(self.statements, self.text, text, on_error), text=text)

    def excerpts(self, statement: Statement | str) -> tuple[str, ...]:
        """Return the passages of a statement, given by itself or its id.

        Raises:
            AnchorError: The article has no text (`span`).
            UnknownIdError: The article has no such statement.

        >>> from geoclaims import Actor, Article, Span, Statement
        >>> text = "The port, he says, is open."
        >>> he = Actor(id="he", name="he")
        >>> spans = [Span.find(text, "The port"), Span.find(text, "is open")]
        >>> yes = Statement(id="s1", speaker="he", content="!", spans=spans)
        >>> article = Article(id="a", actors=[he], statements=[yes], text=text)
        >>> article.excerpts("s1")
        ('The port', 'is open')
        """
        found = self._index.statement(statement)
        if self.text is None:
            message = "found no text, expected an article with its text attached: see Article.with_text"
            raise AnchorError([Issue("span", ("text",), message)])
        return tuple(self.text[span.start : span.end] for span in found.spans)

    @property
    def _sections(self) -> Mapping[str, Any]:
        return {"actors": self.actors, "statements": self.statements}

    def _referring_to(self, ids: Sequence[str], field: str) -> tuple[Statement, ...]:
        """Look up the statements that refer to one of some ids in a field, in the order of the article."""
        references = self._index.references
        numbers = {number for id in ids for number in references.get((field, id), ())}
        return tuple(self.statements[number] for number in sorted(numbers))

    def _ids_of(self, actor: str | Actor, *, including_proxies: bool) -> Sequence[str]:
        """Return the id of an actor and, on request, those of all who act on its behalf, directly or through others."""
        index = self._index
        ids = [index.actor(actor).id]
        if including_proxies:
            for principal in ids:  # grows as it goes; ends since acting on behalf forms no cycle
                ids += [self.actors[number].id for number in index.references.get(("on_behalf_of", principal), ())]
        return ids

    @cached_property
    def _index(self) -> _Index:
        return _Index.of(self)
