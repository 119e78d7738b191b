from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any, cast

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


def places(*passages: object, text: str = TEXT) -> list[str]:
    article = read_draft(draft(*passages), text)
    return list(article.excerpts("s1"))


# The law.


@given(articles(text=texts, min_statements=1))
def test_an_article_with_a_text_is_what_is_read_of_the_draft_of_it(article: Article) -> None:
    assert read_draft(to_draft(article), str(article.text)) == article


@given(st.data(), texts)
def test_every_passage_of_every_text_is_found_again(data: st.DataObject, text: str) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    try:
        span = Span.of(text, start, end)
    except ValidationError:  # nothing of it is left in normal form
        return
    claim = Statement(id="s1", speaker="navy", content="A claim.", spans=[span])
    article = Article(id="example", actors=[Actor(id="navy", name="the navy")], statements=[claim], text=text)
    assert read_draft(json.dumps(to_draft(article)), text) == article


def test_the_draft_of_one_sentence_four_hundred_times_stays_in_proportion() -> None:
    text = REPEATED[0]
    spans = [Span.of(text, 17 * number, 17 * number + 6) for number in range(400)]
    claim = Statement(id="s1", speaker="navy", content="A claim.", spans=spans)
    article = Article(id="example", actors=[Actor(id="navy", name="the navy")], statements=[claim], text=text)
    written = json.dumps(to_draft(article))
    assert read_draft(written, text) == article
    assert len(written) < 2 * len(json.dumps(to_dict(attrs.evolve(article, text=None))))


def written_size(document: object) -> int:
    """How many characters JSON has for a document, each character of its strings counted once."""
    text = json.dumps(document, separators=(",", ":"))
    return len(re.sub(r"(?:\\u[0-9a-f]{4}){1,2}|\\.", "x", text))


@given(articles(text=texts, min_statements=1))
def test_a_draft_is_at_most_three_times_its_article_and_as_long_as_its_passages(article: Article) -> None:
    passages = sum(len(passage) for claim in article.statements for passage in article.excerpts(claim))
    assert written_size(to_draft(article)) <= 3 * written_size(to_dict(article)) + passages


def test_statements_that_all_have_nearly_the_whole_text_are_drafted_at_the_length_of_their_passages() -> None:
    text = " ".join(f"word{number}" for number in range(2_000))
    spans = [Span.of(text, text.index(f"word{number}"), len(text)) for number in range(40)]
    claims = [Statement(id=f"s{number}", speaker="a", content="A.", spans=[span]) for number, span in enumerate(spans)]
    article = Article(id="example", actors=[Actor(id="a", name="a")], statements=claims, text=text)
    passages = sum(span.end - span.start for span in spans)
    assert passages < written_size(to_draft(article)) <= passages + written_size(to_dict(article))
    assert read_draft(to_draft(article), text) == article


def test_a_draft_writes_bare_words_where_these_are_enough_and_context_or_a_start_where_not() -> None:
    text = f"{'He said that ships wait at the quay. ' * 6}In the end, she said that ships wait at the quay."
    ends = [(37, 73), (222, 270), (238, 243), (2, 3)]
    claims = [
        Statement(id=f"s{number}", speaker="a", content="A claim.", spans=[Span.of(text, *place)])
        for number, place in enumerate(ends)
    ]
    article = Article(id="example", actors=[Actor(id="a", name="a")], statements=claims, text=text)
    written = [claim["passages"] for claim in to_draft(article)["statements"]]
    assert written[0] == [{"exact": "He said that ships wait at the quay.", "start": 37}]
    assert written[1] == ["In the end, she said that ships wait at the quay"]
    assert written[2] == [{"exact": "said ", "prefix": "the end, she ", "suffix": "that ships wait"}]
    assert written[3] == [{"exact": " ", "start": 2}]
    assert read_draft(to_draft(article), text) == article


