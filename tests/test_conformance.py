"""The conformance suite, which programs in other languages run, is judged in the same way by every way to read.

Its files are the source: a case is added by hand. `tools.write` writes `positions.json` anew.
"""

from __future__ import annotations

import codecs
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs
import pytest

from geoclaims import (
    Actor,
    ActorKind,
    Allegation,
    Article,
    Denial,
    DenialKind,
    PartialDate,
    Quantity,
    Span,
    Statement,
    ValidationError,
    collect_issues,
    from_dict,
    from_json,
    make_converter,
    read_jsonl,
    to_dict,
    to_json,
)
from tests.places import error

FOLDER = Path(__file__).parent / "conformance" / "1.0"
POSITIONS = FOLDER / "positions.json"
VALID = sorted(path for path in (FOLDER / "valid").iterdir() if not path.name.endswith(".canonical.json"))
INVALID = sorted(path for path in (FOLDER / "invalid").iterdir() if not path.name.endswith(".issues.json"))
CODES = re.findall(
    "^### `(.*)`$", (FOLDER.parents[2] / "docs" / "reference" / "errors.md").read_text(encoding="utf-8"), re.MULTILINE
)
OF_TEXTS = {"json", "encoding", "depth", "duplicate_key"}
# What has no place in the arguments of a constructor, or is written otherwise there.
OF_JSON = OF_TEXTS | {"version", "missing", "unknown_key", "type", "tag", "enum", "date"}


def beside(path: Path, kind: str) -> Path:
    return path.with_name(f"{path.stem}.{kind}.json")


def made() -> Iterator[tuple[Path, str]]:
    """Yield the file with the line and column of each issue, in the order of the issues beside each document."""
    places = {}
    for path in INVALID:
        found = {
            (each.code, each.pointer): [each.line, each.column] for each in error(from_json, path.read_bytes()).issues
        }
        places[path.stem] = [
            found[each["code"], each["pointer"]] for each in json.loads(beside(path, "issues").read_bytes())
        ]
    lines = ",\n".join(f"{json.dumps(name)}: {json.dumps(each)}" for name, each in places.items())
    yield POSITIONS, f"{{\n{lines}\n}}\n"


def constructed(model: Any, data: dict[str, Any], *path: str | int) -> Any:
    """The object that constructors make of a document; the issues of a part have its path."""
    parts: dict[str, Any] = {"actors": Actor, "quantities": Quantity, "spans": Span}
    kinds = {"statement": Statement, "allegation": Allegation, "denial": Denial}
    fields: dict[str, Any] = {}
    for key, value in data.items():
        if key in {"schema_version", "$schema", "type"}:
            continue
        fields[key] = value
        if key in {*parts, "statements"} and value is not None:
            fields[key] = [
                constructed(parts.get(key) or kinds[each["type"]], each, *path, key, number)
                for number, each in enumerate(value)
            ]
        elif key == "kind":
            fields[key] = (ActorKind if model is Actor else DenialKind)(value)
        elif key in {"published", "date", "event_date", "event_end"} and value is not None:
            fields[key] = PartialDate(*map(int, value.split("-")))
    try:
        return model(**fields)
    except ValidationError as error:
        raise ValidationError([attrs.evolve(each, path=(*path, *each.path)) for each in error.issues]) from None


@pytest.mark.parametrize("path", VALID, ids=lambda path: path.stem)
def test_a_valid_document_is_read_in_every_way_and_written_as_its_canonical_one(path: Path) -> None:
    canonical = beside(path, "canonical")
    article = from_json(path.read_bytes())
    text = (canonical if canonical.exists() else path).read_text(encoding="utf-8")
    assert text == to_json(article, indent=2) + "\n"
    assert not canonical.exists() or canonical.read_bytes() != path.read_bytes()
    data = json.loads(path.read_bytes())
    line = json.dumps(data).encode()
    assert from_json(text) == from_dict(data) == make_converter().structure(data, Article) == article
    assert list(read_jsonl(io.BytesIO(line))) == [article] == [constructed(Article, data)]
    assert json.loads(to_json(article)) == to_dict(article) == make_converter().unstructure(article)


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.stem)
def test_an_invalid_document_has_the_issues_beside_it_in_every_way(path: Path) -> None:
    data = path.read_bytes()
    expected = [(issue["code"], issue["pointer"]) for issue in json.loads(beside(path, "issues").read_bytes())]
    issues = error(from_json, data).issues
    assert sorted((issue.code, issue.pointer) for issue in issues) == sorted(expected)
    codes = {code for code, _ in expected}
    for form in () if "encoding" in codes else (data.decode(), codecs.BOM_UTF8 + data):
        if not (data.startswith(codecs.BOM_UTF8) and form == codecs.BOM_UTF8 + data):
            same = error(from_json, form).issues
            assert [(each, each.line, each.column) for each in same] == [
                (each, each.line, each.column) for each in issues
            ]
    if codes & OF_TEXTS:
        return
    document = json.loads(data)
    line = io.BytesIO(json.dumps(document).encode())
    for read in (
        lambda: from_dict(document),
        lambda: list(read_jsonl(line)),
        lambda: make_converter().structure(document, Article),
    ):
        with pytest.raises(Exception) as caught:  # noqa: PT011 - a converter has errors of its own
            read()
        assert collect_issues(caught.value) == issues
    if not codes & OF_JSON:
        in_python = error(constructed, Article, document).issues
        assert {(issue.code, issue.pointer) for issue in in_python} <= set(expected)


def test_the_suite_has_enough_of_each_kind_and_every_code_and_field() -> None:
    codes = {issue["code"] for path in INVALID for issue in json.loads(beside(path, "issues").read_bytes())}
    assert codes == set(CODES)
    assert len(VALID) >= 60
    assert len(INVALID) >= 250
    assert [path.name for path in (*VALID, *INVALID) if not re.fullmatch("[a-z0-9-]+[.]json", path.name)] == []
    documents = [to_dict(from_json(path.read_bytes())) for path in VALID]
    keys = {key for document in documents for key in document}
    for section, models in {"actors": (Actor,), "statements": (Statement, Allegation, Denial)}.items():
        of_parts = {key for document in documents for part in document.get(section, []) for key in part}
        fields = {field.name for model in models for field in attrs.fields(model)}
        assert of_parts - {"type"} == fields, f"tests/conformance/1.0/valid: no document has {fields - of_parts}"
    assert keys - {"schema_version"} == {field.name for field in attrs.fields(Article)}


def test_no_file_is_beside_nothing() -> None:
    of_valid, of_invalid = (set((FOLDER / folder).iterdir()) for folder in ("valid", "invalid"))
    assert of_valid <= {*VALID, *(beside(path, "canonical") for path in VALID)}
    assert of_invalid == {*INVALID, *(beside(path, "issues") for path in INVALID)}
