"""The proof that the fast paths decide and do what the plain ones do: `python -m bench.differential --minutes 10`.

Each check compares one thing both ways, and raises an `AssertionError` that shows where they differ.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import attrs

from bench.mutations import (
    ODD_STRINGS,
    ODD_VALUES,
    Items,
    Members,
    Number,
    Text,
    Word,
    changed,
    damaged,
    made,
    written,
)
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
    to_dict,
    to_json,
)
from geoclaims._json import quick_text
from geoclaims._json.reading import read
from geoclaims._json.structuring import structured_quickly
from geoclaims._json.text import Repeated, parse
from geoclaims._json.writing import write
from geoclaims._models.statements import STATEMENT_TYPES
from geoclaims._rules.checking import check_instance
from geoclaims._rules.compiling import quick_check

Verdict = tuple[str, *tuple[Any, ...]]


def check_text(model: type[Any], text: str | bytes) -> bool:
    """Check that a text is read alike on both paths, with and without orjson; return whether it is right."""
    expected = _verdict(lambda: _plain(model, parse(text)))
    for prepare in (_as_installed, without_orjson):
        with prepare():
            quick = quick_text.read_text_quickly(model, text)
            if quick is not None:
                assert ("right", quick) == expected, f"accepted {text!r} as {quick!r}, expected {expected}"
                _check_equal(quick, expected[1])
            found = _verdict(lambda: from_json(text, model))
            assert found == expected, f"found {found} of {text!r}, expected {expected}"
    return expected[0] == "right"


def check_builtins(model: type[Any], data: Any) -> bool:
    """Check that builtins are read alike on both paths; return whether they are right."""
    expected = _verdict(lambda: _plain(model, data))
    try:
        quick = structured_quickly(model, data)
    except Exception:  # noqa: BLE001 - refuses in any way it likes
        quick = None
    if quick is not None:
        assert ("right", quick) == expected, f"accepted {data!r} as {quick!r}, expected {expected}"
        _check_equal(quick, expected[1])
    found = _verdict(lambda: from_dict(data, model))
    assert found == expected, f"found {found} of {data!r}, expected {expected}"
    return expected[0] == "right"


def check_object(instance: Any) -> bool:
    """Check that an object is found right or wrong alike by both checks; return whether it is right."""
    expected = _verdict(lambda: check_instance(instance))[0] == "right"
    found = quick_check(type(instance))(instance)
    assert bool(found) is expected, f"found {found} of {instance!r}, expected {expected}"
    return expected


def check_writing(instance: Any) -> None:
    """Check that an object is written alike on both paths, with and without orjson, and read again."""
    plain = write(instance, {})
    document = to_dict(instance)
    assert document == plain, f"wrote {document}, expected {plain}"
    text = json.dumps(plain, ensure_ascii=False, separators=(",", ":"))
    for prepare in (_as_installed, without_orjson):
        with prepare():
            assert to_json(instance) == text, f"wrote {to_json(instance)}, expected {text}"
            quick = quick_text.read_text_quickly(type(instance), text)
            if quick is None:
                assert has_string_beginning_with_colon(text), f"did not read {text} quickly"
            else:
                _check_equal(quick, instance)
                assert quick == instance, f"read {quick}, expected {instance}"


def has_string_beginning_with_colon(text: str) -> bool:
    """Whether the count of keys in a compact text is too high, so that the plain path reads it."""
    return any(mark in text for mark in (':":', '[":', ',":'))


@contextmanager
def without_orjson() -> Iterator[None]:
    """Let geoclaims find no orjson for a while."""
    absent = object()
    before: Any = sys.modules.get("orjson", absent)
    sys.modules["orjson"] = None  # type: ignore[assignment]
    _look_again()
    try:
        yield
    finally:
        if before is absent:
            del sys.modules["orjson"]
        else:
            sys.modules["orjson"] = before
        _look_again()


@contextmanager
def _as_installed() -> Iterator[None]:
    yield


def _look_again() -> None:
    quick_text.quick_loads.cache_clear()
    quick_text.quick_dumps.cache_clear()


def _plain(model: type[Any], data: Any) -> Any:
    return read(STATEMENT_TYPES if model is Statement else (model,), data, {})


def _verdict(run: Callable[[], Any]) -> Verdict:
    try:
        return "right", run()
    except ValidationError as error:
        return "wrong", error.issues, error.omitted


def _check_equal(found: Any, expected: Any) -> None:
    """Check what `==` does not see: the types of all values."""
    assert type(found) is type(expected), f"made {found!r}, expected {expected!r}"
    if attrs.has(type(found)):
        for field in attrs.fields(type(found)):
            _check_equal(getattr(found, field.name), getattr(expected, field.name))
    elif isinstance(found, tuple):
        for one, other in zip(found, expected, strict=True):
            _check_equal(one, other)


_ODD_OBJECTS = (
    *ODD_VALUES,
    *Word,
    *(Text("a"), Text("statement"), Text("1.0"), Number(1), Number(200), Members(), Items(), Members({"id": "a"})),
    *((), ("a",), b"a", 1j, object(), str, {1, 2}, float("nan"), float("inf"), PartialDate(2025), range(3)),
    *(Members({1: 2}), {1: 2}, {None: 1}, {Text("id"): "a"}, Repeated([("a", 1), ("a", 2)])),
)


def text_by_chance(chance: random.Random) -> bool:
    """Try one text: made, often changed, written in some way, sometimes damaged, for a model that may fit."""
    model, data = _part(chance)
    if chance.random() < 0.7:
        data = changed(data, chance)
    text = written(data, chance)
    if chance.random() < 0.5:
        return check_text(model, text)
    encoded = text.encode(errors="surrogatepass")
    return check_text(model, damaged(encoded, chance) if chance.random() < 0.3 else encoded)


def builtins_by_chance(chance: random.Random) -> bool:
    """Try builtins, with objects in them that no JSON has."""
    model, data = _part(chance)
    if chance.random() < 0.9:
        data = changed(data, chance, _ODD_OBJECTS)
    if chance.random() < 0.1:
        data = _disguised(data, chance)
    return check_builtins(model, data)


def object_by_chance(chance: random.Random) -> bool:
    """Try an object with something in it that constructing it would have refused, or not."""
    model, data = _part(chance)
    instance = from_dict(data, model)
    part = chance.choice([instance, *getattr(instance, "statements", ()), *getattr(instance, "actors", ())])
    check_writing(part)
    field = chance.choice(attrs.fields(type(part))).name
    value = getattr(part, field)
    odd = chance.choice(
        (*_ODD_OBJECTS, *ODD_STRINGS, value, *(getattr(part, a.name) for a in attrs.fields(type(part))))
    )
    if isinstance(value, tuple) and chance.random() < 0.7:
        place = chance.randrange(len(value) + 1)
        odd = (*value[:place], odd, *value[place + chance.randrange(2) :])
    object.__setattr__(part, field, odd)
    return check_object(part)


TRIALS = (text_by_chance, builtins_by_chance, object_by_chance)


def _part(chance: random.Random) -> tuple[type[Any], dict[str, Any]]:
    """A document, or a part of one, with the model that reads it; now and then with another."""
    article = made(chance)
    parts: list[tuple[type[Any], dict[str, Any]]] = [(Article, article)] * 8
    for statement in article.get("statements", ())[:3]:
        parts.append((Statement, statement))
        parts += [(model, statement) for model in STATEMENT_TYPES if model.__name__.lower() == statement["type"]]
        parts += [(Quantity, quantity) for quantity in statement.get("quantities", ())]
        parts += [(Span, span) for span in statement.get("spans", ())]
    parts += [(Actor, actor) for actor in article.get("actors", ())[:2]]
    return chance.choice(parts)


def _disguised(data: Any, chance: random.Random) -> Any:
    """The same data in subclasses of the builtins, here and there."""
    odd = chance.random() < 0.2
    if isinstance(data, dict):
        members = {_disguised(key, chance): _disguised(value, chance) for key, value in data.items()}
        return Members(members) if odd else members
    if isinstance(data, list):
        items = [_disguised(item, chance) for item in data]
        return chance.choice((Items, tuple))(items) if odd else items
    if type(data) is str and odd:
        return Text(data)
    return Number(data) if type(data) is int and odd else data


def main() -> None:
    """Try until the time is over."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=time.time_ns() % 1_000_000)
    options = parser.parse_args()
    end = time.monotonic() + options.minutes * 60
    tried: Counter[str] = Counter()
    right: Counter[str] = Counter()
    seed = options.seed
    while time.monotonic() < end:
        for trial in TRIALS:
            try:
                right[trial.__name__] += trial(random.Random(seed))
            except Exception:
                print(f"{trial.__name__} with seed {seed}:", file=sys.stderr)
                raise
            tried[trial.__name__] += 1
        seed += 1
    for name, count in tried.items():
        print(f"{name}: {count:,} tried, {right[name]:,} of them right, no difference")


if __name__ == "__main__":
    main()
