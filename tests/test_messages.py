"""What people read when something is wrong: one example of each kind of message, with its place and its code."""

from __future__ import annotations

import csv
import datetime
import gzip
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import attrs
import pytest

from geoclaims import (
    Actor,
    ActorKind,
    Allegation,
    AnchorError,
    Article,
    PartialDate,
    Quantity,
    Span,
    Statement,
    UnknownIdError,
    ValidationError,
    from_dict,
    from_json,
    json_schema,
    to_dict,
    to_json,
)
from geoclaims.annotation import lint, read_draft, to_draft
from geoclaims.interop import read_csv, write_csv

SAID = {"type": "statement", "id": "s1", "speaker": "north", "content": "x"}
DENIED = {"type": "denial", "id": "s2", "speaker": "north", "content": "x"}
MARK = "1:1:0000000000000000"
EDITED = (
    ": the text differs from the one that was annotated; Article.with_text and `geoclaims anchor` "
    "find passages again [span]"
)
MODELS = "Article, Actor, Statement, Allegation, Denial, Quantity or Span"
KINDS = "ActorKind.PERSON, ActorKind.GROUP, ActorKind.ORGANIZATION, ActorKind.STATE or ActorKind.UNKNOWN"
MISSING = "Span.find(text, passage) makes a Span of words; Span() missing 1 required positional argument: 'fingerprint'"
A_PATH = f"a value of type {type(Path()).__name__}"
NESTED: list[Any] = []
NESTED.append(NESTED)
CONTENT = "a whole number, such as 6; one with a fraction stays in the content"
ARTICLE = Article(
    id="a", actors=[Actor(id="north", name="N")], statements=[Statement(id="s1", speaker="north", content="x")]
)


def document(*statements: Any, actor: Any = None, **fields: Any) -> dict[str, Any]:
    """An article of one actor, with what is given besides."""
    actors = [{"id": "north", "name": "N", **(actor or {})}]
    return {"schema_version": "1.0", "id": "a", "actors": actors, "statements": list(statements), **fields}


def made(**fields: Any) -> Statement:
    return Statement(**({"id": "s1", "speaker": "holt", "content": "x"} | fields))


def said(**fields: Any) -> dict[str, Any]:
    """The same with one statement."""
    return document(SAID | fields)


