"""List what each outlet reports against a party, and by whom it reports a denial."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from geoclaims import Article


def identity(article: Article, id: str) -> str:
    """Return what an actor is known by in all articles: an address, or else an article and an id."""
    actor = article.actor(id)
    return actor.same_as[0] if actor.same_as else f"{article.id}/{id}"


def story(articles: Iterable[Article], party: str) -> Iterator[dict[str, Any]]:
    """Yield a row for each claim against a party, which is named by an address."""
    for article in articles:
        actors = [each for each in article.actors if party in each.same_as]
        claims = {claim.id: claim for each in actors for claim in article.against(each)}
        for claim in claims.values():
            deniers = [denial.speaker for denial in article.denials_of(claim)]
            yield {
                "outlet": article.publisher or article.id,
                "accuser": identity(article, claim.speaker),
                "claim": " ".join(claim.labels) or claim.content,
                "denied_by": [article.actor(id).name for id in deniers],
            }
