"""Write the TypeScript declarations of the documentation.

json-schema-to-typescript makes them of the portable schema; npm installs it into the folder GEOCLAIMS_NODE_MODULES.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
SCHEMA = ROOT / "src" / "geoclaims" / "data" / "geoclaims-1.0.portable.schema.json"
DECLARATIONS = ROOT / "docs" / "internals" / "geoclaims-1.0.d.ts"


def made() -> Iterator[tuple[Path, str]]:
    """Yield the file with what it should hold."""
    program = Path(os.environ["GEOCLAIMS_NODE_MODULES"], ".bin", "json2ts")
    banner = "// The documents of geoclaims, format 1.0; made of its portable JSON Schema by json-schema-to-typescript."
    command = [str(program), "--input", str(SCHEMA), "--bannerComment", banner]
    yield DECLARATIONS, subprocess.run(command, check=True, stdout=subprocess.PIPE, encoding="utf-8").stdout
