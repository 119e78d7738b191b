"""The conformance suite under the declarations for TypeScript."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
SUITE = ROOT / "tests" / "conformance" / "1.0"
DECLARATIONS = ROOT / "docs" / "internals" / "geoclaims-1.0.d.ts"


def expected(name: str) -> set[tuple[str, str]]:
    """The codes and pointers of the issues of an invalid document."""
    issues = json.loads((SUITE / "invalid" / name.replace(".json", ".issues.json")).read_bytes())
    return {(issue["code"], issue["pointer"]) for issue in issues}


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
