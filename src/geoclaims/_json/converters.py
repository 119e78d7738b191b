"""Register geoclaims' hooks on a cattrs converter, beside the hooks that its user has registered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import StrEnum
from functools import cache, reduce
from itertools import combinations
from operator import or_
from types import NoneType
from typing import TYPE_CHECKING, Any, Final, get_args

import attrs

from geoclaims._actors import ActorKind
from geoclaims._dates import PartialDate
from geoclaims._errors import invalid
from geoclaims._json.format import MODELS, tag_of
from geoclaims._json.readers import own_readers, readers
from geoclaims._json.reading import Readers, date_of, members_like, structured
from geoclaims._json.writing import Writers, own_writers, writers
from geoclaims._messages import found
from geoclaims._statements import STATEMENT_TYPES, DenialKind, Statement

if TYPE_CHECKING:
    import cattrs

Get = Callable[..., Any]
"""Looks up the hook of a converter for a type."""

_TYPES: Final = (*MODELS, PartialDate, ActorKind, DenialKind)
_BUILTINS: Final = (str, int, bool)


def make_converter() -> cattrs.Converter:
    """Make a new cattrs converter that reads and writes the types of geoclaims.

    >>> from geoclaims import Quantity, make_converter
    >>> converter = make_converter()
    >>> converter.structure({"minimum": 155, "unit": "citizens"}, Quantity)
    Quantity(minimum=155, unit='citizens')
    """
    import cattrs

    converter = cattrs.Converter()
    _register(converter, _TYPES, _TYPES, _unions())
    return converter


def configure_converter(converter: cattrs.BaseConverter) -> None:
    """Register the hooks of geoclaims on a cattrs converter.

    It reads and writes all other types as before. The hooks cover the models,
    the values in them, and unions of the three types of statement. A hook that
    the converter already has for one of these types is kept, and a hook that is
    registered later wins, also where the type is nested in another. Invalid
    data raises a `ValidationError`, inside the error that cattrs makes of it. A
    subclass of a model is a class of your own: cattrs reads and writes it like
    any other, without the discriminator `type`.

    Args:
        converter: The converter, which is changed in place.

    Raises:
        TypeError: `converter` is not a converter of cattrs.

    >>> import attrs, cattrs
    >>> from geoclaims import Allegation, Denial, configure_converter
    >>> claims = attrs.field(type=list[Allegation | Denial])
    >>> Dossier = attrs.make_class("Dossier", {"claims": claims})
    >>> converter = cattrs.Converter()
    >>> configure_converter(converter)
    >>> claim = {
    ...     "type": "allegation",
    ...     "id": "s1",
    ...     "speaker": "navy",
    ...     "content": "Rebels mined the harbour.",
    ...     "accused": ["rebels"],
    ... }
    >>> converter.structure({"claims": [claim]}, Dossier).claims[0].accused
    ('rebels',)
    """
    import cattrs

    if not isinstance(converter, cattrs.BaseConverter):
        raise TypeError(f"found {found(converter)}, expected a converter of cattrs")
    copy = converter.copy()
    reads = [type_ for type_ in _TYPES if not _has_hook(type_, converter, copy, "get_structure_hook")]
    writes = [type_ for type_ in _TYPES if not _has_hook(type_, converter, copy, "get_unstructure_hook")]
    unions = [union for union in _unions() if not _has_hook(union, converter, copy, "get_structure_hook")]
    _register(converter, reads, writes, unions)


def _register(
    converter: cattrs.BaseConverter, reads: Iterable[type[Any]], writes: Iterable[type[Any]], unions: Iterable[Any]
) -> None:
    """Register geoclaims' hooks for the types to read, the types to write, and the unions to read."""
    for type_ in reads:
        if issubclass(type_, StrEnum):  # by class, otherwise cattrs would find the hook for `str` first
            converter.register_structure_hook(type_, _Kind())
        else:
            converter.register_structure_hook_factory(_is(type_), _Date if type_ is PartialDate else _Model.of)
    for type_ in writes:
        if issubclass(type_, StrEnum):
            converter.register_unstructure_hook(type_, _Text())
        else:
            converter.register_unstructure_hook_factory(_is(type_), _Text if type_ is PartialDate else _Object.of)
    for union in unions:  # by the union itself, otherwise a hook registered later for it would not be found
        converter.register_structure_hook(union, _Union.of(union, converter))


class _Ours:
    """The base of geoclaims' hooks, which distinguishes them from users' hooks."""


def _has_hook(type_: Any, converter: cattrs.BaseConverter, copy: cattrs.BaseConverter, get: str) -> bool:
    """Report whether a hook is registered for a type: one of a user, or one of geoclaims that needs no second time.

    A copy of a converter has the same registered hooks, except those for unions, which the converter adds again; cattrs
    makes its own hooks anew. A hook that also serves a similar class was not registered for the type itself.
    """
    is_class = isinstance(type_, type)
    look_alike = _LikeKind if type_ in (ActorKind, DenialKind) else _LikeModel if is_class else _LikeModel | _LikeOther
    other = copy if is_class else converter
    try:
        hook, same, like = (
            getattr(owner, get)(each, cache_result=False)
            for owner, each in ((converter, type_), (other, type_), (converter, look_alike))
        )
    except Exception:  # noqa: BLE001 - of some unions cattrs says in several ways that it has no hook
        return False
    return hook is same and hook is not like


