"""State what each reader promises of any bytes: one function a reader, which fails where the promise is broken.

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
from tools.fuzz.arrow import tables_of, without_nulls
from tools.fuzz.seeds import RELATIVE_TO, TABLES, TEXTS, parts

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
    same(error, pickle.loads(pickle.dumps(error)))  # noqa: S301 - of our own


def said(result: Any) -> Any:
    """Return what a result says: an article itself, of an error its issues."""
    return (result.issues, result.omitted) if isinstance(result, ERRORS) else result


def places(result: Any) -> Any:
    """Return a result without the messages of its issues, which may hold the number of a line."""
    if isinstance(result, ERRORS):
        return [(issue.code, issue.path) for issue in result.issues], result.omitted
    return result


def same(one: Any, other: Any) -> None:
    """Fail unless two results are the same."""
    assert type(one) is type(other), (one, other)
    assert said(one) == said(other), (one, other)


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
        assert [said(result) for result in first] == [said(result) for result in results[: len(first)]]
    else:
        assert first == results
    return results


def articles_in(results: list[Any]) -> list[Article]:
    return [result for result in results if isinstance(result, Article)]


def json_text(data: bytes) -> None:
    """Read JSON with the quick parser, and with the strict one alone, which judges it."""
    for model in (Article, Statement):
        given = answer(from_json, data, model)
        same(given, answer(lambda model=model: from_dict(parse(decoded(data, 1)), model)))
        if not isinstance(given, ValidationError):
            same(given, from_json(to_json(given), model))
            same(given, from_dict(to_dict(given), model))


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


def tables(data: bytes) -> None:
    """Read three tables, whose statements have spans or quote their passages."""
    for name, part in zip(TABLES, parts(data, len(TABLES)), strict=True):
        (FOLDER / f"{name}.csv").write_bytes(part)
    texts: Mapping[str, str] | None
    for texts in (None, TEXTS):
        results = in_both_ways(partial(read_csv, FOLDER, texts=texts))
        articles = articles_in(results)
        again = FOLDER / "again"
        quoted = texts is not None
        assert write_csv(again, articles, passages=quoted) == len(articles)
        assert list(read_csv(again, texts=texts)) == articles


def arrow(data: bytes) -> None:
    """Read tables of Arrow in columns of several types, and each row of them by itself."""
    for table in tables_of(data):
        results = in_both_ways(partial(from_arrow, table))
        of_rows = [each for each in results if isinstance(each, Article) or type(each.issues[0].path[0]) is int]
        assert len(of_rows) == table.num_rows
        for number, result in enumerate(of_rows):
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


def fact_checks(data: bytes) -> None:
    """Read fact checks, as JSON and as builtins."""
    results = in_both_ways(partial(read_claim_reviews, data))
    assert results
    try:
        document = parse_without_repeats(decoded(data, 1))
    except ValidationError:
        document = None
    if isinstance(document, dict | list):
        assert list(map(places, in_both_ways(partial(read_claim_reviews, document)))) == list(map(places, results))
    for article in articles_in(results):
        assert from_json(to_json(article)) == article
        assert {type(statement) for statement in article.statements} == {Statement}


def drafts(data: bytes) -> None:
    """Read a draft with a text, as JSON and as builtins, with and without passages that have a place."""
    draft, text = parts(data, 2)
    _draft(draft, text.decode("utf-8", "surrogateescape"))


def _draft(draft: bytes, text: str) -> None:
    for dayfirst in (None, True):
        read = partial(read_draft, draft, text, dayfirst=dayfirst)
        given = answer(read)
        lost: list[AnchorError] = []
        tolerant = answer(read, on_error=lost.append)
        try:
            document = parse(decoded(draft, 1))
        except ValidationError:
            assert isinstance(given, ValidationError)
        else:
            if not isinstance(document, str):  # which would be read as JSON
                same(given, answer(read_draft, document, text, dayfirst=dayfirst))
        if isinstance(given, Article):
            assert lost == []
            assert read_draft(to_draft(given), text) == given
            assert read_draft(json.dumps(to_draft(given)), text) == given
        if lost:
            (error,) = lost
            check(error)
            assert said(error) == said(given)
            assert isinstance(tolerant, Article)
            for issue in error.issues:
                assert issue.code == "span"
                assert tolerant.statements[int(issue.path[1])].spans == ()
        else:
            same(given, tolerant)
        if isinstance(tolerant, Article):
            assert tolerant.text == text
            assert from_json(to_json(tolerant)) == tolerant


def dates(data: bytes) -> None:
    """Read a date in each way there is; no way gives another date than the others."""
    text = data.decode("utf-8", "surrogateescape")
    alone = None
    for relative_to in (None, *RELATIVE_TO):
        unsure, month_first, day_first = (
            answer(PartialDate.parse, text, dayfirst=dayfirst, relative_to=relative_to)
            for dayfirst in (None, False, True)
        )
        given = {result for result in (month_first, day_first) if isinstance(result, PartialDate)}
        if isinstance(unsure, PartialDate):
            assert given == {unsure}
            assert PartialDate.parse(str(unsure)) == unsure
        else:
            assert len(given) != 1
            assert [issue.code for issue in unsure.issues] == ["date"]
        if relative_to is None:
            alone = unsure
        elif isinstance(alone, PartialDate):
            assert alone == unsure
        elif isinstance(unsure, PartialDate):
            assert unsure.earliest <= _day(relative_to)


def _day(relative_to: datetime.date | PartialDate) -> datetime.date:
    return relative_to.earliest if isinstance(relative_to, PartialDate) else relative_to


def passages(data: bytes) -> None:
    """Find passages in a text, and find them again in a copy of it."""
    text, copy, *quoted = (part.decode("utf-8", "surrogateescape") for part in parts(data, 5))
    spans: list[Span] = []
    for passage in quoted:
        found = answer(Span.find, text, passage)
        if isinstance(found, Span):
            assert Span.of(text, found.start, found.end) == found
            spans.append(found)
    statements = [{"type": "statement", "id": f"s{n}", "speaker": "a", "content": "It rains."} for n in range(4)]
    document = {"schema_version": "1.0", "id": "a1", "actors": [{"id": "a", "name": "A"}], "statements": statements}
    for statement, span in zip(statements, spans, strict=False):
        statement["spans"] = [to_dict(span)]  # type: ignore[assignment]
    article = from_dict(document)
    if spans:
        attached = answer(article.with_text, text)
        whole = answer(from_dict, {**document, "text": text})
        assert places(attached) == places(whole)
    lost: list[AnchorError] = []
    given = answer(article.with_text, copy)
    tolerant = answer(article.with_text, copy, on_error=lost.append)
    if lost:
        same(given, lost[0])
    else:
        same(given, tolerant)
    if isinstance(tolerant, Article):
        assert tolerant.text == copy
        assert from_json(to_json(tolerant)) == tolerant
        for before, after in zip(article.statements, tolerant.statements, strict=True):
            assert after.spans == () or after.spans[0].fingerprint == before.spans[0].fingerprint


def text_files(data: bytes) -> None:
    """Read a file as a copy of the text of the bundled article."""
    path = FOLDER / "article.txt"
    path.write_bytes(data)
    answer(load_article, text_path=path)


TARGETS: Final[Mapping[str, Callable[[bytes], None]]] = {
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
