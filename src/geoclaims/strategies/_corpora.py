"""Draw links, and corpora whose links fit their articles.

The ends of links are drawn as numbers, and looked up when the articles are drawn, so that examples become small.
Whether a link fits is a question to the corpus itself: the first target that it accepts is taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any, Final

import attrs
from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument
from hypothesis.strategies import DrawFn, SearchStrategy  # noqa: TC002 - Sphinx resolves annotations

from geoclaims._article import Article
from geoclaims._errors import ValidationError
from geoclaims._links import Link, LinkKind
from geoclaims._rules.fields import definitions
from geoclaims._statements import Denial
from geoclaims.corpus import Corpus
from geoclaims.strategies._articles import articles as any_articles, check_sizes, places
from geoclaims.strategies._models import Fields, actors as any_actors, fields_of, instances, strategies_in

# Two ways to write one item of Wikidata, and another address.
_ADDRESSES: Final = ("https://www.wikidata.org/wiki/Q148", "http://www.wikidata.org/entity/Q148", "https://a.example/")
_FEWEST: Final = 2
"""Only corpora with something in so many articles have links, although a link may lead to its own article."""


def links(
    *,
    kind: SearchStrategy[LinkKind] | None = None,
    source: SearchStrategy[str] | None = None,
    target: SearchStrategy[str] | None = None,
    annotator: SearchStrategy[str | None] | None = None,
    basis: SearchStrategy[str | None] | None = None,
) -> SearchStrategy[Link]:
    """Draw links between articles that are not there; those in `corpora` fit.

    A target that is the source is replaced by another of the same article.

    Raises:
        InvalidArgument: An argument is not a strategy.

    >>> from hypothesis import find
    >>> from geoclaims.strategies import links
    >>> find(links(), lambda link: True)
    Link(kind=LinkKind.SAME, source='0/0', target='0/a')
    """
    return instances(Link, strategies_in(locals()))


def corpora(
    *,
    articles: SearchStrategy[Article] | None = None,
    links: SearchStrategy[Link] | None = None,
    max_articles: int = 3,
    max_links: int = 5,
) -> SearchStrategy[Corpus]:
    """Draw corpora: articles, links that fit, and addresses in common.

    `articles` and `links` draw single ones, which are then put together: an id
    that repeats is replaced, and so are ends of links that are not there or do
    not fit. What fits nowhere is left out.

    Raises:
        InvalidArgument: An argument is not a strategy, or not a number.

    >>> from hypothesis import find, strategies as st
    >>> from geoclaims import load_article
    >>> from geoclaims.strategies import corpora
    >>> bundled = corpora(articles=st.just(load_article()))
    >>> find(bundled, lambda corpus: corpus.links)
    <Corpus: 2 articles, 1 link>
    """
    given = strategies_in({"articles": articles, "links": links})
    check_sizes("articles", 0, max_articles)
    check_sizes("links", 0, max_links)
    numbers = st.integers(0, 30)
    ends = {"source": numbers, "target": numbers}
    elements = _fields_in(given["links"]) if links is not None else st.composite(fields_of(Link, st.nothing(), ends))()
    article = given["articles"] if articles is not None else _small_articles()
    return _corpora(places(article, 0, max_articles), st.lists(elements, max_size=max_links))


def _small_articles() -> SearchStrategy[Article]:
    """Draw articles that are quick to draw: without other fields, with known actors, or anything."""
    small = partial(any_articles, max_actors=3, max_statements=4)
    none: Any = dict.fromkeys(set(definitions(Article)) - {"id", "actors", "statements"}, st.none())
    known = any_actors(same_as=st.lists(st.sampled_from(_ADDRESSES), max_size=1))
    return st.one_of(small(**none), small(**none, actors=known), small())


@st.composite
def _fields_in(draw: DrawFn, links: SearchStrategy[Link]) -> Fields:
    link = draw(links)
    if type(link) is not Link:
        raise InvalidArgument(f"found {link!r}, expected a Link")
    return {field.name: getattr(link, field.name) for field in attrs.fields(Link)}


@st.composite
def _corpora(
    draw: DrawFn, articles: SearchStrategy[list[Article | None]], elements: SearchStrategy[list[Fields]]
) -> Corpus:
    held: list[Article] = []
    for article in filter(None, draw(articles)):
        if type(article) is not Article:
            raise InvalidArgument(f"found {article!r}, expected an Article")
        taken = {each.id for each in held}
        ids = (article.id, *(f"r{number}" for number in range(1, len(held) + 2)))
        held.append(attrs.evolve(article, id=next(id for id in ids if id not in taken)))
    corpus = Corpus(articles=held)
    for fields in draw(elements):
        if sum(1 for article in held if article.actors) >= _FEWEST:
            corpus = next(_corpora_with(corpus, fields), corpus)
    return corpus


def _corpora_with(corpus: Corpus, fields: Mapping[str, Any]) -> Iterator[Corpus]:
    """Iterate over the corpora with one more link from a source, to each target that fits."""
    kind = fields["kind"]
    statements = [(f"{article.id}/{each.id}", each) for article in corpus.articles for each in article.statements]
    sayings = [reference for reference, _ in statements]
    denials = [reference for reference, each in statements if isinstance(each, Denial)]
    actors = [f"{article.id}/{actor.id}" for article in corpus.articles for actor in article.actors]
    is_directed = kind in {LinkKind.DENIES, LinkKind.CONFIRMS}
    targets = sayings if is_directed else actors + sayings
    for source in _beginning_with(fields["source"], denials if kind is LinkKind.DENIES else targets)[:1]:
        for target in _beginning_with(fields["target"], targets):
            try:
                given: dict[str, Any] = {**fields, "source": source, "target": target}
                link = Link(**given)
                yield Corpus(articles=corpus.articles, links=[*corpus.links, link])
            except ValidationError:
                continue


def _beginning_with(wanted: int | str, references: Sequence[str]) -> Sequence[str]:
    """Return references, those first that begin with the wanted one, or at a number."""
    if isinstance(wanted, str):
        wanted = references.index(wanted) if wanted in references else int.from_bytes(wanted.encode())
    first = wanted % max(1, len(references))
    return [*references[first:], *references[:first]]
