"""State what each public reader promises of any input: one property a reader, which fails where the promise is broken.

A reader gives a right object or an error of geoclaims. Objects survive being written and read again, and where there
are two ways to read something they agree.
"""

from __future__ import annotations

import datetime
import gzip
import json
import pickle
import tempfile
import zlib
from codecs import BOM_UTF8
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any, Final

import pyarrow
from hypothesis import assume, given, strategies as st

from geoclaims import (
    AnchorError,
    Article,
    PartialDate,
    Span,
    Statement,
    ValidationError,
    from_dict,
    from_json,
    load_article,
    read_jsonl,
    to_dict,
    to_json,
    write_jsonl,
)
from geoclaims._json.text import decoded, parse, parse_without_repeats
from geoclaims.annotation import read_draft, to_draft
from geoclaims.interop import from_arrow, read_claim_reviews, read_csv, to_arrow, write_csv
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


def places(result: Any) -> Any:
    """Return a result without the messages of its issues, which may hold the number of a line."""
    if isinstance(result, ERRORS):
        return [(issue.code, issue.path) for issue in result.issues], result.omitted
    return result


def in_both_ways(read: Callable[..., Iterator[Article]]) -> list[Any]:
    """Read past errors, and up to the first one; return articles and errors in the order in which they came."""
    results: list[Any] = []
    for article in read(on_error=results.append):
        assert type(article) is Article
        results.append(article)
    for result in results:
        if isinstance(result, ERRORS):
            check(result)
    first: list[Any] = []
    try:
        for article in read():
            first.append(article)  # noqa: PERF402 - those before an error count too
    except ERRORS as error:
        first.append(error)
        assert list(map(said, first)) == list(map(said, results[: len(first)]))
    else:
        assert first == results
    return results


def articles_in(results: list[Any]) -> list[Article]:
    return [result for result in results if isinstance(result, Article)]


@given(inputs.json_texts, st.sampled_from([Article, Statement]))
def json_text(data: bytes, model: Any) -> None:
    """Read JSON with the quick parser, and with the strict one alone, which judges it."""
    result = answer(from_json, data, model)
    assert said(result) == said(answer(lambda: from_dict(parse(decoded(data, 1)), model)))
    if not isinstance(result, ValidationError):
        assert result == from_json(to_json(result), model) == from_dict(to_dict(result), model)


@given(inputs.json_lines)
def json_lines(data: bytes) -> None:
    """Read JSON Lines, and each of its lines by itself."""
    path = FOLDER / "articles.jsonl"
    path.write_bytes(data)
    results = in_both_ways(partial(read_jsonl, path))
    lines = [
        (number, line)
        for number, line in enumerate(data.split(b"\n"), 1)
        if line.removeprefix(BOM_UTF8).strip(b" \t\r\n")
    ]
    if len(results) == 1 and isinstance(results[0], ValidationError):  # the first may show what is wrong with them all
        del lines[1:]
    # Without the end that a line has on Windows, by which two bytes may look like another encoding than three.
    assert [places(answer(from_json, line.rstrip(b"\r"))) for _, line in lines] == list(map(places, results))
    for (number, _), result in zip(lines, results, strict=True):
        if isinstance(result, ValidationError):
            assert result.location == f"{path}:{number}"
            assert {issue.line for issue in result.issues} == {number}
    articles = articles_in(results)
    for copy in (path, FOLDER / "articles.jsonl.gz"):
        assert write_jsonl(copy, articles) == len(articles)
        assert list(read_jsonl(copy)) == articles


@given(inputs.compressed_lines)
def compressed_lines(data: bytes) -> None:
    """Read compressed JSON Lines, whole or not."""
    plain, path = FOLDER / "articles.jsonl", FOLDER / "articles.jsonl.gz"
    path.write_bytes(data)
    results = in_both_ways(partial(read_jsonl, path))
    try:
        plain.write_bytes(gzip.decompress(data))
        whole = bool(data)
    except (EOFError, OSError, zlib.error):
        whole = False
    if whole:
        assert list(map(said, results)) == list(map(said, in_both_ways(partial(read_jsonl, plain))))
    else:
        assert [issue.code for issue in results[-1].issues] == ["encoding"]


