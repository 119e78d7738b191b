"""`geoclaims show` writes each actor and statement in full once, and the beginning of what it repeats.

What it writes of the articles of the documentation is kept in files, which `nox -s generate` writes.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from geoclaims import Actor, Allegation, Article, Denial, Span, Statement, to_json
from geoclaims._command_line import main

Show = Callable[..., str]


@pytest.fixture
def show(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Show:
    """What `geoclaims show` prints, without the white space at which lines are broken."""

    def shown(*statements: Statement, **fields: Any) -> str:
        file = tmp_path / "article.json"
        article = Article(id="x", statements=statements, **{"actors": [Actor(id="a", name="A")], **fields})
        file.write_text(to_json(article), encoding="utf-8")
        assert main(["show", str(file)]) == 0
        return "".join(capsys.readouterr().out.split())

    return shown


def test_an_actor_is_whole_in_the_list_and_its_name_and_role_are_cut_at_200_characters_elsewhere(show: Show) -> None:
    actors = [Actor(id="b", name="n" * 250, role="r" * 250), Actor(id="c", name="m" * 250, on_behalf_of="b")]
    claim = Allegation(id="s", speaker="b", content="C.", accused=["c"], reported_by=["b"], about=["c"])
    shown = show(claim, actors=actors)
    assert f"{'n' * 199}…({'r' * 199}…,via{'n' * 199}…):C.against{'m' * 199}…nodenial" in shown
    assert f"ACTORS{'n' * 250}({'r' * 250})[b]{'m' * 250}(for{'n' * 199}…)[c]" in shown
    assert (shown.count("n" * 200), shown.count("m" * 200)) == (1, 1)


def test_own_words_are_whole_and_those_of_others_and_of_the_text_are_cut_at_200_characters(show: Show) -> None:
    text = "p" * 200 + " " + "q" * 201
    spans = [Span.of(text, 0, 200), Span.of(text, 201, 402)]
    claim = Statement(id="s", speaker="a", content="c" * 250, quotes=["w" * 250], spans=spans)
    denial = Denial(id="t", speaker="a", content="d" * 250, denies=["s"], about=["s", "a"], cue="q" * 250)
    shown = show(claim, denial, text=text)
    assert f"A:{'c' * 250}quoted“{'w' * 250}”deniedby2A,denial:{'d' * 199}…passage“{'p' * 200}”“{'q' * 199}…”" in shown
    assert f"A:{'d' * 250}(“{'q' * 250}”)denies1A:{'c' * 199}…about1A:{'c' * 199}…A" in shown


def test_an_address_keeps_its_host_and_a_value_of_one_label_follows_another(show: Show) -> None:
    url = "https://evil.example\u200b.trusted.example/"
    shown = show(Statement(id="s", speaker="a", content="C.", appearances=[url, "https://b.example/"]), url=url)
    assert "seenathttps://evil.example%E2%80%8B.trusted.example/;https://b.example/" in shown
    assert shown.count("https://evil.example%E2%80%8B.trusted.example/") == 2
