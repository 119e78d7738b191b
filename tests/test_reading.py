"""One place of a right document is broken: the error names that place, with the code that is expected, and no other."""

from __future__ import annotations

import copy
import inspect
import json
import linecache
import re
import sys
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import attrs
import pytest
from hypothesis import given, strategies as st

from geoclaims import (
    Actor,
    Allegation,
    Article,
    Denial,
    PartialDate,
    Quantity,
    Span,
    Statement,
    ValidationError,
    _rules as rules,
    from_dict,
    from_json,
    json_schema,
    to_dict,
)
from geoclaims._rules import Date, Many, Reference, Rule, definitions, references_of
from geoclaims.annotation import draft_schema, read_draft

Place = tuple[str | int, ...]

DOCUMENT: dict[str, Any] = json.loads((Path(__file__).parent / "data" / "golden-1.0.json").read_text(encoding="utf-8"))
MODELS = (Article, Actor, Statement, Allegation, Denial, Quantity, Span)
DEFINITIONS = [definition for model in MODELS for definition in definitions(model).values()]


def named(wanted: Callable[[Rule], bool]) -> set[str]:
    """The names of the fields that hold what is wanted, once or many times."""
    rules = [(each.name, each.rule.item if isinstance(each.rule, Many) else each.rule) for each in DEFINITIONS]
    return {name for name, rule in rules if wanted(rule)}


REFERENCES = named(lambda rule: isinstance(rule, Reference))
REFERENCE_RULES = {
    name: {references_of(model)[name] for model in MODELS if name in references_of(model)} for name in REFERENCES
}
PROSE = named(lambda rule: rule == rules.PROSE)
NAMES = named(lambda rule: rule == rules.NAME)
UNIQUE = {each.name for each in DEFINITIONS if isinstance(each.rule, Many) and each.rule.unique}


def places(value: Any = DOCUMENT, path: Place = ()) -> Iterator[tuple[Place, Any]]:
    """All places in a document with what stands there, but for the root."""
    for key, member in value.items() if isinstance(value, dict) else enumerate(value):
        yield (*path, key), member
        if isinstance(member, dict | list):
            yield from places(member, (*path, key))


PLACES = list(places())


def at(path: Place, document: Any = DOCUMENT) -> Any:
    """What stands at a place."""
    for part in path:
        document = document[part]
    return document


def field(path: Place) -> str:
    """The name of the field in which a place lies."""
    return next(part for part in reversed(path) if isinstance(part, str))


def changed(path: Place, value: Any, document: Any = DOCUMENT) -> Any:
    """The document with another value at a place."""
    if not path:
        return value
    copied = copy.copy(document)
    copied[path[0]] = changed(path[1:], value, document[path[0]] if path[1:] else None)
    return copied


def without(path: Place) -> dict[str, Any]:
    """The document without what stands at a place."""
    document = copy.deepcopy(DOCUMENT)
    del at(path[:-1], document)[path[-1]]
    return document


def issues(document: Any, type: type[Any] = Article) -> list[tuple[str, Place]]:
    """The codes and places of all that is wrong."""
    with pytest.raises(ValidationError) as caught:
        from_dict(document, type)
    assert caught.value.omitted == 0
    return [(issue.code, issue.path) for issue in caught.value.issues]


def test_the_document_is_right_as_it_is() -> None:
    assert to_dict(from_dict(DOCUMENT)) == DOCUMENT


def test_of_a_text_the_same_is_told_as_of_builtins() -> None:
    for path, value in PLACES:
        document = changed(path, [] if isinstance(value, str) else "")
        with pytest.raises(ValidationError) as caught:
            from_dict(document)
        with pytest.raises(ValidationError) as from_text:
            from_json(json.dumps(document))
        assert str(from_text.value) == str(caught.value)
        assert from_text.value.issues == caught.value.issues


WRONG_TYPES = [5, 5.5, 1.0, True, "5", "abc", [], ["a"], {}, {"a": 1}, None]


def test_a_value_of_another_type_is_of_the_wrong_type_wherever_it_stands() -> None:
    for path, value in PLACES:
        optional = field(path) in {each.name for each in DEFINITIONS if each.optional}
        for wrong in WRONG_TYPES:
            if type(wrong) is not type(value) and not (wrong is None and optional):
                assert issues(changed(path, wrong)) == [("type", path)], wrong


@pytest.mark.parametrize("root", [5, 5.5, True, None, "abc", [], [DOCUMENT]])
@pytest.mark.parametrize("model", [Article, Actor, Statement, Allegation, Denial, Quantity, Span])
def test_a_root_that_is_no_object_is_of_the_wrong_type(root: Any, model: Any) -> None:
    assert issues(root, model) == [("type", ())]


