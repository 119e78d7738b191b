"""What the transcripts cannot show: the bundled article, formats, streams that are closed or full, and the pages."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import Any, BinaryIO, cast

import pytest

import geoclaims
from geoclaims import Actor, Allegation, Article, Span, Statement, from_json, interop, load_article, to_json
from geoclaims._command_line import main
from geoclaims.annotation import draft_schema
from tests.conftest import Run

ROOT = Path(__file__).parents[1]
BUNDLED = load_article()
SMALL = Article(
    id="small",
    title='=HYPERLINK("x")',
    actors=[Actor(id="lin", name="Lin")],
    statements=[Statement(id="s", speaker="lin", content="C.")],
)
posix = pytest.mark.skipif(os.name != "posix", reason="needs the shell of POSIX")
ASCII_ONLY = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii:strict"}


@pytest.fixture(autouse=True)
def usual_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.delenv("PYTHONUNBUFFERED", raising=False)
    # a process in another folder finds the same modules, also where the tests run with a relative PYTHONPATH
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(filter(None, sys.path)))


@pytest.fixture
def small(tmp_path: Path) -> str:
    """A file that holds a small article."""
    (file := tmp_path / "small.json").write_text(to_json(SMALL), encoding="utf-8")
    return str(file)


def test_without_a_command_every_actor_and_statement_is_shown(run: Run) -> None:
    shown = run().out
    ids = [*(actor.id for actor in BUNDLED.actors), *(statement.id for statement in BUNDLED.statements)]
    assert [id for id in ids if f"[{id}]" not in shown] == []
    assert " ".join(shown.split()).endswith("`geoclaims --help` lists all commands.")


@pytest.mark.parametrize("name", ["a.json", "a.jsonl", "a.ndjson", "a.JSON.GZ", "a.jsonl.gz", "a.ndjson.gz", "a.txt"])
def test_an_article_is_read_by_the_name_that_it_was_written_with(name: str, tmp_path: Path, run: Run) -> None:
    form = "jsonl" if re.search("jsonl|ndjson", name) else "json"
    run("export", "--to", form, "--bundled", "-o", file := tmp_path / name)
    assert from_json(run("export", "--to", "jsonl", file).out) == BUNDLED
    if name.lower().endswith("gz"):
        file.write_bytes(file.read_bytes()[:-9])
        assert run("validate", file, code=1).out.endswith("[encoding]\n")
        assert "[encoding]" in run("new", file, code=1).err


def test_a_byte_order_mark_matters_to_no_command(tmp_path: Path, run: Run) -> None:
    lines = [f"{to_json(article)}\n" for article in (SMALL, BUNDLED)]
    (file := tmp_path / "file").write_text("\ufeff" + "\n".join(lines), encoding="utf-8")
    assert run("export", "--to", "jsonl", file).out == "".join(lines)
    (file := tmp_path / "wrong.json").write_text('\ufeff{"schema_version": "1.0", "id": 5}', encoding="utf-8")
    assert run("validate", file, code=1).out.startswith(f"{file}:1:33: $.id")


def test_at_most_a_hundred_issues_are_listed_and_the_rest_counted(tmp_path: Path, run: Run) -> None:
    data = {"schema_version": "1.0", "id": "a", "actors": [{"id": f"a{number}"} for number in range(150)]}
    (file := tmp_path / "many.json").write_text(json.dumps(data))
    *lines, last = run("validate", file, code=1).out.splitlines()
    assert (len(lines), last) == (100, f"{file}: and 50 more issues")
    (document,) = json.loads(run("validate", "--format", "json", file, code=1).out)
    assert (len(document["issues"]), document["omitted"]) == (100, 50)


# formats


@pytest.mark.parametrize(
    ("form", "function"),
    [
        ("svg", interop.to_svg),
        ("json", lambda article: to_json(article, indent=2) + "\n"),
        ("html", interop.to_html),
        ("jsonld", lambda article: interop.to_jsonld_text(article) + "\n"),
        ("jsonl", lambda article: to_json(article) + "\n"),
    ],
)
def test_articles_are_exported_as_the_functions_of_interop_do(form: str, function: Any, small: str, run: Run) -> None:
    assert run("export", "--to", form, small) == (function(SMALL), "1 article written\n")
    if form not in {"svg", "json"}:
        several = interop.to_html([SMALL, BUNDLED]) if form == "html" else function(SMALL) + function(BUNDLED)
        assert run("export", "--to", form, small, "--bundled") == (several, "2 articles written\n")


def test_tables_are_exported_as_spreadsheets_read_them_and_no_cell_is_a_formula(
    small: str, tmp_path: Path, run: Run
) -> None:
    shown = run("export", "--to", "records", small, "--bundled").out
    assert shown[0] == "\ufeff"
    records = [{key: value or "" for key, value in row.items()} for row in interop.to_records([SMALL, BUNDLED])]
    records[0]["article_title"] = f"'{SMALL.title}"
    assert list(csv.DictReader(io.StringIO(shown[1:]))) == records
    assert {re.sub('"[^"]*"', "", line).replace(",", "") for line in shown[1:].splitlines()} == {""}
    run("export", "--to", "csv", small, "-o", tmp_path / "tables")
    assert list(interop.read_csv(tmp_path / "tables")) == [SMALL]
    assert (tmp_path / "tables" / "statements.csv").read_text(encoding="utf-8")[:2] == shown[:2]


def test_the_schema_is_that_of_an_article_or_a_draft_behind_the_rules_for_a_language_model(
    tmp_path: Path, run: Run
) -> None:
    dialect: Any
    for dialect in ("full", "portable"):
        assert json.loads(run("schema", "--dialect", dialect).out) == geoclaims.json_schema(dialect=dialect)
    draft = ["schema", "--draft", "--dialect", "full"]
    assert run(*draft, "-o", file := tmp_path / "schema.json").out == ""
    assert json.loads(file.read_text(encoding="utf-8")) == draft_schema()
    prompt = (Path(geoclaims.__file__).parent / "data" / "prompt.md").read_text("utf-8")
    for command, expected in (
        (draft, draft_schema()),
        (["schema", "--draft"], draft_schema(dialect="structured_output")),
    ):
        before, rules, schema = run(*command, "--with-prompt").out.partition(f"{prompt}\n")
        assert (before, rules, json.loads(schema)) == ("", f"{prompt}\n", expected)
    refused = run("schema", "--draft", "--dialect", "portable", code=2).err
    assert "a draft has full or structured_output" in refused


# arguments


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"], ["nonsense", "--help"], [""], ["x" * 5000], ["a\x1b[2J"], ["\ud800"], ["show"],
        ["show", "--nonsense"], ["show", "-", "-"], ["validate"], ["validate", "--format", "xml", "-"],
        ["schema", "--bundled"], ["anchor", "--bundled"], ["export", "--to", "--bundled"], ["export", "--to", "json"],
        ["anchor", "copy.txt", "--bundled", "--output", "--bundled"], ["--vers"], ["anchor", "-", "-"], ["export"],
        ["export", "--to", "xml"], ["export", "--to", "csv", "--bundled"], ["anchor", "copy.txt", "--without-text"],
    ],
)  # fmt: skip
def test_wrong_use_is_told_with_exit_code_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("usage: geoclaims")
    assert err.replace("\n", "").isprintable()
    assert "\\x00" not in err


@pytest.mark.parametrize(("name", "said"), [("a\0", "a\\x00"), ("\ud800", "\\ud800"), ("", "''")])
def test_a_name_that_no_file_can_have_is_named_with_escapes(name: str, said: str, run: Run) -> None:
    for command in (["show", name], ["export", "--to", "json", "--bundled", "-o", name]):
        assert run(*command, code=1).err == f"geoclaims: {said}: No file can have this name\n"
    assert run("show", "no\u202ewhere", code=1).err.startswith("geoclaims: no\\u202ewhere: ")


def test_the_version_is_that_of_the_package(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.metadata.version", lambda name: f"1.2.3 of {name}")
    assert run("--version").out == "geoclaims 1.2.3 of geoclaims\n"


EACH = """
import sys
from geoclaims._command_line import main