def without(key: str) -> dict[str, Any]:
    """The same, without a key of the article."""
    whole = document()
    del whole[key]
    return whole


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        # shape
        (5, "$: found 5, expected an object [type]"),
        ("{}", "$: found '{}', expected an object; from_json reads JSON text [type]"),
        (b"{}", "$: found a value of type bytes, expected an object; from_json reads JSON text [type]"),
        (document(actor={"aliases": "N"}), "$.actors[0].aliases: actor 'north': found 'N', expected an array [type]"),
        (document(actor={"anonymous": 1}),
         "$.actors[0].anonymous: actor 'north': found 1, expected true or false [type]"),
        (document(title=True), "$.title: found true, expected a string [type]"),
        (document(published=2025), "$.published: found 2025, expected a string [type]"),
        (document(actor={"kind": None}), "$.actors[0].kind: actor 'north': found null, expected a string [type]"),
        (document(schema_version=1), "$.schema_version: found 1, expected the string '1.0' [type]"),
        (said(type=5), "$.statements[0].type: statement 's1': found 5, expected a string [type]"),
        (document() | {5: "x"}, "$: found the key 5, expected keys that are plain strings [type]"),
        (without("id"), "$.id: found no key 'id', expected it in every article [missing]"),
        (without("schema_version"),
         "$.schema_version: found no key 'schema_version', expected it to say '1.0' [missing]"),
        (document({key: value for key, value in SAID.items() if key != "type"}),
         ("$.statements[0].type: statement 's1': found no key 'type', expected it to say 'statement', 'allegation' "
          "or 'denial' [missing]")),
        (document(SAID | {"type": "allegation"}),
         ("$.statements[0].accused: allegation 's1': found no key 'accused', expected it in every allegation "
          "[missing]")),
        (document(DENIED),
         "$.statements[0].denies: denial 's2': found no key 'denies', expected it in every denial [missing]"),
        (document(titel="x"),
         "$.titel: found the key 'titel', expected one that an article has; did you mean 'title'? [unknown_key]"),
        (said(quote="x"),
         ("$.statements[0].quote: statement 's1': found the key 'quote', expected one that a statement has; did you "
          "mean 'quotes'? [unknown_key]")),
        (said(accused=["state"]),
         ("$.statements[0].accused: statement 's1': found the key 'accused', expected one that a statement has; only "
          "an allegation has it [unknown_key]")),
        (document(actor={"xyz": 1}),
         "$.actors[0].xyz: actor 'north': found the key 'xyz', expected one that an actor has [unknown_key]"),
        (document(actor={"denies": 1}),
         "$.actors[0].denies: actor 'north': found the key 'denies', expected one that an actor has [unknown_key]"),
        (said(type="allegatio"),
         ("$.statements[0].type: statement 's1': found 'allegatio', expected 'statement', 'allegation' or 'denial'; "
          "did you mean 'allegation'? [tag]")),
        (document(actor={"kind": "stat"}),
         ("$.actors[0].kind: actor 'north': found 'stat', expected 'person', 'group', 'organization', 'state' or "
          "'unknown'; did you mean 'state'? [enum]")),
        (document(actor={"kind": "xyz"}),
         ("$.actors[0].kind: actor 'north': found 'xyz', expected 'person', 'group', 'organization', 'state' or "
          "'unknown' [enum]")),
        # versions
        (document(schema_version="2.0"),
         "$.schema_version: found '2.0', a version newer than this geoclaims can read, expected '1.0' [version]"),
        (document(schema_version="0.9"), "$.schema_version: found '0.9', expected '1.0' [version]"),
        # values
        (document(title=" \t"),
         ("$.title: found ' \\t', expected text without control characters or surrogates; U+0009 is at position 1 "
          "[text]")),
        (said(content="ab\x1f"),
         ("$.statements[0].content: statement 's1': found 'ab\\x1f', expected text without surrogates, or control "
          "characters other than tab and newline; U+001F is at position 2 [text]")),
        (document(text="\x00"),
         "$.text: found '\\x00', expected text without NUL or surrogates; U+0000 is at position 0 [text]"),
        (document(title=" "), "$.title: found ' ', expected text that is not empty or only white space [empty]"),
        (document(id="-"),
         "$.id: found '-', expected an id: a letter, digit or _, then at most 99 letters, digits or _ . : - [id]"),
        (document(url="ftp://x"),
         "$.url: found 'ftp://x', expected an http or https URL with a host and without white space [url]"),
        (document(language="x"), "$.language: found 'x', expected a well-formed BCP 47 language tag [language]"),
        (document(actor={"country": "deu"}),
         ("$.actors[0].country: actor 'north': found 'deu', expected a country code of three capital letters, such as "
          "'NOR' (ISO 3166-1 alpha-3); did you mean 'DEU'? [country]")),
        (document(actor={"country": "de"}),
         ("$.actors[0].country: actor 'north': found 'de', expected a country code of three capital letters, such as "
          "'NOR' (ISO 3166-1 alpha-3); did you mean 'DEU'? [country]")),
        (document(published="yesterday"),
         ("$.published: found 'yesterday', expected a date that exists: YYYY, YYYY-MM or YYYY-MM-DD; PartialDate.parse "
          "reads other forms [date]")),
        (document(published="2025-13"),
         "$.published: found '2025-13', expected a date that exists: YYYY, YYYY-MM or YYYY-MM-DD [date]"),
        (document(published="2025-02-30"),
         "$.published: found '2025-02-30', expected a date that exists: YYYY, YYYY-MM or YYYY-MM-DD [date]"),
        (said(quantities=[{"unit": "x"}]),
         ("$.statements[0].quantities[0]: statement 's1': found no bound, expected a minimum, a maximum or both "
          "[missing]")),
        (said(quantities=[{"minimum": 2.5, "unit": "x"}]),
         ("$.statements[0].quantities[0].minimum: statement 's1': found 2.5, expected a whole number, such as 6; one "
          "with a fraction stays in the content [type]")),
        (said(quantities=[{"minimum": -1, "unit": "x"}]),
         ("$.statements[0].quantities[0].minimum: statement 's1': found -1, expected a number from 0 to "
          "9223372036854775807 [range]")),
        (said(quantities=[{"minimum": 3, "maximum": 2, "unit": "x"}]),
         ("$.statements[0].quantities[0]: statement 's1': found minimum 3 above maximum 2, expected minimum ≤ "
          "maximum [range]")),
        # ids and references
        (document(SAID, SAID),
         "$.statements[1].id: statement 's1': found 's1', expected an id that is not used before [duplicate_id]"),
        (document(actor={"aliases": ["x", "y", "x"]}),
         "$.actors[0].aliases[2]: actor 'north': found 'x' again, expected each value once [duplicate]"),
        (document(DENIED | {"denies": []}),
         "$.statements[0].denies: denial 's2': found an empty array, expected at least 1 [empty]"),
        (said(speaker="nort"),
         ("$.statements[0].speaker: statement 's1': found 'nort', expected the id of an actor in this article; did "
          "you mean 'north'? [dangling_ref]")),
        (document(DENIED | {"denies": ["xyz"]}),
         ("$.statements[0].denies[0]: denial 's2': found 'xyz', expected the id of a statement in this article "
          "[dangling_ref]")),
        (said(about=["xyz"]),
         ("$.statements[0].about[0]: statement 's1': found 'xyz', expected the id of an actor or a statement in "
          "this article [dangling_ref]")),
        (document(SAID, DENIED | {"denies": ["north"]}),
         ("$.statements[1].denies[0]: denial 's2': found 'north', the id of an actor, expected the id of a "
          "statement [wrong_ref]")),
        (document(SAID, DENIED | {"denies": ["s1"], "speaker": "s1"}),
         ("$.statements[1].speaker: denial 's2': found 's1', the id of a statement, expected the id of an actor "
          "[wrong_ref]")),
        (document(actor={"on_behalf_of": "north"}),
         "$.actors[0].on_behalf_of: actor 'north': found 'north', expected the id of something else [self_ref]"),
        (document(DENIED | {"denies": ["s2"]}),
         "$.statements[0].denies[0]: denial 's2': found 's2', expected the id of something else [self_ref]"),
        (said(about=["s1"]),
         "$.statements[0].about[0]: statement 's1': found 's1', expected the id of something else [self_ref]"),
        (document(DENIED | {"denies": ["s3"]}, DENIED | {"id": "s3", "denies": ["s2"]}),
         ("$.statements[1].denies[0]: denial 's3': found a cycle of 2 (s2, s3), expected references without a cycle "
          "[cycle]")),
        (document(*(DENIED | {"id": f"s{n}", "denies": [f"s{(n + 1) % 3}"]} for n in range(3))),
         ("$.statements[2].denies[0]: denial 's2': found a cycle of 3 (s0, s1, s2), expected references without a "
          "cycle [cycle]")),
        (document(*(DENIED | {"id": f"s{n}", "denies": [f"s{(n + 1) % 4}"]} for n in range(4))),
         ("$.statements[3].denies[0]: denial 's3': found a cycle of 4 (s0, s1, s2, …), expected references without "
          "a cycle [cycle]")),
        # spans
        (said(spans=[{"start": 3, "end": 3, "fingerprint": MARK}]),
         "$.statements[0].spans[0]: statement 's1': found start 3 and end 3, expected start < end [range]"),
        (said(spans=[{"start": 3, "end": 4, "fingerprint": "x"}]),
         ("$.statements[0].spans[0].fingerprint: statement 's1': found 'x', expected a fingerprint: 1:LENGTH:HASH "
          "[span]")),
        (said(spans=[{"start": 1, "end": 3, "fingerprint": MARK}, {"start": 2, "end": 4, "fingerprint": MARK}]),
         ("$.statements[0].spans[1]: statement 's1': found a start at 2, expected a start at or after 3, where the "
          "span before it ends [span]")),
        (said(spans=[{"start": 2, "end": 4, "fingerprint": MARK}]) | {"text": "abc"},
         ("$.statements[0].spans[0]: statement 's1': found 'c' at 2, "
          f"expected a passage with fingerprint {MARK}{EDITED}")),
        (said(spans=[{"start": 0, "end": 2, "fingerprint": MARK}]) | {"text": "abc"},
         ("$.statements[0].spans[0]: statement 's1': found 'ab' at 0, "
          f"expected a passage with fingerprint {MARK}{EDITED}")),
    ],
)  # fmt: skip
def test_what_reading_says_of_a_document(wrong: Any, message: str) -> None:
    with pytest.raises(ValidationError) as caught:
        from_dict(wrong)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"schema_version":"1.0","id":"a","id":"a"}',
         "$.id: found the key 'id' again, expected it once [duplicate_key]"),
        ('{"schema_version":\n1.0, id', "$: found 'id' at line 2, column 6, expected a key in double quotes [json]"),
        ("[", "$: found the end at line 1, column 2, expected a value [json]"),
        ("\n[x", "$: found 'x' at line 2, column 2, expected a value [json]"),
        ("[\n1,\n x]", "$: found 'x]' at line 3, column 2, expected a value [json]"),
        ("[" * 65, "$: found '[' at line 1, column 65, expected no more than 64 open arrays and objects [depth]"),
        (b"\xff", "$: found b'\\xff' at byte 0, expected UTF-8 (invalid start byte) [encoding]"),
        (b"{\x00}\x00", "$: found bytes in UTF-16-LE, expected UTF-8 [encoding]"),
        (gzip.compress(b"{}", mtime=0), "$: found b'\\x8b' at byte 1, expected UTF-8 (invalid start byte) [encoding]"),
        ("corpus.json", "$: found 'corpus.json' at line 1, column 1, expected a value [json]"),
        ('"a".json',
         ("$: found '.json' at line 1, column 4, expected nothing after the end of the document; read_jsonl reads one "
          "document per line [json]")),
    ],
)  # fmt: skip
def test_what_reading_says_of_a_text(text: Any, message: str) -> None:
    with pytest.raises(ValidationError) as caught:
        from_json(text)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: Actor(id="n", name=5), "$.name: Actor 'n': found 5, expected a string [type]"),  # type: ignore[arg-type]
        (lambda: Actor(id="n", name=[5]), "$.name: Actor 'n': found a list of 1, expected a string [type]"),  # type: ignore[arg-type]
        (
            lambda: Actor(id="n", name="N", kind="state"),  # type: ignore[arg-type]
            "$.kind: Actor 'n': found 'state', expected ActorKind.STATE [type]",
        ),
        (
            lambda: Actor(id="n", name="N", kind="x"),  # type: ignore[arg-type]
            ("$.kind: Actor 'n': found 'x', expected ActorKind.PERSON, ActorKind.GROUP, ActorKind.ORGANIZATION, "
            "ActorKind.STATE or ActorKind.UNKNOWN [type]"),
        ),
        (
            lambda: Actor(id="n", name="N", aliases="N"),  # type: ignore[arg-type]
            "$.aliases: Actor 'n': found 'N', expected a list or tuple [type]",
        ),
        (lambda: Article(id="a", actors=[5]), "$.actors[0]: Article 'a': found 5, expected an Actor [type]"),  # type: ignore[list-item]
        (
            lambda: Article(id="a", statements=[ARTICLE]),  # type: ignore[list-item]
            (
                "$.statements[0]: Article 'a', Article 'a': found a value of type Article, expected a Statement, an "
                "Allegation or a Denial [type]"
            ),
        ),
        (
            lambda: Article(id="a", published="2025"),  # type: ignore[arg-type]
            ("$.published: Article 'a': found '2025', expected a PartialDate, which PartialDate.parse makes of a text, "
             "and PartialDate.of of a datetime.date [type]"),
        ),
        (lambda: Quantity(unit="x"), "$: Quantity: found no bound, expected a minimum, a maximum or both [missing]"),
        (lambda: PartialDate(0), "$.year: PartialDate: found 0, expected a year from 1 to 9999 [date]"),
        (lambda: PartialDate("x"), "$.year: PartialDate: found 'x', expected a whole number; PartialDate.parse reads a text [type]"),  # type: ignore[arg-type]  # noqa: E501
        (lambda: PartialDate(2025, 13), "$.month: PartialDate: found 13, expected a month from 1 to 12 [date]"),
        (
            lambda: PartialDate(999, 2, 29),
            "$.day: PartialDate: found 29, expected a day from 1 to 28 in 0999-02 [date]",
        ),
        (
            lambda: PartialDate(2025, day=3),
            "$.day: PartialDate: found 3, expected no day where there is no month [date]",
        ),
        (lambda: PartialDate.of("x"), "found 'x', expected a datetime.date"),  # type: ignore[arg-type]
        (lambda: PartialDate.parse(5), "found 5 as text, expected a string"),  # type: ignore[arg-type]
        (
            lambda: PartialDate.parse("2025", dayfirst=3),  # type: ignore[arg-type]
            "found 3 as dayfirst, expected True, False or None",
        ),
        (
            lambda: PartialDate.parse("today", relative_to="x"),  # type: ignore[arg-type]
            "found 'x' as relative_to, expected a datetime.date or a PartialDate",
        ),
        (
            lambda: PartialDate.parse("today", relative_to=PartialDate(2025)),
            "$: found '2025', expected a full date that the text is relative to [date]",
        ),
        (lambda: Span.of(5, 1, 2), "found 5 as text, expected a string"),  # type: ignore[arg-type]
        (lambda: Span.of("abc", "1", 2), "found '1' as start, expected a whole number"),  # type: ignore[arg-type]
        (lambda: Span.of("abc", 1, None), "found None as end, expected a whole number"),  # type: ignore[arg-type]
        (
            lambda: Span.of("a\u200bb", 1, 2),
            "$: found '\\u200b', expected a passage that is not empty in normal form [span]",
        ),
        (
            lambda: Span.of("abc", 10**5000, 1),
            "$: found 'an integer of 16610 bits to 1', expected 0 ≤ start < end ≤ 3 [range]",
        ),
        (lambda: Span.of("abc", 2, 2), "$: found '2 to 2', expected 0 ≤ start < end ≤ 3 [range]"),
        (lambda: Span.find(5, "a"), "found 5 as text, expected a string"),  # type: ignore[arg-type]
        (
            lambda: Span.find("a", "\u200b"),
            "$.passage: found '\\u200b', expected a passage that is not empty in normal form [empty]",
        ),
        (lambda: to_dict(5), "found 5, expected an Article, an Actor, a Statement, an Allegation, a Denial, a Quantity or a Span"),  # type: ignore[arg-type]  # noqa: E501
        (lambda: to_json(None), "found None, expected an Article, an Actor, a Statement, an Allegation, a Denial, a Quantity or a Span"),  # type: ignore[arg-type]  # noqa: E501
        (lambda: ARTICLE.with_text(5), "found 5 as text, expected a string"),  # type: ignore[arg-type]
        (lambda: ARTICLE.with_text(Path("a")), f"found {A_PATH} as text, expected a string; read_text reads a file"),  # type: ignore[arg-type]
        (lambda: Span.find("a", Path("a")), f"found {A_PATH} as passage, expected a string; read_text reads a file"),  # type: ignore[arg-type]
        (lambda: from_json(Path("a")), f"found {A_PATH}, expected a JSON text, as str or bytes; read_text reads a file"),  # type: ignore[call-overload]  # noqa: E501
        (lambda: from_dict(Path("a")), f"$: found {A_PATH}, expected an object; read_text reads a file [type]"),
        (lambda: from_json(5), "found 5, expected a JSON text, as str or bytes"),  # type: ignore[call-overload]
        (lambda: from_json("{}", int), f"found int as type, expected {MODELS}"),  # type: ignore[type-var]
        (lambda: from_json("{}", 10**5000), f"found an integer of 16610 bits as type, expected {MODELS}"),  # type: ignore[call-overload]
        (lambda: json_schema(NESTED), f"found a list of 1 as type, expected {MODELS}"),  # type: ignore[arg-type]
        (
            lambda: from_json("[]", list[Article]),  # type: ignore[type-var]
            (f"found a value of type GenericAlias as type, expected {MODELS}; make_converter reads lists and unions of "
             "these"),
        ),
        (lambda: json_schema(dialect=[]), "found an empty list as dialect, expected 'full' or 'portable'"),  # type: ignore[arg-type]
        (lambda: to_json(ARTICLE, indent=3_000_000), "$.indent: found 3000000, expected at most 100 spaces [range]"),
        (lambda: to_json(ARTICLE, indent=" " * 101), f"$.indent: found '{' ' * 80}…' (101 characters), expected at most 100 spaces [range]"),  # noqa: E501
        (lambda: lint([ARTICLE]), "found a list of 1, expected an Article"),  # type: ignore[arg-type]
        (lambda: to_draft(5), "found 5, expected an Article"),  # type: ignore[arg-type]
        (lambda: read_draft({}, Path("a")), f"found {A_PATH} as text, expected a string; read_text reads a file"),  # type: ignore[arg-type]
        (lambda: read_draft(Path("a"), "a"), f"$: found {A_PATH}, expected an object; read_text reads a file [type]"),  # type: ignore[arg-type]
        (
            lambda: made(spans=["words"]),
            "$.spans[0]: Statement 's1': found 'words', expected a Span, which Span.find makes of words [type]",
        ),
        (lambda: Span(0, 10), MISSING),  # type: ignore[call-arg]
        (
            lambda: Quantity.of(6.5, "km"),  # type: ignore[arg-type]
            f"$.minimum: Quantity: found 6.5, expected {CONTENT} [type]",
        ),
        (
            lambda: ActorKind("organisation"),
            f"found 'organisation', expected {KINDS}; did you mean ActorKind.ORGANIZATION?",
        ),
        (lambda: ActorKind("x"), f"found 'x', expected {KINDS}"),
        (lambda: ActorKind(cast("Any", [])), f"found an empty list, expected {KINDS}"),
        (lambda: Actor(id="n", name="N", kind="Person"), f"$.kind: Actor 'n': found 'Person', expected {KINDS}; did you mean ActorKind.PERSON? [type]"),  # type: ignore[arg-type]  # noqa: E501
        (
            lambda: ARTICLE.with_text(""),
            "$.text: found '', expected text that is not empty or only white space [empty]",
        ),
    ],
)  # fmt: skip
def test_what_calls_say_of_what_they_are_given(call: Callable[[], object], message: str) -> None:
    with pytest.raises((ValueError, TypeError)) as caught:
        call()
    assert str(caught.value) == message
    assert isinstance(caught.value, ValidationError) == message.startswith("$")


