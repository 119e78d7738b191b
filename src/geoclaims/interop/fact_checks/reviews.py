"""Read fact checks in each of their formats: the claims that they report, and data about themselves.

Optional values that are malformed are noted with their place, and left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import attrs

from geoclaims._actors import ActorKind
from geoclaims._dates import PartialDate
from geoclaims._errors import Issues
from geoclaims._json.text import DEEPEST
from geoclaims._messages import JSON
from geoclaims._rules import NAME, URL
from geoclaims.interop.fact_checks.linked_data import Document, Placed, SpentError, as_builtins
from geoclaims.interop.fact_checks.values import Party, Values


@attrs.frozen
class Claim:
    """A claim that somebody is said to have made."""

    content: str
    claimant: Party
    date: PartialDate | None
    appearances: tuple[str, ...]
    number: int = 0
    """The number of this work among those in which one review finds the same claim."""

    def size(self) -> int:
        """Count the characters that are copied to an article."""
        texts = (self.content, self.claimant.name, self.claimant.role)
        lists = (self.appearances, self.claimant.aliases, self.claimant.same_as)
        return sum(map(len, filter(None, texts))) + sum(len(text) for texts in lists for text in texts)


@attrs.frozen
class Review:
    """The data of a fact check about itself."""

    url: str | None = None
    title: str | None = None
    publisher: str | None = None
    published: PartialDate | None = None
    language: str | None = None

    def size(self) -> int:
        """Count the characters that are copied to an article."""
        return sum(map(len, filter(None, (self.url, self.title, self.publisher, self.language))))


@attrs.frozen
class Finding:
    """The result for one review: claims with their reviews, and the issues."""

    checks: Sequence[tuple[Claim, Review]]
    issues: Issues


@attrs.frozen
class _Names:
    """The keys of one format of the data; several names are tried in turn, and without a name there is no value."""

    content: str
    claimant: str
    date: str
    appearances: tuple[str, ...]
    title: tuple[str, ...]
    publishers: tuple[str, ...]
    published: str
    language: str


_SCHEMA_ORG: Final = _Names(
    content="claimReviewed",
    claimant="author",
    date="datePublished",
    appearances=("url", "appearance", "firstAppearance"),
    title=("headline", "name"),
    publishers=("publisher", "author"),
    published="datePublished",
    language="inLanguage",
)
_SEARCH: Final = _Names(
    content="text",
    claimant="claimant",
    date="claimDate",
    appearances=(),
    title=("title",),
    publishers=("publisher",),
    published="reviewDate",
    language="languageCode",
)
_PAGES: Final = _Names(
    content="claimReviewed",
    claimant="claimAuthor",
    date="claimDate",
    appearances=("claimAppearances", "claimFirstAppearance"),
    title=(),
    publishers=("claimReviewAuthor",),
    published="publishDate",
    language="",
)


class FactChecks:
    """Reads data in any of the formats, one review after another."""

    def __init__(self, data: object, *, dayfirst: bool | None = None) -> None:
        """Begin to read; `dayfirst` is that of `PartialDate.parse`."""
        self._document: Final = Document(data)
        self._values: Final = Values(self._document, Issues(data, words=JSON), dayfirst)

    def read(self) -> Iterator[Finding]:
        """Read each review once, wherever it is: a review that was read before gives no claims again.

        Answers of Fact Check Tools are recognised by their keys; everything else is JSON-LD.
        """
        root = self._document.root
        met: set[tuple[Claim, Review]] = set()
        nothing = True
        if type(root.value) not in {dict, list}:
            self._values.issues.wrong(
                "type", (), root.value, "an object or array, as json.load gives it, or the text of a web page"
            )
            yield self._found()
            return
        place = root
        try:
            for place, stopped in self._document.containers(stops=self._is_read):
                for finding in self._read(place) if stopped else ():
                    nothing = False
                    checks = [check for check in finding.checks if check not in met]
                    met.update(checks)
                    yield attrs.evolve(finding, checks=checks)
        except SpentError:
            message = "found references that repeat far more than the data holds, expected no more than its size allows"
            self._values.issues.note("range", place.path, f"{message}; reading ends here")
            yield self._found()
            return
        if nothing:
            self._values.issues.note("missing", (), "found no review and no claim, expected at least one")
            yield self._found()

    def _is_read(self, place: Placed) -> bool:
        """Report whether a review or claims begin here."""
        value = place.value
        if type(value) is not dict or self._document.is_reference(place):
            return False
        if "@type" in value or "type" in value:
            return "ClaimReview" in self._document.types(place)
        if any(self._holds_linked(value.get(name)) for name in ("claims", "claimReview")):
            return False  # a page of JSON-LD with reviews under this key
        return not value.keys().isdisjoint(
            ("claims", "claimReview", "claimReviewMarkupPages", "claimReviewMarkups")
        ) or ("text" in value and not value.keys().isdisjoint(("claimant", "claimDate")))

    def _holds_linked(self, value: object) -> bool:
        """Report whether the first object of a key is a review in JSON-LD."""
        value = as_builtins(value)
        first = as_builtins(value[0]) if type(value) is list and value else value
        return type(first) is dict and "ClaimReview" in self._document.types(Placed(first, ()))

    def _read(self, place: Placed) -> Iterator[Finding]:
        value = place.value
        if len(place.path) >= DEEPEST:
            limit = f"no more than {DEEPEST} open arrays and objects"
            self._values.issues.note("depth", place.path, f"found another array or object, expected {limit}")
            yield self._found()
        elif "@type" in value or "type" in value:
            yield self._read_linked(place)
        elif "claims" in value:
            for claim in self._document.values(place, "claims"):
                yield from self._read_searched(claim)
        elif "claimReviewMarkupPages" in value:
            for page in self._document.values(place, "claimReviewMarkupPages"):
                yield from self._read_page(page)
        elif "claimReviewMarkups" in value:
            yield from self._read_page(place)
        else:
            yield from self._read_searched(place)

    def _found(self, *checks: tuple[Claim, Review]) -> Finding:
        """Return what was found so far, and begin again with no issues.

        Raises:
            SpentError: The budget is spent, because references repeat too much of the data.
        """
        for claim, review in checks:
            self._document.spend(claim.size() + review.size())
        finding = Finding(checks, self._values.issues)
        self._values.issues = finding.issues.emptied()
        return finding

    def _read_linked(self, place: Placed) -> Finding:
        """Read a review in JSON-LD; it gives a claim for each work that it reviews."""
        review = self._review(place, _SCHEMA_ORG)
        works = [work for work in self._document.values(place, "itemReviewed") if self._values.is_object(work)]
        content = self._values.content(place, _SCHEMA_ORG.content)
        works = works or [Placed({}, place.path)]
        claims = [self._claim(content, work, _SCHEMA_ORG, number) for number, work in enumerate(works)]
        return self._found(*((claim, review) for claim in claims if claim))

    def _read_searched(self, place: Placed) -> Iterator[Finding]:
        """Read a claim in an answer of a search; each of its reviews reports it separately."""
        if not self._values.is_object(place):
            yield self._found()
            return
        claim = self._claim(self._values.content(place, _SEARCH.content), place, _SEARCH)
        reviews = [review for review in self._document.values(place, "claimReview") if self._values.is_object(review)]
        if claim is None or not reviews:
            yield self._found(*([] if claim is None else [(claim, Review())]))
            return
        for review in reviews:
            yield self._found((claim, self._review(review, _SEARCH)))

    def _read_page(self, place: Placed) -> Iterator[Finding]:
        """Read a page of markup; each of its claims may have its own address."""
        if not self._values.is_object(place):
            yield self._found()
            return
        review = self._review(place, _PAGES)
        markups = self._document.values(place, "claimReviewMarkups")
        if not markups:
            path = (*place.path, "claimReviewMarkups")
            self._values.issues.note("missing", path, "found no claim on this page, expected at least one")
            yield self._found()
        for markup in markups:
            claim = None
            if self._values.is_object(markup):
                claim = self._claim(self._values.content(markup, _PAGES.content), markup, _PAGES)
            if claim is None:
                yield self._found()
            else:
                url = self._values.text(markup, "url", URL) or self._values.text(place, "pageUrl", URL)
                yield self._found((claim, attrs.evolve(review, url=url)))

    def _claim(self, content: str | None, place: Placed, names: _Names, number: int = 0) -> Claim | None:
        """Read the other values of a claim; return no claim without content, or if a claimant is malformed."""
        parties = [self._values.claimant(claimant) for claimant in self._document.values(place, names.claimant)]
        date = self._values.date(place, names.date)
        appearances = [url for name in names.appearances for url in self._values.addresses(place, name)]
        if content is None or None in parties:
            return None
        named = dict.fromkeys(party for party in parties if party and party.name)
        claimant = next(iter([*named, *filter(None, parties)]), Party(None))
        if len(named) > 1:  # joint speakers are one group
            claimant = Party(", ".join(party.name or "" for party in named), ActorKind.GROUP)
        return Claim(content, claimant, date, tuple(dict.fromkeys(appearances)), number)

    def _review(self, place: Placed, names: _Names) -> Review:
        titles = (self._values.text(place, name, NAME) for name in names.title)
        publishers = (self._values.publisher(place, name) for name in names.publishers)
        return Review(
            url=self._values.text(place, "url", URL),
            title=next(filter(None, titles), None),
            publisher=next(filter(None, publishers), None),
            published=self._values.date(place, names.published),
            language=self._values.language(place, names.language),
        )
