"""Write articles as one HTML file that shows who said what, where, and who denies it."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from html import escape
from typing import Final

from geoclaims._article import Article
from geoclaims._messages import cut, visible
from geoclaims._page.cards import Sheet, actor_list, cards, fact_list
from geoclaims._page.colours import COLOURS, Shade
from geoclaims._page.elements import address, attribute, language, read, text
from geoclaims._page.marked_text import marked
from geoclaims._view.article import ActorView, ArticleView, view_of
from geoclaims._view.wording import (
    NOTHING_OF_TRUTH,
    TYPES,
    WHOSE_WORDS,
    article_in_words,
    counted,
    heading_of,
    shown_again,
    source_of,
    title_of,
)
from geoclaims._view.writing import Words
from geoclaims.corpus._corpus import Corpus, articles_of

_LONGEST_OPTION: Final = 60
"""A longer option in a list would make the page wider than a phone."""

_AT_THE_END: Final = frozenset({"language", "id"})
"""The facts that follow the actors; the others stand below the title."""

_WHAT_IT_IS: Final = (
    f"What is marked here, and what answers what, is how an annotator reads the article. {WHOSE_WORDS} "
    "Page made with geoclaims."
)


def to_html(articles: Article | Iterable[Article] | Corpus) -> str:
    """Write a page of one article or several, as one HTML file.

    It needs neither network nor scripts. The text, if the article has it, has
    its passages marked and numbered, with the statements beside it. Where
    scripts run, pointing at a statement highlights what it denies and its
    denials, and the statements can be filtered.

    Args:
        articles: An article, or several, which get a table of contents. Of a
            corpus, what its links say of statements is shown beside each.

    Returns:
        An HTML document whose content security policy allows only its own style
        and script. Names, contents and texts stay text.

    Raises:
        TypeError: `articles` are not articles.

    >>> from geoclaims import load_article
    >>> from geoclaims.interop import to_html
    >>> page = to_html(load_article())
    >>> page.count('<article class="card')
    22
    """
    return "".join(_page(list(articles_of(articles)), articles if isinstance(articles, Corpus) else None))


def _page(articles: Sequence[Article], corpus: Corpus | None) -> Iterator[str]:
    """Yield a page of some articles piece by piece."""
    number = len(articles)
    title = _title(articles)
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
        f'<meta name="color-scheme" content="light dark">\n'
        f"<title{language(title)}>{escape(visible(str(title)))}</title>\n"
        f'{_preview(articles, title)}<style>{style}</style>\n</head>\n<body class="geoclaims">\n'
    )
    if number != 1:
        yield from _contents(articles, title, corpus)
    yield "<main>\n"
    seen: set[str] = set()
    for place, article in enumerate(articles, 1):  # of those with the same id, the first has the anchors
        anchors = None if article.id in seen else f"{article.id}/" if number != 1 else ""
        yield _section(view_of(article, corpus), place, anchors, several=number != 1)
        seen.add(article.id)
    yield f"</main>\n<footer>{_WHAT_IT_IS}</footer>\n<script>{script}</script>\n</body>\n</html>\n"


def _title(articles: Sequence[Article]) -> str | Words:
    """Return what a page is called; of a report without a title all is English."""
    if len(articles) != 1:
        return counted(len(articles), "article")
    title = title_of(articles[0])
    return title[0] if len(title) == 1 else heading_of(articles[0])


def _preview(articles: Sequence[Article], title: str | Words) -> str:
    """Describe a page to whoever receives a link to it; nothing is fetched for that."""
    told = [heading_of(article) for article in articles]
    if len(articles) == 1:
        told = [", ".join(map(str, source_of(articles[0]))), article_in_words(articles[0])]
    described = f"{shown_again('; '.join(filter(None, told)))} {NOTHING_OF_TRUTH}".strip()
    titled = f'<meta property="og:title"{language(title)} content={attribute(shown_again(str(title)))}>\n'
    return f'<meta name="description" property="og:description" content={attribute(described)}>\n{titled}'


def _section(view: ArticleView, number: int, anchors: str | None, *, several: bool) -> str:
    """Show an article: its text, its statements, and its actors."""
    prefix = f"-a{number}"
    heading, below, head = ("h2", "h3", "h4") if several else ("h1", "h2", "h3")
    sheet = Sheet(view, prefix, anchors, head)
    key, shown, titled = _key(view, prefix), cards(sheet, view.statements), f"<{below}>Statements</{below}>\n"
    if view.text is None:
        body = f'{titled}{key}<div class="cards">{shown}</div>\n'
    else:
        region = f'tabindex="0" role="region"{_labelled("Statements of", prefix, "c")}'
        pane = f'<div class="cards" {region}>{titled}{shown}</div>'
        body = f'{key}<div class="reader">{marked(sheet)}{pane}</div>\n'
    return (
        f'<section class="article" id="{prefix}" aria-labelledby="{prefix}-h" dir="{view.direction}">\n'
        f'<{heading} id="{prefix}-h">{", ".join(map(text, view.title))}</{heading}>\n{_about(sheet)}{body}'
        f"<{below}>Actors</{below}>\n{actor_list(sheet, view.actors)}\n"
        f"{fact_list(sheet, (fact for fact in view.facts if fact.field in _AT_THE_END))}\n</section>\n"
    )


def _labelled(words: str, prefix: str, name: str) -> str:
    """Label an element of the section with a prefix by words of ours and the heading, each in its language."""
    return f' id="{prefix}-{name}" aria-label="{words}" aria-labelledby="{prefix}-{name} {prefix}-h"'


def _about(sheet: Sheet) -> str:
    """Say where an article stands, as a newspaper does, who annotated it, and what is shown."""
    view = sheet.view
    facts = {fact.field: fact.values[0] for fact in view.facts}
    addresses = (
        f"<bdi>{before}{address(facts[field], in_short=True)}</bdi>"
        for field, before in (("url", ""), ("archived_at", "archived at "))
        if field in facts
    )
    unknown = "" if {"publisher", "published"} & facts.keys() else "<bdi>Publisher and date not given</bdi>"
    source = " · ".join(filter(None, [", ".join(map(text, view.source)) or unknown, *addresses]))
    about = " ".join([*(f"{sheet.shown(each)}." for each in view.annotated), view.counts, NOTHING_OF_TRUTH])
    return f'<p class="source">{source}</p>\n<p class="about"><bdi>{about}</bdi></p>\n'


def _key(view: ArticleView, prefix: str) -> str:
    """List the types that there are, each with its line and letter, and the actors; a script makes controls of them."""
    types = "".join(
        f'<label class="key {type}"><input type="checkbox" value="{type}" checked hidden>'
        f"<span><i></i>{noun.capitalize()}s</span></label>"
        for type, noun in TYPES.items()
        if any(statement.type == type for statement in view.statements)
    )
    options = "".join(map(_option, view.actors))
    return (
        f'<form class="filters"{_labelled("What is shown of", prefix, "f")}><span class="types">{types}</span>'
        f'<label class="actor" hidden>by or against <select><option value="">anyone</option>{options}'
        "</select></label><output hidden></output></form>\n"
    )


def _option(actor: ActorView) -> str:
    principal = f" data-for={attribute(actor.on_behalf_of)}" if actor.on_behalf_of else ""
    name = escape(cut(visible(actor.words), _LONGEST_OPTION))
    return f'<option{language(actor)} dir="auto" value={attribute(actor.id)}{principal}>{name}</option>'


def _contents(articles: Sequence[Article], title: str | Words, corpus: Corpus | None) -> Iterator[str]:
    """List several articles, each with its publisher and date, and say who joined what they tell."""
    yield f"<header><h1>{title}</h1>"
    if corpus and corpus.links:
        who = sorted({link.annotator for link in corpus.links if link.annotator}) or ["an annotator"]
        yield f'<p class="about">What is joined across reports (↗) was decided by {", ".join(map(text, who))}.</p>'
    yield '<nav aria-label="Articles"><ol>'
    for place, article in enumerate(articles, 1):
        title, *_ = title_of(article, shown_again)
        source = "".join(f"{text(each)} · " for each in source_of(article, shown_again))
        yield f'<li><a href="#-a{place}">{text(title)}</a><p class="about">{source}{article_in_words(article)}</p></li>'
    yield "</ol></nav></header>\n"


def _hash(content: str) -> str:
    """Hash a style or a script for the content security policy."""
    return f"sha256-{b64encode(sha256(content.encode()).digest()).decode()}"


def _colours() -> str:
    """Define the colours, for light and dark pages and for paper."""
    shades: tuple[Shade, ...] = ("light", "dark")
    light, dark = ("".join(f"--{name}:{colour[shade]};" for name, colour in COLOURS.items()) for shade in shades)
    return f"body.geoclaims{{{light}}}@media screen and (prefers-color-scheme:dark){{body.geoclaims{{{dark}}}}}\n"