def test_only_an_article_states_a_version() -> None:
    with pytest.raises(ValidationError) as caught:
        from_dict({"schema_version": "9.0", "id": "a", "name": "N"}, Actor)
    message = (
        "$.schema_version: actor 'a': found the key 'schema_version', expected one that an actor has [unknown_key]"
    )
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: ARTICLE.actor("nort"), "found 'nort', expected the id of an actor; did you mean 'north'?"),
        (lambda: ARTICLE.statement("xyz"), "found 'xyz', expected the id of a statement"),
        (lambda: ARTICLE.resolve("xyz"), "found 'xyz', expected the id of an actor or statement"),
        (lambda: ARTICLE.denials_of("north"), "found 'north', expected the id of a statement, not of an actor"),
        (lambda: ARTICLE.excerpts("xyz"), "found 'xyz', expected the id of a statement"),
        (lambda: ARTICLE.by("s1"), "found 's1', expected the id of an actor, not of a statement"),
        (lambda: ARTICLE.against(5), "found 5, expected the id of an actor"),  # type: ignore[arg-type]
    ],
)
def test_what_an_article_says_of_an_id_that_it_does_not_have(call: Callable[[], object], message: str) -> None:
    with pytest.raises(UnknownIdError) as caught:
        call()
    assert str(caught.value) == message


