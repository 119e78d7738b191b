"""In no format is a text anything but text: a parser made for the format finds it where a plain one would stand."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache, reduce
from html.parser import HTMLParser
from itertools import zip_longest
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree

import attrs
import pytest
from hypothesis import assume, example, given, strategies as st

from geoclaims import Article
from geoclaims._command_line.formats import FORMATS
from geoclaims._command_line.layout import Layout
from geoclaims._command_line.show import page
from geoclaims.corpus import Corpus, Link, LinkKind
from geoclaims.interop import to_arrow, to_html
from tests.conftest import imported

LINES = (
    *"\"'`“”{}[]()<>|,;:\\/=+-@%#&$*_~?!^.0a ＝＠\u00a0",
    *("</script>", "</title>", "<!--", "-->", "]]>", "<img src=x onerror=alert(1)>", "&lt;", "&#60;", "&amp"),
    *("'=1", "@SUM(A1)", "=HYPERLINK(x)", ";=1", "|=1", '""', '","', "\\|", "\\\\", "\\N", "\\n", "%41", "%"),
    *('"]', "}]}", '"}', "{{x}}", "${x}", "$$x$$"),
    *("end", "null", "true", "1e5", "urn:uuid:0", "_:b", "javascript:", "www.example.org"),
    *("\u202e", "\u2066", "\u200f", "\u200b", "\u2028", "\ufeff", "\u3164", "\U000e0001", "\u2065", "\ufffe"),
    *("é", "中", "ש", "م", "😀", "𐌰", "می\u200cخواهم", "न्\u200dय", "👩\u200d🚀", "☺\ufe0f", "שָׁלוֹם", "شركة 7-up"),
)
PROSE = (*LINES, "\n", "\t", "\n\n=1", "\t@", ";\n+")
TEXTS = (*PROSE, "\r", "\r\n", "\x01", "\x1b[2J", "\x7f", "\x85", "\x0c")
ADDRESSES = (*"\"'`{}[]()<>|,;:\\/=+-@%#&$*_~?!^.é中", "%41", "javascript:", "</a>", "&lt;", '"]', "'=")


def joined(pieces: tuple[str, ...]) -> st.SearchStrategy[str]:
    hidden = st.characters(categories=["Cf", "Cn", "Co", "Zs"] if pieces is not ADDRESSES else ["Ps", "Sc"])
    several = st.lists(st.sampled_from(pieces) | hidden, min_size=1, max_size=5)
    return several.map("".join).filter(lambda text: text.strip())


def in_chunks(pieces: tuple[str, ...]) -> list[str]:
    """All of some pieces, joined to texts that no format cuts."""
    chunks = [""]
    for piece in pieces:
        if len(visible(chunks[-1] + piece)) > LONGEST:
            chunks.append("")
        chunks[-1] += piece
    return [chunk for chunk in chunks if chunk.strip()]


LONGEST = 30
"""Longer names are cut in pages and pictures where several of them stand in one label."""

PLAIN = ("Zqline", "Zqprose", "Zqtext", "Zqaddress")

Found = list[tuple[str, str]]
"""Every text that a parser finds, and its place."""


def members(value: Any, path: str = "$") -> Iterator[tuple[str, str]]:
    """The values in something that was read as JSON; keys are part of their places."""
    if isinstance(value, dict | list):
        for key, member in value.items() if isinstance(value, dict) else enumerate(value):
            yield from members(member, f"{path}.{key}")
    else:
        yield path, str(value)


def in_json(files: Mapping[str, str]) -> Found:
    (text,) = files.values()
    return list(members(json.loads(text)))


def with_uuids(files: Mapping[str, str]) -> Found:
    """Names that are made from others, here and there, are numbered as they come."""
    (text,) = files.values()
    numbers: dict[str, str] = {}
    uuid = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
    return in_json({"": re.sub(uuid, lambda match: numbers.setdefault(match[0], f"uuid{len(numbers)}"), text)})


class Page(HTMLParser):
    """The elements of a page, their attributes, and the text in them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: Found = [("", "")]
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # the script of a text decides on these
        self.found += [(f"{tag} {name}", value or "") for name, value in attrs if name not in {"dir", "lang"}]
        self.found.append((f"in {tag}", ""))

    def handle_endtag(self, tag: str) -> None:
        self.found.append((f"after {tag}", ""))

    def handle_data(self, data: str) -> None:
        place, before = self.found[-1]
        self.found[-1] = place, before + data

    def handle_comment(self, data: str) -> None:
        pytest.fail(f"found a comment: {data}")