def test_a_key_that_is_not_there_is_missing_unless_it_may_be() -> None:
    for path in [path for path, _ in PLACES if isinstance(path[-1], str)]:
        key = path[-1]
        if key in {"schema_version", "type", *(each.name for each in DEFINITIONS if each.required)}:
            assert issues(without(path)) == [("missing", path)]
        elif key in {"minimum", "maximum"} and not {"minimum", "maximum"} <= set(at(path[:-1])):
            assert issues(without(path)) == [("missing", path[:-1])]
        elif key == "actors":
            assert {code for code, _ in issues(without(path))} == {"dangling_ref"}
        else:
            assert to_dict(from_dict(without(path))) == without(path)


@pytest.mark.parametrize("path", [(), *(path for path, value in PLACES if isinstance(value, dict))], ids=str)
def test_a_key_that_does_not_belong_is_unknown(path: Place) -> None:
    for key in ["x", "", "Id", "id ", "name\u202e", "__class__", "self"]:
        document = copy.deepcopy(DOCUMENT)
        at(path, document)[key] = {"what": ["is", {"deep": "is not read"}]}
        assert issues(document) == [("unknown_key", (*path, key))]


@pytest.mark.parametrize("text", ["claims.schema.json", "", "\n", "https://example.org/a#b"])
def test_a_string_under_the_key_by_which_editors_find_the_schema_is_dropped(text: str) -> None:
    article = from_dict(DOCUMENT)
    for document in ({"$schema": text, **DOCUMENT}, {**DOCUMENT, "$schema": text}):
        assert from_dict(document) == from_json(json.dumps(document)) == article
        assert to_dict(from_dict(document)) == DOCUMENT


@pytest.mark.parametrize(
    ("value", "shown"),
    [(None, "null"), (5, "5"), (True, "true"), (["a"], "an array of 1"), ({}, "an empty object")],
    ids=["null", "number", "true", "array", "object"],
)
def test_what_is_no_string_under_that_key_is_of_the_wrong_type(value: Any, shown: str) -> None:
    assert issues({"$schema": value, **DOCUMENT}) == [("type", ("$schema",))]
    assert issues({**DOCUMENT, "title": 5, "$schema": value}) == [("type", ("title",)), ("type", ("$schema",))]
    with pytest.raises(ValidationError, match=re.escape(f"$['$schema']: found {shown}, expected a string [type]")):
        from_dict({"$schema": value, **DOCUMENT})


@pytest.mark.parametrize("value", ["\ud800", "a\0b"])
def test_what_is_no_text_under_that_key_is_refused_by_reader_and_schema(value: str) -> None:
    document = {"$schema": value, **DOCUMENT}
    assert issues(document) == [("text", ("$schema",))]
    with pytest.raises(ValidationError, match=re.escape(f"found {value!r}, expected text without NUL")):
        from_dict(document)
    with pytest.raises(
        ValidationError, match=r"expected text without NUL or surrogates; U\+(D800|0000) is at position [01] \[text\]"
    ):
        from_json(json.dumps(document))
    with pytest.raises(
        ValidationError, match=r"expected text without NUL or surrogates; U\+(D800|0000) is at position [01] \[text\]"
    ):
        read_draft(document, "A text.")
    for schema in (json_schema(), json_schema(dialect="portable"), draft_schema()):
        assert not re.search(schema["properties"]["$schema"]["pattern"], value)
        assert re.search(schema["properties"]["$schema"]["pattern"], "")


def test_that_key_is_known_at_the_root_of_an_article_only() -> None:
    document = copy.deepcopy(DOCUMENT)
    for part in (document["actors"][0], document["statements"][0], document["statements"][1]["quantities"][0]):
        part["$schema"] = "claims.schema.json"
    assert issues(document) == [
        ("unknown_key", ("actors", 0, "$schema")),
        ("unknown_key", ("statements", 0, "$schema")),
        ("unknown_key", ("statements", 1, "quantities", 0, "$schema")),
    ]
    for model, part in ((Actor, document["actors"][0]), (Statement, document["statements"][0])):
        with pytest.raises(ValidationError) as caught:
            from_dict(part, model)
        assert [(issue.code, issue.path) for issue in caught.value.issues] == [("unknown_key", ("$schema",))]


def test_that_key_stands_once_like_any_other() -> None:
    text = json.dumps({"$schema": "a", **DOCUMENT})
    with pytest.raises(ValidationError) as caught:
        from_json(text.replace('"$schema": "a",', '"$schema": "a", "$schema": "b",'))
    assert [(issue.code, issue.path) for issue in caught.value.issues] == [("duplicate_key", ("$schema",))]
    with pytest.raises(ValidationError, match=r"did you mean '\$schema'"):
        from_dict({**DOCUMENT, "schema": "a"})


def test_an_unknown_key_names_the_nearest_known_one() -> None:
    with pytest.raises(ValidationError) as caught:
        from_dict({"schema_version": "1.0", "id": "a", "tilte": "x", "something_else": 1})
    assert [issue.message for issue in caught.value.issues] == [
        "found the key 'tilte', expected one that an article has; did you mean 'title'?",
        "found the key 'something_else', expected one that an article has",
    ]


IDS = [path for path, _ in PLACES if path[-1] == "id" or (field(path) in REFERENCES and not isinstance(at(path), list))]


