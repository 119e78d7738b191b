from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from copy import deepcopy
from functools import partial
from itertools import product
from operator import attrgetter
from pathlib import Path
from typing import Any

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
from tests.conftest import Work
from tests.places import at
from tests.subclasses import Items, Members, Text

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
            ("mined", {"prefix": "id: “The navy", "suffix": 'it."'}),
            (" mined ", {"prefix": "We", "suffix": "nothing"}),
            ("mined", {"prefix": "\n d: “The navy"}), ("sa", {"prefix": "No ship ", "suffix": "nk"}),
            ("mined", {"start": 16}), ("ine", {"start": 17}), ("No ship", {"prefix": " ", "suffix": "\u00ad"}),
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
        text = "xab " * 1_100 * size  # more places than are looked at
        starts = range(0, 600 * size, 150)
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


# Quotes.


SAID = "Ships wait. “We mined\nnothing,” the navy said, “and it’s over.” He said 1,600 of us can't."
STANDS = {
    **dict.fromkeys(
        ("We mined nothing", "We mined nothing.", "We mined nothing …", "“We mined nothing.”"), "We mined nothing"
    ),
    **dict.fromkeys(("“We mined  nothing,”", '"We mined\nnothing,"', " ''We mined nothing,''"), "“We mined nothing,”"),
    "and it's over.”": "and it’s over.”",
    "over ,": "over",
    "\tover\n": "over",
    **{each: each for each in ("We mined nothing", "said", "Ships wait", "1,600", "can't", "nothing,” the navy said")},
    "‘We mined nothing,’  the navy": "“We mined nothing,” the navy",
}
STANDS_NOT = (
    "We mined anything|We mined|we mined nothing|We  mined|hip|1,60|600|can|mine|\u200b|We mined nothing and it’s over|"
    "We … nothing|We [...] nothing|it's over and|X"
)


@pytest.mark.parametrize(("typed", "printed"), STANDS.items())
def test_a_quote_in_the_text_at_one_place_or_several_is_stored_as_the_text_prints_it(typed: str, printed: str) -> None:
    for passages in ((), ("Ships wait",), ("nowhere",)):
        lost: list[AnchorError] = []
        (claim,) = read_draft(draft(*passages, quotes=[typed, typed]), SAID, on_error=lost.append).statements
        assert claim.quotes == (printed, printed)
        assert len(lost) == (passages == ("nowhere",))


@pytest.mark.parametrize(
    ("passages", "quote", "printed"),
    [
        ([], "'No'", "‘No’"), (["‘No’ it", "“No” he"], '"No"', "“No”"), ([], '"No"', '"No"'), ([], "No,", "No"),
        (["No! it"], "“No”", "No"), (["No! it"], "“No.”", "No"), (["‘No’ it"], "“No”", "No"),
    ],
)  # fmt: skip
def test_a_quote_is_looked_for_in_the_passages_first_and_its_first_place_counts(
    passages: list[str], quote: str, printed: str
) -> None:
    text = '‘No’ they said. “No” he said. No said she. No! it said. ‘No’ it said. "No" we said.'
    assert read_draft(draft(*passages, quotes=[quote]), text).statements[0].quotes == (printed,)


@given(st.data(), texts | st.text(alphabet="no. “”'\"", min_size=3, max_size=60).filter(str.strip))
def test_no_mark_letter_or_space_of_a_quote_is_stored_that_the_text_does_not_print(
    data: st.DataObject, text: str
) -> None:
    def words() -> str:
        start = data.draw(st.integers(0, len(text) - 1))
        return text[start : data.draw(st.integers(start + 1, len(text)))]

    marks = st.sampled_from(["", *"“”.,!…-\u00ad"])
    typed = [f"{data.draw(marks)}{re.sub(data.draw(marks), '', words())}{data.draw(marks)}" for _ in range(3)]
    start = data.draw(st.integers(0, len(text) - 1))
    passage = {"exact": text[start : start + data.draw(st.integers(1, 30))], "start": start}
    try:
        article = read_draft(draft(passage, quotes=typed), text, on_error=lambda _: None)
    except ValidationError:
        return
    assert all(quote in " ".join(text.split()) for quote in article.statements[0].quotes)
    assert read_draft(to_draft(article), text) == article


