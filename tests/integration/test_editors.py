"""The language service of an editor helps with claims, by the setting that the documentation gives."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from geoclaims import json_schema, load_article, to_json

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "command-line.md"
SETTINGS: Any = json.loads(re.findall(r"```json\n(.+?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)[0])
FOLDER = "file:///project/"

# For each document its name, its text and a place in it: what is wrong, what may be written there, and what it means.
PROGRAM = """
import languages from "vscode-json-languageservice";
import { readFileSync } from "node:fs";

const { documents, schemas, folder, files } = JSON.parse(readFileSync(0, "utf8"));
const service = languages.getLanguageService({
    workspaceContext: { resolveRelativePath: (path, base) => new URL(path, base).href },
    schemaRequestService: async (address) => {
        if (address in files) { return files[address]; }
        throw new Error(`asked for ${address}`);
    },
});
service.configure({
    validate: true,
    schemas: schemas.map(({ fileMatch, url }) => ({ fileMatch, uri: new URL(url, folder).href })),
});
const answers = [];
for (const [name, text, place] of documents) {
    const document = languages.TextDocument.create(folder + name, "json", 1, text);
    const parsed = service.parseJSONDocument(document);
    const problems = await service.doValidation(document, parsed, {}, undefined);
    const position = document.positionAt(place);
    const completions = await service.doComplete(document, position, parsed);
    const hover = await service.doHover(document, position, parsed);
    answers.push({
        problems: problems.map((problem) => [problem.range.start.line, problem.message]),
        completions: completions.items.map((item) => item.label),
        hover: hover?.contents ?? [],
    });
}
console.log(JSON.stringify(answers));
"""

Answer = dict[str, Any]


@pytest.fixture(scope="session")
def ask(program: Callable[[str], str], node_modules: Path, tmp_path_factory: Any) -> Callable[..., list[Answer]]:
    """What asks the language service about documents, each with its name, its text and a place in it."""
    folder = tmp_path_factory.mktemp("editor")
    (folder / "node_modules").symlink_to(node_modules.absolute())
    (folder / "program.mjs").write_text(PROGRAM, encoding="utf-8")
    question = {
        "schemas": SETTINGS["json.schemas"],
        "folder": FOLDER,
        "files": {f"{FOLDER}claims.schema.json": json.dumps(json_schema(), indent=2)},
    }

    def run(*documents: tuple[str, str, int]) -> list[Answer]:
        text = json.dumps({**question, "documents": documents})
        answer = subprocess.run(
            [program("node"), "program.mjs"], input=text, cwd=folder, capture_output=True, text=True, check=False
        )
        assert answer.stderr == ""
        return json.loads(answer.stdout)  # type: ignore[no-any-return]

    return run


BUNDLED = files("geoclaims").joinpath("data", "article.json").read_text(encoding="utf-8")
MISSPELT = BUNDLED.replace('"accused"', '"accuses"', 1)
NAMED = MISSPELT.replace("{", '{"$schema": "./claims.schema.json",', 1)


def test_an_editor_underlines_what_is_wrong_in_claims_and_nothing_that_is_right(ask: Any) -> None:
    right, compact, misspelt = ask(
        ("bundled.claims.json", BUNDLED, 0),
        ("compact.claims.json", to_json(load_article()), 0),
        ("misspelt.claims.json", MISSPELT, 0),
    )
    assert right["problems"] == compact["problems"] == []
    line = MISSPELT[: MISSPELT.index('"accuses"')].count("\n")
    assert [line, "Property accuses is not allowed."] in misspelt["problems"]
    assert 'Missing property "accused".' in [message for _, message in misspelt["problems"]]


def test_an_editor_completes_the_keys_of_a_kind_of_statement_and_says_what_they_mean(ask: Any) -> None:
    text = '{"schema_version": "1.0", "id": "x", "statements": [{"type": "denial", "": 1, "cue": "denied"}]}'
    key, value, meaning = ask(
        ("key.claims.json", text, text.index('""') + 1),
        ("value.claims.json", text.replace('"": 1', '"kind": ""'), text.index('""') + 9),
        ("meaning.claims.json", text, text.index("cue")),
    )
    assert {"speaker", "denies", "kind"} <= set(key["completions"])
    assert "accused" not in key["completions"]
    assert '"no_evidence"' in value["completions"]
    assert "reporting word or phrase" in "".join(meaning["hover"])