def test_what_is_no_id_is_only_that() -> None:
    for path in IDS:
        for wrong in (
            "",
            " ",
            "a b",
            "-a",
            ".a",
            ":a",
            "\uff3fa",
            "ä",
            "a/b",
            "a\n",
            "\u0661",
            "a" * 101,
            "a\x00",
            "\ud800",
        ):
            assert issues(changed(path, wrong)) == [("id", path)]


def test_an_id_begins_with_a_letter_a_digit_or_an_underscore() -> None:
    for right in ["0", "Z", "_", "_a", "__init__", "a_.:-", "_" * 100]:
        assert from_dict(changed(("id",), right)).id == right
        assert from_dict(changed(("statements", 6, "id"), right)).statement(right).content == "The denial is false."


def test_what_is_no_text_is_told_as_that_before_it_is_called_empty() -> None:
    for path in [path for path, _ in PLACES if field(path) in NAMES | PROSE | {"text"}]:
        if isinstance(at(path), list):
            continue
        for empty in ("", " ", "\u2003", "\u00a0 \u3000"):
            assert issues(changed(path, empty)) == [("empty", path)]
        for wrong in ("a\x00", "\x00", "\ud800", "\udfff", " \x00 "):
            assert issues(changed(path, wrong))[0] == ("text", path)
        controls = {"\x01", "\t", "\n", "\r", "\x1f", "\x7f", "\x85", "\x9f"}
        if path in {("title",), ("statements", 0, "content")}:
            controls = {chr(point) for point in (*range(1, 32), *range(127, 160))}
        allowed = {"\t", "\n"} if field(path) in PROSE else controls if path == ("text",) else set()
        for control in sorted(controls - allowed):
            assert issues(changed(path, control)) == [("text", path)]
            assert issues(changed(path, f"a{control}b")) == [("text", path)]


def test_what_is_text_is_kept_to_the_letter() -> None:
    for path in [path for path, _ in PLACES if field(path) in NAMES | PROSE]:
        if isinstance(at(path), list):
            continue
        for text in (
            "\u202eabc",
            "\u200b",
            " a ",
            "e\u0301",
            "\U0010ffff",
            "\ue000",
            "\ufeff",
            "a\u2028b\u2029",
            "\u00ad",
        ):
            document = changed(path, text)
            assert to_dict(from_dict(document)) == document


def test_what_is_no_url_is_only_that() -> None:
    for path in [path for path, _ in PLACES if field(path) in {"url", "archived_at", "same_as"}]:
        if isinstance(at(path), list):
            continue
        for wrong in (
            *(
                "",
                " ",
                "x",
                "www.example.org",
                "ftp://example.org",
                "http:example.org",
                "http://",
                "https:///a",
                "http://?q",
            ),
            *(
                " http://example.org",
                "http://example.org ",
                "http://exa mple.org",
                "http://example.org/a b",
                "http://:80",
            ),
            *(
                "http://example.org\n",
                "http://example.org/\u3000",
                "http://a:b",
                "http://a@",
                "http://\x00",
                "http://\ud800",
            ),
            *(
                "javascript://example.org",
                "http://[::1",
                "mailto:a@example.org",
                "http://example.org:x/",
                "//example.org",
            ),
        ):
            assert issues(changed(path, wrong)) == [("url", path)], wrong
        for right in (
            *("http://a", "HTTPS://EXAMPLE.ORG", "https://user:pw@example.org:8080/a?b#c", "http://[2001:db8::1]:80/"),
            *("http://пример.example/путь", "http://127.0.0.1", "http://example.org?q", "http://example.org#f"),
        ):
            assert to_dict(from_dict(changed(path, right))) == changed(path, right)


def test_what_is_no_language_tag_is_only_that() -> None:
    for wrong in ["", " ", "e", "en_GB", "en-", "-en", "english!", "en\n", "eng-abcdefghi", "12", "a-b", "i"]:
        assert issues(changed(("language",), wrong)) == [("language", ("language",))]


def test_a_language_tag_need_only_be_well_formed() -> None:
    for right in [
        "uk",
        "zh-Hant-TW",
        "de-1996",
        "sl-rozaj-biske",
        "x-mine",
        "i-klingon",
        "en-GB-oed",
        "de-a-ext-x-y",
        "und",
    ]:
        assert from_dict(changed(("language",), right)).language == right


def test_what_is_no_country_code_is_only_that() -> None:
    for wrong in ["", " ", "ukr", "UA", "XXX", "XKK", "UKR ", "UKR\n", "Ukraine", "ZZZ", "SUN"]:
        path = ("actors", 0, "country")
        assert issues(changed(path, wrong)) == [("country", path)]


DATES = [path for path, _ in PLACES if field(path) in named(lambda rule: isinstance(rule, Date))]


