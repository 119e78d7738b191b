"""One place of a right document is broken: the error names that place, with the code that is expected, and no other."""

from __future__ import annotations

import copy
import json
import re
import tracemalloc
from itertools import permutations
from typing import Any

import attrs
import pytest
from hypothesis import given, settings, strategies as st

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
    from_dict,
    from_json,
    json_schema,
    to_dict,
)
from geoclaims.annotation import draft_schema, read_draft
from tests.places import (
    ADDRESSES,
    DATES,
    DOCUMENT,
    NAMES,
    ONCE,
    PLACES,
    PROSE,
    REFERENCES,
    Place,
    at,
    changed,
    issues as issues_of,
    places,
    without,
)

MODELS: list[Any] = [Article, Actor, Statement, Allegation, Denial, Quantity, Span]
# What the tables of the contract say of the fields, by name.
FIELDS = {field.name: field for model in MODELS for field in attrs.fields(model)}
REQUIRED = {name for name, field in FIELDS.items() if field.default is attrs.NOTHING} | {"schema_version", "type"}
OPTIONAL = {name for name, field in FIELDS.items() if field.default is None}
FORMS = {"id", "text", "language", "country", "kind", "fingerprint", *REFERENCES, *PROSE, *NAMES, *ADDRESSES, *DATES}


def field(path: Place) -> str:
    """The name of the field in which a place lies."""
    return next(part for part in reversed(path) if isinstance(part, str))


def strings(names: set[str]) -> list[Place]:
    """The places of the strings in some fields."""
    return [path for path, value in PLACES if type(value) is str and field(path) in names]


def issues(document: Any, type: type[Any] = Article) -> list[tuple[str, Place]]:
    """The codes and places of all that is wrong."""
    return issues_of(from_dict, document, type)


def article(*statements: Any, actors: Any = ({"id": "a", "name": "A"},), **fields: Any) -> dict[str, Any]:
    """A small document."""
    return {"schema_version": "1.0", "id": "x", "actors": [*actors], "statements": [*statements], **fields}


def said(id: str, **fields: Any) -> dict[str, Any]:
    """A statement, or a denial if it denies something."""
    return {"type": "denial" if "denies" in fields else "statement", "id": id, "speaker": "a", "content": "c", **fields}


def test_the_form_of_every_field_is_tested() -> None:
    untested = [
        name for name, field in FIELDS.items() if re.search("str|Date|Kind", str(field.type)) and name not in FORMS
    ]
    assert untested == [], "put each of these fields into the set of its form in tests/places.py"


def test_the_document_is_right_as_it_is() -> None:
    assert to_dict(from_dict(DOCUMENT)) == DOCUMENT


# Shape

WRONG_TYPES = [5, 5.5, 1.0, True, "5", "abc", [], ["a"], {}, {"a": 1}, None]


def test_a_value_of_another_type_is_of_the_wrong_type_wherever_it_stands() -> None:
    for path, value in ONCE.items():
        for wrong in WRONG_TYPES:
            if type(wrong) is not type(value) and not (wrong is None and path[-1] in OPTIONAL):
                assert issues(changed(path, wrong)) == [("type", path)], wrong
    for model in MODELS:
        for root in (5, 5.5, True, None, "abc", [], [DOCUMENT]):
            assert issues(root, model) == [("type", ())]


def test_a_key_that_is_not_there_is_missing_unless_it_may_be() -> None:
    for path in [path for path, _ in PLACES if isinstance(path[-1], str)]:
        key = path[-1]
        if key in REQUIRED:
            assert issues(without(path)) == [("missing", path)]
        elif key in {"minimum", "maximum"} and not {"minimum", "maximum"} <= set(at(path[:-1])):
            assert issues(without(path)) == [("missing", path[:-1])]
        elif key == "actors":
            assert {code for code, _ in issues(without(path))} == {"dangling_ref"}
        else:
            assert to_dict(from_dict(without(path))) == without(path)


