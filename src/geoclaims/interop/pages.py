"""Write articles as a web page, with the pictures of `to_svg`."""

from __future__ import annotations

from collections.abc import Iterable

from geoclaims._arguments import each_of
from geoclaims._article import Article
from geoclaims._page.page import web_page
from geoclaims.interop.svg import drawing


def to_html(articles: Article | Iterable[Article]) -> str:
    """Write a page of one article or several, as one HTML file.

    It needs neither network nor scripts. The text, if the article has it, has
    its passages marked and numbered, with the statements beside it and the
    picture of `to_svg` below; paper has no picture. Where scripts run,
    pointing at a statement highlights what it denies and its denials, and the
    statements can be filtered.

    Args:
        articles: An article, or several, which get a table of contents.

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
    return "".join(web_page(list(each_of(articles, Article)), drawing))