class _AnyId(dict[str, str]):
    """The same text for every article."""

    def __contains__(self, _: object) -> bool:
        return True

    def __getitem__(self, _: str) -> str:
        return inputs.TEXT

    get = __getitem__  # type: ignore[assignment]


@given(inputs.tables(), st.sampled_from([None, _AnyId()]))
def tables(files: Mapping[str, bytes], texts: Mapping[str, str] | None) -> None:
    """Read three tables, whose statements have spans or quote their passages."""
    for name, data in files.items():
        (FOLDER / f"{name}.csv").write_bytes(data)
    articles = articles_in(in_both_ways(partial(read_csv, FOLDER, texts=texts)))
    again = FOLDER / "again"
    assert write_csv(again, articles, passages=texts is not None) == len(articles)
    assert list(read_csv(again, texts=texts)) == articles


TYPES: Final = (
    *(pyarrow.large_string(), pyarrow.string_view(), pyarrow.dictionary(pyarrow.int8(), pyarrow.string())),
    *(pyarrow.binary(), pyarrow.int32(), pyarrow.float64(), pyarrow.bool_(), pyarrow.null(), pyarrow.date32()),
    *(pyarrow.timestamp("ns"), pyarrow.time64("us"), pyarrow.decimal128(38, 2), pyarrow.duration("s")),
)


def without_nulls(value: Any) -> Any:
    """Leave out the keys of a row whose values are null."""
    if isinstance(value, dict):
        return {key: without_nulls(one) for key, one in value.items() if one is not None}
    return list(map(without_nulls, value)) if isinstance(value, list) else value


@given(inputs.rows, st.booleans(), st.data())
def arrow(rows: list[Any], ours: bool, data: st.DataObject) -> None:  # noqa: FBT001 - drawn
    """Read a table of Arrow, of which one column may have another type, and each row of it by itself."""
    assume(all(isinstance(row, dict) for row in rows))
    try:
        table = pyarrow.Table.from_pylist(rows, schema=to_arrow([]).schema if ours else None)
        if table.num_columns and data.draw(st.booleans()):
            number = data.draw(st.integers(0, table.num_columns - 1))
            column = table.column(number).cast(data.draw(st.sampled_from(TYPES)), safe=False)
            table = table.set_column(number, table.column_names[number], column)
    except (pyarrow.ArrowException, AttributeError, OverflowError, TypeError, ValueError):  # no table can hold this
        return
    results = in_both_ways(partial(from_arrow, table))
    if results and isinstance(results[0], ValidationError) and isinstance(results[0].issues[0].path[0], str):
        assert len(results) == 1  # where a column is wrong, no row is read
        return
    assert len(results) == table.num_rows
    for number, result in enumerate(results):
        try:
            (row,) = table.slice(number, 1).to_pylist()
        except (OverflowError, ValueError):  # Arrow holds values that Python cannot have
            assert isinstance(result, ValidationError)
            continue
        expected = answer(from_dict, without_nulls(row))
        if isinstance(expected, ValidationError):
            issues = [(issue.code, (number, *issue.path)) for issue in expected.issues]
            assert places(result) == (issues, expected.omitted)
        else:
            assert result == expected
    articles = articles_in(results)
    assert list(from_arrow(to_arrow(articles))) == articles


@given(inputs.fact_checks)
def fact_checks(data: bytes) -> None:
    """Read fact checks, as JSON and as builtins."""
    results = in_both_ways(partial(read_claim_reviews, data))
    assert results
    document = answer(lambda: parse_without_repeats(decoded(data, 1)))
    if isinstance(document, dict | list):
        assert list(map(places, in_both_ways(partial(read_claim_reviews, document)))) == list(map(places, results))
    for article in articles_in(results):
        assert from_json(to_json(article)) == article
        assert {type(statement) for statement in article.statements} == {Statement}


def tolerated(read: Callable[..., Any], text: str) -> tuple[Any, list[AnchorError]]:
    """Read, with and without passages that have a place; return what is read, and what is lost."""
    lost: list[AnchorError] = []
    tolerant = answer(read, on_error=lost.append)
    assert said(answer(read)) == said(lost[0] if lost else tolerant)
    if isinstance(tolerant, Article):
        assert tolerant.text == text
        assert from_json(to_json(tolerant)) == tolerant
    return tolerant, lost


