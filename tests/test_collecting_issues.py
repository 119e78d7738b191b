from __future__ import annotations

import pickle
import sys
from typing import Any

import attrs
import cattrs
import pytest
from cattrs.gen import make_dict_structure_fn, override
from hypothesis import given, settings, strategies as st

from geoclaims import (
    Actor,
    AnchorError,
    Article,
    GeoclaimsError,
    Issue,
    PartialDate,
    Quantity,
    Statement,
    ValidationError,
    collect_issues,
    configure_converter,
    from_dict,
    make_converter,
)
from geoclaims.strategies import invalid_documents

CLAIM = {"type": "statement", "id": "s1", "speaker": "lin", "content": "It rained."}
OURS = Issue("empty", ("statements", 2, "content"), "found '', expected text", line=7)


@attrs.define
class Shelf:
    """A user's own class, with the types of geoclaims at several depths."""

    number: int = 0
    claims: list[Statement] = attrs.field(factory=list)
    by_name: dict[str, list[Actor]] = attrs.field(factory=dict)
    pair: tuple[int, Quantity] | None = None
    since: PartialDate | None = None
    shelves: list[Shelf] = attrs.field(factory=list)


def raised(data: Any, type_: Any, converter: cattrs.BaseConverter | None = None) -> Exception:
    with pytest.raises(Exception) as caught:  # noqa: PT011 - each test looks at what it is
        (converter or make_converter()).structure(data, type_)
    return caught.value


def places(error: BaseException) -> list[tuple[str, str]]:
    return [(issue.code, issue.json_path) for issue in collect_issues(error)]


WRONG_SHELF = {
    "number": "many",
    "claims": [CLAIM, {**CLAIM, "content": ""}],
    "by_name": {"the navy": [{"id": "navy", "name": "", "kind": "fleet"}]},
    "pair": [1, {"unit": "ships"}],
    "since": "yesterday",
    "shelves": [{}, {"shelves": [{"claims": [{**CLAIM, "speaker": None}]}]}],
}


def test_every_issue_is_collected_with_its_path_from_the_outermost_class() -> None:
    assert places(raised(WRONG_SHELF, Shelf)) == [
        ("empty", "$.claims[1].content"),
        ("empty", "$.by_name['the navy'][0].name"),
        ("enum", "$.by_name['the navy'][0].kind"),
        ("missing", "$.pair[1]"),
        ("date", "$.since"),
        ("type", "$.shelves[1].shelves[0].claims[0].speaker"),
    ]


def test_errors_of_others_are_left_out_and_can_be_parted_from_ours() -> None:
    error = raised(WRONG_SHELF, Shelf)
    assert isinstance(error, cattrs.ClassValidationError)
    ours, others = error.split(GeoclaimsError)
    assert ours is not None
    assert others is not None
    assert collect_issues(ours) == collect_issues(error)
    assert collect_issues(others) == ()
    assert "invalid value for type, expected int @ $.number" in cattrs.transform_error(others)


