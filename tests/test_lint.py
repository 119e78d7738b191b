from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from hypothesis import given, strategies as st

from geoclaims import Actor, Allegation, Article, Denial, PartialDate, Span, Statement, to_dict, to_json, write_jsonl
from geoclaims.annotation import lint
from geoclaims.strategies import articles, denials, ids, partial_dates, statements

if TYPE_CHECKING:
    from tests.conftest import Run

PAGE = (Path(__file__).parents[1] / "docs" / "reference" / "annotation.md").read_text(encoding="utf-8")
ON_THE_PAGE = dict(re.findall(r"^\| `(lint_\w+)` \|.*\| (yes )?\|$", PAGE, re.MULTILINE))
"""The code of each warning, and whether it needs the text."""
TEXT = (
    "The navy of Norland said on Monday that Sudria’s “grey fleet” had laid mines in Port Esk. “We laid nothing,” "
    "Sudria replied. The old harbour master of the town has not seen a ship since the first days of spring."
)
ACTORS = (
    Actor(id="norland", name="Norland"),
    Actor(id="navy", name="The navy", on_behalf_of="norland"),
    Actor(id="sudria", name="Sudria"),
)
MINED = Allegation(
    id="mined",
    speaker="navy",
    content="Sudria mined the harbour.",
    quotes=["grey fleet"],
    cue="said",
    event_place="port  Esk",
    accused=["sudria"],
    spans=[Span.of(TEXT, 0, TEXT.index("."))],
)
DENIED = Denial(
    id="denied",
    speaker="sudria",
    content="It laid no mines.",
    quotes=["We laid nothing"],
    cue="replied",
    denies=["mined"],
    spans=[Span.find(TEXT, '"We laid nothing," Sudria replied')],
)
ARTICLE = Article(id="example", actors=ACTORS, statements=[MINED, DENIED], text=TEXT)


def with_first(**changes: Any) -> Article:
    return attrs.evolve(ARTICLE, statements=[attrs.evolve(MINED, **changes), DENIED])


def of(*statements: Statement, **changes: Any) -> Article:
    return attrs.evolve(ARTICLE, statements=statements, **changes)


SHORT = Statement(id="short", speaker="navy", content="It speaks.", spans=[Span.of(TEXT, 0, 8)])
IN_TWO = attrs.evolve(SHORT, id="two", spans=[Span.of(TEXT, 0, 3), Span.of(TEXT, 40, 50)])
KNOWS = Statement(id="knows", speaker="sudria", content="It knows.", confirms=["mined"], spans=DENIED.spans)
AGAIN = attrs.evolve(MINED, id="again", content="It mined the harbour.", quotes=(), cue=None)
BARE = [attrs.evolve(DENIED, id=id, spans=()) for id in ("a", "b")]
ESK = Actor(id="esk", name="Port Esk")
SUDRELAND = attrs.evolve(ACTORS[2], name="Sudreland", aliases=["SUDRIA", "the Sudrians"])


