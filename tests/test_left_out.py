"""What of one's data is not in a result is said on one page; these are its promises that no example there shows."""

from __future__ import annotations

import copy
import csv
import inspect
import pickle
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import attrs
import pytest

import geoclaims
from geoclaims import (
    Actor,
    Article,
    PartialDate,
    Statement,
    annotation,
    from_dict,
    from_json,
    interop,
    make_converter,
    read_jsonl,
    strategies,
    to_dict,
    to_json,
    write_jsonl,
)
from geoclaims._command_line import main
from geoclaims._command_line.formats import FORMATS

PAGE = Path(__file__).parents[1] / "docs" / "reference" / "left-out.md"
MODULES: tuple[Any, ...] = (geoclaims, annotation, interop)
FUNCTIONS = {
    *(name for module in MODULES for name in module.__all__ if inspect.isfunction(getattr(module, name))),
    *(name for name, value in vars(Article).items() if name[0] != "_" and isinstance(value, type(main) | property)),
    *("articles", "invalid_documents", "PartialDate.parse", "PartialDate.of"),
}


@pytest.fixture(scope="module")
def page() -> str:
    return PAGE.read_text(encoding="utf-8")


def test_the_page_says_of_every_function_what_it_leaves_out(page: str) -> None:
    assert [name for name in sorted(FUNCTIONS) if f"`{name}`" not in page] == []


def through_lines(article: Article, folder: Path) -> Iterable[Article]:
    write_jsonl(folder / "claims.jsonl.gz", [article])
    return read_jsonl(folder / "claims.jsonl.gz")


def through_csv(article: Article, folder: Path) -> Iterable[Article]:
    interop.write_csv(folder, [article])
    return interop.read_csv(folder)


def through_arrow(article: Article, _: Path) -> Iterable[Article]:
    pytest.importorskip("pyarrow")
    return interop.from_arrow(interop.to_arrow([article]))


def through_arrow_batches(article: Article, _: Path) -> Iterable[Article]:
    pytest.importorskip("pyarrow")
    return interop.from_arrow(interop.to_arrow_batches([article]))


WAYS: dict[str, Callable[[Article, Path], Iterable[Article]]] = {
    "dictionary": lambda article, _: [from_dict(to_dict(article))],
    "JSON": lambda article, _: [from_json(to_json(article))],
    "JSON Lines": through_lines,
    "CSV": through_csv,
    "Arrow": through_arrow,
    "batches of Arrow": through_arrow_batches,
    "cattrs": lambda article, _: [make_converter().structure(make_converter().unstructure(article), Article)],
    "pickle": lambda article, _: [pickle.loads(pickle.dumps(article))],  # noqa: S301 - our own
    "copy": lambda article, _: [copy.deepcopy(article)],
}


@pytest.mark.parametrize("way", WAYS)
def test_there_and_back_nothing_is_left_out(way: str, golden: Article, tmp_path: Path) -> None:
    assert list(WAYS[way](golden, tmp_path)) == [golden]


IDS: dict[str, Callable[[Article], Any]] = {
    "to_records": lambda article: [record["id"] for record in interop.to_records([article])],
    "to_jsonld": lambda article: [node.get("identifier") for node in interop.to_jsonld(article)["@graph"]],
    "to_stix": lambda article: [
        reference.get("external_id")
        for thing in interop.to_stix(article)["objects"]
        for reference in thing.get("external_references", ())
    ],
}


@pytest.mark.parametrize("name", IDS)
def test_every_statement_is_in_each_format_of_statements(name: str, golden: Article) -> None:
    assert {statement.id for statement in golden.statements} <= set(IDS[name](golden))


@pytest.mark.parametrize("name", ["to_jsonld", "to_stix"])
def test_every_actor_is_in_each_format_that_is_said_to_have_them(name: str, golden: Article) -> None:
    silent = attrs.evolve(golden, actors=[*golden.actors, Actor(id="silent", name="nobody")])
    assert {actor.id for actor in silent.actors} <= set(IDS[name](silent))


def test_an_article_without_statements_and_an_actor_without_part_give_no_row() -> None:
    silent, lin = Actor(id="silent", name="a silent one"), Actor(id="lin", name="Lin")
    assert list(interop.to_records(Article(id="empty", actors=[silent]))) == []
    said = Statement(id="said", speaker="lin", content="It rained.")
    (row,) = interop.to_records(Article(id="one", actors=[silent, lin], statements=[said]))
    assert "a silent one" not in row.values()


def test_a_picture_leaves_out_who_has_no_part_in_what_is_alleged_denied_or_confirmed() -> None:
    lin = Actor(id="lin", name="Lin")
    said = Statement(id="said", speaker="lin", content="It rained.")
    assert "Lin" not in interop.to_mermaid(Article(id="one", actors=[lin], statements=[said]))


def test_other_files_in_a_folder_are_not_read_and_blank_rows_are_none(golden: Article, tmp_path: Path) -> None:
    interop.write_csv(tmp_path, [golden])
    (tmp_path / "notes.csv").write_text("id\nanother\n", encoding="utf-8")
    with (tmp_path / "actors.csv").open("a", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([[], ["", ""]])
    assert list(interop.read_csv(tmp_path)) == [golden]


def test_a_time_of_day_and_a_zone_are_left_out_of_a_date() -> None:
    for text in ("9 April 2025 10:30", "2025-04-09T23:30:00-05:00", "2025-04-09T00:30:00+09:00"):
        assert PartialDate.parse(text) == PartialDate(2025, 4, 9)


@pytest.mark.parametrize("name", [name for name, form in FORMATS.items() if form.articles == "one"])
def test_a_format_of_one_article_takes_no_more(
    name: str, golden: Article, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = attrs.evolve(golden, id="other")
    write_jsonl(tmp_path / "two.jsonl", [golden, other])
    assert main(["export", "--to", name, str(tmp_path / "two.jsonl")]) != 0
    assert capsys.readouterr().out == ""


def test_strategies_that_are_named_on_the_page_are_there() -> None:
    assert {"articles", "invalid_documents"} <= set(strategies.__all__)
