"""What all functions for other people's formats have in common."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs
import pytest

from geoclaims import Article, interop, load_article
from geoclaims.annotation import alpha, compare
from geoclaims.corpus import Corpus

MANY: dict[str, Callable[[Any], object]] = {
    "to_records": lambda articles: list(interop.to_records(articles)),
    "to_jsonld": interop.to_jsonld,
    "to_jsonld_text": interop.to_jsonld_text,
    "to_stix": interop.to_stix,
    "to_html": interop.to_html,
    "to_arrow": lambda articles: interop.to_arrow(articles).to_pylist(),
    "to_arrow_batches": lambda articles: interop.to_arrow_batches(articles).read_all().to_pylist(),
}


@pytest.fixture(params=[*MANY, "write_csv"])
def write(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[Any], object]:
    """A function that writes one article or many."""

    def write_csv(articles: Any) -> object:
        interop.write_csv(tmp_path, articles)
        return [path.read_bytes() for path in sorted(tmp_path.iterdir())]

    if request.param.startswith("to_arrow"):
        pytest.importorskip("pyarrow", reason="the extra arrow is not installed")
    return MANY.get(request.param, write_csv)


def test_what_writes_takes_one_article_or_many(write: Callable[[Any], object]) -> None:
    article = load_article()
    assert write(article) == write([article]) == write(iter([article]))
    assert write([article, attrs.evolve(article, id="other")]) != write(article)


def test_a_corpus_stands_for_its_articles(write: Callable[[Any], object]) -> None:
    articles = [load_article(), Article(id="other")]
    assert write(Corpus(articles=articles)) == write(articles)


def test_a_corpus_is_not_compared() -> None:
    corpus: Any = Corpus(articles=[load_article()])
    for compared in (lambda: compare(corpus, corpus), lambda: alpha(corpus)):
        with pytest.raises(TypeError, match="type Corpus"):
            compared()


@pytest.mark.parametrize(
    "wrong", [None, 3, "x", "", b"", {}, {"id": "x"}, [Article(id="x"), "x"], ["x"], [[]]], ids=repr
)
def test_what_are_no_articles_are_a_type_error(write: Callable[[Any], object], wrong: object) -> None:
    with pytest.raises(TypeError, match="Article"):
        write(wrong)


def test_what_draws_takes_one_article() -> None:
    wrong: Any
    for wrong in (None, "x", {"id": "x"}, [Article(id="x")]):
        with pytest.raises(TypeError, match="Article"):
            interop.to_svg(wrong)


def test_a_format_is_loaded_when_it_is_first_asked_for() -> None:
    code = (
        "import sys, geoclaims.interop; from geoclaims.interop import to_html; "
        "print(*sorted(name for name in sys.modules if name.startswith('geoclaims.interop.')))"
    )
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert "geoclaims.interop.html" in loaded
    assert not {name.split(".")[2] for name in loaded} & {"tables", "arrow", "stix", "schema_org", "fact_checks"}


def test_a_name_that_is_not_public_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match=r"no attribute 'to_events'"):
        interop.to_events  # type: ignore[attr-defined]  # noqa: B018
