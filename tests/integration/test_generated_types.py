"""Generators of code by others make types of the portable schema, with all kinds of statements and their fields."""

from __future__ import annotations

import importlib.util
import json
import re
import subprocess
import sys
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings

from geoclaims import from_json, json_schema, load_article, strategies, to_json
from tests.places import ARTICLE

ROOT = Path(__file__).parents[2]
SCHEMA = files("geoclaims") / "data" / "geoclaims-1.0.portable.schema.json"
PORTABLE = json_schema(dialect="portable")
PARTS: dict[str, Any] = {"Article": PORTABLE, **PORTABLE["$defs"]}
KEYS = {name: set(part["properties"]) for name, part in PARTS.items() if "properties" in part}
KINDS = ("Statement", "Allegation", "Denial")

Run = Callable[..., None]


@pytest.fixture
def run(tmp_path: Path, node_modules: Path) -> Run:
    """What runs a program from npm in a folder that has them all."""
    (tmp_path / "node_modules").symlink_to(node_modules.absolute())

    def started(program: str, *arguments: str) -> None:
        command = [f"node_modules/.bin/{program}", *arguments]
        ended = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        if ended.returncode or ended.stdout or ended.stderr:
            pytest.fail(f"{program} says: {ended.stdout}{ended.stderr}")

    return started


def compiled(run: Run, folder: Path, declarations: str, *documents: str) -> None:
    """Fail unless the compiler takes declarations, and documents of a line each as articles by them."""
    (folder / "claims.ts").write_text(declarations, encoding="utf-8")
    uses = [f"export const article{n}: Article = {document};" for n, document in enumerate(documents, 2)]
    use = "\n".join(['import type { Article } from "./claims";', *uses])
    (folder / "use.ts").write_text(use, encoding="utf-8")
    options = ["--noEmit", "--strict", "--module", "esnext", "--moduleResolution", "bundler"]
    run("tsc", *options, "claims.ts", "use.ts")


def interfaces(declarations: str) -> dict[str, set[str]]:
    """The interfaces that are declared, each with its keys."""
    found = re.findall(r"export interface (\w+) \{\n(.*?)\n\}", declarations, re.DOTALL)
    return {name: set(re.findall(r"^ +(\$?\w+)\??: ", body, re.MULTILINE)) for name, body in found}


BUNDLED = to_json(load_article())


@pytest.fixture
def made(run: Run, tmp_path: Path) -> str:
    """The declarations that json-schema-to-typescript makes."""
    (tmp_path / "schema.json").write_bytes(SCHEMA.read_bytes())
    run("json2ts", "--input", "schema.json", "--output", "made.d.ts")
    return (tmp_path / "made.d.ts").read_text(encoding="utf-8")


def test_json_schema_to_typescript_tells_the_kinds_apart_and_gives_each_all_of_its_fields(
    made: str, run: Run, tmp_path: Path
) -> None:
    assert interfaces(made) == KEYS
    assert "export type AnyStatement = Statement | Allegation | Denial;" in made
    compiled(run, tmp_path, made, BUNDLED)
    wrong = (BUNDLED.replace('"accused"', '"accuses"', 1), BUNDLED.replace('"allegation"', '"statement"', 1))
    with pytest.raises(pytest.fail.Exception, match=r"(?s)use\.ts\(2,.*TS2.*use\.ts\(3,.*TS2"):
        compiled(run, tmp_path, made, *wrong)


def test_quicktype_makes_one_interface_of_the_kinds_with_the_fields_of_all(run: Run, tmp_path: Path) -> None:
    (tmp_path / "Article.json").write_bytes(SCHEMA.read_bytes())
    run("quicktype", "--src-lang", "schema", "--lang", "ts", "--just-types", "--out", "Article.ts", "Article.json")
    made = (tmp_path / "Article.ts").read_text(encoding="utf-8")
    others = {name: keys for name, keys in KEYS.items() if name not in KINDS}
    assert interfaces(made) == {**others, "AnyStatement": set.union(*(KEYS[kind] for kind in KINDS))}
    compiled(run, tmp_path, made, BUNDLED)


# What the types of documents say: which keys there are, and what they hold; and what they cannot say even of that.
SHAPE = {"missing", "type", "tag", "enum", "unknown_key"}
BEYOND_TYPES = {"missing-quantity-bounds.json", "type-of-whole-number-with-a-fraction.json"}


def test_its_declarations_take_every_valid_document_of_the_suite_and_none_of_another_shape(
    made: str, run: Run, tmp_path: Path
) -> None:
    valid, invalid = (
        [path for path in sorted((ROOT / "tests/conformance/1.0").glob(f"{kind}/*.json")) if path.name.count(".") == 1]
        for kind in ("valid", "invalid")
    )
    codes = {path: json.loads(path.with_suffix(".issues.json").read_bytes()) for path in invalid}
    paths = [*valid, *(path for path in invalid if {issue["code"] for issue in codes[path]} <= SHAPE)]
    documents = (json.dumps(json.loads(path.read_bytes())) for path in paths)
    with pytest.raises(pytest.fail.Exception) as caught:
        compiled(run, tmp_path, made, *documents)
    wrong = {int(line) - 2 for line in re.findall(r"^(?:tsc says: )?use\.ts\((\d+),", str(caught.value), re.MULTILINE)}
    assert len(paths) > len(valid) + 100
    found = {path.name for number, path in enumerate(paths) if (number >= len(valid)) != (number in wrong)}
    assert found == BEYOND_TYPES


def test_the_example_for_typescript_compiles(made: str, run: Run, tmp_path: Path) -> None:
    page = (ROOT / "docs" / "reference" / "json.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```typescript\n(.*?)```", page, re.DOTALL)
    compiled(run, tmp_path, f"{made}{example.partition(';')[2]}", BUNDLED)


@pytest.fixture(scope="module")
def models(library: Callable[[str], Any], tmp_path_factory: Any) -> Any:
    """The module of pydantic models that datamodel-code-generator makes."""
    library("datamodel_code_generator")
    folder = tmp_path_factory.mktemp("models")
    (folder / "schema.json").write_bytes(SCHEMA.read_bytes())
    options = ["--input-file-type", "jsonschema", "--output-model-type", "pydantic_v2.BaseModel"]
    command = [sys.executable, "-m", "datamodel_code_generator", "--input", "schema.json", "--output", "made.py"]
    subprocess.run([*command, *options], cwd=folder, capture_output=True, check=True)
    specification: Any = importlib.util.spec_from_file_location("made", folder / "made.py")
    module = sys.modules["made"] = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


def test_datamodel_code_generator_makes_a_model_of_each_kind_with_all_of_its_fields(models: Any) -> None:
    for name, keys in KEYS.items():
        fields = getattr(models, name).model_fields
        assert {field.alias or key for key, field in fields.items()} == keys


def test_the_models_of_datamodel_code_generator_give_back_every_article(models: Any) -> None:
    articles = [load_article(), ARTICLE]

    @settings(max_examples=100, database=None, derandomize=True, phases=[Phase.generate])
    @given(strategies.articles())
    def collect(article: Any) -> None:
        articles.append(article)

    collect()
    assert len(articles) >= 100
    for article in articles:
        read = models.Article.model_validate_json(to_json(article))
        assert from_json(read.model_dump_json(by_alias=True, exclude_unset=True)) == article
        kinds = [type(getattr(statement, "root", statement)).__name__ for statement in read.statements or ()]
        assert kinds == [type(statement).__name__ for statement in article.statements]