@pytest.mark.parametrize(
    ("article", "expected"),
    [
        (ARTICLE, []),
        (with_first(quotes=["grey fleet", "We laid nothing"]), ["lint_quote $.statements[0].quotes[1]"]),
        (with_first(quotes=["grey flee"]), ["lint_quote $.statements[0].quotes[0]"]),
        (with_first(quotes=["grey fleet” had"]), []),
        (with_first(quotes=[]), []),
        (of(MINED, attrs.evolve(DENIED, quotes=["“We laid nothing …", "We laid nothing ."])), []),
        (with_first(cue="insisted"), ["lint_cue $.statements[0].cue"]),
        (with_first(cue="aid"), ["lint_cue $.statements[0].cue"]),
        (with_first(cue="SAID"), []),
        (with_first(cue=None), []),
        (with_first(event_place="Sudri"), ["lint_name $.statements[0].event_place"]),
        (with_first(event_place="Esk Bay"), ["lint_name $.statements[0].event_place"]),
        (with_first(spans=[]), ["lint_unplaced $.statements[0]"]),
        # Ten words in a row; they stand between spaces.
        (with_first(content="It is the old harbour-master of the town who has not seen a ship since."), []),
        (
            with_first(content="Says that “the old  harbour master of the town HAS not seen a ship”."),
            ["lint_copied $.statements[0].content"],
        ),
        (with_first(content="The harbour master of the town has not seen a."), []),
        # The order in which passages begin, then end.
        (of(DENIED, MINED), ["lint_order $.statements[1]"]),
        (of(SHORT, MINED, DENIED), []),
        (of(SHORT, IN_TWO, MINED, DENIED), []),
        (of(IN_TWO, SHORT, MINED, DENIED), ["lint_order $.statements[1]"]),
        (of(MINED, SHORT, DENIED), ["lint_order $.statements[1]"]),
        (of(DENIED, BARE[0], MINED), ["lint_unplaced $.statements[1]", "lint_order $.statements[2]"]),
        # Two that say the same.
        (of(MINED, AGAIN, DENIED), ["lint_same $.statements[1]"]),
        (of(MINED, attrs.evolve(AGAIN, accused=["norland"]), DENIED), []),
        (of(MINED, attrs.evolve(AGAIN, speaker="norland"), DENIED), []),
        (of(MINED, Statement(id="again", speaker="navy", content="It knows.", spans=AGAIN.spans), DENIED), []),
        (of(MINED, *BARE), ["lint_unplaced $.statements[1]", "lint_unplaced $.statements[2]"]),
        # What answers itself.
        (of(MINED, attrs.evolve(DENIED, confirms=["mined"])), ["lint_contradiction $.statements[1].confirms[0]"]),
        (
            of(MINED, attrs.evolve(SHORT, spans=MINED.spans), attrs.evolve(DENIED, confirms=["short", "mined"])),
            ["lint_contradiction $.statements[2].confirms[1]"],
        ),
        (of(MINED, attrs.evolve(SHORT, spans=MINED.spans), attrs.evolve(DENIED, confirms=["short"])), []),
        (
            of(MINED, KNOWS, attrs.evolve(KNOWS, id="own", confirms=["mined", "knows"], spans=[])),
            ["lint_unplaced $.statements[2]", "lint_self $.statements[2].confirms[1]"],
        ),
        (of(MINED, attrs.evolve(DENIED, speaker="navy")), ["lint_self $.statements[1].denies[0]"]),
        # Actors.
        (of(MINED, DENIED, actors=[*ACTORS, ESK]), ["lint_unused $.actors[3]"]),
        (of(attrs.evolve(MINED, about=["esk"]), DENIED, actors=[*ACTORS, ESK]), []),
        (
            of(MINED, DENIED, actors=[*ACTORS[:2], SUDRELAND]),
            ["lint_name $.actors[2].name", "lint_name $.actors[2].aliases[1]"],
        ),
        (of(MINED, DENIED, actors=[*ACTORS[:2], attrs.evolve(SUDRELAND, anonymous=True)]), []),
        # Languages.
        *((of(MINED, DENIED, language=tag), ["lint_language $.language"]) for tag in ("english", "Deutsch-DE")),
        *((of(MINED, DENIED, language=tag), []) for tag in ("en", "yue-Hant", "x-english", None)),
        # Without a text, only what needs none.
        (
            attrs.evolve(
                with_first(quotes=["nowhere"], cue="nowhere", event_place="nowhere", spans=()),
                text=None,
                actors=[*ACTORS, attrs.evolve(ESK, name="nowhere")],
            ),
            ["lint_unused $.actors[3]", "lint_unplaced $.statements[0]"],
        ),
    ],
)
def test_each_warning_stands_at_what_it_warns_of(article: Article, expected: list[str]) -> None:
    assert [f"{issue.code} {issue.json_path}" for issue in lint(article)] == expected


@pytest.mark.parametrize(
    ("date", "published", "is_late"),
    [
        *(("2031-05-08", "2031-05-07", True), ("2031-05-07", "2031-05-07", False), ("2031-05", "2031-05-07", False)),
        *(("2031-06", "2031-05-07", True), ("2031-05-31", "2031-05", False), ("2032", "2031-05", True)),
        *(("2031", "2031", False), ("9999", None, False), (None, "2031", False)),
    ],
)
def test_nothing_is_said_after_the_article_was_published_as_far_as_dates_are_exact(
    date: str | None, published: str | None, *, is_late: bool
) -> None:
    said, out = (None if each is None else PartialDate.parse(each) for each in (date, published))
    found = lint(attrs.evolve(with_first(date=said), published=out))
    assert [f"{issue.code} {issue.json_path}" for issue in found] == ["lint_date $.statements[0].date"] * is_late


