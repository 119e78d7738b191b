"""A validator in JavaScript gives the verdict of reading, also on what another's generator makes of the schema."""

from __future__ import annotations

import json
import random
import subprocess
from collections.abc import Callable, Iterator
from functools import reduce
from operator import getitem
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings

from geoclaims import (
    Actor,
    Allegation,
    Article,
    Denial,
    Issue,
    Quantity,
    Span,
    Statement,
    ValidationError,
    from_dict,
    json_schema,
    load_article,
    strategies,
    to_dict,
)
from geoclaims.corpus import Link
from tests.places import DOCUMENT, PLACES, changed, without

MODELS = {model.__name__: model for model in (Article, Actor, Statement, Allegation, Denial, Quantity, Span, Link)}

# What is wrong with a text. JSON.parse reads repeated keys, and knows no limit of depth.
OF_TEXTS = {"json", "encoding", "depth", "duplicate_key"}

# Reads schemas and documents by the names of schemas; writes what ajv thinks of each document, then documents that
# json-schema-faker makes of each schema. Whatever ajv would only log in its strict mode ends the program.
PROGRAM = """
import Ajv from "ajv/dist/2020.js";
import { generate } from "json-schema-faker";
import { readFileSync } from "node:fs";

const { schemas, documents, number } = JSON.parse(readFileSync(0, "utf8"));
const fail = (...words) => { throw new Error(words.join(" ")); };
const logger = { log: fail, warn: fail, error: fail };
const ajv = new Ajv({ strict: true, strictTypes: true, allErrors: true, logger });
const verdicts = {}, made = {};
for (const [name, schema] of Object.entries(schemas)) {
    const validate = ajv.compile(schema);
    verdicts[name] = (documents[name] ?? []).map((document) => validate(document));
    made[name] = [];
    for (let seed = 1; seed <= number; seed++) {
        const document = await generate(schema, { seed, optionalsProbability: (seed % 5) / 4 });
        made[name].push([document, validate(document)]);
    }
}
console.log(JSON.stringify({ verdicts, made }));
"""


@pytest.fixture(scope="session")
def node(program: Callable[[str], str], node_modules: Path, tmp_path_factory: Any) -> Callable[..., dict[str, Any]]:
    """What runs the program on documents by the names of models."""
    folder = tmp_path_factory.mktemp("node")
    (folder / "node_modules").symlink_to(node_modules.absolute())
    (folder / "program.mjs").write_text(PROGRAM, encoding="utf-8")
    schemas = {name: json_schema(model) for name, model in MODELS.items()}
    # the generator does not follow conditions, so what is a statement of any kind is left to each kind
    schemas["Statement"] = {**json_schema(Statement), **json_schema(Statement)["$defs"]["Statement"]}

    def run(documents: dict[str, list[Any]], number: int = 0) -> Any:
        question = json.dumps({"schemas": schemas, "documents": documents, "number": number})
        answer = subprocess.run(
            [program("node"), "program.mjs"], input=question, cwd=folder, capture_output=True, text=True, check=False
        )
        assert answer.stderr == ""
        return json.loads(answer.stdout)

    return run


def wrong(document: Any, model: Any, unsaid: Callable[[Issue, Any], bool]) -> list[Issue]:
    """What is wrong with a document that a schema could say."""
    try:
        from_dict(document, model)
    except ValidationError as error:
        return [issue for issue in error.issues if not unsaid(issue, document)]
    return []


def broken() -> Iterator[dict[str, Any]]:
    """The document with each of its places removed, and with other values there."""
    elsewhere = random.Random(1)
    values = [5, 5.5, 1.0, -1, True, "", " ", "a\x00", "a\n", "\u2028", [], ["a", "a"], {}, None]
    for path, _ in PLACES:
        others = [value for _, value in elsewhere.choices(PLACES, k=5)]
        yield from (changed(path, value) for value in [*values, *others])
        yield without(path)


def drawn() -> list[Any]:
    """Documents that are right, and some that are wrong in one place."""
    found: list[Any] = []

    @settings(database=None, phases=[Phase.generate])
    @given(strategies.articles().map(to_dict), strategies.invalid_documents())
    def collect(right: Any, invalid: strategies.InvalidDocument) -> None:
        found.extend((right, invalid.document))

    collect()
    return found


def of_the_suite() -> Iterator[Any]:
    """The documents of the conformance suite, whatever is wrong with them, that are JSON without repeated keys."""
    for path in sorted((Path(__file__).parents[1] / "conformance" / "1.0").glob("*/*.json")):
        try:
            issues = json.loads(path.with_suffix(".issues.json").read_bytes()) if path.parent.name == "invalid" else ()
            if path.name.count(".") == 1 and not {issue["code"] for issue in issues} & OF_TEXTS:
                yield json.loads(path.read_bytes())
        except FileNotFoundError:  # this is a list of issues
            continue


@pytest.fixture
def unsaid_to_doubles(unsaid: Callable[[Issue, Any], bool]) -> Callable[[Issue, Any], bool]:
    """Whether a schema cannot say what is wrong to a program whose numbers are doubles."""

    def cannot_be_said(issue: Issue, document: Any) -> bool:
        value = reduce(getitem, issue.path, document) if issue.code == "range" else None
        return unsaid(issue, document) or (isinstance(value, int) and float(value) == float(2**63 - 1))

    return cannot_be_said


def test_ajv_gives_the_verdict_of_reading(
    node: Callable[..., dict[str, Any]], unsaid_to_doubles: Callable[[Issue, Any], bool]
) -> None:
    quantity = {"maximum": 2**63, "unit": "ships"}
    said = {"type": "statement", "id": "s", "speaker": "a", "content": "Many.", "quantities": [quantity]}
    too_large = {"schema_version": "1.0", "id": "x", "actors": [{"id": "a", "name": "A"}], "statements": [said]}
    documents = [DOCUMENT, to_dict(load_article()), too_large, *of_the_suite(), *broken(), *drawn()]
    verdicts = node({"Article": documents})["verdicts"]["Article"]
    assert verdicts[:2] == [True, True]
    assert len(set(verdicts)) == 2
    for document, verdict in zip(documents, verdicts, strict=True):
        assert verdict == (not wrong(document, Article, unsaid_to_doubles))


def test_what_json_schema_faker_makes_of_the_schema_is_read(
    node: Callable[..., dict[str, Any]], unsaid: Callable[[Issue, Any], bool]
) -> None:
    made = node({}, number=30)["made"]
    for name, model in MODELS.items():
        right = [document for document, verdict in made[name] if verdict]
        assert len(right) > 10, name
        for document, verdict in made[name]:
            assert verdict == (not wrong(document, model, unsaid)), document