def test_what_is_no_date_is_only_that() -> None:
    for path in DATES:
        for wrong in (
            *(
                "",
                " ",
                "0000",
                "10000",
                "20250405",
                "2025-W14-6",
                "2025-04-05T10:00",
                "2025-04-05 ",
                "2025-4",
                "25",
                "-2025",
            ),
            *(
                "2025-00",
                "2025-13",
                "2025-04-00",
                "2025-04-31",
                "2025-02-29",
                "1900-02-29",
                "2025-04-32",
                "2025-04-5",
                "2025-",
            ),
            *(
                "２０２５",
                "2025-04-09\n",
                "2025\u201304",
                "April 2025",
                "2025-04-09Z",
                "today",
                "0000-01-01",
                "2025/2026",
                "\ud800",
            ),
        ):
            assert issues(changed(path, wrong)) == [("date", path)], wrong
        for right in ("0001", "9999-12-31", "2024-02-29", "2000-02-29", "2025-04"):
            document = changed(path, right)
            # what does not fit the other date of its event is not wrong by itself
            assert path[-1] in ("event_date", "event_end") or to_dict(from_dict(document)) == document


def test_more_dates_than_are_remembered_are_read_and_written() -> None:
    days = [
        f"{year}-{month:02}-{day:02}" for year in range(2000, 2027) for month in range(1, 13) for day in range(1, 29)
    ]
    dates = [*days, *days[:1000]]
    said = [{**statement, "date": date} for statement, date in zip(statements(len(dates)), dates, strict=True)]
    document = {"schema_version": "1.0", "id": "a", "actors": [{"id": "a", "name": "A"}], "statements": said}
    article = from_dict(document)
    assert [statement.date for statement in article.statements] == [
        PartialDate(*map(int, date.split("-"))) for date in dates
    ]
    assert to_dict(article) == document


def test_what_is_no_member_is_only_that() -> None:
    for path in [path for path, _ in PLACES if path[-1] == "kind"]:
        for wrong in ("", " ", "State", "STATE", "state ", "ActorKind.STATE", "gruop", "outright\n", "\ud800"):
            assert issues(changed(path, wrong)) == [("enum", path)]


def test_an_unknown_member_names_all_and_the_nearest() -> None:
    with pytest.raises(ValidationError) as caught:
        from_dict(changed(("actors", 0, "kind"), "gruop"))
    assert caught.value.issues[0].message == (
        "actor 'north': found 'gruop', expected 'person', 'group', 'organization', 'state' or 'unknown'; "
        "did you mean 'group'?"
    )


@pytest.mark.parametrize("number", range(len(DOCUMENT["statements"])))
def test_an_unknown_type_is_only_that_whatever_else_the_statement_has(number: int) -> None:
    for wrong in ["", " ", "Denial", "alegation", "quote", "denial ", "\ud800"]:
        path = ("statements", number, "type")
        assert issues(changed(path, wrong)) == [("tag", path)]


def test_of_a_statement_of_unknown_type_everything_is_checked_that_any_statement_may_have() -> None:
    wrong = {"type": "alegation", "accused": ["nobody", 5], "denies": "s0", "kind": "x", "what": 1}
    document = changed(("statements", 1), DOCUMENT["statements"][1] | wrong)
    start = ("statements", 1)
    assert issues(document) == [
        ("tag", (*start, "type")),
        ("dangling_ref", (*start, "accused", 0)),
        ("type", (*start, "accused", 1)),
        ("type", (*start, "denies")),
        ("enum", (*start, "kind")),
        ("unknown_key", (*start, "what")),
    ]


def test_an_unknown_type_names_all_and_the_nearest() -> None:
    with pytest.raises(ValidationError) as caught:
        from_dict(changed(("statements", 1, "type"), "alegation"))
    assert caught.value.issues[0].message == (
        "statement 's1': found 'alegation', expected 'statement', 'allegation' or 'denial'; did you mean 'allegation'?"
    )


def test_statement_reads_all_three_kinds_and_a_kind_only_itself() -> None:
    kinds: list[type[Any]] = [Statement, Allegation, Denial]
    for document in DOCUMENT["statements"][:3]:
        for kind in kinds:
            if kind is Statement or kind.__name__.lower() == document["type"]:
                assert to_dict(from_dict(document, kind)) == document
            else:
                assert issues(document, kind) == [("tag", ("type",))]


def test_a_kind_that_is_asked_for_is_meant_where_the_type_is_missing() -> None:
    assert issues({"id": "s", "speaker": "a", "content": "x", "accused": []}, Allegation) == [
        ("empty", ("accused",)),
        ("missing", ("type",)),
    ]
    assert issues({"id": "s", "speaker": "a", "content": "x", "denies": ["s"]}, Allegation) == [
        ("unknown_key", ("denies",)),
        ("missing", ("type",)),
        ("missing", ("accused",)),
    ]


NUMBERS = [path for path, value in PLACES if type(value) is int]


def test_a_number_out_of_range_is_told_where_it_stands() -> None:
    for path in NUMBERS:
        for wrong in (-1, 2**63, 2**64, -(2**63), 10**300):
            assert issues(changed(path, wrong)) == [("range", path)]
        with pytest.raises(ValidationError) as caught:
            from_dict(changed(path, 10**5000))
        statement = at(path[:2])
        assert caught.value.issues[0].message == (
            f"{statement['type']} '{statement['id']}': "
            "found an integer of 16610 bits, expected a number from 0 to 9223372036854775807"
        )