class _LikeKind(StrEnum):
    """An enumeration without a registered hook."""


@attrs.frozen
class _LikeModel:
    """A class without a registered hook."""


@attrs.frozen
class _LikeOther:
    """Another class without a registered hook."""

    other: int


def _is(model: type[Any]) -> Callable[[Any], bool]:
    return lambda type_: type_ is model


def _users_hooks(get: Get, default: Get, read: tuple[type[Any], ...]) -> Mapping[type[Any], Callable[..., Any]]:
    """Look up the user's hooks for the types that may be nested in the one that is read or written."""
    registered = {type_: get(type_) for type_ in _TYPES if type_ not in read}
    hooks: dict[type[Any], Callable[..., Any]] = {
        type_: hook for type_, hook in registered.items() if not isinstance(hook, _Ours)
    }
    for builtin in _BUILTINS:
        hook = get(builtin)
        # cattrs reads a boolean as an integer, unless the user has registered a hook.
        if hook is not default(builtin) and not (builtin is bool and hook is get(int)):
            hooks[builtin] = hook
    return hooks


@attrs.frozen
class _Model(_Ours):
    """Reads a model; users' hooks are looked up on first use, since they may need this one."""

    models: tuple[type[Any], ...]
    readers: Callable[[], Readers]

    @classmethod
    def of(cls, model: Any, converter: cattrs.BaseConverter) -> _Model:
        return cls(STATEMENT_TYPES if model is Statement else (model,), _readers_of(converter, (model,)))

    def __call__(self, data: Any, _: Any) -> Any:
        return structured(self.models, data, self.readers())


@attrs.frozen
class _Union(_Ours):
    """Reads a union of types of statements."""

    models: Mapping[str, type[Any]]
    optional: bool
    converter: Any

    @classmethod
    def of(cls, union: Any, converter: cattrs.BaseConverter) -> _Union:
        models = {tag_of(model): model for model in STATEMENT_TYPES if model in get_args(union)}
        return cls(models, NoneType in get_args(union), converter)

    def __call__(self, data: Any, _: Any) -> Any:
        if data is None and self.optional:
            return None
        tag = data.get("type") if type(data) is dict else None
        if type(tag) is str and tag in self.models:
            return self.converter.structure(data, self.models[tag])
        return structured(tuple(self.models.values()), data, own_readers())  # which reports what is wrong


def _readers_of(converter: cattrs.BaseConverter, read: tuple[type[Any], ...]) -> Callable[[], Readers]:
    @cache
    def made() -> Readers:
        import cattrs

        hooks = _users_hooks(converter.get_structure_hook, cattrs.BaseConverter().get_structure_hook, read)
        return readers(hooks) if hooks else own_readers()

    return made


@attrs.frozen
class _Object(_Ours):
    """Writes an object by its own class, not by the declared type of the field."""

    converter: Any
    writers: Callable[[], tuple[Writers, Mapping[type[Any], Any]]]

    @classmethod
    def of(cls, model: Any, converter: cattrs.BaseConverter) -> _Object:
        @cache
        def made() -> tuple[Writers, Mapping[type[Any], Any]]:
            import cattrs

            default = cattrs.BaseConverter().get_unstructure_hook
            hooks = _users_hooks(converter.get_unstructure_hook, default, (model,))
            return (writers(hooks) if hooks else own_writers()), hooks

        return cls(converter, made)

    def __call__(self, instance: Any) -> Any:
        type_ = type(instance)
        if type_ not in MODELS:
            return self.converter.unstructure(instance)
        writers, hooks = self.writers()
        return hooks.get(type_, writers[type_])(instance)


class _Date(_Ours):
    """Reads a date."""

    def __init__(self, _: Any) -> None:
        pass

    def __call__(self, data: Any, _: Any) -> PartialDate:
        return date_of(data)


class _Kind(_Ours):
    """Reads a member of an enumeration."""

    def __call__(self, data: Any, enum: Any) -> Any:
        if type(data) is not str:
            raise invalid("type", (), data, "a string")
        members = {str(member): member for member in enum}
        if data not in members:
            raise invalid("enum", (), data, members_like(enum)(data))
        return members[data]


class _Text(_Ours):
    """Writes a date, or a member of an enumeration."""

    def __init__(self, _: Any = None) -> None:
        pass

    def __call__(self, value: object) -> str:
        return str(value)


def _unions() -> Iterator[Any]:
    """Iterate over all unions of statement types, with and without None."""
    for number in range(2, len(STATEMENT_TYPES) + 1):
        for models in combinations(STATEMENT_TYPES, number):
            union = reduce(or_, models)
            yield from (union, union | None)
