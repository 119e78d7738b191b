"""Write the conformance suite in `tests/conformance`: `python tools/write_conformance.py`.

Some documents are picked by hand. The others are those documents that `geoclaims.strategies` can break, with each fault
in each field, and with the simplest value that shows it. A new version of Hypothesis may find another value the
simplest; every file then still has the verdict that stands beside it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from hypothesis import find, settings

from geoclaims import Actor, Article, Issue, Span, from_json, to_dict, to_json
from geoclaims._rules import Many, definitions
from geoclaims._statements import STATEMENT_TYPES, Quantity, Statement
from geoclaims.strategies._faults import Fault, faults
from geoclaims.strategies._invalid import _changed

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

FOLDER: Final = Path(__file__).parents[1] / "tests" / "conformance" / "1.0"

Document = dict[str, Any]
Wrong = tuple[str, str]
"""The code and the pointer of an issue."""

UNION: Final = {"id": "union", "name": "the union"}
NAVY: Final = {"id": "navy", "name": "the navy"}
CLAIM: Final = {"type": "statement", "id": "s1", "speaker": "union", "content": "The harbour is closed."}
BLAME: Final = {
    "type": "allegation",
    "id": "s2",
    "speaker": "union",
    "content": "The navy mined the harbour.",
    "accused": ["navy"],
}
DENIAL: Final = {"type": "denial", "id": "s3", "speaker": "navy", "content": "We laid no mines.", "denies": ["s2"]}
TEXT: Final = "The union: “The harbour 🙂 is closed.” The navy mined it. The navy says: “We laid no mines.”"
UNFIT: Final = "1:1:0000000000000000"


def article(*statements: Document, actors: Any = (UNION, NAVY), **fields: Any) -> Document:
    """Make a document with some statements, and what else is given."""
    document: Document = {"schema_version": "1.0", "id": "harbour", **fields}
    text = {"text": document.pop("text")} if "text" in document else {}
    some = {"statements": list(statements)} if statements else {}
    return document | ({"actors": list(actors)} if actors else {}) | some | text


def about_actor(**fields: Any) -> Document:
    return article(actors=[{"id": "union", "name": "the union", **fields}, NAVY])


def claim(**fields: Any) -> Document:
    return article(BLAME, CLAIM | fields)


def quantity(**fields: Any) -> Document:
    return article(CLAIM | {"quantities": [fields | {"unit": "ships"}]})


def span(passage: str, text: str = TEXT) -> Document:
    return to_dict(Span.find(text, passage))


def as_text(document: Any) -> bytes:
    """Write a document as geoclaims does, indented."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"), indent=2).encode() + b"\n"


def valid() -> Iterator[tuple[str, bytes | Document]]:
    """Yield the valid documents, by name."""
    yield from articles_and_actors()
    yield from statements()
    yield from written_otherwise()


def articles_and_actors() -> Iterator[tuple[str, bytes | Document]]:
    """Yield documents with each field of articles and actors."""
    yield "article-least", article(actors=())
    yield "article-without-statements", article()
    fields: Document = {
        "title": "The harbour",
        "publisher": "An agency",
        "annotator": "an annotator",
        "url": "https://news.example/harbour?page=2#top",
        "archived_at": "http://archive.example/2025/https://news.example/harbour",
        "published": "2025-04-09",
        "language": "en-GB",
        "text": TEXT,
    }
    for field, value in fields.items():
        yield f"article-{field}", article(**{field: value})
    for language in ("en", "zh-Hant-TW", "de-CH-1996", "sl-rozaj-biske", "x-harbour", "i-klingon", "EN-gb"):
        yield f"article-language-{language.lower()}", article(language=language)
    for name, url in {
        "capitals": "HTTPS://NEWS.EXAMPLE/",
        "letters-of-any-script": "https://новости.example/гавань",
        "user-and-port": "http://user:word@news.example:8080/",
        "address-of-six-groups": "http://[2001:db8::1]/",
        "host-alone": "http://localhost",
    }.items():
        yield f"article-url-with-{name}", article(url=url)
    yield "id-of-one-character", article(actors=[UNION | {"id": "_"}])
    yield "id-of-100-characters", article(actors=[UNION | {"id": "a" * 100}])
    yield "id-with-every-sign", article(actors=[UNION | {"id": "0_.:-Z"}])
    yield "ids-that-differ-in-case", article(actors=[UNION, NAVY | {"id": "Union"}])
    fields = {
        "role": "party to the talks",
        "on_behalf_of": "navy",
        "country": "NOR",
        "anonymous": True,
        "aliases": ["the dockers", "the union"],
        "same_as": ["https://www.wikidata.org/entity/Q1", "https://union.example/"],
    }
    for field, value in fields.items():
        yield f"actor-{field}", about_actor(**{field: value})
    for kind in ("person", "group", "organization", "state"):
        yield f"actor-kind-{kind}", about_actor(kind=kind)
    yield "actor-country-of-kosovo", about_actor(country="XKX")
    yield (
        "actor-chain-of-three",
        article(
            actors=[UNION | {"on_behalf_of": "navy"}, NAVY | {"on_behalf_of": "state"}, {"id": "state", "name": "S"}]
        ),
    )