def test_a_key_that_does_not_belong_is_unknown() -> None:
    for path in [(), *(path for path, value in PLACES if isinstance(value, dict))]:
        for key in ("x", "", "Id", "id ", "name\u202e", "__class__", "self", *(("$schema",) if path else ())):
            document = copy.deepcopy(DOCUMENT)
            at(path, document)[key] = {"what": ["is", {"deep": "is not read"}]}
            assert issues(document) == [("unknown_key", (*path, key))]


@pytest.mark.parametrize("text", ["claims.schema.json", "", "\n", "https://example.org/a#b"])
def test_a_string_under_the_key_by_which_editors_find_the_schema_is_dropped(text: str) -> None:
    for document in ({"$schema": text, **DOCUMENT}, {**DOCUMENT, "$schema": text}):
        assert to_dict(from_dict(document)) == to_dict(from_json(json.dumps(document))) == DOCUMENT
    for model, part in ((Actor, DOCUMENT["actors"][0]), (Statement, DOCUMENT["statements"][0])):
        assert issues(part | {"$schema": text}, model) == [("unknown_key", ("$schema",))]


@pytest.mark.parametrize("value", [None, 5, True, ["a"], {}, "\ud800", "a\0b"])
def test_anything_else_under_that_key_is_refused_by_readers_and_schemas(value: Any) -> None:
    code = "text" if type(value) is str else "type"
    document = {"$schema": value, **DOCUMENT, "title": 5}
    assert issues(document) == [(code, ("$schema",)), ("type", ("title",))]
    # in a draft, null stands for a key that is left out
    in_draft = (
        [lambda each: read_draft({**each, "actors": [], "statements": []}, "A text.")] if value is not None else []
    )
    for read in (from_dict, lambda each: from_json(json.dumps(each)), *in_draft):
        with pytest.raises(ValidationError) as caught:
            read({"$schema": value, "schema_version": "1.0", "id": "a"})
        assert [(issue.code, issue.path) for issue in caught.value.issues] == [(code, ("$schema",))]
    for schema in (json_schema(), json_schema(dialect="portable"), draft_schema()):
        assert not (type(value) is str and re.search(schema["properties"]["$schema"]["pattern"], value))
        assert re.search(schema["properties"]["$schema"]["pattern"], "")


# Values: at every place where one may stand, a wrong one has its code and no other.

DIGITS = "0123456789abcdef"
# The names of the fields, and what is wrong there, the strings between bars.
WRONG: dict[str, tuple[set[str], str]] = {
    "id": ({"id", *REFERENCES}, f"| |a b|-a|.a|:a|\uff3fa|ä|a/b|a\n|\u0661|{'a' * 101}|a\x00|\ud800"),
    "empty": (NAMES | PROSE | {"text"}, "| |\u2003|\u00a0 \u3000"),
    "url": (
        ADDRESSES,
        (
            "| |x|www.example.org|ftp://example.org|http:example.org|http://|https:///a|http://?q| http://example.org"
            "|http://example.org |http://exa mple.org|http://a/b c|http://:80|http://a\n|http://a/\u3000|http://a:b|http://a@"
            "|http://\x00|http://\ud800|javascript://a|http://[::1|mailto:a@example.org|http://example.org:x/|//example.org"
        ),
    ),
    "language": ({"language"}, "| |e|en_GB|en-|-en|en!|en\n|eng-abcdefghi|12|a-b"),
    "country": ({"country"}, "| |ukr|UA|XXX|XKK|UKR |UKR\n|Ukraine|ZZZ|SUN"),
    "date": (
        DATES,
        (
            "| |0000|10000|20250405|2025-W14-6|2025-04-05T10:00|2025-04-05 |2025-4|25|-2025|2025-00|2025-13|2025-04-00|"
            "2025-04-31|2025-02-29|1900-02-29|2025-04-32|2025-04-5|2025-|２０２５|2025-04-09\n|2025\u201304|April 2025|"
            "2025-04-09Z|today|0000-01-01|2025/2026|\ud800"
        ),
    ),
    "enum": ({"kind"}, "| |State|STATE|state |ActorKind.STATE|gruop|none\n|\ud800"),
    "tag": ({"type"}, "| |Denial|alegation|quote|denial |\ud800"),
    "span": (
        {"fingerprint"},
        f"|x|1:1:{DIGITS.upper()}|2:1:{DIGITS}|1:0:{'0' * 16}|1:1:{DIGITS}\n|1:1:{'0' * 15}|1:1:{'0' * 17}",
    ),
}
NUMBERS = [-1, 2**63, 2**64, -(2**63), 10**300, 10**5000]


