"""A text is judged by what it stands for: however it is written, and whichever parser and writer is installed."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Generator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any

import attrs
import pytest
from hypothesis import assume, example, given, settings, strategies as st

from geoclaims import (
    Actor,
    Allegation,
    Article,
    Denial,
    PartialDate,
    Quantity,
    Statement,
    ValidationError,
    from_dict,
    from_json,
    load_article,
    to_dict,
    to_json,
)
from geoclaims._json import parsing as parsers
from geoclaims.corpus import Link
from geoclaims.strategies import articles, links
from tests.places import issues
from tests.subclasses import Text
from tools.fuzz import inputs

Verdict = tuple[Any, ...]


@contextmanager
def without_orjson() -> Generator[None]:
    """Let geoclaims find no orjson for a while."""
    absent = object()
    before: Any = sys.modules.get("orjson", absent)
    sys.modules["orjson"] = None  # type: ignore[assignment]
    look_again()
    try:
        yield
    finally:
        if before is absent:
            del sys.modules["orjson"]
        else:
            sys.modules["orjson"] = before
        look_again()


def look_again() -> None:
    """Let geoclaims forget whether there is an orjson."""
    for value in vars(parsers).values():
        if hasattr(value, "cache_clear"):
            value.cache_clear()


with_and_without_orjson = pytest.mark.parametrize("environment", [nullcontext, without_orjson])
Environment = Callable[[], AbstractContextManager[None]]


def verdict(function: Callable[..., Any], *arguments: Any) -> Verdict:
    """What a function makes of its arguments, or all that it says is wrong with them."""
    try:
        return "right", function(*arguments)
    except ValidationError as error:
        return "wrong", [(issue.code, issue.path, issue.message) for issue in error.issues], error.omitted


def expect_same(found: Any, expected: Any) -> None:
    """Fail unless two objects are equal down to the types of all values, which `==` does not see."""
    assert found == expected
    assert type(found) is type(expected)
    if attrs.has(type(found)):
        for field in attrs.fields(type(found)):
            expect_same(getattr(found, field.name), getattr(expected, field.name))
    elif isinstance(found, tuple):
        for one, other in zip(found, expected, strict=True):
            expect_same(one, other)


def encodable(text: str) -> bool:
    """Whether a text has no lone surrogate, which UTF-8 cannot hold."""
    return text.isascii() or not any("\ud800" <= character <= "\udfff" for character in text)


class RepeatedKeyError(ValueError):
    """An object that has a key twice."""


def without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(dict(pairs)) < len(pairs):
        raise RepeatedKeyError
    return dict(pairs)


def read_strictly(text: str | bytes) -> Any:
    """What a text stands for, as the standard library says; a ValueError if it is not strict JSON in UTF-8."""

    def refuse(token: str) -> Any:
        raise ValueError(token)

    def finite(token: str) -> float:
        return refuse(token) if abs(value := float(token)) == float("inf") else value

    decoded = text.decode() if isinstance(text, bytes) else text
    return json.loads(
        decoded.removeprefix("\ufeff"), object_pairs_hook=without_repeats, parse_constant=refuse, parse_float=finite
    )


def expect_verdict_of_builtins(model: type[Any], text: str | bytes) -> None:
    """Fail unless a text is judged as what it stands for, with and without orjson."""
    found = verdict(from_json, text, model)
    with without_orjson():
        assert verdict(from_json, text, model) == found
    try:
        data = read_strictly(text)
    except ValueError as error:
        codes = [code for code, _, _ in found[1]] if found[0] == "wrong" else []
        if isinstance(error, RepeatedKeyError):
            assert "duplicate_key" in codes or codes[:1] in ([code] for code in ("json", "version"))
        else:
            assert codes in (["json"], ["encoding"])
        return
    expected = verdict(from_dict, data, model)
    assert found == expected
    if found[0] == "right":
        expect_same(found[1], expected[1])


@settings(max_examples=max(150, settings().max_examples))
@given(
    st.tuples(inputs.noisy(inputs.json_of(*inputs.ARTICLES)), st.just(Article))
    | st.tuples(inputs.json_texts, st.sampled_from([Statement, Allegation, Denial, Link]))
)
def test_a_text_that_chance_makes_is_judged_as_what_it_stands_for(text: tuple[bytes, type[Any]]) -> None:
    data, model = text
    assume(b"0" * 400 not in data)  # of which only a text has digits that can be shown
    expect_verdict_of_builtins(model, data)


@with_and_without_orjson
@given(thing=articles() | links())
def test_whatever_is_written_is_read_and_the_text_does_not_depend_on_the_writer(
    environment: Environment, thing: Article | Link
) -> None:
    document = to_dict(thing)
    compact = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    with environment():
        assert to_json(thing) == compact
        for text in (compact, compact.encode(), to_json(thing, indent=2), json.dumps(document)):
            expect_same(from_json(text, type(thing)), thing)


@with_and_without_orjson
def test_every_character_is_written_as_the_standard_library_writes_it(environment: Environment) -> None:
    line = "".join(chr(code) for code in (*range(0x20, 0x7F), *range(0xA0, 0x3000)))
    url = f"https://a.example/{''.join(line.split())}"
    article = Article(
        id="a",
        title=line,
        url=url,
        actors=[Actor(id="a", name="a", aliases=[line], same_as=[url])],
        statements=[Statement(id="s", speaker="a", content=f"\t\n{line}", quantities=[Quantity.of(2**63 - 1, line)])],
        text="".join(map(chr, (*range(1, 0xD800), *range(0xE000, 0x110000, 251)))),
    )
    with environment():
        assert to_json(article) == json.dumps(to_dict(article), ensure_ascii=False, separators=(",", ":"))


@with_and_without_orjson
def test_whole_documents_are_read(environment: Environment) -> None:
    with environment():
        for document in (*inputs.ARTICLES, to_dict(load_article())):
            expect_same(from_json(json.dumps(document)), from_dict(document))


# Strings

CLAIM = {"type": "statement", "id": "s1", "speaker": "a", "content": "He said so."}


FORMS = (str, str.encode)


@with_and_without_orjson
@given(
    st.text(st.sampled_from('"\\:, \n{}[]cue'), max_size=9),
    st.sampled_from([None, 1, "\t"]),
    st.sampled_from(['\\"', "\\u0022"]),
)
def test_no_string_hides_a_key_that_is_repeated_or_looks_like_one(
    environment: Environment, words: str, indent: Any, mark: str
) -> None:
    data = {**CLAIM, "content": f"a{words}", "quotes": [f"b{words}", f'{words}":']}
    text = json.dumps(data, indent=indent, separators=(",", " :" if indent else ":"))
    text = re.sub(r"\\(.)", lambda escape: mark if escape[1] == '"' else escape[0], text)
    with environment():
        for form in FORMS:
            assert to_dict(from_json(form(text), Statement)) == data
            for pair in ('"id":"s2"', '"id"\r\n\t :\t"s1"', '"\\u0069\\u0064" : "s2"', '"id":"s2","i\\u0064":"s3"'):
                found = issues(from_json, form(f"{text[:-1]},{pair}}}"), Statement)
                assert found == [("duplicate_key", ("id",))] * (pair.count(",") + 1)


ODD_CHARACTERS = '\x00\x1f\x7f\x80\x9f\ud800\t\n\xa0\xad\u200b\u2028\ufeff\U0001f642\uffff"\\/:é'


@with_and_without_orjson
@example("\x7f")
@given(st.text(st.sampled_from(ODD_CHARACTERS) | st.characters(), min_size=1, max_size=4))
def test_a_character_is_judged_as_itself_however_it_is_written(environment: Environment, words: str) -> None:
    data = {**CLAIM, "cue": f"a{words}"}
    expected = verdict(from_dict, data, Statement)
    with environment():
        for text in (json.dumps(data), json.dumps(data, ensure_ascii=False)):
            assert verdict(from_json, text, Statement) == expected
            if encodable(text):
                assert verdict(from_json, text.encode(), Statement) == expected
        # JSON has control characters below the space only escaped, and UTF-8 has no surrogates.
        raw = f'{json.dumps(CLAIM)[:-1]},"cue":"a{words}"}}'
        if not encodable(raw):
            assert issues(from_json, raw.encode(errors="surrogatepass"), Statement) == [("encoding", ())]
        elif min(words) < " ":
            assert issues(from_json, raw, Statement)[0][0] == "json"


def test_text_in_subclasses_is_read_too() -> None:
    text = json.dumps(CLAIM)
    for other in (Text(text), type("Bytes", (bytes,), {})(text.encode())):
        assert from_json(other, Statement) == from_json(text, Statement)


def test_arguments_in_the_wrong_order_are_a_short_error() -> None:
    with pytest.raises(TypeError, match="Article, Actor") as caught:
        from_dict(Article, {"id": "a" * 10_000})  # type: ignore[call-overload]
    assert len(str(caught.value)) < 200


def test_only_models_are_read_and_written() -> None:
    for type_ in (str, PartialDate, object, 5, "Article", None):
        with pytest.raises(TypeError, match="Article, Actor"):
            from_json("{}", type_)  # type: ignore[type-var, arg-type]
        with pytest.raises(TypeError, match="Article, Actor"):
            from_dict({}, type_)  # type: ignore[type-var, arg-type]
    for value in (5, "a", PartialDate(2025), Statement):
        with pytest.raises(TypeError, match="an Article"):
            to_dict(value)  # type: ignore[arg-type]
        with pytest.raises(TypeError, match="an Article"):
            to_json(value)  # type: ignore[arg-type]