def statements() -> Iterator[tuple[str, bytes | Document]]:
    """Yield documents with each field of each kind of statement."""
    fields: Document = {
        "quotes": ["closed", "closed"],
        "cue": "said",
        "date": "2025-04-08",
        "event_date": "2025-04",
        "event_end": "2025-04-07",
        "event_place": "the harbour",
        "about": ["navy", "s2", "union"],
        "confirms": ["s2"],
        "reported_by": ["navy", "union"],
        "quantities": [{"minimum": 6, "maximum": 6, "unit": "ships"}, {"minimum": 2, "unit": "days"}],
        "basis": "a log book",
        "appearances": ["https://union.example/posts/1"],
        "labels": ["port", "PORT"],
        "spans": [{"start": 0, "end": 9, "fingerprint": UNFIT}, {"start": 9, "end": 10, "fingerprint": UNFIT}],
    }
    for field, value in fields.items():
        yield f"statement-{field}", claim(**{field: value})
    for date in ("2025", "2025-04", "2024-02-29", "0001", "9999-12-31"):
        yield f"date-{date}", claim(date=date)
    yield "event-on-one-day", claim(event_date="2025-04-08", event_end="2025-04-08")
    yield "event-that-ends-in-the-year-of-its-day", claim(event_date="2025-04-08", event_end="2025")
    yield "quantity-at-most", quantity(maximum=6)
    yield "quantity-from-to", quantity(minimum=3, maximum=6)
    yield "quantity-zero", quantity(minimum=0, maximum=0)
    yield "quantity-largest", quantity(minimum=2**63 - 1)
    yield "quantity-approximate", quantity(minimum=40, maximum=40, approximate=True)
    yield "content-with-tab-and-line-feed", claim(content="The harbour\tis closed.\nThe union says so.")
    yield "content-from-right-to-left", claim(content="الميناء مغلق. הנמל סגור.")
    yield "content-with-signs-of-all-planes", claim(content="👩‍🚒 e\u0301 \u2028 \uffff \U0010ffff \ue000 \u200b.")
    yield "content-with-marks-of-json", claim(content='"\\/[]{}:,')
    yield "text-with-controls", article(text="One\r\nTwo\x07\x7f\x85\u2029")
    yield "text-with-a-span-beyond-the-first-plane", article(CLAIM | {"spans": [span("is closed.")]}, text=TEXT)
    two = [span("The union:"), span("The navy mined it.")]
    yield "text-with-a-passage-in-two-pieces", article(CLAIM | {"spans": two}, text=TEXT)
    yield "allegation", article(BLAME)
    yield "allegation-against-several", article(BLAME | {"accused": ["navy", "union"]})
    yield "denial", article(BLAME, DENIAL)
    for kind in ("outright", "non_involvement", "no_evidence", "blame_shift"):
        yield f"denial-kind-{kind}", article(BLAME, DENIAL | {"kind": kind})
    yield "denial-of-a-statement", article(CLAIM, DENIAL | {"denies": ["s1"]})
    yield "denial-of-a-denial", article(BLAME, DENIAL, DENIAL | {"id": "s4", "speaker": "union", "denies": ["s3"]})
    yield "denial-of-several", article(CLAIM, BLAME, DENIAL | {"denies": ["s2", "s1"]})
    yield "denial-before-what-it-denies", article(DENIAL, BLAME)
    yield "denial-older-than-what-it-denies", article(BLAME | {"date": "2025-04-09"}, DENIAL | {"date": "2025-04-08"})
    yield "cycle-over-two-fields", article(BLAME | {"confirms": ["s3"]}, DENIAL)
    yield "cycle-of-about", article(CLAIM | {"about": ["s2"]}, BLAME | {"about": ["s1"]})


