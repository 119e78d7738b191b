"""Whatever a format keeps of an article by its table stands in its output, each element once and in order."""

from __future__ import annotations

import csv
import io
import json
import re
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from itertools import permutations
from pathlib import Path
from typing import Any, NamedTuple

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
    from_dict,
    from_json,
    make_converter,
    to_json,
)
from geoclaims._command_line.formats import FORMATS
from geoclaims.annotation import read_draft, to_draft
from geoclaims.interop import read_csv, to_arrow, write_csv
from tests.conftest import imported

PAGE = Path(__file__).parents[1] / "docs" / "reference" / "left-out.md"
TEXT = "The navy said that it rained. "
CONVERTER = make_converter()
FOR_PEOPLE = {"html", "svg"}

# What the page on other formats says beside the table: values that are written alike.
ALIKE: dict[str, set[Any]] = {"jsonld": {ActorKind.GROUP}}
ONE_IS_KEPT = {("records", "same_as")}


@cache
def pool(mark: str) -> list[Any]:
    """Values of which every field takes some; each text has a word that begins with the mark."""
    words = [f"{mark}{word}" for word in ("one", "two", "three")]
    numbers = [(*bounds, approximate) for bounds in ((None, 0), (0, None), (0, 0)) for approximate in (False, True)]
    return [
        *(f"{TEXT}{word}" for word in words),
        *(f"https://example.org/{word}?a=b" for word in words),
        *("NOR", "CHN", "de", "pt-BR", False, True),
        *(f"{mark}{kind}" for kind in ("actora", "actorb", "actorc", "saida", "saidb", "saidc")),
        "who",  # the speaker
        *(PartialDate(2031), PartialDate(2031, 1), PartialDate(2031, 1, 1), *ActorKind, *DenialKind),
        *(Quantity(minimum=a, maximum=b, unit=f"{mark}ships", approximate=c) for a, b, c in numbers),
        Quantity(minimum=0, unit=f"{mark}crew"),
        *(Span.of(TEXT, start, start + 3) for start in (0, 4, 9)),
    ]


def base() -> Article:
    """An article without optional fields: first an actor and a statement of each kind, then others to refer to."""
    actors = [Actor(id=id, name="A") for id in ("who", "Xactora", "Xactorb", "Xactorc", "Yactora")]
    said: dict[str, Any] = {"speaker": "who", "content": "It."}
    kinds = Statement(id="plain", **said), Allegation(id="claim", accused=["who"], **said)
    others = [Statement(id=id, **said) for id in ("Xsaida", "Xsaidb", "Xsaidc", "Ysaida")]
    statements = [*kinds, Denial(id="answer", denies=["claim"], **said), *others]
    return Article(id="example", actors=actors, statements=statements)


PLACES = (("article", 0), ("actors", 0), ("statements", 0), ("statements", 1), ("statements", 2))


def thing(article: Article, place: tuple[str, int]) -> Any:
    return article if place[0] == "article" else getattr(article, place[0])[place[1]]


def put(article: Article, place: tuple[str, int], name: str, value: Any) -> Article | None:
    """The article with a value in a field of one of its objects; None if it does not fit."""
    section, number = place
    try:
        other = attrs.evolve(thing(article, place), **{name: value})
        if section == "article":
            return other  # type: ignore[no-any-return]
        things = getattr(article, section)
        changed: Any = {section: [*things[:number], other, *things[number + 1 :]]}
        return attrs.evolve(article, **changed)
    except ValidationError:
        return None


@cache
def variants(article: Article, place: tuple[str, int], name: str, mark: str = "X") -> list[Any]:
    """Values that differ for a field: single ones, or lists of one, of one twice, of two in both orders, of all."""
    values = pool(mark)
    if single := [value for value in values if put(article, place, name, value)]:
        return single[:5]
    several = [value for value in values if put(article, place, name, (value,))][:7]
    lists = [tuple(several[:1] * 2), *permutations(several[:2]), tuple(several)]
    return [*((one,) for one in several), *(each for each in dict.fromkeys(lists) if put(article, place, name, each))]


