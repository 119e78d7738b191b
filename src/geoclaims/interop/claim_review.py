"""Fact checks by others, coming in: what they report to have been claimed.

A reviewer's rating is not taken over, as geoclaims has no field for what is true.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Final, TypeVar

from geoclaims._models.actors import Actor
from geoclaims._models.articles import Article
from geoclaims._models.statements import Statement
from geoclaims.interop.fact_checks import Claim, FactChecks, Party, Review

T = TypeVar("T")

_UNNAMED: Final = "someone whom the review does not name"


def from_claim_review(data: object) -> Article:
    """The claims that fact checks report, as an article: those who claim, and a plain statement for each claim.

    Reads what `json.load` makes of schema.org JSON-LD (a `ClaimReview`, an array or `@graph` with some, a `DataFeed`)
    and of answers of Google's Fact Check Tools API (`claims:search`, one of its claims, `pages`). The article has the
    address, title, publisher, day and language of the reviews, each where all reviews agree on it. The works in which
    a claim appears are actors in `reported_by`, the first appearance last. Nothing is guessed to be an allegation or
    a denial. What somebody "did not say" or "denied saying" is no statement of it: leave such reviews out, as nothing
    here can tell them from others.

    Args:
        data: What a JSON text stands for. What else there is in it, ratings too, is passed over.

    Raises:
        ValidationError: There is no claim in the data, or what is taken over is missing or malformed; the issues give
            each place in the data.

    >>> review = {
    ...     "@context": "https://schema.org",
    ...     "@type": "ClaimReview",
    ...     "url": "https://example.org/checks/1",
    ...     "claimReviewed": "Norland has sold its navy.",
    ...     "itemReviewed": {"@type": "Claim", "author": {"name": "Ada"}, "datePublished": "2031-05-06"},
    ...     "reviewRating": {"@type": "Rating", "alternateName": "False"},
    ... }
    >>> from_claim_review(review).statements
    (Statement(id='claim-1', speaker='claimant-1', content='Norland has sold its navy.', date=PartialDate(2031, 5, 6)),)
    """
    checks = FactChecks()
    checks.read(data)
    checks.issues.raise_if_any()
    actors: dict[Party | int, Actor] = {}
    statements = [_statement(number, claim, actors) for number, claim in enumerate(checks.claims, 1)]
    reviews = checks.reviews
    return Article(
        id=_article_id(checks.claims, reviews),
        title=_agreed(review.title for review in reviews),
        publisher=_agreed(review.publisher for review in reviews),
        url=_agreed(review.url for review in reviews),
        published=_agreed(review.published for review in reviews),
        language=_agreed(review.language for review in reviews),
        actors=list(actors.values()),
        statements=statements,
    )


def _statement(number: int, claim: Claim, actors: dict[Party | int, Actor]) -> Statement:
    works = [_actor_id(work, "appearance", actors) for work in claim.appearances]
    return Statement(
        id=f"claim-{number}",
        speaker=_actor_id(claim.claimant, "claimant", actors),
        content=claim.content,
        date=claim.date,
        # a work that is named again, as that of the first appearance, stands where it is named last
        reported_by=[work for place, work in enumerate(works) if work not in works[place + 1 :]],
    )


def _actor_id(party: Party | None, kind: str, actors: dict[Party | int, Actor]) -> str:
    """The id of the actor for a party: equal descriptions are one actor, and unnamed ones never are."""
    key = len(actors) if party is None else party
    if key not in actors:
        id = f"{kind}-{len(actors) + 1}"
        if party is None:
            actors[key] = Actor(id=id, name=_UNNAMED, anonymous=True)
        else:
            actors[key] = Actor(id=id, name=party.name, kind=party.kind, role=party.role, same_as=party.same_as)
    return actors[key].id


def _article_id(claims: Sequence[Claim], reviews: Sequence[Review]) -> str:
    """An id made from the addresses of the reviews, or from the claims where no review has one."""
    import hashlib

    known = [review.url for review in reviews if review.url is not None] or [claim.content for claim in claims]
    return f"claim-review-{hashlib.sha256(json.dumps(known).encode()).hexdigest()[:16]}"


def _agreed(values: Iterable[T | None]) -> T | None:
    """What all say, or None."""
    different = set(values)
    return different.pop() if len(different) == 1 else None
