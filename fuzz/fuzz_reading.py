"""Fuzz the reading of JSON, guided by coverage: `nox -s fuzz`, or with atheris and geoclaims installed

    python fuzz/fuzz_reading.py FOLDER [SECONDS] [OPTIONS OF LIBFUZZER]

An input is the bytes of a JSON text. They are changed as bytes, or as what they stand for: a value is replaced, moved,
repeated or left out, a key is repeated or added. FOLDER keeps the inputs that reached something new, and what failed.
"""

from __future__ import annotations

import copy
import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import atheris

with atheris.instrument_imports(include=["geoclaims"]):
    from geoclaims import Article, Statement, ValidationError, from_dict, from_json, json_schema, to_dict, to_json
    from geoclaims._json.text import decoded, parse

ROOT = Path(__file__).parents[1]
SEEDS = [ROOT / "src" / "geoclaims" / "data" / "article.json", ROOT / "tests" / "data" / "golden-1.0.json"]
SECONDS = "600"
LARGEST = 40_000
MANY = 300

VALUES: list[Any] = [
    *(None, True, False, 0, 1, -1, 2**63 - 1, 2**63, 10**400, 0.5, 1.0, 1e400, float("nan")),
    *(
        "",
        " ",
        "a",
        "\x00",
        "\ud800",
        "\u202e",
        "a\n",
        "1.0",
        "2.0",
        "x" * 101,
        "2025",
        "2025-02-30",
        "0000",
        "en",
        "UKR",
    ),
    *("http://a", "http://", "statement", "allegation", "denial", "state", "outright", "1:4:0123456789abcdef"),
    *([], {}, [[]], [{}], ["a", "a"], {"": 1}),
]


def places(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """All places in a document but the root."""
    for key, member in value.items() if isinstance(value, dict) else enumerate(value):
        yield (*path, key)
        if isinstance(member, dict | list):
            yield from places(member, (*path, key))


def changed(document: Any, chance: random.Random) -> Any:
    """A document that is changed in one place."""
    every = list(places(document)) if isinstance(document, dict | list) else []
    if not every:
        return copy.deepcopy(chance.choice(VALUES))
    *path, last = chance.choice(every)
    holder = document
    for part in path:
        holder = holder[part]
    match chance.randrange(6):
        case 0:
            holder[last] = copy.deepcopy(chance.choice(VALUES))
        case 1:
            del holder[last]
        case 2:
            other = document
            for part in chance.choice(every):
                other = other[part]
            holder[last] = copy.deepcopy(other)
        case 3 if isinstance(holder, list):
            holder.insert(chance.randrange(len(holder) + 1), copy.deepcopy(holder[last]))
        case 4 if isinstance(holder, list) and len(every) < MANY:
            holder *= chance.choice([2, 2, 150])
        case 5 if isinstance(holder[last], str) and holder[last]:
            at = chance.randrange(len(holder[last]))
            holder[last] = (
                holder[last][:at] + chance.choice("aZ09 -_.:/\n\x00\x85\u2028é\U0001f642") + holder[last][at:]
            )
        case _:
            if isinstance(holder, dict):
                holder[chance.choice([*KEYS, "x"])] = copy.deepcopy(holder[last])
    return document


def mutate(data: bytes, largest: int, seed: int) -> bytes:
    """An input that is changed, as libFuzzer asks for it."""
    chance = random.Random(seed)
    if chance.random() < 0.4:
        return atheris.Mutate(data, largest)
    try:
        document = json.loads(data)
    except (ValueError, RecursionError):
        return atheris.Mutate(data, largest)
    for _ in range(chance.choice([1, 1, 1, 2, 4])):
        document = changed(document, chance)
    text = json.dumps(document, ensure_ascii=chance.random() < 0.5)
    if chance.random() < 0.1:
        key = chance.choice(KEYS)
        text = text.replace(f'"{key}": ', f'"{key}": null, "{key}": ', 1)
    return text.encode("utf-8", "surrogatepass")[:largest]


def same(one: Any, other: Any) -> None:
    """Fail unless two answers are the same."""
    assert type(one) is type(other)
    if isinstance(one, ValidationError):
        assert (one.issues, one.omitted) == (other.issues, other.omitted)
    else:
        assert one == other


def answer(function: Any, *arguments: Any) -> Any:
    """What a function gives, or the error that it may raise."""
    try:
        return function(*arguments)
    except ValidationError as error:
        check(error)
        return error


def check(error: ValidationError) -> None:
    """Fail unless an error is one that can be read."""
    lines = str(error).splitlines()
    assert 1 <= len(error.issues) <= 100
    assert len(lines) == len(error.issues) + bool(error.omitted)
    assert all(line.isprintable() and len(line) < 2000 for line in lines)


def try_one(data: bytes) -> None:
    """Read an input in every way there is: nothing but a `ValidationError` may come out, and all must agree."""
    for model in (Article, Statement):
        given = answer(from_json, data, model)
        # The strict parser alone, which is the judge of the quick one.
        same(given, answer(lambda model=model: from_dict(parse(decoded(data, 1)), model)))
        if not isinstance(given, ValidationError):
            same(given, from_json(to_json(given), model))
            same(given, from_dict(to_dict(given), model))


def keys(schema: Any) -> Iterator[str]:
    """All keys of the format."""
    for name, value in schema.items() if isinstance(schema, dict) else ():
        if name == "properties":
            yield from value
        yield from keys(value)


KEYS = sorted(set(keys(json_schema())))


def main() -> None:
    folder, *options = sys.argv[1:]
    seconds = options.pop(0) if options and options[0].isdigit() else SECONDS
    corpus = Path(folder, "corpus")
    corpus.mkdir(parents=True, exist_ok=True)
    for seed in SEEDS:
        document = json.loads(seed.read_text(encoding="utf-8"))
        for number, part in enumerate([document, *document["statements"]]):
            Path(corpus, f"{seed.stem}-{number}.json").write_text(json.dumps(part), encoding="utf-8")
    words = Path(folder, "dictionary")
    words.write_text("".join(f'"\\"{key}\\":"\n' for key in KEYS), encoding="utf-8")
    arguments = [
        f"-max_total_time={seconds}",
        f"-max_len={LARGEST}",
        f"-dict={words}",
        "-timeout=20",
        "-rss_limit_mb=4096",
    ]
    arguments += [f"-artifact_prefix={folder}/", "-print_final_stats=1", *options, str(corpus)]
    atheris.Setup([sys.argv[0], *arguments], try_one, custom_mutator=mutate)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
