from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import partial
from itertools import product
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from hypothesis import example, given, strategies as st

from geoclaims import (
    Actor,
    AnchorError,
    Article,
    PartialDate,
    Span,
    Statement,
    ValidationError,
    from_dict,
    load_article,
    to_dict,
)
from geoclaims.annotation import read_draft, to_draft
from geoclaims.strategies import articles

if TYPE_CHECKING:
    from tests.conftest import Work

TEXT = "Ships wait. “We mined\nnothing,” the navy said on Monday. The port said: “The navy mined it.” No ship sank."
SIGNS = "ab .,'’\"“”-–… \u00a0\n\t\u00ad\u200b\u0301e\u0308é&;amp#39ﬁ\u0640\u0627\u064b١1"
REPEATED = ("No way, he said. " * 400, "a" * 50, "ab" * 30, "''" * 20, "&quot;x&quot; " * 8, "e\u0301" * 20, "- " * 20)
texts = st.one_of(
    st.text(alphabet=SIGNS, min_size=1, max_size=60),
    st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=40),
    st.sampled_from(REPEATED),
).filter(lambda text: not text.isspace())


def draft(*passages: object, **more: object) -> dict[str, Any]:
    """A draft of one statement that has these passages."""
    claim = {"type": "statement", "id": "s1", "speaker": "navy", "content": "It laid no mines.", **more}
    if passages:
        claim["passages"] = list(passages)
    return {"id": "example", "actors": [{"id": "navy", "name": "the navy"}], "statements": [claim]}


def refusal(document: object, text: object = TEXT, **more: Any) -> ValidationError:
    with pytest.raises(ValidationError) as caught:
        read_draft(document, text, **more)  # type: ignore[arg-type]
    return caught.value


def wrong(document: object, text: object = TEXT, **more: Any) -> list[tuple[str, str]]:
    """The code and place of each issue with a draft."""
    return [(issue.code, issue.json_path) for issue in refusal(document, text, **more).issues]


def message(*passages: object, text: str = TEXT) -> str:
    (issue,) = refusal(draft(*passages), text).issues
    assert issue.code == "span"
    return issue.message


def article_with(text: str, *places: tuple[int, int]) -> Article:
    """An article with its text and a statement for each place."""
    spans = [Span.of(text, *place) for place in places]
    claims = [Statement(id=f"s{number}", speaker="a", content="A.", spans=[span]) for number, span in enumerate(spans)]
    return Article(id="example", actors=[Actor(id="a", name="a")], statements=claims, text=text)


def places(*passages: object, text: str = TEXT) -> list[str]:
    article = read_draft(draft(*passages), text)
    return list(article.excerpts("s1"))


# The law.


def written_size(document: object) -> int:
    """How many characters JSON has for a document, each character of its strings counted once."""
    text = json.dumps(document, separators=(",", ":"))
    return len(re.sub(r"(?:\\u[0-9a-f]{4}){1,2}|\\.", "x", text))


@given(articles(text=texts, min_statements=1, max_statements=4, max_actors=3) | articles().filter(attrgetter("text")))
def test_the_draft_of_an_article_with_a_text_is_not_much_longer_and_gives_the_article(article: Article) -> None:
    written = to_draft(article)
    assert read_draft(written, str(article.text)) == article
    passages = sum(len(passage) for claim in article.statements for passage in article.excerpts(claim))
    assert written_size(written) <= 3 * written_size(to_dict(article)) + passages


@given(st.data(), texts)
def test_every_passage_of_every_text_is_found_again(data: st.DataObject, text: str) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    try:
        article = article_with(text, (start, end))
    except ValidationError:  # nothing of it is left in normal form
        return
    assert read_draft(json.dumps(to_draft(article)), text) == article


@pytest.mark.parametrize(
    ("text", "places"),
    [
        (REPEATED[0], [(17 * number, 17 * number + 6) for number in range(0, 400, 2)]),
        (" ".join(map(str, range(1_000, 3_000))), [(5 * number, 9_999) for number in range(20)]),
    ],
)
def test_a_draft_is_about_as_long_as_its_article_and_its_passages(text: str, places: list[tuple[int, int]]) -> None:
    article = article_with(text, *places)
    passages = sum(end - start for start, end in places)
    assert passages < written_size(to_draft(article)) <= 1.5 * written_size(to_dict(article)) + passages
    assert read_draft(json.dumps(to_draft(article)), text) == article


