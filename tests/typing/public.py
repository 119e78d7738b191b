"""What type checkers make of the public interface: never run, only checked. In `wrong.py` is what they must report."""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any, assert_never, assert_type

import attrs
import cattrs
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

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
from geoclaims.corpus import Corpus, Link, LinkKind
from geoclaims.interop import read_csv, to_html, write_csv
from geoclaims.strategies import (
    InvalidDocument,
    allegations,
    articles,
    corpora,
    denials,
    invalid_documents,
    links,
    statements,
)

# --- Constructing -----------------------------------------------------------------------------------------------------

actor = Actor(id="navy", name="the navy", kind=ActorKind.ORGANIZATION, on_behalf_of="state", aliases=["the fleet"])
statement = Statement(id="s1", speaker="navy", content="The harbour is open.", quotes=("open",), spans=[])
allegation = Allegation(id="s2", speaker="navy", content="Rebels mined the harbour.", accused=["rebels"])
denial = Denial(id="s3", speaker="rebels", content="They mined nothing.", denies=("s2",), kind=DenialKind.OUTRIGHT)
article = Article(id="a1", actors=[actor], statements=[statement, allegation, denial], published=PartialDate(2025, 4))

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


def of_what(claim: Statement) -> tuple[str, ...]:
    """`Statement` takes what the cases before it leave."""
    match claim:
        case Allegation(accused=accused):
            return accused
        case Denial(denies=denies):
            return denies
        case Statement(confirms=confirms):
            return confirms
        case _:
            assert_never(claim)


def ending(kind: DenialKind) -> str:
    """A `match` over the members of an enumeration is seen to be complete."""
    match kind:
        case DenialKind.OUTRIGHT | DenialKind.NON_INVOLVEMENT:
            return "not done"
        case DenialKind.NO_EVIDENCE | DenialKind.BLAME_SHIFT | DenialKind.UNSPECIFIED:
            return "not shown"
        case _:
            assert_never(kind)


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
assert_type(article.with_added(actor, statement, allegation, denial), Article)
assert_type(article.with_changes("s1", cue="said", id="s9"), Article)
assert_type(article.with_changes("s1", type=Denial, denies=["s2"]), Article)
assert_type(article.without("s1", "s2"), Article)
assert_type(article.with_text("They mined nothing."), Article)
assert_type(article.with_text("They mined nothing.", on_error=lambda error: print(error.issues)), Article)


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
assert_type(write_jsonl(io.BytesIO(), article), int)
assert_type(read_jsonl(io.BytesIO()), Iterator[Article])
errors: list[ValidationError] = []
assert_type(read_jsonl("claims.jsonl", on_error=errors.append), Iterator[Article])

# --- Corpora ----------------------------------------------------------------------------------------------------------

link = Link(kind=LinkKind.SAME, source="a1/s2", target="a2/s1", basis="the same mines")
assert_type(link.kind, LinkKind)
assert_type(link.annotator, str | None)
assert_type(from_json(to_json(link), Link), Link)
assert_type(from_dict(to_dict(link), Link), Link)
assert_type(read_jsonl("links.jsonl", Link), Iterator[Link])
assert_type(read_jsonl("links.jsonl", type=Link, on_error=errors.append), Iterator[Link])
assert_type(write_jsonl("links.jsonl", [link]), int)
assert_type(write_jsonl("links.jsonl", iter([link])), int)

corpus = Corpus(articles=[article], links=iter([link]))
assert_type(Corpus.of([article], (link,)), Corpus)
assert_type(write_jsonl("claims.jsonl", corpus), int)
assert_type(to_html(corpus), str)
assert_type(write_csv("tables", corpus), int)
assert_type(read_csv("tables"), Iterator[Article])
assert_type(read_csv("tables", Article, on_error=errors.append), Iterator[Article])
assert_type(read_csv("tables", Link), Iterator[Link])
assert_type(read_csv("tables", type=Link, on_error=errors.append), Iterator[Link])
assert_type(corpus.articles, tuple[Article, ...])
assert_type(corpus.links, tuple[Link, ...])
assert_type(corpus.article("a1"), Article)
assert_type(corpus.actor("a1/navy"), Actor)
assert_type(corpus.statement(("a1/s1",)), Statement)
assert_type(corpus.resolve("a1/s1"), Actor | Statement)
assert_type(corpus.claims, tuple[tuple[str, ...], ...])
assert_type(corpus.same("a1/s1"), tuple[str, ...])
assert_type(corpus.against("a1/navy", including_proxies=False), tuple[tuple[str, ...], ...])
assert_type(corpus.by("a1/navy"), tuple[tuple[str, ...], ...])
assert_type(corpus.denials_of(corpus.claims[0]), tuple[tuple[str, ...], ...])
assert_type(corpus.confirmations_of("a1/s1"), tuple[tuple[str, ...], ...])
assert_type(links(), SearchStrategy[Link])
assert_type(corpora(links=links()), SearchStrategy[Corpus])
schema = json_schema(type=Denial)
json_schema(dialect="portable")
assert_type(make_converter(), cattrs.Converter)
converter = cattrs.Converter()
configure_converter(converter)
assert_type(converter.structure({}, Article), Article)


# --- The loader, errors -----------------------------------------------------------------------------------------------

assert_type(load_article(), Article)
assert_type(load_article("article.json", text_path="article.txt"), Article)
assert_type(Quantity.of(6, "ships", approximate=True), Quantity)
assert_type(load_article(text_path=Path("article.txt")), Article)
assert_type(load_article(text_path="article.txt", on_error=lambda error: print(error.issues)), Article)

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

Issue("type", ("title",), "found 5, expected a string")
Issue("type", ("title",), "found 5, expected a string", line=3, column=5)

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
assert_type(comparison.statements.matched, int)
assert_type(comparison.differences, tuple[Difference, ...])
assert_type(comparison.differences[0].one_value, str | tuple[str, ...] | None)
assert_type(comparison.to_dict(), dict[str, Any])
assert_type(alpha([article, article]), float | None)

# --- Strategies -------------------------------------------------------------------------------------------------------

assert_type(statements(), SearchStrategy[Statement])
assert_type(allegations(id=None, accused=st.lists(st.just("navy"), min_size=1)), SearchStrategy[Allegation])
assert_type(denials(kind=st.just(DenialKind.OUTRIGHT), date=st.none()), SearchStrategy[Denial])
assert_type(articles(statements=allegations() | denials(), max_actors=3), SearchStrategy[Article])
assert_type(invalid_documents(codes=["id"]), SearchStrategy[InvalidDocument])
