"""Wrong uses of the public interface: each type checker must report the lines that say so, and no other."""

from __future__ import annotations

from typing import assert_never

from hypothesis import strategies as st

import geoclaims
from geoclaims import (
    Actor,
    ActorKind,
    Allegation,
    Article,
    Denial,
    Issue,
    PartialDate,
    Quantity,
    Statement,
    collect_issues,
    from_dict,
    from_json,
    json_schema,
    load_article,
    read_jsonl,
    to_json,
    write_jsonl,
)
from geoclaims.annotation import alpha, compare, draft_schema, lint, read_draft
from geoclaims.corpus import Corpus, Link
from geoclaims.strategies import allegations, denials, invalid_documents, statements

article = load_article()
actor = Actor(id="navy", name="the navy")
statement = Statement(id="s1", speaker="navy", content="The harbour is open.")
allegation = Allegation(id="s2", speaker="navy", content="Rebels mined the harbour.", accused=["rebels"])
denial = Denial(id="s3", speaker="rebels", content="They mined nothing.", denies=["s2"])

# --- Arguments that are missing ---------------------------------------------------------------------------------------

Actor(id="navy")  # wrong
Allegation(id="s2", speaker="navy", content="It happened.")  # wrong
Denial(id="s3", speaker="rebels", content="It did not.")  # wrong
Quantity(minimum=3)  # wrong
PartialDate()  # wrong
article.with_changes(id="s1")  # wrong
read_draft("{}")  # wrong
load_article(path="article.json")  # wrong
article.without(["s1"])  # wrong
article.with_added([actor])  # wrong

# --- Arguments that there are not, or not in this place ---------------------------------------------------------------

Actor("navy", "the navy")  # wrong
Actor(id="navy", name="the navy", rank=1)  # wrong
Statement(id="s1", speaker="navy", content="It happened.", accused=["rebels"])  # wrong
PartialDate.parse("4/9/2025", True)  # wrong
article.by("navy", False)  # wrong
Issue("type", ("title",), "found 5, expected a string", 3)  # wrong
statements(denies=st.just(["s1"]))  # wrong
statements(st.just("s1"))  # wrong

# --- Arguments of another type ----------------------------------------------------------------------------------------

Actor(id="navy", name=None)  # wrong
Actor(id="navy", name="the navy", kind="state")  # wrong
Actor(id="navy", name="the navy", aliases="fleet")  # wrong
Statement(id="s1", speaker=actor, content="It happened.")  # wrong
Quantity(minimum="3", unit="ships")  # wrong
Article(id="a1", published="2025-04")  # wrong
Article(id="a1", statements=[actor])  # wrong
PartialDate("2025")  # wrong
PartialDate(2025) < 2026  # wrong
article.actor(actor)  # wrong
article.confirmations_of(actor)  # wrong
article.denials_of(actor)  # wrong
article.by(statement)  # wrong
to_json("a1")  # wrong
from_json("{}", type=int)  # wrong
from_json(["{}"])  # wrong
from_dict({}, type="article")  # wrong
json_schema(dialect="short")  # wrong
read_jsonl("claims.jsonl", on_error="skip")  # wrong
write_jsonl("claims.jsonl", 5)  # wrong
read_jsonl("links.jsonl", str)  # wrong
Link(kind="same", source="a/b", target="c/d")  # wrong
Corpus(articles=[1])  # wrong
Corpus([])  # wrong
Corpus().claims = ()  # wrong
collect_issues("error")  # wrong
alpha(article)  # wrong
compare("one.json", article)  # wrong
lint([article])  # wrong
draft_schema(dialect="strict")  # wrong
allegations(accused=["navy"])  # wrong
denials(speaker=st.just(1))  # wrong
denials(kind=st.just("outright"))  # wrong
invalid_documents(codes=5)  # wrong

# --- Attributes that there are not, or that do not change -------------------------------------------------------------

actor.nme  # wrong
statement.accused  # wrong
statement.denies  # wrong
statement.kind  # wrong
allegation.denies  # wrong
denial.accused  # wrong
article.statements[0].accused  # wrong
article.statement("s1").denies  # wrong
geoclaims.from_yaml  # wrong
actor.name = "the fleet"  # wrong


class Ship(Actor):  # wrong
    """The models are final."""


# --- What is not handled ----------------------------------------------------------------------------------------------


def adjective(kind: ActorKind) -> str:
    """Lack a member of an enumeration."""
    match kind:
        case ActorKind.PERSON | ActorKind.GROUP:
            return "human"
        case ActorKind.ORGANIZATION | ActorKind.STATE:
            return "official"
        case _:
            assert_never(kind)  # wrong


def of_whom(claim: Statement | Allegation | Denial) -> tuple[str, ...]:
    """Lack the statements that neither accuse nor deny."""
    match claim:
        case Allegation(accused=accused):
            return accused
        case Denial(denies=denies):
            return denies
        case _:
            assert_never(claim)  # wrong
