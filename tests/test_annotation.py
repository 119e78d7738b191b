from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from collections import Counter
from importlib.resources import files
from pathlib import Path
from types import ModuleType

import pytest

from geoclaims import ActorKind, Allegation, Article, Denial, Quantity, Span, load_article, to_json

ARTICLE = load_article()
SCRIPT = Path(__file__).parents[1] / "tools" / "annotate_article.py"
NAMED_BY_US = {"accusers", "recruiters", "second-prisoner", "ukrainian-forces"}
BUNDLED = files("geoclaims").joinpath("data", "article.json").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def text(shared: Path) -> str:
    return (shared / "article.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def script() -> ModuleType:
    specification = importlib.util.spec_from_file_location(SCRIPT.stem, SCRIPT)
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


def test_the_bundled_file_is_what_the_script_makes_of_the_text(script: ModuleType, text: str) -> None:
    assert to_json(script.annotate(text), indent=2) + "\n" == BUNDLED


@pytest.mark.usefixtures("script")
def test_the_script_writes_the_bundled_file(shared: Path, tmp_path: Path) -> None:
    written = tmp_path / "article.json"
    command: list[str | Path] = [sys.executable, SCRIPT, shared / "article.txt", "--to", written]
    subprocess.run(command, check=True)
    assert written.read_text(encoding="utf-8") == BUNDLED


@pytest.mark.usefixtures("script")
def test_the_script_shows_every_passage(shared: Path, text: str) -> None:
    command: list[str | Path] = [sys.executable, "-X", "utf8", SCRIPT, shared / "article.txt", "--show"]
    shown = subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout
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


def test_every_span_fits_the_text(text: str) -> None:
    spans = [span for statement in ARTICLE.statements for span in statement.spans]
    assert spans == [Span.of(text, span.start, span.end) for span in spans]


def test_every_statement_has_a_passage() -> None:
    assert all(statement.spans for statement in ARTICLE.statements)


def test_no_passage_begins_or_ends_within_a_word_or_with_white_space(text: str) -> None:
    for statement in ARTICLE.statements:
        for span in statement.spans:
            passage = text[span.start : span.end]
            assert passage == passage.strip()
            assert not re.match(r"\w", text[span.start - 1 : span.start])
            assert not re.match(r"\w", text[span.end : span.end + 1])
            assert not passage.endswith((",", "."))


def test_statements_stand_in_the_order_of_their_passages() -> None:
    places = [(statement.spans[0].start, statement.spans[-1].end) for statement in ARTICLE.statements]
    assert places == sorted(places)


def test_every_quotation_is_printed_as_one_within_its_statement(text: str) -> None:
    quoted = 0
    for statement in ARTICLE.statements:
        printed = [quotation for passage in passages(statement.spans, text) for quotation in quotations(passage)]
        for quote in statement.quotes:
            assert any(quotation in {quote, quote + ".", quote + ","} for quotation in printed), quote
            quoted += 1
    assert quoted == len(quotations(text))


def test_every_cue_stands_in_its_passage(text: str) -> None:
    for statement in ARTICLE.statements:
        assert statement.cue is not None
        assert any(re.search(rf"\b{statement.cue}\b", passage) for passage in passages(statement.spans, text))


def test_each_paragraph_has_as_many_statements_as_it_attributes_claims(text: str) -> None:
    starts = [0, *(found.end() for found in re.finditer("\n", text))]
    counts = Counter(sum(start <= statement.spans[0].start for start in starts) for statement in ARTICLE.statements)
    assert counts == {1: 2, 2: 3, 3: 4, 4: 4, 5: 2, 6: 5, 7: 2}


def test_every_actor_speaks_passes_on_is_spoken_for_is_accused_or_is_named() -> None:
    used = {
        id
        for statement in ARTICLE.statements
        for id in (statement.speaker, *statement.about, *statement.reported_by, *accused(statement))
    } | {actor.on_behalf_of for actor in ARTICLE.actors}
    assert {actor.id for actor in ARTICLE.actors} <= used


def test_names_and_aliases_stand_in_the_text(text: str) -> None:
    for actor in ARTICLE.actors:
        assert actor.name.lower() in text.lower() or actor.id in NAMED_BY_US
        assert all(alias in text for alias in actor.aliases)


def test_spokesmen_and_officials_speak_for_their_state() -> None:
    assert ARTICLE.actor("lin-jian").on_behalf_of == "foreign-ministry"
    speakers = {statement.speaker for statement in ARTICLE.by("china")}
    assert speakers == {"china", "chinese-official", "lin-jian"}
    assert {statement.speaker for statement in ARTICLE.by("ukraine")} == {"ukraine", "zelensky"}


def test_a_capital_is_an_alias_of_its_state() -> None:
    aliases = {actor.id: actor.aliases for actor in ARTICLE.actors if actor.kind is ActorKind.STATE}
    assert aliases == {
        "china": ("Chinese government",),
        "russia": ("Moscow",),
        "ukraine": ("Kyiv",),
        "united-states": ("Washington",),
    }


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


def test_both_accusations_of_arming_russia_are_denied() -> None:
    for id in ("components-supplied", "arsenal-enlarged"):
        assert [denial.id for denial in ARTICLE.denials_of(id)][:1] == ["no-lethal-weapons"]


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
        assert statement.appearances == ()


def test_nobody_in_the_article_confirms_what_another_says() -> None:
    assert [statement.id for statement in ARTICLE.statements if statement.confirms] == []


def test_the_bundled_article_can_be_read_as_any_other() -> None:
    assert isinstance(ARTICLE, Article)
    assert to_json(ARTICLE, indent=2) + "\n" == BUNDLED


def passages(spans: tuple[Span, ...], text: str) -> list[str]:
    return [text[span.start : span.end] for span in spans]


def quotations(text: str) -> list[str]:
    return re.findall("“([^”]*)”", text)


def accused(statement: object) -> tuple[str, ...]:
    return statement.accused if isinstance(statement, Allegation) else ()
