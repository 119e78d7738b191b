"""Convert articles to a bundle of STIX 2.1, for threat intelligence platforms."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from geoclaims._actors import Actor, ActorKind
from geoclaims._article import Article
from geoclaims._json.format import tag_of
from geoclaims._statements import Denial, DenialKind, Statement, accused_in
from geoclaims._view.wording import heading_of, repeated
from geoclaims.corpus._corpus import Corpus
from geoclaims.interop.ids import each_once, repeated_url, uri, uuid_of, uuid_of_all

_UNKNOWN_MOMENT: Final = "1970-01-01T00:00:00.000Z"
_OURS: Final = "geoclaims:"
"""The beginning of all labels that are not the user's."""

_CLASSES: Final = {
    ActorKind.PERSON: "individual",
    ActorKind.GROUP: "group",
    ActorKind.ORGANIZATION: "organization",
    ActorKind.STATE: "organization",  # as in STIX, whose example of an organization is a country
    ActorKind.UNKNOWN: "unknown",
}


def to_stix(articles: Article | Iterable[Article] | Corpus) -> dict[str, Any]:
    """Turn one article or many into a STIX 2.1 bundle.

    For each article it holds a report, an identity of each actor, and a note by
    the speaker for each statement. A denial is an opinion about the notes that
    it denies, with a note of its words beside it; a confirmation also has an
    opinion, which agrees. Ids are the same each time, and a repeated article is
    in the bundle once. All timestamps are the first moment, in UTC, of the
    first day that `published` may mean.

    Returns:
        Builtins for JSON. The bundle has no objects if the articles have
        neither actors nor statements.

    Raises:
        ValidationError: Two articles that differ have the same id and address
            (`duplicate_id`).
        TypeError: `articles` are not articles.

    >>> from geoclaims import load_article
    >>> from geoclaims.interop import to_stix
    >>> objects = to_stix(load_article())["objects"]
    >>> opinion = next(thing for thing in objects if thing["type"] == "opinion")
    >>> opinion["opinion"], opinion["explanation"]
    ('disagree', 'China has no involvement in the conflict.')
    """
    several = each_once(articles)
    bundle = {"type": "bundle", "id": f"bundle--{uuid_of_all(several, 'bundle')}"}
    objects = [thing for article in several for thing in _objects(article)]
    return bundle | {"objects": objects} if objects else bundle


def _objects(article: Article) -> list[dict[str, Any]]:
    """Return the objects of an article, first the report on all others; none if there would be no other."""
    objects = [_identity(article, actor) for actor in article.actors]
    objects += [
        _relationship(article, actor.id, actor.on_behalf_of)
        for actor in article.actors
        if actor.on_behalf_of is not None
    ]
    objects += [_said(article, statement) for statement in article.statements]
    objects += [_note_of_denial(article, denial) for denial in article.denials]
    objects += [_confirmation(article, statement) for statement in article.statements if statement.confirms]
    if not objects:
        return []
    report = _report(article, [thing["id"] for thing in objects])
    annotator = [] if article.annotator is None else [_annotator(article, article.annotator)]
    return [report, *annotator, *objects]


def _report(article: Article, references: list[str]) -> dict[str, Any]:
    pages = [] if article.url is article.publisher is None else [_external("article", article.publisher, article.url)]
    if article.archived_at is not None:
        pages.append(_external("archived copy", None, article.archived_at))
    known = "unknown" if article.published is None else str(article.published)
    labels = [] if article.published is not None and article.published.day else [f"geoclaims:published={known}"]
    if article.language is not None:  # the `lang` of STIX is the language of the report's own words
        labels.append(f"geoclaims:language={article.language}")
    return _common(
        article, "report", "article", article.id, creator=_annotator_id(article), labels=labels, pages=pages
    ) | {
        "name": heading_of(article),
        "published": _moment(article),
        "object_refs": references,
    }


def _report_id(article: Article) -> str:
    return f"report--{uuid_of(article, 'article', article.id)}"


def _annotator(article: Article, name: str) -> dict[str, Any]:
    return _common(article, "identity", "annotator", name) | {"name": name, "identity_class": "unknown"}


def _annotator_id(article: Article) -> str | None:
    return None if article.annotator is None else f"identity--{uuid_of(article, 'annotator', article.annotator)}"


def _identity(article: Article, actor: Actor) -> dict[str, Any]:
    said = [
        "Not named in the article" if actor.anonymous else None,
        f"Also called: {'; '.join(actor.aliases)}" if actor.aliases else None,
        f"Country: {actor.country}" if actor.country else None,
    ]
    pages = [_external("same as", None, url) for url in actor.same_as]
    return _common(article, "identity", "actor", actor.id, creator=_annotator_id(article), pages=pages) | _given(
        name=actor.name,
        description="\n".join(filter(None, said)) or None,
        roles=None if actor.role is None else [actor.role],
        identity_class=_CLASSES[actor.kind],
    )