def test_the_article_that_ships_with_geoclaims_needs_no_start(shared: Any) -> None:
    article = load_article(text_path=shared / "article.txt")
    written = to_draft(article)
    passages = [passage for claim in written["statements"] for passage in claim["passages"]]
    assert [passage for passage in passages if "start" in passage and not isinstance(passage, str)] == []
    assert "spans" not in json.dumps(written)
    assert read_draft(written, str(article.text)) == article


def test_an_article_without_a_text_has_no_draft() -> None:
    with pytest.raises(AnchorError, match=r"^\$\.text: found no text, expected an article with its text attached"):
        to_draft(load_article())


def test_what_is_not_an_article_has_no_draft() -> None:
    with pytest.raises(TypeError, match="expected an Article"):
        to_draft({})  # type: ignore[arg-type]


# Where a passage is.


@pytest.mark.parametrize(
    ("passage", "place"),
    [
        ('"We mined nothing,"  the navy said', "“We mined\nnothing,” the navy said"),
        ("The navy mined it", "The navy mined it"),
        (" No ship sank. ", "No ship sank."),
        (" No ship sank.", " No ship sank."),
        ({"exact": "mined", "prefix": "The navy"}, "mined"),
        ({"exact": "mined", "prefix": "n: The navy", "suffix": 'it."'}, "mined"),
        ({"exact": "mined", "suffix": "it"}, "mined"),
        ({"exact": "mined", "suffix": " it.” No shixp"}, "mined"),
        ({"exact": " mined ", "prefix": "We", "suffix": "nothing"}, "mined"),
        ({"exact": "mined", "prefix": "fleet The navy ", "suffix": ""}, "mined"),
        ({"exact": "mined", "prefix": "\n n: The navy"}, "mined"),
        ({"exact": "mined", "suffix": "it.” No shixp \n"}, "mined"),
        ({"exact": '  "We m', "suffix": "ined"}, "“We m"),
        ({"exact": 'ined nothing,"', "prefix": '"We m'}, "ined\nnothing,”"),
        ({"exact": '"We min', "suffix": "ed nothing"}, "“We min"),
        ({"exact": "sa", "prefix": "No ship ", "suffix": "nk"}, "sa"),
        ({"exact": "hip", "prefix": "No s"}, "hip"),
        ({"exact": "shi", "prefix": "No ", "suffix": "p"}, "shi"),
        ({"exact": "mined", "start": 16}, "mined"),
        ({"exact": "ine", "start": 17}, "ine"),
        ({"exact": "\n", "start": 21}, "\n"),
        ({"exact": "No ship", "prefix": " ", "suffix": "\u00ad"}, "No ship"),
    ],
)
def test_a_passage_stands_where_its_words_and_what_is_beside_them_say(passage: Any, place: str) -> None:
    assert places(passage) == [place]


def test_a_start_is_taken_to_the_letter_also_where_the_words_stand_elsewhere_too() -> None:
    article = read_draft(draft({"exact": " ", "start": 5}, {"exact": "mine", "start": 16}), TEXT)
    assert [span.start for span in article.statement("s1").spans] == [5, 16]


def test_passages_may_stand_in_any_order_and_are_sorted() -> None:
    assert places("The port said", "No ship sank") == places("No ship sank", "The port said")


