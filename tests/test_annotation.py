from __future__ import annotations

import re
import runpy
import subprocess
import sys
from collections import Counter
from importlib.resources import files
from pathlib import Path

import pytest

from geoclaims import ActorKind, Allegation, Denial, Quantity, Span, load_article
from geoclaims.annotation import lint

ARTICLE = load_article()
SCRIPT = Path(__file__).parents[1] / "tools" / "annotate_article.py"
BUNDLED = files("geoclaims").joinpath("data", "article.json").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def text(shared: Path) -> str:
    return (shared / "article.txt").read_text(encoding="utf-8")


def test_the_script_writes_the_bundled_file_and_shows_every_passage(
    shared: Path, text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for arguments in (["--to", tmp_path / "article.json"], ["--show"]):
        monkeypatch.setattr(sys, "argv", [str(each) for each in (SCRIPT, shared / "article.txt", *arguments)])
        runpy.run_path(str(SCRIPT), run_name="__main__")
    assert (tmp_path / "article.json").read_text(encoding="utf-8") == BUNDLED
    shown = capsys.readouterr().out
    for statement in ARTICLE.statements:
        assert statement.id in shown
        assert all(passage in shown for passage in passages(statement.spans, text))


def test_no_file_of_the_project_holds_eight_words_in_a_row_of_the_text(shared: Path) -> None:
    root = Path(__file__).parents[1]
    if not (root / ".git").exists():
        pytest.skip("the check reads what git keeps")
    check: list[str | Path] = [sys.executable, shared / "checks" / "no_copy.py", root]
    result = subprocess.run(check, check=False, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout


def test_every_span_fits_the_text_and_no_passage_cuts_a_word_or_ends_with_white_space_or_a_comma(text: str) -> None:
    for statement in ARTICLE.statements:
        assert statement.spans
        for span in statement.spans:
            assert span == Span.of(text, span.start, span.end)
            assert re.fullmatch(r"(?s)\S|\S.*[^\s.,]", text[span.start : span.end])
            assert not re.match(r"\w", text[span.start - 1 : span.start])
            assert not re.match(r"\w", text[span.end : span.end + 1])


def test_geoclaims_has_no_warning_but_of_the_actors_that_the_article_does_not_name(text: str) -> None:
    unnamed = {"accusers", "recruiters", "second-prisoner", "ukrainian-forces"}
    warnings = lint(ARTICLE.with_text(text))
    assert {issue.code for issue in warnings} <= {"lint_name"}
    named = {ARTICLE.actors[issue.path[1]].id for issue in warnings if isinstance(issue.path[1], int)}
    assert named <= unnamed


def test_every_quotation_is_printed_as_one_within_its_statement(text: str) -> None:
    quoted = 0
    for statement in ARTICLE.statements:
        printed = [quotation for passage in passages(statement.spans, text) for quotation in quotations(passage)]
        for quote in statement.quotes:
            assert any(quotation in {quote, quote + ".", quote + ","} for quotation in printed), quote
            quoted += 1
    assert quoted == len(quotations(text))
    assert all(statement.cue for statement in ARTICLE.statements)


def test_each_paragraph_has_as_many_statements_as_it_attributes_claims(text: str) -> None:
    counts = Counter(text.count("\n", 0, statement.spans[0].start) + 1 for statement in ARTICLE.statements)
    assert counts == {1: 2, 2: 3, 3: 4, 4: 4, 5: 2, 6: 5, 7: 2}


def test_spokesmen_and_officials_speak_for_their_state() -> None:
    assert ARTICLE.actor("lin-jian").on_behalf_of == "foreign-ministry"
    speakers = {statement.speaker for statement in ARTICLE.by("china")}
    assert speakers == {"china", "chinese-official", "lin-jian"}
    assert {statement.speaker for statement in ARTICLE.by("ukraine")} == {"ukraine", "zelensky"}


def test_a_capital_is_an_alias_of_its_state() -> None:
    aliases = {actor.id: actor.aliases for actor in ARTICLE.actors if actor.kind is ActorKind.STATE}
    names = {"china": "Chinese government", "russia": "Moscow", "ukraine": "Kyiv", "united-states": "Washington"}
    assert aliases == {id: (name,) for id, name in names.items()}


def test_the_two_prisoners_are_two_anonymous_actors() -> None:
    speakers = [ARTICLE.statement(id).speaker for id in ("first-time-in-combat", "contact-lost")]
    assert len(set(speakers)) == 2
    assert all(ARTICLE.actor(speaker).anonymous for speaker in speakers)


def test_the_president_claims_at_least_155_citizens() -> None:
    claim = ARTICLE.statement("at-least-155")
    assert isinstance(claim, Allegation)
    assert claim.speaker == "zelensky"
    assert claim.quantities == (Quantity(minimum=155, unit="citizens"),)
    assert claim.accused == ("chinese-fighters",)
    assert ARTICLE.denials_of(claim) == ()  # the denial that its citizens fight is reported as older


def test_what_a_government_believes_is_its_own_and_reported_by_its_president() -> None:
    claim = ARTICLE.statement("many-more")
    assert (claim.speaker, claim.reported_by, claim.basis) == ("ukraine", ("zelensky",), "intelligence reports")


def test_a_claim_reported_in_the_doubt_of_it_stands_on_the_same_passage() -> None:
    claim, doubt = ARTICLE.statement("neutrality-claimed"), ARTICLE.statement("neutrality-doubted")
    assert claim.spans == doubt.spans
    assert doubt.about == ("china", claim.id)
    assert claim.speaker != doubt.speaker


def test_a_denial_that_is_older_than_the_claims_denies_an_earlier_one_by_somebody_without_a_name() -> None:
    denial = ARTICLE.statement("citizens-do-not-fight")
    assert isinstance(denial, Denial)
    (earlier,) = map(ARTICLE.statement, denial.denies)
    assert ARTICLE.actor(earlier.speaker).anonymous
    assert earlier.spans[0].start == denial.spans[0].start


def test_what_is_said_of_unnamed_doers_is_about_russia() -> None:
    for id in ("recruited-and-trained", "papers-and-pay"):
        claim = ARTICLE.statement(id)
        assert [ARTICLE.actor(one).anonymous for one in accused(claim)] == [True]
        assert "russia" in claim.about


def test_each_accusation_of_arming_russia_has_the_denial_with_which_it_cannot_stand() -> None:
    answers = {"components-supplied": "export-rules-kept", "arsenal-enlarged": "no-lethal-weapons"}
    for id, answer in answers.items():
        assert [denial.id for denial in ARTICLE.denials_of(id)] == [answer]


def test_the_states_accuse_and_deny_as_the_article_has_it() -> None:
    def country(id: str) -> str | None:
        return ARTICLE.actor(id).country

    accusing = {(country(claim.speaker), country(id)) for claim in ARTICLE.allegations for id in claim.accused}
    assert accusing == {("UKR", "CHN"), ("USA", "CHN"), ("UKR", None), (None, "CHN")}
    denying = {
        (country(denial.speaker), country(ARTICLE.statement(id).speaker))
        for denial in ARTICLE.denials
        for id in denial.denies
    }
    assert denying == {("CHN", "UKR"), ("CHN", "USA"), ("CHN", None)}


def test_nothing_is_made_up_that_the_article_does_not_give() -> None:
    assert (ARTICLE.title, ARTICLE.publisher, ARTICLE.url, ARTICLE.archived_at) == (None, None, None, None)
    assert (ARTICLE.published, ARTICLE.text) == (None, None)
    for statement in ARTICLE.statements:
        assert (statement.date, statement.event_date, statement.event_end) == (None, None, None)
        assert (statement.appearances, statement.confirms) == ((), ())


def passages(spans: tuple[Span, ...], text: str) -> list[str]:
    return [text[span.start : span.end] for span in spans]


def quotations(text: str) -> list[str]:
    return re.findall("“([^”]*)”", text)


def accused(statement: object) -> tuple[str, ...]:
    return statement.accused if isinstance(statement, Allegation) else ()