DAY = datetime.date(2025, 4, 9)
FORM = (
    "a date with a year of four digits, such as '2025', 'April 2025', '9 April 2025', 'April 9, 2025', "
    "'2025-04-09', '2025/4/9' or '13/04/2025', also after 'on' (a day) or 'in' (a month or a year); or, relative to a "
    "known day, a phrase such as 'yesterday', '3 days ago', 'last month', 'this year', 'on Monday' or 'in March'"
)
EXISTS = "a date that exists, in the years 1 to 9999"


@pytest.mark.parametrize(
    ("text", "arguments", "expected"),
    [
        ("soon", {}, FORM),
        ("today", {}, "a date; a phrase such as this counts from relative_to, which is not given"),
        ("on 9 April", {}, "a year too: add it, as in '9 April 2025'"),
        ("on April 2025", {}, FORM),
        ("2025/13/04", {}, EXISTS),
        ("Wednesday", {"relative_to": DAY}, "one date, either 2025-04-09 or 2025-04-02"),
        ("in April", {"relative_to": DAY}, "one date, either 2025-04 or 2024-04"),
        ("x" * 65, {}, "at most 64 characters"),
        ("2025-02-30", {}, EXISTS),
        ("31/02/2025", {}, EXISTS),
        ("30 February 2025", {}, EXISTS),
        ("Monday, 8 April 2025", {}, "Tuesday, the weekday of 2025-04-08"),
        (
            "04/05/2025",
            {},
            "a date with one meaning, either 2025-04-05 (month first) or 2025-05-04 (day first)",
        ),
        ("13/05/2025", {"dayfirst": False}, f"{EXISTS}; dayfirst is False"),
        ("05/13/2025", {"dayfirst": True}, f"{EXISTS}; dayfirst is True"),
        ("last Tuesday", {"relative_to": DAY}, "one date, either 2025-04-08 or 2025-04-01"),
        ("last April", {"relative_to": DAY}, "one date, either 2024-04 or 2023-04"),
        ("9000 years ago", {"relative_to": DAY}, "a phrase for a date in the year 1 or later"),
        ("a year ago", {"relative_to": datetime.date(1, 1, 1)}, "a phrase for a date in the year 1 or later"),
        ("last January", {"relative_to": datetime.date(1, 3, 1)}, "a phrase for a date in the year 1 or later"),
    ],
)
def test_what_reading_says_of_words_that_are_no_date(text: str, arguments: Any, expected: str) -> None:
    with pytest.raises(ValidationError) as caught:
        PartialDate.parse(text, **arguments)
    assert str(caught.value) == f"$: found '{text}', expected {expected} [date]"