def in_a_script(files: Mapping[str, str]) -> Found:
    """The JSON-LD of a page that has it in a script element."""
    (text,) = files.values()
    assert not set(text) & set("<>&")
    _, (_, inside), _ = Page(f"<script>{text}</script>").found
    return with_uuids({"": inside})


def in_a_page(files: Mapping[str, str]) -> Found:
    (page,) = files.values()
    return Page(page).found


SIGNS = tuple("=+-@＝＋－＠")
PARTED = {"labels", "quotes", "aliases", "same_as", "appearances", "quantities_unit"}


def in_tables(files: Mapping[str, str]) -> Found:
    """The cells of tables, and the items in them; no cell may be a formula, at whichever character a program splits."""
    found: Found = []
    for file, text in files.items():
        table = text.removeprefix("\ufeff")
        for separator in ",;\t":
            for row in csv.reader(io.StringIO(table, newline=""), delimiter=separator):
                assert not [cell for cell in row if cell.strip().startswith(SIGNS)]
        header, *rows = csv.reader(io.StringIO(table, newline=""), strict=True)
        for number, row in enumerate(rows):
            for name, cell in zip(header, row, strict=True):
                parts = [cell]
                ends = ("_names", "_contents", *(["_same_as"] if name != "speaker_same_as" else []))
                if name in PARTED or name.endswith(ends):
                    parts = [
                        re.sub(r"\\(.)", r"\1", part) for part in re.findall(r"((?:\\.|[^\\|])+)", cell, re.DOTALL)
                    ]
                found += [(f"{file} {number} {name} {place}", part) for place, part in enumerate(parts)]
    return found


def in_a_drawing(files: Mapping[str, str]) -> Found:
    """What a picture is made of, and the text in it, which may be broken into lines anywhere."""
    (source,) = files.values()
    root = ElementTree.fromstring(source)  # noqa: S314 - our own
    kinds = {f"{part.tag} {' '.join(sorted(set(part.attrib) - {'direction'}))}" for part in root.iter()}
    isolated = re.compile("[\u2066\u2067\u2069]")  # around what may run from right to left
    return [("kinds", " ".join(sorted(kinds))), ("text", isolated.sub("", "".join(root.itertext())))]


def in_lines(files: Mapping[str, str]) -> Found:
    """The lines of `show`, which may be broken anywhere."""
    return [("text", "".join(files.values()))]


def of_links(article: Article) -> str:
    """A page of an article and of another that is linked with it, and says all that links repeat."""
    other = attrs.evolve(article, id="other")
    link = Link(kind=LinkKind.SAME, source="null/graph", target="other/graph", annotator=article.annotator)
    return to_html(Corpus(articles=[article, other], links=[link]))


WRITERS: dict[str, Callable[[Article], Any]] = {
    "arrow": lambda article: to_arrow([article]),
    "notebook": lambda article: {
        "": "".join(each._repr_html_() for each in (article, *article.actors, *article.statements))
    },
    "links": lambda article: {"": of_links(article)},
    "show": lambda article: {"": "\n".join(page(article, Layout(100, styled=False)))},
}


def visible(text: str) -> str:
    """A text with escapes for what is not seen, as `docs/reference/untrusted-input.md` says of what is shown."""
    shown = {c for c in text if c.isprintable() or c.isspace() or c in "\u00ad\u180e\u200b\u200c\u200d"}
    return "".join(c if c in shown - {"\u2028", "\u2029"} else ascii(c)[1:-1] for c in text)


def in_one_line(text: str) -> str:
    """A text as pictures show it: joiners are kept, white space is one space."""
    return " ".join(visible(text).split())


def of_a_text(text: str) -> str:
    """The text of an article in a page: what could reorder the page, and what a browser drops, are replaced."""
    return re.sub("[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]", "\ufffd", text)


def without_marks(text: str) -> str:
    """A quotation that has marks of its own gets others; lines may be broken anywhere."""
    return re.sub(r"[\s“”‘’]", "", text)


def of_addresses(text: str) -> str:
    """Addresses are percent-encoded in the formats of others."""
    return unquote(text) if text.startswith("https://") else text


