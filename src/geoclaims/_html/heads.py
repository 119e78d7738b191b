"""Show the fields of an article: its address, date, annotator and so on."""

from __future__ import annotations

from geoclaims._article import Article
from geoclaims._html.cards import address
from geoclaims._html.elements import text


def facts(article: Article) -> str:
    """List everything known about an article as a whole, except its title."""
    known = {
        "id": text(article.id) if article.title else None,
        "publisher": article.publisher and text(article.publisher),
        "published": article.published and text(article.published),
        "address": article.url and address(article.url),
        "archived": article.archived_at and address(article.archived_at),
        "annotator": article.annotator and text(article.annotator),
        "language": article.language and text(article.language),
    }
    told = "".join(f"<div><dt>{name}</dt><dd>{fact}</dd></div>" for name, fact in known.items() if fact)
    return f'<dl class="facts">{told}</dl>' if told else ""