def test_a_draft_writes_bare_words_where_these_are_enough_and_context_or_a_start_where_not() -> None:
    text = f"{'He said that ships wait at the quay. ' * 6}In the end, she said that ships wait at the quay."
    article = article_with(text, (37, 73), (222, 270), (238, 243), (2, 3), (238, 270))
    written = [passage for claim in to_draft(article)["statements"] for passage in claim["passages"]]
    assert written == [
        {"exact": "He said that ships wait at the quay.", "start": 37},
        "In the end, she said that ships wait at the quay",
        {"exact": "said ", "prefix": "the end, she ", "suffix": "that ships wait"},
        {"exact": " ", "start": 2},
        {"exact": "said that ships wait at the quay", "prefix": "the end, she ", "suffix": "."},
    ]
    assert read_draft(to_draft(article), text) == article


def test_the_article_that_ships_with_geoclaims_needs_no_start(shared: Any) -> None:
    article = load_article(text_path=shared / "article.txt")
    written = to_draft(article)
    passages = [passage for claim in written["statements"] for passage in claim["passages"]]
    assert [passage for passage in passages if "start" in passage and not isinstance(passage, str)] == []
    assert "spans" not in json.dumps(written)
    assert read_draft(written, str(article.text)) == article


def test_an_article_without_a_text_and_what_is_not_an_article_have_no_draft() -> None:
    with pytest.raises(AnchorError) as caught:
        to_draft(load_article())
    assert [(issue.code, issue.json_path) for issue in caught.value.issues] == [("span", "$.text")]
    with pytest.raises(TypeError, match="Article"):
        to_draft({})  # type: ignore[arg-type]


# Where a passage is.


TWICE = "He said: ''We mined nothing,'' and left."


@pytest.mark.parametrize(
    ("passage", "text", "place"),
    [
        ('"We mined nothing,"  the navy said', TEXT, "“We mined\nnothing,” the navy said"),
        ("The navy mined it", TEXT, "The navy mined it"),
        (" No ship sank. ", TEXT, "No ship sank."), (" No ship sank.", TEXT, " No ship sank."),
        *(({"exact": exact, **more}, TEXT, exact.strip()) for exact, more in (
            ("mined", {"prefix": "The navy"}), ("mined", {"prefix": "id: “The navy", "suffix": 'it."'}),
            ("mined", {"suffix": "it"}), ("mined", {"suffix": " it.” No sh"}),
            (" mined ", {"prefix": "We", "suffix": "nothing"}), ("mined", {"prefix": "he navy ", "suffix": ""}),
            ("mined", {"prefix": "\n d: “The navy"}), ("mined", {"suffix": "it.” No sh \n"}),
            ("sa", {"prefix": "No ship ", "suffix": "nk"}), ("hip", {"prefix": "No s"}),
            ("shi", {"prefix": "No ", "suffix": "p"}), ("mined", {"start": 16}), ("ine", {"start": 17}),
            ("No ship", {"prefix": " ", "suffix": "\u00ad"}),
        )),
        ({"exact": "\n", "start": 21}, TEXT, "\n"),
        ({"exact": '  "We m', "suffix": "ined"}, TEXT, "“We m"),
        ({"exact": 'ined nothing,"', "prefix": '"We m'}, TEXT, "ined\nnothing,”"),
        ({"exact": '"We min', "suffix": "ed nothing"}, TEXT, "“We min"),
        ("One ", "One  two.", "One "), ("One  ", "One  two.", "One  "), (" two", "One  two.", " two"),
        ("café", "The cafe\u0301 was shut.", "cafe\u0301"),
        ("'We mined nothing,'", TWICE, "We mined nothing,"),
        ({"exact": "'We mined nothing,'", "prefix": "said: '", "suffix": "' and"}, TWICE, "We mined nothing,"),
        ({"exact": "1 &am", "start": 6}, "It is 1 &amp; 2.", "1 &am"),
        ("- he said", "a word- he said", "- he said"),
        ({"exact": "-\n\nhe", "prefix": "word"}, "a word-\nhe said", "-\nhe"),
    ],
)  # fmt: skip
def test_a_passage_stands_where_its_words_and_what_is_beside_them_say(passage: Any, text: str, place: str) -> None:
    assert places(passage, text=text) == [place]


