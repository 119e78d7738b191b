"""Check an article as a whole: unique ids, references with the right targets, spans in the text.

The check takes actors and statements as far as they could be read, and does not report knock-on errors. Which fields
hold references, to what, and whether they may form cycles, is declared with the fields.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, partial
from itertools import count
from typing import Any, Final, cast

import attrs

from geoclaims._actors import Actor
from geoclaims._errors import Path
from geoclaims._issues import WRONG, Finding, Issues
from geoclaims._messages import describe, name_for_id, suggestion
from geoclaims._rules.fields import references_of
from geoclaims._rules.rules import Reference
from geoclaims._spans import Span, misplaced
from geoclaims._statements import STATEMENT_TYPES

_NOUNS: Final = {"actors": "actor", "statements": "statement"}
_EITHER: Final = "actor or statement"
WITH_ARTICLE: Final = {"actor": "an actor", "statement": "a statement", _EITHER: "an actor or a statement"}
_SHOWN: Final = 3
"""Messages name this many members of a cycle."""
_MOST_SUGGESTIONS: Final = 5
"""Messages suggest ids for this many references without a target: each takes up to a quarter of a second."""
_USUAL_LENGTH: Final = 8
"""Chains of denials and of spokesmen in real articles are shorter."""


@attrs.frozen
class Incomplete:
    """An invalid object as far as it could be read: its values by field."""

    values: Mapping[str, Any]


def value_of(thing: object, name: str) -> Any:
    """Look up a field of an object or `Incomplete`; None if it has no value."""
    return thing.values.get(name) if isinstance(thing, Incomplete) else getattr(thing, name, None)


def broken_article(sections: Mapping[str, object], text: object) -> Iterator[Finding]:
    """Find repeated ids, references without a target or with a wrong one, cycles, and spans that do not fit the text.

    Args:
        sections: The actors and the statements of an article, by the fields that hold them, in document order. One
            that is invalid is an `Incomplete`, or anything else if nothing of it could be read.
        text: The text, if one is attached.
    """
    ids = _Ids()
    # The references that must not form a cycle, by field: from which id, to which, and where.
    links: dict[str, list[tuple[Any, str, Path]]] = {}
    yield from _collect_ids(sections, ids)
    for section, things in sections.items():
        for index, thing in enumerate(things if isinstance(things, list | tuple) else ()):
            if thing is WRONG:
                continue
            source = value_of(thing, "id")
            rules = reference_fields() if isinstance(thing, Incomplete) else references_of(type(thing))
            for field, rule in rules.items():
                value = value_of(thing, field)
                if not value:
                    continue
                many = value if isinstance(value, list | tuple) else (value,)
                if not rule.acyclic and ids.pools[rule.to].keys() >= {*many}:
                    continue
                for element, target in enumerate(many):
                    path = (section, index, field, element) if many is value else (section, index, field)
                    if isinstance(target, str) and target not in ids.pools[rule.to]:
                        yield from _check_target(target, rule, source, path, ids)
                    # References with a repeated id lead to the first object that has it, not to this one.
                    if rule.acyclic and target != source and ids.owners.get(source) == (section, index):
                        links.setdefault(field, []).append((source, target, path))
    for each in links.values():
        yield from _cycles_in(each)
    if isinstance(text, str):
        statements = sections["statements"]
        members = [value_of(each, "spans") for each in (statements if isinstance(statements, list | tuple) else ())]
        yield from misplaced([_right_spans(spans) for spans in members], text)


@attrs.frozen
class _Ids:
    """The ids of an article, as far as they can be read."""

    owners: dict[object, tuple[str, int]] = attrs.field(factory=dict)
    """The section and number of the first object with each id."""
    pools: defaultdict[str, dict[Any, None]] = attrs.field(factory=partial(defaultdict, dict))
    """The ids to which a reference may lead, by the `to` of its rule."""
    unreadable: set[str] = attrs.field(factory=set)
    """The kinds of objects among which some have no readable id."""
    dangling: Iterator[int] = attrs.field(factory=count)
    """Numbers the references without a target, as far as their messages are written."""


def _collect_ids(sections: Mapping[str, object], ids: _Ids) -> Iterator[Finding]:
    """Collect the ids of an article, and find repeated ones."""
    for section, things in sections.items():
        noun = _NOUNS[section]
        if not isinstance(things, list | tuple):
            ids.unreadable.add(noun)
            continue
        for index, thing in enumerate(things):
            id = value_of(thing, "id")
            if not isinstance(id, str):
                ids.unreadable.add(noun)
            elif id in ids.owners:
                message = f"found {describe(id)}, expected an id that is not used before"
                yield "duplicate_id", (section, index, "id"), message
            else:
                ids.owners[id] = (section, index)
            ids.pools[noun][id] = ids.pools[_EITHER][id] = None


def _check_target(target: str, rule: Reference, source: object, path: Path, ids: _Ids) -> Iterator[Finding]:
    """Report a reference that has a target of the wrong kind, or none among objects whose ids can all be read."""
    expected = f"expected the id of {WITH_ARTICLE[rule.to]}"
    if target in ids.owners:
        section, _ = ids.owners[target]
        message = f"found {describe(target)}, the id of {WITH_ARTICLE[_NOUNS[section]]}, {expected}"
        yield "wrong_ref", path, message
        return
    for noun in ids.unreadable:
        if noun in rule.to:
            return  # it may refer to an object whose id could not be read
    yield "dangling_ref", path, partial(_dangling, target, rule, source, ids)


def _dangling(target: str, rule: Reference, source: object, ids: _Ids, issues: Issues) -> str:
    """Write the message that a reference leads nowhere; it never proposes its own object where that is forbidden."""
    known, own = ids.pools[rule.to], None if rule.itself else source
    id = issues.id_of(target)
    if id is not None and id in known and id != own:
        return name_for_id(target, id)
    message = f"found {describe(target)}, expected the id of {WITH_ARTICLE[rule.to]} in this article"
    if next(ids.dangling) >= _MOST_SUGGESTIONS:
        return message
    return message + suggestion(target, [id for id in known if id != own])


def _right_spans(spans: object) -> Sequence[Span]:
    """Return the spans of a statement if all of them are valid; otherwise the order of its passages is not certain."""
    is_right = isinstance(spans, list | tuple) and all(isinstance(span, Span) for span in spans)
    return cast("Sequence[Span]", spans) if is_right else ()


def _cycles_in(links: Sequence[tuple[str, str, Path]]) -> Iterator[Finding]:
    """Find each set of objects that reach each other, and report it at the last reference within it."""
    edges: dict[str, list[str]] = {}
    for source, target, _ in links:
        edges.setdefault(source, []).append(target)
    cycle_of: dict[str, frozenset[str]] = {}
    for cycle in cycles(edges):
        cycle_of.update(dict.fromkeys(cycle, cycle))
    last: dict[frozenset[str], Path] = {}
    for source, target, path in links:
        if target in cycle_of.get(source, ()):
            last[cycle_of[source]] = path
    for cycle, path in last.items():
        shown = ", ".join(sorted(cycle)[:_SHOWN]) + (", …" if len(cycle) > _SHOWN else "")
        yield "cycle", path, f"found a cycle of {len(cycle)} ({shown}), expected references without a cycle"


def references_in(thing: object) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Iterate over the fields of an actor or statement that refer to others, with the ids in each."""
    for field in references_of(type(thing)):
        value: str | tuple[str, ...] | None = getattr(thing, field)
        yield field, (value,) if isinstance(value, str) else value or ()


