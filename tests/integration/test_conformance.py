"""The conformance suite, run by a program in another language: with ajv, and with the declarations for TypeScript."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from geoclaims import Issue, ValidationError, from_json

ROOT = Path(__file__).parents[2]
SUITE = ROOT / "tests" / "conformance" / "1.0"
SCHEMA = files("geoclaims") / "data" / "geoclaims-1.0.schema.json"
DECLARATIONS = ROOT / "docs" / "internals" / "geoclaims-1.0.d.ts"
# What is wrong with a text. JSON.parse reads repeated keys, and knows no limit of depth.
OF_TEXTS = {"json", "encoding", "depth", "duplicate_key"}

# Reads the suite as its README says; writes by folder and name whether ajv accepts the document that JSON.parse made.
PROGRAM = """
import Ajv from "ajv/dist/2020.js";
import { readFileSync, readdirSync } from "node:fs";

const [, , suite, schema] = process.argv;
const validate = new Ajv({ strict: true, strictTypes: true }).compile(JSON.parse(readFileSync(schema, "utf8")));
const accepts = (file) => {
    try {
        return validate(JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(file))));
    } catch {
        return false;
    }
};
const verdicts = {};
for (const folder of ["valid", "invalid"]) {
    const names = readdirSync(`${suite}/${folder}`).filter((name) => name.split(".").length === 2);
    verdicts[folder] = Object.fromEntries(names.map((name) => [name, accepts(`${suite}/${folder}/${name}`)]));
}
console.log(JSON.stringify(verdicts));
"""


def expected(name: str) -> set[tuple[str, str]]:
    """The codes and pointers of the issues of an invalid document."""
    issues = json.loads((SUITE / "invalid" / name.replace(".json", ".issues.json")).read_bytes())
    return {(issue["code"], issue["pointer"]) for issue in issues}


def issues_of(name: str) -> tuple[Issue, ...]:
    with pytest.raises(ValidationError) as caught:
        from_json((SUITE / "invalid" / name).read_bytes())
    return caught.value.issues


@pytest.fixture(scope="module")
def verdicts(program: Callable[[str], str], node_modules: Path, tmp_path_factory: Any) -> dict[str, dict[str, bool]]:
    """By folder and name, whether ajv accepts a document."""
    folder = tmp_path_factory.mktemp("node")
    (folder / "node_modules").symlink_to(node_modules.absolute())
    (folder / "program.mjs").write_text(PROGRAM, encoding="utf-8")
    command = [program("node"), "program.mjs", str(SUITE), str(SCHEMA)]
    answer = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    found: dict[str, dict[str, bool]] = json.loads(answer.stdout)
    return found


def test_ajv_accepts_every_valid_document(verdicts: dict[str, dict[str, bool]]) -> None:
    assert len(verdicts["valid"]) >= 60
    assert [name for name, accepted in verdicts["valid"].items() if not accepted] == []


def test_ajv_refuses_every_invalid_document_but_those_of_which_a_schema_cannot_say_what_is_wrong(
    verdicts: dict[str, dict[str, bool]], unsaid: Callable[[Issue, Any], bool], unsaid_codes: set[str]
) -> None:
    assert len(verdicts["invalid"]) >= 250
    accepted_codes = set()
    for name, accepted in verdicts["invalid"].items():
        codes = {code for code, _ in expected(name)}
        if codes & OF_TEXTS:
            assert not accepted or not codes & {"json", "encoding"}, name
            continue
        document = json.loads((SUITE / "invalid" / name).read_bytes())
        assert accepted == all(unsaid(issue, document) for issue in issues_of(name)), name
        accepted_codes |= codes if accepted else set()
    assert accepted_codes == unsaid_codes


# What the types of documents say: which keys there are, and what they hold.
SHAPE = {"missing", "type", "tag", "enum", "unknown_key"}
# What they cannot say even of that.
BEYOND_TYPES = {"missing-quantity-bounds.json", "type-of-whole-number-with-a-fraction.json"}


def test_the_declarations_for_typescript_take_every_valid_document_and_none_of_another_shape(
    node_modules: Path, tmp_path: Path
) -> None:
    (tmp_path / "node_modules").symlink_to(node_modules.absolute())
    (tmp_path / "claims.ts").write_text(DECLARATIONS.read_text(encoding="utf-8"), encoding="utf-8")
    paths = [path for path in sorted(SUITE.glob("valid/*.json")) if path.name.count(".") == 1]
    right = len(paths)
    invalid = (path for path in sorted(SUITE.glob("invalid/*.json")) if path.name.count(".") == 1)
    paths += [path for path in invalid if {code for code, _ in expected(path.name)} <= SHAPE]
    lines = ['import type { Article } from "./claims";']
    for number, path in enumerate(paths):
        document = json.dumps(json.loads(path.read_bytes()))
        lines.append(f"export const article{number}: Article = {document};")
    (tmp_path / "use.ts").write_text("\n".join(lines), encoding="utf-8")
    options = ["--noEmit", "--strict", "--module", "esnext", "--moduleResolution", "bundler", "claims.ts", "use.ts"]
    ended = subprocess.run(
        ["node_modules/.bin/tsc", *options], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    wrong = {int(line) - 2 for line in re.findall(r"^use\.ts\((\d+),", ended.stdout, re.MULTILINE)}
    assert len(paths) > right + 100
    assert {path.name for number, path in enumerate(paths) if (number >= right) != (number in wrong)} == BEYOND_TYPES
