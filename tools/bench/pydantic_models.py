"""The same models and rules in pydantic v2: strict, frozen, and in its compiled core wherever that can say a rule.

Fields are those of the portable schema; what no schema can say is checked here. Nothing here imports geoclaims, so that
importing these models does not import it either.
"""

from __future__ import annotations

import calendar
import functools
import json
import operator
import re
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from types import GenericAlias
from typing import Annotated, Any, Final, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    PlainSerializer,
    PlainValidator,
    StringConstraints,
    create_model,
    model_validator,
)

_DATA: Final = Path(__file__).parents[2] / "src" / "geoclaims" / "data"
SCHEMA: Final = json.loads(_DATA.joinpath("geoclaims-1.0.portable.schema.json").read_bytes())
KINDS: Final = ("Statement", "Allegation", "Denial")
_DATES: Final = SCHEMA["properties"]["published"]["pattern"]
_is_date = re.compile(_DATES.replace("^", "(?!0000)", 1)).match


class PartialDate:
    """A date as precise as its source; not a dataclass, which pydantic would read in its own way."""

    __slots__ = ("_text", "day", "month", "year")

    def __init__(self, year: int, month: int | None = None, day: int | None = None) -> None:
        self.year = year
        self.month = month
        self.day = day
        parts = [f"{year:04}", *(f"{part:02}" for part in (month, day) if part is not None)]
        self._text = "-".join(parts)  # kept, since dates are written more often than made

    def __eq__(self, other: object) -> bool:
        return isinstance(other, PartialDate) and self._text == other._text

    def __hash__(self) -> int:
        return hash(self._text)

    def __str__(self) -> str:
        return self._text


@functools.lru_cache(maxsize=8_192)  # as many as geoclaims remembers
def _read_date(value: str) -> PartialDate:
    if not _is_date(value):
        raise ValueError("no date")
    parts = [int(part) for part in value.split("-")]
    if len(parts) == 3 and parts[2] > 28 and parts[2] > calendar.monthrange(parts[0], parts[1])[1]:
        raise ValueError("no such day")
    return PartialDate(*parts)


def _date(value: Any) -> PartialDate:
    return value if isinstance(value, PartialDate) else _read_date(value)


def _each_once(values: tuple[str, ...]) -> tuple[str, ...]:
    if len(values) > 1 and len(set(values)) < len(values):
        raise ValueError("something twice")
    return values


def _check_bounds(quantity: Any) -> Any:
    if quantity.minimum is None and quantity.maximum is None:
        raise ValueError("no bound")
    if quantity.minimum is not None and quantity.maximum is not None and quantity.minimum > quantity.maximum:
        raise ValueError("bounds out of order")
    return quantity


def _check_end(span: Any) -> Any:
    if span.end <= span.start:
        raise ValueError("end before start")
    return span


def _check_principal(actor: Any) -> Any:
    if actor.on_behalf_of == actor.id:
        raise ValueError("on its own behalf")
    return actor


def _check_order(statement: Any) -> Any:
    end = 0
    for span in statement.spans:
        if span.start < end:
            raise ValueError("passages out of order")
        end = span.end
    beginning, over = statement.event_date, statement.event_end
    if beginning is not None and over is not None:
        # An unknown part of the end is as late as possible.
        latest = (over.year, over.month or 12, over.day or 31)
        if latest < (beginning.year, beginning.month or 1, beginning.day or 1):
            raise ValueError("ends before it begins")
    return statement