def test_what_an_article_without_a_text_says_when_asked_for_excerpts() -> None:
    with pytest.raises(AnchorError) as caught:
        ARTICLE.excerpts("s1")
    message = "$.text: found no text, expected an article with its text attached: see Article.with_text [span]"
    assert str(caught.value) == message


@pytest.mark.parametrize("statement", ARTICLE.statements)
def test_a_statement_in_place_of_an_article_is_told_how_it_is_read(statement: Statement) -> None:
    with pytest.raises(ValidationError, match=r"^\$\.type: .*; from_json\(text, Statement\) reads a statement \[unkn"):
        from_json(to_json(statement))


def test_a_draft_in_place_of_an_article_is_told_how_it_is_read() -> None:
    with pytest.raises(ValidationError, match=r"\[0\]\.passages: .*; read_draft reads drafts"):
        from_dict(said(passages=["words"]))


@pytest.mark.parametrize(
    ("name", "code", "position", "encoding"),
    [
        ("Ada\x92s", 0x92, 3, "Windows-1252"),
        ("\x93Ada", 0x93, 0, "Windows-1252"),
        ("Ada\xe2\x80\x99s", 0x80, 4, "UTF-8"),
        ("Ren\xc3\x89e", 0x89, 4, "UTF-8"),
        ("Ren\xc3\x80e", 0x80, 4, "UTF-8"),
        ("\x80 5", 0x80, 0, "Windows-1252"),
        ("\x9fvonne", 0x9F, 0, "Windows-1252"),
        ("\xef\xbc\x8c", 0x8C, 2, "UTF-8"),
    ],
)
def test_controls_that_broken_encodings_leave_are_named_with_the_likely_encoding(
    name: str, code: int, position: int, encoding: str
) -> None:
    with pytest.raises(ValidationError) as caught:
        Actor(id="ada", name=name)
    where = f"U+{code:04X} is at position {position}: this text is probably {encoding} that was read as Latin-1"
    assert str(caught.value).endswith(f"; {where} [text]")


