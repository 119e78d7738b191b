"""Read objects from builtins, by functions that are generated from the declarations of the fields.

A *reader* reads one object: `reader(data, place, notes, plain_keys, actors, statements, links)`.

- It is handed the JSON of the object, which may be anything; its place, as `Place` describes; the issues of the
  document; whether all keys are known to be plain strings (`plain_keys`); and the valid ids of actors and of
  statements, each with itself as its value, so that all references to one object share one string in memory.
- It returns the object. If something in it is wrong, it returns an `Incomplete` of the valid values, so that references
  to the object are still found, or `WRONG` if the data is not even an object.
- It notes each invalid value and goes on, so that one error reports all that is wrong. It adds to `notes.strings` how
  many strings the object has, keys included, sets `notes.unresolved` if a reference has none of the known ids, and adds
  to `links` the references that must not form a cycle, by the id of the object that has them.

The same path checks and explains: a valid value passes a few conditions, and only an invalid one reaches a call of
`notes.wrong`. Readers are generated as source; once one has been used, its source is in `linecache.cache`, say under
"<geoclaims: read Denial>". It uses these names besides its arguments and those that `_generated` gives it:

| name | what it is |
|---|---|
| `cue_` | the value of the field `cue`: first as in JSON, then as in the object, or `WRONG` |
| `known` | how many keys of the object its model has; not all keys of the object if one is unknown or missing |
| `more` | how many more strings than keys its values are, those of its parts aside |
| `before` | how many issues were noted before the object |
| `values`, `item`, `inner` | the elements of an array that are read, the one that is being read, and the place of all |
| `target`, `found` | what the table of ids has under a string; what that of an enumeration or of dates has |
| `dropped` | the value of a key that is read and ignored |
| `code`, `path`, `message` | what breaks an invariant of the model |
| `tag`, `by_tag`, `reader` | the `type` of a statement, the readers by it, and the reader that it has |
| `choose` | finds the reader of a statement whose `type` is missing or wrong |
| `instance` | the object that is made |
| `matches_7` | any other value that the source refers to, with a number |
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from operator import itemgetter
from typing import Any, Final

import attrs

from geoclaims._actors import Actor
from geoclaims._arguments import check_model, is_a
from geoclaims._article import Article
from geoclaims._checks import checked
from geoclaims._errors import Path
from geoclaims._issues import WRONG, Issues, Message, Place, path_of
from geoclaims._json.format import CURRENT, DROPPED, MODELS, PASSAGES, head_of, is_newer, tag_of
from geoclaims._json.parsing import Repeated, repeated_keys
from geoclaims._links import Link
from geoclaims._messages import DRAFT, JSON, describe, indefinite, listed, suggestion, value_like
from geoclaims._rules.fields import Definition, Invariant, definitions
from geoclaims._rules.rules import IDENTIFIER, WHOLE_TEXT, Flag, Many, Nested, Reference, Rule, Whole, decode
from geoclaims._rules.source import Source, indented, noting
from geoclaims._statements import STATEMENT_TYPES, Statement
from geoclaims._whole import Incomplete, broken_article, cycles, value_of

Reader = Callable[..., Any]
"""Reads one object, as the head of this module says."""

_REST: Final = "notes, plain_keys, actors, statements, links"
_ARGUMENTS: Final = f"data, place, {_REST}"
_STRINGS: Final = frozenset({str})
_ID: Final = itemgetter("id")
_IS_ID: Final = IDENTIFIER.matcher()
TAGS: Final = frozenset(map(tag_of, STATEMENT_TYPES))


class Notes(Issues):
    """The issues of a document that is read, and what its readers count besides."""

    __slots__ = ("strings", "unresolved")

    strings: int
    """How many strings the objects that were read had, keys included."""
    unresolved: bool
    """Whether a reference leads to none of the ids that were collected beforehand."""


class NeedsStrictParserError(Exception):
    """Raised in place of the first issue, where the fast parser may have misread the text."""


class QuickNotes(Notes):
    """The notes of a document from the fast parser: no issue is certain, so the first one ends the reading."""

    __slots__ = ()

    def note(self, code: str, path: Path, message: Message) -> None:
        """Refuse to note an issue."""
        raise NeedsStrictParserError(code, path, message)


def kinds_of(model: type[Any]) -> tuple[type[Any], ...]:
    """Return the models that a type covers: `Statement` covers all three types.

    Raises:
        TypeError: This is not a model.
    """
    check_model(model, MODELS)
    return STATEMENT_TYPES if model is Statement else (model,)


def read_object(
    models: tuple[type[Any], ...], data: Any, *, plain_keys: bool = False, notes: Notes | None = None
) -> Any:
    """Read an object from builtins.

    Args:
        models: The model, or the possible types of statements.
        data: Builtins as JSON has them.
        plain_keys: Whether all keys are known to be plain strings.
        notes: Issues about the data, to which all that is wrong is added.

    Raises:
        ValidationError: The data breaks a rule; the issues list all that is wrong, in document order.
    """
    if notes is None:
        notes = Notes(data, models[0].__name__.lower(), tags=TAGS, vocabulary=JSON)
    value = read_and_note(models, data, notes, plain_keys=plain_keys)
    if type(data) is Repeated and value is not WRONG:
        for finding in repeated_keys(data):
            notes.note(*finding)
    notes.raise_if_any()
    return value


def read_and_note(models: tuple[type[Any], ...], data: Any, notes: Notes, *, plain_keys: bool = False) -> Any:
    """Read an object as `read_object` does, and raise nothing; the result is valid only if nothing was noted."""
    notes.strings, notes.unresolved = 0, False
    if models == (Article,):
        return _read_article(data, notes, plain_keys=plain_keys)
    return _reader_of(models)(data, (), notes, plain_keys, {}, {}, {})


def _read_article(data: Any, notes: Notes, *, plain_keys: bool) -> Any:
    if type(data) is not dict and (data := as_object(data, (), notes)) is WRONG:
        return WRONG
    members = data if plain_keys else {key: value for key, value in data.items() if type(key) is str}
    version = members.get("schema_version", CURRENT)
    if type(version) is not str:
        notes.wrong("type", ((), "schema_version"), version, f"the string {describe(CURRENT)}")
    elif version != CURRENT:
        newer = ", a version newer than this geoclaims can read" if is_newer(version) else ""
        notes.note("version", ("schema_version",), f"found {describe(version)}{newer}, expected {describe(CURRENT)}")
        return WRONG
    actors = _ids_in(members.get("actors", []), plain_keys=plain_keys)
    statements = _ids_in(members.get("statements", []), plain_keys=plain_keys)
    links: dict[str, Sequence[str]] = {}
    article = _reader_of((Article,))(data, (), notes, plain_keys, actors or {}, statements or {}, links)
    # If none of these holds, every id is there once and every reference leads to one: there is nothing to look for.
    if (
        notes.count
        or notes.unresolved
        or actors is None
        or statements is None
        or len(actors) != len(article.actors)
        or len(statements) != len(article.statements)
        or not actors.keys().isdisjoint(statements)
        or article.text is not None
        or any(cycles(links))  # perhaps one through several fields, which is allowed
    ):
        sections = {"actors": value_of(article, "actors"), "statements": value_of(article, "statements")}
        keys = list(members)
        if "statements" in keys and "actors" in keys[keys.index("statements") :]:
            # of two equal ids, the later one is wrong
            sections = {"statements": sections["statements"], "actors": sections["actors"]}
        for finding in broken_article(sections, value_of(article, "text")):
            notes.note(*finding)
    return article


def _ids_in(things: Any, *, plain_keys: bool) -> dict[str, str] | None:
    """Collect the ids of actors or statements, each with itself as its value; None if the fast path cannot read all."""
    if type(things) is not list or not (plain_keys or {dict}.issuperset(map(type, things))):
        return None
    try:
        ids = list(map(_ID, things))
    except (KeyError, TypeError):
        return None
    if _STRINGS.issuperset(map(type, ids)) and all(map(_IS_ID, ids)):
        return dict(zip(ids, ids, strict=True))
    return None


@cache
def _reader_of(models: tuple[type[Any], ...]) -> Reader:
    """Make the reader of a model, or of some types of statements, once."""
    return _reader_by_type(models) if issubclass(models[0], Statement | Link) else _generated(models)


def _reader_by_type(models: tuple[type[Any], ...]) -> Reader:
    """Make the reader of a statement of some types, which the key `type` distinguishes, or of a link."""
    by_tag: dict[Any, Reader] = {tag_of(model): _generated((model,)) for model in models}
    of_any_type = _generated(models if models == (Link,) else STATEMENT_TYPES)

    def choose(data: Any, place: Place, notes: Issues) -> tuple[Any, Reader]:
        """Choose the reader of a statement; if its type is missing or wrong, it may have the keys of every type."""
        if (members := as_object(data, place, notes)) is WRONG:
            return WRONG, lambda *_: WRONG
        members = with_plain_keys(members, place, notes)
        if "type" not in members:
            return members, of_any_type if len(by_tag) > 1 else next(iter(by_tag.values()))
        tag = members["type"]
        if type(tag) is str and tag in by_tag:
            return members, by_tag[tag]
        if type(tag) is not str:
            notes.wrong("type", (place, "type"), tag, "a string")
        else:
            notes.wrong("tag", (place, "type"), tag, value_like(by_tag))
        return members, of_any_type

    source = Source(
        f"read {' or '.join(by_tag)} by its type", _ARGUMENTS, STRINGS=_STRINGS, by_tag=by_tag, choose=choose
    )
    return source.function(
        [
            "reader = None",
            "if type(data) is dict and (plain_keys or STRINGS.issuperset(map(type, data))):",
            "    if type(tag := data.get('type')) is str: reader = by_tag.get(tag)",
            "if reader is None: data, reader = choose(data, place, notes)",
            f"return reader({_ARGUMENTS})",
        ]
    )


@cache
def _generated(models: tuple[type[Any], ...]) -> Reader:
    """Generate the reader of a model; for several models, it returns an `Incomplete` at best."""
    model = models[0]
    fields = {name: field for each in models for name, field in definitions(each).items()}
    head = head_of(model)
    needed = needed_keys(model)
    required = needed[1:] if head else needed
    title = f"read {' or '.join(each.__name__ for each in models)}"
    source = Source(
        title,
        _ARGUMENTS,
        in_json=True,
        Incomplete=Incomplete,
        STRINGS=_STRINGS,
        WRONG=WRONG,
        as_list=_as_list,
        as_object=as_object,
        new=object.__new__,
        path_of=path_of,
        with_plain_keys=with_plain_keys,
    )
    variables = ", ".join(f"{name}_" for name in needed)
    lines = [
        "if type(data) is not dict and (data := as_object(data, place, notes)) is WRONG: return WRONG",
        "before = notes.count",
        "if not (plain_keys or STRINGS.issuperset(map(type, data))): data = with_plain_keys(data, place, notes)",
        f"known, more = {len(needed)}, {-sum(not _is_text(fields[name].rule) for name in required)}",
        "try:",
        *(f"    {name}_ = data[{name!r}]" for name in needed),
        f"except KeyError: known, ({variables},) = -1, [data.get(name, WRONG) for name in {needed!r}]",
    ]
    for field in fields.values():
        lines += _field(field, model, source) if field.name in required else _optional(field, model, source)
    dropped = DROPPED.get(model, {})
    for key in dropped:
        lines += _dropped(key, source)
    keys = source.constant(Keys.of(models, [*fields, *dropped]), "keys")
    lines.append(f"if known != len(data): {keys}.note(data, place, notes)")
    invariant: Invariant | None = model._invariant  # noqa: SLF001 - no name for users
    if invariant and model is not Article:  # an article is checked as a whole after its references are read
        broken = source.constant(invariant.broken, "broken")
        lines += invariant.lines(broken, "notes.count != before", "notes.note(code, (*path_of(place), *path), message)")
    if len(models) == 1:
        lines += ["if notes.count == before:", "    notes.strings += 2 * known + more"]
        lines += indented(_instance(model, source))
    lines.append(f"return Incomplete({{{', '.join(f'{name!r}: {name}_' for name in fields)}}})")
    return source.function(lines)


def needed_keys(model: type[Any]) -> Sequence[str]:
    """List the required keys of a model, that of its type or version first."""
    head = head_of(model)
    return [*(head[:1] if head else ()), *(name for name, field in definitions(model).items() if field.required)]


def _instance(model: type[Any], source: Source) -> Iterator[str]:
    """Write the lines that make an object from values that are already checked."""
    # A frozen class refuses assignment, and to go round that for each field of each object makes reading a corpus a
    # tenth slower. So an object of an unfrozen class is filled, and then made one of the model.
    yield f"instance = new({source.constant(_unfrozen(model), 'Unfrozen')})"
    yield from (f"instance.{name} = {name}_" for name in definitions(model))
    yield f"instance.__class__ = {source.constant(model, model.__name__)}"
    yield "return instance"


def _unfrozen(model: type[Any]) -> type[Any]:
    """Make an unfrozen class with the memory layout of a model; it is a sibling of the model, not a subclass."""
    laid_out: Any = next(base for base in model.__mro__ if vars(base)["__slots__"])
    slots = laid_out.__slots__
    members = {name: getattr(model, name) for name in definitions(model) if name not in slots}
    return type(f"Unfrozen{model.__name__}", laid_out.__bases__, {**members, "__slots__": slots})


def _dropped(key: str, source: Source) -> Iterator[str]:
    """Write the lines that read a string under a key and drop it."""
    *breaks, _ = WHOLE_TEXT.breaks("dropped", source)  # it may be empty
    yield f"if {key!r} in data:"
    yield "    known += 1"
    yield f"    dropped = data[{key!r}]"
    yield from indented(noting(breaks, "dropped", f"(place, {key!r})", source))


def _optional(field: Definition, model: type[Any], source: Source) -> Iterator[str]:
    """Write the lines that read the value of a field if its key is there."""
    value = f"{field.name}_"
    yield f"if {field.name!r} in data:"
    yield "    known += 1"
    yield f"    {value} = data[{field.name!r}]"
    lines = _field(field, model, source)
    if not _is_text(field.rule):
        yield "    more -= 1"
    if field.optional:
        yield f"    if {value} is not None:"
        lines = indented(lines)
    yield from indented(lines)
    if field.optional and _is_text(field.rule):
        yield "    else: more -= 1"
    yield f"else: {value} = {'WRONG' if field.required else source.constant(field.default, 'default')}"


def _field(field: Definition, model: type[Any], source: Source) -> Iterator[str]:
    """Write the lines that turn the JSON of a field, in the variable of the field, into its value."""
    value, place = f"{field.name}_", f"(place, {field.name!r})"
    if field.name == "id" and model is not Article:
        # An id that was collected beforehand is known to be valid.
        ids = "actors" if model is Actor else "statements"
        yield f"if type({value}) is str and (target := {ids}.get({value})) is not None: {value} = target"
        yield "else:"
        yield from indented(list(decode(field.rule, value, place, source)))
    elif isinstance(field.rule, Many):
        yield from _many(field.rule, value, place, source)
    else:
        yield from decode(field.rule, value, place, source)
        if isinstance(field.rule, Reference):
            yield from field.rule.checks_of_owner(value, place, "notes", source, many=False)
            if field.rule.acyclic:
                yield f"links[id_] = [{value}]"


def _is_text(rule: Rule) -> bool:
    """Report whether the JSON of a value under a rule is one string."""
    return not isinstance(rule, Many | Flag | Whole)


def _many(rule: Many, value: str, place: str, source: Source) -> Iterator[str]:
    """Write the lines that turn the JSON of a field with many values into its value."""
    yield f"if type({value}) is list or ({value} := as_list({value}, {place}, notes)) is not WRONG:"
    yield "    values = []"
    if isinstance(rule.item, Nested):
        reader = source.constant(_reader_of(rule.item.models), "read")
        yield f"    inner = ({place}, values)"
        yield f"    for item in {value}: values.append({reader}(item, inner, {_REST}))"
    else:
        yield f"    for item in {value}:"
        yield from indented(indented(decode(rule.item, "item", f"({place}, values)", source)))
        yield "        values.append(item)"
        yield "    more += len(values)"
    yield from indented(rule.checks("values", place, "notes", source))
    yield f"    {value} = tuple(values)"
    if isinstance(rule.item, Reference) and rule.item.acyclic:
        yield f"    links.setdefault(id_, []).extend({value})"  # in proportion to the input also where an id repeats


# What generated code calls


@attrs.frozen
class Keys:
    """The keys that an object may have, and its required keys."""

    owner: str
    """The object in words, such as "a denial"."""
    known: Sequence[str]
    elsewhere: Mapping[str, str]
    """The keys that only something else has, each with what to say of it."""
    needed: Mapping[str, str]
    """The required keys, each with the wording of the message that it is missing."""
    models: tuple[type[Any], ...] = ()
    """The models that may have the object, if it can be a document of its own."""

    @classmethod
    def of(cls, models: tuple[type[Any], ...], fields: Iterable[str]) -> Keys:
        """Describe the keys of an object of any of some models."""
        owner = indefinite(tag_of(models[0]))
        elsewhere = {}
        if issubclass(models[0], Statement):
            having: dict[str, list[str]] = {}
            for other in STATEMENT_TYPES:
                for key in definitions(other):
                    having.setdefault(key, []).append(indefinite(tag_of(other)))
            elsewhere = {key: f"only {listed(owners)} has it" for key, owners in having.items()}
            elsewhere[PASSAGES] = "read_draft reads drafts"
        uses = dict.fromkeys(needed_keys(models[0]), f"in every {tag_of(models[0])}")
        heads = [head for head in map(head_of, models) if head]
        if heads:
            uses[heads[0][0]] = f"to say {listed(describe(value) for _, value in heads)}"
        return cls(
            owner,
            [*uses, *fields],
            elsewhere,
            {key: f"expected it {use}" for key, use in uses.items()},
            models,
        )

    def note(self, data: dict[str, Any], place: Place, notes: Issues) -> None:
        """Note the keys of an object that are unknown or missing."""
        for key in data:
            if key not in self.known:
                notes.note("unknown_key", path_of((place, key)), partial(self._unknown, key, data))
        hint = "" if place else self._other_model(data)
        for key, expected in self.needed.items():
            if key not in data:
                found = notes.vocabulary.no_key.format(describe(key))
                notes.note("missing", path_of((place, key)), f"found {found}, {expected}{hint}")
                hint = ""

    def _other_model(self, data: dict[str, Any]) -> str:
        """Name the model that requires the keys of a document, if it is another one."""
        kinds = STATEMENT_TYPES if issubclass(self.models[0], Statement) else self.models
        for model in MODELS:
            if model not in kinds and data.keys() >= {*needed_keys(model)}:
                return f"; type={model.__name__} reads {indefinite(tag_of(model))}"
        return ""

    def _unknown(self, key: str, data: dict[str, Any], notes: Issues) -> str:
        absent = [known for known in (*self.known, *self.elsewhere.keys() & {PASSAGES}) if known not in data]
        hint = f"; {self.elsewhere[key]}" if key in self.elsewhere else suggestion(key, absent)
        others = [known for known in absent if known not in {PASSAGES, "spans", "text"}]
        hint = hint or (f", such as {listed(map(describe, others))}" if others and notes.vocabulary is DRAFT else "")
        return f"found the key {describe(key)}, expected one that {self.owner} has{hint}"


def as_object(data: Any, place: Place, notes: Issues) -> Any:
    """Return the members of a subclass of dict, or note that this is not an object."""
    if is_a(data, dict):
        return dict(data)
    return notes.wrong("type", place, data, "an object")


def _as_list(data: Any, place: Place, notes: Issues) -> Any:
    """Return the elements of a subclass of list, or note that this is not an array."""
    return list(data) if is_a(data, list) else notes.wrong("type", place, data, notes.vocabulary.any_array)


def with_plain_keys(data: dict[Any, Any], place: Place, notes: Issues) -> dict[str, Any]:
    """Note the keys that are not plain strings, and return the other members."""
    for key in data:
        if type(key) is not str:
            notes.note("type", path_of(place), f"found the key {describe(key)}, expected keys that are plain strings")
    return {key: value for key, value in data.items() if type(key) is str}


def read_value(rule: Rule, data: Any) -> Any:
    """Read a single value that is not part of a document.

    Raises:
        ValidationError: It breaks the rule.
    """
    notes = Issues(None, vocabulary=JSON)
    value = checked(rule, data, (), notes)
    notes.raise_if_any()
    return value
