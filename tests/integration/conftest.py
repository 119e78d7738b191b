from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import imported, lacking

# Debian's packages that have the programs.
SYSTEM = {"chromium": "chromium", "node": "npm", "soffice": "libreoffice-calc"}


@pytest.fixture(scope="session")
def library() -> Callable[[str], Any]:
    """What imports a library that geoclaims does not depend on."""
    return imported


@pytest.fixture(scope="session")
def program() -> Callable[[str], str]:
    """What finds a program of the system."""
    return lambda name: shutil.which(name) or lacking(f"the program {name}", f"apt install {SYSTEM[name]}")


@pytest.fixture(scope="session")
def node_modules() -> Path:
    """The folder of the packages in package.json, as npm installs them."""
    folder = Path(os.environ.get("GEOCLAIMS_NODE_MODULES") or Path(__file__).with_name("node_modules"))
    how = "npm install --prefix tests/integration, or let GEOCLAIMS_NODE_MODULES name them"
    return folder if folder.is_dir() else lacking("packages from npm", how)


@pytest.fixture(scope="session")
def browser(library: Callable[[str], Any], program: Callable[[str], str]) -> Iterator[Any]:
    """Chromium, as it is installed on the system; it is started once for all."""
    with library("playwright.sync_api").sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-dev-shm-usage"]
        started = playwright.chromium.launch(executable_path=program("chromium"), args=arguments)
        yield started
        started.close()


@pytest.fixture(scope="session")
def axe(node_modules: Path) -> str:
    """The script that finds what is hard to read or to reach."""
    return (node_modules / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