@pytest.mark.parametrize(("control", "code"), [("\x7f", "007F"), ("\x81", "0081")])
def test_a_control_that_no_broken_encoding_leaves_is_named_alone(control: str, code: str) -> None:
    with pytest.raises(ValidationError, match=rf"U\+{code} is at position 1 \[text\]$"):
        Actor(id="ada", name=f"a{control}")


def test_a_quote_cut_from_text_with_line_ends_of_windows_is_told_what_to_write() -> None:
    with pytest.raises(ValidationError) as caught:
        Statement(id="s1", speaker="a", content="x", quotes=["one\r\ntwo"])
    expected = r"U+000D is at position 3: write Windows line ends, '\r\n', as '\n' [text]"
    assert str(caught.value).endswith(expected)


def test_a_name_cut_from_such_a_text_is_not_told_to_have_a_line_end_that_it_may_not_have() -> None:
    with pytest.raises(ValidationError) as caught:
        Actor(id="ada", name="Ada\r\nLovelace")
    assert str(caught.value).endswith("; U+000D is at position 3 [text]")


GROUP = "one id; several who act together are one group, which is an actor of its own"
CODE = "a country code of three capital letters, such as 'NOR' (ISO 3166-1 alpha-3)"
ALONE = "the id alone, 'holt'"
A_DATE = "a PartialDate, which PartialDate.parse makes of a text, and PartialDate.of of a datetime.date"
HOLT = {"id": "holt", "name": "the mayor", "aliases": ["Holt"]}
THE_MAYOR = Actor(id="holt", name="the mayor", aliases=["Holt"])