@pytest.mark.parametrize("quote", STANDS_NOT.split("|"))
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
    "café",
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
    assert read_draft(draft(quotes=[quote]), text).statements[0].quotes == (" ".join(quote.split()),)
    place = data.draw(st.sampled_from([place for place, letter in enumerate(quote) if letter.isalnum()]))
    changed = f"{quote[:place]}{'7' if quote[place].isdecimal() else 'Z'}{quote[place + 1 :]}"
    assert wrong(draft(quotes=[changed]), text) == [("span", "$.statements[0].quotes[0]")]


def test_neither_constructors_nor_readers_of_articles_look_quotes_up() -> None:
    quoted = article_with(TEXT, (0, 5)).with_changes("s0", quotes=["Nobody said so"])
    assert from_dict(to_dict(quoted)) == quoted
    assert wrong(to_draft(quoted)) == [("span", "$.statements[0].quotes[0]")]


@given(st.data(), st.lists(st.sampled_from(WORDS), min_size=1, max_size=12))
def test_a_corrected_text_loses_the_quotes_that_its_draft_could_not_have_aloud_and_no_passage_for_them(
    data: st.DataObject, words: list[str]
) -> None:
    text = " ".join(words)
    ends = st.tuples(*[st.integers(0, len(words) - 1)] * 2).map(sorted)
    quotes = [" ".join(words[first : last + 1]) for first, last in data.draw(st.lists(ends, max_size=4))]
    first, last = data.draw(ends)
    new = " ".join([*words[:first], *data.draw(st.lists(st.sampled_from(WORDS), max_size=2)), *words[last:]])
    spans = [(place.start(), place.end()) for place in re.finditer(r"\S+", text)]
    bare = article_with(text, *data.draw(st.lists(st.sampled_from(spans), min_size=1, max_size=4)))
    article = bare.with_changes("s0", quotes=quotes)
    of_draft, of_bare, handed = list[AnchorError](), list[AnchorError](), list[AnchorError]()
    read_draft(draft(quotes=quotes), new, on_error=of_draft.append)
    gone = [issue for error in of_draft for issue in error.issues]
    corrected = article.with_text(new, on_error=handed.append)
    kept = [quote for index, quote in enumerate(quotes) if index not in {issue.path[-1] for issue in gone}]
    assert corrected == bare.with_text(new, on_error=of_bare.append).with_changes("s0", quotes=kept)
    named = [issue for error in handed for issue in error.issues]
    assert [issue.path for issue in named if "quotes" in issue.path] == [issue.path for issue in gone]
    assert [issue for issue in named if "quotes" not in issue.path] == [each for one in of_bare for each in one.issues]
    if named:
        with pytest.raises(AnchorError) as caught:
            article.with_text(new)
        assert [*caught.value.issues] == named
    else:
        assert article.with_text(new) == corrected


def test_the_work_for_quotes_grows_with_the_draft_and_the_text(work: Work) -> None:
    def cost(size: int, quote: str) -> int:
        document = draft("No ship", quotes=[f"{quote}{number}" for number in range(8 * size)])
        return work(partial(refusal, document, f"No ship. {'ab ' * 1_200}"))[1]

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


