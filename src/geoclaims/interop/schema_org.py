"""Write articles with the terms of schema.org, as JSON-LD."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import partial
from typing import Any, Final

from geoclaims._actors import Actor, ActorKind
from geoclaims._arguments import check_indent
from geoclaims._article import Article
from geoclaims._json.format import NAMESPACE
from geoclaims._model import fields_given
from geoclaims._rules.fields import definitions
from geoclaims._rules.rules import URL, Choice, Date, Reference, Rule
from geoclaims._statements import Denial, Quantity, Statement
from geoclaims.corpus._corpus import Corpus
from geoclaims.interop.ids import each_once, uri, uuid_of

TERMS: Final = f"urn:uuid:{NAMESPACE}#"
"""The IRI before the names of our own terms: a UUID, since they have no address on the web."""

_TERMS: Final[Mapping[str, str]] = {
    "id": "identifier",
    "title": "headline",
    "annotator": "sdPublisher",
    "url": "url",
    "archived_at": "archivedAt",
    "published": "datePublished",
    "language": "inLanguage",
    "text": "articleBody",
    "name": "name",
    "aliases": "alternateName",
    "same_as": "sameAs",
    "speaker": "author",
    "content": "text",
    "date": "datePublished",
    "about": "about",
    "basis": "citation",
    "labels": "keywords",
    "minimum": "minValue",
    "maximum": "maxValue",
    "unit": "unitText",
    "accused": "geoclaims:accuses",
}
"""The terms of fields; all others are our own, after the name of the field.

An annotator may be a person or not; schema.org allows a text wherever it expects a thing.
"""

_TYPES: Final = {ActorKind.PERSON: "Person", ActorKind.UNKNOWN: "Thing"}
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
    publisher = None if article.publisher is None else {"@type": "Organization", "name": article.publisher}
    return _node("NewsArticle", article, article, {"publisher", "actors", "statements"}, publisher=publisher)


def _actor(article: Article, actor: Actor) -> dict[str, Any]:
    principal = None if actor.on_behalf_of is None else article.actor(actor.on_behalf_of)
    is_person = actor.kind is ActorKind.PERSON
    employer = principal if is_person and principal and principal.kind in _EMPLOYERS else None
    return _node(
        _type(actor, principal),
        article,
        actor,
        {"kind", "role"} if is_person else {"kind"},
        jobTitle=actor.role if is_person else None,
        worksFor=employer and {"@id": _iri(article, employer)},
    )


def _type(actor: Actor, principal: Actor | None) -> str | list[str]:
    """Return the types of an actor; an organization that speaks for a state is governmental."""
    if actor.kind is ActorKind.ORGANIZATION and principal is not None and principal.kind is ActorKind.STATE:
        return "GovernmentOrganization"
    if actor.kind is ActorKind.STATE:
        return ["Country", "GovernmentOrganization"]  # a Country is a place, and a place cannot be an author
    return _TYPES.get(actor.kind, "Organization")


def _claim(article: Article, statement: Statement) -> dict[str, Any]:
    speaker = _reference(article, statement.speaker)
    quotes = [{"@type": "Quotation", "text": quote, "creator": speaker} for quote in statement.quotes]
    works = [{"@type": "CreativeWork", "url": uri(address)} for address in statement.appearances]
    return _node(
        "Claim",
        article,
        statement,
        {"quotes", "event_date", "event_end", "event_place", "quantities", "appearances", "spans", "kind"},
        appearance=[{"@id": _iri(article, article)}, *works],
        temporalCoverage=_period(statement),
        contentLocation=None if statement.event_place is None else {"@type": "Place", "name": statement.event_place},
        hasPart=quotes,
        mentions=[_node("QuantitativeValue", article, quantity) for quantity in statement.quantities],
        **{"geoclaims:denialKind": str(statement.kind) if isinstance(statement, Denial) else None},
    )


def _period(statement: Statement) -> str | None:
    """Write the date of an event, or if it has an end, an interval of ISO 8601; `..` is an unknown beginning."""
    begin, end = statement.event_date, statement.event_end
    if end is None:
        return None if begin is None else str(begin)
    return f"{'..' if begin is None else begin}/{end}"


def _node(
    type: str | list[str], article: Article, thing: Any, otherwise: Collection[str] = (), **properties: Any
) -> dict[str, Any]:
    """Make a node of the fields of an object and other properties, in which some fields are written otherwise."""
    node: dict[str, Any] = {"@type": type}
    if not isinstance(thing, Quantity):
        node["@id"] = _iri(article, thing)
    for name, value in fields_given(thing):
        if name not in otherwise:
            term = _TERMS.get(name) or f"geoclaims:{re.sub('_(.)', lambda found: found[1].upper(), name)}"
            of_one = partial(_value, article, definitions(thing.__class__)[name].item)
            node[term] = list(map(of_one, value)) if isinstance(value, tuple) else of_one(value)
    return node | {name: value for name, value in properties.items() if value is not None and value != []}


def _value(article: Article, rule: Rule, value: Any) -> Any:
    if isinstance(rule, Reference):
        return _reference(article, value)
    if isinstance(rule, Date | Choice):
        return str(value)
    return uri(value) if rule == URL else value


def _reference(article: Article, id: str) -> dict[str, str]:
    return {"@id": _iri(article, article.resolve(id))}


def _iri(article: Article, thing: Article | Actor | Statement) -> str:
    kind = "article" if isinstance(thing, Article) else "actor" if isinstance(thing, Actor) else "statement"
    return f"urn:uuid:{uuid_of(article, kind, thing.id)}"