def written_otherwise() -> Iterator[tuple[str, bytes | Document]]:
    """Yield documents that geoclaims reads and writes otherwise."""
    nothing = dict.fromkeys(("title", "publisher", "annotator", "url", "archived_at", "published", "language", "text"))
    yield "null-in-an-article", article() | nothing
    yield "null-in-an-actor", about_actor(role=None, on_behalf_of=None, country=None)
    parts = ("cue", "date", "event_date", "event_end", "event_place", "basis")
    yield "null-in-a-statement", article(CLAIM | dict.fromkeys(parts))
    yield "null-in-a-quantity", quantity(minimum=None, maximum=6)
    lists = ("quotes", "about", "confirms", "reported_by", "quantities", "appearances", "labels", "spans")
    yield "defaults-of-a-statement", article(CLAIM | {name: [] for name in lists})
    yield "defaults-of-an-actor", about_actor(kind="unknown", anonymous=False, aliases=[], same_as=[])
    yield "defaults-of-a-denial", article(BLAME, DENIAL | {"kind": "unspecified"})
    yield "defaults-of-an-article", article(actors=()) | {"actors": [], "statements": []}
    yield "defaults-of-a-quantity", quantity(minimum=6, approximate=False)
    yield "key-for-editors", {"$schema": "https://schemas.example/geoclaims.json", **article()}
    yield "keys-in-another-order", dict(reversed(article(dict(reversed(BLAME.items())), title="T").items()))
    compact = json.dumps(article(CLAIM), separators=(",", ":")).encode()
    yield "white-space-none", compact
    yield "white-space-of-every-kind", compact.replace(b":", b" :\t").replace(b",", b"\r\n,\n")
    yield "byte-order-mark", b"\xef\xbb\xbf" + as_text(article(CLAIM))
    yield "escapes", compact.replace(b'"id"', rb'"\u0069d"').replace(b"closed", rb"cl\u006fsed \uD83D\uDE42 \/ \u00e9")


