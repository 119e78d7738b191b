from __future__ import annotations

import codecs
import json
import math
import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, strategies as st

from geoclaims import Article, Quantity, ValidationError, from_dict, from_json
from tests.places import error

START = '{"schema_version":"1.0","id":"a",'
"""The text of an article up to a key that it does not know."""


def issues(text: Any, type: Any = None) -> list[tuple[str, str]]:
    """The codes and places of all that is wrong with a text."""
    found = error(from_json, text, *([] if type is None else [type]))
    return [(issue.code, issue.json_path) for issue in found.issues]


def position(text: str) -> tuple[int | None, int | None]:
    """The line and column of the one thing that is wrong with a text."""
    (issue,) = error(from_json, text).issues
    return issue.line, issue.column


def finite(number: str) -> float:
    """A number, as the standard library reads it, unless it is infinite."""
    value = float(number)
    if not math.isfinite(value):
        raise ValueError(number)
    return value


def verdict(read: Callable[[Any], Article], data: Any) -> Any:
    """The title of an article, or all that is wrong with it."""
    try:
        return read(data).title
    except ValidationError as error:
        return error.issues


@given(st.text(st.sampled_from('[]{}":,\\u0123eE+-. \t\n\r\x00\ufeffä')) | st.binary() | st.text().map(str.encode))
def test_what_is_not_json_is_an_error_of_the_text(text: str | bytes) -> None:
    try:
        unmarked = text.removeprefix("\ufeff") if isinstance(text, str) else text
        expected = json.loads(unmarked, parse_float=finite, parse_constant=finite)
    except ValueError:
        assert issues(text) in ([("json", "$")], [("encoding", "$")])
    else:
        if isinstance(text, str) or json.detect_encoding(text).startswith("utf-8"):
            assert verdict(from_json, text) == verdict(from_dict, expected)
        else:
            assert issues(text) == [("encoding", "$")]


@pytest.mark.parametrize(
    "number", ["NaN", "Infinity", "-Infinity", "1e400", "-1e400", "1e400-5", "1e400.5", "[1e400e5]", '{"a":1e999}']
)
def test_a_number_that_json_or_a_double_cannot_hold_is_refused_at_its_place(number: str) -> None:
    text = f'{START}"x":["NaN","1e400",1e-400,12,1.5e3,\n  {number}]}}'
    column = 3 + re.search("[-NI1]", number).start()  # type: ignore[union-attr]
    assert issues(text) == [("json", "$")]
    assert position(text) == (2, column)


@pytest.mark.parametrize("number", [2**63, -1, 10**100, -(10**100), "9" * 5000], ids=lambda number: str(number)[:9])
def test_an_integer_of_any_length_that_is_out_of_range_is_just_that(number: int | str) -> None:
    assert issues(f'{{"minimum":{number},"unit":"x"}}', Quantity) == [("range", "$.minimum")]


def test_an_integer_of_any_length_where_none_belongs_is_of_the_wrong_type() -> None:
    assert issues(f'{START}"title":{"9" * 5000}}}') == [("type", "$.title")]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"])
def test_bytes_in_another_encoding_of_unicode_are_refused_by_name(encoding: str) -> None:
    data = (START + '"title":"x"}').encode(encoding)
    assert issues(data) == [("encoding", "$")]
    with pytest.raises(ValidationError, match=encoding.upper()):
        from_json(data)


def test_a_byte_order_mark_is_accepted_once_before_text_and_bytes() -> None:
    text = START + '"title":"x"}'
    assert from_json("\ufeff" + text) == from_json(codecs.BOM_UTF8 + text.encode()) == from_json(text)
    assert issues("\ufeff\ufeff" + text) == [("json", "$")]


def test_a_lone_surrogate_may_come_as_an_escape_or_in_a_string_but_is_no_text() -> None:
    assert issues(START + r'"title":"\ud800"}') == [("text", "$.title")]
    assert issues(START + '"title":"\ud800"}') == [("text", "$.title")]
    assert issues(START + r'"title":"\udc00\ud800"}') == [("text", "$.title")]
    assert from_json(START + r'"title":"\ud83d\ude00"}').title == "😀"


@pytest.mark.parametrize("bracket", ["[", '{"a":'])
def test_64_containers_may_be_open_and_a_65th_is_too_deep_whatever_follows(bracket: str) -> None:
    end = "]" if bracket == "[" else "}"
    assert {code for code, _ in issues(bracket * 64 + "1" + end * 64)} <= {"type", "missing", "unknown_key"}
    for rest in ("", "1" + end * 65, "]}]", "\x00", "NaN", "[" * 10**6):
        assert issues(bracket * 65 + rest) == [("depth", "$")]
    assert position(START + '"x":\n' + "[" * 64) == (2, 64)


