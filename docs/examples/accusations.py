"""List who accuses whom, a row for each accused, from the flat records of articles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from geoclaims import Article
from geoclaims.interop import to_records


def items(cell: str | None) -> list[str]:
    r"""Split a list at |, but not at \|."""
    if cell is None:
        return []
    found = re.findall(r"((?:[^|\\]|\\.)*)\|", f"{cell}|", re.DOTALL)
    return [re.sub(r"\\(.)", r"\1", item, flags=re.DOTALL) for item in found]


def accusations(articles: Iterable[Article]) -> Iterator[dict[str, str | None]]:
    """Yield a row for each accused; `accuser` and `accused` are addresses, or else an article and an id."""
    for record in to_records(articles):
        ids = items(record["accused"])
        names = items(record["accused_names"])
        addresses = items(record["accused_same_as"]) or [""] * len(ids)
        for id, name, address in zip(ids, names, addresses, strict=True):
            yield {
                "article": record["article"],
                "id": record["id"],
                "accuser": record["speaker_same_as"] or f"{record['article']}/{record['speaker']}",
                "accuser_name": record["speaker_name"],
                "accused": address or f"{record['article']}/{id}",
                "accused_name": name,
            }