@pytest.mark.parametrize("code", WRONG)
def test_a_wrong_string_is_only_that_wherever_it_stands(code: str) -> None:
    names, values = WRONG[code]
    assert strings(names)
    for path in strings(names):
        for wrong in values.split("|"):
            assert issues(changed(path, wrong)) == [(code, path)], wrong


def test_a_number_out_of_range_is_only_that_and_the_accused_and_denied_are_at_least_one() -> None:
    for path, value in PLACES:
        for wrong in NUMBERS if type(value) is int else ():
            assert issues(changed(path, wrong)) == [("range", path)]
    for path in (("statements", 0, "accused"), ("statements", 1, "denies")):
        assert issues(changed(path, [])) == [("empty", path)]


LETTERS = "\u202eabc|\u200b| a |e\u0301|\U0010ffff|\ue000|\ufeff|a\u2028b\u2029|\u00ad"
RIGHT: list[tuple[list[Place], str]] = [
    (strings(NAMES | PROSE), LETTERS),
    ([("id",), ("statements", 6, "id")], f"0|Z|_|_a|__init__|a_.:-|{'_' * 100}"),
    (
        strings(ADDRESSES),
        (
            "http://a|HTTPS://EXAMPLE.ORG|https://user:pw@example.org:8080/a?b#c|http://[2001:db8::1]:80/|http://127.0.0.1|"
            "http://пример.example/путь|http://example.org?q|http://example.org#f"
        ),
    ),
    ([("language",)], "uk|zh-Hant-TW|de-1996|sl-rozaj-biske|x-mine|i-klingon|en-GB-oed|de-a-ext-x-y|en-x-ab-c|und"),
    ([("published",), ("statements", 1, "date")], "0001|9999-12-31|2024-02-29|2000-02-29|2025-04"),
]


@pytest.mark.parametrize(("paths", "values"), RIGHT, ids=range(len(RIGHT)))
def test_a_right_value_is_kept_to_the_letter(paths: list[Place], values: str) -> None:
    for path in paths:
        for right in values.split("|"):
            assert to_dict(from_dict(changed(path, right))) == changed(path, right), right


def test_what_is_no_text_is_told_as_that_before_it_is_called_empty() -> None:
    every = {chr(point) for point in (*range(1, 32), *range(127, 160))}
    for path in strings(NAMES | PROSE | {"text"}):
        for wrong in ("a\x00", "\x00", "\ud800", "\udfff", " \x00 "):
            assert issues(changed(path, wrong))[0] == ("text", path)
        wide = path in {("title",), ("statements", 0, "content")}
        controls = every if wide else {"\x01", "\t", "\n", "\r", "\x1f", "\x7f", "\x85", "\x9f"}
        allowed = {"\t", "\n"} if field(path) in PROSE else controls if path == ("text",) else set()
        for control in sorted(controls - allowed):
            assert issues(changed(path, f"a{control}b")) == [("text", path)]


def test_more_dates_than_are_remembered_are_read_and_written() -> None:
    days = [
        f"{year}-{month:02}-{day:02}" for year in range(2000, 2027) for month in range(1, 13) for day in range(1, 29)
    ]
    dates = [*days, *days[:1000]]
    document = article(*(said(f"s{number}", date=date) for number, date in enumerate(dates)))
    found = from_dict(document)
    assert [each.date for each in found.statements] == [PartialDate(*map(int, date.split("-"))) for date in dates]
    assert to_dict(found) == document


