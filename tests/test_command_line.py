from __future__ import annotations

import csv
import gzip
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import pytest

from geoclaims import (
    Actor,
    ActorKind,
    Allegation,
    Article,
    Denial,
    DenialKind,
    PartialDate,
    Quantity,
    Span,
    Statement,
    from_json,
    interop,
    load_article,
    to_json,
    write_jsonl,
)
from geoclaims._command_line import main
from geoclaims._command_line.formats import FORMATS

if TYPE_CHECKING:
    from tests.conftest import Run

BUNDLED = load_article()
TEXT = "“We sent nobody,” said Lin. Kim said that he had seen them."
SMALL = Article(
    id="small",
    title="Nobody sent",
    publisher="The Daily",
    annotator="A",
    url="https://example.org/1",
    archived_at="https://example.org/2",
    published=PartialDate(2025, 4, 9),
    language="en",
    actors=[
        Actor(id="state", name="A State", kind=ActorKind.STATE, country="CHN", aliases=["The Capital", "中国"]),
        Actor(id="ministry", name="Ministry", on_behalf_of="state"),
        Actor(id="office", name="Office", on_behalf_of="ministry"),
        Actor(id="desk", name="Desk", on_behalf_of="office"),
        Actor(id="lin", name="Lin", role="spokesman", on_behalf_of="desk"),
        Actor(id="kim", name="a witness", anonymous=True),
    ],
    statements=[
        Denial(
            id="nobody",
            speaker="lin",
            content="The state sent nobody.",
            quotes=["We sent nobody"],
            cue="said",
            date=PartialDate(2025, 4),
            about=["state"],
            denies=["seen", "heard"],
            spans=[Span.of(TEXT, 0, 26)],
        ),
        Allegation(
            id="seen",
            speaker="kim",
            content="The state sent soldiers.",
            accused=["state", "lin"],
            about=["ministry", "heard"],
            event_date=PartialDate(2024),
            event_end=PartialDate(2025, 2),
            event_place="the border",
            reported_by=["office"],
            quantities=[Quantity(minimum=3, maximum=5, unit="soldiers"), Quantity(maximum=0, unit="tanks")],
            basis="what he saw",
            confirms=["heard"],
            appearances=["https://example.org/posts/1", "https://example.org/posts/2"],
            labels=["A1", "B2"],
            spans=[Span.of(TEXT, 28, len(TEXT) - 1)],
        ),
        Statement(id="heard", speaker="kim", content="There was noise."),
        Denial(id="rebuttal", speaker="kim", content="They did.", denies=["nobody"], kind=DenialKind.BLAME_SHIFT),
    ],
)


def geoclaims(*arguments: str | Path, **options: Any) -> subprocess.CompletedProcess[bytes]:
    """The command line as a process, with nothing to read unless the options say otherwise."""
    options = {"stdin": subprocess.DEVNULL, **options} if "input" not in options else options
    return subprocess.run([sys.executable, "-m", "geoclaims", *arguments], check=False, capture_output=True, **options)


@pytest.fixture(autouse=True)
def usual_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.delenv("PYTHONUNBUFFERED", raising=False)
    # a process in another folder finds the same modules, also where the tests run with a relative PYTHONPATH
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(filter(None, sys.path)))


@pytest.fixture
def small(tmp_path: Path) -> str:
    """A file that holds a small article."""
    return written(tmp_path / "small.json", to_json(SMALL))


@pytest.fixture
def wrong(tmp_path: Path) -> str:
    """A file that holds an article with two things wrong."""
    return written(tmp_path / "wrong.json", to_json(SMALL).replace('"kim"', '"kin"', 1).replace('"state"', '"st"', 1))


def written(file: Path, text: str) -> str:
    file.write_text(text, encoding="utf-8")
    return str(file)


def blocks(shown: str) -> list[list[str]]:
    """What is shown, in parts with an empty line between, as lines without their margins."""
    return [[line.strip() for line in part.splitlines()] for part in shown.split("\n\n")]


def block_of(id: str, shown: str) -> list[str]:
    """The part that shows a statement."""
    first = ((next((line for line in part if line.endswith("]")), ""), part) for part in blocks(shown))
    (found,) = (part for line, part in first if line.endswith(f"[{id}]") and part[0] != "ACTORS")
    return found


def test_without_a_command_every_allegation_shows_who_made_it_whom_it_accuses_and_who_denies_it(
    run: Run,
) -> None:
    shown = run().out
    for allegation in BUNDLED.allegations:
        block = "\n".join(block_of(allegation.id, shown))
        speaker = BUNDLED.actor(allegation.speaker).name
        assert speaker.casefold() in block.casefold().partition(":")[0]
        assert all(f"accused    {BUNDLED.actor(accused).name}" in block for accused in allegation.accused)
        denials = BUNDLED.denials_of(allegation)
        assert all(f"denied by  {BUNDLED.actor(denial.speaker).name}" in block for denial in denials)
        assert block.count("denied by") == max(1, len(denials))
        assert ("denied by  – (no denial linked)" in block) == (not denials)


def test_without_a_command_every_actor_and_statement_is_shown(run: Run) -> None:
    shown = run().out
    ids = [*(actor.id for actor in BUNDLED.actors), *(statement.id for statement in BUNDLED.statements)]
    assert [id for id in ids if f"[{id}]" not in shown] == []
    assert " ".join(shown.split()).endswith("`geoclaims --help` lists all commands.")


