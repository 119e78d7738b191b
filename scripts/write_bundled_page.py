"""Write the page that shows the annotation that ships with geoclaims: `python scripts/write_bundled_page.py`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from geoclaims import Article, load_article, to_dict

PAGE = Path(__file__).parents[1] / "docs" / "reference" / "bundled-article.md"

HEAD = """\
# The annotation that ships

What `load_article()` returns: the article that the [codebook](../codebook.md) takes its cases from. Contents are in the
annotator's words, and the article's text is not here: a passage is given by its place in it. `geoclaims` shows the
same in a terminal. It says who is reported to have said what, and nothing of what is true.
"""


def page(article: Article) -> str:
    """The page, with a heading for each actor and statement."""
    document = to_dict(article)
    ids = {thing["id"] for thing in [*document["actors"], *document["statements"]]}
    lines = [HEAD, "## Statements", ""]
    for statement in document["statements"]:
        lines += [f"### {statement['id']}", "", f"*{statement['type'].capitalize()}.* {statement['content']}", ""]
        lines += [*rows(statement, ids, ("type", "id", "content")), ""]
    lines += ["## Actors", ""]
    for actor in document["actors"]:
        lines += [f"### {actor['id']}", "", f"{actor['name']}", "", *rows(actor, ids, ("id", "name")), ""]
    return "\n".join(lines).rstrip("\n") + "\n"


def rows(thing: dict[str, Any], ids: set[str], shown: Sequence[str]) -> Iterator[str]:
    """A list of what else is known of an actor or statement."""
    for key, value in thing.items():
        if key not in shown:
            yield f"- `{key}`: {cell(value, ids)}"


def cell(value: Any, ids: set[str]) -> str:
    """A value in words, an id as a link to what has it."""
    if isinstance(value, list):
        return ", ".join(cell(each, ids) for each in value)
    if isinstance(value, dict):
        if "fingerprint" in value:
            return f"{value['start']} to {value['end']}"
        return " ".join(f"{key} {part}" for key, part in value.items())
    if value in ids:
        return f"[{value}](#{value})"
    return "yes" if value is True else f"<{value}>" if str(value).startswith("http") else str(value)


if __name__ == "__main__":
    PAGE.write_text(page(load_article()), encoding="utf-8")