@given(inputs.drafts(), st.sampled_from([None, True]))
def drafts(draft_and_text: tuple[bytes, str], dayfirst: bool | None) -> None:  # noqa: FBT001 - drawn
    """Read a draft with a text, as JSON and as builtins, with and without passages that have a place."""
    draft, text = draft_and_text
    result, lost = tolerated(partial(read_draft, draft, text, dayfirst=dayfirst), text)
    document = answer(lambda: parse(decoded(draft, 1)))
    if isinstance(document, ValidationError):
        assert isinstance(result, ValidationError)
    elif not isinstance(document, str):  # which would be read as JSON
        given_builtins = answer(read_draft, document, text, dayfirst=dayfirst)
        assert said(given_builtins) == said(lost[0] if lost else result)
    for issue in lost[0].issues if lost else ():
        assert issue.code == "span"
        assert not issue.path or result.statements[int(issue.path[1])].spans == ()  # another text has no path
    if isinstance(result, Article) and not lost:
        assert read_draft(to_draft(result), text) == read_draft(json.dumps(to_draft(result)), text) == result


RELATIVE_TO: Final = (datetime.date(2025, 4, 9), PartialDate(1, 1, 1), PartialDate(2024, 2, 29))


@given(inputs.dates)
def dates(text: str) -> None:
    """Read a date in each way there is; no way gives another date than the others."""
    alone = None
    for relative_to in (None, *RELATIVE_TO):
        unsure, month_first, day_first = (
            answer(PartialDate.parse, text, dayfirst=dayfirst, relative_to=relative_to)
            for dayfirst in (None, False, True)
        )
        found = {result for result in (month_first, day_first) if isinstance(result, PartialDate)}
        if isinstance(unsure, PartialDate):
            assert found == {unsure}
            assert PartialDate.parse(str(unsure)) == unsure
        else:
            assert len(found) != 1
            assert [issue.code for issue in unsure.issues] == ["date"]
        if relative_to is None:
            alone = unsure
        elif isinstance(alone, PartialDate):
            assert alone == unsure
        elif isinstance(unsure, PartialDate):
            today = relative_to.earliest if isinstance(relative_to, PartialDate) else relative_to
            assert unsure.earliest <= today


@given(inputs.passages())
def passages(text_copy_and_quoted: tuple[str, str, list[str]]) -> None:
    """Find passages in a text, and find them again in a copy of it."""
    text, copy, quoted = text_copy_and_quoted
    found = [answer(Span.find, text, passage) for passage in quoted]
    spans = [span for span in found if isinstance(span, Span)]
    assert all(Span.of(text, span.start, span.end) == span for span in spans)
    statements: list[dict[str, Any]] = [
        {"type": "statement", "id": f"s{number}", "speaker": "a", "content": "It rains.", "spans": [to_dict(span)]}
        for number, span in enumerate(spans)
    ]
    document = {"schema_version": "1.0", "id": "a1", "actors": [{"id": "a", "name": "A"}], "statements": statements}
    article = from_dict(document)
    if spans:
        assert places(answer(article.with_text, text)) == places(answer(from_dict, {**document, "text": text}))
    tolerant, _ = tolerated(partial(article.with_text, copy), copy)
    if isinstance(tolerant, Article):
        for before, after in zip(article.statements, tolerant.statements, strict=True):
            assert after.spans == () or after.spans[0].fingerprint == before.spans[0].fingerprint


@given(inputs.text_files)
def text_files(data: bytes) -> None:
    """Read a file as a copy of the text of the bundled article."""
    path = FOLDER / "article.txt"
    path.write_bytes(data)
    answer(load_article, text_path=path)


READERS: Final[Mapping[str, Any]] = {
    "json": json_text,
    "jsonl": json_lines,
    "gzip": compressed_lines,
    "csv": tables,
    "arrow": arrow,
    "fact-checks": fact_checks,
    "drafts": drafts,
    "dates": dates,
    "passages": passages,
    "text-files": text_files,
}
"""The property of each reader, by its name."""