def fields(place: tuple[str, int]) -> list[Any]:
    return [
        field for field in attrs.fields(type(thing(base(), place))) if field.name not in {"id", "actors", "statements"}
    ]


@cache
def contexts() -> tuple[Article, Article]:
    """The article with no optional field, and one with a value in each of them."""
    bare = full = base()
    for place in PLACES:
        for field in fields(place):
            if field.default is not attrs.NOTHING:
                value, *_ = variants(full, place, field.name, "Y")
                full = put(full, place, field.name, value) or full
    return bare, full


class Family(NamedTuple):
    """Articles that differ in one field of one object."""

    model: type[Any]
    field: str
    held: Any
    without: Article
    values: dict[Any, Article]


@cache
def families(*, alone: bool) -> list[Family]:
    """Articles for each field, with no other optional field, or with all others."""
    bare, full = contexts()
    context = bare if alone else full
    found = []
    for place, field in [(each, field) for each in PLACES for field in fields(each) if alone or not field.inherited]:
        values = variants(bare, place, field.name)
        assert len(values) > 1, f"{field.name}: add values of its type to the pool of {__name__}"
        without = context if field.default is attrs.NOTHING else put(context, place, field.name, field.default)
        assert without
        some = values if alone and not field.inherited else (values[0], values[-1])
        fitting = {value: other for value in some if (other := put(context, place, field.name, value))}
        held = getattr(thing(without, place), field.name)
        found.append(Family(type(thing(context, place)), field.name, held, without, fitting))
    return found


