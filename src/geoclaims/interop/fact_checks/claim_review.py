"""Read fact checks by others: the claims that they report.

A reviewer's rating is not read, because geoclaims has no field for what is true.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from typing import Final, TypeVar

from geoclaims._actors import Actor
from geoclaims._article import Article
from geoclaims._errors import Issue, Issues, ValidationError, check_order_of_dates
from geoclaims._json.lines import with_handled_errors
from geoclaims._messages import JSON
from geoclaims._statements import Statement
from geoclaims.interop.fact_checks.linked_data import is_text
from geoclaims.interop.fact_checks.reviews import Claim, FactChecks, Review
from geoclaims.interop.fact_checks.values import Party
from geoclaims.interop.fact_checks.web_pages import parse_scripts, scripts_in, with_positions_in_page

T = TypeVar("T")

_UNNAMED: Final = "someone whom the review does not name"

Check = tuple[Claim, Review]


def read_claim_reviews(
    data: object, *, dayfirst: bool | None = None, on_error: Callable[[ValidationError], object] | None = None
) -> Iterator[Article]:
    """Read fact checks, each as an article.

    The data are schema.org JSON-LD with a `ClaimReview` anywhere, answers of
    Google's Fact Check Tools API (`claims:search`, its claims, `pages`), or the
    text of a web page with scripts of the type `application/ld+json`. Each
    claim becomes a plain statement by the claimant, never an allegation or a
    denial. A claim without a review is an article too. No rating is read.

    What somebody "did not say" or "denied saying" is not a claim: remove such
    reviews first.

    Args:
        data: The document, as `json.load` parses it, or a web page as a string.
            Everything else in it is ignored.
        dayfirst: As for `PartialDate.parse`.
        on_error: Called with the error of each review in which something is
            wrong, and of each script that is not JSON; without it the first is
            raised. Malformed values are left out, and so is a claim without
            content or with a malformed claimant.

    Raises:
        ValidationError: There is neither a review nor a claim in the data, or
            no such script in the page (`missing`), a value that is read is
            missing or malformed, or `dayfirst` is not a boolean (`type`).
            Places in a page begin with the number of the script, from 0.
        TypeError: `on_error` is not a function.

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
    results = _results_of_page(data, dayfirst=dayfirst) if is_text(data) else _results(data, dayfirst=dayfirst)
    return with_handled_errors(results, on_error)


def from_claim_review(data: object) -> Article:
    """Read the claims of all fact checks in a document as one article.

    It has a plain statement for each claim. The article takes its address,
    title, publisher, day and language from the reviews, each where all agree on
    it.

    What somebody "did not say" or "denied saying" is not a claim: remove such
    reviews first.

    Args:
        data: A document as for `read_claim_reviews`, but no web page.

    Raises:
        ValidationError: There is no claim in the data, or a value that is read
            is missing or malformed.

    >>> from geoclaims.interop.fact_checks.claim_review import from_claim_review
    >>> review = {
    ...     "@type": "ClaimReview",
    ...     "claimReviewed": "Norland has sold its navy.",
    ...     "itemReviewed": {"author": {"name": "Norland"}},
    ... }
    >>> [claim] = from_claim_review(review).statements
    >>> claim.speaker, claim.content
    ('claimant-1', 'Norland has sold its navy.')
    """
    issues = Issues(data, words=JSON)
    checks: list[Check] = []
    noted: set[Issue] = set()
    for finding in FactChecks(data).read():
        checks += finding.checks
        error = finding.issues.error()
        for issue in error.issues:
            if issue not in noted:  # many references to a node would find the same issue
                issues.note(issue.code, issue.path, issue.message)
                noted.add(issue)
        issues.count += error.omitted
    issues.raise_if_any()
    return _article(checks)


def _results_of_page(page: str, *, dayfirst: bool | None) -> Generator[Article | ValidationError]:
    """Yield the errors and articles of a web page; the errors of scripts that are not JSON come first."""
    scripts = list(scripts_in(page))
    if not scripts:
        message = "found no script of the type application/ld+json, expected a web page that has one"
        hint = "" if page.lstrip("\ufeff").lstrip().startswith("<") else "; json.loads parses JSON"
        yield ValidationError([Issue("missing", (), f"{message}{hint}")])
        return
    documents, unread = parse_scripts(scripts)
    yield from unread
    if len(unread) < len(scripts):
        results = list(_results(documents, dayfirst=dayfirst))
        placed = iter(with_positions_in_page([each for each in results if isinstance(each, ValidationError)], scripts))
        yield from (next(placed) if isinstance(each, ValidationError) else each for each in results)


def _results(data: object, *, dayfirst: bool | None) -> Generator[Article | ValidationError]:
    """Yield for each review its error, if any, and the articles that can be made from it anyway."""
    for finding in FactChecks(data, dayfirst=dayfirst).read():
        if finding.issues.count:
            yield finding.issues.error()
        for check in finding.checks:
            yield _article([check])


def _article(checks: Sequence[Check]) -> Article:
    """Make the article for some claims; a claim that several reviews share is one statement."""
    actors: dict[Party | int, Actor] = {}
    claims = dict.fromkeys(claim for claim, _ in checks)
    reviews = [review for _, review in checks if review != Review()]
    statements = [
        Statement(
            id=f"claim-{number}",
            speaker=_speaker(claim.claimant, actors),
            content=claim.content,
            date=claim.date,
            appearances=claim.appearances,
        )
        for number, claim in enumerate(claims, 1)
    ]
    return Article(
        id=_article_id(checks),
        title=_agreed(review.title for review in reviews),
        publisher=_agreed(review.publisher for review in reviews),
        url=_agreed(review.url for review in reviews),
        published=_agreed(review.published for review in reviews),
        language=_agreed(review.language for review in reviews),
        actors=list(actors.values()),
        statements=statements,
    )


def _speaker(party: Party, actors: dict[Party | int, Actor]) -> str:
    """Find the id of the actor for a party: equal descriptions are one actor, except without a name."""
    key = len(actors) if party.name is None else party
    if key not in actors:
        actors[key] = Actor(
            id=f"claimant-{len(actors) + 1}",
            name=_UNNAMED if party.name is None else party.name,
            kind=party.kind,
            role=party.role,
            anonymous=party.name is None,
            aliases=party.aliases,
            same_as=party.same_as,
        )
    return actors[key].id


def _article_id(checks: Sequence[Check]) -> str:
    """Make an id from the claim, the claimant and the address of the review; all else may be corrected later."""
    import hashlib

    digest = hashlib.sha256()
    for claim, review in checks:
        place = review.url or [review.publisher, review.title]
        digest.update(json.dumps([claim.content, claim.claimant.name, place, claim.number]).encode())
    return f"claim-review-{digest.hexdigest()[:16]}"


def _agreed(values: Iterable[T | None]) -> T | None:
    """Return the value that all have in common, or None."""
    different = set(values)
    return different.pop() if len(different) == 1 else None
