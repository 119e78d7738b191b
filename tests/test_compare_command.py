from __future__ import annotations

import io
import json
import re
import sys
from pathlib import Path
from typing import Any

import attrs
import pytest
from sybil import Document
from sybil.parsers.myst import PythonCodeBlockParser

from geoclaims import Actor, Article, Span, Statement, load_article, to_json, write_jsonl
from geoclaims._command_line import main
from geoclaims.annotation import alpha, compare
from tests.conftest import Run

GUIDE = Path(__file__).parents[1] / "docs" / "study" / "compare-two-annotators.md"
TEXT = "The navy said that mines lay in the port. Sudria replied that it knew of none."
ACTORS = (Actor(id="navy", name="The navy"), Actor(id="sudria", name="Sudria"))
SAID = Statement(id="said", speaker="navy", content="Mines lie in the port.", spans=[Span.of(TEXT, 0, 40)])
KNEW = Statement(id="knew", speaker="sudria", content="It knows of none.", spans=[Span.of(TEXT, 42, 77)])
ARTICLE = Article(id="port", actors=ACTORS, statements=[SAID, KNEW], text=TEXT)
OTHER = attrs.evolve(ARTICLE, id="harbour", statements=[attrs.evolve(SAID, id="s", speaker="sudria")])
Capture = pytest.CaptureFixture[str]


@pytest.fixture
def one(tmp_path: Path) -> str:
    return written(tmp_path / "one.json", ARTICLE)


@pytest.fixture
def other(tmp_path: Path) -> str:
    return written(tmp_path / "other.json", OTHER)


def written(path: Path, *articles: Article) -> str:
    if path.suffix == ".json":
        path.write_text(to_json(articles[0], indent=1), encoding="utf-8")
    else:
        write_jsonl(path, articles)
    return str(path)


def test_two_articles_are_compared_whatever_their_ids_and_scores_are(one: str, other: str, run: Run) -> None:
    page, messages = run("compare", one, other)
    assert page == (
        f"one    {one}\nother  {other}\nalpha  {alpha([ARTICLE, OTHER]):.3f}\n\n{compare(ARTICLE, OTHER)}\n"
    )
    assert "speaker       The navy                          Sudria\n" in page
    assert messages == "the ids of the articles differ: 'port' and 'harbour'\n"
    assert run("compare", one, one).err == ""


def test_the_guide_shows_what_the_command_prints(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    guide = Document.parse(str(GUIDE), PythonCodeBlockParser())
    for example in guide.examples():
        example.evaluate()
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("COLUMNS", raising=False)
    for side in ("a", "b"):
        written(Path(f"{side}.json"), guide.namespace[side][0])
    page = GUIDE.read_text(encoding="utf-8")
    (shown,) = re.findall(r"```console\n\$ geoclaims compare a.json b.json\n(.*?)```", page, re.DOTALL)
    assert run("compare", "a.json", "b.json").out == shown


def test_alpha_is_told_of_two_articles_if_one_has_its_text(tmp_path: Path, one: str, run: Run) -> None:
    bare = attrs.evolve(ARTICLE, text=None)
    assert "alpha  1.000\n" in run("compare", one, written(tmp_path / "bare.json", bare)).out
    nobody = written(tmp_path / "nobody.json", Article(id="port", text=TEXT))
    assert "alpha  –\n" in run("compare", nobody, nobody).out  # all values are the same
    without = written(tmp_path / "without.jsonl", ARTICLE), written(tmp_path / "bare.json", bare)
    for file in without:
        assert "\nalpha" not in run("compare", file, file).out


@pytest.mark.parametrize("width", [70, 160])
def test_a_comparison_is_as_wide_as_the_terminal(
    width: int, one: str, other: str, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    page = run("compare", one, other).out.partition("\n\n")[2]
    assert max(map(len, page.splitlines())) <= width
    assert re.search(f"^speaker       {'The navy':{(width - 16) // 2}}  Sudria$", page, re.MULTILINE)


@pytest.mark.parametrize(("least", "matched"), [("0.5", 0), ("0.2", 1)])
def test_for_programs_the_result_is_json_and_the_least_overlap_can_be_chosen(
    least: str, matched: int, tmp_path: Path, one: str, run: Run
) -> None:
    shorter = attrs.evolve(ARTICLE, statements=[attrs.evolve(SAID, spans=[Span.of(TEXT, 0, 8)])])
    other = written(tmp_path / "shorter.json", shorter)
    found = json.loads(run("compare", one, other, "--least-overlap", least, "--format", "json").out)
    assert found == compare(ARTICLE, shorter, least_overlap=float(least)).to_dict()
    assert found["statements"]["matched"] == matched


@pytest.mark.parametrize("least", ["some", "1.5"])
def test_a_least_overlap_that_is_not_a_share_is_refused(least: str, one: str, run: Run) -> None:
    assert "--least-overlap: " in run("compare", one, one, f"--least-overlap={least}", code=2).err


def test_json_lines_are_joined_by_id_though_they_hold_one_article(tmp_path: Path, one: str, run: Run) -> None:
    for names in ((one, "other.jsonl"), ("one.jsonl", "other.jsonl")):
        files = [
            written(tmp_path / Path(name).name, article) for name, article in zip(names, (ARTICLE, OTHER), strict=True)
        ]
        assert json.loads(run("compare", *files, "--format", "json").out)["articles"]["matched"] == 0
    first = written(tmp_path / "one.jsonl", ARTICLE, OTHER, load_article())
    second = written(tmp_path / "other.jsonl.gz", load_article(), OTHER)
    assert "articles          1.000   0.667   0.800        2         1           0" in run("compare", first, second).out


def test_one_side_may_be_piped_in_and_the_bundled_article_be_either(monkeypatch: Any, one: str, run: Run) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(to_json(OTHER).encode())))
    assert "\nother  <stdin>\n" in run("compare", one, "-").out
    assert "0 differences." in run("compare", "--bundled", "--bundled").out
    assert "standard input can be read only once" in run("compare", "-", "-", code=2).err


