"""Measure how many statements a second become rows of tables and come back, beside reading and writing JSON."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from geoclaims import from_json, interop, to_json
from tests.documents import text
from tools.bench.corpus import STATEMENTS_OF_EACH, corpus
from tools.bench.markdown import table


def exporting(articles: int) -> str:
    """Convert the articles of a corpus to each format and back."""
    documents = [text(article) for article in corpus(articles)]
    read = [from_json(data) for data in documents]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        arrow = interop.to_arrow(read)
        tasks: dict[str, Callable[[], object]] = {
            "`from_json`": lambda: [from_json(data) for data in documents],
            "`to_json`": lambda: [to_json(article) for article in read],
            "`to_records`": lambda: list(interop.to_records(read)),
            "`write_csv`": lambda: interop.write_csv(folder, read),
            "`read_csv`": lambda: list(interop.read_csv(folder)),
            "`to_arrow`": lambda: interop.to_arrow(read),
            "`from_arrow`": lambda: list(interop.from_arrow(arrow)),
        }
        seconds = {task: _seconds(run) for task, run in tasks.items()}
    base = seconds["`from_json`"]
    speeds = {task: round(articles * STATEMENTS_OF_EACH / spent, -2) for task, spent in seconds.items()}
    rows = [[task, f"{speeds[task]:,.0f}".replace(",", " "), f"{spent / base:.1f}"] for task, spent in seconds.items()]
    return table(["function", "statements a second", "× the time of `from_json`"], rows)


def _seconds(run: Callable[[], object]) -> float:
    found = []
    for _ in range(3):
        before = time.process_time()
        run()
        found.append(time.process_time() - before)
    return min(found)
