#!/usr/bin/env -S uv run --script
# /// script
# dependencies = ["nox>=2025.5.1"]
# ///
"""The commands of the project. `nox --list` names them; CONTRIBUTING.md says when to use which."""

from __future__ import annotations

import filecmp
import os
import re
import shutil
import sys
import tempfile
from pathlib import Path

import nox

nox.needs_version = ">=2025.5.1"
nox.options.default_venv_backend = "virtualenv"
nox.options.error_on_missing_interpreters = True
nox.options.tags = ["quick"]

PROJECT = nox.project.load_toml("pyproject.toml")
HERE = Path(__file__).parent
DISTRIBUTIONS = HERE / "dist"
NPM = HERE / "tests" / "integration" / "package.json"

# The Pythons on this machine that geoclaims supports, oldest first: those of pyenv, then those on PATH.
FOLDERS = os.pathsep.join([*map(str, Path.home().glob(".pyenv/versions/*/bin")), os.environ["PATH"]])
FOUND = [shutil.which(f"python{version}", path=FOLDERS) for version in nox.project.python_versions(PROJECT)]
PYTHONS = [*filter(None, FOUND)] or [sys.executable]

# Where this Python is the newest, continuous integration measures coverage as it runs the tests, and not once more.
MEASURES = "CI" in os.environ and Path(PYTHONS[-1]).resolve() == Path(sys.executable).resolve()


def group(*names: str) -> tuple[str, ...]:
    """Return the requirements of dependency groups; nox reads them, so that any version of pip works."""
    return nox.project.dependency_groups(PROJECT, *names)


def built(pattern: str) -> str:
    """Return the file that the session `build` made."""
    (file,) = DISTRIBUTIONS.glob(pattern)
    return str(file)


def wheel(extras: str = "") -> str:
    """Return the requirement for the wheel with extras, for pip."""
    return built("*.whl") + (f"[{extras}]" if extras else "")


# The tests with programs by others, which the session `integration` runs.
WITHOUT_PROGRAMS = "--ignore=tests/integration"

# What takes seconds is left to the session `thorough`.
QUICK = ["-m", "not slow"]


def run_pytest(session: nox.Session, *chosen: str, program: tuple[str, ...] = ("python", "-m")) -> None:
    """Run the tests that the command line names, or else those that the session chooses, against what is installed."""
    session.run(*program, "pytest", "--numprocesses=auto", *(session.posargs or chosen))


def run_measured(session: nox.Session) -> None:
    """Run the quick tests, and fail unless they reach every line and branch."""
    session.env["COVERAGE_FILE"] = str(Path(session.create_tmp(), "coverage").absolute())
    session.run("coverage", "erase")
    run_pytest(session, *QUICK, WITHOUT_PROGRAMS, program=("coverage", "run", "-m"))
    session.run("coverage", "combine", "--quiet")
    session.run("coverage", "report")


@nox.session
def build(session: nox.Session) -> None:
    """Build the sdist, and from it the wheel that the other sessions install."""
    session.install(*group("build"))
    shutil.rmtree(DISTRIBUTIONS, ignore_errors=True)
    session.run("python", "-m", "build", "--outdir", str(DISTRIBUTIONS), silent=True)


@nox.session(requires=["build"], tags=["quick"])
def tests(session: nox.Session) -> None:
    """Run the quick tests on this Python with every extra."""
    session.install(wheel("all"), *group("tests"))
    if MEASURES and not session.posargs:
        run_measured(session)
    else:
        run_pytest(session, *QUICK, WITHOUT_PROGRAMS)


@nox.session(python=PYTHONS[-1], requires=["build"], tags=[] if MEASURES else ["ci"])
def coverage(session: nox.Session) -> None:
    """Run the tests on the newest Python found, and fail unless they reach every line and branch."""
    session.install(wheel("all"), *group("tests"))
    run_measured(session)


# The schemas of the services that read these files.
SCHEMAS = {
    "citation-file-format": ["CITATION.cff"],
    "dependabot": [".github/dependabot.yml"],
    "github-issue-config": [".github/ISSUE_TEMPLATE/config.yml"],
    "github-issue-forms": [".github/ISSUE_TEMPLATE/bug.yml", ".github/ISSUE_TEMPLATE/proposal.yml"],
    "github-workflows": [f".github/workflows/{name}.yml" for name in ("checks", "nightly", "release")],
    "readthedocs": [".readthedocs.yaml"],
}


@nox.session(tags=["ci", "quick"])
def lint(session: nox.Session) -> None:
    """Check style, form, spelling, the dependencies, which module imports which, and the files that services read."""
    session.install(*group("lint"))
    session.run("ruff", "check")
    session.run("ruff", "format", "--check")
    session.run("codespell")
    for schema, files in SCHEMAS.items():
        session.run("check-jsonschema", "--builtin-schema", f"vendor.{schema}", *files, silent=True)
    session.run("zizmor", "--offline", "--quiet", ".github")
    session.run("deptry", "src")
    session.run("sp-repo-review", ".", silent=True)
    session.run("lint-imports", "--no-cache", env={"PYTHONPATH": "src"})


