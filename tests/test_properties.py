"""The contract, sentence by sentence, on whatever can be constructed."""

from __future__ import annotations

import copy
import gzip
import json
import pickle
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from typing import Any

import attrs
import pytest
from hypothesis import given, settings, strategies as st

from geoclaims import (
    Actor,
    Allegation,
    Article,
    Denial,
    GeoclaimsError,
    Quantity,
    Span,
    ValidationError,
    from_dict,
    from_json,
    read_jsonl,
    to_dict,
    to_json,
    write_jsonl,
)
from geoclaims.annotation import read_draft, to_draft
from geoclaims.strategies import (
    actors,
    allegations,
    articles,
    denials,
    invalid_documents,
    partial_dates,
    quantities,
    spans,
    statements,
)

small = articles(max_actors=2, max_statements=2)
with_text = articles(max_actors=2, max_statements=2, text=st.just("A text."))
anything = st.one_of(articles(), statements(), allegations(), denials(), actors(), quantities(), spans())


# --- JSON -------------------------------------------------------------------------------------------------------------


@given(anything, st.none() | st.integers(0, 4))
def test_every_object_comes_back_equal_from_its_json_and_always_gives_the_same_bytes(
    obj: Any, indent: int | None
) -> None:
    text = to_json(obj, indent=indent)
    assert from_json(text, type(obj)) == from_json(text.encode(), type(obj)) == obj
    assert from_dict(to_dict(obj), type(obj)) == obj
    for other in (copy.deepcopy(obj), from_json(text, type(obj))):
        assert to_json(other, indent=indent) == text
    assert text == json.dumps(to_dict(obj), ensure_ascii=False, separators=(",", ":"), indent=indent)


@pytest.mark.parametrize("indent", [101, -101, 10**400, " " * 101, "2", "\u2003"])
def test_an_indentation_of_more_than_a_hundred_spaces_or_of_anything_but_white_space_is_refused(
    indent: int | str,
) -> None:
    with pytest.raises(ValidationError, match=r"^\$\.indent: .* \[range\]$"):
        to_json(Quantity(minimum=1, unit="x"), indent=indent)
    assert to_json(Quantity(minimum=1, unit="x"), indent=100).count(" ") == 200
    assert to_json(Quantity(minimum=1, unit="x"), indent="\t").count("\t") == 2


@given(anything)
def test_fields_at_their_default_are_left_out_and_no_others(obj: Any) -> None:
    held = [a.name for a in attrs.fields(type(obj)) if a.default is attrs.NOTHING or getattr(obj, a.name) != a.default]
    head = {Article: ["schema_version"], Actor: [], Quantity: [], Span: []}.get(type(obj), ["type"])
    assert list(to_dict(obj)) == head + held


@given(articles(max_statements=0).map(to_dict))
def test_where_none_is_allowed_reading_accepts_null(document: dict[str, Any]) -> None:
    optional = [a.name for a in attrs.fields(Article) if a.default is None]
    assert from_dict({**dict.fromkeys(optional), **document}) == from_dict(document)


@given(small.map(to_dict) | with_text.map(to_draft) | invalid_documents(articles=small).map(lambda each: each.document))
def test_reading_leaves_what_it_reads_as_it_was(document: dict[str, Any]) -> None:
    document = {"$schema": "", **document}  # a key that reading drops
    before = copy.deepcopy(document)
    for read in (from_dict, partial(read_draft, text="A text.")):
        with suppress(GeoclaimsError):
            read(document)
        assert document == before


@settings(max_examples=10)
@given(some=st.lists(small, max_size=3), name=st.sampled_from(["claims.jsonl", "claims.jsonl.gz"]))
def test_json_lines_hold_one_article_a_line(
    tmp_path_factory: pytest.TempPathFactory, some: list[Article], name: str
) -> None:
    path = tmp_path_factory.mktemp("lines") / name
    assert write_jsonl(path, iter(some)) == len(some)
    assert list(read_jsonl(path)) == some
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    assert data.decode().split("\n")[:-1] == [to_json(article) for article in some]


# --- Objects ----------------------------------------------------------------------------------------------------------


@given(anything | partial_dates())
def test_objects_evolve_survive_copies_and_pickle_and_cannot_be_changed(obj: Any) -> None:
    for other in (attrs.evolve(obj), copy.copy(obj), copy.deepcopy(obj), pickle.loads(pickle.dumps(obj))):  # noqa: S301
        assert (type(other), other, hash(other)) == (type(obj), obj, hash(obj))
    for attribute in attrs.fields(type(obj)):
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            setattr(obj, attribute.name, getattr(obj, attribute.name))
    with pytest.raises(AttributeError):
        obj.another = 1
    assert not hasattr(obj, "__dict__")


# --- Questions --------------------------------------------------------------------------------------------------------


def acting_for(article: Article, id: str | None) -> Iterator[str]:
    """All for whom an actor acts, the actor first."""
    while id is not None:
        yield id
        id = article.actor(id).on_behalf_of


@given(articles(min_actors=1))
def test_an_article_and_its_copies_answer_what_can_be_read_in_it(article: Article) -> None:
    said = article.statements
    assert article.allegations == tuple(statement for statement in said if isinstance(statement, Allegation))
    assert article.denials == tuple(statement for statement in said if isinstance(statement, Denial))
    for statement in said:
        assert article.statement(statement.id) is article.resolve(statement.id) is statement
        for asked in (statement, statement.id, copy.deepcopy(statement)):
            assert article.denials_of(asked) == tuple(d for d in article.denials if statement.id in d.denies)
            assert article.confirmations_of(asked) == tuple(s for s in said if statement.id in s.confirms)
    for actor in article.actors:
        assert article.actor(actor.id) is article.resolve(actor.id) is actor
        for including in (True, False):
            whose = {id: {*acting_for(article, id)} if including else {id} for id in (a.id for a in article.actors)}
            by = tuple(s for s in said if actor.id in whose[s.speaker])
            against = tuple(s for s in article.allegations if any(actor.id in whose[id] for id in s.accused))
            for holder in (article, copy.copy(article), copy.deepcopy(article), pickle.loads(pickle.dumps(article))):  # noqa: S301
                for who in (actor, actor.id):
                    assert holder.by(who, including_proxies=including) == by
                    assert holder.against(who, including_proxies=including) == against
        assert (article.by(actor), article.against(actor)) == (
            article.by(actor, including_proxies=True),
            article.against(actor, including_proxies=True),
        )


@given(
    articles(text=st.text("Wé deny\u00ad “it”.\n", min_size=1).map("It: {}".format), min_statements=1, max_statements=3)
)
def test_excerpts_are_the_passages_of_the_text(article: Article) -> None:
    for statement in article.statements:
        excerpts = article.excerpts(statement)
        assert article.text is not None
        assert excerpts == tuple(article.text[span.start : span.end] for span in statement.spans)
        for span, excerpt in zip(statement.spans, excerpts, strict=True):
            assert Span.of(excerpt, 0, len(excerpt)).fingerprint == span.fingerprint
