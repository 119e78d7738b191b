"""The command line reads links beside articles, from files of any form in any order, as one corpus."""

from __future__ import annotations

import io
import json
import os
import re
import tempfile
import tracemalloc
from collections.abc import Iterator, Sequence
from contextlib import redirect_stderr, redirect_stdout
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from hypothesis import given, settings, strategies as st

from geoclaims import Actor, Article, Statement, ValidationError, to_json, write_jsonl
from geoclaims._command_line import main
from geoclaims._command_line.formats import FORMATS
from geoclaims.corpus import Corpus, Link, LinkKind
from geoclaims.interop import read_csv, write_csv
from geoclaims.strategies import corpora

if TYPE_CHECKING:
    from tests.conftest import Run

HE = Actor(id="he", name="He")
ARTICLES = [
    Article(id=id, actors=[HE], statements=[Statement(id="s", speaker="he", content="Mines.")], text="Mines.")
    for id in ("monday", "friday")
]
FEW = max(5, settings().max_examples // 4)
SAME = Link(kind=LinkKind.SAME, source="monday/s", target="friday/s")


def output_of(*command: str | Path, code: int) -> str:
    with redirect_stdout(io.StringIO()) as out, redirect_stderr(io.StringIO()):
        assert main([str(word) for word in command]) == code
    return out.getvalue()


def written(folder: Path, form: str, corpus: Corpus) -> list[Path]:
    """Write a corpus to files: its links as JSON Lines, as single documents, or as a table, also in a folder."""
    articles, links = folder / "articles.jsonl", folder / f"links.{form}"
    write_jsonl(articles, corpus)
    if form in {"jsonl", "ndjson.gz"}:
        write_jsonl(links, corpus.links)
        return [articles, links]
    if form == "json":
        files = [folder / f"{number}.json" for number, _ in enumerate(corpus.links)]
        for file, link in zip(files, corpus.links, strict=True):
            file.write_text(to_json(link, indent=1), encoding="utf-8")
        return [articles, *files]
    write_csv(folder, corpus)
    return [folder] if form == "folder" else [articles, *folder.glob("links.csv")]


@settings(max_examples=FEW)
@given(corpora(), st.sampled_from(["jsonl", "ndjson.gz", "json", "csv", "folder"]), st.randoms(use_true_random=False))
def test_articles_and_links_are_one_corpus_in_whatever_files_they_are(corpus: Corpus, form: str, random: Any) -> None:
    with tempfile.TemporaryDirectory() as name:
        files = written(folder := Path(name), form, corpus)
        random.shuffle(files)
        if not corpus.articles:
            return
        output_of("validate", *files, code=0)
        output_of("export", "--to", "csv", "-o", folder / "out", *files, code=0)
        assert list(read_csv(folder / "out")) == list(corpus.articles)
        links = list(read_csv(folder / "out", Link)) if corpus.links else []
        assert sorted(links, key=to_json) == sorted(corpus.links, key=to_json)


def references(articles: Sequence[Article]) -> list[str]:
    ids = [[*(a.id for a in article.actors), *(s.id for s in article.statements)] for article in articles]
    return [f"{article.id}/{id}" for article, several in zip(articles, ids, strict=True) for id in several]


def contradicting(article: Article) -> Iterator[Link]:
    """Links that call all the same that it refers to, in any field, and nothing the same as its copy."""
    things: list[Actor | Statement] = [*article.actors, *article.statements]
    for one, other in product(things, repeat=2):
        if one is other:
            yield Link(kind=LinkKind.DISTINCT, source=f"{article.id}/{one.id}", target=f"again/{one.id}")
        elif repr(other.id) in repr(one):
            yield Link(kind=LinkKind.SAME, source=f"again/{one.id}", target=f"again/{other.id}")


@settings(max_examples=FEW)
@given(corpora(), st.data())
def test_what_validate_says_of_links_is_what_a_corpus_says(
    golden: Article, corpus: Corpus, data: st.DataObject
) -> None:
    articles = [*corpus.articles, golden, attrs.evolve(golden, id="again")]
    ends = st.sampled_from([*references(articles), "away/x", *(f"{article.id}/x" for article in articles)])
    drawn = st.tuples(st.sampled_from(LinkKind), ends, ends).filter(lambda link: link[1] != link[2])
    more = [Link(kind=kind, source=source, target=target) for kind, source, target in data.draw(st.lists(drawn))]
    more += contradicting(golden)
    links = [link for link in (*corpus.links, *more) if "away/x" not in {link.source, link.target}]
    expected: list[tuple[str, int | None, str, str]] = []
    try:
        Corpus(articles=articles, links=links)
    except ValidationError as error:
        for issue in error.issues:
            section, place, *rest = issue.path
            expected.append((f"{section}.jsonl", int(place) + 1, issue.code, "".join(f"/{step}" for step in rest)))
    with tempfile.TemporaryDirectory() as name:
        files = [Path(name, "articles.jsonl"), Path(name, "links.jsonl"), Path(name, "more.jsonl")]
        write_jsonl(files[0], articles)
        write_jsonl(files[1], links)
        write_jsonl(files[2], [link for link in more if link not in links])
        report = json.loads(output_of("validate", "--format", "json", *files, code=int(bool(expected))))
    found = [
        (Path(document["file"]).name, document["line"], issue["code"], issue["pointer"])
        for document in report
        for issue in document["issues"]
    ]
    assert found == expected


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """An article, a link, and another article."""
    files = [tmp_path / name for name in ("monday.json", "links.jsonl", "friday.json")]
    for file, content in zip(files, (ARTICLES[0], SAME, ARTICLES[1]), strict=True):
        file.write_text(to_json(content), encoding="utf-8")
    return files


@pytest.mark.parametrize(
    "command",
    [
        ["lint"],
        ["compare", "{0}"],
        ["anchor", "{0}.txt"],
        *(["export", "--to", name, "-o", "{1}"] for name, form in FORMATS.items() if not form.takes_links),
    ],
    ids=" ".join,
)
@pytest.mark.parametrize("form", ["jsonl", "csv"])
def test_links_are_refused_where_none_can_be_read(
    command: list[str], form: str, files: list[Path], tmp_path: Path, run: Run
) -> None:
    if "parquet" in command:
        pytest.importorskip("pyarrow")
    if form == "csv":
        files[1].write_text("kind;target;source\n", encoding="utf-8")
    Path(f"{files[0]}.txt").write_text("Mines.", encoding="utf-8")
    words = [word.format(files[0], tmp_path / "out") for word in command]
    assert f"geoclaims: {files[1]} holds links; show, validate" in run(*words, files[1], code=2).err
    assert not (tmp_path / "out").exists()


def test_of_many_wrong_links_the_first_are_listed_and_others_counted(
    tmp_path: Path, files: list[Path], run: Run
) -> None:
    write_jsonl(many := tmp_path / "many.jsonl", [attrs.evolve(SAME, target=f"friday/{i}") for i in range(150)])
    said = run("validate", *files, many, code=1)
    lines = said.out.splitlines()
    assert len(lines) == 100
    assert said.err == "50 more issues of links not listed\nat most 53 valid, at least 100 invalid, links included\n"


@pytest.mark.parametrize("number", range(1, 9))
def test_each_article_that_links_miss_is_named_or_counted(number: int, files: list[Path], run: Run) -> None:
    write_jsonl(files[1], [attrs.evolve(SAME, target=f"away{n}/s") for n in range(number)])
    said = run("validate", *files).err
    more = re.search(r"(\d+) more", said)
    assert len({*re.findall(r"'away\d'", said)}) + int(more[1] if more else 0) == number


def test_to_check_links_no_text_is_kept(files: list[Path], tmp_path: Path, run: Run) -> None:
    texts = [attrs.evolve(ARTICLES[0], id=f"a{number}", text="Mines. " * 5_000) for number in range(200)]
    write_jsonl(many := tmp_path / "many.jsonl", texts)
    tracemalloc.start()
    try:
        run("validate", *files, many)
        assert tracemalloc.get_traced_memory()[1] < many.stat().st_size / 3
    finally:
        tracemalloc.stop()


def test_an_export_with_links_can_leave_out_the_texts(files: list[Path], tmp_path: Path, run: Run) -> None:
    said = run("export", "--to", "csv", "--without-text", "-o", tmp_path / "out", *files)
    assert said.err == "2 articles and 1 link written\n"
    assert list(read_csv(tmp_path / "out")) == [attrs.evolve(article, text=None) for article in ARTICLES]
    assert list(read_csv(tmp_path / "out", Link)) == [SAME]


def test_a_file_that_is_missing_or_unreadable_is_told_when_it_is_reached(tmp_path: Path, run: Run) -> None:
    (wrong := tmp_path / "wrong.json").write_text("{}", encoding="utf-8")
    for missing in (tmp_path / "missing", f"{tmp_path}\0"):
        said = run("validate", wrong, missing, code=1)
        assert said.out == run("validate", wrong, code=1).out
        assert str(tmp_path) in said.err


@pytest.mark.skipif(not Path("/dev/fd").exists(), reason="pipes have no names here")
def test_links_may_come_through_a_pipe_of_their_own(files: list[Path], run: Run) -> None:
    read, write = os.pipe()
    try:
        os.write(write, files[1].read_bytes())
        os.close(write)
        expected = "3 valid, 0 invalid, links included\n"
        assert run("validate", files[0], f"/dev/fd/{read}", files[2]).err == expected
    finally:
        os.close(read)


@given(st.text(), st.text(), st.permutations(["kind", "source", "target", "annotator", "basis", "type"]))
def test_the_keys_of_a_link_may_be_in_any_order(annotator: str, basis: str, order: list[str]) -> None:
    fields: dict[str, str | None] = {"type": "link", "kind": "same", "source": "a/s", "target": "b/s"}
    fields |= {"annotator": annotator, "basis": basis or None}
    with tempfile.TemporaryDirectory() as name:
        (file := Path(name, "link")).write_text(json.dumps({key: fields[key] for key in order}), encoding="utf-8")
        output_of("lint", file, code=2)