def test_bounds_in_the_wrong_order_are_told_of_what_has_them() -> None:
    quantity = ("statements", 1, "quantities", 0)
    assert issues(changed((*quantity, "minimum"), 7)) == [("range", quantity)]
    assert issues(changed((*quantity, "maximum"), 5)) == [("range", quantity)]
    span = ("statements", 1, "spans", 0)
    assert issues(changed((*span, "end"), 0)) == [("range", span)]


def test_a_quantity_with_null_for_each_bound_has_none() -> None:
    assert issues({"minimum": None, "maximum": None, "unit": "x"}, Quantity) == [("missing", ())]
    assert issues({"minimum": None, "unit": "x"}, Quantity) == [("missing", ())]
    assert from_dict({"minimum": None, "maximum": 0, "unit": "x"}, Quantity) == Quantity(maximum=0, unit="x")


FINGERPRINTS = [path for path, _ in PLACES if path[-1] == "fingerprint"]


def test_what_is_no_fingerprint_is_only_that() -> None:
    for path in FINGERPRINTS:
        right = at(path)
        for wrong in (
            "",
            "x",
            right.upper(),
            right + "0",
            right[:-1],
            "2" + right[1:],
            right + "\n",
            "1:0:" + "0" * 16,
        ):
            assert issues(changed(path, wrong)) == [("span", path)]


def test_a_span_that_does_not_fit_the_text_is_told_whole() -> None:
    span = ("statements", 1, "spans", 1)
    other = "1:19:" + "0" * 16
    for key, value in (("start", at((*span, "start")) + 1), ("end", 1000), ("fingerprint", other)):
        assert issues(changed((*span, key), value)) == [("span", span)]


def test_spans_out_of_order_or_overlapping_are_told_of_the_later_one() -> None:
    spans = at(("statements", 1, "spans"))
    path = ("statements", 1, "spans")
    assert issues(changed(path, spans[::-1])) == [("span", (*path, 1))]
    assert issues(changed(path, [spans[0], spans[0], spans[1]])) == [("span", (*path, 1))]


def test_a_span_before_the_second_one_is_compared_with_all_before_it() -> None:
    one, two = at(("statements", 1, "spans"))
    path = ("statements", 1, "spans")
    assert issues(changed(path, [two, one, one])) == [("span", (*path, 1)), ("span", (*path, 2))]


LINKS = [(path, field(path)) for path, value in PLACES if field(path) in REFERENCES and isinstance(value, str)]


def test_a_reference_that_leads_nowhere_is_dangling_where_it_stands() -> None:
    for path, name in LINKS:
        assert name in REFERENCES
        assert issues(changed(path, "nobody")) == [("dangling_ref", path)]
        assert issues(changed(path, DOCUMENT["id"])) == [("dangling_ref", path)]


def test_a_reference_to_the_wrong_kind_of_thing_is_wrong_where_it_stands() -> None:
    for path, name in LINKS:
        (to,) = {rule.to for rule in REFERENCE_RULES[name]}
        other = "press:1" if to == "statement" else "s5"
        if to == "actor or statement":
            assert to_dict(from_dict(changed(path, other))) == changed(path, other)
        else:
            assert issues(changed(path, other)) == [("wrong_ref", path)]


def test_a_reference_of_a_thing_to_itself_is_told_where_it_stands() -> None:
    for path, name in LINKS:
        if not any(rule.itself for rule in REFERENCE_RULES[name]):
            assert issues(changed(path, at((*path[:2], "id")))) == [("self_ref", path)]


def test_the_same_thing_twice_is_told_of_the_second() -> None:
    for path in [path for path, value in PLACES if isinstance(value, list) and path[-1] in UNIQUE]:
        twice = [*at(path), at(path)[0]]
        assert issues(changed(path, twice)) == [("duplicate", (*path, len(twice) - 1))]
        assert issues(changed(path, [*twice, twice[0]])) == [("duplicate", (*path, len(twice) - n)) for n in (1, 0)]


def test_quotes_quantities_and_the_like_may_be_there_twice() -> None:
    for name in ("quotes", "quantities"):
        document = changed(("statements", 1, name), at(("statements", 1, name)) * 2)
        assert to_dict(from_dict(document)) == document


@pytest.mark.parametrize("path", [("statements", 1, "accused"), ("statements", 2, "denies")])
def test_a_list_that_needs_an_element_and_has_none_is_empty(path: Place) -> None:
    assert issues(changed(path, [])) == [("empty", path)]


@pytest.mark.parametrize(
    ("path", "id"),
    [(("actors", 5, "id"), "north"), (("statements", 6, "id"), "s0"), (("statements", 6, "id"), "sailors")],
)
def test_an_id_that_comes_again_is_told_of_the_second(path: Place, id: str) -> None:
    document = changed(path, id, changed(("statements", 1, "reported_by"), ["sailors"]))
    assert issues(document) == [("duplicate_id", path)]