def said(text: str, *passages: str, name: str = "it", anonymous: bool = True, **changes: Any) -> list[str]:
    """The codes for one statement in these passages of a text."""
    spans = [Span.of(text, text.index(passage), text.index(passage) + len(passage)) for passage in passages or [text]]
    statement = attrs.evolve(Statement(id="s", speaker="it", content="!", spans=spans), **changes)
    actor = Actor(id="it", name=name, anonymous=anonymous)
    return [issue.code for issue in lint(Article(id="a", actors=[actor], statements=[statement], text=text))]


@pytest.mark.parametrize(("quote", "codes"), [("We laid mines", []), ("but few", []), ("mines but", ["lint_quote"])])
def test_a_quote_stands_in_one_passage(quote: str, codes: list[str]) -> None:
    assert said("We laid mines, it said, but few.", "We laid mines", "but few", quotes=[quote]) == codes


def test_words_that_are_counted_stand_between_spaces() -> None:
    nine = "a 25-year-old man who isn’t ill, they say, left"
    text = f"It is said that {nine} town on Monday."
    assert said(text, content=f"{nine}.") == []
    assert said(text, content=f"{nine} town.") == ["lint_copied"]


def copied(text: str, content: str) -> str | None:
    """What a warning says that content has copied from a text."""
    statement = Statement(id="s", speaker="it", content=content, spans=[Span.of(text, 0, len(text))])
    article = Article(id="a", actors=[Actor(id="it", name="it", anonymous=True)], statements=[statement], text=text)
    messages = [issue.message for issue in lint(article) if issue.code == "lint_copied"]
    shown = [re.findall("found '(.*)' as in the article", message) for message in messages]
    return shown[0][0] if shown else None


HINDI = "नौसेना ने सोमवार को कहा कि प्रभात बंदरगाह में बारूदी सुरंगें बिछाई गई थीं"
CHINESE = "海军星期一表示北方的船只在埃斯克港布下了水雷"


@given(st.data(), st.sampled_from([(TEXT, 10), (HINDI, 10), (CHINESE, 15)]))
def test_ten_words_in_a_row_are_copied_or_fifteen_characters_without_spaces_wherever_they_stand(
    data: st.DataObject, text_and_enough: tuple[str, int]
) -> None:
    text, enough = text_and_enough
    words = text.split() if " " in text else list(text)
    between = " " if " " in text else ""
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first + 1, len(words)))
    run = between.join(words[first:last])
    content = data.draw(st.sampled_from(["{}", "X {}", "{} X", "X {} X"])).format(run.strip("“”.,").upper())
    expected = between.join(words[first : first + enough]) if last - first >= enough else None
    shown = copied(text, content)
    assert (shown and shown.casefold()) == (expected and expected.strip("“”.,").casefold())


def test_words_and_characters_without_spaces_count_together() -> None:
    text = f"{CHINESE[:6]} on board the Esk in May 水雷"
    assert copied(text, text) == text[:-3]
    assert copied(text, text.replace("May", "June")) is None


@pytest.mark.parametrize(
    ("name", "text", "stands"),
    [
        ("Iran", "Iranian ships wait, the Iranians say.", False),
        ("Iran", "Iranian ships wait off Iran’s coast.", True),
        ("Iran", "The Iran-backed fleet waits.", True),
        ("15", "All 155 wait.", False),
        ("did", "They didn't wait.", False),
        ("中国", "他说中国公民在那里。", True),
        ("ไทย", "เรือไทยรออยู่", True),
        ("부산", "배는 부산에서 기다린다.", True),
        ("القاهرة", "وصلت السفن إلى والقاهرة.", True),
        ("خليج", "السفن في الخليج.", True),
        ("आर", "नौसेना का आरोप है।", False),
        ("आरोप", "नौसेना का आरोप है।", True),
        ("प्रभा", "प्रभात ने कहा।", False),
        ("五十五人", "一百五十五人获救", False),
        ("600", "They paid 1\u202f600 francs.", False),
        ("1 600", "They paid 1\u202f600 francs.", True),
        ("\u00ad", "No ship waits.", True),
    ],
)
def test_a_name_is_looked_for_as_whole_words_where_the_script_has_spaces_between_them(
    name: str, text: str, *, stands: bool
) -> None:
    assert said(text, name=name, anonymous=False) == ([] if stands else ["lint_name"])
    assert said(text, cue=name, quotes=[name]) == ([] if stands else ["lint_quote", "lint_cue"])