@given(st.data(), st.lists(st.sampled_from(["a", "it", "No", "docker", "ker", "denied"]), min_size=2, max_size=9))
def test_context_may_be_cut_at_its_outer_end_and_is_otherwise_there(data: st.DataObject, words: list[str]) -> None:
    text = " ".join(words)
    start = text.index(data.draw(st.sampled_from(words)))
    end = data.draw(st.sampled_from([place.end() for place in re.finditer(r"\w+", text) if place.end() > start]))
    other = st.sampled_from(["", "", "X", "No ", " it", "er"])
    prefix = data.draw(other) + text[data.draw(st.integers(0, start)) : start]
    suffix = text[end : data.draw(st.integers(end, len(text)))] + data.draw(other)
    before, exact, after = prefix.lstrip().replace("  ", " "), text[start:end], suffix.rstrip().replace("  ", " ")
    found: list[int] = []
    for gap, following in product(("", " "), repeat=2):
        lead, trail = before and before + gap, after and following + after
        hits = [hit for hit in range(len(text)) if text.startswith(lead + exact + trail, hit)]
        ends = [(hit + len(lead), hit + len(lead + exact)) for hit in hits]
        whole = [
            (lead or not re.match(r"\w", text[:first][-1:])) and (trail or not re.match(r"\w", text[last:]))
            for first, last in ends
        ]
        found = found or [first for (first, _), is_whole in zip(ends, whole, strict=True) if is_whole]
    passage = {"exact": exact, "prefix": prefix, "suffix": suffix}
    if len(found) == 1:
        (span,) = read_draft(draft(passage), text).statements[0].spans
        assert (span.start, span.end) == (found[0], found[0] + len(exact))
    else:
        assert wrong(draft(passage), text) == [("span", "$.statements[0].passages[0]")]


def test_the_work_for_passages_within_words_grows_with_their_number(work: Work) -> None:
    counts = []
    for size in (1, 2):
        text = "xab " * 1_250 * size  # more places than are looked at
        starts = range(0, 625 * size, 60)
        article = article_with(
            text, *((4 * start + 1, 4 * (start + number) + 3) for number, start in enumerate(starts))
        )
        spans = [claim.spans[0] for claim in article.statements]
        written, calls = work(partial(to_draft, article))
        assert {claim["passages"][0]["start"] for claim in written["statements"]} == {span.start for span in spans}
        counts.append(calls)
        bare = draft(*{text[span.start : span.end] for span in spans})
        counts.append(work(partial(refusal, bare, text))[1])
    assert counts[2] <= 3 * counts[0]
    assert counts[3] <= 3 * counts[1]


def test_words_in_more_than_a_thousand_places_are_in_several_even_within_longer_words() -> None:
    text = f"He left. {'hex ' * 1_001}"
    assert wrong(draft("he"), f"he {text}") == [("span", "$.statements[0].passages[0]")]
    assert places("he", text=f"he {text[:-8]}") == ["he"]
    # So it is where copies have a space.
    assert wrong(draft("the ."), f"the. {'lathe. ' * 1_001}") == [("span", "$.statements[0].passages[0]")]
    assert places("the .", text=f"the. {'lathe. ' * 900}") == ["the."]


def test_passages_may_stand_in_any_order_and_are_sorted_and_a_start_is_taken_to_the_letter() -> None:
    assert places("The port said", "No ship sank") == places("No ship sank", "The port said")
    article = read_draft(draft({"exact": "mine", "start": 16}, {"exact": " ", "start": 5}), TEXT)
    assert [span.start for span in article.statement("s1").spans] == [5, 16]


@pytest.mark.parametrize(
    ("text", "exact", "keys"),
    [
        ("He said\nno. She said\nno.", "no", ["prefix", "prefix"]),
        ("Wir | sie said no. Er | sie said no.", "said no", ["prefix", "prefix"]),
        ("no, he said. no, she said. " * 2 + "no, it said.", "no", ["suffix"] * 3), ("no\n" * 200, "no", ["start"] * 3),
        ("The harbour master of the old town said that it was closed on Monday. " * 2, "old town said",
         ["suffix", "prefix"]),
        ("a\x80no b\x80no c", "no", ["start", "suffix"]),
    ],
)  # fmt: skip
def test_what_a_message_says_to_add_for_each_place_of_a_passage_is_enough(
    text: str, exact: str, keys: list[str]
) -> None:
    one = r'{"exact": …, ("(\w+)": (?:"(?:[^"\\]|\\.)*"|\d+))} for the one at (\d+)'
    advice = re.findall(one, message(exact, text=text))
    assert [key for _, key, _ in advice] == keys
    assert len({start for *_, start in advice}) == len(keys)
    for added, _, start in advice:
        passage = {"exact": exact, **json.loads(f"{{{added}}}")}
        (span,) = read_draft(draft(passage), text).statement("s1").spans
        assert span.start == int(start)