def test_bounds_offsets_and_spans_are_told_of_what_has_them() -> None:
    quantity, spans = ("statements", 1, "quantities", 0), ("statements", 1, "spans")
    for path, value, expected in (
        ((*quantity, "minimum"), 7, [("range", quantity)]),
        ((*spans, 0, "end"), 0, [("range", (*spans, 0))]),
    ):
        assert issues(changed(path, value)) == expected
    for bounds in ({"minimum": None, "maximum": None}, {"minimum": None}):
        assert issues(bounds | {"unit": "x"}, Quantity) == [("missing", ())]
    assert from_dict({"minimum": None, "maximum": 0, "unit": "x"}, Quantity) == Quantity(maximum=0, unit="x")


@settings(max_examples=50)
@given(st.lists(st.lists(st.integers(0, 9), min_size=2, max_size=2, unique=True).map(sorted), min_size=3, max_size=6))
def test_a_span_is_wrong_that_begins_before_any_of_those_before_it_ends(drawn: list[list[int]]) -> None:
    late = [n for n, (start, _) in enumerate(drawn) if any(end > start for _, end in drawn[:n])]
    spans = [{"start": start, "end": end, "fingerprint": f"1:1:{'0' * 16}"} for start, end in drawn]
    expected = [("type", ("spans", 0)), *(("span", ("spans", n + 1)) for n in late)]
    assert issues(said("s1", spans=[5, *spans]), Statement) == expected


def test_statement_reads_all_three_kinds_and_a_kind_only_itself() -> None:
    kinds: list[type[Any]] = [Statement, Allegation, Denial]
    for document in DOCUMENT["statements"][:3]:
        for kind in kinds:
            if kind is Statement or kind.__name__.lower() == document["type"]:
                assert to_dict(from_dict(document, kind)) == document
            else:
                assert issues(document, kind) == [("tag", ("type",))]


def test_where_the_type_is_wrong_or_missing_all_is_checked_that_can_be() -> None:
    wrong = {"type": "alegation", "accused": ["nobody", 5], "denies": "s0", "kind": "x", "what": 1}
    start = ("statements", 0)
    assert issues(changed(start, DOCUMENT["statements"][0] | wrong)) == [
        ("tag", (*start, "type")),
        ("dangling_ref", (*start, "accused", 0)),
        ("type", (*start, "accused", 1)),
        ("type", (*start, "denies")),
        ("enum", (*start, "kind")),
        ("unknown_key", (*start, "what")),
    ]
    untyped = {"id": "s", "speaker": "a", "content": "x"}
    assert issues({**untyped, "accused": []}, Allegation) == [("empty", ("accused",)), ("missing", ("type",))]
    missing = [("missing", ("type",)), ("missing", ("accused",))]
    assert issues({**untyped, "denies": ["s"]}, Allegation) == [("unknown_key", ("denies",)), *missing]


# References


def test_of_several_wrong_references_each_is_told_what_is_wrong_with_it() -> None:
    denies = ("statements", 1, "denies")
    found = issues(changed(denies, ["sudria", "s2", "s2", "nobody", "sudria"]))
    codes = ["wrong_ref", "self_ref", "duplicate", "dangling_ref", "duplicate"]
    assert found == [(code, (*denies, number)) for number, code in enumerate(codes)]


TWO_IDS = st.lists(st.sampled_from("ab"), min_size=2, max_size=3)


@given(TWO_IDS, TWO_IDS)
def test_an_id_that_comes_again_is_told_of_the_later_whatever_the_order_of_the_keys(
    actors: list[str], statements: list[str]
) -> None:
    spoken = [said(id, speaker=actors[0]) for id in statements]
    document = article(*spoken, actors=[{"id": id, "name": "A"} for id in actors])
    for keys in permutations(document):
        sections = [key for key in keys if key in {"actors", "statements"}]
        ids = [((key, n, "id"), thing["id"]) for key in sections for n, thing in enumerate(document[key])]
        again = [path for place, (path, id) in enumerate(ids) if id in {each for _, each in ids[:place]}]
        assert issues({key: document[key] for key in keys}) == [("duplicate_id", path) for path in again]


