"""`geoclaims show` writes each actor and statement in full once, and the beginning of what it repeats."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from geoclaims import Actor, Allegation, Article, Denial, Quantity, Span, Statement, to_json
from geoclaims._command_line import main

Show = Callable[[Article], str]
A = Actor(id="a", name="A")


@pytest.fixture
def show(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Show:
    """What `geoclaims show` prints, without the white space at which lines are broken."""

    def shown(article: Article) -> str:
        file = tmp_path / "article.json"
        file.write_text(to_json(article), encoding="utf-8")
        assert main(["show", str(file)]) == 0
        return "".join(capsys.readouterr().out.split())

    return shown


def of(*statements: Statement, actors: Sequence[Actor] = (A,), **fields: Any) -> Article:
    return Article(id="x", actors=actors, statements=statements, **fields)


def test_an_actor_is_whole_in_the_list_and_its_name_and_office_are_cut_at_200_characters_elsewhere(show: Show) -> None:
    actors = [Actor(id="b", name="n" * 250, role="r" * 250), Actor(id="c", name="m" * 250, on_behalf_of="b")]
    claim = Allegation(id="s", speaker="b", content="C.", accused=["c"], reported_by=["b"], about=["c"])
    shown = show(of(claim, actors=actors))
    assert shown.count("n" * 250 + f"({'r' * 250})[b]") == 1
    assert shown.count("n" * 199 + "…(" + "r" * 198 + "…") == 1  # who reported it
    assert shown.count("N" + "n" * 198 + "…(" + "r" * 198 + "…accused:") == 1
    assert shown.count("m" * 250 + f"(for{'n' * 199}…)[c]") == 1
    assert shown.count("accused" + "m" * 199 + "…(for" + "n" * 194 + "…") == 1
    assert shown.count("about" + "m" * 199 + "…") == 1


def test_a_content_is_whole_where_the_statement_stands_and_cut_at_200_characters_elsewhere(show: Show) -> None:
    claim = Statement(id="s", speaker="a", content="c" * 250)
    other = Statement(id="t", speaker="a", content="d" * 250, about=["s"], confirms=["s"], cue="q" * 250)
    shown = show(of(claim, other))
    assert shown.count("c" * 250) == shown.count("d" * 250) == shown.count("q" * 250) == 1
    assert shown.count("A:" + "c" * 199 + "…[s]") == 2
    assert shown.count("confirmedbyA:" + "d" * 199 + "…[t]") == 1


def test_what_is_about_a_statement_is_named_beneath_it_and_in_full_in_its_own_place(show: Show) -> None:
    claim = Allegation(id="s", speaker="a", content="C.", accused=["a"])
    reply = Denial(id="d", speaker="a", content="No.", denies=["s"], about=["s"])
    reaction = Statement(id="t", speaker="a", content="r" * 250, about=["s", "d"])
    shown = show(of(claim, reply, reaction))
    named = "A:" + "r" * 199 + "…[t]"
    assert f"seealso{named}deniedbyA—denialNo.[d]seealso:{named}OTHERSTATEMENTSAsaid:{'r' * 250}[t]" in shown
    assert shown.count("seealso") == 2  # the denial is named as one


def test_a_passage_of_the_text_is_cut_at_200_characters(show: Show) -> None:
    text = "p" * 200 + " " + "q" * 201
    claim = Statement(id="s", speaker="a", content="C.", spans=[Span.of(text, 0, 200), Span.of(text, 201, 402)])
    assert "passage“" + "p" * 200 + "”passage“" + "q" * 199 + "…”ACTORS" in show(of(claim, text=text))


def test_escapes_of_invisible_characters_count_where_a_text_is_repeated(show: Show) -> None:
    claim = Statement(id="s", speaker="b", content="C.")
    shown = show(of(claim, actors=[Actor(id="b", name="x" + "\u202e" * 100)]))
    assert shown.count("x" + "\\u202e" * 100) == 1
    assert "X" + "\\u202e" * 33 + "…said:C.[s]" in shown


def test_a_denial_is_written_beneath_each_statement_that_it_denies_in_full_if_it_is_short(show: Show) -> None:
    denial = Denial(id="d", speaker="a", content="No.", cue="said", denies=["s", "t"], quotes=["Never"], basis="films")
    claims = [Statement(id=id, speaker="a", content="C.") for id in "st"]
    assert show(of(*claims, denial)).count("deniedbyA—denial,“said”No.[d]quoted:“Never”basis:films") == 2


def test_a_long_denial_is_written_in_full_once_and_then_its_first_details_and_200_characters(show: Show) -> None:
    denial = Denial(
        id="d",
        speaker="a",
        content="N" * 150,
        cue="q" * 250,
        denies=["s", "t", "u"],
        quotes=["Never"],
        quantities=[Quantity(minimum=1, unit="u" * 50)],
        basis="films",
    )
    claims = [Statement(id=id, speaker="a", content="C.") for id in "stu"]
    shown = show(of(*claims, denial))
    first = "deniedbyA—denial,“" + "q" * 250 + "”" + "N" * 150 + "[d]quoted:“Never”number:atleast1" + "u" * 50
    assert shown.count(f"{first}basis:films") == 1
    again = "deniedbyA—denial,“" + "q" * 199 + "…”" + "N" * 150 + "[d]quoted:“Never”number:…"
    assert shown.count(again) == 2
    assert f"{again}ACTORS" in shown


def test_the_content_of_a_denial_is_cut_at_200_characters_where_it_is_written_again(show: Show) -> None:
    denial = Denial(id="d", speaker="a", content="N" * 250, denies=["s", "t"], basis="films")
    shown = show(of(*(Statement(id=id, speaker="a", content="C.") for id in "st"), denial))
    assert shown.count("N" * 250 + "[d]basis:films") == 1
    assert "deniedbyA—denial" + "N" * 199 + "…[d]basis:…ACTORS" in shown


def test_invisible_characters_of_an_address_are_percent_encoded_so_that_its_host_stays(show: Show) -> None:
    url = "https://evil.example\u200b.trusted.example/"
    claim = Statement(id="s", speaker="a", content="C.", appearances=[url])
    assert show(of(claim, url=url)).count("https://evil.example%E2%80%8B.trusted.example/") == 2