def test_marks_that_are_taken_off_a_passage_may_stand_between_it_and_its_context() -> None:
    text = "He said: “No. She said: “No. They: No.” It said: No."
    for side, context, start in (("prefix", "She said:", 25), ("prefix", "She said: “", 25), ("suffix", "It", 35)):
        found = read_draft(draft({"exact": "“No.”", side: context}), text).statements[0].spans
        assert found == (Span.of(text, start, start + 3),)
    for context in ("said: “", "She wrote:"):  # which stands twice, and nowhere
        assert wrong(draft({"exact": "“No.”", "prefix": context}), text) == [("span", "$.statements[0].passages[0]")]


def test_passages_of_a_statement_that_overlap_are_an_issue() -> None:
    document = draft("No ship sank", "The port said", "ship sank")
    assert wrong(document) == [("span", "$.statements[0].passages[2]")]
    assert wrong(draft("No ship sank", {"exact": "ship", "prefix": "No "}, "sank"))[1:] == [
        ("span", "$.statements[0].passages[2]")
    ]


# Quotes.


SAID = "Ships wait. “We mined\nnothing,” the navy said, “and it’s over.” He said 1,600 of us can't."


@pytest.mark.parametrize(
    "quote",
    [
        *("We mined nothing", '"We mined  nothing,"', "“We mined nothing …”", "said", "and it's over.”", "Ships wait"),
        *(
            "1,600",
            "can't",
            "nothing,” the navy said",
            "\tover\n",
            "We mined nothing.",
            "‘We mined nothing,’  the navy",
        ),
    ],
)
def test_a_quote_stands_in_the_text_at_one_place_or_several_whatever_its_typography_and_is_kept(quote: str) -> None:
    for passages in ((), ("Ships wait",), ("nowhere",)):
        lost = [] if passages != ("nowhere",) else list[AnchorError]()
        (claim,) = read_draft(draft(*passages, quotes=[quote, quote]), SAID, on_error=lost.append).statements
        assert claim.quotes == (quote, quote)
        assert len(lost) == (passages == ("nowhere",))


@pytest.mark.parametrize(
    "quote",
    [
        *(
            "We mined anything",
            "We mined",
            "we mined nothing",
            "We  mined",
            "hip",
            "1,60",
            "600",
            "can",
            "mine",
            "\u200b",
        ),
        *("We mined nothing and it’s over", "We … nothing", "We [...] nothing", "it's over and", "X"),
    ],
)
def test_a_quote_that_stands_nowhere_in_the_text_is_an_issue_at_its_place(quote: str) -> None:
    nowhere = SAID.replace("We mined\nnothing", "He mined\nnothing") if "We" in quote[:2] else SAID
    for passages in ((), ("Ships wait",), ("the navy said",)):
        assert wrong(draft(*passages, quotes=["said", quote]), nowhere) == [("span", "$.statements[0].quotes[1]")]


WORDS = [
    "We",
    "can’t",
    "1,600",
    "twenty-five",
    "“no”",
    "said…",
    "cafe\u0301",
    "बंदरगाह",
    "الميناء",
    "海军",
    "x",
    "15",
    "¿Qué?",
]


@given(st.data(), st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(" \n")), min_size=1, max_size=12))
def test_every_quote_of_whole_words_is_found_and_none_with_a_changed_letter_or_digit(
    data: st.DataObject, pieces: list[tuple[str, str]]
) -> None:
    text = "".join(f"{word}{space}" for word, space in pieces)
    first, last = sorted(data.draw(st.tuples(*[st.integers(0, len(pieces) - 1)] * 2)))
    quote = data.draw(st.sampled_from(" \n")).join(word for word, _ in pieces[first : last + 1])
    assert read_draft(draft(quotes=[quote]), text).statements[0].quotes == (quote,)
    place = data.draw(st.sampled_from([place for place, letter in enumerate(quote) if letter.isalnum()]))
    changed = f"{quote[:place]}{'7' if quote[place].isdecimal() else 'Z'}{quote[place + 1 :]}"
    assert wrong(draft(quotes=[changed]), text) == [("span", "$.statements[0].quotes[0]")]