@pytest.mark.parametrize(
    ("passage", "said"),
    [
        (
            "We mined something",
            "found it nowhere; nearest is 'We mined\\nnothing,”' at 13, expected 'We mined something'",
        ),
        ("Nobody knows", "found it nowhere, expected 'Nobody knows'"),
        ("mined", "found it 2 times: at 16 in 'Ships wait. “We mined\\nnothing,” the navy ', at 82 in "),
        ("ine", "found it at 17 only within a longer word: 'Ships wait. “We mined\\nnothing,” the navy'"),
        ({"exact": "hip", "prefix": "\u00ad"}, "found it at 1 only within a longer word"),
        ({"exact": "shi", "suffix": "\n"}, "found it at 96 only within a longer word"),
        ({"exact": "navy", "start": 3}, "found 'ps w' at 3, expected 'navy'"),
        ({"exact": "No ship", "start": 3}, "found 'ps wait' at 3, expected 'No ship'; it stands at 93 to 100"),
        ({"exact": "x", "start": 900}, "found the end of the text, expected 'x'"),
        ({"exact": "x", "start": len(TEXT)}, "found the end of the text, expected 'x'"),
        ({"exact": "x", "start": len(TEXT) - 1}, f"found {TEXT[-1]!r} at {len(TEXT) - 1}, expected 'x'"),
        ({"exact": "x", "start": 0}, f"found {TEXT[0]!r} at 0, expected 'x'"),
        ({"exact": "navy", "suffix": "told us nothing"}, "found it at 36 and elsewhere, in "),
        (
            {"exact": "No ship", "prefix": "Mines:", "suffix": "sank"},
            "expected it with prefix 'Mines:' and suffix 'sank'",
        ),
        ({"exact": "No ship", "prefix": "Mines:"}, "found it at 93, in "),
        (" ", "found white space alone, expected its start beside it"),
        ("\u00ad", "found '\\xad', expected a passage with characters that can be seen"),
        ({"exact": "\u00ad", "start": 0}, "expected '\\xad'"),
    ],
)
def test_a_passage_that_has_no_place_of_its_own_is_an_issue_that_says_what_would_help(passage: Any, said: str) -> None:
    assert said in message(passage)


def test_what_is_said_of_a_start_is_whole() -> None:
    said = {
        ("navy", 3): "found 'ps w' at 3, expected 'navy'",
        ("No ship", 3): "found 'ps wait' at 3, expected 'No ship'; it stands at 93 to 100",
        ("Ship", 1): "found 'hips' at 1, expected 'Ship'",
        ("Ships", 1): "found 'hips ' at 1, expected 'Ships'; it stands at 0 to 5",
    }
    for (exact, start), expected in said.items():
        assert message({"exact": exact, "start": start}) == f"statement 's1': {expected}"


def test_what_is_said_of_words_that_stand_several_times_is_whole() -> None:
    assert message("said no", text="He said no. She said no.") == (
        "statement 's1': found it 2 times: at 3 in 'He said no. She said no.', at 16 in 'He said no. She said no.', "
        """expected it once: add words to it, or "prefix": "He " beside "exact" for the one at 3, """
        """"prefix": "He said no. She " beside "exact" for the one at 16"""
    )
    with pytest.raises(AnchorError) as caught:
        Span.find("He said nothing of the kind.", "ing")
    assert str(caught.value) == ("$: found it at 12 only within a longer word: 'He said nothing of the kind.' [span]")


def test_what_stands_several_times_beside_the_same_words_is_not_guessed() -> None:
    text = "He said no. She said no. He said no. He said no."
    assert "found it 3 times" in message({"exact": "said no", "prefix": "He "}, text=text)
    assert "found it more than 3 times: at 3 in" in message("said no", text=text)
    for passage in ("said no", {"exact": "said no", "prefix": "He"}):
        assert "add words to it, or " in message(passage, text=text)
    assert """, "prefix": "He said no. She " beside "exact" for the one at 16""" in message("said no", text=text)
    assert "found it 3 times: at 3 in" in message("said no", text=text.removesuffix(" He said no."))