def text_faults() -> Iterator[tuple[str, bytes, list[Wrong]]]:
    """Yield texts that are not strict JSON in UTF-8, by name, with their issues."""
    right = as_text(article(CLAIM)).decode()
    plain = '"content":"The harbour is closed."'
    for name, text in {
        "nothing": "",
        "white-space-alone": " \n\t",
        "text-that-is-no-json": "The harbour is closed.",
        "cut-off": right[:-20],
        "one-bracket-too-many": right + "}",
        "two-documents": right + right,
        "comma-at-the-end-of-an-object": right.replace('."\n', '.",\n'),
        "comma-at-the-end-of-an-array": right.replace("}\n  ]\n}", "},\n  ]\n}"),
        "comma-missing": right.replace('"1.0",', '"1.0"'),
        "colon-missing": right.replace('"id":', '"id"', 1),
        "key-without-quotes": right.replace('"id":', "id:", 1),
        "single-quotes": right.replace('"', "'"),
        "comment": right.replace("{\n", "{ // a comment\n", 1),
        "nan": right.replace('"harbour"', "NaN"),
        "infinity": right.replace('"harbour"', "-Infinity"),
        "number-beyond-doubles": right.replace('"harbour"', "1e400"),
        "number-with-a-leading-zero": right.replace('"harbour"', "01"),
        "number-with-a-plus": right.replace('"harbour"', "+1"),
        "number-with-a-bare-point": right.replace('"harbour"', "1."),
        "constant-in-capitals": right.replace('"harbour"', "True"),
        "string-not-closed": right.replace('closed."', "closed."),
        "string-with-a-line-feed": right.replace("is closed", "is\nclosed"),
        "string-with-a-tab": right.replace("is closed", "is\tclosed"),
        "escape-unknown": right.replace("is closed", r"is \x closed"),
        "escape-with-three-digits": right.replace("is closed", r"is \u00e closed"),
        "white-space-that-json-lacks": right.replace("{\n", "{\u00a0\n", 1),
        "byte-order-mark-twice": "\ufeff\ufeff" + right,
    }.items():
        assert name == "nothing" or text != right, name
        yield f"json-{name}", text.encode(), [("json", "")]
    latin = right.replace("closed", "fermé")
    for name, data in {
        "latin-1": latin.encode("latin-1"),
        "utf-16": right.encode("utf-16"),
        "utf-16-without-mark": right.encode("utf-16-le"),
        "utf-32": right.encode("utf-32"),
        "gzip": bytes.fromhex("1f8b08000000000000ffabae050043bfa6a302000000"),
        "character-cut": right.encode().replace(b"closed", b"ferm\xc3"),
        "character-too-long": right.encode().replace(b"closed", b"ferm\xc0\xa9"),
        "surrogate": right.encode().replace(b"closed", b"\xed\xa0\xbd"),
        "beyond-unicode": right.encode().replace(b"closed", b"\xf4\x90\x80\x80"),
    }.items():
        yield f"encoding-{name}", data, [("encoding", "")]
    yield "depth-of-65-arrays", b"[" * 65 + b"]" * 65 + b"\n", [("depth", "")]
    yield "depth-of-65-objects", b'{"a":' * 65 + b"1" + b"}" * 65 + b"\n", [("depth", "")]
    deep = right.replace(plain, f'{plain},"deep":{"[" * 62}{"]" * 62}').encode()
    yield "depth-of-65-in-an-unknown-key", deep, [("depth", "")]
    deep = right.replace(plain, f'{plain},"deep":{"[" * 61}{"]" * 61}').encode()
    yield "depth-of-64-in-an-unknown-key", deep, [("unknown_key", "/statements/0/deep")]
    yield "depth-before-json", b"[" * 65 + b"\n", [("depth", "")]
    yield "depth-of-64-arrays", b"[" * 64 + b"]" * 64 + b"\n", [("type", "")]
    for name, before, again, pointer in (
        ("article", '"id":"harbour"', '"id":"harbour"', "/id"),
        ("article-another-value", '"id":"harbour"', '"id":5', "/id"),
        ("spelled-with-an-escape", '"id":"harbour"', r'"\u0069d":"x"', "/id"),
        ("version", '"schema_version":"1.0"', '"schema_version":"2.0"', "/schema_version"),
        ("actor", '"name":"the navy"', '"name":"the navy"', "/actors/1/name"),
        ("statement", plain, plain, "/statements/0/content"),
        ("type", '"type":"statement"', '"type":"denial"', "/statements/0/type"),
    ):
        yield f"duplicate-key-{name}", right.replace(before, f"{before},{again}").encode(), [("duplicate_key", pointer)]
    twice = right.replace(plain, f'{plain},"x":1,"x":2').encode()
    yield (
        "duplicate-key-that-is-unknown",
        twice,
        [("unknown_key", "/statements/0/x"), ("duplicate_key", "/statements/0/x")],
    )