# What makes each type checker report an error in a line that begins with the file and the number of the line.
CHECKERS = {
    "mypy": ["--config-file=", "--strict"],
    "pyright": [],
    "ty": ["check", "--output-format=concise"],
    "pyrefly": ["check", "--output-format=min-text"],
}


def check_wrong_uses(session: nox.Session, *checkers: str) -> None:
    """Fail unless each type checker reports exactly the wrong uses in `tests/typing`."""
    uses = HERE / "tests" / "typing"
    wrong = list(enumerate((uses / "wrong.py").read_text(encoding="utf-8").splitlines(), 1))
    # Away from `src`, which some of them would read instead of what is installed.
    with tempfile.TemporaryDirectory() as folder, session.chdir(folder):
        files = [shutil.copy(file, folder) for file in uses.glob("*.py")]
        Path("pyrefly.toml").touch()  # without a configuration, pyrefly reports next to nothing
        for checker in checkers:
            said = session.run(checker, *CHECKERS[checker], *files, silent=True, log=False, success_codes=[1])
            reported = {(name, int(line)) for name, line in re.findall(r"\b(\w+\.py):([0-9]+)", str(said))}
            unseen = f"which {checker} does not see"
            expected = {("wrong.py", number) for number, line in wrong if "# wrong" in line and unseen not in line}
            if reported != expected:
                session.log(said)
                session.error(f"{checker} must not report {reported - expected}, and must report {expected - reported}")
            session.log(f"{checker} reports the {len(expected)} wrong uses, and nothing else")


@nox.session(requires=["build"], tags=["ci", "quick"])
def types(session: nox.Session) -> None:
    """Check the types, that every public name has one, and that mypy and pyright report exactly the wrong uses."""
    session.install(wheel("all"), *group("types"))
    session.run("mypy")
    session.run("pyright")
    session.run("pyright", "--ignoreexternal", "--verifytypes", "geoclaims")
    check_wrong_uses(session, "mypy", "pyright")


@nox.session(tags=["ci"])
def generate(session: nox.Session) -> None:
    """Write every file anew that a program writes; where that changes one, say which, and fail."""
    session.install("--editable", ".[all]", *group("tests"))
    difference = ["git", "diff"]
    before = session.run(*difference, external=True, silent=True, log=False)
    session.run("python", "-m", "tools.write")
    session.run("python", "-m", "pytest", "--quiet", "--rewrite-transcripts", "tests/test_transcripts.py")
    if session.run(*difference, external=True, silent=True, log=False) != before:
        session.run(*difference, "--stat", external=True)
        session.error("some of these files were out of date, and are now written anew")


# The files of tests that do more, or do it otherwise, where the extras are there.
WITH_EXTRAS = (
    *("arrow", "converters", "drafted", "json_lines", "json_text", "one_reader"),
    *("properties", "pydantic", "reading", "registration", "suites"),
)


@nox.session(python=PYTHONS[0], requires=["build"], tags=["ci"])
def lowest(session: nox.Session) -> None:
    """Run the tests on the oldest Python found with the oldest dependencies, first as a newcomer who has no extra."""
    extras: dict[str, list[str]] = PROJECT["project"]["optional-dependencies"]
    session.install(wheel(), *group("tests"), *oldest(*PROJECT["project"]["dependencies"]))
    run_pytest(session, *QUICK)  # all else that is missing is skipped, and nothing fails
    session.install(*oldest(*extras["hypothesis"], *extras["arrow"], *extras["fast"]), *group("oldest-pydantic"))
    run_pytest(session, *QUICK, *(f"tests/test_{name}.py" for name in WITH_EXTRAS))


def oldest(*bounds: str) -> list[str]:
    """Ask for the oldest releases that some lower bounds allow."""
    return [bound.replace(">=", "==") for bound in bounds]


@nox.session(requires=["build"], tags=["ci"])
def integration(session: nox.Session) -> None:
    """Run the tests with programs by others: spreadsheet, data frames, databases, browser, editor, FastAPI."""
    session.install(wheel("all"), *group("integration"))
    packages = Path(session.create_tmp(), "npm").absolute()
    packages.mkdir(exist_ok=True)
    shutil.copy(NPM, packages)
    session.env["GEOCLAIMS_NODE_MODULES"] = npm_install(session, packages)
    session.env["GEOCLAIMS_REQUIRE_PROGRAMS"] = "1"
    run_pytest(session, "tests/integration", "tests/test_tables_guide.py")