@pytest.mark.parametrize(
    ("text", "exact", "keys"),
    [
        ("He said\nno. She said\nno.", "no", ["prefix", "prefix"]),
        ("Wir | sie said no. Er | sie said no.", "said no", ["prefix", "prefix"]),
        ("no, he said. no, she said. " * 2 + "no, it said.", "no", ["suffix"] * 3),
        ("no\n" * 200, "no", ["start"] * 3),
        (
            "The harbour master of the old town said that it was closed on Monday. " * 2,
            "old town said",
            ["suffix", "prefix"],
        ),
        ("a\x80no b\x80no c", "no", ["start", "suffix"]),
    ],
)
def test_what_a_message_says_to_add_for_each_place_of_a_passage_is_enough(
    text: str, exact: str, keys: list[str]
) -> None:
    one = r'("(\w+)": (?:"(?:[^"\\]|\\.)*"|\d+)) beside "exact" for the one at (\d+)'
    advice = re.findall(one, message(exact, text=text))
    assert [key for _, key, _ in advice] == keys
    assert len({start for *_, start in advice}) == len(keys)
    for added, _, start in advice:
        passage = {"exact": exact, **json.loads(f"{{{added}}}")}
        (span,) = read_draft(draft(passage), text).statement("s1").spans
        assert span.start == int(start)


def test_where_neither_context_nor_a_start_would_do_only_words_are_advised() -> None:
    assert message("it‘s", text="it’s\n" * 200).endswith("expected it once: add words to it")


def test_of_white_space_as_much_belongs_to_a_passage_as_is_quoted() -> None:
    assert places("One ", text="One  two.") == ["One "]
    assert places("One  ", text="One  two.") == ["One  "]
    assert places(" two", text="One  two.") == [" two"]


def test_context_at_the_end_of_a_text_is_whole() -> None:
    text = "He said no. She said no in May."
    claim = Statement(id="s1", speaker="navy", content="A claim.", spans=[Span.of(text, 16, 23)])
    article = Article(id="example", actors=[Actor(id="navy", name="the navy")], statements=[claim], text=text)
    assert to_draft(article)["statements"][0]["passages"] == [
        {"exact": "said no", "prefix": "He said no. She ", "suffix": " in May."}
    ]


def test_words_to_the_letter_do_not_override_the_same_words_in_other_type() -> None:
    assert "2 times" in message('"No"', text='"No" is what “No” means.')


def test_half_a_quotation_mark_is_found_to_the_letter_beside_the_other_half_and_else_taken_off() -> None:
    text = "He said: ''We mined nothing,'' and left."
    assert places({"exact": "'We mined nothing,'", "prefix": "said: '", "suffix": "' and"}, text=text) == [
        "'We mined nothing,'"
    ]
    assert places("'We mined nothing,'", text=text) == ["We mined nothing,"]
    assert "found it nowhere" in message(
        {"exact": "'We mined nothing", "prefix": "said: '"}, text=text.replace("''", "”")
    )


def test_marks_that_are_taken_off_a_passage_may_stand_between_it_and_its_context() -> None:
    text = "He said: “No. She said: “No. They: No.” It said: No."
    for side, context, start in (("prefix", "She said:", 25), ("prefix", "She said: “", 25), ("suffix", "It", 35)):
        found = read_draft(draft({"exact": "“No.”", side: context}), text).statements[0].spans
        assert found == (Span.of(text, start, start + 3),)
    assert "2 times" in message({"exact": "“No.”", "prefix": "said: “"}, text=text)
    assert "expected it with prefix 'She wrote:'" in message({"exact": "“No.”", "prefix": "She wrote:"}, text=text)


def test_part_of_a_character_reference_is_found_to_the_letter_beside_the_rest() -> None:
    assert places({"exact": "1 &am", "suffix": "p; 2"}, text="It is 1 &amp; 2.") == ["1 &am"]
    assert "found it nowhere" in message("1 &am", text="It is 1 &amp; 2.")


def test_a_passage_does_not_divide_a_letter_and_its_marks() -> None:
    assert "found it" in message("cafe", text="The cafe\u0301 was shut.")
    assert places("café", text="The cafe\u0301 was shut.") == ["cafe\u0301"]


def test_a_passage_that_has_no_normal_form_is_an_issue() -> None:
    assert "not empty in normal form" in message({"exact": "\u00ad", "start": 2}, text="No\u00adwhere")