MISTAKES: Final[dict[str, dict[str, str]]] = {
    "version": {
        "without-its-second-number": "1",
        "newer": "1.1",
        "much-newer": "2.0",
        "older-than-the-first": "0.9",
        "with-three-numbers": "1.0.0",
        "with-a-letter": "v1.0",
        "word": "latest",
        "empty": "",
    },
    "tag": {"in-capitals": "Denial", "unknown": "claim", "plural": "statements", "empty": ""},
    "enum": {"in-capitals": "STATE", "unknown": "other", "empty": ""},
    "id": {
        "that-begins-with-a-hyphen": "-",
        "with-a-space": "a b",
        "with-a-slash": "a/b",
        "with-an-accent": "é",
        "with-a-hash": "#a",
        "of-101-characters": "a" * 101,
        "with-a-line-feed": "a\n",
        "empty": "",
    },
    "url": {
        "without-scheme": "news.example",
        "without-a-scheme-before-two-slashes": "//news.example",
        "scheme-alone": "http:",
        "without-host": "http:///harbour",
        "ftp": "ftp://news.example",
        "mailto": "mailto:union@news.example",
        "bracket-left-open": "http://[::1",
        "with-a-space": "http://news.example/a b",
        "with-a-line-feed": "https://news.example/\n",
        "empty": "",
    },
    "country": {
        "of-two-letters": "NO",
        "in-small-letters": "nor",
        "unknown": "XXX",
        "of-a-currency": "EUR",
        "name": "Norway",
        "empty": "",
    },
    "language": {
        "of-one-letter": "e",
        "with-an-underscore": "en_US",
        "that-ends-in-a-hyphen": "en-",
        "that-begins-with-a-hyphen": "-en",
        "with-two-hyphens": "en--US",
        "name": "Norwegian Bokmål",
        "list": "en; nb",
        "empty": "",
    },
    "date": {
        "year-zero": "0000",
        "year-of-two-digits": "25",
        "month-of-one-digit": "2025-4",
        "month-zero": "2025-00",
        "month-13": "2025-13",
        "no-leap-year": "2025-02-29",
        "day-31-of-april": "2025-04-31",
        "without-hyphens": "20250409",
        "with-a-time": "2025-04-09T00:00Z",
        "in-words": "9 April 2025",
        "before-year-one": "-2025",
        "with-a-line-feed": "2025-04-09\n",
        "empty": "",
    },
    "fingerprint": {
        "version-alone": "1",
        "without-hash": "1:1",
        "of-nothing": "1:0:e3b0c44298fc1c14",
        "of-another-version": "2:1:5feceb66ffc86f38",
        "with-a-leading-zero": "1:01:5feceb66ffc86f38",
        "in-capitals": "1:1:5FECEB66FFC86F38",
    },
}
"""Wrong values by the form that they lack, each with a name; every one is tried in one field."""


def mistakes() -> Iterator[tuple[str, Any, list[Wrong]]]:
    """Yield documents with each of some wrong values in one field, by name, with their issues."""
    made: dict[str, tuple[str, Callable[[str], Document]]] = {
        "version": ("/schema_version", lambda value: article() | {"schema_version": value}),
        "tag": ("/statements/0/type", lambda value: article(CLAIM | {"type": value})),
        "enum": ("/actors/0/kind", lambda value: about_actor(kind=value)),
        "id": ("/actors/0/id", lambda value: about_actor(id=value)),
        "url": ("/url", lambda value: article(url=value)),
        "country": ("/actors/0/country", lambda value: about_actor(country=value)),
        "language": ("/language", lambda value: article(language=value)),
        "date": ("/published", lambda value: article(published=value)),
        "fingerprint": (
            "/statements/0/spans/0/fingerprint",
            lambda value: article(CLAIM | {"spans": [{"start": 0, "end": 9, "fingerprint": value}]}),
        ),
    }
    for form, (pointer, make) in made.items():
        for name, value in MISTAKES[form].items():
            yield f"{form}-{name}", make(value), [("span" if form == "fingerprint" else form, pointer)]