@attrs.frozen
class Reader:
    """How a format is read, how it is said to write a text, and what of the difference does not matter."""

    read: Callable[[Any], Found]
    shown: Callable[[str], str] = str
    alike: Callable[[str], str] = str
    text: Callable[[str], str] | None = None
    """How the text of the article is written, if otherwise than all other texts."""

    def written(self, *texts: str) -> Mapping[str, str]:
        """By each plain word what is written in its place."""
        ways = [self.shown, self.shown, self.text or self.shown, self.shown]
        return {word: way(text) for word, way, text in zip(PLAIN, ways, texts, strict=True)}


def without_apostrophes(text: str) -> str:
    """An apostrophe is what guards a cell."""
    return text.replace("'", "")


TABLE = Reader(in_tables, alike=without_apostrophes)
READERS = {
    "csv": TABLE,
    "records": TABLE,
    "jsonld": Reader(in_a_script, alike=of_addresses),
    "json": Reader(in_json),
    "jsonl": Reader(in_json),
    "html": Reader(in_a_page, visible, without_marks, of_a_text),
    "svg": Reader(in_a_drawing, in_one_line, without_marks),
    "notebook": Reader(in_a_page, visible, without_marks, of_a_text),
    "links": Reader(in_a_page, visible, without_marks, of_a_text),
    "show": Reader(in_lines, in_one_line, without_marks),
    "arrow": Reader(lambda table: list(members(table.to_pylist()))),
}


def with_every_piece(test: Callable[..., None]) -> Callable[..., None]:
    """Try each piece at least once."""
    chunks = map(in_chunks, (LINES, PROSE, TEXTS, ADDRESSES))
    return reduce(lambda test, texts: example(texts)(test), zip_longest(*chunks, fillvalue="x"), test)


# Strings of a form of their own, which hold no text of anybody's.
OF_A_FORM = {"id", "speaker", "on_behalf_of", "about", "confirms", "reported_by", "accused", "denies"}
OF_A_FORM |= {"country", "language", "fingerprint"}


def test_every_field_that_holds_text_is_tried(dressed: Callable[..., Article]) -> None:
    article = dressed(*PLAIN)
    things: list[Any] = [article, *article.actors, *article.statements]
    things += [quantity for statement in article.statements for quantity in statement.quantities]
    of_text, tried = set[tuple[type[Any], str]](), set[tuple[type[Any], str]]()
    for thing in things:
        for field in attrs.fields(attrs.resolve_types(type(thing))):
            if field.type in {str, str | None, tuple[str, ...]} and field.name not in OF_A_FORM:
                of_text.add((type(thing), field.name))
                if any(word in str(getattr(thing, field.name)) for word in PLAIN):
                    tried.add((type(thing), field.name))
    assert tried == of_text, f"tests/conftest.py: what is dressed has no text in {of_text - tried}"


@pytest.fixture(scope="session")
def found_in(exported: Callable[..., Any], dressed: Callable[..., Article]) -> Callable[..., Found]:
    """What is found in a format of an article with some texts."""

    def found(name: str, *texts: str) -> Found:
        article = dressed(*texts)
        return READERS[name].read(WRITERS[name](article) if name in WRITERS else exported(name, article))

    return found


@pytest.fixture(scope="session")
def found_plain(found_in: Callable[..., Found]) -> Callable[[str], Found]:
    """What is found in a format of an article with plain words."""
    return cache(lambda name: found_in(name, *PLAIN))


@pytest.fixture(scope="session", params=[*(name for name in FORMATS if name != "parquet"), *WRITERS])
def name(request: pytest.FixtureRequest) -> str:
    """Each format that can be written here."""
    if request.param == "arrow":
        imported("pyarrow")
    return str(request.param)


@with_every_piece
@given(st.tuples(*map(joined, (LINES, PROSE, TEXTS, ADDRESSES))))
def test_in_every_format_a_text_is_nothing_but_text(
    name: str, found_in: Callable[..., Found], found_plain: Callable[[str], Found], texts: tuple[str, str, str, str]
) -> None:
    assume(max(len(visible(texts[0])), len(visible(texts[1])) / 2) <= LONGEST)
    assume(texts[0] != "null")  # the id, which a page shows once where it is the title too
    assert name in READERS, f"tests/test_hostile_text.py: READERS has no parser of {name}"
    reader, plain = READERS[name], found_plain(name)
    written = reader.written(*texts)
    expected = [(place, re.sub("|".join(PLAIN), lambda word: written[word[0]], found)) for place, found in plain]
    assert expected != plain
    assert [(place, reader.alike(found)) for place, found in found_in(name, *texts)] == [
        (place, reader.alike(found)) for place, found in expected
    ]