commands = " ".join(sys.argv[1:]).split(" then ")
print(*[main(command.split(" ")) for command in commands], file=sys.stderr)
"""


def test_arguments_input_and_output_are_utf_8_whatever_the_locale(tmp_path: Path) -> None:
    """Several commands in one process, which says at the end with which codes they end."""
    title = "“The Capital”, “中国”"
    (tmp_path / "“a”.json").write_text("[]", encoding="utf-8")
    (tmp_path / "“t”.txt").write_text("Text.", encoding="utf-8")
    said = {
        "show -": f"\n{title} (no statements)\n",
        "validate “a”.json": "“a”.json:1:1: $: ",
        "show “b”.json": "geoclaims: “b”.json: No such",
        "“b”": "geoclaims: error: '“b”' is neither",
        "new “t”.txt --id “d”": "found '“d”', expected an id",
        "new “t”.txt --id ": "found '', expected an id",
        "export --to json --bundled -o “t”.txt": "1 article written",
    }
    done = subprocess.run(
        [sys.executable, "-c", EACH, *map(os.fsdecode, " then ".join(said).encode().split(b" "))],
        input=to_json(Article(id="a", title=title)).encode(),
        capture_output=True,
        check=False,
        cwd=tmp_path,
        env={**os.environ, **ASCII_ONLY},
    )
    printed = f"\n{done.stdout.decode()}{done.stderr.decode()}"
    assert [expected for expected in said.values() if expected not in printed] == []
    assert printed.endswith("0 1 1 2 2 2 0\n")
    assert from_json((tmp_path / "“t”.txt").read_bytes()) == BUNDLED


def test_a_name_that_is_not_utf_8_is_shown_as_escapes(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    try:
        Path(os.fsdecode(b"\xff.json")).write_bytes(b"[]")
    except OSError:
        pytest.skip("this file system has no such names")
    out, err = run("validate", os.fsdecode(b"\xff.json"), os.fsdecode(b"\xfe.json"), code=1)
    assert out.startswith("\\udcff.json:1:1: $: ")
    assert err.startswith("geoclaims: \\udcfe.json: ")


# streams


Broken = Callable[..., int]


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> Broken:
    """Runs a command with a standard stream that writes to a descriptor, or is closed; closing it is no error then."""

    def run(stream: str, descriptor: int | None, *arguments: str | Path) -> int:
        file = None if descriptor is None else os.fdopen(descriptor, "w", encoding="utf-8")
        with monkeypatch.context() as patch, file or nullcontext():
            patch.setattr(sys, stream, file)
            return main([str(argument) for argument in arguments])

    return run


def test_output_that_nobody_reads_to_its_end_is_no_error(broken: Broken, capsys: pytest.CaptureFixture[str]) -> None:
    for command in (["--help"], ["export", "--to", "html", "--bundled"]):
        read, write = os.pipe()
        os.close(read)
        assert broken("stdout", write, *command) == 141
        assert capsys.readouterr().err == ""


@posix
def test_a_process_whose_output_nobody_reads_ends_without_a_traceback() -> None:
    script = f'{{ sleep 0.2; "{sys.executable}" -m geoclaims; echo $? >&2; }} | true'
    done = subprocess.run(["sh", "-c", script], stdin=subprocess.DEVNULL, capture_output=True, check=False)
    assert done.stderr == b"141\n"


def test_closed_streams_and_a_full_disk_end_a_command(
    small: str, broken: Broken, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert broken("stdin", None, "show", "-") == 1
    assert capsys.readouterr().err == "geoclaims: <stdin>: Bad file descriptor\n"
    assert broken("stderr", None, "validate", "nowhere", small) == 1
    (wrong := tmp_path / "wrong.jsonl").write_text("{}\n" * 1_000, encoding="utf-8")
    for command in (["--help"], ["export", "--to", "json", "--bundled"], ["validate", wrong]):
        assert broken("stdout", None, *command) == 1
        assert capsys.readouterr().err == "geoclaims: standard output is closed\n"
        if Path("/dev/full").exists():
            assert broken("stdout", os.open("/dev/full", os.O_WRONLY), *command) == 1
            assert capsys.readouterr().err == "geoclaims: No space left on device\n"


@pytest.mark.usefixtures("full_disk")
def test_what_is_written_without_a_buffer_is_whole_or_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for target, code, said in (("json", 0, "1 article written\n"), ("html", 1, "geoclaims: File too large\n")):
        with (tmp_path / target).open("wb", buffering=0) as file, monkeypatch.context() as patch:
            unbuffered = io.TextIOWrapper(cast("BinaryIO", file), write_through=True)  # as with PYTHONUNBUFFERED
            patch.setattr(sys, "stdout", unbuffered)
            assert main(["export", "--to", target, "--bundled"]) == code
        assert capsys.readouterr().err.endswith(said)
    assert from_json((tmp_path / "json").read_bytes()) == BUNDLED


# pages


def test_the_readme_shows_what_is_printed(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    (shown,) = re.findall(r"(?<=```text\n).*?(?=```)", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    assert shown in run().out


@posix
@pytest.mark.slow
@pytest.mark.parametrize("page", ["reference/command-line.md", "annotate/first-article.md"])
def test_the_documentation_shows_what_is_printed(page: str, tmp_path: Path) -> None:
    harbour = "The rebels, the navy says, mined the harbour."
    content = "The rebels mined the harbour."
    spans = [Span.of(harbour, 0, len(harbour) - 1)]
    mined = Allegation(id="mined", speaker="navy", content=content, accused=["rebels"], spans=spans)
    actors = [Actor(id="navy", name="the navy"), Actor(id="rebels", name="the rebels")]
    (tmp_path / "harbour.json").write_text(to_json(Article(id="harbour", actors=actors, statements=[mined])))
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    environment = {name: value for name, value in os.environ.items() if name != "COLUMNS"}
    for language, block in re.findall(r"^```(text|json|console)\n(.*?)(?=```)", text, re.DOTALL | re.MULTILINE):
        if language != "console":  # of the tutorial these are the files that it makes
            (tmp_path / {"text": "velm.txt", "json": "draft.json"}[language]).write_text(block, encoding="utf-8")
            continue
        for command, expected in re.findall(r"^\$ ((?:.*\\\n)*.*\n)((?:(?!\$ ).*\n)*)", block, re.MULTILINE):
            script = f'geoclaims() {{ "{sys.executable}" -m geoclaims "$@"; }}\nexec 2>&1\n{command}'
            shown = subprocess.run(
                ["sh", "-c", script], check=False, capture_output=True, encoding="utf-8", cwd=tmp_path, env=environment
            )
            assert (command, shown.stdout) == (command, expected)
