"""Write drafts: annotations that quote their passages."""

from __future__ import annotations

from typing import Any

import attrs

from geoclaims._article import Article
from geoclaims._errors import AnchorError, Issue, invalid
from geoclaims._json.documents import to_dict
from geoclaims._json.format import PASSAGES
from geoclaims._passages.quoting import Quote, QuotedText


def to_draft(article: Article) -> dict[str, Any]:
    """Turn an article with its text into a draft, which quotes its passages.

    `read_draft` turns the draft back into the same article. A passage is a
    string if its words are enough to find it. Otherwise it is an object, with
    up to 64 characters of the text before and after it if these are enough, and
    with its start if they are not. A draft is thus in proportion to its article
    and the sum of its passages: words of overlapping passages are repeated.

    Raises:
        AnchorError: The article has no text; `Article.with_text` attaches one
            (`span`).
        ValidationError: `article` is not an article (`type`).

    >>> from geoclaims import Actor, Article, Span, Statement
    >>> from geoclaims.annotation import to_draft
    >>> text = "No, she said. No, he said, and no again."
    >>> span = Span.of(text, 14, 25)
    >>> he = Actor(id="he", name="he")
    >>> no = Statement(id="s1", speaker="he", content="No.", spans=[span])
    >>> article = Article(id="example", actors=[he], statements=[no], text=text)
    >>> to_draft(article)["statements"][0]["passages"]
    ['No, he said']
    """
    if type(article) is not Article:
        raise invalid("type", (), article, "an Article")
    if article.text is None:
        message = "found no text, expected an article with its text attached: see Article.with_text"
        raise AnchorError([Issue("span", ("text",), message)])
    draft = to_dict(attrs.evolve(article, text=None))
    text = QuotedText.of(article.text)
    for statement, written in zip(article.statements, draft.get("statements", ()), strict=True):
        if statement.spans:
            del written["spans"]
            written[PASSAGES] = [_passage(text.quote(span.start, span.end)) for span in statement.spans]
    return draft


def _passage(quote: Quote) -> str | dict[str, Any]:
    """Write a passage: its words alone if nothing else is needed to find them."""
    given = {name: value for name, value in attrs.asdict(quote).items() if value not in {"", None}}
    return quote.exact if len(given) == 1 else given
