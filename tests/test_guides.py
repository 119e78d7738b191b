"""The functions of the guides that bring data in, as the guides have them, on material with faults of every kind."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import attrs
import pytest
from hypothesis import given, strategies as st
from sybil import Document
from sybil.parsers.myst import PythonCodeBlockParser

from geoclaims import Article, ValidationError
from geoclaims.annotation import read_draft

DOCS = Path(__file__).parents[1] / "docs"


def functions(guide: str) -> dict[str, Any]:
    """What the code of a guide defines."""
    document = Document.parse(str(DOCS / guide), PythonCodeBlockParser())
    for example in document.examples():
        example.evaluate()
    return document.namespace


TOOLS = functions("annotate/annotation-tools.md")
IMPORT = functions("study/import.md")
OUTLETS = functions("study/tables.md")

texts = st.lists(
    st.sampled_from(["a", "an", "banana", "said", "“no,”", "’s", "😀", "\n", "-", "e\u0301", "漢"]),
    min_size=4,
    max_size=30,
).flatmap(lambda words: st.sampled_from(["", " "]).map(lambda gap: gap.join(words)))


@st.composite
def texts_with_a_passage(draw: st.DrawFn) -> tuple[str, int, int]:
    text = draw(texts)
    start = draw(st.integers(0, len(text) - 1))
    end = draw(st.integers(start + 1, len(text)))
    return text, start, end


@given(texts_with_a_passage(), st.integers(1, 40))
def test_a_selector_with_context_cut_anywhere_leads_to_its_passage_or_is_refused(
    passage: tuple[str, int, int], width: int
) -> None:
    text, start, end = passage
    exact, before, after = text[start:end], text[max(0, start - width) : start], text[end : end + width]
    selector = {"type": "TextQuoteSelector", "exact": exact, "prefix": before, "suffix": after}
    mark = {"id": "https://a.example/1", "body": [{"value": "statement"}], "target": {"selector": selector}}
    try:
        article = read_draft(TOOLS["draft"]("x", *TOOLS["w3c"](text, [mark])), text)
    except ValidationError:
        return
    (span,) = article.statements[0].spans
    # White space at the edges does not count.
    assert text[span.start : span.end].strip() == exact.strip()
    assert start <= span.start
    assert span.end <= end


@given(texts_with_a_passage())
def test_offsets_in_utf_16_lead_to_the_same_passage_as_code_points(passage: tuple[str, int, int]) -> None:
    text, start, end = passage
    units = [len(text[:offset].encode("utf-16-le")) // 2 for offset in (start, end)]
    document = ElementTree.Element("{http://www.omg.org/XMI}XMI")
    ElementTree.SubElement(document, "{http:///uima/cas.ecore}Sofa", {"sofaString": text})
    offsets = dict(zip(("begin", "end"), map(str, units), strict=True))
    mark = {"{http://www.omg.org/XMI}id": "1", "label": "statement"}
    element = ElementTree.SubElement(document, "{http:///custom.ecore}Mark", mark | offsets)
    assert TOOLS["xmi"](ElementTree.tostring(document)) == (text, {"1": ("statement", [(start, end)])}, [])
    element.set("end", str(len(text.encode("utf-16-le")) // 2 + 1))
    with pytest.raises(ValueError, match="is not in the text"):
        TOOLS["xmi"](ElementTree.tostring(document))


@given(texts_with_a_passage())
def test_words_beside_offsets_show_that_a_text_is_another(passage: tuple[str, int, int]) -> None:
    text, start, end = passage
    standoff = f"T1\tstatement {start} {end}\t{text[start:end]}".replace("\n", " ")
    assert TOOLS["brat"](text, standoff)[1] == {"T1": ("statement", [(start, end)])}
    result = {"id": "1", "type": "labels", "value": {"text": text[start:end], "start": start, "labels": ["statement"]}}
    marked = TOOLS["draft"]("x", *TOOLS["label_studio"](text, {"result": [result]}))
    moved = f"x{text}"
    if moved[start:end].split() != text[start:end].split():
        with pytest.raises(ValueError, match="T1"):
            TOOLS["brat"](moved, standoff)
        with pytest.raises(ValidationError):
            read_draft(marked, moved)


@pytest.mark.parametrize("layer", ["Mark", "Link"])
def test_a_mark_or_a_link_of_uima_without_a_label_is_an_error(layer: str) -> None:
    document = ElementTree.Element("{http://www.omg.org/XMI}XMI")
    ElementTree.SubElement(document, "{http:///uima/cas.ecore}Sofa", {"sofaString": "no, they"})
    element = ElementTree.SubElement(document, f"{{http:///custom.ecore}}{layer}", {"begin": "0", "end": "2"})
    for attributes in ({}, {"label": ""}):
        element.attrib.update(attributes)
        with pytest.raises(ValueError, match="has no label"):
            TOOLS["xmi"](ElementTree.tostring(document))


@given(st.text("ab \n", min_size=1, max_size=9), st.integers(-12, 12), st.integers(-12, 12))
def test_offsets_that_are_not_in_the_text_are_an_error(text: str, start: int, end: int) -> None:
    span = {"start": start, "end": end, "label": "statement"}
    marked = TOOLS["prodigy"]({"text": text, "answer": "accept", "spans": [span]})
    if 0 <= start < end <= len(text):
        (statement,) = TOOLS["draft"]("x", *marked)["statements"]
        assert statement["content"] == " ".join(text[start:end].split())
    else:
        with pytest.raises(ValueError, match="is not in the text"):
            TOOLS["draft"]("x", *marked)


def test_every_format_of_the_same_marks_and_links_is_the_same_article() -> None:
    text, (_, marks, links) = TOOLS["text"], TOOLS["harbour"]
    places = {mark: (label, *passages[0]) for mark, (label, passages) in marks.items()}

    spans = {mark: {"start": a, "end": b, "label": label} for mark, (label, a, b) in places.items()}
    relations = [{"head_span": spans[a], "child_span": spans[b], "label": label} for a, label, b in links]
    line = {"text": text, "spans": list(spans.values()), "relations": relations}

    namespaces = 'xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore" xmlns:c="http:///c.ecore"'
    elements = [  # the emoji at the beginning is two units
        f'<c:Mark xmi:id="{mark}" begin="{a + 1}" end="{b + 1}" label="{label}"/>'
        for mark, (label, a, b) in places.items()
    ]
    elements += [f'<c:Link Governor="{a}" Dependent="{b}" label="{label}"/>' for a, label, b in links]
    document = f'<xmi:XMI {namespaces}>{"".join(elements)}<cas:Sofa sofaString="{text}"/></xmi:XMI>'

    result: list[dict[str, Any]] = [
        {"id": mark, "type": "labels", "value": {"start": a, "end": b, "text": text[a:b], "labels": [label]}}
        for mark, (label, a, b) in places.items()
    ]
    result += [
        {"type": "relation", "from_id": b, "to_id": a, "direction": "left", "labels": [label]} for a, label, b in links
    ]

    selectors = {
        mark: {
            "type": "TextQuoteSelector", "exact": text[a:b], "prefix": text[max(0, a - 9) : a], "suffix": text[b:b + 9]
        }
        for mark, (_, a, b) in places.items()
    }  # fmt: skip
    annotations: list[dict[str, Any]] = [
        {"id": mark, "body": [{"value": label}], "target": {"selector": selectors[mark]}}
        for mark, (label, _, _) in places.items()
    ]
    annotations += [{"body": [{"value": label}], "target": [{"id": a}, {"id": b}]} for a, label, b in links]

    for read in (
        TOOLS["prodigy"](line | {"answer": "accept"}),
        TOOLS["xmi"](document),
        TOOLS["label_studio"](text, {"result": result}),
        TOOLS["w3c"](text, annotations),
    ):
        assert read_draft(TOOLS["draft"]("harbour", *read), text) == TOOLS["article"]
    assert TOOLS["prodigy"](line | {"answer": "reject"}) == (text, {}, [])


def test_each_event_of_brat_is_a_claim_also_if_two_have_one_trigger() -> None:
    text = "Norland denounced Sudria and Terrano."
    marks = {"T1": ("actor", "Norland"), "T2": ("allegation", "denounced"), "T3": ("actor", "Sudria")}
    marks["T4"] = ("actor", "Terrano")
    lines = [
        f"{id}\t{label} {text.index(words)} {text.index(words) + len(words)}\t{words}"
        for id, (label, words) in marks.items()
    ]
    lines += ["E1\tallegation:T2 speaker:T1 accused:T3", "E2\tallegation:T2 speaker:T1 accused:T4"]
    article = read_draft(TOOLS["draft"]("x", *TOOLS["brat"](text, "\n".join([*lines, ""]))), text)
    found = [[article.actor(id).name for id in (one.speaker, *one.accused)] for one in article.allegations]
    assert found == [["Norland", "Sudria"], ["Norland", "Terrano"]]


@pytest.mark.parametrize("line", ["A1\tNegation T1", "#1\tAnnotatorNotes T1\tsure?", "*\tEquiv T1 T2"])
def test_a_line_of_brat_that_no_rule_reads_is_an_error(line: str) -> None:
    with pytest.raises(ValueError, match="no mark, link or event"):
        TOOLS["brat"]("no", f"T1\tstatement 0 2\tno\n{line}\n")


def attributed(tool: str, people: list[str], **record: Any) -> Article:
    """An article in which each of the people says no, by either of the guides."""
    text, records, links = "", [], []
    marks: dict[tuple[int, str], Any] = {}
    for number, who in enumerate(people):
        start = len(text)
        text += f"{who} said no. "
        ends, content = (start, start + len(who)), (len(text) - 4, len(text) - 2)
        records.append({"sources": [[ends]], "cue": [], "content": [content], **record})
        marks |= {(number, "who"): ("actor", [ends]), (number, "said"): ("statement", [content])}
        links.append(((number, "said"), "speaker", (number, "who")))
    marked = IMPORT["news"](text, records) if tool == "news" else (text, marks, links)
    return read_draft(TOOLS["draft"]("x", *marked), text)


both_guides = pytest.mark.parametrize("tool", ["news", "draft"])
pronouns = st.sampled_from(["He", "she", "they", "Who", "us", "It", "I", "Many"])
unnamed = st.one_of(
    st.sampled_from(["a source", "Her office", "A Russian"]),
    st.builds(
        str.format,
        st.sampled_from(["{}", "{},", "“{}”", "({}).", "{} himself", "{}, who left,", "{} and Ada Lund"]),
        pronouns,
    ),
)


@both_guides
@given(people=st.lists(unnamed, min_size=2, max_size=8))
def test_no_two_passages_without_a_name_are_one_actor(tool: str, people: list[str]) -> None:
    article = attributed(tool, people)
    assert [actor.name for actor in article.actors] == people
    assert all(actor.anonymous for actor in article.actors)
    assert [len(article.by(actor)) for actor in article.actors] == [1] * len(people)


@both_guides
@pytest.mark.parametrize("name", ["US", "WHO", "IT", "“US”", "US officials", "A. Lund", "A Just Russia", "Your Party"])
def test_what_only_looks_like_a_pronoun_is_a_name(tool: str, name: str) -> None:
    (actor,) = attributed(tool, [name, name]).actors
    assert (actor.name, actor.anonymous) == (name, False)


def test_capitals_say_nothing_in_a_text_of_capitals() -> None:
    text = "US AND WHO"
    marks = {1: ("actor", [(0, 2)]), 2: ("actor", [(7, 10)])}
    assert all(actor["anonymous"] for actor in TOOLS["draft"]("x", text, marks, [])["actors"])


@pytest.mark.parametrize("record", [{"name": ""}, {"name": None}, {"name": "he"}, {"sources": [[]]}])
def test_sources_that_a_corpus_does_not_resolve_are_not_one_actor(record: dict[str, Any]) -> None:
    article = attributed("news", ["He", "He"], **record)
    assert [actor.anonymous for actor in article.actors] == [True, True]


def test_a_name_that_the_corpus_gives_is_the_speaker() -> None:
    (actor,) = attributed("news", ["He", "the minister"], name="Bo Hale").actors
    assert (actor.name, actor.anonymous) == ("Bo Hale", False)


def test_a_link_or_a_label_that_is_not_known_is_an_error() -> None:
    marks = {"1": ("statement", [(0, 2)]), "2": ("actor", [(4, 8)]), "3": ("cue", [(9, 13)])}
    text = "no, they said"
    for label, links in (("opinion", []), ("statement", [("1", "acused", "2")]), ("statement", [("1", "denies", "2")])):
        with pytest.raises(ValidationError):
            read_draft(TOOLS["draft"]("x", text, marks | {"1": (label, [(0, 2)])}, links), text)


@pytest.mark.parametrize(
    "link",
    [
        ("2", "speaker", "2"),
        ("4", "speaker", "2"),
        ("1", "accused", "3"),
        ("1", "speaker", "3"),
        ("1", "speaker", "1"),
        ("1", "cue", "2"),
        ("1", "about", "4"),
    ],
)
def test_a_link_to_a_mark_of_another_type_or_to_none_is_an_error(link: tuple[str, str, str]) -> None:
    marks = {"1": ("allegation", [(0, 2)]), "2": ("actor", [(4, 8)]), "3": ("cue", [(9, 13)])}
    with pytest.raises(ValueError, match=f"{link[1]} from {link[0]} to {link[2]}"):
        TOOLS["draft"]("x", "no, they said", marks, [link])


def test_an_article_without_a_publisher_is_in_the_story_by_its_id() -> None:
    report, party = OUTLETS["report"], OUTLETS["SUDRIA"]
    article = attrs.evolve(report("blog", "Norland", "Sudria", party, "mines"), publisher=None)
    assert [row["outlet"] for row in OUTLETS["story"]([article], party)] == ["blog"]


days = st.sampled_from(["", "2031-01-01", "2031-05-02", "6 May 2031", "soon", "04/05/2031", "2031-02-30", "\x00"])
names = st.sampled_from(["Norland", "the\tnavy", "the navy", "Unknown", "", "the rebels\n"])
attributions = st.fixed_dictionaries(
    {
        "by": st.lists(names, max_size=2),
        "readings": st.lists(st.lists(names, min_size=1, max_size=3), max_size=3),
        "day": days,
        "url": st.sampled_from(["", "https://a.example/1", "a.example", "https://a.example/a b", "TBD"]),
        "self": st.booleans(),
    }
)


@given(days, days, attributions)
def test_no_wrong_day_or_address_refuses_an_incident_and_no_reading_is_lost(
    first: str, last: str, record: dict[str, Any]
) -> None:
    incident = {
        "id": "1",
        "name": "a\tb",
        "first_day": first,
        "last_day": last,
        "attributions": [record],
        "answers": [],
    }
    problems: list[str] = []
    article = IMPORT["read_incident"](incident, problems)
    assert article.title == "a b"
    known = [dict.fromkeys(" ".join(name.split()) for name in reading) for reading in record["readings"]]
    unknown = {"Unknown", ""}
    for claim, reading in zip(article.allegations, known, strict=True):
        accused = [article.actor(id) for id in claim.accused]
        named = [name for name in reading if name not in unknown]
        if record["self"]:
            assert claim.accused == (claim.speaker,)
            named = [" and ".join(named)] if named else []
        assert [actor.name for actor in accused if not actor.anonymous] == named
    for actor in article.actors:
        assert actor.anonymous or not unknown & set(actor.name.split(" and "))
    wrong = [problem for problem in problems if problem != "incident 1, attribution 0: found no reading"]
    assert len(problems) - len(wrong) == (not record["readings"])
    for problem in wrong:
        assert problem.startswith(("incident 1, event_", "incident 1, attribution 0, "))
    for claim in article.allegations:
        kept = [claim.event_date, claim.event_end, claim.date]
        assert "2031-01-01" not in map(str, kept)
        optional = [value for value in (first, last, record["day"], record["url"]) if value]
        assert len(optional) == len(wrong) + sum(map(bool, [*kept, claim.appearances]))
