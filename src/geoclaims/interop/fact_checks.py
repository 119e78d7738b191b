"""Read fact checks by others: schema.org ClaimReview, and answers of Google's Fact Check Tools.

A reviewer's rating is not read, because geoclaims has no field for what is true.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Generator, Iterator
from typing import Any, Final, NamedTuple

import attrs

from geoclaims._actors import Actor, ActorKind
from geoclaims._arguments import check_order_of_dates, is_a, with_handled_errors
from geoclaims._article import Article
from geoclaims._checks import checked
from geoclaims._dates import PartialDate
from geoclaims._errors import Issue, Path, ValidationError, wrong_type
from geoclaims._issues import Issues, place_of
from geoclaims._json.parsing import DEEPEST, decoded, parse_without_repeats, with_positions
from geoclaims._messages import JSON, describe, unexpected
from geoclaims._rules.rules import LANGUAGE, NAME, PROSE, URL, Form, Text
from geoclaims._statements import Statement

_UNNAMED: Final = "someone whom the review does not name"
_MOST_REPEATED: Final = 100
"""The most works of a review, reviews of a claim, and claims of a page that are read: each repeats what they share."""

_KINDS: Final = {
    "Person": ActorKind.PERSON,
    "Country": ActorKind.STATE,
    **dict.fromkeys(("Corporation", "NGO", "PoliticalParty"), ActorKind.ORGANIZATION),
}
"""The kinds of the types of schema.org, beside all names that end in Organization."""

_ENTITY: Final = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_SHORT_ZONE: Final = re.compile(r"(:[0-9]{2}(?:\.[0-9]+)? ?[+-])([0-9](?::?[0-9]{2})?)\Z")


class _Place(NamedTuple):
    """A value, and its path in a review."""

    value: Any
    path: Path = ()


def read_claim_reviews(
    data: str | bytes | dict[str, Any] | list[Any],
    *,
    dayfirst: bool | None = None,
    on_error: Callable[[ValidationError], object] | None = None,
) -> Iterator[Article]:
    """Read fact checks, each as an article.

    The data are schema.org JSON-LD with a `ClaimReview` anywhere, or answers of
    Google's Fact Check Tools API (`claims:search`, its claims, `pages`). Each
    claim becomes a plain statement by the claimant, never an allegation or a
    denial. A claim without a review is an article too. No rating is read.

    What somebody "did not say" or "denied saying" is not a claim: remove such
    reviews first.

    Args:
        data: JSON, as text or as builtins. Everything else in it is ignored.
        dayfirst: As for `PartialDate.parse`.
        on_error: Called with the error of each review, claim or page of claims
            in which something is wrong; without it the first is raised.
            Malformed values are left out, and so is a claim without content or
            with a malformed claimant.

    Raises:
        ValidationError: The text is not strict JSON, there is neither a review
            nor a claim in the data (`missing`), or a value that is read is
            missing or malformed.
        TypeError: `data` is neither JSON nor its builtins, or `on_error` is not
            a function.

    >>> from geoclaims.interop import read_claim_reviews
    >>> review = {
    ...     "@type": "ClaimReview",
    ...     "claimReviewed": "Norland has sold its navy.",
    ...     "itemReviewed": {"datePublished": "soon"},
    ... }
    >>> errors = []
    >>> [article] = read_claim_reviews([review], on_error=errors.append)
    >>> article.statements[0].content, errors[0].issues[0].json_path
    ('Norland has sold its navy.', '$[0].itemReviewed.datePublished')
    """
    check_order_of_dates(dayfirst)
    if is_a(data, str) or is_a(data, bytes):
        return with_handled_errors(_results_of_text(data, dayfirst=dayfirst), on_error)
    if is_a(data, dict) or is_a(data, list):
        return with_handled_errors(_results(data, dayfirst=dayfirst), on_error)
    raise wrong_type(data, "JSON as str or bytes, or a dict or list")


def _results_of_text(data: object, *, dayfirst: bool | None) -> Generator[Article | ValidationError]:
    """Yield what `_results` does, with the line and column of each issue."""
    try:
        text = decoded(data, 1)
        document = parse_without_repeats(text)
    except ValidationError as error:
        yield error
        return
    if isinstance(document, dict | list):
        results = list(_results(document, dayfirst=dayfirst))
    else:
        results = [ValidationError([Issue("type", (), unexpected(document, "an object or array", JSON))])]
    errors = [result for result in results if isinstance(result, ValidationError)]
    placed = iter(with_positions(errors, text) if errors else ())
    yield from (next(placed) if isinstance(result, ValidationError) else result for result in results)


def _results(data: object, *, dayfirst: bool | None) -> Generator[Article | ValidationError]:
    """Yield for each source its error, if any, and the articles that can be made from it anyway."""
    is_empty = True
    for read, source in _sources(data):
        reader = _Reader(Issues(source.value, vocabulary=JSON), dayfirst)
        articles = list(read(reader, _Place(source.value)))
        is_empty = is_empty and not articles and not reader.issues.count
        if reader.issues.count:
            error = reader.issues.error()
            issues = [attrs.evolve(issue, path=(*source.path, *issue.path)) for issue in error.issues]
            yield ValidationError(issues, omitted=error.omitted)
        yield from articles
    if is_empty:
        yield ValidationError([Issue("missing", (), "found no review and no claim, expected at least one")])


def _sources(data: object) -> Iterator[tuple[Callable[[_Reader, _Place], Iterator[Article]], _Place]]:
    """Find the reviews, claims and pages of claims, in document order, each object once; yield how to read each."""
    visited: set[int] = set()
    waiting: list[tuple[Any, Path, str]] = [(data, (), "")]
    while waiting:
        value, path, key = waiting.pop()
        if id(value) in visited or not (is_a(value, dict) or is_a(value, list)):
            continue
        visited.add(id(value))
        members = _members(value) if is_a(value, dict) else {}
        if len(path) >= DEEPEST:  # which no JSON text can be
            yield _Reader.too_deep, _Place(members, path)
        elif is_a(value, list):
            waiting.extend((value[index], (*path, index), key) for index in reversed(range(len(value))))
        elif read := _format_of(members, key):
            yield read, _Place(members, path)
        else:
            waiting.extend((members[name], (*path, name), name) for name in reversed(members))


def _format_of(members: dict[str, Any], key: str) -> Callable[[_Reader, _Place], Iterator[Article]] | None:
    """Decide how to read an object that stands under a key; None if a review may only be somewhere within it."""
    if types := _types(_Place(members)):
        return _Reader.reviewed if "ClaimReview" in types else None
    if "claimReviewMarkups" in members:
        return _Reader.marked_up
    is_claim = "text" in members and not members.keys().isdisjoint(("claimant", "claimDate", "claimReview"))
    return _Reader.searched if is_claim or key == "claims" else None


def _members(value: dict[Any, Any]) -> dict[str, Any]:
    """Return the members of an object; JSON has no keys but strings."""
    return {key: member for key, member in value.items() if type(key) is str}


def _values(place: _Place, name: str) -> list[_Place]:
    """List the values of a key; what is null or blank is absent."""
    value, path = place.value.get(name), (*place.path, name)
    several = [_Place(each, (*path, index)) for index, each in enumerate(value)] if is_a(value, list) else None
    found = map(_meant, [_Place(value, path)] if several is None else several)
    return [
        each
        for each in found
        if each.value is not None and (type(each.value) is not str or _resolved(each.value).strip())
    ]


def _meant(place: _Place) -> _Place:
    """Take the value of an object of JSON-LD that holds one; otherwise the value itself."""
    if not is_a(place.value, dict):
        return place
    members = _members(place.value)
    return _Place(members["@value"], (*place.path, "@value")) if "@value" in members else _Place(members, place.path)


def _resolved(text: str) -> str:
    """Resolve the character references of a text once, as a page would show it."""
    return _ENTITY.sub(lambda reference: html.unescape(reference[0]) or reference[0], text)


def _types(place: _Place) -> list[str]:
    """List the types of a node, without the address of the vocabulary."""
    types = [type_.value for name in ("@type", "type") for type_ in _values(place, name)]
    return [re.split("[/:]", each)[-1] for each in types if type(each) is str]


@attrs.define
class _Reader:
    """Reads one source; malformed values are noted with their place, and left out."""

    issues: Issues
    dayfirst: bool | None
    """How to read ambiguous dates: as the argument of `PartialDate.parse`."""

    def too_deep(self, place: _Place) -> Iterator[Article]:
        limit = f"no more than {DEEPEST} open arrays and objects"
        self.issues.note("depth", place.path, f"found another array or object, expected {limit}")
        return iter(())

    def reviewed(self, place: _Place) -> Iterator[Article]:
        """Read a review in JSON-LD; each work that it reviews gives an article."""
        about = {
            "url": self.text(place, "url", URL),
            "title": self.text(place, "headline", NAME) or self.text(place, "name", NAME),
            "publisher": self.publisher(place, "publisher") or self.publisher(place, "author"),
            "published": self.date(place, "datePublished"),
            "language": self.language(place),
        }
        content = self.content(place, "claimReviewed")
        works = self.objects(place, "itemReviewed")
        for number, work in enumerate(works or [_Place({})]):
            appearances = "url", "appearance", "firstAppearance"
            if claim := self.claim(content, work, "author", "datePublished", *appearances):
                yield _article(claim, about, number)

    def searched(self, place: _Place) -> Iterator[Article]:
        """Read a claim in the answer of a search; each of its reviews gives an article."""
        claim = self.claim(self.content(place, "text"), place, "claimant", "claimDate")
        for review in self.objects(place, "claimReview") or [_Place({})]:
            about = {
                "url": self.text(review, "url", URL),
                "title": self.text(review, "title", NAME),
                "publisher": self.publisher(review, "publisher"),
                "published": self.date(review, "reviewDate"),
                "language": self.text(review, "languageCode", LANGUAGE),
            }
            if claim:
                yield _article(claim, about)

    def marked_up(self, place: _Place) -> Iterator[Article]:
        """Read a page of claims, each of which may have its own address."""
        url = self.text(place, "pageUrl", URL)
        about = {
            "publisher": self.publisher(place, "claimReviewAuthor"),
            "published": self.date(place, "publishDate"),
        }
        for markup in self.objects(place, "claimReviewMarkups"):
            content, appearances = self.content(markup, "claimReviewed"), ("claimAppearances", "claimFirstAppearance")
            claim = self.claim(content, markup, "claimAuthor", "claimDate", *appearances)
            address = {"url": self.text(markup, "url", URL) or url}
            if claim:
                yield _article(claim, about | address)

    def objects(self, place: _Place, name: str) -> list[_Place]:
        """List the objects of a key; note all else, and those beyond the first hundred."""
        values = _values(place, name)
        if len(values) > _MOST_REPEATED:
            message = f"found {len(values)} values, expected at most {_MOST_REPEATED}; the rest is not read"
            self.issues.note("range", values[_MOST_REPEATED].path, message)
        return [value for value in values[:_MOST_REPEATED] if self.is_object(value, "an object")]

    def is_object(self, place: _Place, expected: str) -> bool:
        """Report whether a value is an object and more than a reference to another, and note if it is not."""
        is_object = type(place.value) is dict
        if is_object and "@id" in place.value and place.value.keys() <= {"@id", "@type", "type"}:
            message = "found only a reference by '@id', expected the object itself: frame the JSON-LD first"
            self.issues.note("type", place.path, message)
            return False
        if not is_object:
            self.issues.wrong("type", place_of(place.path), place.value, expected)
        return is_object

    def one(self, place: _Place, name: str) -> _Place | None:
        """Find the one value of a key; several values are an issue, and none is used."""
        values = _values(place, name)
        for more in values[1:]:
            self.issues.wrong("type", place_of(more.path), more.value, "one value, not several")
        return values[0] if len(values) == 1 else None

    def content(self, place: _Place, name: str) -> str | None:
        """Read the content of a claim, which is required."""
        if not _values(place, name):
            self.issues.note("missing", (*place.path, name), f"found no {describe(name)}, expected what is claimed")
        return self.text(place, name, PROSE)

    def text(self, place: _Place, name: str, rule: Text | Form) -> str | None:
        """Read the one string of a key, if there is one."""
        value = self.one(place, name)
        return None if value is None else self.checked(value, rule)

    def checked(self, place: _Place, rule: Text | Form) -> str | None:
        """Check a string without white space at its ends; text is read as a page would show it, addresses are not."""
        value = place.value
        if type(value) is str and isinstance(rule, Text):
            value = _resolved(value)
            value = re.sub("\r\n?", "\n", value) if rule is PROSE else re.sub("[ \t\r\n]+", " ", value)
        kept = checked(rule, value.strip() if type(value) is str else value, place.path, self.issues)
        return kept if type(kept) is str else None

    def language(self, place: _Place) -> str | None:
        """Read a language: its tag, or an object with the tag as its alternate name."""
        values = _values(place, "inLanguage")
        if values and type(values[0].value) is dict:
            return self.text(values[0], "alternateName", LANGUAGE)
        return self.text(place, "inLanguage", LANGUAGE)

    def date(self, place: _Place, name: str) -> PartialDate | None:
        """Read the one date of a key; a time of day and its zone are dropped."""
        value = self.one(place, name)
        if value is None:
            return None
        if type(value.value) is not str:
            self.issues.wrong("type", place_of(value.path), value.value, "a string")
            return None
        try:
            return PartialDate.parse(_SHORT_ZONE.sub(r"\g<1>0\2", value.value.strip()), dayfirst=self.dayfirst)
        except ValidationError as error:
            self.issues.note(error.issues[0].code, value.path, error.issues[0].message)
            return None

    def addresses(self, place: _Place, *names: str) -> tuple[str, ...]:
        """Read addresses, or works that have one, each once; a work without an address is left out."""
        found: list[str | None] = []
        for value in (value for name in names for value in _values(place, name)):
            if type(value.value) is not dict:
                found.append(self.checked(value, URL))
                continue
            ids = [id for id in _values(value, "@id") if type(id.value) is str and id.value.startswith("http")]
            found += [self.checked(url, URL) for url in _values(value, "url") or ids]
        return tuple(dict.fromkeys(filter(None, found)))

    def names(self, place: _Place) -> list[str]:
        """Read the names of a party, each once: a string is its own name."""
        values = [place]
        if type(place.value) is not str:
            values = _values(place, "name") if self.is_object(place, "a name or an object") else []
        return list(dict.fromkeys(filter(None, (self.checked(each, NAME) for each in values))))

    def publisher(self, place: _Place, name: str) -> str | None:
        """Read a publisher: its names, or else its site or address."""
        parties = _values(place, name)
        names = [name for party in parties for name in self.names(party)[:1]]
        if not names:
            objects = [party for party in parties if type(party.value) is dict]
            names = [self.text(each, "site", NAME) or self.text(each, "url", NAME) or "" for each in objects]
        return ", ".join(dict.fromkeys(filter(None, names))) or None

    def claim(
        self, content: str | None, place: _Place, claimant: str, date: str, *appearances: str
    ) -> tuple[Actor, Statement] | None:
        """Read a claim, with its claimant; None without content, or if a claimant is malformed."""
        actor = self.claimant(place, claimant)
        day, addresses = self.date(place, date), self.addresses(place, *appearances)
        if content is None or actor is None:
            return None
        return actor, Statement(id="claim-1", speaker=actor.id, content=content, date=day, appearances=addresses)

    def claimant(self, place: _Place, name: str) -> Actor | None:
        """Read the claimant of a key; several are one group, and None is malformed."""
        parties = [self.party(party) for party in _values(place, name)]
        if None in parties:
            return None
        named = list(dict.fromkeys(party for party in parties if party and not party.anonymous))
        if len(named) > 1:
            return _claimant(", ".join(party.name for party in named), kind=ActorKind.GROUP)
        return next(iter([*named, *filter(None, parties)]), _claimant(None))

    def party(self, place: _Place) -> Actor | None:
        """Read one claimant; None if its name is malformed."""
        before = self.issues.count
        names = self.names(place)
        if self.issues.count > before:
            return None
        if type(place.value) is str:
            return _claimant(names[0])
        roles = [role for job in _values(place, "jobTitle") for role in self.names(job)]
        types = _types(place)
        kinds = [_KINDS[name] for name in types if name in _KINDS]
        kinds += [ActorKind.ORGANIZATION for name in types if name.endswith("Organization")]
        return _claimant(
            names[0] if names else None,
            kind=kinds[0] if kinds else ActorKind.UNKNOWN,
            role=", ".join(dict.fromkeys(roles)) or None,
            aliases=names[1:],
            same_as=self.addresses(place, "sameAs"),
        )


def _claimant(name: str | None, **fields: Any) -> Actor:
    """Make the speaker of a claim, who is anonymous without a name."""
    return Actor(id="claimant-1", name=_UNNAMED if name is None else name, anonymous=name is None, **fields)


def _article(claim: tuple[Actor, Statement], about: dict[str, Any], number: int = 0) -> Article:
    """Make the article of a claim, with data about its review.

    Its id is made from the claim, its claimant and the address of the review, or else its publisher and title; all
    else may be corrected later. The number tells works apart in which one review finds the same claim.
    """
    import hashlib

    claimant, statement = claim
    name = None if claimant.anonymous else claimant.name
    place = about.get("url") or [about.get("publisher"), about.get("title")]
    digest = hashlib.sha256(json.dumps([statement.content, name, place, number]).encode()).hexdigest()
    return Article(id=f"claim-review-{digest[:16]}", actors=[claimant], statements=[statement], **about)
