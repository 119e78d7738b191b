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
from geoclaims import Actor, Article, PartialDate, Statement, annotation, interop
from geoclaims._command_line import main
from geoclaims._command_line.formats import FORMATS

PAGE = (Path(__file__).parents[1] / "docs" / "reference" / "left-out.md").read_text(encoding="utf-8")
MODULES: tuple[Any, ...] = (geoclaims, annotation, interop)
FUNCTIONS = {
    *(name for module in MODULES for name in module.__all__ if inspect.isfunction(getattr(module, name))),
    *(name for name, value in vars(Article).items() if name[0] != "_" and isinstance(value, type(main) | property)),
    *("articles", "invalid_documents", "PartialDate.parse", "PartialDate.of"),
}
LIN = Actor(id="lin", name="Lin")
SAID = Article(id="one", actors=[LIN], statements=[Statement(id="said", speaker="lin", content="It rained.")])


def test_the_page_names_every_function() -> None:
    assert [name for name in sorted(FUNCTIONS) if f"`{name}`" not in PAGE] == []


def through_lines(article: Article, folder: Path) -> Iterable[Article]:
    geoclaims.write_jsonl(folder / "claims.jsonl.gz", [article])
    return geoclaims.read_jsonl(folder / "claims.jsonl.gz")


def through_csv(article: Article, folder: Path) -> Iterable[Article]:
    interop.write_csv(folder, [article])
    return interop.read_csv(folder)


def through_cattrs(article: Article, _: Path) -> Iterable[Article]:
    converter = geoclaims.make_converter()
    return [converter.structure(converter.unstructure(article), Article)]


def through_arrow(article: Article, _: Path) -> Iterable[Article]:
    pytest.importorskip("pyarrow")
    return [*interop.from_arrow(interop.to_arrow([article])), *interop.from_arrow(interop.to_arrow_batches([article]))]


WAYS: dict[str, Callable[[Article, Path], Iterable[Article]]] = {
    "dictionary": lambda article, _: [geoclaims.from_dict(geoclaims.to_dict(article))],
    "JSON": lambda article, _: [geoclaims.from_json(geoclaims.to_json(article))],
    "JSON Lines": through_lines,
    "CSV": through_csv,
    "Arrow": through_arrow,
    "cattrs": through_cattrs,
    "pickle": lambda article, _: [pickle.loads(pickle.dumps(article))],  # noqa: S301 - our own
    "copy": lambda article, _: [copy.deepcopy(article)],
}


@pytest.mark.parametrize("way", WAYS)
def test_there_and_back_nothing_is_left_out(way: str, golden: Article, tmp_path: Path) -> None:
    assert set(WAYS[way](golden, tmp_path)) == {golden}


def test_every_actor_and_statement_is_in_each_format_of_statements_but_silent_actors_in_no_record(
    golden: Article,
) -> None:
    article = attrs.evolve(golden, actors=[*golden.actors, Actor(id="silent", name="a silent one")])
    statements = {statement.id for statement in article.statements}
    everything = statements | {actor.id for actor in article.actors}
    nodes, things = interop.to_jsonld(article)["@graph"], interop.to_stix(article)["objects"]
    assert everything <= {node.get("identifier") for node in nodes}
    assert everything <= {each.get("external_id") for thing in things for each in thing.get("external_references", ())}
    records = list(interop.to_records(article))
    assert {record["id"] for record in records} == statements
    assert "a silent one" not in {value for record in records for value in record.values()}
    assert list(interop.to_records(Article(id="empty", actors=[LIN]))) == []


def test_a_picture_leaves_out_who_has_no_part_in_what_is_alleged_denied_or_confirmed() -> None:
    assert "Lin" not in interop.to_mermaid(SAID)


def test_other_files_in_a_folder_and_blank_rows_are_not_read(golden: Article, tmp_path: Path) -> None:
    interop.write_csv(tmp_path, [golden])
    (tmp_path / "notes.csv").write_text("id\nanother\n", encoding="utf-8")
    with (tmp_path / "actors.csv").open("a", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([[], ["", ""]])
    assert list(interop.read_csv(tmp_path)) == [golden]


def test_a_time_of_day_and_a_zone_are_left_out_of_a_date() -> None:
    for text in ("9 April 2025 10:30", "2025-04-09T23:30:00-05:00", "2025-04-09T00:30:00+09:00"):
        assert PartialDate.parse(text) == PartialDate(2025, 4, 9)


@pytest.mark.parametrize("name", [name for name, form in FORMATS.items() if form.articles == "one"])
def test_a_format_of_one_article_takes_no_more(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    geoclaims.write_jsonl(tmp_path / "two.jsonl", [SAID, attrs.evolve(SAID, id="other")])
    assert main(["export", "--to", name, str(tmp_path / "two.jsonl")]) != 0
    assert capsys.readouterr().out == ""