@pytest.mark.parametrize("field", ["event_date", "event_end"])
@pytest.mark.parametrize(
    ("date", "said", "dates"),
    [
        *((date, "2031-05-09", "2031-05-09 or 2031-05-16") for date in ("on Friday", "Fri.")),
        *((date, "2030-06", "2030-06 or 2031-06") for date in ("in June", "june")),
        ("on Wednesday", None, "2031-05-07 or 2031-05-14 or 2031-05-21"),
        ("in May", None, "2030-05 or 2031-05 or 2032-05"),
        ("last Friday", None, "2031-05-02 or 2031-05-09"),
    ],
)
def test_an_event_on_a_weekday_or_in_a_month_may_lie_ahead_and_is_to_be_written_in_digits(
    field: str, date: str, said: str | None, dates: str
) -> None:
    published = {"published": "Wednesday, 14 May 2031"}
    (issue,) = refusal(draft(**{field: date}) | published).issues
    assert (issue.code, issue.path) == ("date", ("statements", 0, field))
    assert f"the one that is meant, in digits: {dates};" in issue.message
    for each in dates.split(" or "):
        assert str(getattr(read_draft(draft(**{field: each}) | published, TEXT).statements[0], field)) == each
    if said:
        assert str(read_draft(draft(date=date) | published, TEXT).statements[0].date) == said


@pytest.mark.parametrize("phrase", ["on Friday", "in January"])
def test_a_weekday_or_month_ahead_in_the_year_10000_is_refused(phrase: str) -> None:
    (issue,) = refusal(draft(event_date=phrase) | {"published": "9999-12-31"}).issues
    assert "in the years 1 to 9999" in issue.message


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
    assert read_draft(draft() | {"statements": [{**draft()["statements"][0], "passages": None}]}, TEXT).statements


NULLS = draft(speaker=None, type=None, denys=None, quantities=[{"unit": None}])
NULLS["actors"].append({"id": None, "name": None, "passages": None, "spans": None})
WITH_SPANS = [draft(spans=[], id=id)["statements"][0] for id in ("s1", "s2")]  # of which it is told once
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
        (draft() | {"text": TEXT, "statements": WITH_SPANS},
         [("unknown_key", "$.statements[0].spans"), ("unknown_key", "$.text")]),
        (draft() | {"$schema": 5}, [("type", "$['$schema']")]),
        (draft("nowhere", speaker=None, date="someday") | {"schema_version": "9.0"}, [("version", "$.schema_version")]),
        (REPEATED_KEYS, [
            ("duplicate_key", "$.statements[0].content"), ("span", "$.statements[0].passages[0]"),
            ("missing", "$.statements[0].speaker"), ("missing", "$.actors"),
        ]),
        *((each, [("missing", "$.actors"), ("missing", "$.statements")])
          for each in ({"id": "a"}, '{"id": "a"}', {"id": "a", "actors": None, "statements": None})),
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


def test_subclasses_of_dict_and_list_are_taken_for_what_they_hold_and_those_of_strings_are_of_the_wrong_type() -> None:
    document = Members(draft(Members(exact="No ship")))
    document["statements"] = Items([Members(document["statements"][0])])
    document["statements"][0]["passages"] = Items(document["statements"][0]["passages"])
    assert read_draft(document, TEXT) == read_draft(draft("No ship"), TEXT)
    for part in ("exact", "prefix", "suffix"):
        for value in ("", "No ship"):
            odd = draft({"exact": "No ship", part: Text(value)})
            assert wrong(odd) == [("type", f"$.statements[0].passages[0].{part}")]


# All that is wrong, at once, and what it costs.