def test_passages_of_a_statement_that_overlap_are_an_issue() -> None:
    document = draft("No ship sank", "The port said", "ship sank")
    error = refusal(document)
    assert [issue.path for issue in error.issues] == [("statements", 0, "passages", 2)]
    assert "found it at 96 to 105, expected no overlap with passage 1 of the statement, which ends at 105" in str(error)
    assert wrong(draft("No ship sank", {"exact": "ship", "prefix": "No "}, "sank"))[1:] == [
        ("span", "$.statements[0].passages[2]")
    ]


# What may stand in a draft.


def test_dates_are_read_as_people_write_them_relative_to_the_day_of_publication() -> None:
    document = draft(date="on Monday", event_date="last month", event_end="2031-05-09") | {"published": "14 May 2031"}
    article = read_draft(document, TEXT)
    (claim,) = article.statements
    assert article.published == PartialDate(2031, 5, 14)
    assert (claim.date, claim.event_date) == (PartialDate(2031, 5, 12), PartialDate(2031, 4))


@pytest.mark.parametrize("published", [{}, {"published": "May 2031"}, {"published": None}, {"published": 5}])
def test_a_phrase_needs_the_day_of_publication_in_full(published: dict[str, object]) -> None:
    error = refusal(draft(date="on Monday") | published)
    assert error.issues[0].code == "date"
    assert error.issues[0].message == (
        "statement 's1': found 'on Monday', expected a date; a phrase such as this counts from 'published', which must "
        "be a full date"
    )


def test_the_day_of_publication_is_no_phrase_since_phrases_count_from_it() -> None:
    assert str(refusal(draft() | {"published": "yesterday"})) == (
        "$.published: found 'yesterday', expected a date; phrases such as this count from it [date]"
    )


def test_an_ambiguous_date_names_both_readings_and_no_argument_of_python() -> None:
    assert str(refusal(draft() | {"published": "04/05/2031"})) == (
        "$.published: found '04/05/2031', expected a date with one meaning, either 2031-04-05 (month first) or "
        "2031-05-04 (day first) [date]"
    )


def test_a_date_in_numbers_needs_dayfirst() -> None:
    assert wrong(draft(date="04/05/2031", event_date="04/05/2031")) == [
        ("date", "$.statements[0].date"),
        ("date", "$.statements[0].event_date"),
    ]
    assert read_draft(draft(date="04/05/2031"), TEXT, dayfirst=True).statements[0].date == PartialDate(2031, 5, 4)


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
    assert read_draft(nothing, TEXT) == read_draft(plain, TEXT)
    assert read_draft({"id": "a", "actors": None, "statements": None}, TEXT) == Article(id="a", text=TEXT)
    assert read_draft(draft() | {"statements": [{**draft()["statements"][0], "passages": None}]}, TEXT).statements


def test_null_at_a_key_that_is_needed_is_missing_and_at_an_unknown_one_unknown() -> None:
    document = draft(speaker=None, type=None, denys=None)
    document["actors"].append({"id": None, "name": None, "passages": None, "spans": None})
    document["statements"][0]["quantities"] = [{"unit": None}]
    assert wrong(document) == [
        ("missing", "$.actors[1].id"),
        ("missing", "$.actors[1].name"),
        ("unknown_key", "$.actors[1].passages"),
        ("unknown_key", "$.actors[1].spans"),
        ("missing", "$.statements[0].type"),
        ("missing", "$.statements[0].speaker"),
        ("unknown_key", "$.statements[0].denys"),
        ("missing", "$.statements[0].quantities[0]"),
        ("missing", "$.statements[0].quantities[0].unit"),
    ]
    assert "found null, expected it in every actor" in str(refusal(document))


def test_an_allegation_and_a_denial_need_their_links_in_a_draft_too() -> None:
    assert wrong(draft(type="allegation", accused=None)) == [("missing", "$.statements[0].accused")]
    assert wrong(draft(type="denial")) == [("missing", "$.statements[0].denies")]