def test_an_article_is_shown_with_all_that_people_ask_of_it(small: str, run: Run) -> None:
    shown = run("show", small).out
    assert blocks(shown)[0] == [
        "Nobody sent",
        "publisher  The Daily",
        "published  2025-04-09",
        "source     https://example.org/1",
        "archived   https://example.org/2",
        "annotator  A",
        "language   en",
        "id         small",
    ]
    assert blocks(shown)[1][0] == "6 actors, 1 allegation, 2 denials, 1 other statement."
    assert "A State, state, CHN, also “The Capital”, “中国” [state]" in shown
    assert "Lin (spokesman, for Desk, for Office, for Ministry, …) [lin]" in shown
    assert block_of("seen", shown) == [
        "A witness (unnamed) accused: The state sent soldiers. [seen]",
        "accused    A State",
        "accused    Lin (spokesman, for Desk, for Office, for Ministry, …)",
        "via        Office (for Ministry, for A State)",
        "confirms   a witness: There was noise. [heard]",
        "about      Ministry; a witness: There was noise. [heard]",
        "number     3 to 5 soldiers; at most 0 tanks",
        "basis      what he saw",
        "happened   2024 to 2025-02",
        "place      the border",
        "seen at    https://example.org/posts/1; https://example.org/posts/2",
        "labels     A1; B2",
        "denied by  Lin (spokesman, for Desk, for Office, for Ministry, …) — denial, “said”",
        "The state sent nobody. [nobody] This is itself denied below.",
        "quoted: “We sent nobody”",
        "said on: 2025-04",
    ]
    assert block_of("heard", shown)[1] == "confirmed  by a witness: The state sent soldiers. [seen]"
    assert block_of("heard", shown)[-4].startswith("denied by  Lin")
    headings = ["ALLEGATIONS", "OTHER STATEMENTS", "DENIALS THAT ARE DENIED", "ACTORS"]
    assert [block[0] for block in blocks(shown) if block[0] in headings] == headings
    assert block_of("nobody", shown)[-2:] == [
        "denied by  a witness (unnamed) — blame-shift denial",
        "They did. [rebuttal]",
    ]


def test_an_article_with_its_text_is_shown_with_its_passages(tmp_path: Path, run: Run) -> None:
    file = written(tmp_path / "with-text.json", to_json(attrs.evolve(SMALL, text=TEXT)))
    assert "passage    “Kim said that he had seen them”" in run("show", file).out


def test_quotation_marks_are_not_doubled_where_a_text_brings_its_own(tmp_path: Path, run: Run) -> None:
    text = "“We sent nobody,” said Lin, who called it “slander”. «Jamais», said Kim."
    said = Statement(
        id="said",
        speaker="lin",
        content='"Slander" is what it is.',
        quotes=["“We sent nobody,”", "slander", '"slander"'],
        cue='"called"',
        spans=[Span.of(text, 0, 26), Span.of(text, 28, 51), Span.of(text, 53, 61)],
    )
    about = Statement(id="about", speaker="lin", content="It is.", about=["said", "about2"], cue="said")
    other = Statement(id="about2", speaker="lin", content="It was.")
    lin = Actor(id="lin", name="Lin", aliases=['"The Fox"', "Lin Wei"])
    article = Article(id="a", actors=[lin], statements=[said, about, other], text=text)
    file = written(tmp_path / "quotes.json", to_json(article))
    shown = run("show", file).out
    assert block_of("said", shown) == [
        'Lin "called": "Slander" is what it is. [said]',
        "quoted     “We sent nobody,”",
        "quoted     “slander”",
        'quoted     "slander"',
        "see also   Lin: It is. [about]",
        "passage    “We sent nobody,” said Lin",
        "passage    who called it “slander”",
        "passage    «Jamais»",
    ]
    assert 'about      Lin: "Slander" is what it is. [said]; Lin: It was. [about2]' in block_of("about", shown)
    assert block_of("about", shown)[0] == "Lin said: It is. [about]"
    assert 'Lin, also "The Fox", “Lin Wei” [lin]' in shown


def test_several_files_are_shown_in_their_order(small: str, tmp_path: Path, run: Run) -> None:
    empty = written(tmp_path / "empty.json", to_json(Article(id="empty")))
    heads = [part.lstrip("\n").partition("\n")[0] for part in run("show", empty, small, empty).out.split("\n\n\n")]
    assert heads == ["Untitled report", "Nobody sent", "Untitled report"]


def test_an_empty_article_is_shown(tmp_path: Path, run: Run) -> None:
    assert run("show", written(tmp_path / "empty.json", to_json(Article(id="empty")))).out.startswith(
        "Untitled report\n    id         empty\n\n0 actors, 0 allegations, 0 denials, 0 other statements."
    )


@pytest.mark.parametrize("name", ["many.jsonl", "many.ndjson", "many.jsonl.gz", "many.txt"])
def test_all_articles_of_json_lines_are_shown(name: str, tmp_path: Path, run: Run) -> None:
    write_jsonl(tmp_path / name, [SMALL, Article(id="second")])
    shown = run("show", str(tmp_path / name)).out
    assert shown.startswith("Nobody sent\n")
    assert "\n\n\nUntitled report\n    id         second\n" in shown