def test_only_containers_that_are_open_at_once_count_and_none_in_strings() -> None:
    assert issues("[" + "[[]]," * 100 + "{}]") == [("type", "$")]
    assert issues(json.dumps(["[" * 100, "{" * 100, '\\"[' * 100])) == [("type", "$")]


@pytest.mark.parametrize(("before", "opened"), [("[[[],", 2), ('[{"a":1},', 1), ("[[],[],", 1), ('{"a":{},"b":', 1)])
def test_a_container_that_was_closed_is_no_longer_open(before: str, opened: int) -> None:
    assert issues(before + "[" * (64 - opened)) == [("json", "$")]
    assert position(before + "[" * (65 - opened)) == (1, len(before) + 65 - opened)


def test_what_is_wrong_before_a_text_gets_too_deep_is_found_first() -> None:
    assert issues("[tru," + "[" * 100) == [("json", "$")]
    assert issues('["\\x",' + "[" * 100) == [("json", "$")]
    assert issues("[NaN," + "[" * 100) == [("json", "$")]
    assert issues(('["\xff",' + "[" * 100).encode("latin-1")) == [("encoding", "$")]


def test_how_deep_a_text_may_be_does_not_depend_on_how_deep_the_caller_is() -> None:
    def call(depth: int) -> list[tuple[str, str]]:
        return call(depth - 1) if depth else issues("[" * 65)

    assert call(700) == [("depth", "$")]


def test_a_repeated_key_is_named_at_its_place_wherever_it_is() -> None:
    text = """{"schema_version":"1.0","id":"a","id":"b","title":"x","title":5,
        "actors":[{"id":"a","name":"A","kind":"state","kind":"state"}],
        "statements":[{"type":"statement","type":"denial","id":"s","speaker":"a","content":"x",
            "quantities":[{"minimum":1,"minimum":2,"unit":"x","unit":"x","unit":"x"}]}],"text":{"a":1,"a":2}}"""
    expected = [
        "$.id",
        "$.title",
        "$.actors[0].kind",
        "$.statements[0].type",
        "$.statements[0].quantities[0].minimum",
        "$.statements[0].quantities[0].unit",
        "$.statements[0].quantities[0].unit",
    ]
    of_text = [("type", "$.text"), ("duplicate_key", "$.text.a")]
    assert issues(text) == [*(("duplicate_key", place) for place in expected), *of_text]


def test_twenty_thousand_repeated_keys_are_counted() -> None:
    with pytest.raises(ValidationError) as caught:
        from_json(START + ",".join(['"title":"x"'] * 20_001) + "}")
    assert (len(caught.value.issues), caught.value.omitted) == (100, 19_900)


def test_a_long_string_is_read_and_never_shown_whole() -> None:
    long = "x" * 10**6
    assert from_json(f'{START}"title":"{long}"}}').title == long
    for text in (f'{START}"title":"{long}\\u0000"}}', f'{START}"{long}":1}}', f'{{"id":"{long}"}}', long, f'"{long}'):
        with pytest.raises(ValidationError) as caught:
            from_json(text)
        assert len(str(caught.value)) < 1000


def test_a_string_of_millions_of_escapes_is_no_trouble() -> None:
    text = START + '"text":"' + "\\n" * 2_000_000 + 'x","publisher":"' + "[" * 65 + '"}'
    assert len(from_json(text).text or "") == 2_000_001


@pytest.mark.parametrize(
    "text",
    ['{"id": "a"，"text": "b"}', '{"id"：1}', '{"id"；1}', '{"id": १५५}', '{"id": ８}', "［1］", '{"id":\u30001}'],
)
def test_of_marks_and_digits_of_another_script_it_is_said_that_json_has_none(text: str) -> None:
    with pytest.raises(ValidationError, match="only ASCII"):
        from_json(text)


@pytest.mark.parametrize(
    "text", ['{"id": 「a」}', '{"id": ＂a＂}', '{"role": "minister”,\n"id": 1}', '{"role”: "minister"}', '{"a": "b”}\n']
)
def test_quotation_marks_that_json_does_not_have_are_named_where_they_open_or_close_a_string(text: str) -> None:
    with pytest.raises(ValidationError, match="straight double quotation marks"):
        from_json(text)


@given(st.tuples(*[st.text('a\\"', min_size=1, max_size=4)] * 3), st.sampled_from(["title", "publisher", "annotator"]))
def test_a_repeated_key_is_found_whatever_marks_and_backslashes_strings_hold(
    values: tuple[str, str, str], again: str
) -> None:
    members = dict(zip(("title", "publisher", "annotator"), values, strict=True))
    text = (
        json.dumps({"schema_version": "1.0", "id": "x", **members})[:-1] + f",{json.dumps(again)}:{json.dumps('a')}}}"
    )
    with pytest.raises(ValidationError) as caught:
        from_json(text)
    assert [issue.code for issue in caught.value.issues] == ["duplicate_key"]
