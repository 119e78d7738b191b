"""The fast paths accept what the plain ones accept, with equal results, and leave all else to them."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Any

import pytest
from hypothesis import given, strategies as st

from bench import differential
from bench.documents import document
from bench.mutations import Items, Members, Number, Text, Word, changed, written
from geoclaims import (
    Actor,
    Article,
    PartialDate,
    Quantity,
    Span,
    Statement,
    ValidationError,
    from_dict,
    from_json,
    load_article,
    to_dict,
    to_json,
)
from geoclaims._json.quick_text import read_text_quickly
from geoclaims._json.structuring import structured_quickly
from geoclaims._json.text import Repeated
from geoclaims.strategies import articles

with_and_without_orjson = pytest.mark.parametrize("environment", [nullcontext, differential.without_orjson])
Environment = Callable[[], AbstractContextManager[None]]


@pytest.mark.parametrize("trial", differential.TRIALS, ids=lambda trial: trial.__name__)
@pytest.mark.parametrize("start", range(0, 1000, 100))
def test_the_paths_agree_on_what_chance_makes(trial: Callable[[random.Random], bool], start: int) -> None:
    right = sum(trial(random.Random(seed)) for seed in range(start, start + 100))
    assert 0 < right < 100  # chance makes both


@with_and_without_orjson
@given(article=articles())
def test_whatever_is_written_is_read_on_the_fast_path(environment: Environment, article: Article) -> None:
    with environment():
        differential.check_writing(article)
        for text in (
            to_json(article),
            to_json(article).encode(),
            to_json(article, indent=2),
            json.dumps(to_dict(article)),
        ):
            quick = read_text_quickly(Article, text)
            if quick is None:
                assert differential.has_string_beginning_with_colon(to_json(article))
            else:
                assert quick == article


@given(article=articles(), seed=st.integers(0, 2**32))
def test_the_paths_agree_on_changed_articles(article: Article, seed: int) -> None:
    chance = random.Random(seed)
    data = changed(to_dict(article), chance)
    differential.check_builtins(Article, data)
    differential.check_text(Article, written(data, chance))


def test_documents_of_any_size_and_the_article_that_ships_are_read_on_the_fast_path() -> None:
    for text in (json.dumps(document(1)), json.dumps(document(1000)), to_json(load_article())):
        assert read_text_quickly(Article, text) == from_json(text)
        differential.check_text(Article, text)


CLAIM = {"type": "statement", "id": "s1", "speaker": "a", "content": "He said so."}


def with_pairs(*pairs: str) -> str:
    """A statement with more members, as they are written."""
    return ",".join([json.dumps(CLAIM)[:-1], *pairs]) + "}"


@with_and_without_orjson
@pytest.mark.parametrize("form", [str, str.encode], ids=["text", "bytes"])
@pytest.mark.parametrize(
    "pair",
    [
        '"id":"s2"',
        '"id":"s1"',
        '"id" :"s2"',
        '"id"\t:"s2"',
        '"id"\n:"s2"',
        '"id"\r:"s2"',
        '"id"\r\n\t :\t"s2"',
        '"\\u0069d":"s2"',
        '"\\u0069\\u0064" : "s2"',
        '"i\\u0064":"s2"',
        '"type":"statement"',
        '"cue":"a","cue":"a"',
        '"cue":null,"cue":null',
        '"quotes":["a"],"quotes":[]',
        '"cue":"\\":","cue":"b"',
        '"cue":"x\\\\","cue":"\\":"',
        '"cue":"\\\\\\":","cue":":"',
        '"quantities":[{"minimum":1,"minimum":2,"unit":"x"}]',
        '"quantities":[{"minimum":1,"unit":"x"},{"minimum":1,"unit":"x","unit" :"y"}]',
        '"spans":[{"start":1,"end":2,"end":2,"fingerprint":"1:1:0123456789abcdef"}]',
        '"cue":"a\\":b","cue" :"c"',
        '"content":"\\\\\\\\\\":\\\\"',
    ],
)
def test_a_key_that_is_repeated_in_any_way_is_found(
    environment: Environment, form: Callable[[str], Any], pair: str
) -> None:
    with environment():
        text = form(with_pairs(pair))
        assert not differential.check_text(Statement, text)
        assert read_text_quickly(Statement, text) is None
        with pytest.raises(ValidationError) as caught:
            from_json(text, Statement)
        assert {issue.code for issue in caught.value.issues} == {"duplicate_key"}


@with_and_without_orjson
@pytest.mark.parametrize(
    "pair",
    [
        '"cue":"\\":"',
        '"cue":"a\\": b\\":"',
        '"cue":"\\\\"',
        '"cue":"ends in \\\\","basis":"\\": :"',
        '"cue":"a: b, c :d"',
        '"quotes":["\\":",":","\\"","\\\\\\":"]',
        '"cue":"\\u0022:"',
        '"c\\u0075e":"said"',
        '"cue" : "said"',
        '"cue"\n:\t"said"',
        '"labels":["a:","b\\":"]',
        '"cue":"\\\\\\\\"',
    ],
)
def test_what_only_looks_like_a_repeated_key_is_read(environment: Environment, pair: str) -> None:
    with environment():
        for text in (with_pairs(pair), with_pairs(pair).encode()):
            assert differential.check_text(Statement, text)


@pytest.mark.parametrize("content", ["Il dit : non.", "a :b", 'the "word" : so', 'a"\t:', "lines\n: and\r:"])
@with_and_without_orjson
def test_a_colon_after_a_space_in_a_string_is_read_on_the_fast_path(environment: Environment, content: str) -> None:
    data = {**CLAIM, "content": content.replace("\r", "")}
    with environment():
        for text in (json.dumps(data), json.dumps(data, indent=1), json.dumps(data, separators=(",", ":"))):
            assert read_text_quickly(Statement, text) == from_json(text, Statement)
            assert not differential.check_text(Statement, text[:-1] + ',"id":"s2"}')
            assert not differential.check_text(Statement, text[:-1] + ',"id" :"s2"}')
            assert differential.check_text(Statement, text[:-1] + ',"cue" :"s2"}')


@pytest.mark.parametrize("character", ["\x00", "\x1f", "\x7f", "\x80", "\x9f", "\ud800"])
@pytest.mark.parametrize("form", ["raw", "escaped"])
@pytest.mark.parametrize("before", ["", '\\"', "é", "\xa0"])
@with_and_without_orjson
def test_a_character_that_is_no_text_is_found_however_it_is_written(
    environment: Environment, before: str, form: str, character: str
) -> None:
    written = character if form == "raw" else f"\\u{ord(character):04x}"
    text = with_pairs(f'"cue":"{before}a{written}"')
    with environment():
        assert not differential.check_text(Statement, text)
        assert not differential.check_text(Statement, text.encode(errors="surrogatepass"))


@pytest.mark.parametrize(
    "character", ["\t", "\n", "\xa0", "\xad", "\u200b", "\u2028", "\ufeff", "\U0001f642", "\uffff", '"', "\\"]
)
@with_and_without_orjson
def test_any_other_character_is_read(environment: Environment, character: str) -> None:
    data = {**CLAIM, "content": f"He{character}said so."}
    with environment():
        for ascii_only in (True, False):
            assert differential.check_text(Statement, json.dumps(data, ensure_ascii=ascii_only))


def is_read_quickly(model: type[Any], data: Any) -> bool:
    try:
        structured_quickly(model, data)
    except Exception:  # noqa: BLE001 - it refuses in any way it likes
        return False
    return True


ODD: list[tuple[type[Any], Any]] = [
    (Statement, {**CLAIM, "id": Text("s1")}),
    (Statement, {**CLAIM, "type": Text("statement")}),
    (Statement, {**CLAIM, "speaker": Word.A}),
    (Statement, {**CLAIM, "content": Text("a")}),
    (Statement, {**CLAIM, "date": Word.DATE}),
    (Statement, {**CLAIM, "quotes": ("a",)}),
    (Statement, {**CLAIM, "quotes": "a"}),
    (Statement, {**CLAIM, "quotes": {"a": 1}}),
    (Statement, {**CLAIM, "quotes": [Text("a")]}),
    (Statement, {**CLAIM, "about": [Word.A]}),
    (Statement, {**CLAIM, "content": b"a"}),
    (Statement, {**CLAIM, Text("cue"): "said"}),
    (Statement, {**CLAIM, 1: "said"}),
    (Statement, Repeated([("type", "statement"), ("id", "s1"), ("id", "s1"), ("speaker", "a"), ("content", "b")])),
    (Statement, list(CLAIM.items())),
    (Actor, {"id": "a", "name": "b", "kind": Word.STATE}),
    (Actor, {"id": "a", "name": "b", "country": Word.COUNTRY}),
    (Actor, {"id": "a", "name": "b", "anonymous": 1}),
    (Actor, {"id": "a", "name": "b", "anonymous": None}),
    (Actor, {"id": "a", "name": "b", "kind": None}),
    (Quantity, {"minimum": True, "unit": "x"}),
    (Quantity, {"minimum": Number(1), "unit": "x"}),
    (Quantity, {"minimum": 1.0, "unit": "x"}),
    (Quantity, {"minimum": 2**63, "unit": "x"}),
    (Quantity, "minimum"),
    (Quantity, ["minimum"]),
    (Span, "start"),
    (Article, {"schema_version": Word.VERSION, "id": "a"}),
    (Article, {"schema_version": "1.0", "id": "a", "actors": ()}),
    (Article, {"schema_version": "1.0", "id": "a", "actors": {}}),
    (Article, {"schema_version": "1.0", "id": "a", "actors": ""}),
    (Article, {"schema_version": "1.0", "id": "a", "actors": [[("id", "a")]]}),
    (Article, {"schema_version": "1.0", "id": "a", "actors": ({"id": "a", "name": "b"},)}),
    (Article, {"schema_version": "1.0", "id": "a", "actors": [{"id": "a\nb", "name": "b"}]}),
    (Article, {"schema_version": "1.0", "id": "a", "actors": [{"id": "a", "name": "b"}, {"id": "a", "name": "b"}]}),
    (Article, {"schema_version": "1.0", "id": "a", "actors": [{"id": "b\n", "name": "b"}, {"id": "", "name": "b"}]}),
]


@pytest.mark.parametrize(("model", "data"), ODD, ids=range(len(ODD)))
def test_what_no_json_text_gives_is_left_to_the_plain_path(model: type[Any], data: Any) -> None:
    assert not is_read_quickly(model, data)
    assert not differential.check_builtins(model, data)


@pytest.mark.parametrize("data", [Members(CLAIM), {**CLAIM, "quotes": Items(["a"])}])
def test_what_the_plain_path_takes_in_subclasses_is_read_by_it(data: Any) -> None:
    assert not is_read_quickly(Statement, data)
    assert differential.check_builtins(Statement, data)


def test_text_of_other_types_is_left_to_the_plain_path() -> None:
    text = json.dumps(CLAIM)
    for other in (bytearray(text.encode()), Text(text), type("Bytes", (bytes,), {})(text.encode())):
        assert read_text_quickly(Statement, other) is None  # type: ignore[arg-type]
        assert from_json(other, Statement) == from_json(text, Statement)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text", ["", " ", "1", "null", "[]", '"a"', "{", '{"a":}', b"\xff", b"\xef\xbb\xbf{}", "\ufeff{}"]
)
@with_and_without_orjson
def test_what_is_no_object_is_left_to_the_plain_path(environment: Environment, text: str | bytes) -> None:
    with environment():
        assert read_text_quickly(Article, text) is None
        assert not differential.check_text(Article, text)


def test_spans_are_held_against_the_text_on_both_paths() -> None:
    text = "He said: “we deny it”."
    claim = {**CLAIM, "spans": [to_dict(Span.of(text, 9, 21))]}
    article = {
        "schema_version": "1.0",
        "id": "b",
        "actors": [{"id": "a", "name": "A"}],
        "statements": [claim],
        "text": text,
    }
    assert differential.check_builtins(Article, article)
    assert is_read_quickly(Article, article)
    for other in (text.replace("deny", "admit"), text[:20], f" {text}"):
        assert not differential.check_builtins(Article, {**article, "text": other})


def test_a_long_chain_is_no_circle_and_a_long_circle_is_one() -> None:
    data = document(2)
    claim = data["statements"][0]
    chain = [
        claim,
        *({**data["statements"][1], "id": f"d{index}", "denies": [f"d{index - 1}"]} for index in range(1, 300)),
    ]
    claim["id"] = "d0"
    for statements in (chain, [claim, *reversed(chain[1:])]):
        assert differential.check_builtins(Article, {**data, "statements": statements})
    chain[1] = {**chain[1], "denies": ["d299"]}
    assert not differential.check_builtins(Article, {**data, "statements": chain})


def test_only_models_are_read_and_written() -> None:
    for type_ in (str, PartialDate, object):
        with pytest.raises(TypeError, match="expected Article, Actor"):
            from_json("{}", type_)  # type: ignore[type-var]
        with pytest.raises(TypeError, match="expected Article, Actor"):
            from_dict({}, type_)  # type: ignore[type-var]
    for value in (5, "a", PartialDate(2025), Statement):
        with pytest.raises(ValidationError, match="expected an Article"):
            to_dict(value)  # type: ignore[arg-type]
        with pytest.raises(ValidationError, match="expected an Article"):
            to_json(value)  # type: ignore[arg-type]


def test_without_orjson_nothing_else_is_read_or_written() -> None:
    code = """
import sys
sys.modules["orjson"] = None
from geoclaims import from_json, load_article, to_json
text = to_json(load_article())
assert from_json(text) == load_article()
sys.stdout.buffer.write(text.encode())
"""
    written = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout
    assert written.decode() == to_json(load_article())
