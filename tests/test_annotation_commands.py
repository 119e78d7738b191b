from __future__ import annotations

import csv
import gzip
import io
import json
import os
import re
import subprocess
import sys
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from geoclaims import Article, from_json, load_article, to_json
from geoclaims._command_line import main
from geoclaims.annotation import draft_schema, read_draft
from geoclaims.interop import read_csv, write_csv

if TYPE_CHECKING:
    from tests.conftest import Run

TEXT = "The navy said that mines lay in the port. “We laid nothing,” Sudria replied. The navy said no more.\n"
DRAFT: dict[str, Any] = {
    "id": "port",
    "actors": [{"id": "navy", "name": "The navy"}, {"id": "sudria", "name": "Sudria"}],
    "statements": [
        {
            "type": "allegation",
            "id": "mined",
            "speaker": "navy",
            "content": "Sudria mined the port.",
            "accused": ["sudria"],
            "passages": ["The navy said that mines lay in the port"],
        },
        {
            "type": "denial",
            "id": "nothing",
            "speaker": "sudria",
            "content": "It laid no mines.",
            "denies": ["mined"],
            "passages": ['"We laid nothing," Sudria replied'],
        },
    ],
}
Capture = pytest.CaptureFixture[str]


@pytest.fixture
def text(tmp_path: Path) -> str:
    path = tmp_path / "Port of Esk, 1.txt"
    path.write_bytes(TEXT.replace("\n", "\r\n").encode("utf-8-sig"))
    return str(path)


def written(path: Path, document: object) -> str:
    path.write_text(document if isinstance(document, str) else json.dumps(document, indent=1), encoding="utf-8")
    return str(path)


def give(monkeypatch: pytest.MonkeyPatch, data: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data.encode())))


# new


def test_a_new_draft_has_every_key_and_says_what_must_be_filled_in(text: str, run: Run) -> None:
    out, words = run("new", text, "--language", "en")
    assert words == ""
    draft = json.loads(out)
    assert (draft["id"], draft["language"], draft["$schema"]) == ("port-of-esk-1", "en", "draft.schema.json")
    schema = draft_schema()
    for key, (words_of, part) in {
        "article": (draft, schema),
        "actor": (draft["actors"][0], schema["$defs"]["Actor"]),
        "statement": (draft["statements"][0], schema["$defs"]["Denial"]),
    }.items():
        assert words_of.keys() == part["properties"].keys() - {"schema_version", "text", "spans"}, key
        for name in set(part["required"]) - {"denies"}:
            assert words_of[name]


