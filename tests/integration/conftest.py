from __future__ import annotations

import importlib
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn

import pytest


def lacking(what: str) -> NoReturn:
    """Skip the test, unless it must run."""
    reason = f"no {what}; the session `integration` brings the packages, and the system's packages the programs"
    if os.environ.get("GEOCLAIMS_REQUIRE_PROGRAMS"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def library() -> Callable[[str], Any]:
    """What imports a library that geoclaims does not depend on."""

    def imported(name: str) -> Any:
        try:
            return importlib.import_module(name)
        except ImportError:
            lacking(name)

    return imported


@pytest.fixture(scope="session")
def program() -> Callable[[str], str]:
    """What finds a program of the system."""

    def found(name: str) -> str:
        return shutil.which(name) or lacking(name)

    return found


@pytest.fixture(scope="session")
def node_modules() -> Path:
    """The folder of the packages in package.json, as npm installs them."""
    folder = Path(os.environ.get("GEOCLAIMS_NODE_MODULES") or Path(__file__).with_name("node_modules"))
    return folder if folder.is_dir() else lacking("folder GEOCLAIMS_NODE_MODULES")


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
