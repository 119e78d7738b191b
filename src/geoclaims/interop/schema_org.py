"""Write articles with the terms of schema.org, as JSON-LD."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from geoclaims._actors import Actor, ActorKind
from geoclaims._arguments import check_indent
from geoclaims._article import Article
from geoclaims._json.format import NAMESPACE
from geoclaims._statements import Denial, Quantity, Statement, accused_in, denied_in
from geoclaims.corpus._corpus import Corpus
from geoclaims.interop.ids import each_once, uri, uuid_of

TERMS: Final = f"urn:uuid:{NAMESPACE}#"
"""The IRI before the names of our own terms: a UUID, since they have no address on the web."""

_TYPES: Final[Mapping[ActorKind, str]] = {
    ActorKind.PERSON: "Person",
    ActorKind.GROUP: "Organization",
    ActorKind.ORGANIZATION: "Organization",
    ActorKind.UNKNOWN: "Thing",
}
_EMPLOYERS: Final = frozenset({ActorKind.GROUP, ActorKind.ORGANIZATION, ActorKind.STATE})


def to_jsonld(articles: Article | Iterable[Article] | Corpus) -> dict[str, Any]:
    """Turn one article or many into schema.org JSON-LD.

    Each becomes a `NewsArticle`, with its actors and a `Claim` for each
    statement, all in one `@graph`; a repeated article is in it once. Terms that
    schema.org lacks, above all for what a claim denies, are our own.

    Returns:
        Builtins for JSON. For a page use `to_jsonld_text`.

    Raises:
        ValidationError: Two articles that differ have the same id and address
            (`duplicate_id`).
        TypeError: `articles` are not articles.

    >>> from geoclaims import load_article
    >>> from geoclaims.interop import to_jsonld
    >>> graph = to_jsonld(load_article())["@graph"]
    >>> nodes = {node.get("identifier"): node for node in graph}
    >>> denial = nodes["not-involved"]
    >>> denial["text"], len(denial["geoclaims:denies"])
    ('China has no involvement in the conflict.', 1)
    """
    graph = [node for article in each_once(articles) for node in _nodes(article)]
    return {"@context": ["https://schema.org", {"geoclaims": TERMS}], "@graph": graph}


def _nodes(article: Article) -> Iterator[dict[str, Any]]:
    yield _article(article)
    yield from (_actor(article, actor) for actor in article.actors)
    yield from (_claim(article, statement) for statement in article.statements)


def to_jsonld_text(articles: Article | Iterable[Article] | Corpus, *, indent: int | None = None) -> str:
    r"""Write the JSON-LD of one article or many for a script element of a page.

    No text ends that element or begins another: `<`, `>` and `&` are escaped.

    Raises:
        ValidationError: Two articles that differ have the same id and address
            (`duplicate_id`), or `indent` is above 100 (`range`).
        TypeError: `articles` are not articles, or `indent` is no number.

    >>> from geoclaims import Article
    >>> from geoclaims.interop import to_jsonld_text
    >>> print(to_jsonld_text(Article(id="example", title="</script>"))[-35:])
    "headline":"\u003c/script\u003e"}]}
    """
    import json

    check_indent(indent)
    separators = (",", ":") if indent is None else (",", ": ")
    text = json.dumps(to_jsonld(articles), ensure_ascii=False, indent=indent, separators=separators)
    # in JSON these occur in strings only
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _article(article: Article) -> dict[str, Any]:
    return _node(
        "NewsArticle",
        _iri(article, "article", article.id),
        identifier=article.id,
        headline=article.title,
        url=_link(article.url),
        archivedAt=_link(article.archived_at),
        publisher=None if article.publisher is None else {"@type": "Organization", "name": article.publisher},
        datePublished=None if article.published is None else str(article.published),
        inLanguage=article.language,
        # it is not known whether the annotator is a person; schema.org allows a text wherever it expects a thing
        sdPublisher=article.annotator,
        articleBody=article.text,
    )


def _actor(article: Article, actor: Actor) -> dict[str, Any]:
    principal = None if actor.on_behalf_of is None else article.actor(actor.on_behalf_of)
    works = actor.kind is ActorKind.PERSON and principal is not None and principal.kind in _EMPLOYERS
    node = _node(
        _type(actor, principal),
        _iri(article, "actor", actor.id),
        identifier=actor.id,
        name=actor.name,
        alternateName=list(actor.aliases),
        jobTitle=actor.role if actor.kind is ActorKind.PERSON else None,
        worksFor=_reference(article, actor.on_behalf_of) if works else None,
        sameAs=[_link(url) for url in actor.same_as],
    )
    return node | _ours(
        role=None if actor.kind is ActorKind.PERSON else actor.role,
        onBehalfOf=_reference(article, actor.on_behalf_of),
        country=actor.country,
        anonymous=actor.anonymous or None,
    )


def _type(actor: Actor, principal: Actor | None) -> str | list[str]:
    """Return the types of an actor; an organization that speaks for a state is governmental."""
    if actor.kind is ActorKind.ORGANIZATION and principal is not None and principal.kind is ActorKind.STATE:
        return "GovernmentOrganization"
    if actor.kind is ActorKind.STATE:
        return ["Country", "GovernmentOrganization"]  # a Country is a place, and a place cannot be an author
    return _TYPES[actor.kind]


def _claim(article: Article, statement: Statement) -> dict[str, Any]:
    speaker = _reference(article, statement.speaker)
    quotes = [{"@type": "Quotation", "text": quote, "creator": speaker} for quote in statement.quotes]
    works = [{"@type": "CreativeWork", "url": _link(address)} for address in statement.appearances]
    node = _node(
        "Claim",
        _iri(article, "statement", statement.id),
        identifier=statement.id,
        text=statement.content,
        author=speaker,
        appearance=[{"@id": _iri(article, "article", article.id)}, *works],
        datePublished=None if statement.date is None else str(statement.date),
        temporalCoverage=_period(statement),
        contentLocation=None if statement.event_place is None else {"@type": "Place", "name": statement.event_place},
        about=[_reference(article, id) for id in statement.about],
        hasPart=quotes,
        mentions=[_quantity(quantity) for quantity in statement.quantities],
        citation=statement.basis,
        keywords=list(statement.labels),
    )
    return node | _ours(
        cue=statement.cue,
        reportedBy=[_reference(article, id) for id in statement.reported_by],
        accuses=[_reference(article, id) for id in accused_in(statement)],
        confirms=[_reference(article, id) for id in statement.confirms],
        denies=[_reference(article, id) for id in denied_in(statement)],
        denialKind=str(statement.kind) if isinstance(statement, Denial) else None,
    )


def _period(statement: Statement) -> str | None:
    """Write the date of an event, or if it has an end, an interval of ISO 8601; `..` is an unknown beginning."""
    begin, end = statement.event_date, statement.event_end
    if end is None:
        return None if begin is None else str(begin)
    return f"{'..' if begin is None else begin}/{end}"


def _quantity(quantity: Quantity) -> dict[str, Any]:
    node = _node(
        "QuantitativeValue", None, minValue=quantity.minimum, maxValue=quantity.maximum, unitText=quantity.unit
    )
    return node | _ours(approximate=quantity.approximate or None)


def _node(type: str | list[str], iri: str | None, **properties: Any) -> dict[str, Any]:
    """Make a node from the properties that have a value."""
    head = {"@type": type} if iri is None else {"@type": type, "@id": iri}
    return head | {name: value for name, value in properties.items() if value is not None and value != []}


def _ours(**properties: Any) -> dict[str, Any]:
    """Return the properties in our own terms that have a value."""
    return {f"geoclaims:{name}": value for name, value in properties.items() if value is not None and value != []}


def _reference(article: Article, id: str | None) -> dict[str, str] | None:
    if id is None:
        return None
    kind = "actor" if isinstance(article.resolve(id), Actor) else "statement"
    return {"@id": _iri(article, kind, id)}


def _iri(article: Article, kind: str, id: str) -> str:
    return f"urn:uuid:{uuid_of(article, kind, id)}"


def _link(url: str | None) -> str | None:
    return None if url is None else uri(url)