def test_a_quote_that_is_cut_or_run_together_is_refused_with_the_advice_to_give_two() -> None:
    for quote in ("We mined … over", "We mined nothing, and it’s over"):
        (issue,) = refusal(draft(quotes=[quote]), SAID).issues
        assert "make two quotes" in issue.message


def test_a_quote_that_breaks_another_rule_is_named_by_that_alone() -> None:
    for quote, code in ((" ", "empty"), (5, "type"), ("X\r", "text")):
        assert wrong(draft(quotes=[quote])) == [(code, "$.statements[0].quotes[0]")]
    for quotes in ("X", {"X": 1}):
        assert wrong(draft(quotes=quotes)) == [("type", "$.statements[0].quotes")]


def test_all_that_is_wrong_comes_in_the_order_of_the_draft() -> None:
    document = draft("nowhere", cue="", quotes=["X", "No ship"], speaker="army")
    document["statements"] = [document["statements"][0], {**document["statements"][0], "id": "s2"}]
    keys = ["speaker", "cue", "quotes[0]", "passages[0]"]
    assert [place for _, place in wrong(document)] == [
        f"$.statements[{number}].{key}" for number in range(2) for key in keys
    ]


def test_what_stands_nowhere_costs_a_statement_only_itself() -> None:
    document = draft("No ship sank", quotes=["X", "We mined nothing", "Y", "mined"])
    more = [{"passages": ["nowhere"], "quotes": ["No ship"]}, {"passages": ["nowhere", "No ship"], "quotes": ["Z"]}, {}]
    claims = [{**draft()["statements"][0], "id": f"t{number}", **each} for number, each in enumerate(more)]
    document["statements"] += claims
    errors: list[AnchorError] = []
    article = read_draft(document, TEXT, on_error=errors.append)
    kept = [(claim.quotes, len(claim.spans)) for claim in article.statements]
    assert kept == [(("We mined nothing", "mined"), 1), (("No ship",), 0), ((), 0), ((), 0)]
    (error,) = errors
    assert [issue.json_path.removeprefix("$.statements") for issue in error.issues] == [
        *("[0].quotes[0]", "[0].quotes[2]", "[1].passages[0]", "[2].passages[0]", "[2].quotes[0]"),
    ]


def test_neither_constructors_nor_articles_look_quotes_up() -> None:
    article = attrs.evolve(article_with(TEXT, (0, 5)), text=TEXT)
    quoted = article.with_changes("s0", quotes=["Nobody said so"])
    assert from_dict(to_dict(quoted)) == quoted.with_text(TEXT) == quoted
    assert wrong(to_draft(quoted)) == [("span", "$.statements[0].quotes[0]")]


def test_the_work_for_quotes_grows_with_the_draft_and_the_text(work: Work) -> None:
    def cost(size: int, quote: str) -> int:
        document = draft("No ship", quotes=[f"{quote}{number}" for number in range(20 * size)])
        return work(partial(refusal, document, f"No ship. {'ab ' * 5_000}"))[1]

    for quote in ("ab ", "X", "… ab … "):
        assert cost(2, quote) <= 3 * cost(1, quote)


# What may stand in a draft.


def test_dates_are_read_as_people_write_them_relative_to_the_day_of_publication() -> None:
    document = draft(date="on Monday", event_date="last month", event_end="09/05/2031") | {"published": "14 May 2031"}
    article = read_draft(document, TEXT, dayfirst=True)
    (claim,) = article.statements
    assert article.published == PartialDate(2031, 5, 14)
    assert (claim.date, claim.event_date) == (PartialDate(2031, 5, 12), PartialDate(2031, 4))
    assert claim.event_end == PartialDate(2031, 5, 9)


@pytest.mark.parametrize(
    ("date", "more", "places"),
    [
        *(("on Monday", {"published": day}, ["statements[0].date"]) for day in ("May 2031", None)),
        ("on Monday", {}, ["statements[0].date"]),
        ("on Monday", {"published": "yesterday"}, ["published", "statements[0].date"]),
        ("04/05/2031", {"published": "04/05/2031"}, ["published", "statements[0].date"]),
    ],
)
def test_a_phrase_needs_the_day_of_publication_in_full_and_a_date_one_meaning(
    date: str, more: dict[str, object], places: list[str]
) -> None:
    assert sorted(wrong(draft(date=date) | more)) == [("date", f"$.{place}") for place in places]


