from __future__ import annotations

import re

import pytest
from hypothesis import given

from geoclaims import (
    Actor,
    Allegation,
    Article,
    Denial,
    DenialKind,
    Statement,
    load_article,
    strategies,
)
from geoclaims.interop import to_mermaid


def disputed(names: list[str] | None = None) -> Article:
    """An article with every kind of arrow, perhaps with other names."""
    accuser, accused, role, content = (names or ["Norland", "Sudria", "minister", "Sudria sent drones."] * 4)[:4]
    actors = [
        Actor(id="norland", name=accuser),
        Actor(id="sudria", name=accused),
        Actor(id="lee", name="Lee", role=role, on_behalf_of="sudria"),
        Actor(id="idle", name="Nobody asked"),
    ]
    statements: list[Statement] = [
        Allegation(id="s1", speaker="norland", content=content, accused=["sudria"]),
        Statement(id="s2", speaker="norland", content="It was at night."),
        Statement(id="s3", speaker="norland", content="Nobody denies this."),
        Denial(id="s4", speaker="lee", content="Not at night.", denies=["s1", "s2"], kind=DenialKind.OUTRIGHT),
        Denial(id="s5", speaker="lee", content="No proof.", denies=["s1"], kind=DenialKind.NO_EVIDENCE),
        Denial(id="s6", speaker="sudria", content="We did not.", denies=["s1"]),
        Denial(id="s7", speaker="norland", content="They did.", denies=["s6"], kind=DenialKind.BLAME_SHIFT),
    ]
    return Article(id="example", actors=actors, statements=statements)


def test_lines_lead_from_who_alleges_to_the_accused_and_to_what_is_said_against_it_and_by_whom() -> None:
    assert to_mermaid(disputed()).splitlines() == [
        "flowchart LR",
        '    n0(["Norland"])',
        '    n1["Sudria sent drones."]',
        '    n2(["Sudria"])',
        '    n3["It was at night."]',
        '    n4["Not at night."]',
        '    n5(["Lee, minister, for Sudria"])',
        '    n6["No proof."]',
        '    n7["We did not."]',
        '    n8["They did."]',
        '    n0 -->|"alleged"| n1',
        '    n1 -->|"against"| n2',
        '    n0 -->|"said"| n3',
        '    n1 -.->|"denied it outright"| n4',
        '    n3 -.->|"denied it outright"| n4',
        '    n4 -->|"by"| n5',
        '    n1 -.->|"denied that anything supports it"| n6',
        '    n6 -->|"by"| n5',
        '    n1 -.->|"denied it"| n7',
        '    n7 -->|"by"| n2',
        '    n7 -.->|"denied it and blamed another"| n8',
        '    n8 -->|"by"| n0',
    ]


@given(article=strategies.articles())
def test_every_denial_and_confirmation_and_who_reported_it_is_a_line(article: Article) -> None:
    labels = [label.split(", ") for label in re.findall(r'>\|"(.*)"\| n', to_mermaid(article))]
    answers = {(id, s.id) for s in article.statements for id in (*getattr(s, "denies", ()), *s.confirms)}
    drawn = {s.id for s in article.allegations} | {id for pair in answers for id in pair}
    reported = {(id, actor) for id in drawn for actor in article.statement(id).reported_by}
    assert sum(any(word.startswith(("denied", "confirmed")) for word in label) for label in labels) == len(answers)
    assert sum("reported" in label or "via" in label for label in labels) == len(reported)


def confirmed() -> Article:
    """An article in which an allegation, a plain statement and a denial are confirmed, and much is hearsay."""
    actors = [Actor(id="a", name="A"), Actor(id="b", name="B"), Actor(id="c", name="C")]
    statements: list[Statement] = [
        Allegation(id="s1", speaker="a", content="B did.", accused=["b"], reported_by=["c", "a"]),
        Denial(id="s2", speaker="b", content="Not us.", denies=["s1"], reported_by=["c"]),
        Statement(id="s3", speaker="c", content="It was B.", confirms=["s1"]),
        Statement(id="s4", speaker="c", content="B, I say.", confirms=["s1"]),
        Statement(id="s5", speaker="a", content="Not B.", confirms=["s2"]),
        Allegation(id="s6", speaker="b", content="A did.", accused=["a"], confirms=["s5"]),
        Denial(id="s7", speaker="c", content="Yes and no.", denies=["s5"], confirms=["s5"]),
    ]
    return Article(id="example", actors=actors, statements=statements)


def test_a_confirmation_leads_from_what_is_confirmed_to_what_confirms_it_and_two_lines_between_the_same_are_one() -> (
    None
):
    boxes = "A", "B did.", "C", "B", "A did.", "Not us.", "It was B.", "B, I say.", "Not B.", "Yes and no."
    lines = re.findall(r'n([0-9]) (-->|-\.->)\|"(.*)"\| n([0-9])', to_mermaid(confirmed()))
    assert [(boxes[int(source)], line, label, boxes[int(target)]) for source, line, label, target in lines] == [
        ("A", "-->", "alleged, reported", "B did."),
        ("C", "-->", "reported", "B did."),
        ("B did.", "-->", "against", "B"),
        ("B", "-->", "alleged", "A did."),
        ("A did.", "-->", "against", "A"),
        ("B did.", "-.->", "denied it", "Not us."),
        ("Not us.", "-->", "by", "B"),
        ("Not us.", "-->", "via", "C"),
        ("B did.", "-->", "confirmed it", "It was B."),
        ("It was B.", "-->", "by", "C"),
        ("B did.", "-->", "confirmed it", "B, I say."),
        ("B, I say.", "-->", "by", "C"),
        ("Not us.", "-->", "confirmed it", "Not B."),
        ("Not B.", "-->", "by", "A"),
        ("Not B.", "-->", "confirmed it", "A did."),
        ("Not B.", "-.->", "denied it, confirmed it", "Yes and no."),
        ("Yes and no.", "-->", "by", "C"),
    ]


def test_an_article_without_allegations_and_denials_gives_an_empty_picture() -> None:
    article = Article(id="example", actors=[Actor(id="a", name="A")])
    assert to_mermaid(article) == "flowchart LR\n"


def test_names_and_contents_are_cut_at_200_characters() -> None:
    exact, longer = "Ж" * 200, "Я" * 201
    drawn = re.findall("[ЖЯ]+…?", to_mermaid(disputed([exact, exact, "minister", longer])))
    assert drawn[:3] == [exact, "Я" * 199 + "…", exact]


def test_a_graph_is_the_same_each_time() -> None:
    assert to_mermaid(load_article()) == to_mermaid(load_article())


def test_only_an_article_is_drawn() -> None:
    with pytest.raises(TypeError, match="expected an Article"):
        to_mermaid("flowchart")  # type: ignore[arg-type]