def test_a_cycle_is_told_at_the_last_reference_within_it_whatever_else_is_wrong() -> None:
    cycle = changed(("actors", 0, "on_behalf_of"), "ministry")
    assert issues(cycle) == [("cycle", ("actors", 1, "on_behalf_of"))]
    with_more = changed(("actors", 0, "name"), 5, cycle)
    assert issues(with_more) == [("type", ("actors", 0, "name")), ("cycle", ("actors", 1, "on_behalf_of"))]
    # It denies the fourth, which denies it and the second, which denies it too.
    document = changed(("statements", 0), {**DOCUMENT["statements"][3], "id": "TRUE", "denies": ["s3"]})
    assert issues(document) == [("cycle", ("statements", 3, "denies", 1))]
    about = [said("s1", about=["s2"]), said("s2", about=["s1"])]
    assert issues(article(*about, title=5)) == [("type", ("title",))]


def test_a_chain_of_denials_may_be_long() -> None:
    number = 2_000
    for step in (-1, 1):
        chain = [said(f"s{n}", denies=[f"s{n + step}"]) for n in range(1, number - 1)]
        document = article(said("s0"), said(f"s{number - 1}"), *chain)
        assert len(from_dict(document).denials) == number - 2
        chain[-1 if step > 0 else 0]["denies"] = [chain[0 if step > 0 else -1]["id"]]
        assert issues(document) == [("cycle", ("statements", number - 1, "denies", 0))]


# Errors that would be only consequences of others.


@pytest.mark.parametrize(("wrong", "code"), [(5, "type"), ("no id", "id"), ("", "id")])
def test_where_an_id_cannot_be_read_references_of_that_kind_are_not_called_dangling(wrong: Any, code: str) -> None:
    for path in (("actors", 0, "id"), ("statements", 1, "id")):
        assert issues(changed(path, wrong)) == [(code, path)]
    document = changed(("actors", 0, "id"), wrong, changed(("statements", 1, "denies"), ["nothing"]))
    assert issues(document) == [(code, ("actors", 0, "id")), ("dangling_ref", ("statements", 1, "denies", 0))]
    others: list[Any] = [None, wrong, {}]
    for no_array in others:
        assert issues(changed(("actors",), no_array)) == [("type", ("actors",))]


def test_a_reference_to_a_repeated_id_may_mean_each_of_them_and_makes_no_cycle() -> None:
    x = [{"id": "x", "name": "X"}, {"id": "a", "name": "A"}]
    document = article(said("x"), said("d", denies=["x"]), actors=x)
    assert issues(document) == [("duplicate_id", ("statements", 0, "id"))]
    again = article(said("d", denies=["e"]), said("e", denies=["f"]), said("f"), said("e", denies=["d"]))
    assert issues(again) == [("duplicate_id", ("statements", 3, "id"))]


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


A_HUNDRED = [f"$.actors[{n}]" for n in range(100)]
KEYS = [f"$.actors[{n}].{key}" for n in range(34) for key in ("kind", "name", "what")]


@pytest.mark.parametrize(
    ("actors", "version", "expected", "omitted"),
    [
        ([5] * 20_000, "1.0", A_HUNDRED, 19_900),
        ([{"kind": "x", "name": "", "id": f"a{n}", "what": 1} for n in range(5_000)], "1.0", KEYS[:100], 14_900),
        # what is missing at the root comes last, and so is only counted
        ([{"id": f"a{n}"} for n in range(150)], "", [f"{place}.name" for place in A_HUNDRED], 51),
    ],
    ids=range(3),
)
def test_the_first_hundred_in_the_document_are_told_and_the_rest_is_counted(
    actors: list[Any], version: str, expected: list[str], omitted: int
) -> None:
    with pytest.raises(ValidationError) as caught:
        from_dict({"id": "a", "actors": actors} | ({"schema_version": version} if version else {}))
    error = caught.value
    assert ([issue.json_path for issue in error.issues], error.omitted) == (expected, omitted)
    assert str(error).endswith(f"\nand {omitted} more issues")
    assert len(str(error)) < 50_000


def test_very_much_that_is_wrong_takes_little_memory_to_tell() -> None:
    text = '{"schema_version":"1.0","id":"a","actors":[' + ",".join(['""'] * 5_000) + "]}"
    tracemalloc.start()
    try:
        with pytest.raises(ValidationError):
            from_json(text)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 900_000
