"""The command line reads links beside articles, from files of their own or a folder of tables, as one corpus."""

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
from typing import Any

import attrs
import pytest
from hypothesis import given, settings, strategies as st

from geoclaims import Actor, Article, Statement, ValidationError, to_json, write_jsonl
from geoclaims._command_line import main
from geoclaims._command_line.formats import FORMATS
from geoclaims.corpus import Corpus, Link, LinkKind
from geoclaims.interop import read_csv, write_csv
from geoclaims.strategies import corpora
from tests.conftest import Run
from tests.places import ARTICLE

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


def written(folder: Path, form: str, corpus: Corpus) -> tuple[list[Path], list[Path]]:
    """Write a corpus to files of articles and of links: as JSON Lines, one a file, or a table, also in a folder."""
    articles, links = folder / "articles.jsonl", folder / f"links.{form}"
    write_jsonl(articles, corpus)
    if form in {"jsonl", "ndjson.gz"}:
        write_jsonl(links, corpus.links)
        return [articles], [links]
    if form == "txt":
        files = [folder / f"{number}.txt" for number, _ in enumerate(corpus.links)]
        for file, link in zip(files, corpus.links, strict=True):
            file.write_text(to_json(link), encoding="utf-8")
        return [articles], files
    write_csv(folder, corpus)
    return ([folder], []) if form == "folder" else ([articles], [*folder.glob("links.csv")])


@settings(max_examples=FEW)
@given(corpora(), st.sampled_from(["jsonl", "ndjson.gz", "txt", "csv", "folder"]), st.randoms(use_true_random=False))
def test_articles_and_links_are_one_corpus_in_whatever_files_they_are(corpus: Corpus, form: str, random: Any) -> None:
    with tempfile.TemporaryDirectory() as name:
        files, of_links = written(folder := Path(name), form, corpus)
        if not corpus.articles:
            return
        random.shuffle(of_links)
        words: list[str | Path] = [*files]
        for file in of_links:
            words += ["--links", file]
        output_of("validate", *words, code=0)
        output_of("export", "--to", "csv", "-o", folder / "out", *words, code=0)
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
def test_what_validate_says_of_links_is_what_a_corpus_says(corpus: Corpus, data: st.DataObject) -> None:
    articles = [*corpus.articles, ARTICLE, attrs.evolve(ARTICLE, id="again")]
    ends = st.sampled_from([*references(articles), "away/x", *(f"{article.id}/x" for article in articles)])
    drawn = st.tuples(st.sampled_from(LinkKind), ends, ends).filter(lambda link: link[1] != link[2])
    more = [Link(kind=kind, source=source, target=target) for kind, source, target in data.draw(st.lists(drawn))]
    more += contradicting(ARTICLE)
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
        options: list[str | Path] = ["--format", "json", "--links", files[1], "--links", files[2]]
        report = json.loads(output_of("validate", files[0], *options, code=int(bool(expected))))
    found = [
        (Path(document["file"]).name, document["line"], issue["code"], issue["pointer"])
        for document in report
        for issue in document["issues"]
    ]
    assert found == expected


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Two articles."""
    files = [tmp_path / "monday.json", tmp_path / "friday.json"]
    for file, article in zip(files, ARTICLES, strict=True):
        file.write_text(to_json(article), encoding="utf-8")
    return files


@pytest.fixture
def links(tmp_path: Path) -> Path:
    """A file with a link."""
    write_jsonl(file := tmp_path / "links.jsonl", [SAME])
    return file


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
def test_commands_and_formats_that_read_no_links_have_no_option_for_them(
    command: list[str], files: list[Path], links: Path, tmp_path: Path, run: Run
) -> None:
    words = [word.format(files[0], tmp_path / "out") for word in command]
    assert "--links" in run(*words, files[1], "--links", links, code=2).err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("form", [name for name, form in FORMATS.items() if form.takes_links])
def test_with_a_wrong_link_nothing_is_exported(
    form: str, files: list[Path], links: Path, tmp_path: Path, run: Run
) -> None:
    write_jsonl(links, [SAME, attrs.evolve(SAME, target="friday/x")])
    out, err = run("export", "--to", form, "-o", tmp_path / "out", *files, "--links", links, code=1)
    assert out == ""
    assert err.startswith(f"{links}:2: $.target: found 'friday/x' ")
    assert not (tmp_path / "out").exists()


def test_of_many_wrong_links_the_first_are_listed_and_others_counted_and_none_is_shown(
    tmp_path: Path, files: list[Path], run: Run
) -> None:
    write_jsonl(
        many := tmp_path / "many.jsonl", [SAME, *(attrs.evolve(SAME, target=f"friday/{i}") for i in range(150))]
    )
    said = run("validate", *files, "--links", many, code=1)
    lines = said.out.splitlines()
    assert len(lines) == 100
    assert said.err == "50 more issues of links not listed\nat most 53 valid, at least 100 invalid, links included\n"
    shown = run("show", *files, "--links", many, code=1)
    assert (shown.out, len(shown.err.splitlines())) == (run("show", *files).out, 101)


@pytest.mark.parametrize("number", range(1, 9))
def test_each_article_that_links_miss_is_named_or_counted(
    number: int, files: list[Path], links: Path, run: Run
) -> None:
    write_jsonl(links, [attrs.evolve(SAME, target=f"away{n}/s") for n in range(number)])
    said = run("validate", *files, "--links", links).err
    more = re.search(r"(\d+) more", said)
    assert len({*re.findall(r"'away\d'", said)}) + int(more[1] if more else 0) == number


def test_to_check_links_no_text_is_kept(links: Path, tmp_path: Path, run: Run) -> None:
    texts = [attrs.evolve(ARTICLES[0], id=f"a{number}", text="Mines. " * 5_000) for number in range(200)]
    write_jsonl(many := tmp_path / "many.jsonl", texts)
    tracemalloc.start()
    try:
        run("validate", many, "--links", links)
        assert tracemalloc.get_traced_memory()[1] < many.stat().st_size / 3
    finally:
        tracemalloc.stop()


def test_an_export_with_links_can_leave_out_the_texts(files: list[Path], links: Path, tmp_path: Path, run: Run) -> None:
    said = run("export", "--to", "csv", "--without-text", "-o", tmp_path / "out", *files, "--links", links)
    assert said.err == "2 articles and 1 link written\n"
    assert list(read_csv(tmp_path / "out")) == [attrs.evolve(article, text=None) for article in ARTICLES]
    assert list(read_csv(tmp_path / "out", Link)) == [SAME]


def test_a_file_of_links_that_is_missing_is_told_after_what_is_wrong_with_articles(
    tmp_path: Path, links: Path, run: Run
) -> None:
    (wrong := tmp_path / "wrong.json").write_text("{}", encoding="utf-8")
    for words in ([wrong, "--links", tmp_path / "missing"], ["--links", links, wrong, tmp_path / "missing"]):
        said = run("validate", *words, code=1)
        assert said.out == run("validate", wrong, code=1).out
        assert said.err == f"geoclaims: {tmp_path / 'missing'}: No such file or directory\n"


@pytest.mark.skipif(not Path("/dev/fd").exists(), reason="pipes have no names here")
def test_links_may_come_through_a_pipe_of_their_own(files: list[Path], links: Path, run: Run) -> None:
    read, write = os.pipe()
    try:
        os.write(write, links.read_bytes())
        os.close(write)
        expected = "3 valid, 0 invalid, links included\n"
        assert run("validate", *files, "--links", f"/dev/fd/{read}").err == expected
    finally:
        os.close(read)