def test_the_text_and_spans_have_no_place_in_a_draft() -> None:
    document = draft(spans=[]) | {"text": TEXT}
    document["statements"].append({**document["statements"][0], "id": "s2"})
    assert wrong(document) == [("unknown_key", "$.statements[0].spans"), ("unknown_key", "$.text")]
    assert refusal(document).issues[0].message == (
        "statement 's1': found the key 'spans', expected none in any statement of a draft: quote the passages under "
        "'passages'"
    )
    assert "quote the passages under 'passages'" in str(refusal(document))


def test_a_schema_may_be_named_at_the_root_and_the_version_left_out() -> None:
    assert read_draft(draft() | {"$schema": "https://example.org/draft.json"}, TEXT).id == "example"
    assert read_draft(draft() | {"$schema": None}, TEXT) == read_draft(draft(), TEXT)
    assert wrong(draft() | {"$schema": 5})[0][1] == "$['$schema']"
    assert read_draft(draft() | {"schema_version": "1.0"}, TEXT) == read_draft(draft(), TEXT)


def test_of_a_draft_of_an_unknown_version_nothing_else_is_reported() -> None:
    document = draft("nowhere", speaker=None, date="someday") | {"schema_version": "9.0"}
    assert wrong(document) == [("version", "$.schema_version")]
    lost: list[AnchorError] = []
    with pytest.raises(ValidationError, match="version"):
        read_draft(draft("nowhere") | {"schema_version": "9.0"}, TEXT, on_error=lost.append)
    assert not lost


