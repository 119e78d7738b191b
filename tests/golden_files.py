"""Write what an article with all fields becomes in formats of others, to see what a change does to them."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path

from geoclaims import Article, load_article
from geoclaims.interop import to_html, to_jsonld, to_records, write_csv

FOLDER = Path(__file__).with_name("goldens")


def in_lines(things: Iterable[object]) -> str:
    """JSON with a line for each object, so that a change is seen where it is."""
    return "".join(f"{json.dumps(thing, ensure_ascii=False)}\n" for thing in things)


def table(name: str, article: Article) -> str:
    with tempfile.TemporaryDirectory() as folder:
        write_csv(folder, [article])
        return Path(folder, name).read_bytes().decode()


def elements(html: str) -> str:
    """The elements of a page in lines, without styles and scripts, and what depends on them."""
    seen = re.sub(r"(?s)(<(style|script)\b).*?(?=</\2>)|(?<=sha256-)[^']*", r"\1", html)
    return re.sub(r"(?<=>)(?=<[a-z])", "\n", seen)


FORMATS: Mapping[str, Callable[[Article], str]] = {
    "jsonld.jsonl": lambda article: in_lines(to_jsonld(article)["@graph"]),
    "page.html": lambda article: elements(to_html(article)),
    "notebook.html": lambda article: elements(article._repr_html_()),
    "records.jsonl": lambda article: in_lines(to_records(article)),
    **{name: partial(table, name) for name in ("articles.csv", "actors.csv", "statements.csv")},
}


def made() -> Iterator[tuple[Path, str]]:
    """Yield each file with what it should hold."""
    article = load_article(FOLDER / "article.json")
    for name, written in FORMATS.items():
        yield FOLDER / name, written(article)
