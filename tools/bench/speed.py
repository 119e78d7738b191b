"""Measure reading, writing and constructing."""

from __future__ import annotations

import json
import sys
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import pairwise, repeat
from typing import Any

import orjson

import geoclaims
from geoclaims._json import parsing as parsers
from geoclaims.corpus import Corpus, Link
from tools.bench import msgspec_models, pydantic_models
from tools.bench.corpus import ARTICLES, article, corpus, text
from tools.bench.measuring import Case, compared, measured

Function = Callable[[Any], Any]
LIBRARIES: dict[str, tuple[Function, Function]] = {
    "geoclaims": (geoclaims.from_json, geoclaims.to_json),
    "geoclaims without orjson": (geoclaims.from_json, geoclaims.to_json),
    "pydantic": (pydantic_models.read, pydantic_models.write),
    "msgspec, types alone": (msgspec_models.read, msgspec_models.write),
    "orjson, dictionaries": (orjson.loads, orjson.dumps),
}


def _find_orjson(module: Any) -> None:
    """Let geoclaims find orjson, or hide it."""
    sys.modules["orjson"] = module
    for value in vars(parsers).values():
        if hasattr(value, "cache_clear"):
            value.cache_clear()


def _case(name: str, function: Function, values: Sequence[Any]) -> Case:
    return Case(
        lambda: [None for value in values if function(value) is None],
        partial(_find_orjson, None if "without" in name else orjson),
    )


def _refused(data: bytes) -> object:
    try:
        return geoclaims.from_json(data)
    except geoclaims.ValidationError as error:
        return error


def _subjects() -> dict[str, list[bytes]]:
    """Return a corpus of different articles, and the article that ships; the libraries write what they read."""
    different = list(map(text, corpus()))
    for data in different[:50]:
        for name, (read, write) in LIBRARIES.items():
            if json.loads(write(read(data))) != json.loads(data):
                raise AssertionError(f"{name} writes something else than it has read")
    return {"the corpus": different, "the bundled article": [geoclaims.to_json(geoclaims.load_article()).encode()]}


def reading(rounds: int) -> str:
    """Read from bytes to checked objects; for geoclaims also what is wrong in one place, or not compact."""
    parts = []
    for what, texts in _subjects().items():
        cases = {name: _case(name, read, texts) for name, (read, _) in LIBRARIES.items()}
        wrong = [data.replace(b'"speaker":"', b'"speaker":"-', 1) for data in texts]
        spaced = [data.replace(b'":', b'" :') for data in texts]
        cases["geoclaims, an id wrong"] = _case("", _refused, wrong)
        cases["geoclaims, a space before colons"] = _case("", geoclaims.from_json, spaced)
        parts.append(_compared(what, texts, cases, rounds))
    return "\n\n".join(parts)


def writing(rounds: int) -> str:
    """Write from objects to JSON."""
    parts = []
    for what, texts in _subjects().items():
        cases = {name: _case(name, write, list(map(read, texts))) for name, (read, write) in LIBRARIES.items()}
        parts.append(_compared(what, texts, cases, rounds))
    return "\n\n".join(parts)


def _compared(what: str, texts: Sequence[bytes], cases: Mapping[str, Case], rounds: int) -> str:
    found = {name: time / len(texts) for name, time in measured(cases, rounds).items()}
    _find_orjson(orjson)
    return compared(f"{what}, {sum(map(len, texts)) // len(texts)} bytes an article", "µs", found, "pydantic")


def many(articles: int) -> str:
    """Read many articles, and a corpus of them in which a link leads from each to the next."""
    documents = list(map(article, range(articles)))
    texts, ends = list(map(text, documents)), [f"{document['id']}/s0" for document in documents]
    links = [text({"type": "link", "kind": "same", "source": one, "target": two}) for one, two in pairwise(ends)]
    read, link = partial(map, geoclaims.from_json), repeat(Link)
    cases = {
        "a few articles": Case(lambda: deque(read(texts[:ARTICLES]), 0)),
        f"{articles} articles": Case(lambda: deque(read(texts), 0)),
        "a corpus of them": Case(lambda: Corpus(articles=read(texts), links=read(links, link))),
    }
    found = {name: time / articles for name, time in measured(cases, 3).items()}
    found["a few articles"] *= articles / len(texts[:ARTICLES])
    return compared("reading", "µs an article", found, "a few articles")


def constructing(rounds: int) -> str:
    """Make an allegation with a quantity, a span and dates from values in Python."""

    def making(models: Any, **kind: str) -> Case:
        return Case(
            partial(
                models.Allegation,
                **kind,
                id="s0",
                speaker="state-0",
                content="At least 20 shipments crossed the border near the northern town in the week before.",
                cue="said",
                date=models.PartialDate(2016, 1, 1),
                event_date=models.PartialDate(2016, 1),
                event_place="the northern town",
                quantities=(models.Quantity(minimum=0, unit="shipments"),),
                basis="the papers of each of them",
                spans=(models.Span(start=0, end=120, fingerprint="1:120:0000000000000000"),),
                accused=("ministry-1",),
            )
        )

    cases = {"geoclaims": making(geoclaims), "pydantic": making(pydantic_models, type="allegation")}
    return compared("an allegation", "µs", measured(cases, rounds), "pydantic")