def test_all_that_is_not_filled_in_is_listed_with_file_and_line(
    text: str, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = run("new", text).out
    give(monkeypatch, draft)
    out, complaints = run("anchor", text, "-", code=1)
    assert out == ""
    assert all("; still to be filled in [" in line for line in complaints.splitlines())
    places = [line.split(": ")[:2] for line in complaints.splitlines()]
    lines = draft.splitlines()
    assert [place for _, place in places] == [
        "$.actors[0].id", "$.statements[0].type", "$.statements[0].id", "$.statements[0].speaker",
        "$.statements[0].passages[0]",
    ]  # fmt: skip
    for file, _ in places:
        name, line, column = file.split(":")
        assert name == "<stdin>"
        assert lines[int(line) - 1][int(column) - 1 :].startswith('"<')


def test_a_draft_that_is_filled_in_becomes_an_article(text: str, tmp_path: Path, capsys: Capture, run: Run) -> None:
    path = tmp_path / "draft.json"
    assert main(["new", text, "--id", "x", "--output", str(path)]) == 0
    draft = json.loads(path.read_text(encoding="utf-8"))
    assert (draft["id"], draft["$schema"], draft["language"]) == ("x", "draft.schema.json", None)
    draft["actors"][0] |= {"id": "navy", "name": "The navy"}
    draft["statements"][0] |= {"type": "statement", "id": "no-more", "speaker": "navy", "content": "It says no more."}
    draft["statements"][0]["passages"] = ["The navy said no more"]
    capsys.readouterr()
    assert from_json(run("anchor", text, written(path, draft)).out) == read_draft(draft, TEXT)


def test_the_id_of_a_text_without_a_name_is_article(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    give(monkeypatch, TEXT)
    assert json.loads(run("new", "-").out)["id"] == "article"


# tables


def fill(folder: Path, name: str, *rows: dict[str, str]) -> None:
    """Put rows below the header of a table, in place of what is there."""
    with (folder / name).open(encoding="utf-8-sig", newline="") as file:
        header = next(csv.reader(file))
    with (folder / name).open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, header)
        writer.writeheader()
        writer.writerows(rows)


def test_new_tables_are_filled_in_and_become_an_article(text: str, tmp_path: Path, run: Run) -> None:
    folder = tmp_path / "tables"
    assert run("new", text, "--csv", str(folder), "--id", "port", "--language", "en").out == ""
    assert from_json(run("anchor", text, str(folder)).out) == Article(id="port", language="en", text=TEXT)
    fill(folder, "actors.csv", *({"article": "port", **actor} for actor in DRAFT["actors"]))
    rows = [
        {"article": "port", **{key: cell if isinstance(cell, str) else "|".join(cell) for key, cell in claim.items()}}
        for claim in DRAFT["statements"]
    ]
    fill(folder, "statements.csv", *rows)
    assert from_json(run("anchor", text, str(folder)).out) == read_draft(DRAFT | {"language": "en"}, TEXT)
    rows[0]["passages"] = "nowhere"
    fill(folder, "statements.csv", *rows)
    out, complaints = run("anchor", text, str(folder), "--keep-going", code=1)
    assert [len(statement.spans) for statement in from_json(out).statements] == [0, 1]
    assert complaints.startswith(
        f"{folder / 'statements.csv'}:2, column passages, item 1: allegation 'mined': found it"
    )
    rows[0]["speaker"] = "nobody"
    fill(folder, "statements.csv", *rows)
    assert run("anchor", text, str(folder), "--keep-going", code=1).out == ""


def test_new_tables_have_every_column_that_a_draft_may_fill_in(text: str, tmp_path: Path) -> None:
    assert main(["new", text, "--csv", str(tmp_path)]) == 0
    write_csv(tmp_path / "written", [], passages=True)
    for name in ("articles.csv", "actors.csv", "statements.csv"):
        new, written = (
            next(csv.reader(io.StringIO((folder / name).read_text("utf-8-sig"))))
            for folder in (tmp_path, tmp_path / "written")
        )
        assert new == written


def test_tables_that_are_there_are_not_written_over(text: str, tmp_path: Path, run: Run) -> None:
    (tmp_path / "actors.csv").write_text("mine", encoding="utf-8")
    complaint = run("new", text, "--csv", str(tmp_path), code=2).err
    assert f"{tmp_path / 'actors.csv'} already exists: name another, or remove that file first" in complaint
    assert not (tmp_path / "articles.csv").exists()
    assert main(["new", text, "--csv", "a", "--output", "b"]) == 2


def test_tables_are_not_written_into_a_file(text: str, run: Run) -> None:
    assert (
        f"--csv writes several files into a folder, and {text} is not a folder"
        in run("new", text, "--csv", text, code=2).err
    )


def test_an_export_does_not_replace_the_tables_of_a_draft(text: str, tmp_path: Path, run: Run) -> None:
    folder = tmp_path / "draft"
    assert main(["new", text, "--csv", str(folder)]) == 0
    fill(folder, "actors.csv", *({"article": "port", **actor} for actor in DRAFT["actors"]))
    filled = {file.name: file.read_bytes() for file in folder.iterdir()}
    assert (
        f"--output would replace the draft in {folder}: name another folder"
        in run("export", "--to", "csv", "--output", str(folder), "--bundled", code=2).err
    )
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == filled


def test_an_export_replaces_the_tables_of_an_earlier_export(tmp_path: Path) -> None:
    for _ in range(2):
        assert main(["export", "--to", "csv", "--output", str(tmp_path), "--bundled"]) == 0
    assert list(read_csv(tmp_path)) == [load_article()]


def test_a_draft_that_is_there_is_not_written_over(text: str, tmp_path: Path, run: Run) -> None:
    draft = tmp_path / "draft.json"
    draft.write_text("filled in", encoding="utf-8")
    assert (
        f"{draft} already exists: name another, or remove that file first"
        in run("new", text, "--output", str(draft), code=2).err
    )
    assert draft.read_text(encoding="utf-8") == "filled in"
    draft.unlink()
    assert main(["new", text, "--output", str(draft)]) == 0


def test_a_text_is_of_one_article_and_dates_in_tables_have_the_year_first(
    text: str, tmp_path: Path, capsys: Capture
) -> None:
    assert main(["new", text, "--csv", str(tmp_path)]) == 0
    fill(tmp_path, "articles.csv")
    fill(tmp_path, "actors.csv")
    fill(tmp_path, "statements.csv")
    capsys.readouterr()
    assert main(["anchor", text, str(tmp_path)]) == 1
    assert (
        "articles.csv:1: found 0 articles, expected the one that the text belongs to [range]" in capsys.readouterr().err
    )
    assert main(["anchor", text, str(tmp_path), "--dayfirst"]) == 2


def test_tables_of_two_articles_are_refused_whatever_else_is_wrong_with_them(
    text: str, tmp_path: Path, run: Run
) -> None:
    articles = [read_draft(DRAFT, TEXT), read_draft({"id": "other"}, "Another text.")]
    write_csv(tmp_path, articles, passages=True)
    fill(tmp_path, "statements.csv", {"article": "other", "type": "denial", "passages": "Another text"})
    for arguments in ([], ["--keep-going"]):
        out, complaints = run("anchor", text, str(tmp_path), *arguments, code=1)
        expected = "found 2 articles, expected the one that the text belongs to [range]"
        assert (out, complaints) == ("", f"{tmp_path / 'articles.csv'}:1: {expected}\n")


def test_all_that_is_wrong_with_tables_is_listed_also_what_belongs_to_no_article(
    text: str, tmp_path: Path, run: Run
) -> None:
    write_csv(tmp_path, [read_draft(DRAFT, TEXT)], passages=True)
    actors = [{"article": "port", **actor} for actor in DRAFT["actors"]]
    fill(tmp_path, "actors.csv", *actors, {"article": "harbour", "id": "x", "name": "X"}, {"id": "y", "name": "Y"})
    fill(tmp_path, "statements.csv", {"article": "port", "type": "statement", "passages": "nowhere"})
    places = [line.split(": ")[0] for line in run("anchor", text, str(tmp_path), code=1).err.splitlines()]
    assert [place.removeprefix(f"{tmp_path}{os.sep}") for place in places] == [
        "actors.csv:5, column article",
        "statements.csv:2, column id",
        "statements.csv:2, column speaker",
        "statements.csv:2, column content",
        "statements.csv:2, column passages, item 1",
        "actors.csv:4, column article",
    ]


# anchor


def test_a_draft_becomes_an_article_with_its_text(text: str, tmp_path: Path, run: Run) -> None:
    draft = written(tmp_path / "draft.json", DRAFT)
    assert run("anchor", text, draft) == (to_json(read_draft(DRAFT, TEXT), indent=2) + "\n", "2 passages found\n")
    target = tmp_path / "article.json"
    assert main(["anchor", text, draft, "--without-text", "--output", str(target)]) == 0
    article = from_json(target.read_bytes())
    assert article.text is None
    assert article.with_text(TEXT) == read_draft(DRAFT, TEXT)


def test_a_draft_with_a_text_of_its_own_is_told_why_it_is_no_draft(text: str, tmp_path: Path, run: Run) -> None:
    complaint = run("anchor", text, written(tmp_path / "draft.json", DRAFT | {"text": "…"}), code=1).err
    assert "read_draft reads drafts; in a draft, leave out text and spans [unknown_key]" in complaint


def test_all_that_is_wrong_with_a_draft_is_listed_and_nothing_written(text: str, tmp_path: Path, run: Run) -> None:
    wrong = json.loads(json.dumps(DRAFT))
    wrong["statements"][0] |= {"speaker": "nvy", "passages": ["The navy said"]}
    draft = written(tmp_path / "draft.json", wrong)
    out, complaints = run("anchor", text, draft, "--keep-going", code=1)
    assert out == ""
    assert [line.rpartition("[")[2] for line in complaints.splitlines()] == ["dangling_ref]", "span]"]
    assert complaints.startswith(f"{draft}:17:15: $.statements[0].speaker: allegation 'mined': found 'nvy'")


@pytest.mark.parametrize("option", [[], ["--keep-going"]])
def test_another_text_than_that_of_a_draft_is_said_once_beside_what_else_is_wrong(
    option: list[str], tmp_path: Path, run: Run
) -> None:
    another = written(tmp_path / "another.txt", "Nothing of it.")
    document = json.loads(json.dumps(DRAFT))
    document["statements"][0]["passages"] *= 2
    said = "found 0 of 3 passages, expected the text that was annotated: this is another text [span]"
    draft = written(tmp_path / "draft.json", document)
    assert run("anchor", another, draft, *option, code=1).err.startswith(f"{draft}:1:1: $: {said}\n")
    document["title"] = 5
    written(tmp_path / "draft.json", document)
    assert run("anchor", another, draft, *option, code=1).err.splitlines()[1:] == [
        f"{draft}:40:11: $.title: found 5, expected a string [type]"
    ]
    folder = tmp_path / "tables"
    write_csv(folder, [read_draft(DRAFT, TEXT)], passages=True)
    cells = (folder / "statements.csv").read_text("utf-8-sig").replace("The navy said that", "No|No|The navy said that")
    (folder / "statements.csv").write_text(cells, "utf-8-sig", newline="")
    in_tables = said.replace("of 3", "of 4")
    assert run("anchor", another, str(folder), *option, code=1).err.startswith(
        f"{folder}/articles.csv:2: {in_tables}\n"
    )


def test_what_has_a_place_is_kept_where_that_is_asked_for(text: str, tmp_path: Path, run: Run) -> None:
    wrong = json.loads(json.dumps(DRAFT))
    wrong["statements"][0]["passages"] = ["The navy said"] * 105
    draft = written(tmp_path / "draft.json", wrong)
    out, complaints = run("anchor", text, draft, "--keep-going", code=1)
    assert [len(statement.spans) for statement in from_json(out).statements] == [0, 1]
    assert "found it 2 times" in complaints
    assert f"{draft}: and 5 more issues\n" in complaints
    wrong["statements"][0]["passages"] = ["The navy said"] * 101
    written(tmp_path / "draft.json", wrong)
    assert run("anchor", text, draft, code=1).err.endswith(f"{draft}: and 1 more issue\n")


@pytest.mark.parametrize(("option", "date"), [("--dayfirst", "2031-05-04"), ("--monthfirst", "2031-04-05")])
def test_dates_in_numbers_are_read_as_the_option_says(
    option: str, date: str, text: str, tmp_path: Path, run: Run
) -> None:
    draft = written(tmp_path / "draft.json", {"id": "a", "published": "04/05/2031"})
    assert main(["anchor", text, draft]) == 1
    assert str(from_json(run("anchor", text, draft, option).out).published) == date


def test_a_draft_that_is_not_json_is_refused(text: str, run: Run) -> None:
    assert f"{text}:1:1: $: found" in run("anchor", text, text, code=1).err
    assert "[type]" in run("anchor", text, written(Path(text).with_suffix(".json"), []), code=1).err


@pytest.mark.parametrize(
    "arguments",
    [
        ["anchor", "-", "-"],
        ["anchor", "--bundled", "x"],
        ["new"],
        ["new", "--bundled"],
        ["new", "x", "--csv", "y", "-o", "z"],
        ["schema", "--dialect", "structured_output"],
        ["schema", "--with-prompt"],
    ],
)
def test_what_makes_no_sense_is_refused(arguments: list[str], capsys: Capture) -> None:
    assert main(arguments) == 2
    assert "error: " in capsys.readouterr().err


@pytest.mark.parametrize("option", [["--id", "a b"], ["--language", "12"]])
def test_a_new_draft_is_not_begun_with_what_no_article_may_have(option: list[str], text: str, run: Run) -> None:
    out, complaints = run("new", text, *option, code=2)
    assert out == ""
    assert f"$.{option[0][2:]}: " in complaints
    assert f"found '{option[1]}', expected " in complaints


def test_a_text_that_is_no_text_is_refused(tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "text.txt").write_bytes(b"\xff")
    for command in (["new"], ["anchor"]):
        arguments = [*command, str(tmp_path / "text.txt"), *(["x"] if command != ["new"] else [])]
        assert main(arguments) == 1
        assert "expected UTF-8" in capsys.readouterr().err
    assert main(["new", str(tmp_path / "nowhere.txt")]) == 1


@pytest.mark.parametrize("data", ["", "  \n", "a\x00b"])
@pytest.mark.parametrize("command", ["new", "anchor"])
def test_a_text_that_is_empty_or_holds_what_no_text_may_is_named(
    command: str, data: str, tmp_path: Path, run: Run
) -> None:
    file = tmp_path / "text.txt"
    file.write_text(data)
    out, complaints = run(command, str(file), *(["x"] if command != "new" else []), code=1)
    assert out == ""
    assert complaints.startswith(f"{file}: $: found ")


def test_a_draft_becomes_an_article_in_a_pipe(text: str, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(json.dumps(DRAFT).encode())))
    assert from_json(run("anchor", text, "-").out) == read_draft(DRAFT, TEXT)


