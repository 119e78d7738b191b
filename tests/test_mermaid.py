"""A flowchart has every link once; that of the article in `tests/data/shown` is kept whole."""

from __future__ import annotations

import re

import pytest
from hypothesis import given

from geoclaims import Actor, Allegation, Article, Denial, Statement, strategies
from geoclaims.interop import to_mermaid


@given(article=strategies.articles())
def test_every_denial_and_confirmation_and_who_reported_it_is_a_line(article: Article) -> None:
    lines = re.findall(r' (-->|-\.->)\|"(.*)"\| n', to_mermaid(article))
    labels = [label.split(", ") for _, label in lines]
    answers = {(id, s.id) for s in article.statements for id in (*getattr(s, "denies", ()), *s.confirms)}
    drawn = {s.id for s in article.allegations} | {id for pair in answers for id in pair}
    reported = {(id, actor) for id in drawn for actor in article.statement(id).reported_by}
    assert sum(any(word.endswith(("denial", "confirmation")) for word in label) for label in labels) == len(answers)
    assert sum("reported" in label or "via" in label for label in labels) == len(reported)
    assert [arrow == "-.->" for arrow, _ in lines] == ["denial" in label for _, label in lines]


def test_two_lines_between_the_same_boxes_are_one_and_what_has_no_part_is_left_out() -> None:
    actors = [Actor(id="a", name="Aﬂ¶ß"), Actor(id="b", name="B"), Actor(id="c", name="C")]
    claim = Allegation(id="s", speaker="a", content='A_b "9." [c]; #35;\nd', accused=["b"], reported_by=["a"])
    denial = Denial(id="d", speaker="b", content="No.", denies=["s"], confirms=["s"], reported_by=["b"])
    said = Statement(id="t", speaker="c", content="It rains.")
    assert to_mermaid(Article(id="x", actors=actors, statements=[claim, denial, said])).splitlines() == [
        "flowchart LR",
        '    n0(["Afl#182; ß"])',
        '    n1["A#95;b #34;9#46;#34; #91;c#93;#59; #35;35#59; d"]',
        '    n2(["B"])',
        '    n3["No."]',
        '    n0 -->|"allegation, reported"| n1',
        '    n1 -->|"against"| n2',
        '    n1 -.->|"denial, confirmation"| n3',
        '    n3 -->|"by, via"| n2',
    ]
    assert to_mermaid(Article(id="x", actors=actors, statements=[said])) == "flowchart LR\n"


def test_an_actor_has_its_whole_name_and_its_office_in_parentheses() -> None:
    actors = [Actor(id="a", name="Fleet (north)", role="admiral (ret.)"), Actor(id="b", name="(B)")]
    claim = Allegation(id="s", speaker="a", content="C.", accused=["b"])
    drawn = to_mermaid(Article(id="x", actors=actors, statements=[claim])).splitlines()
    assert drawn[1] == '    n0(["Fleet #40;north#41; #40;admiral #40;ret.#41;#41;"])'
    assert drawn[3] == '    n2(["#40;B#41;"])'


def test_names_and_contents_are_cut_at_200_characters() -> None:
    actors = [Actor(id="a", name="Ж" * 200), Actor(id="b", name="Я" * 201)]
    claim = Allegation(id="s", speaker="a", content="Ю" * 201, accused=["b"])
    drawn = re.findall("[ЖЯЮ]+…?", to_mermaid(Article(id="x", actors=actors, statements=[claim])))
    assert drawn == ["Ж" * 200, "Ю" * 199 + "…", "Я" * 199 + "…"]


def test_only_an_article_is_drawn() -> None:
    with pytest.raises(TypeError, match="Article"):
        to_mermaid("flowchart")  # type: ignore[arg-type]