@pytest.mark.parametrize(
    ("mistake", "said"),
    [
        (lambda: made(speaker=THE_MAYOR), "found a value of type Actor, expected the id alone, 'holt'"),
        (lambda: made(about=[THE_MAYOR]), "found a value of type Actor, expected the id alone, 'holt'"),
        (lambda: made(confirms=[made()]), "found a value of type Statement, expected the id alone, 's1'"),
        (lambda: Allegation(id="s2", speaker="holt", content="x", accused=THE_MAYOR),  # type: ignore[arg-type]
         "found a value of type Actor, expected a list or tuple"),
        (lambda: made(speaker=["holt", "north"]), f"found a list of 2, expected {GROUP}"),
        (lambda: made(speaker=["holt"]), f"found a list of 1, expected {ALONE}"),
        (lambda: made(speaker=(THE_MAYOR,)), "found a tuple of 1, expected an id"),
        (lambda: made(speaker=[]), "found an empty list, expected an id"),
        (lambda: made(speaker=None), "found None, expected an id"),
        (lambda: made(speaker={}), "found an empty dict, expected an id"),
        (lambda: made(reported_by=[["holt", "north"]]), f"found a list of 2, expected {GROUP}"),
        (lambda: made(confirms=[["s0"]]), "found a list of 1, expected the id alone, 's0'"),
        (lambda: made(confirms="s0"), "found 's0', expected a list or tuple"),
        (lambda: made(quotes="x" * 81), f"found '{'x' * 80}…' (81 characters), expected a list or tuple"),
        (lambda: made(spans="x"), "found 'x', expected a list or tuple"),
        (lambda: made(content=None), "found None, expected a string"),
        (lambda: made(content={"is": "x"}), "found a dict of 1, expected a string"),
        (lambda: made(cue=True), "found True, expected a string"),
        (lambda: made(date="2025"), f"found '2025', expected {A_DATE}"),
        (lambda: made(date=DAY), f"found a value of type date, expected {A_DATE}"),
        (lambda: Actor(id="a", name="A", anonymous=None), "found None, expected True or False"),  # type: ignore[arg-type]
        (lambda: Actor(id="a", name="A", country="gb"), f"found 'gb', expected {CODE}; did you mean 'GBR'?"),
        (lambda: Actor(id="a", name="A", country="XK"), f"found 'XK', expected {CODE}; did you mean 'XKX'?"),
        (lambda: Actor(id="a", name="A", country="Norway"), f"found 'Norway', expected {CODE}"),
        (lambda: Actor(id="a", name="A", country="\u00df"), f"found '\u00df', expected {CODE}"),
        (lambda: Quantity(minimum=2.5, unit="x"), f"found 2.5, expected {CONTENT}"),  # type: ignore[arg-type]
        (lambda: Quantity(minimum=2.0, unit="x"), f"found 2.0, expected {CONTENT}"),  # type: ignore[arg-type]
        (lambda: Article(id="a", actors=[THE_MAYOR], statements=[made(speaker="Holt")]),
         "found 'Holt', the name of the actor 'holt', expected its id"),
    ],
)  # fmt: skip
def test_what_a_constructor_says_of_what_people_do(mistake: Callable[[], object], said: str) -> None:
    with pytest.raises(ValidationError) as caught:
        mistake()
    (issue,) = caught.value.issues
    assert "found" + issue.message.partition("found")[2] == said


def test_a_message_names_the_type_of_an_object_that_was_made_without_its_constructor() -> None:
    empty: Any = Actor.__new__(Actor)
    for mistake, expected in (
        (lambda: made(speaker=empty), "an id"),
        (lambda: made(about=empty), "a list or tuple"),
        (lambda: Quantity(minimum=empty, unit="x"), "a whole number"),
        (lambda: from_dict(document(empty)), "an object"),
    ):
        with pytest.raises(ValidationError, match=f"found a value of type Actor, expected {expected}"):
            mistake()


A_LIST = "a list in square brackets"
IS_NAME = "the name of the actor 'holt', expected its id"
NO_YEAR = "a year too; where the article gives none, leave this empty"


@pytest.mark.parametrize(
    ("fields", "of_json", "of_draft"),
    [
        ({"speaker": "the mayor"}, f"found 'the mayor', {IS_NAME}", None),
        ({"about": ["Holt"]}, f"found 'Holt', {IS_NAME}", None),
        ({"speaker": "the mare"}, ("found 'the mare', expected an id: a letter, digit or _, then at most 99 letters, "
         "digits or _ . : -"), None),
        ({"speaker": HOLT}, "found an object of 3, expected the id alone, 'holt'", None),
        ({"speaker": "The Mayor"}, f"found 'The Mayor', {IS_NAME}", None),
        ({"about": ["HOLT"]}, f"found 'HOLT', {IS_NAME}", None),
        ({"speaker": ["holt"]}, f"found an array of 1, expected {ALONE}", f"found a list of 1, expected {ALONE}"),
        ({"speaker": ["holt", 5]}, f"found an array of 2, expected {GROUP}", f"found a list of 2, expected {GROUP}"),
        ({"about": [["holt"]]}, f"found an array of 1, expected {ALONE}", f"found a list of 1, expected {ALONE}"),
        ({"about": "holt"}, "found 'holt', expected an array", f"found 'holt', expected {A_LIST}"),
        ({"quantities": [{"minimum": 2.5, "unit": "x"}]}, f"found 2.5, expected {CONTENT}", None),
        ({"accused": ["holt"]}, "found the key 'accused', expected one that a statement has; only an allegation has it",
         None),
        ({"kind": "outright"}, "found the key 'kind', expected one that a statement has; only a denial has it", None),
        ({"date": "on 9 April"},
         ("found 'on 9 April', expected a date that exists: YYYY, YYYY-MM or YYYY-MM-DD; PartialDate.parse reads other "
          "forms"),
         f"found 'on 9 April', expected {NO_YEAR}"),
    ],
)  # fmt: skip
def test_what_json_and_a_draft_say_of_what_people_do(fields: Any, of_json: str, of_draft: str | None) -> None:
    whole = said(**({"speaker": "holt"} | fields)) | {"actors": [HOLT]}
    with pytest.raises(ValidationError) as in_json:
        from_dict(whole)
    with pytest.raises(ValidationError) as in_draft:
        read_draft(whole, "It is so.")
    assert [issue.message for issue in in_json.value.issues] == [f"statement 's1': {of_json}"]
    assert [issue.message for issue in in_draft.value.issues] == [f"statement 's1': {of_draft or of_json}"]


def test_a_draft_asks_for_the_year_where_the_article_has_one() -> None:
    with pytest.raises(ValidationError, match="a year too: add it, as in '9 April 2025'"):
        read_draft(said(date="9 April") | {"published": "2025"}, "It is so.")
    with pytest.raises(ValidationError, match=f"found '9 April', expected {NO_YEAR}"):
        read_draft(document(published="9 April"), "It is so.")


