"""What pydantic reads as `Drafted` is what a language model answered about a text."""

from __future__ import annotations

import copy
import json
import subprocess
import sys
from typing import Any

import pydantic
import pytest
from hypothesis import assume, given, strategies as st
from jsonschema import Draft202012Validator
from pydantic import BaseModel, TypeAdapter

from geoclaims import Article, load_article, to_dict, to_json
from geoclaims.annotation import Drafted, draft_schema, to_draft
from geoclaims.strategies import articles
from tests.answers import METADATA, answer_of

TEXT = "The navy said on Monday that no ship sank."
CLAIM = {"type": "statement", "id": "s1", "speaker": "navy", "content": "No ship sank.", "passages": ["no ship sank"]}
ANSWER = {"actors": [{"id": "navy", "name": "The navy"}], "statements": [CLAIM]}
CONTEXT = {"text": TEXT, "metadata": METADATA}
SCHEMA = Draft202012Validator(draft_schema(dialect="structured_output"))
ADAPTER: TypeAdapter[Article] = TypeAdapter(Drafted)


class Answer(BaseModel):
    """What a client takes that takes only classes of pydantic."""

    article: Drafted


@given(articles(text=st.just(TEXT), max_statements=4, max_actors=3))
def test_what_a_model_answers_is_read_with_the_text_and_the_metadata(article: Article) -> None:
    assume("'start'" not in str(to_draft(article)))  # models cannot count
    answer = answer_of(article)
    before = copy.deepcopy((answer, CONTEXT))
    assert SCHEMA.is_valid(answer)
    for read in (
        ADAPTER.validate_python(answer, context=CONTEXT),
        ADAPTER.validate_json(json.dumps(answer), context=CONTEXT),
        Answer.model_validate({"article": answer}, context=CONTEXT).article,
    ):
        assert (read.id, read.text) == (METADATA["id"], TEXT)
        assert (read.actors, read.statements) == (article.actors, article.statements)
    assert (answer, CONTEXT) == before


def test_an_article_passes_unchanged_and_what_is_dumped_is_the_json_of_an_article() -> None:
    article = load_article()
    assert ADAPTER.validate_python(article) is article
    assert Answer(article=article).model_dump() == {"article": article}
    assert Answer(article=article).model_dump(mode="json") == {"article": to_dict(article)}
    assert ADAPTER.dump_json(article) == to_json(article).encode()


def test_metadata_wins_over_what_the_model_answers() -> None:
    read = ADAPTER.validate_python({**ANSWER, "id": "other", "title": "Port"}, context=CONTEXT)
    assert (read.id, read.title) == (METADATA["id"], "Port")


def test_each_issue_is_an_error_of_pydantic_at_its_place() -> None:
    wrong = {**ANSWER, "statements": [{**CLAIM, "speaker": "army", "passages": ["that no boat sank"]}]}
    with pytest.raises(pydantic.ValidationError) as caught:
        Answer.model_validate({"article": wrong}, context=CONTEXT)
    assert [(error["type"], error["loc"], error["input"]) for error in caught.value.errors()] == [
        ("dangling_ref", ("article", "statements", 0, "speaker"), "army"),
        ("span", ("article", "statements", 0, "passages", 0), "that no boat sank"),
    ]
    assert "'that no ship sank" in str(caught.value)  # the nearest that the text has


def test_no_error_repeats_the_document() -> None:
    claims = [{**CLAIM, "id": f"s{number}", "passages": [f"Nothing {number} like it"]} for number in range(9)]
    with pytest.raises(pydantic.ValidationError, match="another text") as caught:
        Answer.model_validate({"article": {**ANSWER, "statements": claims}}, context=CONTEXT)
    assert [error for error in caught.value.errors() if isinstance(error["input"], dict)] == []


@pytest.mark.parametrize("answer", ["{}", [], None, 5, {"actors": 5}, {"statements": [[]]}, {**ANSWER, "text": TEXT}])
def test_what_is_no_draft_or_has_a_text_is_an_error_of_pydantic(answer: Any) -> None:
    with pytest.raises(pydantic.ValidationError):
        ADAPTER.validate_python(answer, context=CONTEXT)


WRONG: list[tuple[Any, str]] = [
    (None, "metadata"), ([], "metadata"), ("example", "metadata"),
    *((each, r"metadata: \$\.id: .* \[missing\]") for each in ({}, {"id": None}, {"title": "Port"})),
    ({"id": "an id", "title": 5}, r"metadata: \$\.id: .* \[id\]\n\$\.title: .* \[type\]"),
    *(({"id": "a", key: []}, rf"\$\.{key}: .* \[unknown_key\]") for key in ("actors", "statements", "text", "titel")),
    *(({"id": "a", key: "1.0"}, r"\[unknown_key\]") for key in ("schema_version", "$schema")),
    ({"id": "a", 5: "Port"}, r"\[type\]"), ({"id": "a", "published": "on Monday"}, r"\[date\]"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("context", "message"),
    [
        *((context, "context") for context in (None, {}, {"metadata": METADATA})),
        *(({"text": TEXT, "metadata": each}, message) for each, message in WRONG),
        *(({"text": text, "metadata": METADATA}, "text") for text in (None, "", "\0")),
    ],
)
def test_a_mistake_of_the_caller_is_a_type_error_that_no_retry_can_mend(context: Any, message: str) -> None:
    for answer in (ANSWER, {"actors": 5}, None):
        with pytest.raises(TypeError, match=message):
            Answer.model_validate({"article": answer}, context=context)


def test_what_goes_in_is_described_as_for_services_and_what_comes_out_as_an_article() -> None:
    def plain(schema: Any) -> Any:
        return json.loads(json.dumps(schema).replace("geoclaims_draft_", ""))

    expected = draft_schema(dialect="structured_output")
    assert plain(ADAPTER.json_schema()) == expected
    assert plain(Answer.model_json_schema())["$defs"] == expected["$defs"]
    assert "geoclaims_Span" in Answer.model_json_schema(mode="serialization")["$defs"]


def test_a_field_of_each_may_stand_in_one_model() -> None:
    class Both(BaseModel):
        found: Drafted
        known: Article

    definitions = Both.model_json_schema()["$defs"]
    assert {"geoclaims_draft_Actor", "geoclaims_Actor"} <= definitions.keys()
    both = Both.model_validate({"found": ANSWER, "known": to_dict(load_article())}, context=CONTEXT)
    assert both.known == load_article()


def test_nothing_of_pydantic_is_imported_before_it_asks() -> None:
    program = "import sys; from geoclaims.annotation import Drafted; assert 'pydantic' not in sys.modules"
    subprocess.run([sys.executable, "-c", program], check=True)