# lint


def test_warnings_are_listed_and_count_where_that_is_asked_for(tmp_path: Path, run: Run) -> None:
    article = to_json(read_draft(DRAFT | {"actors": [*DRAFT["actors"], {"id": "x", "name": "Nobody"}]}, TEXT))
    file = written(tmp_path / "article.json", article)
    out, summary = run("lint", file)
    assert out.splitlines()[0].startswith(f"{file}: port: $.actors[2]: actor 'x': found nothing that refers to it")
    assert summary == "2 warnings in 1 article\n"
    assert main(["lint", file, "--strict"]) == 1
    assert main(["lint", "--bundled", "--strict"]) == 0


def test_articles_that_are_invalid_are_named_and_the_others_looked_at(tmp_path: Path, run: Run) -> None:
    file = written(tmp_path / "articles.jsonl", f'{{"id": 5}}\n{to_json(Article(id="a"))}\n')
    out, err = run("lint", file, code=1)
    assert out == ""
    assert err.startswith(f"{file}:1:8: $.id")
    assert "\n0 warnings in 1 article\n" in err


@pytest.mark.parametrize("command", ["lint", "validate", "show"])
def test_a_draft_where_an_article_belongs_is_told_as_such(
    command: str, tmp_path: Path, capsys: Capture, run: Run
) -> None:
    file = written(tmp_path / "my draft.json", DRAFT)
    assert main([command, file]) == 1
    found = "allegation 'mined': found the key 'passages', expected one that an allegation has"
    printed = "".join(capsys.readouterr())
    advice = f"this looks like a draft: `geoclaims anchor TEXT '{file}' -o article.json` turns it into an article ["
    assert found in printed
    assert advice in printed
    assert printed.count("$.") == 1
    main([command, written(tmp_path / "drafts.jsonl", json.dumps(DRAFT))])
    assert "`geoclaims anchor TEXT DRAFT -o" in "".join(capsys.readouterr())
    actor = {"id": "a", "name": "A", "passages": []}
    assert "anchor" not in "".join(
        run(command, written(tmp_path / "article.json", {"schema_version": "1.0", "actors": [actor]}), code=1)
    )


