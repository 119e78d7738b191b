from __future__ import annotations

import codecs
import gzip
from pathlib import Path

import attrs
import pytest

from geoclaims import Actor, AnchorError, Article, Span, Statement, ValidationError, from_json, load_article, to_json


@pytest.fixture(scope="module")
def words(shared: Path) -> str:
    """The text that the bundled annotation is of."""
    return (shared / "article.txt").read_text(encoding="utf-8")


def written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def test_without_a_text_the_article_has_none_and_is_the_same_each_time() -> None:
    assert load_article().text is None
    assert load_article() == load_article()


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["bare", "BOM"])
def test_whatever_the_ends_of_lines_of_a_copy_nothing_changes_but_the_text(
    tmp_path: Path, words: str, end: str, mark: bytes
) -> None:
    data = mark + words.replace("\n", end).encode()
    plain = written(tmp_path / "copy.txt", data)
    for file in (plain, str(plain), written(tmp_path / "copy.txt.gz", gzip.compress(data))):
        assert load_article(text_path=file) == attrs.evolve(load_article(), text=words)


def test_of_a_copy_that_breaks_off_what_is_there_is_attached(tmp_path: Path, words: str) -> None:
    errors: list[AnchorError] = []
    half = words[: len(words) // 2]
    article = load_article(text_path=written(tmp_path / "copy.txt", half.encode()), on_error=errors.append)
    lost = {issue.path[1] for error in errors for issue in error.issues}
    assert len(errors) == 1
    assert 0 < len(lost) < len(article.statements)
    for number, (statement, whole) in enumerate(zip(article.statements, load_article().statements, strict=True)):
        assert statement.spans == (() if number in lost else whole.spans)


@pytest.mark.parametrize("data", [b'"no\xe9."', codecs.BOM_UTF8 + b'"\n\xff"'], ids=["Latin-1", "a mark before"])
def test_a_text_and_a_json_text_that_are_not_utf_8_have_the_same_message(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(ValidationError, match=r"copy\.txt: ") as of_text:
        load_article(text_path=written(tmp_path / "copy.txt", data))
    with pytest.raises(ValidationError) as of_json:
        from_json(data)
    assert of_text.value.issues == of_json.value.issues
    assert [issue.line for issue in of_text.value.issues] == [issue.line for issue in of_json.value.issues]


@pytest.mark.parametrize("name", ["one.json", "one.json.gz", "ONE.JSON.GZ"])
def test_an_article_is_read_from_a_file_plain_or_gzip_by_its_name(tmp_path: Path, name: str) -> None:
    data = to_json(load_article(), indent=1).encode()
    path = written(tmp_path / name, gzip.compress(data) if name.lower().endswith("gz") else data)
    assert load_article(path) == load_article(str(path)) == load_article()


def test_the_article_of_a_file_gets_the_text_of_another(tmp_path: Path) -> None:
    he = Actor(id="he", name="he")
    said = Statement(id="s", speaker="he", content="No.", quotes=["No."], spans=[Span.find("No, he said.", "No")])
    path = written(tmp_path / "a.json", to_json(Article(id="a", actors=[he], statements=[said])).encode())
    text = written(tmp_path / "a.txt", "“No,” he said.\r\n".encode())
    assert load_article(path, text_path=text).excerpts("s") == ("No",)
    errors: list[AnchorError] = []
    other = load_article(path, text_path=written(tmp_path / "b.txt", b"Yes."), on_error=errors.append)
    assert (other.text, other.statement("s").quotes) == ("Yes.", ())
    assert [issue.path[2:] for error in errors for issue in error.issues] == [("quotes", 0), ("spans", 0)]


ONE = to_json(Article(id="a"))
DRAFT = """{
 "id": "a",
 "actors": [{"id": "he", "name": "he"}],
 "statements": [{"type": "statement", "id": "s", "speaker": "he", "content": "No.", "passages": ["No"]}]
}"""


@pytest.mark.parametrize(
    ("content", "names"),
    [
        (DRAFT, r"one\.json: line 4: \$\.statements\[0\]\.passages: .* read_draft"),
        (f"{ONE}\n{ONE}\n", r"one\.json: \$: .* read_jsonl"),
        ("The harbour was open.", r"one\.json: \$: .* text_path"),
        ("", r"one\.json: \$: .* text_path"),
        ("[]", r"one\.json: \$: .* \[type\]$"),
        ("{", r"one\.json: \$: .* \[json\]$"),
    ],
)
def test_a_file_without_an_article_is_told_what_reads_it(tmp_path: Path, content: str, names: str) -> None:
    path = written(tmp_path / "one.json", content.encode())
    with pytest.raises(ValidationError, match=names) as caught:
        load_article(path)
    assert caught.value.location == str(path)


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    path = written(tmp_path / "one.json.gz", gzip.compress(ONE.encode())[:-3])
    with pytest.raises(ValidationError, match=r"one\.json\.gz: \$: .*\[encoding\]"):
        load_article(path)


@pytest.mark.parametrize("name", ["nowhere.txt", "no\0where.txt", ""])
def test_a_file_that_cannot_be_read_is_an_os_error(tmp_path: Path, name: str) -> None:
    with pytest.raises(OSError, match=r"No such file|No file can have this name|Is a directory|Permission denied"):
        load_article(text_path=tmp_path / name)
    with pytest.raises(OSError, match=r"No such file|No file can have this name|Is a directory|Permission denied"):
        load_article(tmp_path / name)
