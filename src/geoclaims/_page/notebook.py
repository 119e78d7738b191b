"""Show models in a notebook: an article by its text and its statements, anything else by its fields."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final, TypeVar

from geoclaims._article import Article
from geoclaims._model import Model, fields_given
from geoclaims._page.cards import Sheet, actor_list, cards, fact_list
from geoclaims._page.elements import address, read, text
from geoclaims._page.marked_text import marked
from geoclaims._view.article import view_of
from geoclaims._view.wording import ADDRESSES, NOTHING_OF_TRUTH, TYPES, WHOSE_WORDS, counted

_MOST: Final = 100

Thing = TypeVar("Thing")


def view_in_notebook(thing: Model) -> str:
    """Show an object as the output of a cell: an article with its text and its cards, anything else by its fields."""
    if isinstance(thing, Article):
        return _article(thing)
    fields = fields_given(thing)
    rows = (f'<tr><th scope="row">{name}</th><td lang="">{_value(name, value)}</td></tr>' for name, value in fields)
    return _shown("ltr", f"<table><caption>{type(thing).__name__}</caption><tbody>{''.join(rows)}</tbody></table>")


def _article(article: Article) -> str:
    """Show an article: its text with marked passages, and the cards of its statements; the rest is collapsed."""
    view = view_of(article)
    sheet = Sheet(view)
    return _shown(
        view.direction,
        f"<p><b>{', '.join(map(text, view.title))}</b></p>",
        fact_list(sheet, view.facts),
        f"<p><bdi>{view.counts} {NOTHING_OF_TRUTH}</bdi></p>",
        f"<details open><summary>Text</summary>{marked(sheet)}</details>" if view.text else "",
        *(
            _part(noun, [each for each in view.statements if each.type == type], partial(cards, sheet))
            for type, noun in TYPES.items()
        ),
        _part("actor", view.actors, partial(actor_list, sheet)),
        f"<p><bdi>{WHOSE_WORDS}</bdi></p>",
    )


def _shown(direction: str, *parts: str) -> str:
    """Wrap the output, so that dollar signs and backslashes in it are not typeset as formulas.

    Notebooks typeset formulas in all output. MathJax 3, as in JupyterLab, skips elements of one class, and MathJax 2,
    as in pages by nbconvert, those of the other.
    """
    shown = f"<style>{read('claims.css')}</style>{''.join(parts)}"
    return f'<div class="geoclaims tex2jax_ignore mathjax_ignore" lang="en" dir="{direction}">{shown}</div>'


def _part(noun: str, things: Sequence[Thing], shown: Callable[[Sequence[Thing]], str]) -> str:
    """Show things in a collapsible list under their number; if there are very many, the first ones."""
    rest = len(things) - _MOST
    more = f"<p>and {rest} more</p>" if rest > 0 else ""
    body = shown(things[:_MOST]) if things else ""
    title = f'<summary class="key {noun}"><i></i><bdi>{counted(len(things), noun)}</bdi></summary>'
    return f"<details{' open' * (noun == 'allegation')}>{title}{body}{more}</details>"


def _value(field: str, value: object) -> str:
    shown = address if field in ADDRESSES else text
    return "<br>".join(map(shown, value)) if isinstance(value, tuple) else shown(value)