def _relationship(article: Article, proxy: str, principal: str) -> dict[str, Any]:
    return _common(article, "relationship", "behalf", proxy, creator=_annotator_id(article)) | {
        "relationship_type": "acts-on-behalf-of",
        "source_ref": _reference(article, proxy),
        "target_ref": _reference(article, principal),
    }


def _said(article: Article, statement: Statement) -> dict[str, Any]:
    """Convert a statement to a note, or to an opinion of what it denies."""
    labels = [f"geoclaims:type={tag_of(type(statement))}"]
    if isinstance(statement, Denial):
        labels.append(f"geoclaims:kind={statement.kind}")
    labels += map(_label, statement.labels)
    page = repeated_url(article.url)
    page = None if page is None else repeated_url(uri(page))
    pages = [_external("quotation", quote, page) for quote in statement.quotes]
    pages += [_external("appearance", None, address) for address in statement.appearances]
    speaker = _reference(article, statement.speaker)
    thing = _common(
        article, _type_of(statement), "statement", statement.id, creator=speaker, labels=labels, pages=pages
    )
    authors = [repeated(article.actor(statement.speaker).name)]
    if isinstance(statement, Denial):
        return thing | {
            "explanation": statement.content,
            "authors": authors,
            "opinion": "strongly-disagree" if statement.kind is DenialKind.OUTRIGHT else "disagree",
            "object_refs": [_reference(article, id) for id in statement.denies],
        }
    concerned = accused_in(statement) or statement.about or (statement.speaker,)
    return thing | {
        "content": statement.content,
        "authors": authors,
        "object_refs": [*(_reference(article, id) for id in concerned), _report_id(article)],
    }


def _note_of_denial(article: Article, denial: Denial) -> dict[str, Any]:
    """Make the note with the words of a denial, since converters drop opinions, or keep them without words."""
    labels = ["geoclaims:type=denial-note", f"geoclaims:by={denial.id}"]
    speaker = _reference(article, denial.speaker)
    return _common(article, "note", "denial-note", denial.id, creator=speaker, labels=labels) | {
        "content": denial.content,
        "authors": [repeated(article.actor(denial.speaker).name)],
        "object_refs": [*(_reference(article, id) for id in denial.denies), _report_id(article)],
    }


def _confirmation(article: Article, statement: Statement) -> dict[str, Any]:
    """Make the opinion that agrees with what a statement confirms, in addition to the object for the statement.

    It never agrees strongly, since a statement does not say how firmly its speaker affirms.
    """
    labels = ["geoclaims:type=confirmation", f"geoclaims:by={statement.id}"]
    speaker = _reference(article, statement.speaker)
    return _common(article, "opinion", "confirmation", statement.id, creator=speaker, labels=labels) | {
        "explanation": statement.content,
        "authors": [repeated(article.actor(statement.speaker).name)],
        "opinion": "agree",
        "object_refs": [_reference(article, id) for id in statement.confirms],
    }


def _common(
    article: Article,
    type: str,
    kind: str,
    id: str,
    *,
    creator: str | None = None,
    labels: Sequence[str] = (),
    pages: Sequence[dict[str, str]] = (),
) -> dict[str, Any]:
    """Return the common properties of all objects, with the one timestamp of the article."""
    here = [{"source_name": "geoclaims", "external_id": id}] if kind in ("article", "actor", "statement") else []
    return _given(
        type=type,
        spec_version="2.1",
        id=f"{type}--{uuid_of(article, kind, id)}",
        created_by_ref=creator,
        created=_moment(article),
        modified=_moment(article),
        labels=list(labels),
        external_references=[*here, *pages],
    )


def _given(**properties: Any) -> dict[str, Any]:
    """Return the properties that have a value; STIX allows neither null nor empty lists."""
    return {name: value for name, value in properties.items() if value is not None and value != []}


def _external(source: str, description: str | None, url: str | None) -> dict[str, str]:
    """Make a reference to something outside the bundle."""
    return _given(source_name=source, description=description, url=None if url is None else uri(url))


def _label(label: str) -> str:
    """Mark a label of the user's that could be taken for one of ours.

    >>> _label("air"), _label("geoclaims:type=allegation")
    ('air', 'geoclaims:label=geoclaims:type=allegation')
    """
    # platforms may trim labels, and write them in small letters
    return f"{_OURS}label={label}" if label.strip().casefold().startswith(_OURS) else label


def _type_of(thing: Actor | Statement) -> str:
    if isinstance(thing, Actor):
        return "identity"
    return "opinion" if isinstance(thing, Denial) else "note"


def _reference(article: Article, id: str) -> str:
    thing = article.resolve(id)
    kind = "actor" if isinstance(thing, Actor) else "statement"
    return f"{_type_of(thing)}--{uuid_of(article, kind, id)}"


def _moment(article: Article) -> str:
    if article.published is None:
        return _UNKNOWN_MOMENT
    return f"{article.published.earliest.isoformat()}T00:00:00.000Z"
