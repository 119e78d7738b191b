"""The conformance suite, which programs in other languages run, has the verdicts of this library and is current."""

from __future__ import annotations

import json
import re
from pathlib import Path

import attrs
import pytest

from geoclaims import Actor, Allegation, Article, Denial, Statement, ValidationError, from_json, to_dict, to_json
from tools import write_conformance

FOLDER = Path(__file__).parent / "conformance" / "1.0"
VALID = sorted(path for path in (FOLDER / "valid").iterdir() if not path.name.endswith(".canonical.json"))
INVALID = sorted(path for path in (FOLDER / "invalid").iterdir() if not path.name.endswith(".issues.json"))
CODES = re.findall(
    "^### `(.*)`$", (FOLDER.parents[2] / "docs" / "reference" / "errors.md").read_text(encoding="utf-8"), re.MULTILINE
)


def beside(path: Path, kind: str) -> Path:
    return path.with_name(f"{path.stem}.{kind}.json")


def test_a_valid_document_is_read_and_written_as_its_canonical_one() -> None:
    for path in VALID:
        canonical = beside(path, "canonical")
        article = from_json(path.read_bytes())
        text = (canonical if canonical.exists() else path).read_bytes()
        assert text.decode() == to_json(article, indent=2) + "\n", path.name
        assert not canonical.exists() or canonical.read_bytes() != path.read_bytes(), path.name
        assert from_json(text) == article, path.name


def test_an_invalid_document_has_the_issues_beside_it() -> None:
    for path in INVALID:
        with pytest.raises(ValidationError) as caught:
            from_json(path.read_bytes())
        expected = json.loads(beside(path, "issues").read_bytes())
        found = [{"code": issue.code, "pointer": issue.pointer} for issue in caught.value.issues]
        assert sorted(map(str, found)) == sorted(map(str, expected)), path.name


def test_the_suite_has_enough_of_each_kind_and_every_code() -> None:
    codes = {issue["code"] for path in INVALID for issue in json.loads(beside(path, "issues").read_bytes())}
    assert codes == set(CODES)
    assert len(VALID) >= 60
    assert len(INVALID) >= 250
    assert [path.name for path in (*VALID, *INVALID) if not re.fullmatch("[a-z0-9-]+[.]json", path.name)] == []


def test_the_suite_has_every_field() -> None:
    with_fields = [to_dict(from_json(path.read_bytes())) for path in VALID]
    for section, models in {"actors": (Actor,), "statements": (Statement, Allegation, Denial)}.items():
        members = [member for document in with_fields for member in document.get(section, [])]
        assert {key for member in members for key in member} == {
            *(field.name for model in models for field in attrs.fields(model)),
            *(("type",) if section == "statements" else ()),
        }
    fields = {field.name for field in attrs.fields(Article)}
    assert {key for document in with_fields for key in document} == {"schema_version", *fields}


def test_no_file_is_beside_nothing() -> None:
    of_valid, of_invalid = (set((FOLDER / folder).iterdir()) for folder in ("valid", "invalid"))
    assert of_valid <= {*VALID, *(beside(path, "canonical") for path in VALID)}
    assert of_invalid == {*INVALID, *(beside(path, "issues") for path in INVALID)}


def test_what_was_picked_by_hand_is_what_the_script_writes() -> None:
    # Another version of Hypothesis may draw other values for the rest, so the verdicts above are all that is promised.
    for name, content in write_conformance.files():
        assert (FOLDER / name).read_bytes() == content, name
