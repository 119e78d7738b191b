"""State what each public reader promises of any input: one property a reader, which fails where the promise is broken.

A reader gives a right object or an error of geoclaims, the same whether or not it goes on after errors. Objects
survive being written and read again.
"""

from __future__ import annotations

import datetime
import gzip
import json
import pickle
import tempfile
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any, Final

from hypothesis import given, strategies as st

import geoclaims
from geoclaims import AnchorError, Article, PartialDate, Span, Statement, ValidationError, interop
from geoclaims._json.parsing import decoded, parse
from geoclaims.annotation import read_draft, to_draft
from geoclaims.corpus import Link
from tools.fuzz import inputs

SCRATCH: Final = tempfile.TemporaryDirectory(prefix="geoclaims-fuzz-")
FOLDER: Final = Path(SCRATCH.name)
ERRORS: Final = (ValidationError, AnchorError)


def answer(function: Callable[..., Any], *arguments: Any, **options: Any) -> Any:
    """Return what a function gives, or the error that it may raise."""
    try:
        return function(*arguments, **options)
    except ERRORS as error:
        check(error)
        return error


def check(error: ValidationError | AnchorError) -> None:
    """Fail unless an error can be read, and pickled."""
    lines = str(error).splitlines()
    assert 1 <= len(error.issues) <= 100
    assert len(lines) == len(error.issues) + bool(error.omitted)
    assert all(line.isprintable() and len(line) <= 1000 + len(str(error.location)) for line in lines)
    assert said(pickle.loads(pickle.dumps(error))) == said(error)  # noqa: S301 - of our own


def said(result: Any) -> Any:
    """Return what a result says: an article itself, of an error its issues."""
    return (result.issues, result.omitted) if isinstance(result, ERRORS) else result


def in_both_ways(read: Callable[..., Iterator[Article]]) -> tuple[list[Any], list[Article]]:
    """Read past errors, and up to the first one; return what came in its order, and the articles of it."""
    results: list[Any] = []
    for article in read(on_error=results.append):
        assert type(article) is Article
        results.append(article)
    first: list[Any] = []
    stopped = answer(lambda: first.extend(read()))
    if stopped is not None:
        first.append(stopped)
    assert list(map(said, first)) == list(map(said, results[: len(first)]))
    assert (stopped is None) == (
        len(first) == len(results) and not any(isinstance(result, ERRORS) for result in results)
    )
    for result in results:
        if isinstance(result, ERRORS):
            check(result)
    return results, [result for result in results if isinstance(result, Article)]


@given(inputs.json_texts, st.sampled_from([Article, Statement, Link]))
def json_text(data: bytes, model: Any) -> None:
    """Read JSON with the quick parser, and with the strict one alone, which judges it."""
    result = answer(geoclaims.from_json, data, model)
    assert said(result) == said(answer(lambda: geoclaims.from_dict(parse(decoded(data, 1)), model)))
    if not isinstance(result, ValidationError):
        assert result == geoclaims.from_json(geoclaims.to_json(result), model)
        assert result == geoclaims.from_dict(geoclaims.to_dict(result), model)


@given(inputs.json_lines)
def json_lines(data: bytes) -> None:
    """Read JSON Lines, plain and compressed, and write them."""
    plain, compressed = FOLDER / "articles.jsonl", FOLDER / "articles.jsonl.gz"
    plain.write_bytes(data)
    compressed.write_bytes(gzip.compress(data, mtime=0))
    results, articles = in_both_ways(partial(geoclaims.read_jsonl, plain))
    assert list(map(said, in_both_ways(partial(geoclaims.read_jsonl, compressed))[0])) == list(map(said, results))
    for error in results:
        if isinstance(error, ValidationError):
            assert {f"{plain}:{issue.line}" for issue in error.issues} == {error.location}
    for path in (plain, compressed):
        assert geoclaims.write_jsonl(path, articles) == len(articles)
        assert list(geoclaims.read_jsonl(path)) == articles


@given(inputs.compressed_lines)
def compressed_lines(data: bytes) -> None:
    """Read compressed JSON Lines, whole or not."""
    path = FOLDER / "articles.jsonl.gz"
    path.write_bytes(data)
    in_both_ways(partial(geoclaims.read_jsonl, path))