SENTENCES = " ".join(f"N{n} said: “We laid mines{n},” off the cape, “in the bay{n}.” Ships{n} wait." for n in range(4))
SAYS: list[dict[str, Any]] = [
    {
        "type": "statement",
        "id": f"s{n}",
        "speaker": "navy",
        "content": "x",
        "quotes": [f"We laid mines{n}", f"in the bay{n}"],
        "passages": [
            f"N{n} said: “We laid mines{n}",
            {"exact": f"in the bay{n}", "prefix": "cape, “"},
            f"Ships{n} wait",
        ],
    }
    for n in range(4)
]
DRAFT: dict[str, Any] = {"id": "a", "actors": [{"id": "navy", "name": "the navy"}], "statements": SAYS}
Fault = tuple[str, Any, str, str]
# Where something wrong stands, in the list there if it has brackets; what it is, its code, and the part that is wrong.
FAULTS: list[Fault] = [
    *(
        ("passages[]", each, "span", "")
        for each in ("nowhere", "said", "laid mines{}", " ", {"exact": "N", "start": 5})
    ),
    *(("passages[]", each, "text", "") for each in ("a\0b", "\ud800")),
    *(("passages[]", each, "empty", "") for each in ("", "<words of the text that carry it>")),
    *(("passages[]", {"exact": each}, code, "exact") for each, code in (("", "empty"), (None, "missing"), (5, "type"))),
    *(("passages[]", {"exact": "N0", "pre": each}, "unknown_key", "pre") for each in (5, None)),
    *(("passages[]", {"exact": "N0", key: 5}, "type", key) for key in ("prefix", "suffix")),
    *(("passages[]", {"exact": "N0", "start": each}, code, "start") for each, code in ((-1, "range"), (True, "type"))),
    *(("quotes[]", each, code, "") for each, code in (("X", "span"), (5, "type"), (" ", "empty"), ("X\r", "text"))),
    *((key, each, "type", "") for key in ("passages", "quotes") for each in ("N0", {"N0": 1})),
    *(("date", each, "date", "") for each in ("someday", "on Monday")),
    *((key, None, "missing", "") for key in ("speaker", "content", "id", "type")),
    *((key, each, "empty", "") for key, each in (("cue", ""), ("content", "<the claim, in one sentence of your own>"))),
    *((key, 5, code, "") for key, code in (("passages[]", "type"), ("passage", "unknown_key"))),
]


def broken(faults: Mapping[int, tuple[Fault, int]]) -> tuple[dict[str, Any], list[tuple[str, tuple[Any, ...]]]]:
    """A draft of which some statements have a fault, at some place of a list, and what should be told of it."""
    document, told = deepcopy(DRAFT), []
    for number, ((place, value, code, within), element) in sorted(faults.items()):
        statement, key = document["statements"][number], place.removesuffix("[]")
        path = ["statements", number, key]
        if place == key:
            statement[key] = value
        else:
            path.append(element % (len(statement[key]) + 1))
            statement[key].insert(path[-1], value.replace("{}", str(number)) if type(value) is str else value)
        told.append((code, (*path, *filter(None, [within]))))
    return document, told


@pytest.mark.parametrize("fault", FAULTS, ids=repr)
def test_what_is_wrong_with_a_draft_is_told_where_it_stands(fault: Fault) -> None:
    for number in range(4):
        document, told = broken({number: (fault, number)})
        assert [(issue.code, issue.path) for issue in refusal(document, SENTENCES).issues] == told


@given(st.dictionaries(st.integers(0, 3), st.tuples(st.sampled_from(FAULTS), st.integers(0, 3)), min_size=1))
def test_all_that_is_wrong_is_told_at_once_with_places_in_the_order_of_the_draft(
    faults: dict[int, tuple[Fault, int]],
) -> None:
    document, told = broken(faults)
    text = json.dumps(document, indent=1)
    issues = refusal(text, SENTENCES).issues
    assert [(issue.code, issue.path) for issue in issues] == told
    for issue in issues:
        value = issue.path[-1] if issue.code == "unknown_key" else at(issue.path, document)
        start = text.splitlines()[(issue.line or 0) - 1][(issue.column or 0) - 1 :]
        assert start.startswith(json.dumps(value)[: None if isinstance(value, str) else 1])


OTHERS = st.none() | st.sampled_from([fault for fault in FAULTS if fault[2] != "span"])
LOST = st.tuples(st.sampled_from([fault for fault in FAULTS if fault[2] == "span"]), st.integers(0, 3))


