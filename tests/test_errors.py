from __future__ import annotations

import copy
import io
import pickle
from typing import Any, cast

import attrs
import pytest
from hypothesis import given, strategies as st
from jsonpointer import resolve_pointer

from geoclaims import (
    Actor,
    Allegation,
    AnchorError,
    Article,
    Denial,
    GeoclaimsError,
    Issue,
    Quantity,
    Span,
    Statement,
    UnknownIdError,
    ValidationError,
    from_dict,
    from_json,
)
from geoclaims.corpus import Link

KEYS = st.text() | st.text(st.sampled_from("'\\\"\n\0\u202e\U000e0041 0ä~/"))
PATHS = st.lists(st.integers(0, 3) | KEYS, max_size=5).map(tuple)


def error(**fields: Any) -> ValidationError:
    """What is wrong with an article in JSON."""
    with pytest.raises(ValidationError) as caught:
        from_dict({"schema_version": "1.0", "id": "a", **fields})
    return caught.value


def holding(path: tuple[str | int, ...]) -> Any:
    """A document in which the path leads to the words `this one`, beside others."""
    document: Any = "this one"
    for part in reversed(path):
        document = ["other"] * part + [document, "other"] if isinstance(part, int) else {"0": "other", part: document}
    return document


def test_a_place_is_written_as_people_write_it() -> None:
    issue = Issue("dangling_ref", ("statements", 2, "accused", 0), "found nothing")
    assert issue.json_path == "$.statements[2].accused[0]"
    assert issue.pointer == "/statements/2/accused/0"
    assert str(issue) == "$.statements[2].accused[0]: found nothing [dangling_ref]"
    assert (Issue("type", (), "").json_path, Issue("type", (), "").pointer) == ("$", "")


def test_a_key_is_quoted_in_a_place_only_where_it_is_no_plain_name() -> None:
    assert Issue("x", ("lastName", "_Z9", "9z", "é"), "").json_path == "$.lastName._Z9['9z']['é']"
    assert Issue("x", ("X' \\x",), "").json_path == "$['X\\' \\\\x']"


def values_at(json_path: str, document: object) -> list[object]:
    """What a JSONPath finds, by a package that is not written in Python alone."""
    from jsonpath_rfc9535 import find

    return list(find(json_path, cast("Any", document)).values())


@given(PATHS)
def test_a_place_is_found_by_other_peoples_json_path_and_json_pointer(path: tuple[str | int, ...]) -> None:
    document = holding(path)
    issue = Issue("type", path, "")
    assert values_at(issue.json_path, document) == ["this one"]
    assert resolve_pointer(document, issue.pointer) == "this one"
    assert issue.json_path.isprintable()


def test_a_place_can_be_encoded_as_json_path_alone_where_its_key_has_half_of_a_surrogate_pair() -> None:
    issue = Issue("unknown_key", ("\ud800",), "")
    assert issue.json_path.encode() == rb"$['\ud800']"
    assert issue.pointer == "/\ud800"


def test_a_place_with_a_long_key_is_whole_in_the_path_and_cut_in_the_text() -> None:
    issue = Issue("unknown_key", ("x" * 10**6, 1), "found it")
    assert issue.json_path == f"$.{'x' * 10**6}[1]"
    assert len(str(issue)) < 130


ERRORS: list[GeoclaimsError] = [
    error(actors=[5] * 300),
    error(title="\ud800", x=1),
    ValidationError([Issue("type", (), "x")]),
    ValidationError([Issue("type", ("a", n), "x") for n in range(250)], omitted=3),
    AnchorError([Issue("span", ("statements", 0, "spans", 0), "x")]),
    UnknownIdError("a", "the id of an actor", "b"),
    UnknownIdError(5, "the id of an actor"),
    GeoclaimsError("x"),
]
with pytest.raises(ValidationError) as in_text:
    from_json('{"schema_version": "1.0",\n"id": "a", "title": 5,\n"x": 1}')
ERRORS.append(in_text.value)
located = ValidationError([Issue("type", (), "x")] * 2, location="a\u202e.jsonl:5")
located.add_note("read on Monday")
ERRORS.append(located)


