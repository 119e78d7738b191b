"""Answer questions about articles and the links between them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any, ClassVar, final

import attrs

from geoclaims._actors import Actor
from geoclaims._arguments import each_of
from geoclaims._article import Article
from geoclaims._errors import UnknownIdError
from geoclaims._issues import Issues
from geoclaims._links import Link
from geoclaims._messages import nearest
from geoclaims._model import print_expression
from geoclaims._statements import Statement
from geoclaims.corpus._index import ANYTHING, Answer, Index, article_of, first_of, index_of

Asked = str | tuple[str, ...]


def _articles(articles: Iterable[Article]) -> tuple[Article, ...]:
    return tuple(each_of(articles, Article))


def _links(links: Iterable[Link]) -> tuple[Link, ...]:
    return tuple(each_of(links, Link))


@final
@attrs.frozen(kw_only=True, repr=False)
class Corpus:
    """Articles, the links between them, and the questions that they answer.

    A *claim* is all statements that are the same. Two actors are the same by a
    link, or if they have an address of `same_as` in common: to the letter, of
    Wikidata by the number of the item.

    A question takes a reference; or a tuple of references from an answer, the
    first of which stands for it; or, for an actor, an address of its `same_as`.
    An answer has a tuple for each claim, in the order in which they first
    answer: the references that answer, in the order of the corpus.

    Attributes:
        articles (tuple[Article, ...]): The articles, each of another id.
        links (tuple[Link, ...]): The decisions about what is in them.

    Raises:
        ValidationError: The id of an article (`duplicate_id`) or a link by one
            annotator (`duplicate`) repeats, an end of a link is not there
            (`dangling_ref`) or of the wrong kind (`wrong_ref`), or something
            denies, confirms or is distinct from what is the same (`self_ref`).
        TypeError: Something is not an article, or not a link.

    >>> from geoclaims import Actor, Article, Denial, Statement, load_article
    >>> from geoclaims.corpus import Corpus, Link, LinkKind
    >>> he = Actor(id="he", name="an official", anonymous=True)
    >>> stub = Statement(id="s1", speaker="he", content="China sent troops.")
    >>> no = Denial(id="s2", speaker="he", content="Never.", denies=["s1"])
    >>> other = Article(id="other", actors=[he], statements=[stub, no])
    >>> claim = "chinese-citizens-in-ukraine/troops-sent"
    >>> same = Link(kind=LinkKind.SAME, source="other/s1", target=claim)
    >>> corpus = Corpus(articles=[load_article(), other], links=[same])
    >>> corpus.denials_of(claim)[-1]
    ('other/s2',)
    """

    articles: tuple[Article, ...] = attrs.field(default=(), converter=_articles)
    links: tuple[Link, ...] = attrs.field(default=(), converter=_links)
    _index: Index = attrs.field(init=False, eq=False)

    __hash__: ClassVar[None] = None  # type: ignore[assignment]

    def __attrs_post_init__(self) -> None:
        notes = Issues(self)
        object.__setattr__(self, "_index", index_of(self.articles, self.links, notes))
        notes.raise_if_any()

    def __repr__(self) -> str:
        parts = (("article", self.articles), ("link", self.links))
        counts = ", ".join(f"{len(things)} {noun}{'' if len(things) == 1 else 's'}" for noun, things in parts)
        return f"<Corpus: {counts}>"

    @property
    def _repr_pretty_(self) -> Callable[[Any, bool], None]:
        """Print the whole expression for Hypothesis, as models do."""
        fields = (("articles", self.articles), ("links", self.links))
        return partial(print_expression, "Corpus", [(name, things) for name, things in fields if things])

    @classmethod
    def of(cls, articles: Iterable[Article], links: Iterable[Link]) -> Corpus:
        """Make a corpus without the links to articles that are not there.

        In the place of an issue, only the links that remain are counted.

        Raises:
            ValidationError: Something else is wrong.
            TypeError: Something is not an article, or not a link.

        >>> from geoclaims import load_article
        >>> from geoclaims.corpus import Corpus, Link, LinkKind
        >>> links = [Link(kind=LinkKind.SAME, source="a/s1", target="b/s1")]
        >>> Corpus.of([load_article()], links)
        <Corpus: 1 article, 0 links>
        """
        held = _articles(articles)
        ids = {article.id for article in held}
        kept = [link for link in _links(links) if ids.issuperset(map(article_of, (link.source, link.target)))]
        return cls(articles=held, links=kept)

    def article(self, id: Asked) -> Article:
        """Look up the article with an id, or the one that has a reference.

        Raises:
            UnknownIdError: No article has the id, or nothing the reference.

        >>> from geoclaims import load_article
        >>> from geoclaims.corpus import Corpus
        >>> corpus = Corpus(articles=[load_article()])
        >>> corpus.article("chinese-citizens-in-ukraine/lin-jian").language
        'en'
        """
        key: Any = first_of(id)
        if isinstance(key, str) and "/" in key:
            key = article_of(self._index.references[self._index.number_of(key, ANYTHING)])
        if (found := self._index.articles.get(key)) is None:
            expected = "the id of an article in the corpus, or the reference of what is in it"
            raise UnknownIdError(key, expected, nearest(key, self._index.articles) if isinstance(key, str) else None)
        return found

    def actor(self, reference: Asked) -> Actor:
        """Look up an actor.

        Raises:
            UnknownIdError: No actor has the reference or address.

        >>> from geoclaims import load_article
        >>> from geoclaims.corpus import Corpus
        >>> corpus = Corpus(articles=[load_article()])
        >>> corpus.actor("https://www.wikidata.org/wiki/Q148").name
        'China'
        """
        return self._index.look_up(reference, Actor)

    def statement(self, reference: Asked) -> Statement:
        """Look up a statement, allegation or denial.

        Raises:
            UnknownIdError: No statement has the reference.

        >>> from geoclaims import load_article
        >>> from geoclaims.corpus import Corpus
        >>> corpus = Corpus(articles=[load_article()])
        >>> corpus.statement(corpus.claims[1]).speaker
        'ukraine'
        """
        return self._index.look_up(reference, Statement)

    def resolve(self, reference: Asked) -> Actor | Statement:
        """Look up an actor or statement.

        Raises:
            UnknownIdError: Nothing has the reference or address.

        >>> from geoclaims import load_article
        >>> from geoclaims.corpus import Corpus
        >>> corpus = Corpus(articles=[load_article()])
        >>> corpus.resolve("chinese-citizens-in-ukraine/ukraine").name
        'Ukraine'
        """
        return self._index.things[self._index.number_of(reference, ANYTHING)]

    @property
    def claims(self) -> Answer:
        """All claims, each with all its references, in the order of the corpus.

        >>> from geoclaims import load_article
        >>> from geoclaims.corpus import Corpus
        >>> Corpus(articles=[load_article()]).claims[0]
        ('chinese-citizens-in-ukraine/at-least-155',)
        """
        statements = (number for number, thing in enumerate(self._index.things) if isinstance(thing, Statement))
        return tuple(self._index.same(number) for number in statements if self._index.first(number) == number)

    def same(self, reference: Asked) -> tuple[str, ...]:
        """Return the references of all that is the same, itself included.

        They are in the order of the corpus.

        Raises:
            UnknownIdError: Nothing has the reference or address.

        >>> from geoclaims import load_article
        >>> from geoclaims.corpus import Corpus
        >>> corpus = Corpus(articles=[load_article()])
        >>> corpus.same("https://www.wikidata.org/wiki/Q148")
        ('chinese-citizens-in-ukraine/china',)
        """
        return self._index.same(self._index.number_of(reference, ANYTHING))

    def against(self, actor: Asked, *, including_proxies: bool = True) -> Answer:
        """Return the allegations against an actor.

        Args:
            actor: The accused.
            including_proxies: Whether to include those against all who act on
                its behalf, directly or through others, in any report.

        Raises:
            UnknownIdError: No actor has the reference or address.

        >>> from geoclaims import load_article
        >>> from geoclaims.corpus import Corpus
        >>> corpus = Corpus(articles=[load_article()])
        >>> corpus.against("chinese-citizens-in-ukraine/china")[0]
        ('chinese-citizens-in-ukraine/troops-sent',)
        """
        return self._index.answer("accused", self._index.actors(actor, including_proxies=including_proxies))

    def by(self, actor: Asked, *, including_proxies: bool = True) -> Answer:
        """Return the statements of an actor.

        Args:
            actor: The speaker.
            including_proxies: Whether to include those of all who act on its
                behalf in any report, directly or through others.

        Raises:
            UnknownIdError: No actor has the reference or address.

        >>> from geoclaims import load_article
        >>> from geoclaims.corpus import Corpus
        >>> corpus = Corpus(articles=[load_article()])
        >>> len(corpus.by("chinese-citizens-in-ukraine/china"))
        8
        """
        return self._index.answer("speaker", self._index.actors(actor, including_proxies=including_proxies))

    def denials_of(self, statement: Asked) -> Answer:
        """Return the denials of all that is the same as a statement.

        Raises:
            UnknownIdError: No statement has the reference.

        >>> from geoclaims import load_article
        >>> from geoclaims.corpus import Corpus
        >>> corpus = Corpus(articles=[load_article()])
        >>> corpus.denials_of("chinese-citizens-in-ukraine/troops-sent")[0]
        ('chinese-citizens-in-ukraine/not-involved',)
        """
        return self._index.answer("denies", [self._index.first(self._index.number_of(statement, Statement))])

    def confirmations_of(self, statement: Asked) -> Answer:
        """Return the confirmations of all that is the same as a statement.

        Raises:
            UnknownIdError: No statement has the reference.

        >>> from geoclaims import load_article
        >>> from geoclaims.corpus import Corpus
        >>> corpus = Corpus(articles=[load_article()])
        >>> corpus.confirmations_of(corpus.claims[0])
        ()
        """
        return self._index.answer("confirms", [self._index.first(self._index.number_of(statement, Statement))])


def articles_of(given: Article | Iterable[Article] | Corpus) -> Iterator[Article]:
    """Yield one article, several, or those of a corpus, as `each_of` does: for what takes articles and no links."""
    return each_of(given.articles if isinstance(given, Corpus) else given, Article)
