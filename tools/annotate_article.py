"""Write the annotation that ships with geoclaims, from a copy of the article's text.

    python tools/annotate_article.py TEXT             writes src/geoclaims/data/article.json

`geoclaims anchor TEXT --bundled -o FILE` and `geoclaims show FILE` then show each statement with its passages.

The annotation is the draft beside this file, made by the codebook (docs/annotate/codebook.md). We may not quote the
text: instead of words, a passage has the number of a line of the copy, and of the first and last word in that line, as
`2:1-17`. Words are separated by white space; a comma or full stop at the end of the last one is not part of the
passage.
"""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path

import attrs

from geoclaims import Article, to_json
from geoclaims.annotation import read_draft

DRAFT = Path(__file__).with_name("article.draft.json")
DATA = Path(__file__).parents[1] / "src" / "geoclaims" / "data" / "article.json"


def passage_at(text: str, place: str) -> dict[str, object]:
    """Return the passage at a place, as a draft quotes it."""
    line, first, last = map(int, re.split("[:-]", place))
    lines = text.split("\n")
    before = sum(len(earlier) + 1 for earlier in lines[: line - 1])
    words = [word.span() for word in re.finditer(r"\S+", lines[line - 1])]
    exact = lines[line - 1][words[first - 1][0] : words[last - 1][1]].rstrip(",.")
    return {"exact": exact, "start": before + words[first - 1][0]}


def annotate(text: str) -> Article:
    """Return the annotated article, without its text."""
    draft = json.loads(DRAFT.read_text(encoding="utf-8"))
    for statement in draft["statements"]:
        statement["passages"] = [passage_at(text, place) for place in statement["passages"]]
    return attrs.evolve(read_draft(draft, text), text=None)


def main() -> None:
    """Write the annotation, from the text that the command line names."""
    parser = argparse.ArgumentParser(description="Write the annotation that ships with geoclaims.")
    parser.add_argument("text", type=Path, help="a copy of the article's text, in UTF-8, a paragraph a line")
    text = parser.parse_args().text.read_text(encoding="utf-8-sig")
    DATA.write_text(to_json(annotate(text), indent=2) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