def test_the_second_of_two_ids_is_the_second_in_the_document() -> None:
    document = changed(("statements", 6, "id"), "north")
    order = {key: document[key] for key in ("statements", *document)}
    assert ("duplicate_id", ("actors", 0, "id")) in issues(order)


def test_a_circle_is_told_at_the_last_reference_within_it() -> None:
    assert issues(changed(("actors", 0, "on_behalf_of"), "north.army")) == [("cycle", ("actors", 1, "on_behalf_of"))]
    document = changed(("statements", 1), {**DOCUMENT["statements"][2], "id": "s1", "denies": ["s6"], "spans": []})
    assert issues(document) == [("cycle", ("statements", 6, "denies", 0))]


def test_a_circle_through_things_that_have_something_else_wrong_is_found() -> None:
    document = changed(("actors", 0, "on_behalf_of"), "north.army", changed(("actors", 0, "name"), 5))
    assert issues(document) == [("type", ("actors", 0, "name")), ("cycle", ("actors", 1, "on_behalf_of"))]


# Errors that would be only consequences of others.


@pytest.mark.parametrize("wrong", [5, "no id", ""])
def test_where_an_id_cannot_be_read_references_of_that_kind_are_not_called_dangling(wrong: Any) -> None:
    for path in (("actors", 0, "id"), ("statements", 1, "id")):
        ((code, place),) = issues(changed(path, wrong))
        assert (code, place) == ("type" if wrong == 5 else "id", path)


def test_where_the_id_of_an_actor_cannot_be_read_references_to_statements_are_checked_still() -> None:
    document = changed(("actors", 0, "id"), 5, changed(("statements", 2, "denies"), ["nothing"]))
    assert issues(document) == [("type", ("actors", 0, "id")), ("dangling_ref", ("statements", 2, "denies", 0))]


@pytest.mark.parametrize("wrong", [None, 5, "abc", {}])
def test_where_the_actors_cannot_be_read_nothing_is_said_of_references_to_them(wrong: Any) -> None:
    assert issues(changed(("actors",), wrong)) == [("type", ("actors",))]


def test_a_reference_to_a_repeated_id_may_mean_each_of_them() -> None:
    actor, claim = {"id": "x", "name": "X"}, {"type": "statement", "id": "x", "speaker": "x", "content": "c"}
    denial = {"type": "denial", "id": "d", "speaker": "x", "content": "c", "denies": ["x"]}
    document = {"schema_version": "1.0", "id": "a", "actors": [actor], "statements": [claim, denial]}
    assert issues(document) == [("duplicate_id", ("statements", 0, "id"))]


def test_a_repeated_id_makes_no_circle() -> None:
    first = {"type": "denial", "id": "d", "speaker": "x", "content": "c", "denies": ["e"]}
    second = {**first, "id": "e", "denies": ["f"]}
    claim = {"type": "statement", "id": "f", "speaker": "x", "content": "c"}
    again = {**first, "id": "e", "denies": ["d"]}
    document = {
        "schema_version": "1.0",
        "id": "a",
        "actors": [{"id": "x", "name": "X"}],
        "statements": [first, second, claim, again],
    }
    assert issues(document) == [("duplicate_id", ("statements", 3, "id"))]


def test_a_wrong_bound_or_offset_is_not_compared_with_the_other() -> None:
    quantity = ("statements", 1, "quantities", 0)
    assert issues(changed((*quantity, "minimum"), "7")) == [("type", (*quantity, "minimum"))]
    span = ("statements", 1, "spans", 0)
    assert issues(changed((*span, "start"), -1)) == [("range", (*span, "start"))]


# All at once.


def test_all_that_is_wrong_is_told_at_once_in_the_order_of_the_document() -> None:
    document = {
        "id": 5,
        "titel": "x",
        "statements": [
            {"type": "denial", "id": "s1", "speaker": "nobody", "content": " ", "denies": ["a", "s1", "s1"]},
            {
                "speaker": "a",
                "type": "allegation",
                "spans": [{"start": 4, "end": 2, "fingerprint": "x"}],
                "accused": [],
            },
            5,
        ],
        "published": "2025-02-30",
        "actors": [
            {"country": "ZZZ", "id": "a", "aliases": ["x", "y", "x"], "kind": "peron"},
            {"id": "a", "name": "\x00"},
        ],
        "language": None,
        "text": "",
        "url": "example.org",
    }
    assert issues(document) == [
        ("type", ("id",)),
        ("unknown_key", ("titel",)),
        ("dangling_ref", ("statements", 0, "speaker")),
        ("empty", ("statements", 0, "content")),
        ("wrong_ref", ("statements", 0, "denies", 0)),
        ("self_ref", ("statements", 0, "denies", 1)),
        ("duplicate", ("statements", 0, "denies", 2)),
        ("range", ("statements", 1, "spans", 0)),
        ("span", ("statements", 1, "spans", 0, "fingerprint")),
        ("empty", ("statements", 1, "accused")),
        ("missing", ("statements", 1, "id")),
        ("missing", ("statements", 1, "content")),
        ("type", ("statements", 2)),
        ("date", ("published",)),
        ("country", ("actors", 0, "country")),
        ("duplicate", ("actors", 0, "aliases", 2)),
        ("enum", ("actors", 0, "kind")),
        ("missing", ("actors", 0, "name")),
        ("duplicate_id", ("actors", 1, "id")),
        ("text", ("actors", 1, "name")),
        ("empty", ("text",)),
        ("url", ("url",)),
        ("missing", ("schema_version",)),
    ]