@pytest.mark.parametrize("original", ERRORS, ids=range(len(ERRORS)))
def test_errors_survive_pickle_whole(original: GeoclaimsError) -> None:
    protocols = range(pickle.HIGHEST_PROTOCOL + 1)
    pickled = [pickle.loads(pickle.dumps(original, protocol)) for protocol in protocols]  # noqa: S301 - our own
    for again in (*pickled, copy.copy(original), copy.deepcopy(original)):
        assert type(again) is type(original)
        assert str(again) == str(original)
        assert vars(again) == vars(original)
        places = [[(each.line, each.column) for each in getattr(error, "issues", ())] for error in (again, original)]
        assert places[0] == places[1]


def test_errors_are_what_python_would_have_raised_too() -> None:
    for kind, usual in ((ValidationError, ValueError), (AnchorError, ValueError), (UnknownIdError, KeyError)):
        assert {GeoclaimsError, usual} <= {*kind.__mro__}


def test_an_error_is_one_line_an_issue_and_ends_with_the_number_of_the_rest() -> None:
    lines = str(error(actors=[5] * 300)).splitlines()
    assert len(lines) == 101
    assert [line.partition(": ")[0] for line in lines[:2]] == ["$.actors[0]", "$.actors[1]"]
    assert lines[-1] == "and 200 more issues"
    assert str(error(actors=[5] * 101)).splitlines()[-1] == "and 1 more issue"
    assert len(str(error(actors=[5] * 100)).splitlines()) == 100


def test_an_error_with_a_location_names_it_before_each_issue() -> None:
    error = ValidationError([Issue("type", ("a",), "x"), Issue("range", (), "y")], location="a.jsonl:5", omitted=2)
    assert error.location == "a.jsonl:5"
    assert str(error).splitlines() == [
        "a.jsonl:5: $.a: x [type]",
        "a.jsonl:5: $: y [range]",
        "a.jsonl:5: and 2 more issues",
    ]


def test_an_error_stays_one_line_an_issue_whatever_it_shows() -> None:
    hostile = "a\nb\r\u2028\u2029\x85\x0b\x1b[31m\u202e\ud800"
    found = error(**{"title": hostile, hostile: 1, "language": hostile, "actors": [{"id": hostile, "name": "x"}]})
    assert len(str(found).splitlines()) == len(found.issues) == 4
    assert [line for line in str(found).splitlines() if not line.isprintable()] == []
    assert str(found).encode("utf-8")


def test_an_error_made_with_too_many_issues_keeps_a_hundred_and_counts_the_rest() -> None:
    made = ValidationError([Issue("type", ("a", n), "x") for n in range(250)], omitted=3)
    assert (len(made.issues), made.omitted) == (100, 153)


@pytest.mark.parametrize("model", [Article, Actor, Statement, Allegation, Denial, Quantity, Span, Link])
def test_no_message_holds_a_long_value_whole(model: Any) -> None:
    long = "a" * 5000
    names = [field.name for field in attrs.fields(model)]
    for value in (long, [long] * 2, "b" * 100):
        for document in (dict.fromkeys([*names, "schema_version", "type", "x"], value), {long: value}):
            with pytest.raises(ValidationError) as caught:
                from_dict(document, model)
            assert max(map(len, str(caught.value).splitlines())) < 400
        with pytest.raises(ValidationError) as in_python:
            model(**dict.fromkeys(names, value))
        assert max(map(len, str(in_python.value).splitlines())) < 400
    with pytest.raises(UnknownIdError) as unknown:
        Article(id="a", actors=[Actor(id="b" * 100, name="B")]).actor("b" * 5000)
    assert len(str(unknown.value)) < 400


def test_errors_can_be_printed_to_any_stream() -> None:
    stream = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    for each in ERRORS:
        print(each, file=stream, flush=True)


def test_the_repr_of_an_error_shows_its_issues() -> None:
    issues = [Issue("id", ("actors", 0), "found 5")]
    assert repr(ValidationError(issues)) == f"ValidationError({issues!r})"
