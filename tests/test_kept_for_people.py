"""Whatever an output for people keeps by its table stands in it, each element in order, and nothing else matters."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from itertools import product
from typing import Any
from xml.etree import ElementTree

import attrs
import pytest

from geoclaims import Article, Statement, ValidationError
from geoclaims._command_line.layout import Layout
from geoclaims._command_line.show import page
from geoclaims.corpus import Corpus, Link, LinkKind
from geoclaims.interop import to_html, to_svg
from tests.test_kept_fields import TEXT, Family, Leaves, families, in_order, lost

# What the page says in words: `show` has of a text the passages, and a picture of passages the order.
ELSEWHERE = {("show", "text"), ("svg", "spans")}
LOST = lost() | {("show", model, "same_as") for model in {family.model for family in families(alone=True)}}


def in_a_page(html: str) -> Leaves:
    """The texts of a page by the statement and the part of its card, and the attributes of its elements."""
    body = html.rpartition("</style>")[2].partition("<script>")[0]
    statement, part, found = "", "", []
    for tag, attributes, text in re.findall(r"<(/?\w+)([^>]*)>([^<]*)", body):
        statement = "".join(re.findall(r'data-statement="(\w+)"', attributes)) or statement
        part = attributes if tag in {"div", "p", "ul", "dl"} else part
        found += [(f"{statement} {tag}", attributes), (f"{statement} {part}", text)]
    return found


def in_a_picture(svg: str) -> Leaves:
    parts = ElementTree.fromstring(svg).iter()  # noqa: S314 - our own
    return [(part.tag, text) for part in parts for text in (*part.attrib.values(), part.text or "")]


def in_lines(article: Article) -> Leaves:
    """The lines of `show`, each by the statement or actor that it is about."""
    parts = re.split(r"\n(?=  \S)", "\n".join(page(article, Layout(100, styled=False))))
    return [(" ".join(re.findall(r"\[\w+\]", part)), line) for part in parts for line in part.split("\n")]


OUTPUTS: dict[str, Callable[[Article], Leaves]] = {
    "html": lambda article: in_a_page(to_html(article)),
    "notebook": lambda article: in_a_page(article._repr_html_()),
    "svg": lambda article: in_a_picture(to_svg(article, width=10_000)),
    "show": in_lines,
}


def told_apart(article: Article, *, text: bool) -> Article:
    """The same, where each name and content has the id in it, by which people know them."""
    actors = [attrs.evolve(actor, name=actor.id) if actor.name == "A" else actor for actor in article.actors]
    said = [attrs.evolve(s, content=f"It {s.id}.") if s.content == "It." else s for s in article.statements]
    return attrs.evolve(article, actors=actors, statements=said, text=TEXT if text else article.text)


def values_of(family: Family) -> dict[Any, Article]:
    """Some of its values, with two of the lists of one; links to statements are in reading order."""
    lone = [value for value in family.values if isinstance(value, tuple) and len(value) == 1]
    seen: dict[Any, Any] = {}
    for value in family.values:
        if value not in lone[2:]:
            seen.setdefault(frozenset(value) if family.field in {"denies", "confirms"} else value, value)
    return {value: family.values[value] for value in seen.values()}


def is_drawn(family: Family) -> bool:
    """A plain statement is drawn if it confirms one, or is answered."""
    statement = family.without.statement("plain")
    return family.model is not Statement or family.field == "confirms" or bool(statement.confirms)


@pytest.mark.parametrize("output", OUTPUTS)
def test_an_output_for_people_keeps_what_its_table_does_not_say_that_it_loses(output: str) -> None:
    written = cache(lambda article, text: OUTPUTS[output](told_apart(article, text=text)))
    wrong = []
    full = [] if output in {"notebook", "show"} else families(alone=False)  # in full, both show what a page does
    for family in [*families(alone=True), *full]:
        if (output, family.field) in ELSEWHERE:
            continue
        text = family.field == "spans"  # without a text, its passages are not shown
        outputs = {value: written(each, text) for value, each in values_of(family).items()}
        without = written(family.without, text)
        if (output, family.model, family.field) in LOST or (output == "svg" and not is_drawn(family)):
            right = all(shown == without for shown in outputs.values())
        else:
            differ = len({*map(tuple, (without, *outputs.values()))}) == len({family.held, *outputs})
            right = differ and in_order(without, outputs)
        if not right:
            wrong.append(f"{family.model.__name__}.{family.field}")
    assert wrong == []


ENDS = ["Xaa/claim", "Xaa/plain", "Xaa/answer", "Xaa/who", "Xbb/claim", "Xbb/plain", "Xbb/answer", "Xbb/who"]
PAGES: dict[str, Callable[[Corpus], str]] = {
    "html": lambda corpus: to_html(corpus).partition("<main>")[2],  # above, a page says who joined its reports
    "show": lambda corpus: "\n".join(
        line for each in corpus.articles for line in page(each, Layout(100, styled=False), corpus, several=True)
    ),
}


@pytest.mark.parametrize("output", PAGES)
def test_each_link_between_statements_of_two_reports_is_shown_in_its_direction_and_what_else_links_say_is_not(
    output: str,
) -> None:
    reports = [attrs.evolve(told_apart(families(alone=True)[0].without, text=False), id=id) for id in ("Xaa", "Xbb")]

    found: dict[Any, set[str]] = {None: {PAGES[output](Corpus(articles=reports))}}
    for kind, source, target in product(LinkKind, ENDS, ENDS):
        known = "X" if source in ENDS[:4] else None
        if source[:3] == target[:3]:
            continue
        try:
            link = Link(kind=kind, source=source, target=target, annotator=known, basis=known)
            shown = PAGES[output](Corpus(articles=reports, links=[link]))
        except ValidationError:  # it does not fit
            continue
        kept = kind is not LinkKind.DISTINCT and not source.endswith("/who")
        ends = frozenset([source, target]) if kind is LinkKind.SAME else (source, target)
        found.setdefault((kind, ends) if kept else None, set()).add(shown)
    assert [each for each, outputs in found.items() if len(outputs) > 1] == []
    assert len(set.union(*found.values())) == len(found) == 1 + 9 + 6 + 18