@given(st.lists(st.tuples(st.sampled_from(PLACES), st.sampled_from(WRONG_TYPES)), min_size=1, max_size=8))
def test_what_is_told_stands_in_the_order_of_the_document(changes: list[tuple[tuple[Place, Any], Any]]) -> None:
    document = copy.deepcopy(DOCUMENT)
    for (path, _), wrong in changes:
        try:
            at(path[:-1], document)[path[-1]] = copy.deepcopy(wrong)
        except (LookupError, TypeError):  # what was there has been changed before
            continue
    try:
        from_dict(document)
    except ValidationError as error:
        order = [path for path, _ in places(document)]
        told = [issue.path for issue in error.issues if issue.code != "missing"]
        assert sorted(told, key=order.index) == told


def many(**fields: Any) -> tuple[list[str], int]:
    """The places that are told of a document with very much wrong, and how many more there are."""
    with pytest.raises(ValidationError) as caught:
        from_dict({"schema_version": "1.0", "id": "a", **fields})
    error = caught.value
    assert str(error).endswith(f"\nand {error.omitted} more issues")
    assert len(str(error)) < 50_000
    return [issue.json_path for issue in error.issues], error.omitted


def test_no_more_than_a_hundred_are_told_and_the_rest_is_counted() -> None:
    paths, omitted = many(actors=[5] * 20_000)
    assert (paths, omitted) == ([f"$.actors[{n}]" for n in range(100)], 19_900)


def test_of_what_is_wrong_in_many_ways_the_first_hundred_in_the_document_are_told() -> None:
    actors = [{"kind": "x", "name": "", "id": f"a{n}", "what": 1} for n in range(5_000)]
    paths, omitted = many(actors=actors)
    expected = [f"$.actors[{n}].{key}" for n in range(34) for key in ("kind", "name", "what")][:100]
    assert (paths, omitted) == (expected, 14_900)


def test_a_missing_version_comes_last_and_so_is_only_counted() -> None:
    with pytest.raises(ValidationError) as caught:
        from_dict({"id": "a", "actors": [{"id": f"a{n}"} for n in range(150)]})
    assert [issue.json_path for issue in caught.value.issues] == [f"$.actors[{n}].name" for n in range(100)]
    assert caught.value.omitted == 51


def statements(number: int, **fields: Any) -> list[dict[str, Any]]:
    return [{"type": "statement", "id": f"s{n}", "speaker": "a", "content": "c", **fields} for n in range(number)]


def test_many_dangling_references_are_told_with_the_nearest_ids_and_counted() -> None:
    actors = [{"id": f"actor-{n}", "name": "A"} for n in range(1000)]
    paths, omitted = many(actors=actors, statements=statements(5_000, speaker="Actor-77"))
    assert (paths, omitted) == ([f"$.statements[{n}].speaker" for n in range(100)], 4_900)


@pytest.mark.parametrize(
    ("typing_error", "meant"), [("navy", "NAVY"), ("ARMY", "army"), ("xarmy", "army"), ("arm", "army")]
)
def test_among_many_ids_one_that_differs_by_its_case_or_a_letter_is_near(typing_error: str, meant: str) -> None:
    actors = [{"id": id, "name": "A"} for id in ("NAVY", "army", *map(str, range(400)))]
    with pytest.raises(ValidationError, match=f"did you mean '{meant}'") as caught:
        from_dict(
            {"schema_version": "1.0", "id": "a", "actors": actors, "statements": statements(1, speaker=typing_error)}
        )
    assert len(caught.value.issues) == 1


@pytest.mark.parametrize("number", [3, 400])
@pytest.mark.parametrize(
    "typing_error", ["actor-77x", "actor-7", "ctor-77", "actro-77", "Actor-77", "actor-78"[:6] + "97"]
)
def test_a_dangling_reference_names_the_nearest_id_among_few_and_many(number: int, typing_error: str) -> None:
    actors = [{"id": "actor-77", "name": "A"}, *({"id": f"{n}", "name": "A"} for n in range(number))]
    with pytest.raises(ValidationError) as caught:
        from_dict(
            {"schema_version": "1.0", "id": "a", "actors": actors, "statements": statements(1, speaker=typing_error)}
        )
    assert caught.value.issues[0].message == (
        f"statement 's0': found '{typing_error}', expected the id of an actor in this article; did you mean 'actor-77'?"
    )