@pytest.mark.parametrize("date", ["am Montag", "月曜日", "on Monday", "on 9 April", ""])
def test_a_refused_date_of_a_draft_may_be_left_out_in_every_language(date: str) -> None:
    for issue in refusal(draft(date=date) | {"published": date}).issues:
        assert issue.message.endswith(f"leave {issue.path[-1]!r} out")


def test_null_stands_for_a_key_that_is_left_out() -> None:
    nothing = {
        "schema_version": None,
        "title": None,
        "text": None,
        **draft("No ship sank", accused=None, denies=None, kind=None, spans=None, quotes=None, cue=None, about=None),
    }
    nothing["actors"][0] |= {"kind": None, "aliases": None, "anonymous": None}
    nothing["statements"][0]["quantities"] = [{"minimum": 1, "maximum": None, "unit": "ship", "approximate": None}]
    plain = draft("No ship sank", quantities=[{"minimum": 1, "unit": "ship"}])
    nothing["statements"][0]["passages"] = [{"exact": "No ship sank", "prefix": "", "suffix": None, "start": None}]
    assert read_draft(nothing, TEXT) == read_draft(plain, TEXT)
    assert read_draft({"id": "a", "actors": None, "statements": None}, TEXT) == Article(id="a", text=TEXT)
    assert read_draft(draft() | {"statements": [{**draft()["statements"][0], "passages": None}]}, TEXT).statements


def claim(*passages: object, **more: object) -> dict[str, Any]:
    """The statement of a draft."""
    (one,) = draft(*passages, **more)["statements"]
    return dict(one)


NULLS = draft(speaker=None, type=None, denys=None, quantities=[{"unit": None}])
NULLS["actors"].append({"id": None, "name": None, "passages": None, "spans": None})
REPEATED_KEYS = (
    '{"id": "a", "statements": [{"type": "statement", "id": "s", "content": "x", "content": "y", "passages": ["?"]}]}'
)