def write_tables(folder: Path, cells: dict[str, str], **of_article: str) -> None:
    """Write tables in which a statement has other cells."""
    tables: dict[str, list[dict[str, str]]] = {
        "articles": [{"id": "a", **of_article}],
        "actors": [{"article": "a", "id": "holt", "name": "the mayor", "aliases": "Mayor|Holt|found x; y"}],
        "statements": [{"article": "a", **SAID, "id": "s0", "speaker": "holt"}],
    }
    tables["statements"].append({**tables["statements"][0], "id": "s1", **cells})
    for name, rows in tables.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[-1])
            writer.writeheader()
            writer.writerows(rows)


def error_of_tables(folder: Path, cells: dict[str, str], texts: Any = None, **of_article: str) -> ValidationError:
    """What reading says of such tables."""
    write_tables(folder, cells, **of_article)
    with pytest.raises(ValidationError) as caught:
        list(read_csv(folder, texts=texts))
    return caught.value


@pytest.mark.parametrize("texts", [None, {"a": "It is so."}])
@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"speaker": "the mayor"}, f"found 'the mayor', {IS_NAME}"),
        ({"about": "s0|Holt"}, f"found 'Holt', {IS_NAME}"),
        ({"about": "holt, north"}, "found 'holt, north', expected | between the items of a list, as in 'holt|north'"),
        ({"about": "holt ;north; "}, ("found 'holt ;north; ', expected | between the items of a list, as in "
         "'holt|north'")),
        ({"appearances": "http://a.example, http://b.example"}, ("found 'http://a.example, http://b.example', expected "
         "| between the items of a list, as in 'http://a.example|http://b.example'")),
        ({"appearances": "http://a.example;https://b.example|http://c.example"},
         ("found 'http://a.example;https://b.example', expected | between the items of a list, as in "
          "'http://a.example|https://b.example'")),
        ({"appearances": "http://a.example,HTTP://b example"},
         ("found 'http://a.example,HTTP://b example', expected | between the items of a list, as in "
          "'http://a.example|HTTP://b example'")),
        ({"about": "found x; y"}, f"found 'found x; y', {IS_NAME}"),
        ({"speaker": "THE MAYOR"}, f"found 'THE MAYOR', {IS_NAME}"),
        ({"about": "the mare"}, ("found 'the mare', expected an id: a letter, digit or _, then at most 99 letters, "
         "digits or _ . : -")),
        ({"speaker": "holt|north"}, f"found 'holt|north', expected {GROUP}"),
        ({"id": "s,1"}, ("found 's,1', expected an id: a letter, digit or _, then at most 99 letters, digits or _ . : "
         "-")),
        ({"accused": "holt"}, "found 'holt', expected an empty cell: only an allegation has it"),
        ({"kind": "outright"}, "found 'outright', expected an empty cell: only a denial has it"),
        ({"date": "9 April"}, f"found '9 April', expected {NO_YEAR}"),
        ({"quantities_minimum": "5,000", "quantities_unit": "x"}, f"found '5,000', expected {CONTENT}"),
    ],
)  # fmt: skip
def test_what_a_table_says_of_what_people_do(cells: Any, said: str, texts: Any, tmp_path: Path) -> None:
    (issue,) = error_of_tables(tmp_path, cells, texts).issues
    assert issue.path[:2] == ("statements.csv", 3)
    assert issue.message.partition(": ")[2] == said


@pytest.mark.parametrize("texts", [None, {"a": "It is so."}])
def test_what_a_table_says_does_not_depend_on_the_words_of_its_ids(texts: Any, tmp_path: Path) -> None:
    not_an_id = "expected an id: a letter, digit or _, then at most 99 letters, digits or _ . : -"
    cells = {"id": "we found it, expected a; b", "speaker": "", "about": "holt; x", "accused": "found y"}
    (id, speaker, about, accused) = error_of_tables(tmp_path, cells, texts).issues
    owner = "statement 'we found it, expected a; b': found "
    assert id.message == f"{owner}'we found it, expected a; b', {not_an_id}"
    assert speaker.message == f"{owner}an empty cell, expected it in every statement"
    assert accused.message == f"{owner}'found y', expected an empty cell: only an allegation has it"
    assert about.message == f"{owner}'holt; x', expected | between the items of a list, as in 'holt|x'"


def test_an_address_with_another_in_it_comes_back_from_tables_that_geoclaims_wrote(tmp_path: Path) -> None:
    address = "https://a.example/1;https://b.example/2"
    statement = Statement(id="s1", speaker="north", content="x", appearances=[address])
    article = attrs.evolve(ARTICLE, statements=[statement])
    write_csv(tmp_path, [article])
    assert list(read_csv(tmp_path)) == [article]
    write_tables(tmp_path, {"appearances": address.replace(";", "%3B")})
    assert [len(each.statement("s1").appearances) for each in read_csv(tmp_path)] == [1]


@pytest.mark.parametrize(("date", "published"), [("9 April", "2025"), ("soon", ""), ("9 April" + " " * 100, "")])
def test_a_table_says_nothing_of_the_year_where_the_article_has_one_or_there_is_no_date(
    date: str, published: str, tmp_path: Path
) -> None:
    (issue,) = error_of_tables(tmp_path, {"date": date}, published=published).issues
    assert "expected a date that exists: YYYY, YYYY-MM or YYYY-MM-DD" in issue.message
    assert "a year" not in issue.message
