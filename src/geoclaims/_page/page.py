"""Write articles as one HTML file that shows who said what, where, and who denies it."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Iterator
from hashlib import sha256
from html import escape
from typing import Final, Protocol

from geoclaims._actors import Actor
from geoclaims._article import Article
from geoclaims._messages import cut
from geoclaims._page.cards import LONGEST_ON_CARD, Sheet, actor_list, card, fact_list
from geoclaims._page.colours import COLOURS, Shade
from geoclaims._page.elements import attribute, line, plain, read, text
from geoclaims._page.marked_text import marked
from geoclaims._view.words import NOTHING_OF_TRUTH, article_in_words, counted, heading_of, repeated


class Articles(Protocol):
    """Articles that can be counted and read again and again, as those of a list can."""

    def __len__(self) -> int:
        """Count them."""
        ...

    def __iter__(self) -> Iterator[Article]:
        """Read them from the first."""
        ...


Draw = Callable[[Article, int, str], str]
"""Draws the picture of an article at a width in pixels; its ids begin with a prefix."""

_WIDE: Final = 888
_STACKED: Final = 340
_LONGEST_OPTION: Final = 60
"""A longer option in a list would make the page wider than a phone."""

_TYPES: Final = (("allegation", "Allegations"), ("denial", "Denials"), ("statement", "Others"))


def web_page(articles: Articles, draw: Draw) -> Iterator[str]:
    """Yield a page of one article or several piece by piece, with pictures by a function that draws them.

    The table of contents stands before the articles, so that they are read several times. Memory is needed for one
    article and the ids of all.
    """
    number = len(articles)
    title = heading_of(next(iter(articles))) if number == 1 else counted(number, "article")
    style = f"{_colours()}{read('claims.css')}{read('page.css')}"
    script = read("page.js")
    policy = (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    yield (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta name="color-scheme" content="light dark">\n<title>{escape(plain(title))}</title>\n'
        f'<style>{style}</style>\n</head>\n<body class="geoclaims">\n'
    )
    if number != 1:
        yield from _contents(articles, title)
    yield "<main>\n"
    seen: set[str] = set()
    for place, article in enumerate(articles, 1):  # of those with the same id, the first has the anchors
        yield _section(article, draw, place, several=number != 1, anchored=article.id not in seen)
        seen.add(article.id)
    yield f"</main>\n<script>{script}</script>\n</body>\n</html>\n"


def _section(article: Article, draw: Draw, number: int, *, several: bool, anchored: bool) -> str:
    """Show an article: its text and statements, its picture, and its actors."""
    heading, below, head = ("h2", "h3", "h4") if several else ("h1", "h2", "h3")
    anchors = (f"{article.id}/" if several else "") if anchored else None
    sheet = Sheet.of(article, f"-a{number}", anchors, head)
    title = cut(heading_of(article), LONGEST_ON_CARD)
    name = f"{number}, {title}" if several else title
    cards = "".join(card(sheet, statement) for statement in sheet.statements)
    wide, stacked = draw(article, _WIDE, f"{sheet.prefix}-wide"), draw(article, _STACKED, f"{sheet.prefix}-stacked")
    # the style sheet shows the picture that fits
    picture = (
        f"<{below}>Picture</{below}>\n"
        f'<figure><div class="wide">{wide}</div><div class="stacked">{stacked}</div></figure>\n'
    )
    if article.text is None:
        parts = [
            picture,
            f"<{below}>Statements</{below}>\n",
            _key(article, name),
            f'<div class="cards">{cards}</div>\n',
        ]
    else:
        label = attribute(f"Statements of {name}")
        reader = (
            f'<div class="reader">{marked(sheet, article.text)}'
            f'<div class="cards" tabindex="0" role="region" aria-label={label}>{cards}</div></div>\n'
        )
        parts = [_key(article, name), f'<{below} class="unseen">Text and statements</{below}>\n', reader, picture]
    return (
        f'<section class="article" id="{sheet.prefix}" aria-label={attribute(name)}>\n'
        f"<{heading}{line(heading_of(article))}</{heading}>\n{fact_list(article)}\n"
        f'<p class="counts">{article_in_words(article)} {NOTHING_OF_TRUTH}</p>\n{"".join(parts)}'
        f"<{below}>Actors</{below}>\n{actor_list(sheet, article.actors)}\n</section>\n"
    )


def _key(article: Article, name: str) -> str:
    """List the types, each with its line and letter, and the actors; the script makes controls of them."""
    types = "".join(
        f'<label class="key {type}"><input type="checkbox" value="{type}" checked hidden>'
        f"<span><i></i>{name}</span></label>"
        for type, name in _TYPES
    )
    options = "".join(_option(actor) for actor in article.actors)
    return (
        f'<form class="filters" aria-label={attribute(f"What is shown of {name}")}><span class="types">{types}</span>'
        f'<label class="actor" hidden>by or against <select><option value="">anyone</option>{options}'
        "</select></label><output hidden></output></form>\n"
    )


def _option(actor: Actor) -> str:
    principal = f" data-for={attribute(actor.on_behalf_of)}" if actor.on_behalf_of else ""
    name = escape(plain(cut(actor.name, _LONGEST_OPTION)))
    return f"<option value={attribute(actor.id)}{principal}>{name}</option>"


def _contents(articles: Articles, title: str) -> Iterator[str]:
    """List several articles."""
    yield f'<header><h1>{title}</h1><nav aria-label="Articles"><ol>'
    for place, article in enumerate(articles, 1):
        yield f'<li><a href="#-a{place}">{text(repeated(heading_of(article)))}</a> {article_in_words(article)}</li>'
    yield "</ol></nav></header>\n"


def _hash(content: str) -> str:
    """Hash a style or a script for the content security policy."""
    return f"sha256-{b64encode(sha256(content.encode()).digest()).decode()}"


def _colours() -> str:
    """Define the colours, for light and dark pages and for paper."""
    return f"{_named('light')}@media screen and (prefers-color-scheme:dark){{{_named('dark')}}}\n"


def _named(shade: Shade) -> str:
    return f"body.geoclaims{{{''.join(f'--{name}:{colour.on(shade)};' for name, colour in COLOURS.items())}}}"
