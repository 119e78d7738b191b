"""The script of the guide to Spark, over files that Spark cuts in pieces."""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest

from geoclaims import Actor, Allegation, Article, Denial, ValidationError, load_article, read_jsonl, to_json
from geoclaims.interop import from_arrow

SCRIPT = Path(__file__).parents[2] / "docs" / "examples" / "claims_in_spark.py"
WIKIDATA = "http://www.wikidata.org/entity/"
# Blocks so small that a file is read in many, and as few tasks as that allows.
OPTIONS = (
    *("spark.sql.files.maxPartitionBytes=30000", "spark.sql.files.openCostInBytes=0"),
    *("spark.sql.shuffle.partitions=2", "spark.ui.enabled=false"),
)


def article(number: int) -> Article:
    """An article with three allegations against one accused, of which one is denied, by another than the accused."""
    actors = [
        Actor(id="a", name="A", same_as=[f"{WIKIDATA}Q1", f"{WIKIDATA}Q2"]),
        Actor(id="b", name="B", same_as=[f"{WIKIDATA}Q3"]),
        Actor(id="c", name="C"),
    ]
    statements = [
        Allegation(id="one", speaker="b", content="A did one.", accused=["a"]),
        Allegation(id="two", speaker="b", content="A and C did two.", accused=["a", "c"]),
        Allegation(id="three", speaker="c", content="A did three.", accused=["a"]),
        Denial(id="no", speaker="c", content="A did not do two.", denies=["two"]),
        Denial(id="nor", speaker="a", content="C is wrong that two was not done.", denies=["no"]),
    ]
    return Article(id=f"article-{number % 7}", actors=actors, statements=statements, text="x" * (1 + number * 37 % 500))


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of JSON Lines, plain and compressed, among whose lines are bad and blank ones."""
    folder = tmp_path_factory.mktemp("corpus of claims")
    for name, first, last in (("a.jsonl", 0, 150), ("b.jsonl.gz", 150, 200), ("c.jsonl", 200, 203)):
        lines = [to_json(article(number)).encode() for number in range(first, last)]
        lines[0] = b"\xef\xbb\xbf" + lines[0]
        lines[1] += b"\r"
        lines.insert(1, b"")
        lines.insert(2, lines[2].replace(b'"accused":["a"]', b'"accused":["z","y"]'))
        lines[30:30] = [b"{", lines[-1].replace(b"A did", b"\xff did"), b" \t", to_json(load_article()).encode()]
        lines += [b"", b"[]", b"", b""]
        data = b"\n".join(lines)
        (folder / name).write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    return folder


@pytest.fixture(scope="module")
def result(
    corpus: Path, tmp_path_factory: pytest.TempPathFactory, library: Callable[[str], Any], program: Callable[[str], str]
) -> Path:
    """What the script has made of the corpus."""
    library("pyspark")
    program("java")
    folder = tmp_path_factory.mktemp("spark")
    environment = {
        **os.environ,
        "PYSPARK_PYTHON": sys.executable,
        "PYSPARK_SUBMIT_ARGS": " ".join([*(f"--conf {option}" for option in OPTIONS), "pyspark-shell"]),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    command: list[str | Path] = [sys.executable, SCRIPT, corpus, folder / "result"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    (folder / "output.txt").write_text(done.stdout)
    return folder / "result"


@pytest.fixture(scope="module")
def rows(result: Path, library: Callable[[str], Any]) -> Callable[[str], list[dict[str, Any]]]:
    """What gives the rows of one of the tables."""
    parquet = library("pyarrow.parquet")
    return lambda name: parquet.read_table(result / name).to_pylist()


def local(uri: str) -> str:
    """The path of the file that a URI names."""
    return unquote(urlsplit(uri).path)


def place(row: Mapping[str, Any]) -> str:
    return f"{local(row['file'])}:{row['line']}"


def test_the_files_were_read_in_pieces(rows: Callable[[str], list[dict[str, Any]]]) -> None:
    blocks = {(row["file"], row["block"]) for row in rows("checked")}
    assert len(blocks) > 5


def test_the_valid_claims_are_those_that_one_machine_reads(
    corpus: Path, result: Path, library: Callable[[str], Any]
) -> None:
    table = library("pyarrow.parquet").read_table(result / "claims").drop_columns(["file", "line"])
    expected = [one for path in corpus.iterdir() for one in read_jsonl(path, on_error=lambda _: None)]
    assert Counter(from_arrow(table)) == Counter(expected)
    assert len(expected) > 200


def test_the_issues_have_the_file_and_line_that_one_machine_finds(
    corpus: Path, rows: Callable[[str], list[dict[str, Any]]]
) -> None:
    errors: list[ValidationError] = []
    for path in corpus.iterdir():
        assert len(list(read_jsonl(path, on_error=errors.append))) > 3
    expected = [(error.location, issue.code, issue.json_path) for error in errors for issue in error.issues]
    assert sorted((place(row), row["code"], row["path"]) for row in rows("issues")) == sorted(expected)
    assert {code for _, code, _ in expected} == {"json", "encoding", "type", "dangling_ref"}


def test_denials_count_for_what_they_deny_and_not_for_who_denies(rows: Callable[[str], list[dict[str, Any]]]) -> None:
    counts = {row["same_as"]: (row["denied"], row["not_denied"]) for row in rows("counts")}
    assert counts[f"{WIKIDATA}Q1"] == counts[f"{WIKIDATA}Q2"] == (203, 2 * 203)
    assert f"{WIKIDATA}Q3" not in counts
    shipped = load_article()
    without = [a for a in shipped.allegations if not all(shipped.actor(id).same_as for id in a.accused)]
    denied = [a for a in without if shipped.denials_of(a)]
    assert counts[None] == (203 + 3 * len(denied), 3 * (len(without) - len(denied)))


def test_the_script_tells_how_many_allegations_there_are(result: Path) -> None:
    output = (result.parent / "output.txt").read_text()
    assert f"{203 * 3 + 3 * len(load_article().allegations)} allegations" in output