def combinations() -> Iterator[tuple[str, Any, list[Wrong]]]:
    """Yield documents that show which issues come together and which do not, by name, with their issues."""
    for name, root in {"array": [], "string": "harbour", "number": 5, "true": True, "null": None}.items():
        yield f"type-root-{name}", root, [("type", "")]
    yield "missing-everything", {}, [("missing", "/schema_version"), ("missing", "/id")]
    yield "version-alone", article(title=5) | {"schema_version": "9.0"}, [("version", "/schema_version")]
    yield "text-before-empty", article(title="\t"), [("text", "/title")]
    yield (
        "type-of-whole-number-with-a-fraction",
        quantity(minimum=5.0),
        [("type", "/statements/0/quantities/0/minimum")],
    )
    yield (
        "id-unreadable-so-that-no-reference-dangles",
        article(CLAIM | {"speaker": "navy"}, actors=[UNION | {"id": "the union"}]),
        [("id", "/actors/0/id")],
    )
    yield (
        "statement-unreadable-so-that-no-denial-dangles",
        article(CLAIM | {"id": 5}, DENIAL | {"denies": ["s9"]}),
        [("type", "/statements/0/id")],
    )
    yield (
        "tag-and-the-fields-that-can-be-checked",
        article(CLAIM | {"type": "rumour", "cue": "", "denies": ["x"]}),
        [("tag", "/statements/0/type"), ("empty", "/statements/0/cue"), ("dangling_ref", "/statements/0/denies/0")],
    )
    yield (
        "one-issue-for-each-of-three-cycles",
        article(
            CLAIM | {"confirms": ["s2"]},
            BLAME | {"confirms": ["s1"]},
            DENIAL | {"denies": ["s4"]},
            DENIAL | {"id": "s4", "denies": ["s3"]},
            actors=[UNION | {"on_behalf_of": "navy"}, NAVY | {"on_behalf_of": "union"}],
        ),
        [
            ("cycle", "/actors/1/on_behalf_of"),
            ("cycle", "/statements/1/confirms/0"),
            ("cycle", "/statements/3/denies/0"),
        ],
    )
    yield (
        "all-that-is-wrong-at-once",
        article(
            CLAIM | {"speaker": "union", "date": "9 April", "labels": ["a", "a"]},
            BLAME | {"accused": [], "quantities": [{"unit": ""}]},
            DENIAL | {"denies": ["navy", "s3", "s9"]},
            actors=[UNION | {"country": "NO", "extra": 1}, UNION],
        ),
        [
            ("country", "/actors/0/country"),
            ("unknown_key", "/actors/0/extra"),
            ("duplicate_id", "/actors/1/id"),
            ("date", "/statements/0/date"),
            ("duplicate", "/statements/0/labels/1"),
            ("empty", "/statements/1/accused"),
            ("missing", "/statements/1/quantities/0"),
            ("empty", "/statements/1/quantities/0/unit"),
            ("dangling_ref", "/statements/2/speaker"),
            ("dangling_ref", "/statements/2/denies/0"),
            ("self_ref", "/statements/2/denies/1"),
            ("dangling_ref", "/statements/2/denies/2"),
        ],
    )
    yield (
        "duplicate-id-of-an-actor-and-a-statement",
        article(CLAIM | {"id": "navy"}),
        [("duplicate_id", "/statements/0/id")],
    )
    yield "key-for-editors-in-an-actor", about_actor(**{"$schema": "x"}), [("unknown_key", "/actors/0/$schema")]
    yield "key-with-marks-of-pointers", article() | {"a/b~c": 1}, [("unknown_key", "/a~1b~0c")]
    yield "key-that-is-empty", article() | {"": 1}, [("unknown_key", "/")]
    yield "null-where-none-may-be", claim(quotes=None), [("type", "/statements/1/quotes")]
    unfit = article(CLAIM | {"spans": [span("is closed.") | {"fingerprint": UNFIT}]}, text=TEXT)
    yield "span-of-another-text", unfit, [("span", "/statements/0/spans/0")]
    beyond = article(CLAIM | {"spans": [span("is closed.") | {"end": len(TEXT) + 1}]}, text=TEXT)
    yield "span-beyond-the-text", beyond, [("span", "/statements/0/spans/0")]
    in_units = span("is closed.")
    in_units |= {"start": in_units["start"] + 1, "end": in_units["end"] + 1}
    yield "span-in-utf-16-units", article(CLAIM | {"spans": [in_units]}, text=TEXT), [("span", "/statements/0/spans/0")]


def by_hand() -> Iterator[tuple[str, bytes, list[Wrong]]]:
    """Yield the invalid documents that were picked by hand, by name, with their issues."""
    yield from text_faults()
    for name, document, wrong in (*mistakes(), *combinations()):
        yield name, _written(document), wrong


def _written(document: Any) -> bytes:
    """Write an invalid document in ASCII, since surrogates have no bytes in UTF-8."""
    return json.dumps(document, separators=(",", ":"), indent=2).encode() + b"\n"


def simplest(strategy: SearchStrategy[Any]) -> Any:
    """Draw the simplest value, in place of a random one."""
    return find(strategy, lambda _: True, settings=settings(database=None, derandomize=True))