@pytest.mark.parametrize(
    ("document", "issues"),
    [
        (NULLS, [
            ("missing", "$.actors[1].id"), ("missing", "$.actors[1].name"), ("unknown_key", "$.actors[1].passages"),
            ("unknown_key", "$.actors[1].spans"), ("missing", "$.statements[0].type"),
            ("missing", "$.statements[0].speaker"), ("unknown_key", "$.statements[0].denys"),
            ("missing", "$.statements[0].quantities[0]"), ("missing", "$.statements[0].quantities[0].unit"),
        ]),
        (draft(type="allegation", accused=None), [("missing", "$.statements[0].accused")]),
        (draft(type="denial"), [("missing", "$.statements[0].denies")]),
        (draft() | {"text": TEXT, "statements": [claim(spans=[]), claim(spans=[], id="s2")]},
         [("unknown_key", "$.statements[0].spans"), ("unknown_key", "$.text")]),
        (draft() | {"$schema": 5}, [("type", "$['$schema']")]),
        (draft("nowhere", speaker=None, date="someday") | {"schema_version": "9.0"}, [("version", "$.schema_version")]),
        ('{"schema_version": "9", "id": "a", "id": "b"}', [("version", "$.schema_version")]),
        (REPEATED_KEYS, [
            ("duplicate_key", "$.statements[0].content"), ("span", "$.statements[0].passages[0]"),
            ("missing", "$.statements[0].speaker"),
        ]),
        *((document, [("type", "$")]) for document in (None, [], 5, [draft()])),
        ({"id": "a", "actors": [5], "statements": "none", 5: 6},
         [("type", "$"), ("type", "$.actors[0]"), ("type", "$.statements")]),
        *((text, [("json", "$")]) for text in ("", "{")),
        (b"\xff", [("encoding", "$")]),
        ("[" * 70, [("depth", "$")]),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_draft_is_an_issue_at_its_place(document: Any, issues: list[tuple[str, str]]) -> None:
    assert wrong(document) == issues


def test_a_schema_may_be_named_at_the_root_and_the_version_left_out() -> None:
    assert read_draft(draft() | {"$schema": "https://example.org/draft.json"}, TEXT).id == "example"
    assert read_draft(draft() | {"$schema": None}, TEXT) == read_draft(draft(), TEXT)
    assert read_draft(draft() | {"schema_version": "1.0"}, TEXT) == read_draft(draft(), TEXT)


@pytest.mark.parametrize(
    ("passages", "issues"),
    [
        ("No ship sank", [("type", "")]),
        ([5], [("type", "[0]")]),
        ([""], [("empty", "[0]")]),
        (["a\0b", "\ud800"], [("text", "[0]"), ("text", "[1]")]),
        ([{}], [("missing", "[0].exact")]),
        ([{"exact": ""}], [("empty", "[0].exact")]),
        ([{"exact": "No ship", "id": "p", "type": "denial"}], [("unknown_key", "[0].id"), ("unknown_key", "[0].type")]),
        ([{"exact": None}], [("missing", "[0].exact")]),
        ([{"exact": "", "prefix": 5, "suffix": "\0", "start": -1}], [
            ("empty", "[0].exact"), ("type", "[0].prefix"), ("text", "[0].suffix"), ("range", "[0].start"),
        ]),
        ([{"exact": "No ship sank", "start": True, "pre": "x"}], [("type", "[0].start"), ("unknown_key", "[0].pre")]),
        ([{"exact": "No ship sank", 5: None, "what": None}], [("type", "[0]"), ("unknown_key", "[0].what")]),
    ],
)  # fmt: skip
def test_a_passage_of_another_shape_is_an_issue_at_its_part(passages: Any, issues: list[tuple[str, str]]) -> None:
    assert wrong(draft(passages=passages)) == [(code, f"$.statements[0].passages{path}") for code, path in issues]


def test_subclasses_of_dict_and_list_are_taken_for_what_they_hold() -> None:
    class Members(dict[str, Any]):
        pass

    class Elements(list[Any]):
        pass

    document = Members(draft(Members(exact="No ship")))
    document["statements"] = Elements([Members(document["statements"][0])])
    document["statements"][0]["passages"] = Elements(document["statements"][0]["passages"])
    assert read_draft(document, TEXT) == read_draft(draft("No ship"), TEXT)


class Scalar(str):
    """Looks like a string; its methods are a stranger's."""

    __slots__ = ()
    __hash__ = str.__hash__

    def __eq__(self, other: object) -> bool:
        raise RuntimeError

    __ne__ = __eq__


@pytest.mark.parametrize("value", ["", "No ship"])
def test_a_subclass_of_string_in_a_passage_is_of_the_wrong_type_and_its_methods_are_not_called(value: str) -> None:
    parts = "exact", "prefix", "suffix"
    passages = [{"exact": "No ship", part: Scalar(value)} for part in parts]
    assert wrong(draft(*passages)) == [
        ("type", f"$.statements[0].passages[{number}].{part}") for number, part in enumerate(parts)
    ]


# All that is wrong, at once.


def test_all_issues_come_at_once_in_the_order_of_the_draft_with_places() -> None:
    document = {
        "statements": [
            {"type": "statement", "id": "s1", "passages": ["nowhere"], "speaker": "nvy", "content": "x", "date": "y"},
            {"type": "denial", "id": "s2", "speaker": "navy", "content": "x", "denies": ["s3"], "cue": ""},
        ],
        "actors": [{"id": "navy"}],
    }
    text = json.dumps(document, indent=1)
    error = refusal(text)
    assert [(issue.code, issue.pointer) for issue in error.issues] == [
        ("span", "/statements/0/passages/0"),
        ("dangling_ref", "/statements/0/speaker"),
        ("date", "/statements/0/date"),
        ("dangling_ref", "/statements/1/denies/0"),
        ("empty", "/statements/1/cue"),
        ("missing", "/actors/0/name"),
        ("missing", "/id"),
    ]
    lines = text.splitlines()
    assert [lines[(issue.line or 0) - 1][(issue.column or 0) - 1 :] for issue in error.issues] == [
        '"nowhere"', '"nvy",', '"y"', '"s3"', '""', "{", "{",
    ]  # fmt: skip
    assert str(error).startswith("line 7: $.statements[0].passages[0]: statement 's1': ")


def test_a_draft_may_be_text_or_bytes_and_the_text_is_checked_first() -> None:
    for written in ('{"id": "a"}', b'{"id": "a"}', b'\xef\xbb\xbf{"id": "a"}'):
        assert read_draft(written, TEXT) == Article(id="a", text=TEXT)
    for text, code in (("", "empty"), (" ", "empty"), ("\0", "text")):
        assert wrong({}, text) == [(code, "$.text")]


def test_an_argument_beside_the_draft_is_a_type_error() -> None:
    arguments: dict[str, Any] = {"on_error": 3, "text": 5, "dayfirst": 1}
    for name, value in arguments.items():
        call: Any = {"text": TEXT, name: value}
        with pytest.raises(TypeError, match=name):
            read_draft({}, **call)


@pytest.mark.parametrize(
    ("passages", "before"),
    [
        (["Nobody said so"] * 3, 1), (["Nobody"] * 5 + ["said"], 1), (["Nobody"] * 2, 0), (["Nobody"] * 2 + [5], 0),
        (["Nobody"] * 4 + ["said"], 0),  # one in five, though in several places
    ],
)  # fmt: skip
def test_where_nearly_no_passage_is_in_the_text_the_first_issue_says_that_it_is_another(
    passages: list[Any], before: int
) -> None:
    issues = refusal(draft(*passages), "One said this, another said that.").issues
    assert [number for number, issue in enumerate(issues) if not issue.path] == [0] * before
    assert len(issues) == len(passages) + before


# Passages without a place, handed over.


@pytest.mark.parametrize("write", [dict, json.dumps])
def test_where_nothing_but_passages_is_wrong_the_error_can_be_handed_over(write: Callable[[Any], Any]) -> None:
    document = draft("No ship sank", "nowhere")
    document["statements"].append({**document["statements"][0], "id": "s2", "passages": ["The port said"]})
    errors: list[AnchorError] = []
    article = read_draft(write(document), TEXT, on_error=errors.append)
    (error,) = errors
    assert type(error) is AnchorError
    assert [issue.json_path for issue in error.issues] == ["$.statements[0].passages[1]"]
    assert [len(claim.spans) for claim in article.statements] == [0, 1]
    assert error.issues[0].line == (None if write is dict else 1)
    assert article.text == TEXT


def test_nothing_is_handed_over_where_something_else_is_wrong_or_nothing() -> None:
    errors: list[AnchorError] = []
    refusal(draft("nowhere", cue=""), on_error=errors.append)
    refusal(draft("nowhere", ""), on_error=errors.append)
    assert read_draft(draft("No ship"), TEXT, on_error=errors.append).text == TEXT
    with pytest.raises(ValidationError, match="version"):
        read_draft(draft("nowhere") | {"schema_version": "9.0"}, TEXT, on_error=errors.append)
    assert errors == []


def test_the_first_hundred_issues_are_kept_and_the_others_counted() -> None:
    document, errors = draft(*["nowhere"] * 130), list[AnchorError]()
    read_draft(json.dumps(document), TEXT, on_error=errors.append)
    for error in (refusal(document), *errors):
        assert (len(error.issues), error.omitted) == (100, 31)  # the first says that this is another text


# What others write.


KEYS = "id actors statements passages exact start prefix type published date speaker quantities unit denies text spans"
documents = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["$schema", *KEYS.split()]), inner),
    max_leaves=20,
)


