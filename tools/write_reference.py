"""Update docstrings and reference pages from declarations and docstrings: `python tools/write_reference.py`.

The docstrings of models get their fields, for `help()` and editors. The pages of the reference get an entry for each
public name, between the marks `<!-- entry: NAME -->` and `<!-- end -->`, as Markdown that reads well without Sphinx.
With `--check` nothing is written, and outdated files are an error.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(Path(__file__).parent))

from reference.entries import entry  # noqa: E402
from reference.fields import docstring_lines, models  # noqa: E402

PAGES = ROOT / "docs" / "reference"
ENTRY = re.compile(r"<!-- entry: (\S+) -->\n(.*?)<!-- end -->\n", re.DOTALL)
CODE = re.compile(r"^```.*?^```$", re.DOTALL | re.MULTILINE)
HEADING = re.compile(r"^(#+) ", re.MULTILINE)


def written_pages() -> Iterator[tuple[Path, str]]:
    """Yield each page with entries, and its text with the current ones."""
    texts = {page: page.read_text(encoding="utf-8") for page in sorted(PAGES.glob("*.md"))}
    pages = {name: page.name for page, text in texts.items() for name, _ in ENTRY.findall(text)}

    for page, text in texts.items():

        def current(match: re.Match[str], text: str = text, page: Path = page) -> str:
            name = match[1]
            before = CODE.sub("", ENTRY.sub("", text[: match.start()]))
            level = len(HEADING.findall(before)[-1]) + 1
            return f"<!-- entry: {name} -->\n{entry(name, level, pages, page.name)}<!-- end -->\n"

        if ENTRY.search(text):
            yield page, ENTRY.sub(current, text)


def written_modules() -> Iterator[tuple[Path, str]]:
    """Yield each module with models, and its text with their current fields in their docstrings."""
    for file, classes in models().items():
        text = file.read_text(encoding="utf-8")
        for model in classes:
            fields = "".join(f"{line}\n" for line in docstring_lines(model))
            pattern = rf"(\nclass {model.__name__}\(.*?\n    Attributes:\n)(?: {{8}}[^\n]*\n)*"
            text = re.sub(pattern, lambda match, fields=fields: match[1] + fields, text, count=1, flags=re.DOTALL)
        yield file, text


def main() -> None:
    check = "--check" in sys.argv[1:]
    stale = []
    for written in (written_modules, written_pages):
        for file, text in written():
            if file.read_text(encoding="utf-8") == text:
                continue
            stale.append(str(file.relative_to(ROOT)))
            if not check:
                file.write_text(text, encoding="utf-8")
    if check and stale:
        sys.exit(f"not current: {', '.join(stale)}; run python tools/write_reference.py")


if __name__ == "__main__":
    main()
