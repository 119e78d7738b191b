"""What files for other programs say of the project, beside what pyproject.toml says."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def lines(path: str) -> list[str]:
    return (ROOT / path).read_text(encoding="utf-8").splitlines()


def test_a_citation_and_the_changelog_have_the_metadata_of_the_package() -> None:
    given = PROJECT["project"]
    said = lines("CITATION.cff")
    assert {f"version: {given['version']}", f"license: {given['license']}"} <= {*said}
    assert f'abstract: "{given["description"]}"' in said
    assert f"  - name: {given['authors'][0]['name']}" in said
    assert [line.removeprefix("  - ") for line in said[said.index("keywords:") + 1 :]] == given["keywords"]
    (day,) = [line.removeprefix("date-released: ") for line in said if line.startswith("date-released: ")] or [
        "unreleased"
    ]
    headings = [line for line in lines("CHANGELOG.md") if line.startswith("## ")]
    assert headings[0] == f"## [{given['version']}] - {day}"
    assert f"version {given['version']}," in (ROOT / "docs" / "study" / "data-card.md").read_text(encoding="utf-8")


def test_programs_that_run_before_each_commit_are_pinned_to_a_version_that_the_checks_allow() -> None:
    allowed = {bound.name: bound.specifier for bound in map(Requirement, PROJECT["dependency-groups"]["lint"])}
    pinned = re.findall(r"additional_dependencies: \[(.*)==(.*)\]", "\n".join(lines(".pre-commit-config.yaml")))
    assert len(pinned) > 2
    assert [name for name, version in pinned if not allowed[name].contains(version)] == []


def test_the_package_claims_exactly_the_versions_of_python_that_the_checks_run() -> None:
    prefix = "Programming Language :: Python :: 3."
    claimed = [each.removeprefix(prefix) for each in PROJECT["project"]["classifiers"] if each.startswith(prefix)]
    assert PROJECT["project"]["requires-python"] == f">=3.{claimed[0]}"
    (matrix,) = (line for line in lines(".github/workflows/checks.yml") if line.startswith("        python: "))
    assert re.findall(r'"3\.([0-9]+)"', matrix) == claimed
    (said,) = (line for line in lines("docs/reference/stability.md") if line.startswith("On Linux, "))
    assert f"from 3.{claimed[0]} to 3.{claimed[-1]}," in said


def test_the_release_of_pyodide_is_the_same_wherever_it_is_named() -> None:
    pins = {
        "noxfile.py": r'"3\.14": "(.*?)"',
        "tests/integration/package.json": r'"pyodide": "(.*?)"',
        "docs/install.md": r"pyodide@(\S+)",
    }
    assert len({re.findall(pin, "\n".join(lines(path)))[0] for path, pin in pins.items()}) == 1


def test_the_readme_has_the_command_that_continuous_integration_takes_from_it() -> None:
    assert len([line for line in lines("README.md") if line.endswith("nox -s tests")]) == 1
