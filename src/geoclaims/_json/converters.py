"""cattrs: geoclaims' hooks on a converter, beside whatever hooks its user has registered."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping
from functools import cache, reduce
from operator import or_
from types import NoneType
from typing import TYPE_CHECKING, Any, Final, cast, get_args

from geoclaims._display.wording import found
from geoclaims._issues import Issues
from geoclaims._json.heads import tag_of
from geoclaims._json.reading import read, read_choice, read_date
from geoclaims._json.structuring import MODELS, structured, unstructured
from geoclaims._models.kinds import ActorKind, DenialKind
from geoclaims._models.statements import STATEMENT_TYPES
from geoclaims._values.dates import PartialDate

if TYPE_CHECKING:
    import cattrs

Hook = Callable[..., Any]

_KINDS: Final = (ActorKind, DenialKind)
_BUILTINS: Final = (str, int, bool)
_BASES: Final[Mapping[type[Any], type[Any]]] = {ActorKind: str, DenialKind: str, bool: int}
"""The types that cattrs takes for another one, unless they have a hook of their own."""

_MARK: Final = "_is_of_geoclaims"


def make_converter() -> cattrs.Converter:
    """A new cattrs converter that reads and writes the types of geoclaims.

    >>> from geoclaims import Quantity
    >>> make_converter().structure({"minimum": 155, "unit": "citizens"}, Quantity)
    Quantity(minimum=155, unit='citizens')
    """
    import cattrs

    converter = cattrs.Converter()
    configure_converter(converter)
    return converter


def configure_converter(converter: cattrs.BaseConverter) -> None:
    """Register the hooks of geoclaims on a cattrs converter; it reads and writes all other types as before.

    The hooks cover the models, the values in them, and unions of the three types of statements. Hooks that are
    registered on the converter by its user win, before or after: those for one type wherever that type stands in
    another. What is wrong is a `ValidationError`, within whatever error cattrs makes of it. A subclass of a model is a
    class of your own: cattrs reads and writes it as any other, without the `type` that tells statements apart.

    Raises:
        TypeError: This is no converter of cattrs.

    >>> import attrs, cattrs
    >>> from geoclaims import Allegation, Denial
    >>> Dossier = attrs.make_class("Dossier", {"claims": attrs.field(type=list[Allegation | Denial])})
    >>> converter = cattrs.Converter()
    >>> configure_converter(converter)
    >>> claim = {"type": "allegation", "id": "s1", "speaker": "a", "content": "B did it.", "accused": ["b"]}
    >>> converter.structure({"claims": [claim]}, Dossier).claims[0].accused
    ('b',)
    """
    import cattrs

    if not isinstance(converter, cattrs.BaseConverter):
        raise TypeError(f"found {found(converter)}, expected a converter of cattrs")
    for type_, structure, unstructure in _factories():
        if _is_replaceable(converter.get_structure_hook(type_, cache_result=False)):
            converter.register_structure_hook_factory(_is(type_), structure)
        if _is_replaceable(converter.get_unstructure_hook(type_, cache_result=False)):
            converter.register_unstructure_hook_factory(_is(type_), unstructure)
    for kind in _KINDS:  # hooks for the class, or cattrs would find those for `str` first
        if _is_replaceable(_own_hook(converter.get_structure_hook, kind)):
            converter.register_structure_hook(kind, _structure_kind)
        if _is_replaceable(_own_hook(converter.get_unstructure_hook, kind)):
            converter.register_unstructure_hook(kind, _unstructure_text)
    for union in _unions():  # hooks for the union itself, or those that a user registers later would not be found
        if _is_replaceable_union(converter, union):
            converter.register_structure_hook(union, _structure_union(union, converter))


def _factories() -> Iterator[tuple[type[Any], Callable[..., Hook], Callable[..., Hook]]]:
    """The factories of hooks for all types but enumerations; any hook that a user has for the class itself wins."""
    for model in MODELS:
        yield model, _structure_factory, _unstructure_factory
    yield PartialDate, lambda _: _structure_date, lambda _: _unstructure_text


def _ours(hook: Hook) -> Hook:
    """Mark a hook as one of geoclaims."""
    setattr(hook, _MARK, True)
    return hook


def _is_ours(hook: Hook) -> bool:
    return getattr(hook, _MARK, False) is True


def _is_replaceable(hook: Hook | None) -> bool:
    """Whether a hook is one that cattrs has or generates by itself, or ours, and not one of the user's."""
    return hook is None or _is_ours(hook) or _is_of_cattrs(hook)


