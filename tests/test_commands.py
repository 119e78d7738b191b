"""Every command of the program, whatever it does: what its help says, and which pages name it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import geoclaims
from geoclaims import interop
from geoclaims._command_line import COMMANDS, main
from geoclaims._command_line.formats import FORMATS

ROOT = Path(__file__).parents[1]
WIDTH = 80


@pytest.fixture(autouse=True)
def usual_width(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(WIDTH))


def page(name: str) -> str:
    file = ROOT / name
    if not file.exists():
        pytest.skip("the documentation is in the repository only")
    return file.read_text(encoding="utf-8")


def help_of(capsys: pytest.CaptureFixture[str], *command: str) -> str:
    assert main([*command, "--help"]) == 0
    return capsys.readouterr().out


def usage_of(name: str, capsys: pytest.CaptureFixture[str]) -> str:
    """How a command is called, without its options: `export --to FORMAT [FILE…]`."""
    usage = " ".join(help_of(capsys, name).partition("\n\n")[0].split())
    return re.sub(r" \[-[^]]*\]", "", usage.removeprefix("usage: geoclaims ")).replace(" ...", "…")


def test_the_help_lists_every_command_and_the_exit_codes(capsys: pytest.CaptureFixture[str]) -> None:
    shown = " ".join(help_of(capsys).split())
    assert " ".join(f"{name} {command.help}" for name, command in COMMANDS.items()) in shown
    assert "Exit codes: 0 success" in shown


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_explains_itself_in_a_terminal_of_the_usual_width(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = help_of(capsys, name)
    assert shown.startswith(f"usage: geoclaims {name} [-h]")
    assert COMMANDS[name].help.casefold() in shown.casefold()
    assert [line for line in shown.splitlines() if len(line) > WIDTH] == []
    assert main([name, "--no-such-option"]) == 2
    assert capsys.readouterr().err.startswith(f"usage: geoclaims {name} [-h]")


OPTIONS = {"export": ["--to", "json"]}


@pytest.mark.parametrize("name", sorted({*COMMANDS} - {"schema"}))
def test_a_file_that_is_missing_or_wrong_ends_a_command_with_1_and_only_validate_says_so_on_standard_output(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "wrong").write_text('{"x": 1}', encoding="utf-8")
    for file in (tmp_path / "nowhere", tmp_path / "wrong"):
        files = [str(file)] * (2 if name in {"anchor", "compare"} else 1)
        assert main([name, *OPTIONS.get(name, []), *files]) == 1
        out, err = capsys.readouterr()
        assert str(file) in (out if name == "validate" and file.name == "wrong" else err)
        assert out == "" or (name == "validate" and file.name == "wrong")


def test_the_page_on_the_command_line_has_a_row_and_a_section_for_every_command(
    capsys: pytest.CaptureFixture[str],
) -> None:
    text = page("docs/reference/command-line.md")
    rows = [f"| [`{usage_of(name, capsys)}`](#{name}) | {command.help} |" for name, command in COMMANDS.items()]
    assert [line for line in text.splitlines() if line.startswith("| [`")] == rows
    sections = re.findall("^## (.+)$", text, re.MULTILINE)
    assert [name for name in sections if name in COMMANDS] == list(COMMANDS)


def test_the_help_names_the_commands_that_read_what_is_piped_in(capsys: pytest.CaptureFixture[str]) -> None:
    readers = {name for name in COMMANDS if usage_of(name, capsys).endswith("[FILE…]")}
    (said,) = re.findall("Without FILE, (.+) read from a pipe", " ".join(help_of(capsys).split()))
    assert set(re.findall(r"\w+", said)) - {"and"} == readers


def test_every_function_that_writes_articles_in_a_format_of_others_is_one_of_a_format() -> None:
    writers = {name for name in interop.__all__ if name.startswith(("to_", "write_"))}
    variants = {"to_jsonld", "to_arrow"}
    assert writers - variants == {form.function.partition(":")[2] for form in FORMATS.values()} - {"to_json"}


@pytest.mark.parametrize("name", FORMATS)
def test_the_function_of_a_format_is_public(name: str) -> None:
    function = FORMATS[name].function.partition(":")[2]
    module = geoclaims if function in geoclaims.__all__ else interop
    assert FORMATS[name].load() is getattr(module, function)
