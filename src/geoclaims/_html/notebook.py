"""Show models in a notebook: an article by its text and its statements, anything else by its fields."""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence
from typing import Final, TypeVar

from geoclaims._html.actors import list_of_actors
from geoclaims._html.cards import Sheet, card
from geoclaims._html.elements import text
from geoclaims._html.files import read
from geoclaims._html.heads import facts
from geoclaims._html.texts import marked
from geoclaims._model import Model, fields_given
from geoclaims._models.articles import Article
from geoclaims._models.statements import Allegation, Denial, Statement
from geoclaims._models.wording import NOTHING_OF_TRUTH, article_in_words, counted

_MOST: Final = 100

Thing = TypeVar("Thing")


def article_in_notebook(article: Article) -> str:
    """Show an article: its text with the passages marked, and the cards of what is said; the rest is folded away."""
    sheet = Sheet.of(article)

    def cards(statements: Sequence[Statement]) -> str:
        return "".join(card(sheet, statement) for statement in statements)

    others = [statement for statement in article.statements if not isinstance(statement, Allegation | Denial)]
    return _shown(
        f"<p><b>{text(article.title or article.id)}</b></p>",
        facts(article),
        f"<p>{article_in_words(article)} {NOTHING_OF_TRUTH}</p>",
        f"<details open><summary>Text</summary>{marked(sheet, article.text)}</details>" if article.text else "",
        _part("allegation", article.allegations, cards, opened=True),
        _part("denial", article.denials, cards),
        _part("other statement", others, cards),
        _part("actor", article.actors, lambda actors: list_of_actors(sheet, actors)),
    )


def object_in_notebook(thing: Model) -> str:
    """Show a statement on its card, with names instead of ids, if its article is in use; else show the fields."""
    if isinstance(thing, Statement):
        cards = {card(Sheet.of(article), thing) for article in _articles_of(thing)}
        if len(cards) == 1:  # where articles tell it differently, nothing says which of them is meant
            return _shown(*cards)
    fields = fields_given(thing)
    rows = (f'<tr><th scope="row">{name}</th><td>{_value(value)}</td></tr>' for name, value in fields)
    return _shown(f"<table><caption>{type(thing).__name__}</caption><tbody>{''.join(rows)}</tbody></table>")


def _articles_of(statement: Statement) -> Sequence[Article]:
    """Look for the articles that hold a statement; one that was changed shares what stayed with the one before.

    A statement does not know its article, and would be larger if it did. Only a notebook asks, once for what it shows,
    so Python may walk over all objects instead.
    """
    tuples = [holder for holder in gc.get_referrers(statement) if type(holder) is tuple]
    articles = (holder for holder in gc.get_referrers(*tuples) if type(holder) is Article)
    return [article for article in articles if any(statement is one for one in article.statements)]


def _shown(*parts: str) -> str:
    """Put what is shown on its own, where dollar signs and backslashes stay what they are.

    Notebooks typeset formulas in whatever they show. MathJax 3, as in JupyterLab, passes over the one class, and
    MathJax 2, as in pages that nbconvert makes, over the other.
    """
    style = f"<style>{read('claims.css')}</style>"
    return f'<div class="geoclaims tex2jax_ignore mathjax_ignore">{style}{"".join(parts)}</div>'


def _part(noun: str, things: Sequence[Thing], shown: Callable[[Sequence[Thing]], str], *, opened: bool = False) -> str:
    """Show things under their number, to be folded away; of very many the first."""
    rest = len(things) - _MOST
    more = f"<p>and {rest} more</p>" if rest > 0 else ""
    body = shown(things[:_MOST]) if things else ""
    return f"<details{' open' * opened}><summary>{counted(len(things), noun)}</summary>{body}{more}</details>"


def _value(value: object) -> str:
    return "<br>".join(map(text, value)) if isinstance(value, tuple) else text(value)
