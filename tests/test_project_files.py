"""What files for other programs say of the project, beside what pyproject.toml says."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def lines(path: str) -> list[str]:
    return (ROOT / path).read_text(encoding="utf-8").splitlines()


def test_a_citation_has_the_version_and_the_other_metadata_of_the_package(project: dict[str, Any]) -> None:
    given = project["project"]
    (author,) = given["authors"]
    said = lines("CITATION.cff")
    assert f"version: {given['version']}" in said
    assert f"license: {given['license']}" in said
    assert f'abstract: "{given["description"]}"' in said
    assert f"  - name: {author['name']}" in said
    assert [line.removeprefix("  - ") for line in said[said.index("keywords:") + 1 :]] == given["keywords"]


def test_the_version_has_a_section_in_the_changelog_with_the_day_of_its_release(project: dict[str, Any]) -> None:
    released = next(line for line in lines("CITATION.cff") if line.startswith("date-released: "))
    day = released.removeprefix("date-released: ")
    headings = [line for line in lines("CHANGELOG.md") if line.startswith("## ")]
    assert headings[:2] == ["## [Unreleased]", f"## [{project['project']['version']}] - {day}"]


def test_programs_that_run_before_each_commit_are_pinned_to_a_version_that_the_checks_allow(
    project: dict[str, Any],
) -> None:
    allowed = {bound.name: bound.specifier for bound in map(Requirement, project["dependency-groups"]["lint"])}
    pinned = re.findall(r"additional_dependencies: \[(.*)\]", "\n".join(lines(".pre-commit-config.yaml")))
    assert len(pinned) > 2
    for name, version in (pin.split("==") for pin in pinned):
        assert allowed[name].contains(version)


def test_the_package_claims_exactly_the_versions_of_python_that_the_checks_run(project: dict[str, Any]) -> None:
    prefix = "Programming Language :: Python :: 3."
    claimed = [line.removeprefix(prefix) for line in project["project"]["classifiers"] if line.startswith(prefix)]
    assert claimed == [str(minor) for minor in range(int(claimed[0]), int(claimed[-1]) + 1)]
    assert project["project"]["requires-python"] == f">=3.{claimed[0]}"
    (matrix,) = (line for line in lines(".github/workflows/checks.yml") if line.startswith("        python: "))
    assert re.findall(r'"3\.([0-9]+)"', matrix) == claimed
    (said,) = (line for line in lines("docs/reference/stability.md") if line.startswith("| Linux "))
    assert f" 3.{claimed[0]} to 3.{claimed[-1]} " in said


def test_the_release_of_pyodide_is_the_same_wherever_it_is_named() -> None:
    pins = {
        "noxfile.py": r'"3\.14": "(.*?)"',
        "tests/integration/package.json": r'"pyodide": "(.*?)"',
        "docs/install.md": r"pyodide@(\S+)",
    }
    found = {re.findall(pin, (ROOT / path).read_text(encoding="utf-8"))[0] for path, pin in pins.items()}
    assert len(found) == 1


def test_workflows_run_sessions_of_pinned_programs_and_nothing_else() -> None:
    files = sorted((ROOT / ".github" / "workflows").iterdir())
    assert len(files) > 1
    for file in files:
        text = file.read_text(encoding="utf-8")
        commands = re.findall(r"^ *- run: (.*)$", text, re.MULTILINE)
        assert commands
        assert all(re.fullmatch("[0-9a-f]{40} # v[0-9.]+", pin) for pin in re.findall("uses: .*@(.*)", text))
        assert set(commands) <= {
            "python -m pip install nox",
            "python -m nox --session tests",
            "python -m nox --session fuzz -- 360",
            "python -m nox --session package",
            'test -f "dist/geoclaims-${GITHUB_REF_NAME#v}.tar.gz" # the tag names the version',
            ".ci/run",
        }


def test_the_readme_has_the_command_that_continuous_integration_takes_from_it() -> None:
    assert len([line for line in lines("README.md") if line.endswith("nox -s tests")]) == 1