def lost() -> set[tuple[str, type[Any], str]]:
    """What the page says that each format loses: the format, the model and the field."""
    rows = re.findall(r"^\| `(\w+)` \|.*\| (.*) \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    models: dict[str, list[type[Any]]] = {"article": [Article], "actor": [Actor]}
    models["statement"] = [Statement, Allegation, Denial]
    return {
        (name, model, field)
        for name, cell in rows
        for kind, names in re.findall(r"of (\w+)s ((?:`\w+`(?:, )?)+)", cell)
        for model in models[kind]
        for field in re.findall(r"\w+", names)
    }


OWN_NAME = re.compile("urn:uuid:[0-9a-f]{8}-").match
Leaves = list[tuple[str, str]]


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Each value in an output, and its keys; a list has no key."""
    if isinstance(value, dict | list):
        for key, member in value.items() if isinstance(value, dict) else (("", each) for each in value):
            yield from leaves(member, f"{path}.{key}" if key else path)
    else:
        yield path, str(value)


def written(name: str, article: Article, exported: Callable[..., Mapping[str, str]]) -> Leaves:
    """What stands in an output; what it calls by a name of its own has the id that it has in the article."""
    (text,) = exported(name, article).values()
    if text.startswith("\ufeff"):
        return [leaf for row in csv.DictReader(io.StringIO(text[1:], newline="")) for leaf in row.items()]
    ids: dict[str, str] = {}

    def named(node: dict[str, Any]) -> dict[str, Any]:
        if id := node.get("identifier"):
            ids[node["@id"]] = id
        return node

    found = leaves(json.loads(text, object_hook=named))
    return [(key, ids.setdefault(value, f"{len(ids)}") if OWN_NAME(value) else value) for key, value in found]


@pytest.mark.parametrize("name", sorted({*FORMATS} - FOR_PEOPLE - {"csv", "parquet", "json", "jsonl"}))
def test_a_format_keeps_what_it_is_not_said_to_lose(name: str, exported: Callable[..., Mapping[str, str]]) -> None:
    shown = cache(lambda article: written(name, article, exported))
    wrong = []
    for family in families(alone=True) + families(alone=False):
        values = [value for value in family.values if value not in ALIKE.get(name, ())]
        if (name, family.field) in ONE_IS_KEPT:
            values = [value for value in values if len(value) == 1]
        without = shown(family.without)
        outputs = {value: shown(family.values[value]) for value in values}
        if (name, family.model, family.field) in lost():
            right = all(output == without for output in outputs.values())
        else:
            differ = len({*map(tuple, (without, *outputs.values()))}) == len({family.held, *values})
            right = differ and in_order(without, outputs) and all(map(stands, outputs, outputs.values()))
        if not right:
            wrong.append(f"{family.model.__name__}.{family.field}")
    assert wrong == []


def marks(value: Any) -> list[str]:
    return re.findall("X[a-z]+", str(value))


def stands(value: Any, output: Leaves) -> bool:
    """Whether each text, date and id in a value stands in an output as it is."""
    parts = [part for part in (value if isinstance(value, tuple) else (value,)) if type(part) in (str, PartialDate)]
    return all(any(str(part) in text for _, text in output) for part in parts)


def in_order(without: Leaves, outputs: Mapping[Any, Leaves]) -> bool:
    """Whether all elements stand in their order, and as often, wherever the first one stands alone."""
    found: dict[Any, dict[str, list[str]]] = {}
    for value, output in outputs.items():
        before, at = Counter(without), found.setdefault(value, {})
        for key, text in output:
            if before[key, text]:
                before[key, text] -= 1
            elif marked := marks(text):
                at.setdefault(key, []).extend(marked)
    first = next(iter(outputs))
    times = {key: len(several) for key, several in found[first].items() if {*several} == {*marks(first)}}
    return bool(times) >= bool(marks(first)) and all(
        at.get(key, []) == marks(value) * number for value, at in found.items() for key, number in times.items()
    )


def without_nulls(value: Any) -> Any:
    """A row, or what stands in it, without the keys that are null."""
    if isinstance(value, dict):
        return {key: without_nulls(each) for key, each in value.items() if each is not None}
    return [without_nulls(each) for each in value] if isinstance(value, list) else value


def by_csv(articles: list[Article]) -> list[Article]:
    with tempfile.TemporaryDirectory() as folder:
        write_csv(folder, articles)
        return list(read_csv(folder))


def by_arrow(articles: list[Article]) -> list[Article]:
    imported("pyarrow")
    return [from_dict(without_nulls(row)) for row in to_arrow(articles).to_pylist()]


def by_draft(articles: list[Article]) -> list[Article]:
    text = " ".join(value for value in pool("X") if type(value) is str)
    drafts = [to_draft(attrs.evolve(article, text=text)) for article in articles]
    return [attrs.evolve(read_draft(draft, text), text=each.text) for draft, each in zip(drafts, articles, strict=True)]


BACK: dict[str, Callable[[list[Article]], list[Article]]] = {
    "csv": by_csv,
    "parquet": by_arrow,
    "json": lambda articles: [from_json(to_json(article, indent=2)) for article in articles],
    "jsonl": lambda articles: [from_json(to_json(article)) for article in articles],
    "draft": by_draft,
    "converter": lambda some: [CONVERTER.structure(CONVERTER.unstructure(each), Article) for each in some],
}


@pytest.mark.parametrize("name", BACK)
def test_what_leaves_nothing_out_gives_every_value_of_every_field_back(name: str) -> None:
    assert name not in {each for each, *_ in lost()}
    some = families(alone=True) + ([] if name == "draft" else families(alone=False))  # to look up quotes takes long
    cases = [(family, value, other) for family in some for value, other in family.values.items()]
    articles = [attrs.evolve(other, id=f"a{number}") for number, (_, _, other) in enumerate(cases)]
    wrong = [
        f"{family.model.__name__}.{family.field}: {value}"
        for (family, value, _), article, back in zip(cases, articles, BACK[name](articles), strict=True)
        if article != back
    ]
    assert wrong == []