def test_a_draft_and_its_text_may_be_compressed(text: str, tmp_path: Path, run: Run) -> None:
    packed, draft = tmp_path / "text.txt.gz", tmp_path / "draft.json.gz"
    packed.write_bytes(gzip.compress(Path(text).read_bytes()))
    draft.write_bytes(gzip.compress(json.dumps(DRAFT).encode()))
    article = run("anchor", packed, draft).out
    assert from_json(article) == read_draft(DRAFT, TEXT)
    assert run("anchor", packed, written(tmp_path / "article.json", article)).out == article
    packed.write_bytes(packed.read_bytes()[:-9])
    assert run("anchor", packed, draft, code=1).err.endswith("expected a complete one [encoding]\n")


@pytest.mark.parametrize("name", ["articles.jsonl", "articles.ndjson", "articles.gz", "article.json.gz"])
def test_an_article_is_written_as_its_name_says_that_it_is_read(name: str, text: str, tmp_path: Path, run: Run) -> None:
    article = str(tmp_path / name)
    run("anchor", text, written(tmp_path / "draft.json", DRAFT), "-o", article)
    assert run("validate", article).err == "1 valid, 0 invalid\n"


def test_where_a_text_belongs_it_is_said_how_to_give_one(text: str, tmp_path: Path, run: Run) -> None:
    draft = written(tmp_path / "draft.json", DRAFT)
    assert run("anchor", draft, text, code=1).err == (
        f"{draft}: $: found a JSON document, expected the text of the article; where a command takes both, "
        "the text comes first [json]\n"
    )
    for encoding in ("latin-1", "utf-16"):
        Path(text).write_bytes("Grün".encode(encoding))
        assert run("anchor", text, draft, code=1).err.endswith("[encoding]\n")


