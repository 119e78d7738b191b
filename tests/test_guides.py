"""The functions of the guides that bring data in, as the guides have them, on material with faults of every kind."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given, strategies as st
from sybil import Document
from sybil.parsers.myst import PythonCodeBlockParser

from geoclaims import ValidationError
from geoclaims.annotation import read_draft

GUIDES = Path(__file__).parents[1] / "docs" / "how-to"


def functions(guide: str) -> dict[str, Any]:
    """What the code of a guide defines."""
    document = Document.parse(str(GUIDES / guide), PythonCodeBlockParser())
    for example in document.examples():
        example.evaluate()
    return document.namespace


TOOLS = functions("annotation-tools.md")
NEWS = functions("bring-in-annotated-news.md")
INCIDENTS = functions("bring-in-incidents.md")

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
    ElementTree.SubElement(document, "{http:///custom.ecore}Mark", mark | offsets)
    assert TOOLS["xmi"](ElementTree.tostring(document)) == (text, {"1": ("statement", [(start, end)])}, [])


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


@pytest.mark.parametrize("tool", ["article", "draft"])
@given(people=st.lists(st.sampled_from(["He", "she", "they", "Who", "a source", "Her office"]), min_size=2, max_size=8))
def test_no_two_passages_without_a_name_are_one_actor(tool: str, people: list[str]) -> None:
    text, records, links = "", [], []
    marks: dict[tuple[int, str], Any] = {}
    for number, who in enumerate(people):
        start = len(text)
        text += f"{who} said no. "
        ends, content = (start, start + len(who)), (len(text) - 4, len(text) - 2)
        records.append({"sources": [[ends]], "cue": [], "content": [content]})
        marks |= {(number, "who"): ("actor", [ends]), (number, "said"): ("statement", [content])}
        links.append(((number, "said"), "speaker", (number, "who")))
    if tool == "article":
        article = NEWS["article"]("x", text, records)
    else:
        article = read_draft(TOOLS["draft"]("x", text, marks, links), text)
    assert [actor.name for actor in article.actors] == people
    assert all(actor.anonymous for actor in article.actors)
    assert [len(article.by(actor)) for actor in article.actors] == [1] * len(people)


def test_a_link_or_a_label_that_is_not_known_is_an_error() -> None:
    marks = {"1": ("statement", [(0, 3)]), "2": ("actor", [(4, 8)])}
    for label, links in (("opinion", []), ("statement", [("1", "acused", "2")])):
        with pytest.raises(ValidationError):
            read_draft(TOOLS["draft"]("x", "no, they", marks | {"1": (label, [(0, 3)])}, links), "no, they")
    with pytest.raises(KeyError):
        TOOLS["draft"]("x", "no, they", marks, [("2", "speaker", "1")])


days = st.sampled_from(["", "2031-01-01", "2031-05-02", "6 May 2031", "soon", "04/05/2031", "2031-02-30", "\x00"])
names = st.sampled_from(["Norland", "the\tnavy", "Unknown", "", "the rebels\n"])
attributions = st.fixed_dictionaries(
    {
        "by": st.lists(names, max_size=2),
        "readings": st.lists(st.lists(names, min_size=1, max_size=2, unique=True), min_size=1, max_size=3),
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
    article = INCIDENTS["article"](incident, problems)
    assert article.title == "a b"
    assert [len(claim.accused) for claim in article.allegations] == [
        1 if record["self"] else len(reading) for reading in record["readings"]
    ]
    for claim in article.allegations:
        kept = [claim.event_date, claim.event_end, claim.date]
        assert "2031-01-01" not in map(str, kept)
        optional = [value for value in (first, last, record["day"], record["url"]) if value]
        assert len(optional) == len(problems) + sum(map(bool, [*kept, claim.appearances]))
        assert not record["self"] or claim.accused == (claim.speaker,)