BASES: Final[dict[type[Any], Document]] = {
    Article: article(),
    Actor: article(),
    Statement: article(CLAIM),
    **dict(zip(STATEMENT_TYPES[1:], (article(BLAME), article(BLAME, DENIAL)), strict=True)),
    Quantity: quantity(minimum=6),
    Span: article(CLAIM | {"spans": [{"start": 0, "end": 9, "fingerprint": UNFIT}]}),
}
"""The document that is broken, by the model of the object that becomes invalid."""


OTHER_FAULTS: Final[dict[str, tuple[type[Any], str]]] = {
    "_without_bounds": (Quantity, "quantity-bounds"),
    "_with_swapped_bounds": (Quantity, "quantity-bounds"),
    "_without_length": (Span, "span-ends"),
    "_repeat_span": (Span, "order"),
    "_leave_text": (Span, "text"),
    "_with_event_that_ends_early": (Statement, "statement-event"),
}
"""The model of the object that becomes invalid, and its name, by the function of each fault of several fields."""


def broken() -> Iterator[tuple[str, bytes, list[Wrong]]]:
    """Yield documents with each fault in each field, by name, with their issues."""
    draw: Any = simplest
    for code, faults_of_code in faults().items():
        for fault in faults_of_code:
            model, name = _place(fault)
            if not name:
                continue
            base = json.loads(json.dumps(BASES[model]))
            path, new = fault(draw, base)
            document, _ = _changed(base, path, new)
            yield f"{code}-{name}", _written(document), [(code, Issue(code, path, "").pointer)]


def _place(fault: Fault) -> tuple[type[Any], str]:
    """Return the model of the object that a fault breaks, and the name of its place; none if statements share it."""
    if not isinstance(fault, partial):
        return OTHER_FAULTS[fault.__name__]
    model, name, *values = (*fault.args, None, None)[:3]
    if name is None and values[0]:
        its_model, place = OTHER_FAULTS[values[0].__name__]
        return model, place if model is its_model else ""
    key = name if isinstance(name, str) else None
    if model in STATEMENT_TYPES[1:] and (key is None or key in {"type", *definitions(Statement)}):
        return model, ""
    definition = definitions(model).get(key or "")
    is_repeated = definition is not None and isinstance(definition.rule, Many)
    item = "-item" if fault.keywords.get("each", is_repeated and fault.func.__name__ != "_put") else ""
    return model, model.__name__.lower() + (f"-{key}{item}" if key else "")


def files() -> Iterator[tuple[str, bytes]]:
    """Yield all files but those that Hypothesis has a say in, by their paths in the folder."""
    for name, document in valid():
        text = document if isinstance(document, bytes) else as_text(document)
        yield from _file("valid", name, text)
        canonical = to_json(from_json(text), indent=2).encode() + b"\n"
        if text != canonical:
            yield f"valid/{name.replace('_', '-')}.canonical.json", canonical
    yield from _invalid(by_hand())


def drawn_files() -> Iterator[tuple[str, bytes]]:
    """Yield the other files."""
    yield from _invalid(broken())


def _invalid(documents: Iterator[tuple[str, bytes, list[Wrong]]]) -> Iterator[tuple[str, bytes]]:
    for name, text, wrong in documents:
        yield from _file("invalid", name, text)
        issues = ",\n".join(json.dumps({"code": code, "pointer": pointer}) for code, pointer in wrong)
        yield f"invalid/{name.replace('_', '-')}.issues.json", f"[\n{issues}\n]\n".encode()


def _file(folder: str, name: str, text: bytes) -> Iterator[tuple[str, bytes]]:
    yield f"{folder}/{name.replace('_', '-')}.json", text


def main() -> None:
    for folder in ("valid", "invalid"):
        FOLDER.joinpath(folder).mkdir(parents=True, exist_ok=True)
        for file in FOLDER.joinpath(folder).iterdir():
            file.unlink()
    for name, content in (*files(), *drawn_files()):
        with FOLDER.joinpath(name).open("xb") as new:  # no two have one name
            new.write(content)


if __name__ == "__main__":
    main()
