"""What of one's data is not in a result is said on one page; these are its promises that no example there shows."""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import Any

import attrs
import pytest

import geoclaims
from geoclaims import Actor, Article, Statement, annotation, interop
from geoclaims._command_line import main
from geoclaims._command_line.formats import FORMATS
from tests.places import ARTICLE

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
    missing = [name for name in sorted(FUNCTIONS) if f"`{name}`" not in PAGE]
    assert not missing, f"docs/reference/left-out.md does not name {missing}"


def test_every_actor_and_statement_is_in_each_format_but_silent_actors_in_no_record() -> None:
    article = attrs.evolve(ARTICLE, actors=[*ARTICLE.actors, Actor(id="silent", name="a silent one")])
    statements = {statement.id for statement in article.statements}
    everything = statements | {actor.id for actor in article.actors}
    assert everything <= {node.get("identifier") for node in interop.to_jsonld(article)["@graph"]}
    records = list(interop.to_records(article))
    assert {record["id"] for record in records} == statements
    assert "a silent one" not in {value for record in records for value in record.values()}
    assert list(interop.to_records(Article(id="empty", actors=[LIN]))) == []


@pytest.mark.parametrize("name", [name for name, form in FORMATS.items() if form.articles == "one"])
def test_a_format_of_one_article_takes_no_more(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    geoclaims.write_jsonl(tmp_path / "two.jsonl", [SAID, attrs.evolve(SAID, id="other")])
    assert main(["export", "--to", name, str(tmp_path / "two.jsonl")]) != 0
    assert capsys.readouterr().out == ""