@settings(max_examples=max(10, settings().max_examples // 3))
@given(document=invalid_documents(), keys=st.lists(st.text(), max_size=4), index=st.integers(0, 3))
def test_issues_are_those_of_reading_with_the_way_to_the_document_before_them(
    document: Any, keys: list[str], index: int
) -> None:
    with pytest.raises(ValidationError) as alone:
        from_dict(document.document)
    type_: Any = Article
    data: Any = document.document
    for key in reversed(keys):
        type_, data = dict[str, type_], {key: data}
    right = {"schema_version": "1.0", "id": "right"}
    error = raised([right] * index + [data] if not keys else data, list[type_] if not keys else type_)
    way = tuple(keys) or (index,)
    assert [(issue.code, issue.path, issue.message) for issue in collect_issues(error)] == [
        (issue.code, (*way, *issue.path), issue.message) for issue in alone.value.issues
    ]


def test_an_attribute_is_called_as_in_python_where_it_is_read_from_another_key() -> None:
    converter = make_converter()
    converter.register_structure_hook(
        Shelf, make_dict_structure_fn(Shelf, converter, claims=override(rename="aussagen"))
    )
    assert places(raised({"aussagen": [{**CLAIM, "content": ""}]}, Shelf, converter)) == [
        ("empty", "$.claims[0].content")
    ]


def test_keys_that_are_no_strings_are_shown_as_text_and_whole_numbers_as_they_are() -> None:
    wrong = {"unit": "ships"}
    data = {True: wrong, 7: wrong, 0.5: wrong}
    error = raised(data, dict[float, Quantity])
    assert [issue.path for issue in collect_issues(error)] == [("True",), (7,), ("0.5",)]


def test_without_details_the_path_begins_at_the_object_of_geoclaims() -> None:
    converter = cattrs.Converter(detailed_validation=False)
    configure_converter(converter)
    error = raised({"claims": [CLAIM, {**CLAIM, "content": ""}]}, Shelf, converter)
    assert isinstance(error, ValidationError)
    assert places(error) == [("empty", "$.content")]
    assert collect_issues(error) == error.issues


def test_any_group_is_looked_into_and_so_is_the_cause_of_an_error_of_others() -> None:
    lost = AnchorError([Issue("span", ("spans", 0), "lost")])
    wrapped = RuntimeError("The import has failed.")
    wrapped.__cause__ = ExceptionGroup("two", [KeyError("x"), ValidationError([OURS])])
    group = BaseExceptionGroup("all", [KeyboardInterrupt(), ExceptionGroup("lost", [lost]), wrapped])
    assert collect_issues(group) == (*lost.issues, OURS)
    assert collect_issues(group)[-1].line == 7


def test_what_was_handled_before_is_no_cause() -> None:
    later = ValueError("later")
    later.__context__ = ValidationError([OURS])
    ours = ValidationError([OURS])
    ours.__cause__ = ValidationError([attrs.evolve(OURS, code="text")])
    assert collect_issues(later) == ()
    assert collect_issues(ours) == (OURS,)


def test_an_exception_is_looked_at_once_however_often_it_stands_in_groups() -> None:
    inner: Exception = ValidationError([OURS])
    last = ValidationError([Issue("id", (2,), "")])
    for _ in range(3 * sys.getrecursionlimit()):  # deeper than Python calls functions; as a tree, with as many leaves
        inner = ExceptionGroup("twice", [inner, inner])
    inner.__cause__ = inner
    assert collect_issues(ExceptionGroup("", [inner, inner, last])) == (OURS, *last.issues)


def test_notes_of_others_are_no_steps() -> None:
    class Note(str):
        __slots__ = ()

    noted = ValidationError([OURS])
    noted.add_note("seen at noon")
    noted.add_note(Note("seen at night"))
    assert collect_issues(noted) == (OURS,)
    noted.__notes__ = 5  # type: ignore[assignment]
    assert collect_issues(noted) == (OURS,)


def test_an_error_that_was_caught_and_raised_again_keeps_every_step() -> None:
    converter = make_converter()

    def first_alone(data: Any, _: Any) -> Any:
        try:
            return Shelf(claims=converter.structure(data, list[Statement]))
        except cattrs.BaseValidationError as group:
            raise group.exceptions[0] from None

    converter.register_structure_hook(Shelf, first_alone)
    error = raised({"a": [CLAIM, {**CLAIM, "content": ""}]}, dict[str, Shelf], converter)
    assert places(error) == [("empty", "$.a[1].content")]


def test_an_exception_without_errors_of_geoclaims_has_no_issues() -> None:
    assert collect_issues(ValueError("no")) == ()
    assert collect_issues(raised({"number": "many"}, Shelf)) == ()


@pytest.mark.parametrize("value", [None, ValueError, "error", [ValueError()]])
def test_what_is_no_exception_has_no_issues_to_collect(value: Any) -> None:
    with pytest.raises(TypeError, match="an exception"):
        collect_issues(value)


@pytest.mark.parametrize("actor", [{"id": "navy", "label": "the navy"}, {"label": "the navy"}, {"id": "navy"}])
def test_issues_in_a_group_of_a_users_hook_for_one_of_our_types_have_their_path_too(actor: Any) -> None:
    converter = make_converter()
    hook = make_dict_structure_fn(Actor, converter, name=override(rename="label"))
    converter.register_structure_hook(Actor, hook)
    error = raised({"by_name": {"x": [{**actor, "kind": "fleet"}]}, "since": "now"}, Shelf, converter)
    assert places(error) == [("enum", "$.by_name.x[0].kind"), ("date", "$.since")]
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own
    assert places(again) == places(error)