@pytest.mark.parametrize(
    ("passages", "issues"),
    [
        ("No ship sank", [("type", "")]),
        ([5], [("type", "[0]")]),
        ([""], [("empty", "[0]")]),
        (["a\0b", "\ud800"], [("text", "[0]"), ("text", "[1]")]),
        ([{}], [("missing", "[0].exact")]),
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


@pytest.mark.parametrize("passage", ["", {"exact": ""}])
def test_a_passage_of_no_words_needs_some(passage: Any) -> None:
    (issue,) = refusal(draft(passage)).issues
    assert issue.message == "statement 's1': found '', expected the words of a passage, as the text has them"


def test_a_passage_is_named_by_its_statement_whatever_ids_stand_in_it() -> None:
    passage = {"exact": "No ship sank", "id": "p", "type": "denial"}
    messages = [issue.message for issue in refusal(draft(passage)).issues]
    assert messages == [
        f"statement 's1': found the key '{key}', expected one that a passage has" for key in ("id", "type")
    ]


def test_null_and_nothing_in_a_passage_are_parts_that_are_left_out() -> None:
    assert places({"exact": "No ship", "prefix": "", "suffix": None, "start": None}) == ["No ship"]


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


@pytest.mark.parametrize("part", ["exact", "prefix", "suffix"])
@pytest.mark.parametrize("value", ["", "No ship"])
def test_a_subclass_of_string_in_a_passage_is_of_the_wrong_type_and_its_methods_are_not_called(
    part: str, value: str
) -> None:
    passage = {"exact": "No ship", part: Scalar(value)}
    assert wrong(draft(passage)) == [("type", f"$.statements[0].passages[0].{part}")]


@pytest.mark.parametrize("document", [None, [], 5, [draft()]])
def test_what_is_not_an_object_is_not_a_draft(document: object) -> None:
    assert wrong(document) == [("type", "$")]


def test_parts_that_are_not_objects_are_issues() -> None:
    assert wrong({"id": "a", "actors": [5], "statements": "none", 5: 6}) == [
        ("type", "$"),
        ("type", "$.actors[0]"),
        ("type", "$.statements"),
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
    assert str(error).startswith("line 7: $.statements[0].passages[0]: statement 's1': found it nowhere")


def test_keys_that_a_draft_repeats_are_issues_among_the_others() -> None:
    text = (
        '{"id": "a", "statements": [{"type": "statement", "id": "s", "content": "x", "content": "y",\n'
        '"passages": ["?"]}]}'
    )
    assert wrong(text) == [
        ("duplicate_key", "$.statements[0].content"),
        ("span", "$.statements[0].passages[0]"),
        ("missing", "$.statements[0].speaker"),
    ]
    assert wrong('{"schema_version": "9", "id": "a", "id": "b"}') == [("version", "$.schema_version")]


@pytest.mark.parametrize("text", ['{"id": "a"}', b'{"id": "a"}', bytearray(b'\xef\xbb\xbf{"id": "a"}')])
def test_a_draft_may_be_text_or_bytes(text: Any) -> None:
    assert read_draft(text, TEXT) == Article(id="a", text=TEXT)


@pytest.mark.parametrize(("text", "code"), [("", "json"), ("{", "json"), (b"\xff", "encoding"), ("[" * 70, "depth")])
def test_what_is_not_strict_json_is_not_a_draft(text: Any, code: str) -> None:
    assert wrong(text) == [(code, "$")]


@pytest.mark.parametrize(("text", "code"), [("", "empty"), (" ", "empty"), ("\0", "text")])
def test_the_text_is_checked_first(text: object, code: str) -> None:
    assert wrong({}, text) == [(code, "$.text")]


def test_an_argument_beside_the_draft_is_a_type_error() -> None:
    with pytest.raises(TypeError, match="found 5 as text, expected a string"):
        read_draft({}, cast("Any", 5))
    with pytest.raises(TypeError, match="found 1 as dayfirst"):
        read_draft({}, TEXT, dayfirst=cast("Any", 1))


def test_the_first_hundred_issues_are_kept_and_the_others_counted() -> None:
    error = refusal(draft(*["nowhere"] * 130))
    assert (len(error.issues), error.omitted) == (100, 31)  # the first says that this is another text


@pytest.mark.parametrize(
    ("passages", "said"),
    [
        (["Nobody said so"] * 3, "found 0 of 3 passages, expected the text that was annotated: this is another text"),
        (
            ["Nobody"] * 5 + ["said"],
            "found 1 of 6 passages, expected the text that was annotated: this is another text",
        ),
        (["Nobody"] * 4 + ["said"], ""),  # one in five, though in several places
        (["Nobody"] * 2, ""),
        (["Nobody"] * 2 + [5], ""),
    ],
)
def test_where_nearly_no_passage_is_in_the_text_the_first_issue_says_that_it_is_another(
    passages: list[Any], said: str
) -> None:
    text = "One said this, another said that."
    issues = refusal(draft(*passages), text).issues
    assert [issue.message for issue in issues if not issue.path] == [said][: bool(said)]
    assert (issues[0].path == ()) == bool(said)
    assert len(issues) == len(passages) + bool(said)


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
    assert errors == []


def test_what_cannot_be_called_with_errors_is_an_error_of_the_call() -> None:
    with pytest.raises(TypeError, match="found 3 as on_error, expected a function to call with each error, or None"):
        read_draft(draft(), TEXT, on_error=3)  # type: ignore[arg-type]


def test_the_error_that_is_handed_over_counts_what_it_does_not_hold() -> None:
    errors: list[AnchorError] = []
    read_draft(json.dumps(draft(*["nowhere"] * 130)), TEXT, on_error=errors.append)
    assert (len(errors[0].issues), errors[0].omitted) == (100, 31)  # the first says that this is another text


# What others write.


KEYS = "id actors statements passages exact start prefix type published date speaker quantities unit denies text spans"
documents = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["$schema", *KEYS.split()]), inner),
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


@given(articles(text=st.none()))
def test_an_article_without_spans_is_its_own_draft(article: Article) -> None:
    claims = [attrs.evolve(claim, spans=()) for claim in article.statements]
    plain = attrs.evolve(article, statements=claims)
    assert read_draft(to_dict(plain), TEXT) == attrs.evolve(plain, text=TEXT)
    assert from_dict(to_dict(plain)) == plain