def test_lint_reads_what_is_piped_in(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for data in (to_json(Article(id="a")).encode(), gzip.compress(to_json(Article(id="a")).encode())):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        assert run("lint", "-").err.startswith("0 warnings in 1 article\n")


# schema


@pytest.mark.parametrize("dialect", ["full", "portable", "structured_output"])
def test_the_schema_of_drafts_is_written(dialect: Any, run: Run) -> None:
    assert json.loads(run("schema", "--draft", "--dialect", dialect).out) == draft_schema(dialect=dialect)


def test_the_rules_for_a_language_model_stand_before_the_schema_for_services(run: Run) -> None:
    written = run("schema", "--draft", "--with-prompt").out
    prompt = files("geoclaims").joinpath("data/prompt.md").read_text("utf-8")
    assert written.startswith(f"{prompt}\n{{")
    assert json.loads(written.removeprefix(prompt)) == draft_schema(dialect="structured_output")
    portable = run("schema", "--draft", "--dialect", "portable", "--with-prompt").out
    assert json.loads(portable.removeprefix(prompt)) == draft_schema(dialect="portable")


# the tutorial

TUTORIAL = Path(__file__).parents[1] / "docs" / "annotate" / "first-article.md"


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="the commands are for a shell")
def test_the_tutorial_shows_what_comes_of_its_draft(tmp_path: Path) -> None:
    page = TUTORIAL.read_text(encoding="utf-8")
    environment = {name: value for name, value in os.environ.items() if name != "COLUMNS"}
    for language, block in re.findall(r"^```(text|json|console)\n(.*?)(?=```)", page, re.DOTALL | re.MULTILINE):
        if language != "console":
            written(tmp_path / {"text": "velm.txt", "json": "draft.json"}[language], block)
            continue
        for command, expected in re.findall(r"^\$ ((?:.*\\\n)*.*\n)((?:(?!\$ ).*\n)*)", block, re.MULTILINE):
            script = f'geoclaims() {{ "{sys.executable}" -m geoclaims "$@"; }}\nexec 2>&1\n{command}'
            run = subprocess.run(
                ["sh", "-c", script], cwd=tmp_path, env=environment, stdin=subprocess.DEVNULL, capture_output=True,
                encoding="utf-8", check=False,
            )  # fmt: skip
            assert (command, run.stdout) == (command, expected)
    drafted = from_json((tmp_path / "velm.json").read_bytes())
    assert [claim.id for claim in drafted.statements] == ["containers-opened", "nothing-touched", "torches-seen"]
