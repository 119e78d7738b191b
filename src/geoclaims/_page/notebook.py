"""Show models in a notebook: an article by its text and its statements, anything else by its fields."""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence
from typing import Final, TypeVar

from geoclaims._article import Article
from geoclaims._model import Model, fields_given
from geoclaims._page.cards import Sheet, actor_list, card, fact_list
from geoclaims._page.elements import address, read, text
from geoclaims._page.marked_text import marked
from geoclaims._statements import Allegation, Denial, Statement
from geoclaims._view.words import ADDRESSES, NOTHING_OF_TRUTH, article_in_words, counted, heading_of

_MOST: Final = 100

Thing = TypeVar("Thing")


def view_in_notebook(thing: Model) -> str:
    """Show an object as the output of a cell."""
    return article_in_notebook(thing) if isinstance(thing, Article) else object_in_notebook(thing)


def article_in_notebook(article: Article) -> str:
    """Show an article: its text with marked passages, and the cards of its statements; the rest is collapsed."""
    sheet = Sheet.of(article)

    def cards(statements: Sequence[Statement]) -> str:
        return "".join(card(sheet, statement) for statement in statements)

    others = [statement for statement in article.statements if not isinstance(statement, Allegation | Denial)]
    return _shown(
        f"<p><b>{text(heading_of(article))}</b></p>",
        fact_list(article),
        f"<p>{article_in_words(article)} {NOTHING_OF_TRUTH}</p>",
        f"<details open><summary>Text</summary>{marked(sheet, article.text)}</details>" if article.text else "",
        _part("allegation", article.allegations, cards, opened=True),
        _part("denial", article.denials, cards),
        _part("other statement", others, cards),
        _part("actor", article.actors, lambda actors: actor_list(sheet, actors)),
    )


def object_in_notebook(thing: Model) -> str:
    """Show a statement as a card, with names instead of ids, if its article is in memory; otherwise show the fields."""
    if isinstance(thing, Statement):
        cards = {card(Sheet.of(article), thing) for article in _articles_of(thing)}
        if len(cards) == 1:  # if articles would show it differently, the right one is not known
            return _shown(*cards)
    fields = fields_given(thing)
    rows = (f'<tr><th scope="row">{name}</th><td>{_value(name, value)}</td></tr>' for name, value in fields)
    return _shown(f"<table><caption>{type(thing).__name__}</caption><tbody>{''.join(rows)}</tbody></table>")


def _articles_of(statement: Statement) -> Sequence[Article]:
    """Find the articles in memory that contain a statement; a changed article shares statements with the old one.

    A reference from each statement to its article would cost memory. Only notebooks need it, once for each output, so
    searching all objects is acceptable.
    """
    tuples = [holder for holder in gc.get_referrers(statement) if type(holder) is tuple]
    articles = (holder for holder in gc.get_referrers(*tuples) if type(holder) is Article)
    return [article for article in articles if any(statement is one for one in article.statements)]


def _shown(*parts: str) -> str:
    """Wrap the output, so that dollar signs and backslashes in it are not typeset as formulas.

    Notebooks typeset formulas in all output. MathJax 3, as in JupyterLab, skips elements of one class, and MathJax 2,
    as in pages by nbconvert, those of the other.
    """
    style = f"<style>{read('claims.css')}</style>"
    return f'<div class="geoclaims tex2jax_ignore mathjax_ignore">{style}{"".join(parts)}</div>'


def _part(noun: str, things: Sequence[Thing], shown: Callable[[Sequence[Thing]], str], *, opened: bool = False) -> str:
    """Show things in a collapsible list under their number; if there are very many, the first ones."""
    rest = len(things) - _MOST
    more = f"<p>and {rest} more</p>" if rest > 0 else ""
    body = shown(things[:_MOST]) if things else ""
    return f"<details{' open' * opened}><summary>{counted(len(things), noun)}</summary>{body}{more}</details>"


def _value(field: str, value: object) -> str:
    shown = address if field in ADDRESSES else text
    return "<br>".join(map(shown, value)) if isinstance(value, tuple) else shown(value)