@pytest.mark.parametrize(("places", "codes"), [(999, []), (1000, ["lint_name", "lint_quote", "lint_cue"])])
def test_only_the_first_thousand_places_of_words_are_looked_at(places: int, codes: list[str]) -> None:
    assert said("navyx " * places + "navy", name="navy", anonymous=False, cue="navy", quotes=["navy"]) == codes


def test_the_command_names_the_warnings_that_it_cannot_check_without_a_text(tmp_path: Path, run: Run) -> None:
    write_jsonl(tmp_path / "articles.jsonl", [ARTICLE, attrs.evolve(ARTICLE, id="bare", text=None)])
    first, second = run("lint", tmp_path / "articles.jsonl").err.splitlines()
    assert first == "0 warnings in 2 articles"
    where, codes = second.split(": ")
    assert where == "not checked in 1 article without a text"
    assert set(codes.split(", ")) == {code for code, needs_text in ON_THE_PAGE.items() if needs_text}


def test_the_command_leads_to_each_warning_in_the_file_and_numbers_statements_as_show_does(
    tmp_path: Path, run: Run
) -> None:
    article = of(attrs.evolve(DENIED, cue="nowhere"), MINED)
    for indent, name in ((2, "article.json"), (None, "article.jsonl")):
        (file := tmp_path / name).write_text(f"{to_json(article, indent=indent)}\n", encoding="utf-8")
        shown = run("show", file).out
        cue, order = (line.removeprefix(f"{file}:") for line in run("lint", file).out.splitlines())
        places = [line.partition(f": {article.id}: ")[0].split(":") for line in (cue, order)]
        if indent:
            lines = file.read_text(encoding="utf-8").splitlines()
            starts = [lines[int(line) - 1][int(column) - 1 :] for line, column in places]
            assert starts == ['"nowhere",', "{"]
        else:
            assert places == [["1"], ["1"]]
        assert "2 Denial" in shown or "2 Outright denial" in shown
        assert f"denial 2 '{DENIED.id}': found 'nowhere'" in cue
        assert f"allegation 1 '{MINED.id}': " in order
        assert f"listed after denial 2 '{DENIED.id}'" in order


@pytest.mark.parametrize("wrong", [MINED, None, "text", [ARTICLE]])
def test_what_is_not_an_article_cannot_be_looked_at(wrong: Any) -> None:
    with pytest.raises(TypeError, match="Article"):
        lint(wrong)


VALUED = {*ON_THE_PAGE} - {"lint_unused", "lint_unplaced", "lint_order", "lint_same", "lint_copied"}
"""The codes of the warnings that begin with the value at their place."""
dense = articles(
    statements=statements(confirms=st.lists(ids(), max_size=3)) | denials(),
    max_actors=2, min_statements=2, published=partial_dates(),
)  # fmt: skip


@given(articles() | dense)
def test_every_article_can_be_looked_at_and_each_path_leads_to_what_the_warning_names(article: Article) -> None:
    found = lint(article)
    assert {issue.code for issue in found} <= set(ON_THE_PAGE)
    places = [(["language", "actors", "statements"].index(str(issue.path[0])), *issue.path[1:2]) for issue in found]
    assert places == sorted(places)
    for issue in found:
        here: Any = to_dict(article)
        for step in issue.path:
            here = here[step]
        if issue.code in VALUED and re.fullmatch(r"[\w.:-]{1,70}", here, re.ASCII):
            assert re.search(rf"(^|: )found '{re.escape(here)}', ", issue.message)
