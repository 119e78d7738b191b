"""What all functions for other people's formats have in common."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import attrs
import pytest

from geoclaims import Actor, Article, ValidationError, interop, load_article, write_jsonl
from geoclaims.annotation import alpha, compare
from geoclaims.corpus import Corpus
from tests.conftest import imported

MANY: dict[str, Callable[[Any], object]] = {
    "to_records": lambda articles: list(interop.to_records(articles)),
    "to_jsonld": interop.to_jsonld,
    "to_jsonld_text": interop.to_jsonld_text,
    "to_html": interop.to_html,
    "to_arrow": lambda articles: interop.to_arrow(articles).to_pylist(),
    "to_arrow_batches": lambda articles: interop.to_arrow_batches(articles).read_all().to_pylist(),
}


@pytest.fixture(params=[*MANY, "write_csv", "write_jsonl"])
def write(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[Any], object]:
    """A function that writes one article or many."""

    def in_files(articles: Any) -> object:
        (interop.write_csv if request.param == "write_csv" else write_jsonl)(tmp_path / request.param, articles)
        return [path.read_bytes() for path in sorted(tmp_path.rglob("*")) if path.is_file()]

    if request.param.startswith("to_arrow"):
        imported("pyarrow")
    return MANY.get(request.param, in_files)


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


def test_several_articles_are_one_graph_with_every_object_once() -> None:
    some = [load_article(), Article(id="nobody"), attrs.evolve(load_article(), url="https://example.org/")]
    alone = [thing for article in some for thing in interop.to_jsonld(article)["@graph"]]
    assert interop.to_jsonld(iter([*some, some[0]]))["@graph"] == alone
    assert not interop.to_jsonld([])["@graph"]
    with pytest.raises(ValidationError, match=r"\$\[3\]\.id: .*\[duplicate_id\]"):
        interop.to_jsonld([*some, attrs.evolve(some[0], annotator="Bo")])


def test_what_draws_takes_one_article() -> None:
    wrong: Any
    for wrong in (None, "x", {"id": "x"}, [Article(id="x")]):
        with pytest.raises(TypeError, match="Article"):
            interop.to_svg(wrong)


PLACES = ("https://{}@e.example/", "https://a:{}@e.example", "https://a{}/", "https://{}:80", *"/?#")
CHARACTER = "(?:[A-Za-z0-9._~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2})"
REST = rf"(?:\?(?:{CHARACTER}|[/?])*)?(?:#(?:{CHARACTER}|[/?])*)?"
URI = re.compile(rf"[a-z]+://(?:{CHARACTER}*@)?(?:\[::1\]|{CHARACTER}+)(?::[0-9]*)?(?:/{CHARACTER}*)*{REST}")


@pytest.mark.parametrize("place", PLACES)
def test_an_address_of_any_characters_is_a_uri_for_the_same_and_a_uri_stays_as_it_is(place: str) -> None:
    tried = 0
    for piece in (*map(chr, range(0x21, 0x7F)), "é", "例", "😀", "%41", "%4", "%%", "[::1]", "[1::2::3]", "[v1]"):
        url = place.format(piece) if "{" in place else f"https://e.example/{place}{piece}"
        try:
            article = Article(id="x", url=url, actors=[Actor(id="a", name="A")])
        except ValidationError:
            continue
        uri = interop.to_jsonld(article)["@graph"][0]["url"]
        assert URI.fullmatch(uri)
        assert unquote(uri) == unquote(url)
        assert uri == url or not URI.fullmatch(url)
        tried += 1
    assert tried > 50


def test_a_format_is_loaded_when_it_is_first_asked_for() -> None:
    code = (
        "import sys, geoclaims.interop; from geoclaims.interop import to_html; "
        "print(*sorted(name for name in sys.modules if name.startswith('geoclaims.interop.')))"
    )
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert "geoclaims.interop.html" in loaded
    assert not {name.split(".")[2] for name in loaded} & {"tables", "arrow", "schema_org"}


def test_a_name_that_is_not_public_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match=r"no attribute 'to_events'"):
        interop.to_events  # type: ignore[attr-defined]  # noqa: B018