@given(st.dictionaries(st.integers(0, 3), LOST), OTHERS, st.sampled_from([json.dumps, deepcopy]))
def test_what_stands_nowhere_can_be_handed_over_and_costs_its_statement_the_spans_or_itself(
    faults: dict[int, tuple[Fault, int]], other: Fault | None, write: Callable[[Any], Any]
) -> None:
    handed: list[AnchorError] = []
    document, told = broken(faults | ({0: (other, 0)} if other else {}))
    if other:
        refusal(write(document), SENTENCES, on_error=handed.append)
        assert handed == []
        return
    right = read_draft(DRAFT, SENTENCES)
    kept = [
        attrs.evolve(one, spans=()) if number in faults and faults[number][0][0] == "passages[]" else one
        for number, one in enumerate(right.statements)
    ]
    assert read_draft(write(document), SENTENCES, on_error=handed.append) == attrs.evolve(right, statements=kept)
    assert [[(issue.code, issue.path) for issue in error.issues] for error in handed] == [told] * bool(told)
    assert {(type(error), error.issues[0].line is None) for error in handed} <= {(AnchorError, write is deepcopy)}


def test_a_draft_may_be_text_or_bytes_and_the_text_is_checked_first() -> None:
    nothing = '{"id": "a", "actors": [], "statements": []}'
    for written in (nothing, nothing.encode(), b"\xef\xbb\xbf" + nothing.encode()):
        assert read_draft(written, TEXT) == Article(id="a", text=TEXT)
    for text, code in (("", "empty"), (" ", "empty"), ("\0", "text")):
        assert wrong({}, text) == [(code, "$.text")]


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


def test_the_first_hundred_issues_are_kept_and_the_others_counted() -> None:
    document, errors = draft(*["nowhere"] * 130), list[AnchorError]()
    read_draft(json.dumps(document), TEXT, on_error=errors.append)
    for error in (refusal(document), *errors):
        assert (len(error.issues), error.omitted) == (100, 31)  # the first says that this is another text


# What the caller knows.


@given(articles(text=st.just(TEXT), max_statements=3, max_actors=2), st.data())
def test_what_the_caller_knows_of_an_article_stands_in_the_place_of_what_a_draft_says(
    article: Article, data: st.DataObject
) -> None:
    whole = to_draft(article)
    metadata = {key: value for key, value in whole.items() if key not in {"schema_version", "actors", "statements"}}
    others = data.draw(st.sets(st.sampled_from(sorted({*metadata, "url", "title"}))))
    answer = {key: value for key, value in whole.items() if key not in metadata} | dict.fromkeys(others, 5)
    for answered in (answer, json.dumps(answer)):
        if others <= metadata.keys():
            assert read_draft(answered, TEXT, metadata={**dict.fromkeys(["url"]), **metadata}) == article
        else:
            assert {path for _, path in wrong(answered, metadata=metadata)} == {
                f"$.{key}" for key in others - {*metadata}
            }


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
    draft = {"actors": [], "statements": [], **to_dict(plain)}
    assert read_draft(draft, TEXT) == attrs.evolve(plain, text=TEXT)
    assert from_dict(to_dict(plain)) == plain


@pytest.mark.parametrize("wrong", ["[]", "null", '{"actors": [', '{"actors": [], "actors": []}', None, "{}"])
def test_the_loop_of_the_guide_asks_again_after_an_answer_that_is_not_a_draft(wrong: str | None) -> None:
    page = (Path(__file__).parents[1] / "docs" / "python" / "language-models.md").read_text(encoding="utf-8")
    names: dict[str, Any] = {"ValidationError": ValidationError, "read_draft": read_draft}
    (function,) = re.findall(r"^>>> (def extract(?:.*\n)(?:\.\.\. .*\n)+)", page, re.MULTILINE)
    exec(re.sub(r"^\.\.\. ", "", function, flags=re.MULTILINE), names)  # noqa: S102 - an example of the documentation
    answers = iter([wrong, '{"actors": [], "statements": []}'])
    article = names["extract"](lambda _: next(answers), "Annotate.", TEXT, {"id": "a"})
    assert article == Article(id="a", text=TEXT)
    assert not list(answers)
