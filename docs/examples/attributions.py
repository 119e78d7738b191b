"""Make marks and links of a corpus of attributions, which has offsets of sources, cues and contents."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Any

from annotation_tools import Marked, Passage, Report, try_each


def news(text: str, records: Iterable[Mapping[str, Any]], report: Report) -> Marked:
    """Read the records of a text.

    A record has a list of passages for each of its `sources`, for its `cue` and its `content`; it may have the `name`
    of the source where the corpus resolves it, the number of a record that it is `about`, and whether it is `negated`.
    """
    marks: dict[Hashable, tuple[str, Sequence[Passage]]] = {}
    links: list[tuple[Hashable, str, Hashable]] = []
    names: dict[Hashable, str | None] = {}

    def read(numbered: tuple[int, Mapping[str, Any]]) -> None:
        number, record = numbered
        if record.get("negated"):
            raise ValueError("negated")
        if not isinstance(record.get("name") or "", str):
            raise TypeError(f"found {record['name']!r} as name, expected a string")
        content, cue, sources = record["content"], record["cue"], list(record["sources"])
        if name := record.get("name"):
            sources = [[passage for source in sources for passage in source]]
            names[number, 0] = name
        marks[number] = "statement", content
        marks[number, "cue"] = "cue", cue
        links.append((number, "cue", (number, "cue")))
        for place, passages in enumerate(sources):
            marks[number, place] = "actor" if name else "unnamed", passages
            links.append((number, "speaker", (number, place)))
        if "about" in record:
            links.append((number, "about", record["about"]))

    try_each(read, enumerate(records), report)
    return Marked(text, marks, links, names)