def _is_of_cattrs(hook: Hook) -> bool:
    module = getattr(hook, "__module__", "")
    return module is None or module.partition(".")[0] == "cattrs"  # what it generates is of no module


def _own_hook(get: Callable[..., Hook], type_: type[Any]) -> Hook | None:
    """The hook that is meant for a type, and not for the one that cattrs takes it for."""
    hook = get(type_, cache_result=False)
    return None if type_ in _BASES and hook is get(_BASES[type_], cache_result=False) else hook


def _user_hooks(get: Callable[..., Hook], reader: Any) -> Mapping[type[Any], Hook]:
    """The hooks of the user's for the types that may stand in the one that is read or written."""
    types = [type_ for type_ in (*MODELS, PartialDate, *_KINDS, *_BUILTINS) if type_ is not reader]
    found = {type_: _own_hook(get, type_) for type_ in types}
    return {
        type_: hook
        for type_, hook in found.items()
        # cattrs has hooks of its own for builtins alone; what it generates for others is what a user told it to
        if not (hook is None or _is_ours(hook) or (type_ in _BUILTINS and _is_of_cattrs(hook)))
    }


def _is(model: type[Any]) -> Callable[[Any], bool]:
    return lambda type_: type_ is model


def _structure_factory(model: Any, converter: cattrs.BaseConverter) -> Hook:
    user_hooks = cache(lambda: _user_hooks(converter.get_structure_hook, model))  # asked late, or the hooks ask in turn
    return _ours(lambda data, _: structured(model, data, user_hooks()))


def _unstructure_factory(model: Any, converter: cattrs.BaseConverter) -> Hook:
    user_hooks = cache(lambda: _user_hooks(converter.get_unstructure_hook, model))

    def unstructure(instance: Any) -> Any:
        if type(instance) not in MODELS:
            return converter.unstructure(instance, unstructure_as=type(instance))
        own = user_hooks().get(type(instance))  # a statement's own kind counts, not that by which a field declares it
        return unstructured(instance, user_hooks()) if own is None else own(instance)

    return _ours(unstructure)


def _structure_union(union: Any, converter: cattrs.BaseConverter) -> Hook:
    models = {tag_of(model): model for model in STATEMENT_TYPES if model in get_args(union)}
    optional = NoneType in get_args(union)

    def structure(data: Any, _: Any) -> Any:
        if data is None and optional:
            return None
        tag = data.get("type") if type(data) is dict else None
        if type(tag) is str and tag in models:
            return converter.structure(data, models[tag])
        kinds = tuple(models.values())
        return read(kinds, data, _user_hooks(converter.get_structure_hook, kinds))  # to say what is wrong

    return _ours(structure)


def _is_replaceable_union(converter: cattrs.BaseConverter, union: Any) -> bool:
    try:
        hook = converter.get_structure_hook(union, cache_result=False)
    except Exception:  # noqa: BLE001 - cattrs knows several ways to say that it has none
        return True
    return _is_replaceable(hook) and "configure_tagged_union" not in hook.__qualname__


def _unions() -> Iterator[Any]:
    """All unions of statement types, with and without None."""
    for number in range(2, len(STATEMENT_TYPES) + 1):
        for models in itertools.combinations(STATEMENT_TYPES, number):
            union = reduce(or_, models)
            yield from (union, union | None)


@_ours
def _structure_date(data: Any, _: Any) -> PartialDate:
    issues = Issues()
    date = read_date(data, (), issues)
    issues.raise_if_any(data)
    return cast("PartialDate", date)


@_ours
def _structure_kind(data: Any, enum: Any) -> Any:
    issues = Issues()
    member = read_choice(enum, data, (), issues)
    issues.raise_if_any(data)
    return member


@_ours
def _unstructure_text(value: object) -> str:
    return str(value)