@pytest.mark.parametrize(
    ("model", "key", "word", "meant"),
    [
        (Actor, "kind", "STATE", "state"),
        (Actor, "kind", "Organisation", "organization"),
        (Actor, "country", "ukr", "UKR"),
        (Actor, "Country", "UKR", "country"),
        (Statement, "type", "Allegation", "allegation"),
    ],
)
def test_what_differs_by_its_case_is_near(model: Any, key: str, word: str, meant: str) -> None:
    with pytest.raises(ValidationError) as caught:
        from_dict({"id": "a", "name": "A", "speaker": "a", "content": "c", key: word}, model)
    assert any(issue.message.endswith(f"; did you mean '{meant}'?") for issue in caught.value.issues)


@pytest.mark.parametrize("word", ["UK", "uk", "GER", "Ukraine", "CHI"])
def test_of_country_codes_none_is_near_another(word: str) -> None:
    with pytest.raises(ValidationError) as caught:
        from_dict({"id": "a", "name": "A", "country": word}, Actor)
    (issue,) = caught.value.issues
    code = "a country code of three capital letters, such as 'NOR' (ISO 3166-1 alpha-3)"
    assert issue.message == f"actor 'a': found '{word}', expected {code}"


@pytest.mark.parametrize("number", [3, 400])
def test_a_dangling_reference_that_is_like_no_id_names_none(number: int) -> None:
    actors = [{"id": f"actor-{n}", "name": "A"} for n in range(number)]
    with pytest.raises(ValidationError) as caught:
        from_dict({"schema_version": "1.0", "id": "a", "actors": actors, "statements": statements(1, speaker="zzz")})
    (issue,) = caught.value.issues
    assert issue.message == "statement 's0': found 'zzz', expected the id of an actor in this article"


@pytest.mark.parametrize("step", [-1, 1])
def test_a_chain_of_denials_may_be_long(step: int) -> None:
    number = 5_000
    chain: list[dict[str, Any]] = [
        {"type": "denial", "id": f"s{n}", "speaker": "a", "content": "c", "denies": [f"s{n + step}"]}
        for n in range(1, number - 1)
    ]
    ends = statements(number)[:: number - 1]
    document = {
        "schema_version": "1.0",
        "id": "a",
        "actors": [{"id": "a", "name": "A"}],
        "statements": [*ends, *chain],
    }
    assert len(from_dict(document).denials) == number - 2
    chain[-1 if step > 0 else 0]["denies"] = [chain[0 if step > 0 else -1]["id"]]
    assert issues(document) == [("cycle", ("statements", number - 1, "denies", 0))]


def test_very_much_that_is_wrong_takes_little_memory_to_tell() -> None:
    text = '{"schema_version":"1.0","id":"a","actors":[' + ",".join(['""'] * 20_000) + "]}"
    tracemalloc.start()
    try:
        with pytest.raises(ValidationError):
            from_json(text)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 2_500_000


def test_what_is_about_each_other_is_no_circle_even_where_something_else_is_wrong() -> None:
    said = {"type": "statement", "speaker": "a", "content": "x"}
    statements = [{**said, "id": "s1", "about": ["s2"]}, {**said, "id": "s2", "about": ["s1"]}]
    document = {"schema_version": "1.0", "id": "x", "actors": [{"id": "a", "name": "A"}], "statements": statements}
    assert issues(document | {"title": 5}) == [("type", ("title",))]


def test_spans_after_one_that_cannot_be_read_must_be_in_order_all_the_same() -> None:
    spans = [{"start": start, "end": start + 2, "fingerprint": "1:1:0000000000000000"} for start in (0, 5, 4)]
    said = {"type": "statement", "id": "s1", "speaker": "a", "content": "x", "spans": [5, *spans]}
    place = ("spans", 3)
    assert issues(said, Statement) == [("type", ("spans", 0)), ("span", place)]


def test_every_line_of_the_code_that_is_made_can_be_looked_up() -> None:
    article = from_dict(DOCUMENT)
    seen: set[CodeType] = set()

    def note(frame: FrameType, *_: object) -> None:
        if frame.f_code.co_filename.startswith("<geoclaims"):
            seen.add(frame.f_code)

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        from_dict(to_dict(article))
        attrs.evolve(article)
        attrs.evolve(article.actors[0])
        Span.find("We deny it.", "deny")
    finally:
        sys.setprofile(before)
    files = {re.sub(r" \([0-9]+\)>", ">", code.co_filename) for code in seen}
    assert {f"<geoclaims: {action} Article>" for action in ("read", "write", "check")} <= files
    assert {f"<geoclaims: {action} Actor>" for action in ("read", "write", "check")} <= files
    assert "<geoclaims: check Text>" in files
    lines = {(code.co_filename, line) for code in seen for *_, line in code.co_lines() if line}
    last = [(code, max(line for *_, line in code.co_lines() if line)) for code in seen]
    assert all(linecache.getline(file, line).strip() for file, line in lines)
    # Debuggers show the whole function.
    assert all(inspect.getsource(code).count("\n") >= line for code, line in last)