@pytest.mark.parametrize("width", [1, 24, 40, 59, 60, 80, 200])
def test_no_line_is_wider_than_the_terminal(width: int, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    assert max(map(len, run().out.splitlines())) <= min(max(width, 24), 100)


def test_what_stands_in_data_cannot_disturb_a_terminal(tmp_path: Path, run: Run) -> None:
    hostile = "\u202eA\u2066 \u061c\u200f\u2028 \ufeff \U000e0041"
    article = Article(
        id="hostile",
        title=hostile,
        actors=[Actor(id="a", name=hostile, role=hostile, aliases=[hostile])],
        statements=[
            Allegation(id="s", speaker="a", accused=["a"], content=f"\t{hostile}\n\n", quotes=[hostile], basis=hostile),
            Denial(id="d", speaker="a", denies=["s"], content=hostile, cue=hostile, labels=[hostile]),
        ],
        text="\x1b[2J\x9b\r\x07",
    )
    shown = run("show", written(tmp_path / "hostile.json", to_json(article))).out
    assert not {c for c in shown if not c.isprintable()} - {"\n"}
    assert "\\u202eA" in shown


def test_a_byte_order_mark_matters_to_no_command(tmp_path: Path, run: Run) -> None:
    lines = "\ufeff" + f"{to_json(SMALL)}\n\n" * 2
    assert run("show", written(tmp_path / "file", lines)).out.count("Nobody sent\n") == 2


def test_a_file_that_is_not_valid_is_not_shown(wrong: str, run: Run) -> None:
    out, err = run("show", wrong, code=1)
    assert out == ""
    assert {line.partition(":1:")[0] for line in err.splitlines()} == {wrong}
    assert "[dangling_ref]" in err


def test_a_file_that_is_not_there_is_named(run: Run) -> None:
    assert main(["show", "no\u202ewhere.json"]) == 1
    first, second = run("anchor", "nowhere.txt", "--bundled", code=1).err.splitlines()
    assert first == "geoclaims: no\\u202ewhere.json: No such file or directory"
    assert second == "geoclaims: nowhere.txt: No such file or directory"


def test_valid_files_have_no_issues(small: str, tmp_path: Path, run: Run) -> None:
    lines = tmp_path / "many.jsonl.gz"
    write_jsonl(lines, [Article(id=id) for id in ("a", "b", "c")])
    assert run("validate", small, str(lines)) == ("", "4 valid, 0 invalid\n")


def test_each_issue_is_a_line_that_names_the_file(wrong: str, run: Run) -> None:
    out, err = run("validate", wrong, code=1)
    column = Path(wrong).read_text(encoding="utf-8").index('"state"},{"id":"office"') + 1
    assert out.splitlines()[0] == (
        f"{wrong}:1:{column}: $.actors[1].on_behalf_of: actor 'ministry': "
        "found 'state', expected the id of an actor in this article [dangling_ref]"
    )
    assert err == "0 valid, 1 invalid\n"


def test_each_issue_in_json_lines_names_the_line_too(tmp_path: Path, run: Run) -> None:
    good, bad = to_json(SMALL), '{"schema_version":"1.0"}'
    file = written(tmp_path / "many.jsonl", f"{good}\n{bad}\n\n[]\n{to_json(Article(id='other'))}\n")
    out, err = run("validate", file, code=1)
    starts = [line.partition(" found")[0] for line in out.splitlines()]
    assert starts == [f"{file}:2:1: $.id:", f"{file}:4:1: $:"]
    assert err == "2 valid, 2 invalid\n"


def test_an_array_of_articles_is_said_to_be_json_lines_without_its_brackets(tmp_path: Path, run: Run) -> None:
    file = written(tmp_path / "many.json", f"[{to_json(SMALL)},{to_json(BUNDLED)}]")
    out, _ = run("validate", file, code=1)
    assert re.fullmatch(
        rf"{re.escape(file)}:1:1: \$: found an array of 2, .*; several articles are JSON Lines.*\n", out
    )


def test_json_lines_are_read_whatever_the_name_of_their_file_is(tmp_path: Path, run: Run) -> None:
    file = written(tmp_path / "two.json", f"{to_json(SMALL)}\n{to_json(BUNDLED)}\n[]\n")
    out, err = run("validate", file, code=1)
    assert out.startswith(f"{file}:3:1: $: found an empty array")
    assert err == "2 valid, 1 invalid\n"


def test_very_many_issues_are_counted(tmp_path: Path, run: Run) -> None:
    data = {"schema_version": "1.0", "id": "a", "actors": [{"id": f"a{number}"} for number in range(150)]}
    file = written(tmp_path / "many.json", json.dumps(data))
    assert run("validate", file, code=1).out.splitlines()[-1] == f"{file}: and 50 more issues"
    (document,) = json.loads(run("validate", "--format", "json", file, code=1).out)
    assert (len(document["issues"]), document["omitted"]) == (100, 50)


def test_a_report_in_json_cuts_long_keys_in_a_path_and_has_no_pointer_beyond_400_characters(
    tmp_path: Path, run: Run
) -> None:
    keys = {80 * "k": 1, 81 * "m": 1, 400 * "n": 1}
    file = written(tmp_path / "long.json", json.dumps({"schema_version": "1.0", "id": "a", **keys}))
    (document,) = json.loads(run("validate", "--format", "json", file, code=1).out)
    assert [(issue["path"], issue["pointer"]) for issue in document["issues"]] == [
        (f"$.{80 * 'k'}", f"/{80 * 'k'}"),
        (f"$['{79 * 'm'}…']", f"/{81 * 'm'}"),
        (f"$['{79 * 'n'}…']", None),
    ]
    file = written(tmp_path / "deep.json", f'{{"{20 * "k"}":' * 30 + '{"a":1,"a":2}' + 30 * "}")
    (document,) = json.loads(run("validate", "--format", "json", file, code=1).out)
    cut = {issue["code"]: (issue["path"], issue["pointer"]) for issue in document["issues"]}
    assert cut["duplicate_key"] == (f"${30 * ('.' + 20 * 'k')}"[:399] + "…", None)


def test_issues_as_json_are_one_array(wrong: str, tmp_path: Path, run: Run) -> None:
    file = written(tmp_path / "many.jsonl", f"{to_json(SMALL)}\n[]\n")
    out, err = run("validate", "--format", "json", wrong, file, code=1)
    first, second = json.loads(out)
    assert (first["file"], first["line"], first["omitted"]) == (wrong, None, 0)
    assert set(first["issues"][0]) == {"code", "path", "pointer", "line", "column", "message"}
    assert first["issues"][0]["pointer"] == "/actors/1/on_behalf_of"
    assert (second["file"], second["line"], second["issues"][0]["line"]) == (file, 2, 2)
    assert second["issues"][0]["code"] == "type"
    assert err == ""


def test_no_issues_as_json_are_an_empty_array(small: str, run: Run) -> None:
    assert json.loads(run("validate", "--format=json", small).out) == []


def test_an_id_that_repeats_in_all_that_is_validated_is_an_issue_that_names_both_places(
    small: str, wrong: str, tmp_path: Path, run: Run
) -> None:
    lines = tmp_path / "lines.jsonl"
    others = [to_json(Article(id=id)) for id in ("a", "b", "a")]
    lines.write_text("\n".join([others[0], "", "[]", others[1], to_json(SMALL), others[2]]))
    out, err = run("validate", str(lines), small, small, code=1)
    expected = "again, expected an id that no article before it has;"
    assert [line for line in out.splitlines() if "duplicate_id" in line] == [
        f"{lines}:6: $.id: found 'a' {expected} {lines}:1 has it too [duplicate_id]",
        f"{small}: $.id: found 'small' {expected} {lines}:5 has it too [duplicate_id]",
        f"{small}: $.id: found 'small' {expected} {lines}:5 has it too [duplicate_id]",
    ]
    assert err == "3 valid, 4 invalid\n"
    assert run("validate", "--bundled", "--bundled", code=1).out.endswith("<bundled> has it too [duplicate_id]\n")
    report = json.loads(run("validate", "--format", "json", str(lines), code=1).out)
    assert [(each["line"], each["issues"][0]["line"], each["issues"][0]["code"]) for each in report] == [
        (3, 3, "type"),
        (6, 6, "duplicate_id"),
    ]
    assert "duplicate_id" not in run("validate", wrong, wrong, code=1).out


def test_each_issue_in_json_names_the_line_where_an_editor_finds_it(tmp_path: Path, run: Run) -> None:
    document = {"schema_version": "1.0", "id": "a", "actors": [{"id": "b"}], "urll": None}
    file = written(tmp_path / "draft.json", json.dumps(document, indent=1))
    starts = [line.partition(" found")[0] for line in run("validate", file, code=1).out.splitlines()]
    assert starts == [f"{file}:5:3: $.actors[0].name: actor 'b':", f"{file}:9:2: $.urll:"]
    (checked,) = json.loads(run("validate", "--format", "json", file, code=1).out)
    assert [(issue["line"], issue["column"]) for issue in checked["issues"]] == [(5, 3), (9, 2)]
    assert checked["line"] is None


def test_a_file_that_cannot_be_read_does_not_keep_others_from_being_checked(
    wrong: str, tmp_path: Path, run: Run
) -> None:
    out, err = run("validate", str(tmp_path / "nowhere.jsonl"), str(tmp_path), wrong, code=1)
    assert wrong in out
    assert err.splitlines()[0] == f"geoclaims: {tmp_path / 'nowhere.jsonl'}: No such file or directory"
    assert err.splitlines()[1].startswith(f"geoclaims: {tmp_path / 'articles.csv'}: No such file or directory; ")


@pytest.mark.parametrize(
    ("content", "issue"),
    [
        (b"", "bad:1:1: $: found "),
        (b"\xff", "bad:1:1: $: found "),
        (b"{\n}\n", "bad:1:1: $.schema_version: "),
        (b'{\n"id":1}', "bad:2:6: $.id: "),
        (b"{}\n{}\n", "bad:1:1: $.schema_version: "),
        (b"nonsense\n{}\n", "bad:1:1: $: "),
    ],
)
def test_what_is_in_a_file_of_another_name_tells_what_it_is(
    content: bytes, issue: str, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("bad").write_bytes(content)
    assert run("validate", "bad", code=1).out.startswith(issue)


@pytest.mark.parametrize("name", ["one.json.gz", "ONE.JSON.GZ"])
def test_a_compressed_file_of_one_article_is_read(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], run: Run
) -> None:
    file = tmp_path / name
    assert main(["export", "--to", "json", "--output", str(file), "--bundled"]) == 0
    assert from_json(gzip.decompress(file.read_bytes())) == BUNDLED
    assert from_json(run("export", "--to", "jsonl", str(file)).out) == BUNDLED
    file.write_bytes(file.read_bytes()[:-9])
    assert main(["validate", str(file)]) == 1
    assert re.match(
        rf"{re.escape(str(file))}(:\d+)?: \$: found a gzip stream that is cut or damaged", capsys.readouterr().out
    )


def test_a_name_that_no_file_can_have_is_told(small: str, capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (["show", "a\0"], ["export", "--to", "json", "--output", "a\0", small]):
        assert main(arguments) == 1
        assert capsys.readouterr().err == "geoclaims: a\\x00: No file can have this name\n"


def test_a_compressed_file_that_is_cut_is_an_issue(tmp_path: Path, run: Run) -> None:
    file = tmp_path / "cut.jsonl.gz"
    file.write_bytes(gzip.compress(to_json(SMALL).encode())[:-9])
    assert "[encoding]" in run("validate", str(file), code=1).out


def test_the_schema_is_that_of_an_article(tmp_path: Path, run: Run) -> None:
    import geoclaims as library

    assert json.loads(run("schema").out) == library.json_schema()
    assert run("schema", "--output", tmp_path / "schema.json").out == ""
    assert json.loads((tmp_path / "schema.json").read_text(encoding="utf-8")) == library.json_schema()
    assert json.loads(run("schema", "--dialect", "portable").out) == library.json_schema(dialect="portable")


def test_an_article_is_written_with_its_text(small: str, tmp_path: Path, run: Run) -> None:
    text = written(tmp_path / "copy.txt", f" {TEXT}")
    attached = SMALL.with_text(f" {TEXT}")
    out, err = run("anchor", text, small)
    assert from_json(out) == attached
    assert err == "2 passages found; 2 statements without passages\n"
    again = written(tmp_path / "again.jsonl", f"{to_json(attached)}\n")
    assert from_json(run("anchor", text, again).out) == attached
    bare = written(tmp_path / "bare.json", to_json(Article(id="bare")))
    assert from_json(run("anchor", text, bare).out) == Article(id="bare", text=f" {TEXT}")


def test_the_text_can_be_left_out_of_what_is_written(small: str, tmp_path: Path, run: Run) -> None:
    text = written(tmp_path / "copy.txt", f" {TEXT}")
    assert from_json(run("anchor", text, small, "--without-text").out) == attrs.evolve(
        SMALL.with_text(f" {TEXT}"), text=None
    )


def test_passages_that_are_not_in_the_text_are_listed(small: str, tmp_path: Path, run: Run) -> None:
    text = written(tmp_path / "copy.txt", TEXT.replace("nobody", "somebody"))
    out, err = run("anchor", text, small, "--output", str(tmp_path / "result.json"), code=1)
    assert out == ""
    assert err.startswith(f"{small}: $.statements[0].spans[0]: ")
    assert not (tmp_path / "result.json").exists()


def test_what_is_found_is_attached_though_something_is_not_where_that_is_asked_for(
    small: str, tmp_path: Path, run: Run
) -> None:
    copy = TEXT.replace("nobody", "somebody")
    text, result = written(tmp_path / "copy.txt", copy), tmp_path / "result.json"
    out, err = run("anchor", text, small, "--keep-going", "--output", str(result), code=1)
    assert out == ""
    assert err.startswith(f"{small}: $.statements[0].spans[0]: ")
    assert err.endswith("1 passage found; 3 statements without passages\n")
    assert from_json(result.read_bytes()) == SMALL.with_text(copy, on_error=lambda _: None)


def test_the_text_of_the_bundled_article_can_be_attached(shared: Path, run: Run) -> None:
    text = str(shared / "article.txt")
    assert from_json(run("anchor", text, "--bundled").out) == load_article(text_path=text)


def test_another_text_than_that_of_the_bundled_article_is_refused_in_one_line(tmp_path: Path, run: Run) -> None:
    err = run("anchor", written(tmp_path / "copy.txt", TEXT), "--bundled", code=1).err
    assert re.fullmatch(r"<bundled>: \$: found 0 of \d+ passages, expected .* another text \[span\]\n", err)


def test_a_text_that_is_none_is_refused(small: str, run: Run) -> None:
    expected = (
        f"{small}: $: found a JSON document, expected the text of the article; "
        "where a command takes both, the text comes first [json]\n"
    )
    assert run("anchor", small, small, code=1).err == expected


def exported(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """What an export writes to standard output, while it says how many articles these are."""
    assert main(["export", *arguments]) == 0
    out, err = capsys.readouterr()
    assert re.fullmatch("[0-9]+ articles? written\n", err)
    return out


def test_articles_are_exported_as_the_functions_of_interop_do(small: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert exported(capsys, "--to", "mermaid", small) == interop.to_mermaid(SMALL)
    assert exported(capsys, "--to", "svg", small) == interop.to_svg(SMALL)
    assert exported(capsys, "--to", "json", small) == to_json(SMALL, indent=2) + "\n"
    assert json.loads(exported(capsys, "--to", "stix", small)) == interop.to_stix(SMALL)
    assert json.loads(exported(capsys, "--to", "jsonld", small)) == interop.to_jsonld(SMALL)


def rows_of(table: str) -> list[dict[str, str]]:
    """The rows of a table that a spreadsheet knows to be in UTF-8."""
    assert table.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(table[1:])))


def test_many_articles_are_exported_as_one_table(
    small: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "many.jsonl"
    write_jsonl(file, [BUNDLED, BUNDLED])
    records = rows_of(exported(capsys, "--to", "records", small, str(file)))
    assert records == [
        {name: value or "" for name, value in row.items()} for row in interop.to_records([SMALL, BUNDLED, BUNDLED])
    ]


def test_many_articles_are_exported_as_one_page(small: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "many.jsonl"
    write_jsonl(file, [BUNDLED, BUNDLED])
    assert exported(capsys, "--to", "html", small, str(file)) == interop.to_html([SMALL, BUNDLED, BUNDLED])
    assert exported(capsys, "--to", "html", small) == interop.to_html(SMALL)


@pytest.mark.parametrize("form", ["jsonld", "stix", "jsonl"])
def test_many_articles_are_exported_a_line_each(
    form: str, small: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "many.jsonl"
    write_jsonl(file, [BUNDLED, BUNDLED])
    lines = exported(capsys, "--to", form, str(file), small).splitlines()
    assert lines[0] == lines[1]
    assert [type(json.loads(line)) for line in lines] == [dict] * 3
    assert exported(capsys, "--to", form, small) == lines[2] + "\n"


@pytest.mark.parametrize("command", [["show"], ["validate"], ["lint"], ["export", "--to", "jsonl"]], ids=" ".join)
def test_files_that_hold_nothing_at_all_are_an_error(command: list[str], small: str, tmp_path: Path, run: Run) -> None:
    nothing = written(tmp_path / "none.jsonl", "\n")
    assert f"{nothing}: $: found no article, expected one at least [json]\n" in "".join(
        run(*command, nothing, nothing, code=1)
    )
    assert main([*command, nothing, small]) == 0


def test_an_export_of_nothing_writes_no_file(tmp_path: Path) -> None:
    target = tmp_path / "target.jsonl"
    assert main(["export", "--to", "jsonl", "--output", str(target), written(tmp_path / "none.jsonl", "")]) == 1
    assert not target.exists()


def test_of_nothing_the_numbers_of_a_validation_are_right(tmp_path: Path, run: Run) -> None:
    assert run("validate", written(tmp_path / "none.jsonl", ""), code=1).err == "0 valid, 1 invalid\n"
    assert run("validate", str(tmp_path / "nowhere.jsonl"), code=1).err.endswith("0 valid, 0 invalid\n")


def test_no_cell_of_an_exported_table_is_a_formula(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    article = attrs.evolve(SMALL, title='=HYPERLINK("x")')
    shown = exported(capsys, "--to", "records", written(tmp_path / "formula.json", to_json(article)))
    assert {row["article_title"] for row in rows_of(shown)} == {'\'=HYPERLINK("x")'}


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_has_a_function_and_writes_an_article_by_it(
    form: str, small: str, tmp_path: Path, run: Run
) -> None:
    if FORMATS[form].is_binary:
        pytest.importorskip("pyarrow")
    output = tmp_path / "output"
    assert run("export", "--to", form, "-o", str(output), small).out == ""
    files = list(output.iterdir()) if output.is_dir() else [output]
    assert all(file.stat().st_size for file in files)
    assert callable(FORMATS[form].load())


def test_records_open_in_a_spreadsheet_as_the_files_of_csv_do(
    small: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], run: Run
) -> None:
    run("export", "--to", "csv", "--output", str(tmp_path), small)
    shown = exported(capsys, "--to", "records", small)
    like = (tmp_path / "statements.csv").read_text(encoding="utf-8")
    assert shown[:2] == like[:2] == '\ufeff"'
    quoted_cells = [re.sub('"[^"]*"', "", line) for line in (*shown[1:].splitlines(), *like[1:].splitlines())]
    assert {cell for line in quoted_cells for cell in line.split(",")} == {""}
    file = tmp_path / "records.csv"
    assert exported(capsys, "--to", "records", "--output", str(file), small) == ""
    assert file.read_bytes() == shown.encode()


def test_stix_leaves_out_articles_in_which_nobody_is_and_says_how_many(small: str, tmp_path: Path, run: Run) -> None:
    file = tmp_path / "many.jsonl"
    write_jsonl(file, [Article(id="a"), SMALL, Article(id="b", title="Nothing")])
    assert run("export", "--to", "stix", str(file)) == (
        f"{json.dumps(interop.to_stix(SMALL), ensure_ascii=False)}\n",
        "1 article written; 2 left out, with neither actors nor statements\n",
    )
    assert run("export", "--to", "stix", small).err == "1 article written\n"
    assert len(run("export", "--to", "jsonl", str(file)).out.splitlines()) == 3


def test_the_bundled_article_is_exported_where_a_file_may_stand(small: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert from_json(exported(capsys, "--to", "jsonl", "--bundled")) == BUNDLED
    lines = exported(capsys, "--to", "jsonl", small, "--bundled", small, "--bundled").splitlines()
    assert list(map(from_json, lines)) == [SMALL, BUNDLED, SMALL, BUNDLED]


def test_an_export_can_go_to_a_file(small: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert exported(capsys, "--to", "mermaid", "--output", str(tmp_path / "picture.mmd"), small) == ""
    assert (tmp_path / "picture.mmd").read_text(encoding="utf-8") == interop.to_mermaid(SMALL)


def test_an_export_that_fails_leaves_the_older_file(wrong: str, tmp_path: Path, run: Run) -> None:
    file = written(tmp_path / "older.jsonl", "older")
    assert run("export", "--to", "jsonl", "--output", file, wrong, code=1).err.startswith(f"{wrong}:1:")
    assert Path(file).read_text(encoding="utf-8") == "older"


def test_an_export_to_csv_fills_a_folder(small: str, tmp_path: Path, run: Run) -> None:
    assert run("export", "--to", "csv", "--output", str(tmp_path / "tables"), small) == ("", "1 article written\n")
    assert list(interop.read_csv(tmp_path / "tables")) == [SMALL]


def test_an_export_to_csv_names_file_and_line_of_an_id_that_repeats(small: str, tmp_path: Path, run: Run) -> None:
    lines, folder = tmp_path / "lines.jsonl", tmp_path / "tables"
    write_jsonl(lines, [Article(id="a"), SMALL])
    message = "found 'small' again, expected an id that no article before it has;"
    _, err = run("export", "--to", "csv", "--output", str(folder), small, str(lines), code=1)
    assert err == f"{lines}:2: $.id: {message} {small} has it too [duplicate_id]\n"
    assert not list(folder.glob("*"))
    assert run("export", "--to", "jsonl", small, str(lines)).out.count('"id":"small"') == 2


def test_an_export_to_csv_does_not_go_to_a_file(small: str, run: Run) -> None:
    assert (
        f"writes several files into a folder, and {small} is not a folder"
        in run("export", "--to", "csv", "--output", small, small, code=2).err
    )
    assert from_json(Path(small).read_bytes()) == SMALL


@pytest.mark.parametrize(
    ("articles", "message"),
    [
        ([], "found no article, expected one at least [json]"),
        (
            [BUNDLED, SMALL],
            "found a second article, expected one for this format: export the articles one by one, or --to html [type]",
        ),
    ],
    ids=["none", "two"],
)
def test_a_format_for_one_article_takes_no_other_number(
    articles: list[Article], message: str, tmp_path: Path, run: Run
) -> None:
    file = tmp_path / "some.jsonl"
    write_jsonl(file, articles)
    assert run("export", "--to", "svg", str(file), code=1) == ("", f"{file}{':2' if articles else ''}: $: {message}\n")


def test_of_several_files_that_hold_an_article_too_many_it_is_named(
    small: str, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(to_json(SMALL).encode())))
    assert run("export", "--to", "json", small, "-", code=1).err.startswith("<stdin>: $: found a second article")


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"], ["nonsense", "--help"], [""], ["x" * 5000], ["a\x1b[2J"], ["show"], ["show", "--nonsense"],
        ["show", "-", "-"], ["validate"], ["validate", "--format", "xml", "-"], ["schema", "--bundled"],
        ["anchor", "--bundled"], ["anchor", "copy.txt", "--bundled", "--output", "--bundled"],
        ["export", "--to", "--bundled"], ["export", "--to", "json"],
        ["export", "--to", "json", "--bundled", "--output", "--bundled"], ["--vers"], ["anchor", "-", "-"], ["export"],
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


def test_the_version_is_that_of_the_package(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.metadata.version", lambda name: f"1.2.3 of {name}")
    assert run("--version").out == "geoclaims 1.2.3 of geoclaims\n"


def test_without_a_package_there_is_no_version(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from importlib import metadata

    def version(name: str) -> str:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "version", version)
    assert run("--version").out == "geoclaims (not installed)\n"


ASCII_ONLY = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii:strict"}


def test_input_and_output_are_utf_8_whatever_the_locale() -> None:
    shown = geoclaims("show", "-", input=to_json(SMALL).encode(), env={**os.environ, **ASCII_ONLY})
    assert (shown.returncode, shown.stderr) == (0, b"")
    assert "also “The Capital”, “中国”" in shown.stdout.decode()


def test_a_name_that_is_not_utf_8_is_shown_as_escapes(tmp_path: Path) -> None:
    try:
        (tmp_path / os.fsdecode(b"\xff.json")).write_bytes(b"[]")
    except OSError:
        pytest.skip("this file system has no such names")
    checked = geoclaims("validate", os.fsdecode(b"\xff.json"), os.fsdecode(b"\xfe.json"), cwd=tmp_path)
    assert checked.returncode == 1
    assert checked.stdout.decode().startswith("\\udcff.json:1:1: $: ")
    assert checked.stderr.startswith(b"geoclaims: \\udcfe.json: ")


def test_without_a_terminal_nothing_is_styled_and_no_progress_is_told(run: Run) -> None:
    shown = run()
    assert "\x1b" not in shown.out
    assert shown.err == ""


posix = pytest.mark.skipif(os.name != "posix", reason="needs the shell of POSIX")


def in_shell(script: str, **options: Any) -> subprocess.CompletedProcess[str]:
    """What a shell says and returns, with `geoclaims` for the command line."""
    script = f'geoclaims() {{ "{sys.executable}" -m geoclaims "$@"; }}\n{script}'
    options = {"stdin": subprocess.DEVNULL, "capture_output": True, "encoding": "utf-8", **options}
    return subprocess.run(["sh", "-c", script], check=False, **options)


@posix
@pytest.mark.parametrize("arguments", ["--help", "show many.jsonl"])
def test_output_that_nobody_reads_to_its_end_is_no_error(arguments: str, tmp_path: Path) -> None:
    (tmp_path / "many.jsonl").write_text(f"{to_json(BUNDLED)}\n" * 20, encoding="utf-8")
    # without a reader from the start, so that also the shortest output has none
    piped = in_shell(f"{{ sleep 0.2; geoclaims {arguments}; echo $? >&2; }} | true", cwd=tmp_path)
    assert piped.stderr == "141\n"


@posix
def test_output_that_cannot_be_written_is_told() -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no device here is always full")
    full = in_shell("geoclaims >/dev/full; echo $?")
    assert (full.stdout, full.stderr) == ("1\n", "geoclaims: No space left on device\n")


@posix
def test_a_report_that_cannot_be_written_ends_a_command(tmp_path: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no device here is always full")
    (tmp_path / "wrong.jsonl").write_text("{}\n" * 1_000, encoding="utf-8")
    full = in_shell("geoclaims validate wrong.jsonl >/dev/full; echo $?", cwd=tmp_path)
    assert (full.stdout, full.stderr) == ("1\n", "geoclaims: No space left on device\n")
    full = in_shell("geoclaims import --from claim-review wrong.jsonl 2>/dev/full; echo $?", cwd=tmp_path)
    assert full.stdout in {"1\n", "120\n"}  # Python ends with 120 if standard error cannot be written at the very end


@posix
def test_closed_streams_are_no_crash(small: str) -> None:
    closed = in_shell("geoclaims show - <&-; echo $?")
    assert (closed.stdout, closed.stderr) == ("1\n", "geoclaims: <stdin>: Bad file descriptor\n")
    assert in_shell(f"geoclaims validate nowhere {small} 2>&-; echo $?").stdout == "1\n"


@posix
@pytest.mark.parametrize("arguments", ["--help", "export --to json --bundled"])
def test_output_to_a_closed_stream_is_an_error(arguments: str) -> None:
    failed = in_shell(f"geoclaims {arguments} >&-; echo $? >&2")
    assert failed.stderr == "geoclaims: standard output is closed\n1\n"


ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "reference" / "command-line.md"


@posix
@pytest.mark.slow
def test_the_documentation_shows_what_is_printed(tmp_path: Path) -> None:
    harbour = "The rebels, the navy says, mined the harbour."
    mined = Allegation(
        id="mined",
        speaker="navy",
        content="The rebels mined the harbour.",
        accused=["rebels"],
        spans=[Span.of(harbour, 0, len(harbour) - 1)],
    )
    actors = [Actor(id="navy", name="the navy"), Actor(id="rebels", name="the rebels")]
    article = Article(id="harbour", actors=actors, statements=[mined])
    written(tmp_path / "harbour.json", to_json(article))
    text = PAGE.read_text(encoding="utf-8")
    environment = {name: value for name, value in os.environ.items() if name != "COLUMNS"}
    for block in re.findall(r"(?<=```console\n).*?(?=```)", text, re.DOTALL):
        for command, expected in re.findall(r"^\$ ((?:.*\\\n)*.*\n)((?:(?!\$ ).*\n)*)", block, re.MULTILINE):
            shown = in_shell(f"exec 2>&1\n{command}", cwd=tmp_path, env=environment).stdout
            assert (command, shown) == (command, expected)


def test_the_readme_shows_what_is_printed(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    assert main([]) == 0
    (shown,) = re.findall(r"(?<=```text\n).*?(?=```)", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    assert shown in capsys.readouterr().out


def test_the_readme_leads_to_files_that_are_there() -> None:
    links = re.findall(r"\]\(([^)]*)\)", (ROOT / "README.md").read_text(encoding="utf-8"))
    files = [link.partition("#")[0] for link in links if not link.startswith("https://")]
    assert [file for file in files if not (ROOT / file).is_file()] == []


COMMAND = "::stop-commands::x ##[set-output name=a]b ##vso[task.x]c"


@pytest.mark.parametrize("columns", ["24", "80"])
@pytest.mark.parametrize(
    "command",
    [
        ["show", "##[a].json"],
        ["validate", "##[b].json", "##[none].json"],
        ["lint", "##[a].json"],
        ["compare", "##[a].json", "##[c].json"],
        ["anchor", "##[none].txt", "##[a].json"],
        ["anchor", "##[a].txt", "##[b].json"],
        ["import", "--from", "claim-review", "##[b].json"],
        ["##[none].json"],
        ["show", "--##[a]"],
    ],
    ids=" ".join,
)
def test_no_line_of_text_is_a_command_to_a_runner_that_logs_it(
    command: list[str],
    columns: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", columns)
    claim = Allegation(
        id="s",
        speaker="a",
        content=COMMAND,
        accused=["a"],
        quotes=[COMMAND],
        cue=f"{COMMAND}!",
        spans=[Span.of(COMMAND, 0, len(COMMAND))],
    )
    article = Article(id="x", title=COMMAND, actors=[Actor(id="a", name=COMMAND)], statements=[claim], text=COMMAND)
    Path("##[a].txt").write_text(COMMAND, encoding="utf-8")
    Path("##[a].json").write_text(to_json(article), encoding="utf-8")
    Path("##[c].json").write_text(to_json(article.with_changes("a", name=f"  {COMMAND}")), encoding="utf-8")
    Path("##[b].json").write_text(
        json.dumps({COMMAND: COMMAND, "id": COMMAND, "claimReview": [COMMAND]}), encoding="utf-8"
    )
    main(command)
    lines = [line for stream in capsys.readouterr() for line in stream.splitlines()]
    assert [line for line in lines if "x3a:" in line or "x23#[" in line]
    assert not [line for line in lines if re.match(r"\s*::", line) or re.search(r"##\w*\[", line)]
