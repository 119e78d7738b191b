"""The scripts of the guides that bring data in, on material with faults of every kind."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

import pytest
from annotation_tools import Marked, annotated, brat, label_studio, prodigy, w3c, xmi
from attributions import news
from hypothesis import given, strategies as st
from incidents import read_incident

texts = st.lists(
    st.sampled_from(["a", "an", "banana", "said", "“no,”", "’s", "😀", "\n", "-", "e\u0301", "漢"]),
    min_size=4,
    max_size=30,
).flatmap(lambda words: st.sampled_from(["", " "]).map(lambda gap: gap.join(words)))
texts = texts.filter(lambda text: not text.isspace() and "- -" not in text)  # which is one dash in the normal form


@st.composite
def texts_with_a_passage(draw: st.DrawFn) -> tuple[str, int, int]:
    text = draw(texts)
    start = draw(st.integers(0, len(text) - 1))
    return text, start, draw(st.integers(start + 1, len(text)))


@given(texts_with_a_passage(), st.integers(1, 40))
def test_a_selector_with_context_cut_anywhere_leads_to_its_passage_or_is_told(
    passage: tuple[str, int, int], width: int
) -> None:
    text, start, end = passage
    exact, before, after = text[start:end], text[max(0, start - width) : start], text[end : end + width]
    selector = {"type": "TextQuoteSelector", "exact": exact, "prefix": before, "suffix": after}
    mark = {"id": "https://a.example/1", "body": [{"value": "statement"}], "target": {"selector": selector}}
    told: list[str] = []
    article = annotated("x", w3c(text, [mark], told.append), told.append)
    spans = [span for statement in article.statements for span in statement.spans]
    assert len(spans) + len(told) == 1
    for span in spans:
        # White space at the edges does not count.
        assert text[span.start : span.end].strip() == exact.strip()
        assert start <= span.start < span.end <= end


# One annotation of a text, as every tool writes it.
TEXT = "😀 Norland said that Sudria mined the bay. Sudria denies it."
PLACES: dict[str, tuple[str, int, int]] = {
    id: (label, TEXT.index(words), TEXT.index(words) + len(words))
    for id, label, words in (
        ("T1", "actor", "Norland"),
        ("T2", "cue", "said"),
        ("T3", "allegation", "that Sudria mined the bay"),
        ("T4", "actor", "Sudria"),
        ("T6", "denial", "denies it"),
    )
} | {"T5": ("actor", 42, 48)}
LINKS = [
    *(("T3", "speaker", "T1"), ("T3", "cue", "T2"), ("T3", "accused", "T4")),
    *(("T6", "speaker", "T5"), ("T6", "denies", "T3")),
]


def as_brat(report: Any, *others: Any) -> Marked:
    lines = [f"{id}\t{label} {a} {b}\t{TEXT[a:b]}" for id, (label, a, b) in PLACES.items()]
    lines += [f"R{n}\t{label} Arg1:{a} Arg2:{b}" for n, (a, label, b) in enumerate(LINKS)]
    return brat(TEXT, "\n".join([*others, *lines, "#1\tAnnotatorNotes T6\tsure?", ""]), report)


def as_prodigy(report: Any, *others: Any) -> Marked:
    spans = {id: {"start": a, "end": b, "label": label} for id, (label, a, b) in PLACES.items()}
    relations = [{"head_span": spans[a], "child_span": spans[b], "label": label} for a, label, b in LINKS]
    return prodigy(
        {"text": TEXT, "answer": "accept", "spans": [*others, *spans.values()], "relations": relations}, report
    )


def as_xmi(report: Any, *others: Any) -> Marked:
    document = ElementTree.Element("{http://www.omg.org/XMI}XMI")
    ElementTree.SubElement(document, "{http:///uima/cas.ecore}Sofa", {"sofaString": TEXT})
    for attributes in others:
        ElementTree.SubElement(document, "{http:///custom.ecore}Mark", attributes)
    for id, (label, *ends) in PLACES.items():
        begin, end = (str(len(TEXT[:offset].encode("utf-16-le")) // 2) for offset in ends)
        mark = {"{http://www.omg.org/XMI}id": id, "begin": begin, "end": end, "label": label}
        ElementTree.SubElement(document, "{http:///custom.ecore}Mark", mark)
    for a, label, b in LINKS:
        link = {"Governor": a, "label": label, "Dependent": b}
        ElementTree.SubElement(document, "{http:///custom.ecore}Link", link)
    return xmi(ElementTree.tostring(document), report)


def as_label_studio(report: Any, *others: Any) -> Marked:
    result: list[Any] = [
        {"id": id, "type": "labels", "value": {"start": a, "end": b, "text": TEXT[a:b], "labels": [label]}}
        for id, (label, a, b) in PLACES.items()
    ]
    result += [
        {"type": "relation", "from_id": b, "to_id": a, "direction": "left", "labels": [label]} for a, label, b in LINKS
    ]
    return label_studio(TEXT, {"result": [*others, *result]}, report)


def as_w3c(report: Any, *others: Any) -> Marked:
    def selector(a: int, b: int) -> dict[str, str]:
        context = {"prefix": TEXT[max(0, a - 9) : a], "suffix": TEXT[b : b + 9]}
        return {"type": "TextQuoteSelector", "exact": TEXT[a:b], **context}

    annotations: list[Any] = [
        {"id": id, "body": [{"value": label}], "target": {"selector": [{"type": "Other"}, selector(a, b)]}}
        for id, (label, a, b) in PLACES.items()
    ]
    annotations += [{"body": [{"value": label}], "target": [{"id": a}, {"id": b}]} for a, label, b in LINKS]
    return w3c(TEXT, [*others, *annotations], report)


# As a number of bytes, its end would be within the text.
BEYOND = {"{http://www.omg.org/XMI}id": "9", "label": "statement", "begin": "0", "end": str(len(TEXT) + 2)}
WRONG: dict[Any, list[Any]] = {
    as_brat: ["T9\tactor 0 x\tNo", "T9\tactor 0 2\tYes", "T9\tactor", "R9\tabout Arg1:T3", "*\tEquiv T1 T4"],
    as_prodigy: [{"start": 0, "end": 4}, {}, None, 5],
    as_xmi: [{}, {"label": ""}, BEYOND, {"label": "actor", "begin": "x"}],
    as_label_studio: [{}, None, {"type": "labels", "value": {"labels": ["actor", "cue"]}}, {"type": "relation"}],
    as_w3c: [{}, None, {"body": []}, {"body": [{"value": "actor"}], "target": {"selector": {"type": "Other"}}}],
}


@pytest.mark.parametrize("read", WRONG)
def test_every_tool_leads_to_the_same_article_and_an_error_in_one_item_is_told_and_loses_no_other(read: Any) -> None:
    for wrong in ([], *([each] for each in WRONG[read])):
        told: list[str] = []
        article = annotated("x", read(told.append, *wrong), told.append)
        assert len(told) == len(wrong)
        assert [actor.name for actor in article.actors] == ["Norland", "Sudria"]
        claim, denial = article.statements
        assert article.excerpts(claim) == ("Norland", "said", "that Sudria mined the bay")
        assert (article.against("a2"), article.denials_of(claim), denial.speaker) == ((claim,), (denial,), "a2")


def test_each_event_of_brat_is_a_claim_with_its_numbered_roles_and_what_has_an_attribute_is_left_out() -> None:
    text = "Norland denounced Sudria and Terrano."
    marks = {"T1": ("actor", "Norland"), "T2": ("allegation", "denounced"), "T3": ("actor", "Sudria")}
    marks["T4"] = ("actor", "Terrano")
    lines = [
        f"{id}\t{label} {text.index(words)} {text.index(words) + len(words)}\t{words}"
        for id, (label, words) in marks.items()
    ]
    lines += ["E1\tallegation:T2 speaker:T1 accused:T3", "E2\tallegation:T2 speaker:T1 accused:T3 accused2:T4"]
    lines += ["E3\tallegation:T2 speaker:T1 accused:T4", "A1\tNegation E3"]
    told: list[str] = []
    article = annotated("x", brat(text, "\n".join(lines), told.append), told.append)
    assert [[article.actor(id).name for id in claim.accused] for claim in article.allegations] == [
        ["Sudria"],
        ["Sudria", "Terrano"],
    ]
    assert told[0] == "'A1\\tNegation E3': ValueError: an attribute; what has it is left out"
    assert [line.partition(":")[0] for line in told[1:]] == ["'E3'"] * 2


def test_a_name_is_one_actor_and_each_unnamed_source_one_of_its_own() -> None:
    text = "Lin said it. He said it. Lin said it. He said it."
    places = [(0, 3), (13, 15), (25, 28), (38, 40)]
    said = [{"sources": [[(start, end)]], "cue": [], "content": [(end + 1, end + 5)]} for start, end in places]
    records = [said[0] | {"name": "Lin"}, said[1], said[2] | {"name": "Lin"}, said[3]]
    article = annotated("x", news(text, records, pytest.fail), pytest.fail)
    assert [(actor.name, actor.anonymous) for actor in article.actors] == [("Lin", False), *[("He", True)] * 2]
    assert [len(article.by(actor)) for actor in article.actors] == [2, 1, 1]


def test_who_stands_for_an_unnamed_mark_is_a_name_and_a_mark_without_words_is_none() -> None:
    text = "Lin said it. He said it. She said it."
    places = {"lin": (0, 3), "he": (13, 15), "she": (25, 28), "blank": (3, 4)}
    said = ("lin",), ("he",), ("she",), ("blank",), ("lin", "blank"), ("blank",)
    marks: dict[Any, Any] = {id: ("unnamed" if "he" in id else "actor", [place]) for id, place in places.items()}
    marks |= {number: ("statement", [(4, 8)]) for number in range(len(said))}
    links = [(number, "speaker", mark) for number, speakers in enumerate(said) for mark in speakers]
    told: list[str] = []
    article = annotated("x", Marked(text, marks, links, {"he": "Lin", "lin": " "}), told.append)
    found = [article.actor(each.speaker) for each in article.statements]
    nobody = "someone whom the text does not name"
    expected = [("Lin", False)] * 2 + [("She", True), (nobody, True), ("Lin", True), (nobody, True)]
    assert ([(actor.name, actor.anonymous) for actor in found], told) == (expected, [])


WRONG_RECORDS: list[dict[str, Any]] = [
    *({"cue": None}, {"content": [(0, 999)]}, {"content": [(-1, 3)]}, {"sources": 5}, {"about": 7}, {"name": 5}),
    {"negated": True},
]


@pytest.mark.parametrize("wrong", WRONG_RECORDS)
def test_a_wrong_record_is_told_and_loses_no_other(wrong: dict[str, Any]) -> None:
    good = {"sources": [[(0, 3)]], "cue": [(4, 8)], "content": [(9, 11)]}
    told: list[str] = []
    marked = news("Lin said it.", [good | wrong, good, good | {"about": 0}], told.append)
    article = annotated("x", marked, told.append)
    # What is about the wrong one is lost with it.
    assert len(article.statements) == 1
    assert len(told) >= 2


@pytest.mark.parametrize(
    "link",
    [
        *(("2", "speaker", "2"), ("4", "speaker", "2"), ("1", "accused", "3"), ("1", "speaker", "1")),
        *(("1", "cue", "2"), ("1", "about", "4"), ("1", "acused", "2"), ("5", "denies", "1")),
        *(("1", "labels", "2"), ("1", "quotes", "6")),
    ],
)
def test_a_wrong_link_or_label_is_told_and_loses_only_what_depends_on_it(link: tuple[str, str, str]) -> None:
    marks: dict[Any, Any] = {"1": ("allegation", [(0, 2)]), "2": ("actor", [(4, 8)]), "3": ("cue", [(9, 13)])}
    marks |= {"5": ("denial", [(15, 17)]), "6": ("statement", [(15, 17)]), "7": ("opinion", [(0, 2)])}
    told: list[str] = []
    article = annotated("x", Marked("no, they said. No", marks, [link]), told.append)
    assert [statement.id for statement in article.statements] == ["s3"]
    assert {"'1'", "'5'", "'7'", repr(link[0])} <= {line.partition(":")[0] for line in told}


# Registers of incidents.

days: st.SearchStrategy[Any] = st.sampled_from(
    ["", None, 5, "2031-01-01", "2031-05-02", "6 May 2031", "soon", "04/05/2031", "2031-02-30", "\x00"]
)
parties = st.sampled_from(["Norland", "the\tnavy", "the navy", "Unknown", "", "?", "the rebels\n"])
attributions = st.fixed_dictionaries(
    {
        "by": st.lists(parties, max_size=2),
        "readings": st.lists(st.lists(parties, min_size=1, max_size=3), max_size=3),
        "day": days,
        "url": st.sampled_from(["", "https://a.example/1", "a.example", "https://a.example/a b", "TBD"]),
        "self": st.booleans(),
    }
)
GOOD = {"by": ["Norland"], "readings": [["Sudria"]], "day": "", "url": ""}


def incident(*records: Any, answers: Any = (), first: str = "", last: str = "") -> dict[str, Any]:
    about = {"id": "1", "name": "a\tb", "first_day": first, "last_day": last}
    return about | {"attributions": records, "answers": answers}


@given(days, days, attributions)
def test_no_wrong_day_or_address_refuses_an_incident_and_no_reading_is_lost(
    first: str, last: str, record: dict[str, Any]
) -> None:
    told: list[str] = []
    article = read_incident(incident(record, first=first, last=last), told.append)
    assert article.title == "a b"
    unknown = {"Unknown", "", "?"}
    for claim, reading in zip(article.allegations, record["readings"], strict=True):
        accused = [article.actor(id) for id in claim.accused]
        named = [name for name in dict.fromkeys(" ".join(name.split()) for name in reading) if name not in unknown]
        if record["self"]:
            assert claim.accused == (claim.speaker,)
            named = [" and ".join(named)] if named else []
        assert [actor.name for actor in accused if not actor.anonymous] == named
        kept = [claim.event_date, claim.event_end, claim.date]
        assert "2031-01-01" not in map(str, kept)
        given_values = [value for value in (first, last, record["day"], record["url"]) if value]
        assert len(given_values) == len(told) + sum(map(bool, [*kept, claim.appearances]))
    for actor in article.actors:
        assert actor.anonymous or not unknown & set(actor.name.split(" and "))
    assert record["readings"] or "ValueError: " in told[-1]
    assert [line for line in told if not line.startswith("incident 1")] == []


WRONG_ATTRIBUTIONS = [
    *({}, None, GOOD | {"by": None}, GOOD | {"by": "Norland"}, GOOD | {"self": "no"}),
    *(GOOD | {"readings": [["\x00"]]}, GOOD | {"readings": ["Sudria"]}),
]


@pytest.mark.parametrize("wrong", WRONG_ATTRIBUTIONS)
def test_a_wrong_attribution_or_answer_is_told_and_loses_no_other(wrong: Any) -> None:
    told: list[str] = []
    answer = {"by": "Sudria", "to": (1, 0), "stance": "denied"}
    answers = [{}, answer | {"to": (0, 0)}, answer | {"to": (7, 0)}, answer]
    article = read_incident(incident(wrong, GOOD, answers=answers), told.append)
    assert [statement.id for statement in article.statements] == ["s1-0", "answer3"]
    assert len(told) == 4
