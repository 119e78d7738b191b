from __future__ import annotations

import io
import pickle
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given

from geoclaims import (
    Article,
    ValidationError,
    from_dict,
    from_json,
    read_jsonl,
    to_dict,
    to_json,
    write_jsonl,
)
from geoclaims.corpus import Link, LinkKind
from geoclaims.strategies import links

SAME = Link(kind=LinkKind.SAME, source="a/s1", target="b/s1")


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
