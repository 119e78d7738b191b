"""Run a task in a fresh process and print the result as JSON: `python -m tools.bench.tasks TASK ARGUMENT …`."""

from __future__ import annotations

import gc
import importlib
import json
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from tests.documents import document, text
from tools.bench.corpus import article
from tools.bench.processes import memory


def bare() -> dict[str, float]:
    """Measure a process that only starts."""
    return {"highest": memory()["VmHWM"]}


def keep(module: str, articles: str) -> dict[str, float]:
    """Read articles and keep them all: bytes for each, and how long it took."""
    read = _reader(module)
    number = int(articles)
    for index in range(20):  # do not count what is made on first use
        read(text(article(number + index)))
    gc.collect()
    resident = memory()["VmRSS"]
    spent = 0.0
    kept = []
    for index in range(number):
        data = text(article(index))
        before = time.process_time()
        kept.append(read(data))
        spent += time.process_time() - before
    gc.collect()
    return {"bytes": (memory()["VmRSS"] - resident) / number, "microseconds": spent / len(kept) * 1e6}


def _reader(module: str) -> Callable[[bytes], Any]:
    if module == "geoclaims":
        return importlib.import_module("geoclaims").from_json  # type: ignore[no-any-return]
    if module == "dict":
        return importlib.import_module("orjson").loads  # type: ignore[no-any-return]
    return importlib.import_module(f"tools.bench.peers.{module}").read  # type: ignore[no-any-return]


def write_stream(path: str, articles: str) -> dict[str, float]:
    """Write articles to JSON Lines from an iterator."""
    from geoclaims import Article, from_dict, write_jsonl

    def made() -> Iterator[Article]:
        for index in range(int(articles)):
            yield from_dict(document(11, number=index))

    before = time.process_time()
    count = write_jsonl(path, made())
    return {"count": count, "highest": memory()["VmHWM"], "seconds": time.process_time() - before}


def read_stream(path: str) -> dict[str, float]:
    """Read articles from JSON Lines, one at a time, and count the statements."""
    from geoclaims import read_jsonl

    before = time.process_time()
    statements = sum(len(article.statements) for article in read_jsonl(path))
    return {
        "statements": statements,
        "highest": memory()["VmHWM"],
        "seconds": time.process_time() - before,
        "size": Path(path).stat().st_size,
    }


TASKS: dict[str, Callable[..., dict[str, float]]] = {
    task.__name__: task for task in (bare, keep, write_stream, read_stream)
}

if __name__ == "__main__":
    print(json.dumps(TASKS[sys.argv[1]](*sys.argv[2:])))
