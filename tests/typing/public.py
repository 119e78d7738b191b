"""What type checkers make of the public interface: never run, only checked.

Where a line is wrong on purpose, the error that mypy and that pyright must report stands beside it; both checkers
complain about an expected error that does not come.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import Any, assert_never, assert_type

import attrs
import cattrs
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

import geoclaims
from geoclaims import (
    Actor,
    ActorKind,
    Allegation,
    AnchorError,
    Article,
    Denial,
    DenialKind,
    GeoclaimsError,
    Issue,
    PartialDate,
    Quantity,
    Span,
    Statement,
    UnknownIdError,
    ValidationError,
    collect_issues,
    configure_converter,
    from_dict,
    from_json,
    json_schema,
    load_article,
    make_converter,
    read_jsonl,
    to_dict,
    to_json,
    write_jsonl,
)
from geoclaims.annotation import Comparison, Difference, Score, alpha, compare, draft_schema, lint, read_draft, to_draft
from geoclaims.strategies import InvalidDocument, allegations, articles, denials, invalid_documents, statements

# --- Constructing -----------------------------------------------------------------------------------------------------

actor = Actor(id="navy", name="the navy", kind=ActorKind.ORGANIZATION, on_behalf_of="state", aliases=["the fleet"])
statement = Statement(id="s1", speaker="navy", content="The harbour is open.", quotes=("open",), spans=[])
allegation = Allegation(id="s2", speaker="navy", content="Rebels mined the harbour.", accused=["rebels"])
denial = Denial(id="s3", speaker="rebels", content="They mined nothing.", denies=("s2",), kind=DenialKind.OUTRIGHT)
article = Article(id="a1", actors=[actor], statements=[statement, allegation, denial], published=PartialDate(2025, 4))

Actor(id="navy")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
Actor("navy", "the navy")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
Actor(id="navy", name=None)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
Actor(id="navy", name="the navy", kind="state")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
Actor(id="navy", name="the navy", rank=1)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
Actor(id="navy", name="the navy", aliases="fleet")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
Allegation(id="s2", speaker="navy", content="It happened.")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
Denial(id="s3", speaker="rebels", content="It did not.")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
Quantity(minimum="3", unit="ships")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
Article(id="a1", published="2025-04")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]

actor.name = "the fleet"  # type: ignore[misc]  # pyright: ignore[reportAttributeAccessIssue]
actor.nme  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue]


class Ship(Actor):  # type: ignore[misc]  # pyright: ignore[reportGeneralTypeIssues]
    """The models are final."""


assert_type(attrs.evolve(actor, name="the fleet"), Actor)

# --- Fields -----------------------------------------------------------------------------------------------------------

assert_type(actor.id, str)
assert_type(actor.kind, ActorKind)
assert_type(actor.role, str | None)
assert_type(actor.anonymous, bool)
assert_type(actor.same_as, tuple[str, ...])
assert_type(statement.cue, str | None)
assert_type(statement.event_date, PartialDate | None)
assert_type(statement.event_end, PartialDate | None)
assert_type(statement.confirms, tuple[str, ...])
assert_type(statement.appearances, tuple[str, ...])
assert_type(statement.quantities, tuple[Quantity, ...])
assert_type(statement.spans, tuple[Span, ...])
assert_type(allegation.accused, tuple[str, ...])
assert_type(denial.denies, tuple[str, ...])
assert_type(denial.kind, DenialKind)
assert_type(article.actors, tuple[Actor, ...])
assert_type(article.statements, tuple[Statement | Allegation | Denial, ...])
assert_type(article.text, str | None)

statement.accused  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue]
statement.denies  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue]
statement.kind  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue]
allegation.denies  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue]
denial.accused  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue]


def of_whom(thing: Actor | Allegation | Denial) -> str | tuple[str, ...]:
    """A `match` over the types is seen to be complete."""
    match thing:
        case Actor(name=name):
            return assert_type(name, str)
        case Allegation(accused=accused):
            return assert_type(accused, tuple[str, ...])
        case Denial(denies=denies):
            return assert_type(denies, tuple[str, ...])
        case _:
            assert_never(thing)


# --- Values -----------------------------------------------------------------------------------------------------------

date = PartialDate(2025, 4, 9)
assert_type(PartialDate.of(datetime.date(2025, 4, 9)), PartialDate)
assert_type(PartialDate.parse("9 April 2025"), PartialDate)
assert_type(PartialDate.parse("4/9/2025", dayfirst=False), PartialDate)
assert_type(PartialDate.parse("yesterday", relative_to=date), PartialDate)
assert_type(date.month, int | None)
assert_type(date.earliest, datetime.date)
assert_type(date.latest, datetime.date)
assert_type(PartialDate(2025) < date, bool)
assert_type(max(date, PartialDate(2025)), PartialDate)

PartialDate(2025) < 2026  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
PartialDate.parse("4/9/2025", True)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]  # noqa: FBT003

quantity = Quantity(minimum=155, unit="citizens")
assert_type(quantity.maximum, int | None)
assert_type(quantity.approximate, bool)

span = Span.of("They mined nothing.", 0, 4)
assert_type(span, Span)
assert_type(Span.find("They mined nothing.", "mined"), Span)
assert_type(span.start, int)
assert_type(span.fingerprint, str)

# --- Questions to an article ------------------------------------------------------------------------------------------

assert_type(article.actor("navy"), Actor)
assert_type(article.statement("s1"), Statement)
assert_type(article.resolve("s1"), Actor | Statement)
assert_type(article.allegations, tuple[Allegation, ...])
assert_type(article.denials, tuple[Denial, ...])
assert_type(article.denials_of(allegation), tuple[Denial, ...])
assert_type(article.denials_of("s2"), tuple[Denial, ...])
assert_type(article.confirmations_of(denial), tuple[Statement, ...])
assert_type(article.confirmations_of("s2"), tuple[Statement, ...])
assert_type(article.by(actor), tuple[Statement, ...])
assert_type(article.by("navy", including_proxies=False), tuple[Statement, ...])
assert_type(article.against(actor, including_proxies=False), tuple[Allegation, ...])
assert_type(article.with_changes("s1", cue="said", id="s9"), Article)
article.with_changes(id="s1")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
assert_type(article.with_text("They mined nothing."), Article)
assert_type(article.with_text("They mined nothing.", on_error=lambda error: print(error.issues)), Article)

article.actor(actor)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
article.confirmations_of(actor)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
article.denials_of(actor)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
article.by(statement)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
article.by("navy", False)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]  # noqa: FBT003

# --- JSON -------------------------------------------------------------------------------------------------------------

assert_type(to_json(article), str)
assert_type(to_json(denial, indent=2), str)
assert_type(from_json(b"{}"), Article)
assert_type(from_json("{}", type=Statement), Statement)
assert_type(from_json("{}", type=Allegation), Allegation)
assert_type(from_json("{}", Span), Span)
assert_type(from_dict(to_dict(article)), Article)
assert_type(from_dict({}, type=Quantity), Quantity)
assert_type(write_jsonl("claims.jsonl", [article]), int)
assert_type(write_jsonl(Path("claims.jsonl.gz"), iter([article])), int)
assert_type(read_jsonl(Path("claims.jsonl")), Iterator[Article])
errors: list[ValidationError] = []
assert_type(read_jsonl("claims.jsonl", on_error=errors.append), Iterator[Article])
schema = json_schema(type=Denial)
json_schema(dialect="portable")
json_schema(dialect="short")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
assert_type(make_converter(), cattrs.Converter)
converter = cattrs.Converter()
configure_converter(converter)
assert_type(converter.structure({}, Article), Article)

to_json("a1")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
from_json("{}", type=int)  # type: ignore[type-var]  # pyright: ignore[reportArgumentType]
from_json(["{}"])  # type: ignore[call-overload]  # pyright: ignore[reportArgumentType]
write_jsonl("claims.jsonl", article)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]

# --- The loader, errors -----------------------------------------------------------------------------------------------

assert_type(load_article(), Article)
assert_type(load_article(text_path=Path("article.txt")), Article)
assert_type(load_article(text_path="article.txt", on_error=lambda error: print(error.issues)), Article)
load_article("article.txt")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]

try:
    load_article(text_path="article.txt")
except (ValidationError, AnchorError) as error:
    assert_type(error.issues, tuple[Issue, ...])
    assert_type(error.omitted, int)
    issue = error.issues[0]
    assert_type(issue.code, str)
    assert_type(issue.path, tuple[str | int, ...])
    assert_type(issue.json_path, str)
    assert_type(issue.pointer, str)
    assert_type(issue.line, int | None)
    assert_type(issue.column, int | None)
    assert_type(collect_issues(error), tuple[Issue, ...])
collect_issues("error")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]

Issue("type", ("title",), "found 5, expected a string")
Issue("type", ("title",), "found 5, expected a string", line=3, column=5)
Issue("type", ("title",), "found 5, expected a string", 3)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]

kinds_of_errors: list[type[ValueError]] = [ValidationError, AnchorError]
kinds_of_lookup_errors: list[type[KeyError]] = [UnknownIdError]
ours: list[type[GeoclaimsError]] = [ValidationError, AnchorError, UnknownIdError]

assert_type(read_draft("{}", "text", dayfirst=True), Article)
assert_type(to_draft(article), dict[str, Any])
assert_type(draft_schema(dialect="structured_output"), dict[str, Any])
assert_type(lint(article), tuple[Issue, ...])
comparison = compare(article, article, least_overlap=0.3)
assert_type(comparison, Comparison)
assert_type(compare([article], iter([article])), Comparison)
assert_type(comparison.statements, Score)
assert_type(comparison.statements.f1, float | None)
assert_type(comparison.statements.macro_f1, float | None)
assert_type(comparison.statements.matched, int)
assert_type(comparison.differences, tuple[Difference, ...])
assert_type(comparison.differences[0].one_value, str | tuple[str, ...] | None)
assert_type(comparison.to_dict(), dict[str, Any])
assert_type(alpha([article, article]), float | None)
alpha(article)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
compare("one.json", article)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
draft_schema(dialect="strict")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]

# --- Strategies -------------------------------------------------------------------------------------------------------

assert_type(statements(), SearchStrategy[Statement])
assert_type(allegations(id=None, accused=st.lists(st.just("navy"), min_size=1)), SearchStrategy[Allegation])
assert_type(denials(kind=st.just(DenialKind.OUTRIGHT), date=st.none()), SearchStrategy[Denial])
assert_type(articles(statements=allegations() | denials(), max_actors=3), SearchStrategy[Article])
assert_type(invalid_documents(codes=["id"]), SearchStrategy[InvalidDocument])

statements(denies=st.just(["s1"]))  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
statements(st.just("s1"))  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
allegations(accused=["navy"])  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
denials(speaker=st.just(1))  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
denials(kind=st.just("outright"))  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]

geoclaims.from_yaml  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue]
