"""Libraries that make language models keep to a schema take that of drafts; what comes through is read or refused."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from typing import Any

from jsonschema import Draft202012Validator

from geoclaims import Article, ValidationError
from geoclaims.annotation import draft_schema, read_draft
from tests.answers import METADATA

SCHEMA = draft_schema(dialect="structured_output")
TEXT = "The navy said that no ship sank."
EMPTY: dict[str, Any] = {"actors": [], "statements": []}


def sampled(library: Any, seed: int) -> bytes:
    """Text of the schema, drawn letter by letter from those that the library lets through."""
    chance = random.Random(seed)
    tokenizer = library.LLTokenizer("byte")
    matcher = library.LLMatcher(tokenizer, library.LLMatcher.grammar_from_json_schema(json.dumps(SCHEMA)))
    assert matcher.get_error() == ""
    text = bytearray()
    while not matcher.is_stopped() and len(text) < 5_000:
        allowed = [token for token, bias in enumerate(matcher.compute_logit_bias()) if bias]
        if tokenizer.eos_token in allowed:
            break
        letters = [token for token in allowed if 0x20 < token < 0x7F]
        marks = [token for token in letters if chr(token) in '"{[]'] if chance.random() < 0.6 else []
        token = chance.choice(marks or letters or allowed)
        assert matcher.consume_token(token)
        text.append(token)
    return bytes(text)


def test_text_drawn_at_random_through_llguidance_is_an_article_or_is_refused(library: Callable[[str], Any]) -> None:
    llguidance = library("llguidance")
    refused = statements = 0
    for seed in range(60):
        text = sampled(llguidance, seed)
        draft = json.loads(text)
        assert Draft202012Validator(SCHEMA).is_valid(draft)
        statements += len(draft["statements"])
        try:
            assert isinstance(read_draft(draft, TEXT, metadata=METADATA), Article)
        except ValidationError as error:
            assert error.issues  # noqa: PT017
            refused += 1
    assert refused
    assert statements


def test_llguidance_lets_a_draft_through_that_has_every_key(library: Callable[[str], Any]) -> None:
    llguidance = library("llguidance")
    matcher = llguidance.LLMatcher(
        llguidance.LLTokenizer("byte"), llguidance.LLMatcher.grammar_from_json_schema(json.dumps(SCHEMA))
    )
    assert matcher.consume_tokens(list(json.dumps(EMPTY).encode()))
    assert matcher.is_accepting()


def test_outlines_compiles_the_schema_and_lets_a_draft_through_that_has_every_key(
    library: Callable[[str], Any],
) -> None:
    outlines = library("outlines_core")
    pattern = library("outlines_core.json_schema").build_regex_from_schema(json.dumps(SCHEMA))
    letters = [chr(code) for code in range(0x20, 0x7F)]
    vocabulary = outlines.Vocabulary(len(letters), {letter: [number] for number, letter in enumerate(letters)})
    guide = outlines.Guide(outlines.Index(pattern, vocabulary))
    for letter in json.dumps(EMPTY, separators=(", ", ": ")):
        number = letters.index(letter)
        assert number in guide.get_tokens()
        guide.advance(number)
    assert guide.is_finished()