def _check_references(article: Any) -> Any:
    actors = {actor.id for actor in article.actors}
    statements = {statement.id: index for index, statement in enumerate(article.statements)}
    things = actors | statements.keys()
    principals = {actor.id: (actor.on_behalf_of,) for actor in article.actors if actor.on_behalf_of is not None}
    if len(things) != len(article.actors) + len(article.statements):
        raise ValueError("an id twice")
    if not all(principal in actors for (principal,) in principals.values()):
        raise ValueError("no such principal")
    forward = late = False
    for index, statement in enumerate(article.statements):
        if not (
            statement.speaker in actors
            and things.issuperset(statement.about)
            and statement.id not in statement.about
            and statement.id not in statement.confirms
            and statements.keys() >= set(statement.confirms)
            and actors.issuperset(statement.reported_by)
        ):
            raise ValueError("no such thing")
        late = late or any(statements[id] > index for id in statement.confirms)
        if statement.type == "allegation":
            if not actors.issuperset(statement.accused):
                raise ValueError("no such actor")
        elif statement.type == "denial":
            if statement.id in statement.denies or not statements.keys() >= set(statement.denies):
                raise ValueError("no such statement")
            forward = forward or any(statements[id] > index for id in statement.denies)
    _check_no_circle(principals)
    if forward:  # denials of earlier statements cannot form a cycle
        _check_no_circle({each.id: each.denies for each in article.statements if each.type == "denial"})
    if late:
        _check_no_circle({each.id: each.confirms for each in article.statements if each.confirms})
    return article


def _check_no_circle(edges: Mapping[str, Sequence[str]]) -> None:
    while edges:
        rest = {id: targets for id, targets in edges.items() if not edges.keys().isdisjoint(targets)}
        if len(rest) == len(edges):
            raise ValueError("a circle")
        edges = rest


class Model(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")


CHECKS: Final[dict[str, Callable[[Any], Any]]] = {
    "Quantity": _check_bounds,
    "Span": _check_end,
    "Actor": _check_principal,
    **dict.fromkeys(KINDS, _check_order),
    "Article": _check_references,
}
MODELS: Final[dict[str, Any]] = {}


@functools.cache
def _enumeration(title: str, *values: str) -> Any:
    return Literal[*values] if title == "Country" else StrEnum(title, {value.upper(): value for value in values})


def _type(part: dict[str, Any]) -> Any:
    """Return the type of a field by its part of the schema."""
    if "$ref" in part:
        name = part["$ref"].rpartition("/")[2]
        if name in MODELS:
            return MODELS[name]
        kinds: Any = functools.reduce(operator.or_, map(MODELS.get, KINDS))
        return Annotated[kinds, Field(discriminator="type")]
    if "const" in part:
        return Literal[part["const"]]
    if "items" in part:
        found: Any = GenericAlias(tuple, (_type(part["items"]), ...))
        if "uniqueItems" in part:
            found = Annotated[found, AfterValidator(_each_once)]
        return Annotated[found, Field(min_length=part["minItems"])] if "minItems" in part else found
    if "null" in part["type"]:
        return _type({**part, "type": part["type"][0]}) | None
    if "enum" in part:
        return _enumeration(part["title"], *filter(None, part["enum"]))
    if part["type"] == "string" and part["pattern"] == _DATES:
        return Annotated[PartialDate, PlainValidator(_date), PlainSerializer(str)]
    if part["type"] == "string":
        return Annotated[str, StringConstraints(pattern=part["pattern"])]
    return Annotated[int, Field(ge=0, le=2**63 - 1)] if part["type"] == "integer" else bool


def _default(part: dict[str, Any], type_: Any) -> Any:
    if "default" not in part:
        return ...
    found = part["default"]
    return () if found == [] else type_(found) if "enum" in part and found else found


def _make(name: str, part: dict[str, Any]) -> None:
    fields = {key: (_type(each), each) for key, each in part["properties"].items() if key != "$schema"}
    given: dict[str, Any] = {key: (type_, _default(each, type_)) for key, (type_, each) in fields.items()}
    check: Any = {"check": model_validator(mode="after")(CHECKS[name])}
    MODELS[name] = create_model(name, __base__=Model, __validators__=check, **given)


for _name in ("Quantity", "Span", "Actor", *KINDS):
    _make(_name, SCHEMA["$defs"][_name])
_make("Article", SCHEMA)
Quantity, Span, Allegation = (MODELS[_name] for _name in ("Quantity", "Span", "Allegation"))

read = MODELS["Article"].model_validate_json


def write(article: Any) -> bytes:
    text: str = article.model_dump_json(exclude_defaults=True)
    return text.encode()
