"""Make one article from actors and statements that were drawn separately: unique ids, references with a target."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import count
from typing import Any

import attrs

from geoclaims._actors import Actor
from geoclaims._passages.normal_form import normalize
from geoclaims._rules import definitions, references_of
from geoclaims._spans import Span
from geoclaims._statements import Allegation
from geoclaims.strategies._settling import Fields

Places = Sequence[str | None]
"""The possible targets of a reference: the id at each place, or None if it is not allowed.

A reference that was drawn as a number means a place. It keeps its meaning when shrinking removes something else, so
examples become small.
"""


@attrs.define
class Element:
    """An actor or statement that is not linked yet; its references are ids, or numbers of places."""

    model: type[Any]
    fields: Fields

    @property
    def id(self) -> str | None:
        """Its id, if it has one."""
        return self.fields.get("id")


def link(actors: Sequence[Element | None], statements: Sequence[Element | None], text: str | None) -> None:
    """Make the actors and statements of an article fit each other and its text; None is an empty place.

    A denial without anything to deny becomes an allegation.
    """
    elements = [element for element in (*actors, *statements) if element]
    identify(elements)
    actor_ids = [actor.id if actor else None for actor in actors]
    statement_ids = [statement.id if statement else None for statement in statements]
    pools: dict[str, Places] = {
        "actor": actor_ids,
        "statement": statement_ids,
        "actor or statement": actor_ids + statement_ids,
    }
    sources: dict[str, dict[str | None, list[str]]] = {}
    for element in elements:
        for name, rule in references_of(element.model).items():
            is_needed = definitions(element.model)[name].required and rule.to == "statement"
            if is_needed and not any(_allowed(element, name, pools, sources)):
                _accuse_instead(element, name)
        for name, rule in references_of(element.model).items():
            _link(element.fields, name, _allowed(element, name, pools, sources))
            if rule.acyclic:
                for target in _targets(element.fields.get(name)):
                    sources.setdefault(name, {}).setdefault(target, []).append(element.fields["id"])
        if text is not None and "spans" in element.fields:
            element.fields["spans"] = _fitted(element.fields["spans"], text)


def _allowed(
    element: Element, name: str, pools: Mapping[str, Places], sources: Mapping[str, Mapping[str | None, Sequence[str]]]
) -> Places:
    """Return the possible targets of the references in a field by its rule: not the element itself, and no cycle."""
    rule = references_of(element.model)[name]
    places, id = pools[rule.to], element.fields["id"]
    if rule.acyclic:
        return _without_cycle(places, id, sources.get(name, {}))
    return places if rule.itself else [None if other == id else other for other in places]


def _accuse_instead(element: Element, name: str) -> None:
    """Make an allegation from an element without a target; its drawn references become those whom it accuses."""
    accused = _targets(element.fields.pop(name))
    known = {field: value for field, value in element.fields.items() if field in definitions(Allegation)}
    element.model, element.fields = Allegation, {**known, "accused": accused}


def _targets(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list | tuple) else (value,)


def identify(elements: Sequence[Element]) -> None:
    """Give a new id to everything that has none, or a repeated one."""
    taken: set[str | None] = {None}
    nameless = []
    for element in elements:
        if element.id in taken:
            nameless.append(element)
        taken.add(element.id)
    numbers = {"a": count(1), "s": count(1)}
    for element in nameless:
        letter = "a" if element.model is Actor else "s"
        element.fields["id"] = next(id for id in (f"{letter}{n}" for n in numbers[letter]) if id not in taken)


def _link(fields: Fields, name: str, places: Places) -> None:
    """Give the references in a field, one or many, a target."""
    references = fields.get(name)
    if isinstance(references, int | str):
        fields[name] = _target(references, places)
    elif references is not None:
        fields[name] = tuple(filter(None, (_target(reference, places) for reference in references)))


def _target(reference: int | str, places: Places) -> str | None:
    """Return the target of a reference: the id that it names, or else the one at its place or the next."""
    if isinstance(reference, str):
        if reference in places:
            return reference
        reference = int.from_bytes(reference.encode())
    first = reference % len(places)
    return next((id for id in (*places[first:], *places[:first]) if id is not None), None)


def _without_cycle(places: Places, id: str, sources: Mapping[str | None, Sequence[str]]) -> Places:
    """Return the targets that close no cycle: not those from which the element can be reached."""
    leading = [id]
    for source in leading:
        leading += [before for before in sources.get(source, ()) if before not in leading]
    return [None if other in leading else other for other in places]


def _fitted(spans: Sequence[Span], text: str) -> tuple[Span, ...]:
    """Return spans of about the same places in a text, without those that have no visible character."""
    ends = []
    for span in spans:
        start = span.start % len(text)
        ends.append((start, start + 1 + (span.end - span.start - 1) % (len(text) - start)))
    return tuple(Span.of(text, start, end) for start, end in ends if normalize(text[start:end]))
