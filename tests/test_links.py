from __future__ import annotations

import io
import json
import pickle
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given
from pydantic import TypeAdapter

from geoclaims import (
    Article,
    ValidationError,
    collect_issues,
    from_dict,
    from_json,
    make_converter,
    read_jsonl,
    to_dict,
    to_json,
    write_jsonl,
)
from geoclaims.corpus import Link, LinkKind
from geoclaims.strategies import links

SUITE = Path(__file__).parent / "conformance" / "links-1.0"
VALID = sorted(path for path in (SUITE / "valid").iterdir() if path.name.count(".") == 1)
INVALID = sorted(path for path in (SUITE / "invalid").iterdir() if path.name.count(".") == 1)
OF_TEXTS = {"json", "encoding", "duplicate_key"}
SAME = Link(kind=LinkKind.SAME, source="a/s1", target="b/s1")


def beside(path: Path, kind: str) -> Path:
    return path.with_name(f"{path.stem}.{kind}.json")


@pytest.mark.parametrize("path", VALID, ids=lambda path: path.stem)
def test_a_valid_link_is_read_in_every_way_and_written_as_its_canonical_one(path: Path) -> None:
    canonical = beside(path, "canonical")
    link = from_json(path.read_bytes(), Link)
    text = (canonical if canonical.exists() else path).read_text(encoding="utf-8")
    assert text == to_json(link, indent=2) + "\n"
    data = json.loads(path.read_bytes())
    assert from_json(text, Link) == from_dict(data, Link) == make_converter().structure(data, Link) == link
    assert list(read_jsonl(io.BytesIO(json.dumps(data).encode()), Link)) == [link]
    assert make_converter().unstructure(link) == to_dict(link) == json.loads(to_json(link))
    assert TypeAdapter(Link).validate_python(data) == link


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.stem)
def test_an_invalid_link_has_the_issues_beside_it_in_every_way(path: Path) -> None:
    expected = [(each["code"], each["pointer"]) for each in json.loads(beside(path, "issues").read_bytes())]
    with pytest.raises(ValidationError) as caught:
        from_json(path.read_bytes(), Link)
    assert sorted((issue.code, issue.pointer) for issue in caught.value.issues) == sorted(expected)
    if {code for code, _ in expected} & OF_TEXTS:
        return
    document = json.loads(path.read_bytes())
    for read in (from_dict, make_converter().structure):
        with pytest.raises(Exception) as other:  # noqa: PT011 - a converter has errors of its own
            read(document, Link)
        assert collect_issues(other.value) == caught.value.issues


def test_the_suite_has_every_kind_and_every_field_and_no_file_beside_nothing() -> None:
    documents = [to_dict(from_json(path.read_bytes(), Link)) for path in VALID]
    assert {document["kind"] for document in documents} == set(LinkKind)
    assert {key for document in documents for key in document} == {"type", *(each.name for each in attrs.fields(Link))}
    assert set((SUITE / "invalid").iterdir()) == {*INVALID, *(beside(path, "issues") for path in INVALID)}
    assert set((SUITE / "valid").iterdir()) <= {*VALID, *(beside(path, "canonical") for path in VALID)}


@given(links())
def test_a_link_survives_json_and_pickling_and_its_repr_makes_it_again(link: Link) -> None:
    names = {"Link": Link, "LinkKind": LinkKind}
    assert from_json(to_json(link), Link) == from_dict(to_dict(link), Link) == link
    assert eval(repr(link), names) == pickle.loads(pickle.dumps(link)) == link  # noqa: S301, S307 - our own
    assert next(iter(to_dict(link).items())) == ("type", "link")


def test_a_link_that_is_made_is_checked() -> None:
    wrong: dict[str, tuple[Any, str]] = {
        "kind": ("same", "type"),
        "source": ("a", "id"),
        "target": ("a/s1", "self_ref"),
    }
    for name, (value, code) in (wrong | {"annotator": ("", "empty"), "basis": ("a\x00", "text")}).items():
        with pytest.raises(ValidationError) as caught:
            attrs.evolve(SAME, **{name: value})
        assert [(issue.code, issue.path) for issue in caught.value.issues] == [(code, (name,))]


def test_a_link_that_is_read_as_an_article_says_how_to_read_it() -> None:
    with pytest.raises(ValidationError, match="type=Link reads a link"):
        from_json(to_json(SAME))


# --- JSON Lines -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["links.jsonl", "links.jsonl.gz"])
def test_one_link_a_line_is_written_counted_and_read_again(tmp_path: Path, name: str) -> None:
    some = [SAME, attrs.evolve(SAME, kind=LinkKind.DISTINCT, basis="ü")]
    assert write_jsonl(tmp_path / name, iter(some)) == 2
    assert list(read_jsonl(tmp_path / name, Link)) == some
    assert write_jsonl(tmp_path / name, SAME) == 1
    assert list(read_jsonl(tmp_path / name, type=Link)) == [SAME]


def test_a_line_that_is_no_link_is_an_error_with_its_line_and_the_rest_is_read(tmp_path: Path) -> None:
    path = tmp_path / "links.jsonl"
    path.write_text(f"{to_json(SAME)}\n{to_json(Article(id='a'))}\n{to_json(SAME)}\n", encoding="utf-8")
    errors: list[ValidationError] = []
    assert list(read_jsonl(path, Link, on_error=errors.append)) == [SAME, SAME]
    assert [error.location for error in errors] == [f"{path}:2"]
    with pytest.raises(TypeError, match="expected Article, Actor, "):
        read_jsonl(path, str)  # type: ignore[type-var]


@pytest.mark.parametrize("mixed", [[SAME, Article(id="a")], [Article(id="a"), SAME], [LinkKind.SAME], "a/s1", 5])
def test_links_and_articles_are_not_mixed(mixed: Any) -> None:
    with pytest.raises(TypeError, match=r"expected an? (Article|Link)"):
        write_jsonl(io.BytesIO(), mixed)
