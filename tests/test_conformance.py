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
from geoclaims.corpus import Link, LinkKind
from tests.places import error

FOLDER = Path(__file__).parent / "conformance"
SUITES: dict[str, Any] = {"1.0": Article, "links-1.0": Link}
POSITIONS = FOLDER / "1.0" / "positions.json"


def cases(folder: str, beside: str) -> list[Any]:
    """The documents of a folder of each suite, with their types."""
    return [
        pytest.param(path, model, id=f"{suite}-{path.stem}")
        for suite, model in SUITES.items()
        for path in sorted((FOLDER / suite / folder).iterdir())
        if not path.name.endswith(f".{beside}.json")
    ]


VALID, INVALID = cases("valid", "canonical"), cases("invalid", "issues")
CODES = re.findall(
    "^### `(.*)`$", (FOLDER.parents[1] / "docs" / "reference" / "errors.md").read_text(encoding="utf-8"), re.MULTILINE
)
OF_TEXTS = {"json", "encoding", "depth", "duplicate_key"}
# What has no place in the arguments of a constructor, or is written otherwise there.
OF_JSON = OF_TEXTS | {"version", "missing", "unknown_key", "type", "tag", "enum", "date"}


def beside(path: Path, kind: str) -> Path:
    return path.with_name(f"{path.stem}.{kind}.json")


def paths(cases: list[Any], of: type[Any]) -> list[Path]:
    return [path for path, model in (case.values for case in cases) if model is of]


def made() -> Iterator[tuple[Path, str]]:
    """Yield the file with the line and column of each issue, in the order of the issues beside each document."""
    places = {}
    for path in paths(INVALID, Article):
        found = {
            (each.code, each.pointer): [each.line, each.column] for each in error(from_json, path.read_bytes()).issues
        }
        places[path.stem] = [
            found[each["code"], each["pointer"]] for each in json.loads(beside(path, "issues").read_bytes())
        ]
    lines = ",\n".join(f"{json.dumps(name)}: {json.dumps(each)}" for name, each in places.items())
    yield POSITIONS, f"{{\n{lines}\n}}\n"


KINDS: dict[Any, Any] = {Actor: ActorKind, Link: LinkKind}


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
            fields[key] = KINDS.get(model, DenialKind)(value)
        elif key in {"published", "date", "event_date", "event_end"} and value is not None:
            fields[key] = PartialDate(*map(int, value.split("-")))
    try:
        return model(**fields)
    except ValidationError as error:
        raise ValidationError([attrs.evolve(each, path=(*path, *each.path)) for each in error.issues]) from None


@pytest.mark.parametrize(("path", "model"), VALID)
def test_a_valid_document_is_read_in_every_way_and_written_as_its_canonical_one(path: Path, model: Any) -> None:
    canonical = beside(path, "canonical")
    made = from_json(path.read_bytes(), model)
    text = (canonical if canonical.exists() else path).read_text(encoding="utf-8")
    assert text == to_json(made, indent=2) + "\n"
    assert not canonical.exists() or canonical.read_bytes() != path.read_bytes()
    data = json.loads(path.read_bytes())
    line = json.dumps(data).encode()
    assert from_json(text, model) == from_dict(data, model) == make_converter().structure(data, model) == made
    assert list(read_jsonl(io.BytesIO(line), model)) == [made] == [constructed(model, data)]
    assert json.loads(to_json(made)) == to_dict(made) == make_converter().unstructure(made)


@pytest.mark.parametrize(("path", "model"), INVALID)
def test_an_invalid_document_has_the_issues_beside_it_in_every_way(path: Path, model: Any) -> None:
    data = path.read_bytes()
    expected = [(issue["code"], issue["pointer"]) for issue in json.loads(beside(path, "issues").read_bytes())]
    issues = error(from_json, data, model).issues
    assert sorted((issue.code, issue.pointer) for issue in issues) == sorted(expected)
    codes = {code for code, _ in expected}
    for form in () if "encoding" in codes else (data.decode(), codecs.BOM_UTF8 + data):
        if not (data.startswith(codecs.BOM_UTF8) and form == codecs.BOM_UTF8 + data):
            same = error(from_json, form, model).issues
            assert [(each, each.line, each.column) for each in same] == [
                (each, each.line, each.column) for each in issues
            ]
    if codes & OF_TEXTS:
        return
    document = json.loads(data)
    line = io.BytesIO(json.dumps(document).encode())
    for read in (
        lambda: from_dict(document, model),
        lambda: list(read_jsonl(line, model)),
        lambda: make_converter().structure(document, model),
    ):
        with pytest.raises(Exception) as caught:  # noqa: PT011 - a converter has errors of its own
            read()
        assert collect_issues(caught.value) == issues
    if not codes & OF_JSON:
        in_python = error(constructed, model, document).issues
        assert {(issue.code, issue.pointer) for issue in in_python} <= set(expected)


def documents(model: type[Any]) -> list[dict[str, Any]]:
    return [to_dict(from_json(path.read_bytes(), model)) for path in paths(VALID, model)]


def test_the_suite_has_enough_of_each_kind_and_every_code_and_field() -> None:
    valid, invalid = paths(VALID, Article), paths(INVALID, Article)
    codes = {issue["code"] for path in invalid for issue in json.loads(beside(path, "issues").read_bytes())}
    assert codes == set(CODES)
    assert len(valid) >= 60
    assert len(invalid) >= 250
    assert [path.name for path in (*valid, *invalid) if not re.fullmatch("[a-z0-9-]+[.]json", path.name)] == []
    keys = {key for document in documents(Article) for key in document}
    for section, models in {"actors": (Actor,), "statements": (Statement, Allegation, Denial)}.items():
        of_parts = {key for document in documents(Article) for part in document.get(section, []) for key in part}
        fields = {field.name for model in models for field in attrs.fields(model)}
        assert of_parts - {"type"} == fields, f"tests/conformance/1.0/valid: no document has {fields - of_parts}"
    assert keys - {"schema_version"} == {field.name for field in attrs.fields(Article)}
    assert {document["kind"] for document in documents(Link)} == set(LinkKind)
    assert {key for document in documents(Link) for key in document} == {"type", *(f.name for f in attrs.fields(Link))}


@pytest.mark.parametrize(("suite", "model"), SUITES.items())
def test_no_file_is_beside_nothing(suite: str, model: Any) -> None:
    of_valid, of_invalid = (set((FOLDER / suite / folder).iterdir()) for folder in ("valid", "invalid"))
    valid, invalid = paths(VALID, model), paths(INVALID, model)
    assert of_valid <= {*valid, *(beside(path, "canonical") for path in valid)}
    assert of_invalid == {*invalid, *(beside(path, "issues") for path in invalid)}