@given(documents)
@example(
    {"statements": [{"type": "denial", "id": "a", "denies": None}, {"type": "denial", "id": "b", "denies": ["a"]}]}
)
def test_whatever_is_given_is_an_article_or_refused(document: object) -> None:
    try:
        article = read_draft(document, TEXT)  # type: ignore[arg-type]
    except ValidationError:
        return
    assert article.text == TEXT


@given(articles(text=st.none(), max_statements=4, max_actors=3))
def test_an_article_without_spans_and_quotes_is_its_own_draft(article: Article) -> None:
    claims = [attrs.evolve(claim, spans=(), quotes=()) for claim in article.statements]
    plain = attrs.evolve(article, statements=claims)
    assert read_draft(to_dict(plain), TEXT) == attrs.evolve(plain, text=TEXT)
    assert from_dict(to_dict(plain)) == plain


@pytest.mark.parametrize("wrong", ["[]", "null", '{"actors": [', None])
def test_the_loop_of_the_guide_asks_again_after_an_answer_that_is_no_json_object(wrong: str | None) -> None:
    page = (Path(__file__).parents[1] / "docs" / "python" / "language-models.md").read_text(encoding="utf-8")
    (loop,) = re.findall(r"^>>> (def extract(?:.*\n)(?:\.\.\. .*\n)+)", page, re.MULTILINE)
    names: dict[str, Any] = {"json": json, "read_draft": read_draft}
    exec(re.sub(r"^\.\.\. ", "", loop, flags=re.MULTILINE), names)  # noqa: S102 - an example of the documentation
    answers = iter([wrong, "{}"])
    article = names["extract"](lambda _: next(answers), "Annotate.", TEXT, {"id": "a"})
    assert article == Article(id="a", text=TEXT)
    assert not list(answers)