@given(inputs.tables())
def tables(files: Mapping[str, bytes]) -> None:
    """Read three tables, and write what was read."""
    for name, data in files.items():
        (FOLDER / name).write_bytes(data)
    _, articles = in_both_ways(partial(interop.read_csv, FOLDER))
    again = FOLDER / "again"
    assert interop.write_csv(again, articles) == len(articles)
    assert list(interop.read_csv(again)) == articles


def tolerated(read: Callable[..., Any], text: str) -> tuple[Any, list[AnchorError]]:
    """Read, with and without passages that have a place; return what is read, and what is lost."""
    lost: list[AnchorError] = []
    tolerant = answer(read, on_error=lost.append)
    assert said(answer(read)) == said(lost[0] if lost else tolerant)
    if isinstance(tolerant, Article):
        assert tolerant.text == text
        assert geoclaims.from_json(geoclaims.to_json(tolerant)) == tolerant
    return tolerant, lost


@given(inputs.drafts(), st.sampled_from([None, True]))
def drafts(draft_and_text: tuple[bytes, str], dayfirst: bool | None) -> None:  # noqa: FBT001 - drawn
    """Read a draft with a text, with and without passages that have a place."""
    draft, text = draft_and_text
    result, lost = tolerated(partial(read_draft, draft, text, dayfirst=dayfirst), text)
    for issue in lost[0].issues if lost else ():
        assert issue.code == "span"
        assert not issue.path or result.statements[int(issue.path[1])].spans == ()  # another text has no path
    if isinstance(result, Article) and not lost:
        assert read_draft(to_draft(result), text) == read_draft(json.dumps(to_draft(result)), text) == result


@given(inputs.dates, st.sampled_from([None, datetime.date(2025, 4, 9), PartialDate(1, 1, 1), PartialDate(2024, 2, 29)]))
def dates(text: str, relative_to: Any) -> None:
    """Read a date in each way there is; no way gives another date than the others."""
    unsure, month_first, day_first = (
        answer(PartialDate.parse, text, dayfirst=dayfirst, relative_to=relative_to) for dayfirst in (None, False, True)
    )
    found = {result for result in (month_first, day_first) if isinstance(result, PartialDate)}
    if isinstance(unsure, PartialDate):
        assert found == {unsure}
        assert PartialDate.parse(str(unsure)) == unsure
    else:
        assert len(found) != 1
        assert [issue.code for issue in unsure.issues] == ["date"]
    alone = answer(PartialDate.parse, text)
    if isinstance(alone, PartialDate):
        assert alone == unsure


@given(inputs.passages())
def passages(text_copy_and_quoted: tuple[str, str, list[str]]) -> None:
    """Find passages in a text, and find them again in a copy of it."""
    text, copy, quoted = text_copy_and_quoted
    found = [answer(Span.find, text, passage) for passage in quoted]
    spans = [span for span in found if isinstance(span, Span)]
    assert all(Span.of(text, span.start, span.end) == span for span in spans)
    statements = [
        Statement(id=f"s{number}", speaker="a", content="C.", spans=[span]) for number, span in enumerate(spans)
    ]
    article = Article(id="a1", actors=[geoclaims.Actor(id="a", name="A")], statements=statements)
    tolerant, _ = tolerated(partial(article.with_text, copy), copy)
    if isinstance(tolerant, Article):
        for before, after in zip(article.statements, tolerant.statements, strict=True):
            assert after.spans == () or after.spans[0].fingerprint == before.spans[0].fingerprint


@given(inputs.text_files)
def text_files(data: bytes) -> None:
    """Read a file as a copy of the text of the bundled article."""
    path = FOLDER / "article.txt"
    path.write_bytes(data)
    answer(geoclaims.load_article, text_path=path)


READERS: Final[Mapping[str, Any]] = {
    "json": json_text,
    "jsonl": json_lines,
    "gzip": compressed_lines,
    "csv": tables,
    "drafts": drafts,
    "dates": dates,
    "passages": passages,
    "text-files": text_files,
}
"""The property of each reader, by its name."""