def test_nothing_is_compared_where_something_cannot_be_read(tmp_path: Path, one: str, run: Run) -> None:
    wrong = tmp_path / "wrong.jsonl"
    wrong.write_text(f"{{}}\n{to_json(ARTICLE)}\n[]\n", encoding="utf-8")
    out, messages = run("compare", one, str(wrong), code=1)
    assert out == ""
    assert [line.partition(": ")[0] for line in messages.splitlines()] == [f"{wrong}:1:1"] * 2 + [f"{wrong}:3:1"]
    assert "nowhere.json: No such file" in run("compare", one, "nowhere.json", code=1).err
    assert main(["compare", one]) == 2


def test_a_file_without_an_article_is_an_error(tmp_path: Path, one: str, run: Run) -> None:
    empty = written(tmp_path / "empty.jsonl")
    for files in ((one, empty), (empty, one)):
        out, err = run("compare", *files, code=1)
        assert out == ""
        assert err.startswith(f"{empty}: $: ")


def test_what_cannot_be_compared_is_named_by_file_and_line(tmp_path: Path, one: str, run: Run) -> None:
    twice = tmp_path / "twice.jsonl"
    twice.write_text(f"\n{to_json(ARTICLE)}\n\n{to_json(ARTICLE)}\n", encoding="utf-8")
    for files in ((one, str(twice)), (str(twice), one)):
        (message,) = run("compare", *files, code=1).err.splitlines()
        assert message.startswith(f"{twice}:4: $.id: ")
        assert f"{twice}:2 " in message
        assert message.endswith("[duplicate_id]")
    words = attrs.evolve(SAID, spans=[Span.of("Another text.", 0, 7)])
    elsewhere = attrs.evolve(ARTICLE, statements=[words], text="Another text.")
    lines = written(tmp_path / "elsewhere.jsonl", attrs.evolve(ARTICLE, id="first"), elsewhere)
    alone = written(tmp_path / "elsewhere.json", elsewhere)
    corpus = written(tmp_path / "corpus.jsonl", ARTICLE)
    for files, where in (
        ((one, lines), f"{lines}:2"),
        ((lines, corpus), f"{lines}:2"),
        ((one, alone), alone),
        ((alone, one), alone),
    ):
        first, *_ = run("compare", *files, code=1).err.splitlines()
        assert first.startswith(f"{where}: $.statements[0].spans[0]: statement 'said': found it nowhere")
        assert alone not in files or first.endswith(f"; {one} has another text than {alone} [span]")