@cache
def reference_fields() -> Mapping[str, Reference]:
    """Look up the fields of actors and statements of every type that hold one or many references, by name."""
    models: tuple[type[Any], ...] = (Actor, *STATEMENT_TYPES)
    return {field: rule for model in models for field, rule in references_of(model).items()}


def cycles(edges: Mapping[Any, Sequence[Any]]) -> Iterator[frozenset[Any]]:
    """Find the sets of two or more nodes that all reach each other: Tarjan's strongly connected components.

    Works without recursion, so that a chain may be of any length.

    >>> edges = {"a": ["b"], "b": ["a", "c"], "d": ["e"], "e": ["d"]}
    >>> [sorted(cycle) for cycle in cycles(edges)]
    [['a', 'b'], ['d', 'e']]
    """
    # A node that leads only to nodes without references is in no cycle. In most articles a few rounds remove all nodes;
    # the rest of a long chain is left to the search.
    edges = dict(edges)
    for _ in range(_USUAL_LENGTH):
        for node, targets in [*edges.items()]:
            if edges.keys().isdisjoint(targets):
                del edges[node]
        if not edges:
            return
    numbers: dict[Any, int] = {}
    lowest: dict[Any, int] = {}
    waiting: list[Any] = []
    placed: set[Any] = set()
    for root in edges:
        if root in numbers:
            continue
        trail = [(root, iter(edges[root]))]
        numbers[root] = lowest[root] = len(numbers)
        waiting.append(root)
        while trail:
            node, following = trail[-1]
            for target in following:
                if target not in numbers:
                    numbers[target] = lowest[target] = len(numbers)
                    waiting.append(target)
                    trail.append((target, iter(edges.get(target, ()))))
                    break
                if target not in placed:
                    lowest[node] = min(lowest[node], numbers[target])
            else:
                trail.pop()
                if trail:
                    lowest[trail[-1][0]] = min(lowest[trail[-1][0]], lowest[node])
                if lowest[node] == numbers[node]:
                    cycle = {node}
                    while (member := waiting.pop()) != node:
                        cycle.add(member)
                    placed |= cycle
                    if len(cycle) > 1:
                        yield frozenset(cycle)
