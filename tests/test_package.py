from __future__ import annotations

import importlib
import inspect
import json
import os
import pickle
import re
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import griffe
import pytest

import geoclaims

PUBLIC_NAMES = {
    *("Actor", "ActorKind", "Statement", "Allegation", "Denial", "DenialKind", "Article"),
    *("Quantity", "PartialDate", "Span"),
    *("load_article", "to_dict", "from_dict", "to_json", "from_json", "read_jsonl", "write_jsonl", "json_schema"),
    *("configure_converter", "make_converter"),
    *("GeoclaimsError", "ValidationError", "AnchorError", "UnknownIdError", "Issue", "collect_issues"),
}
URLS = ["Documentation", "Changelog", "Source", "Issues"]
CLASSES = sorted(name for name in PUBLIC_NAMES if inspect.isclass(getattr(geoclaims, name)))


@pytest.fixture(scope="session")
def distribution() -> metadata.Distribution:
    """What pip knows of geoclaims."""
    try:
        return metadata.distribution("geoclaims")
    except metadata.PackageNotFoundError:
        pytest.skip("geoclaims is on the path without being installed")


def test_importing_geoclaims_loads_attrs_a_part_of_the_standard_library_and_no_edge() -> None:
    code = (
        "import attrs, json, sys; before = set(sys.modules); import geoclaims; "
        "print(json.dumps(sorted(set(sys.modules) - before)))"
    )
    unmeasured = {key: value for key, value in os.environ.items() if not key.startswith("COVERAGE_")}
    answer = subprocess.run([sys.executable, "-c", code], env=unmeasured, capture_output=True, text=True, check=True)
    loaded = set(json.loads(answer.stdout))
    assert {name.partition(".")[0] for name in loaded} - {"attr", "attrs"} - sys.stdlib_module_names == {"geoclaims"}
    costly = {"decimal", "difflib", "gzip", "hashlib", "html", "importlib.resources", "tempfile", "unittest"}
    edges = {f"geoclaims.{name}" for name in ("_pydantic", "strategies", "interop", "_command_line")}
    assert loaded & {*costly, *edges} == set()


def test_the_public_names_are_those_of_the_documentation_and_no_other_looks_public() -> None:
    assert sorted(geoclaims.__all__) == sorted(PUBLIC_NAMES)
    names = {name for name, value in vars(geoclaims).items() if not inspect.ismodule(value)}
    assert {name for name in names if not name.startswith("_")} - {"annotations"} == PUBLIC_NAMES


def test_completion_lists_the_public_names_of_a_part_and_no_inner_module() -> None:
    for name in ("geoclaims.annotation", "geoclaims.corpus", "geoclaims.interop", "geoclaims.strategies"):
        part = importlib.import_module(name)
        assert sorted(name for name in dir(part) if not name.startswith("_")) == sorted(part.__all__)


def test_static_tools_see_the_names_that_there_are_at_run_time() -> None:
    (folder,) = geoclaims.__path__
    package = griffe.load("geoclaims", search_paths=[Path(folder).parent], allow_inspection=False)
    assert {str(name) for name in package.exports or ()} == PUBLIC_NAMES
    assert sorted(name for name in PUBLIC_NAMES if package[name].final_target.is_class) == CLASSES


def test_a_public_name_says_truly_where_it_is_defined_and_a_class_where_it_is_imported_from_in_pickles_too() -> None:
    for name in PUBLIC_NAMES:
        value = getattr(geoclaims, name)
        assert getattr(sys.modules[value.__module__], value.__qualname__) is value
        if inspect.isclass(value):
            assert value.__module__ == "geoclaims"
            assert pickle.dumps(value, 0).startswith(f"cgeoclaims\n{name}\n".encode())


def test_the_wheel_holds_the_package_with_its_data_and_nothing_else(distribution: metadata.Distribution) -> None:
    origin = json.loads(distribution.read_text("direct_url.json") or "{}")
    if origin.get("dir_info", {}).get("editable"):
        pytest.skip("an editable install holds no files of its own")
    info = f"geoclaims-{distribution.version}.dist-info"
    files = {str(file) for file in distribution.files or ()}
    parts = {file.partition("/")[0] for file in files if not file.startswith("..") and "__pycache__" not in file}
    assert parts == {"geoclaims", "_geoclaims_hypothesis", info}
    kinds = {Path(file).suffix for file in files if file.startswith("geoclaims/")}
    assert kinds <= {".py", ".pyc", ".json", ".md", ".typed", ".css", ".js"}
    assert {f"geoclaims/_page/{name}" for name in ("claims.css", "page.css", "page.js")} <= files
    assert {"geoclaims/py.typed", "geoclaims/data/article.json", f"{info}/licenses/LICENSE"} <= files


def test_the_metadata_name_three_dependencies_extras_a_licence_and_addresses(
    distribution: metadata.Distribution,
) -> None:
    required = [requirement for requirement in distribution.requires or () if "extra ==" not in requirement]
    assert sorted(requirement.partition(">=")[0] for requirement in required) == ["attrs", "cattrs", "python-dateutil"]
    assert sorted(distribution.metadata.get_all("Provides-Extra") or ()) == ["all", "arrow", "fast", "hypothesis"]
    urls = [url.partition(", ") for url in distribution.metadata.get_all("Project-URL") or ()]
    assert [name for name, _, address in urls if address.startswith("https://")] == URLS
    assert distribution.metadata["License-Expression"] == "MIT"


def test_on_a_package_index_each_link_and_picture_of_the_description_has_the_address_of_its_version(
    distribution: metadata.Distribution,
) -> None:
    description = str(distribution.metadata.json["description"])
    targets = re.findall(r"\]\(([^)]+)\)", description) + re.findall(r'src(?:set)?="([^"]+)"', description)
    assert len(targets) > 25
    assert [target for target in targets if not target.startswith("https://")] == []
    ours = [target for target in targets if "geoclaims" in target]
    assert [target for target in ours if f"/v{distribution.version}/" not in target] == []


def test_every_entry_point_leads_to_something_that_can_be_called(distribution: metadata.Distribution) -> None:
    points = {(point.group, point.name): point for point in distribution.entry_points}
    assert set(points) == {("console_scripts", "geoclaims"), ("hypothesis", "geoclaims")}
    assert [point for point in points.values() if not callable(point.load())] == []
