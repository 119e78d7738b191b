"""Which files the command line takes for one document and which for JSON Lines, and how it prints their names."""

from __future__ import annotations

import gzip
import io
import json
import re
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest
from hypothesis import example, given, strategies as st

from geoclaims import Actor, Article, from_json, load_article, to_json
from geoclaims._command_line import main
from geoclaims.strategies import articles

TWO = Article(id="two", actors=[Actor(id="a", name="A"), Actor(id="b", name="B")])
TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]:,]|[^\s{}\[\]:,"]+')


def said(*command: str | Path) -> tuple[str, str]:
    """What a command writes, to standard output and to standard error."""
    with redirect_stdout(io.StringIO()) as out, redirect_stderr(io.StringIO()) as err:
        main([str(word) for word in command])
    return out.getvalue(), err.getvalue()


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


@given(articles(), st.integers(0, 100_000), st.sampled_from(["\n", "\r\n", "\n \n"]))
@example(TWO, TOKEN.findall(to_json(TWO)).index("}") + 1, "\n")  # before the comma behind an actor
def test_a_file_that_is_one_json_document_is_one_wherever_its_lines_end(
    folder: Path, article: Article, place: int, end: str
) -> None:
    tokens = TOKEN.findall(to_json(article))
    text = "".join([*tokens[: place % len(tokens)], end, *tokens[place % len(tokens) :]])
    (file := folder / "article").write_bytes(text.encode())
    assert load_article(file) == article
    shown, _ = said("export", "--to", "jsonl", file)
    assert from_json(shown) == article


@pytest.mark.parametrize("name", ["a.jsonl", "a.NDJSON", "a.jsonl.gz"])
def test_a_file_that_is_named_as_json_lines_is_read_line_by_line(folder: Path, name: str) -> None:
    content = to_json(TWO, indent=1).encode()
    (file := folder / name).write_bytes(gzip.compress(content) if name.endswith("gz") else content)
    printed, err = said("validate", file)
    assert err == f"0 valid, {len(content.splitlines())} invalid\n"
    assert printed.startswith(f"{file}:1:2: ")


def test_lines_of_which_the_first_is_no_whole_object_are_one_document(folder: Path) -> None:
    file = folder / "lines"
    for first in ("[]", "{", "1"):
        file.write_text(f"{first}\n{to_json(TWO)}\n", encoding="utf-8")
        assert said("validate", file)[1] == "0 valid, 1 invalid\n"
    file.write_text(f"{{}}\n\n{to_json(TWO)}\n", encoding="utf-8")
    assert said("validate", file)[1] == "1 valid (1 with no statements), 1 invalid\n"


@given(
    st.lists(articles(), min_size=1, max_size=3, unique_by=lambda article: article.id),
    st.sampled_from(["\n", "\r\n", "\n\n \n"]),
)
def test_objects_on_lines_of_their_own_are_json_lines_by_any_name(
    folder: Path, several: list[Article], end: str
) -> None:
    (file := folder / "articles").write_bytes("".join(f"{to_json(article)}{end}" for article in several).encode())
    shown, _ = said("export", "--to", "jsonl", file)
    assert [from_json(line) for line in shown.split("\n")[:-1]] == several


Command = Callable[[Path], tuple[str | Path, ...]]
PRINTING: list[tuple[str, Command]] = [
    (f"{to_json(Article(id='a'))}\n" * 2, lambda file: ("validate", file)),
    (f"{to_json(Article(id='a'))}\n", lambda file: ("validate", file, file)),
    ("[]", lambda file: ("validate", "--format", "json", file)),
    ("{}", lambda file: ("show", file)),
    ("{}", lambda file: ("lint", file, file.with_suffix(".missing"))),
    (to_json(TWO), lambda file: ("lint", file)),
    (to_json(Article(id="a")), lambda file: ("compare", file, file)),
    ("{}", lambda file: ("anchor", file, file)),
    ("{}", lambda file: ("export", "--to", "csv", "--bundled", "-o", file)),
    (to_json(Article(id="a")), lambda file: ("export", "--to", "json", file, "-o", file)),
    ("It rains.", lambda file: ("new", file, "--id", "a", "-o", file)),
]
# Names that a file can have, of which an ending says nothing.
NAMES = st.text(st.characters(codec="utf-8", exclude_characters="\0/"), max_size=40).map("a{}.b".format)


@pytest.mark.skipif(sys.platform == "win32", reason="no file has such a name here")
@given(NAMES, st.sampled_from(PRINTING))
@example("a\n::error::b", PRINTING[0])
@example("a\n::error::b", PRINTING[1])
@example("a\x1b[2J\u202eb", PRINTING[-1])
def test_a_file_name_is_printed_with_escapes_wherever_it_is(
    folder: Path, name: str, printing: tuple[str, Command]
) -> None:
    content, command = printing

    def printed(name: str) -> str:
        (file := folder / name).write_text(content, encoding="utf-8")
        try:
            return "".join(said(*command(file)))
        finally:
            file.unlink()

    escaped = "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in name)
    shown = printed(name)
    assert shown.replace("\n", "").isprintable()
    assert shown.count("\n") == printed("plain").count("\n")
    assert escaped in shown or json.dumps(escaped)[1:-1] in shown
