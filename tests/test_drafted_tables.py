from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given, strategies as st

from geoclaims import Actor, AnchorError, Article, Span, Statement, ValidationError, load_article
from geoclaims.interop import read_csv, write_csv
from geoclaims.strategies import articles

TEXT = "He said no. She said no. “We|they deny it,” he added.\n"
ACTORS = [Actor(id="he", name="he"), Actor(id="she", name="she")]
CLAIMS = [
    Statement(id="s1", speaker="he", content="No.", spans=[Span.of(TEXT, 0, 10), Span.of(TEXT, 25, 43)]),
    Statement(id="s2", speaker="she", content="No.", spans=[Span.of(TEXT, 16, 20)]),
    Statement(id="s3", speaker="she", content="Nothing."),
]
ARTICLE = Article(id="example", actors=ACTORS, statements=CLAIMS, text=TEXT)

texts = st.text(alphabet="ab=+-'\"|\\ \n.,“”é", min_size=1, max_size=30).filter(lambda text: not text.isspace())


def table(folder: Path) -> list[dict[str, str]]:
    with (folder / "statements.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def change(folder: Path, row: int, **cells: str) -> None:
    """Put something else into cells of the table of statements."""
    rows = table(folder)
    rows[row] |= cells
    with (folder / "statements.csv").open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    assert write_csv(tmp_path, [ARTICLE], passages=True) == 1
    return tmp_path


def wrong(folder: Path, given: Any = None) -> list[tuple[object, ...]]:
    with pytest.raises(ValidationError) as caught:
        list(read_csv(folder, texts={"example": TEXT} if given is None else given))
    return [(issue.code, *issue.path) for issue in caught.value.issues]


def test_passages_stand_in_columns_of_their_own_in_place_of_spans(folder: Path) -> None:
    first, second, third = table(folder)
    names = [name for name in first if "passages" in name or "span" in name]
    assert names == ["passages", "passages_prefix", "passages_suffix", "passages_start"]
    assert [first[name] for name in names] == ["He said no|“We\\|they deny it,”", "", "", ""]
    assert second["passages"] == "said"
    assert [third[name] for name in names] == [""] * 4


@given(articles(text=texts, max_statements=4, max_actors=3))
def test_every_article_with_a_text_comes_back(tmp_path_factory: pytest.TempPathFactory, article: Article) -> None:
    folder = tmp_path_factory.mktemp("tables")
    write_csv(folder, [article], passages=True)
    assert list(read_csv(folder, texts={article.id: str(article.text)})) == [article]


def test_an_article_without_a_text_has_no_passages_to_write(tmp_path: Path) -> None:
    with pytest.raises(AnchorError, match=r"\$\.text: |\$\[0\]\.text: "):
        write_csv(tmp_path, [load_article()], passages=True)
    with pytest.raises(TypeError, match="texts"):
        read_csv(tmp_path, texts=[TEXT])  # type: ignore[arg-type]


def test_what_is_wrong_names_the_cell_in_the_order_of_the_tables(folder: Path) -> None:
    change(folder, 0, passages="nowhere|no", cue=" ")
    change(folder, 1, passages_start="x", speaker="nobody", date="someday")
    assert wrong(folder) == [
        ("empty", "statements.csv", 2, "cue"),
        ("span", "statements.csv", 2, "passages", 0),
        ("span", "statements.csv", 2, "passages", 1),
        ("dangling_ref", "statements.csv", 3, "speaker"),
        ("date", "statements.csv", 3, "date"),
        ("type", "statements.csv", 3, "passages_start", 0),
    ]


def test_a_cell_that_must_be_filled_and_is_not_is_missing(folder: Path) -> None:
    change(folder, 0, speaker="", quantities_minimum="3|4", quantities_unit="x|")
    change(folder, 2, type="denial")
    with pytest.raises(ValidationError) as caught:
        list(read_csv(folder, texts={"example": TEXT}))
    assert [(issue.code, issue.path[1:]) for issue in caught.value.issues] == [
        ("missing", (2, "speaker")),
        ("missing", (2, "quantities_unit", 1)),
        ("missing", (4, "denies")),
    ]


@pytest.mark.parametrize(
    ("text", "passages", "column"),
    [
        ("He said\nno. She said\nno.", "no", "passages_prefix"),
        ("Wir | sie said no. Er | sie said no.", "said no", "passages_prefix"),
        ("Ships wait. He said no. She said no. Yes.", "Ships wait|said no|Yes", "passages_prefix"),
        ("no, he said. " + "no, she said. " * 2, "no", "passages_suffix"),
        ("no\n" * 200, "no", "passages_start"),
    ],
)
def test_the_cell_that_a_message_shows_for_a_passage_in_several_places_is_enough(
    folder: Path, text: str, passages: str, column: str
) -> None:
    write_csv(folder, [attrs.evolve(ARTICLE, text=text, statements=[CLAIMS[2]])], passages=True)
    change(folder, 0, passages=passages)
    with pytest.raises(ValidationError) as caught:
        list(read_csv(folder, texts={"example": text}))
    one = r"or '(.+?)' in (\w+)( \(item 2 of 3\))? for the one at (\d+)"
    advice = re.search(one, caught.value.issues[0].message)
    assert advice is not None
    assert (advice[2], bool(advice[3])) == (column, "|" in passages)
    change(folder, 0, **{column: advice[1]})
    (article,) = read_csv(folder, texts={"example": text})
    assert int(advice[4]) in {span.start for span in article.statement("s3").spans}


def test_columns_of_spans_are_not_known_beside_texts_nor_those_of_passages_without(folder: Path) -> None:
    with pytest.raises(ValidationError) as caught:
        list(read_csv(folder))
    assert {(issue.code, issue.message.partition("; ")[2]) for issue in caught.value.issues} == {
        ("unknown_key", "with texts, read_csv reads drafts")
    }
    write_csv(folder, [ARTICLE])
    assert wrong(folder) == [
        ("unknown_key", "statements.csv", 1, name) for name in ("spans_start", "spans_end", "spans_fingerprint")
    ]


def test_an_article_needs_a_text_with_its_id(folder: Path) -> None:
    assert wrong(folder, {}) == [("dangling_ref", "articles.csv", 2, "id")]


@pytest.mark.parametrize(("text", "code"), [(3, "type"), (None, "type"), ("", "empty"), ("a\0b", "text")])
def test_what_is_no_text_among_the_texts_is_their_fault_and_not_that_of_the_tables(
    folder: Path, text: object, code: str
) -> None:
    assert wrong(folder, {"example": text}) == [(code, "texts", "example")]
    errors: list[Exception] = []
    write_csv(folder, [ARTICLE, attrs.evolve(ARTICLE, id="other")], passages=True)
    texts: Any = {"example": text, "other": TEXT}
    assert [article.id for article in read_csv(folder, texts=texts, on_error=errors.append)] == ["other"]
    assert str(errors[0]).startswith(f"{folder}: $.texts.example: ")


def test_where_nothing_but_passages_is_wrong_the_article_comes_in_without_those_statements_spans(folder: Path) -> None:
    others = [attrs.evolve(ARTICLE, id=id) for id in ("other", "third")]
    write_csv(folder, [ARTICLE, *others], passages=True)
    change(folder, 0, passages="nowhere|He said no")
    change(folder, 4, cue=" ", passages="nowhere", passages_prefix="", passages_suffix="")
    change(folder, 6, passages="nowhere\\x|He said no")  # a cell that cannot be read
    errors: list[Exception] = []
    found = list(read_csv(folder, texts=dict.fromkeys(["example", "other", "third"], TEXT), on_error=errors.append))
    assert [[len(claim.spans) for claim in article.statements] for article in found] == [[0, 1, 0]]
    lost, refused = errors[:2]
    assert type(lost) is AnchorError
    assert [issue.path for issue in lost.issues] == [("statements.csv", 2, "passages", 0)]
    assert str(lost).startswith(f"{folder}: statements.csv:2, column passages, item 1: statement 's1': ")
    assert type(refused) is type(errors[2]) is ValidationError
    assert [issue.code for issue in refused.issues] == ["empty", "span"]