def npm_install(session: nox.Session, folder: Path, *packages: str) -> str:
    """Install packages from npm, or those that a folder's package.json names; return where they are."""
    folder.mkdir(parents=True, exist_ok=True)
    quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock", "--loglevel=error"]
    session.run("npm", "install", "--prefix", str(folder), *quiet, *packages, external=True)
    return str(folder / "node_modules")


# CPython as WebAssembly: by the version of Python, the release of npm's `pyodide` that has it.
PYODIDE = {"3.14": "314.0.7", "3.15": "315.0.0-alpha.2"}


@nox.session(requires=["build"])
def thorough(session: nox.Session) -> None:
    """Run the tests that take seconds, and have ty and pyrefly report the wrong uses too."""
    session.install(wheel("all"), *group("tests", "other-checkers"))
    run_pytest(session, "-m", "slow", WITHOUT_PROGRAMS)
    check_wrong_uses(session, "ty", "pyrefly")


@nox.session(requires=["build"])
def wasm(session: nox.Session) -> None:
    """Run the tests that need neither process nor terminal on Pythons that few machines have, as WebAssembly."""
    # The tests go deeper than what node and the system allow by default.
    deep = ["bash", "-c", 'ulimit -s unlimited && exec "$@"', "bash", "node", "--stack-size=900000"]
    few = {"CI": "true", "GEOCLAIMS_EXAMPLES": "5", "GEOCLAIMS_REQUIRE_SHARED": "0", "PYTHONDONTWRITEBYTECODE": "1"}
    pure = ["--only-binary=:all:", "--platform=any", "--implementation=py", "--abi=none"]
    for version, release in PYODIDE.items():
        folder = Path(session.create_tmp(), version).absolute()
        modules = npm_install(session, folder, f"pyodide@{release}")
        packages = str(folder / "packages")
        shutil.rmtree(packages, ignore_errors=True)
        into = ["--quiet", "--target", packages, "--python-version", version]
        session.run("python", "-m", "pip", "install", *into, *pure, wheel(), *group("wasm"))
        command = [*deep, "tests/wasm/run.mjs", f"{modules}/pyodide", packages, *session.posargs]
        session.run(*command, env=few, external=True)


@nox.session(requires=["build"])
def bench(session: nox.Session) -> None:
    """Measure reading, writing, memory and imports beside other libraries; `-- --brief` only checks that all works."""
    session.install(wheel("all"), *group("bench"))
    session.run("python", "-m", "tools.bench", *session.posargs)


@nox.session(requires=["build"])
def fuzz(session: nox.Session) -> None:
    """Fuzz every public reader on one core, a minute each; `-- 5` takes five seconds, `-- 600 csv` one reader."""
    session.install(wheel("all"), *group("fuzz"))
    session.run("python", "-m", "tools.fuzz", *session.posargs)


@nox.session(requires=["build"])
def mutation(session: nox.Session) -> None:
    """Change the core in small ways that a test should notice; `-- "geoclaims._spans*"` changes one module."""
    session.install(wheel("all"), *group("mutation"))
    session.env.update(CI="true", GEOCLAIMS_REQUIRE_SHARED="0")  # the same examples for each change
    session.run("mutmut", "run", *session.posargs)


@nox.session(requires=["build"], tags=["ci"])
def docs(session: nox.Session) -> None:
    """Build the documentation; a warning or a broken link is an error."""
    session.install(wheel("all"), *group("docs"))
    site = "docs/_build/html"
    session.run("sphinx-build", "--fresh-env", "--nitpicky", "--fail-on-warning", "--keep-going", "docs", site)
    session.run("python", "docs/check_links.py", site)


@nox.session(requires=["build"], tags=["ci"])
def package(session: nox.Session) -> None:
    """Check what would be published: metadata, contents, and what changed since the last release."""
    session.install(*group("package"))
    session.run("validate-pyproject", "pyproject.toml")
    session.run("twine", "check", "--strict", built("*.whl"), built("*.tar.gz"))
    packages = [f"--package={folder}" for folder in PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]]
    session.run("check-wheel-contents", *packages, built("*.whl"))
    from_tree = Path(session.create_tmp(), "wheel")
    session.run("python", "-m", "build", "--wheel", "--outdir", str(from_tree), silent=True)
    if not filecmp.cmp(built("*.whl"), from_tree / Path(built("*.whl")).name, shallow=False):
        session.error("the wheel built from the sdist is not the one built from the tree")
    # Releases that share the first number above zero promise each other's interface.
    series = re.sub(r"^((0\.)*[0-9]+).*", r"\1", PROJECT["project"]["version"])
    older = ["git", "tag", "--list", f"v{series}.*", "--no-contains", "HEAD", "--sort=-version:refname"]
    tags = session.run(*older, external=True, silent=True, log=False)
    if not tags:
        session.warn(f"no release {series} is tagged yet, so there is no older interface to compare with")
        return
    session.run("griffe", "check", "geoclaims", "--search", "src", "--against", tags.split()[0])


if __name__ == "__main__":
    nox.main()
