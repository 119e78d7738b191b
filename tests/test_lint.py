from __future__ import annotations

import re
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from hypothesis import given

from geoclaims import Actor, Allegation, Article, Denial, Span, Statement, write_jsonl
from geoclaims.annotation import lint
from geoclaims.strategies import articles

if TYPE_CHECKING:
    from tests.conftest import Run, Work

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
WE = Actor(id="we", name="we")
ARTICLE = Article(id="example", actors=ACTORS, statements=[MINED, DENIED], text=TEXT)


def warnings(article: Article) -> list[tuple[str, str]]:
    return [(issue.code, issue.json_path) for issue in lint(article)]


def with_first(**changes: Any) -> Article:
    return attrs.evolve(ARTICLE, statements=[attrs.evolve(MINED, **changes), DENIED])


def test_an_article_by_the_codebook_gives_no_warning() -> None:
    assert lint(ARTICLE) == ()


@pytest.mark.parametrize(("places", "is_found"), [(999, True), (1000, False)])
def test_words_that_are_parts_of_others_in_a_thousand_places_are_looked_for_no_further(
    places: int,
    is_found: bool,  # noqa: FBT001
) -> None:
    text = "navyx " * places + "navy"
    spans = [Span.of(text, 0, len(text))]
    said = Statement(id="s", speaker="navy", content="It.", cue="navy", quotes=["navy"], spans=spans)
    found = warnings(Article(id="a", actors=[Actor(id="navy", name="navy")], statements=[said], text=text))
    codes = [] if is_found else ["lint_name", "lint_quote", "lint_cue"]
    assert [code for code, _ in found] == codes


def test_a_quote_stands_in_one_passage() -> None:
    text = "We laid mines, it said, but few."
    spans = [Span.of(text, 0, 13), Span.of(text, 24, 31)]
    for quote, codes in (("We laid mines", []), ("but few", []), ("mines but", ["lint_quote"])):
        said = Statement(id="s", speaker="it", content="!", quotes=[quote], spans=spans)
        it = Actor(id="it", name="it")
        assert [code for code, _ in warnings(Article(id="a", actors=[it], statements=[said], text=text))] == codes


def test_looking_for_quotes_takes_work_in_proportion_to_quotes_and_passages(work: Work) -> None:
    counts = []
    for number in (50, 150):
        text = "We laid mines. " * number
        spans = [Span.of(text, 15 * n, 15 * n + 14) for n in range(number)]
        said = Statement(id="s", speaker="we", content="!", quotes=[f"few {n}" for n in range(number)], spans=spans)
        counts.append(work(partial(lint, Article(id="a", actors=[WE], statements=[said], text=text)))[1])
    assert counts[1] <= 4 * counts[0]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"quotes": ["grey fleet", "We laid nothing"]}, [("lint_quote", "$.statements[0].quotes[1]")]),
        ({"cue": "insisted"}, [("lint_cue", "$.statements[0].cue")]),
        ({"cue": "SAID"}, []),
        ({"cue": "aid"}, [("lint_cue", "$.statements[0].cue")]),
        ({"quotes": ["grey flee"]}, [("lint_quote", "$.statements[0].quotes[0]")]),
        ({"event_place": "Sudri"}, [("lint_name", "$.statements[0].event_place")]),
        ({"event_place": "Esk Bay"}, [("lint_name", "$.statements[0].event_place")]),
        ({"spans": []}, [("lint_unplaced", "$.statements[0]")]),
        (
            {"content": "It is the old harbour-master of the town who has not seen a ship since."},
            [],
        ),
        (
            {"content": "Says that “the old  harbour master of the town HAS not seen a ship”."},
            [("lint_copied", "$.statements[0].content")],
        ),
        ({"quotes": ["grey fleet” had"]}, []),
        ({"quotes": []}, []),
        ({"cue": None}, []),
    ],
)
def test_each_warning_stands_at_what_it_warns_of(changes: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    assert warnings(with_first(**changes)) == expected


def test_a_quote_that_ends_in_the_comma_of_the_article_is_warned_of() -> None:
    denied = attrs.evolve(DENIED, quotes=["We laid nothing,"])
    (issue,) = lint(attrs.evolve(ARTICLE, statements=[MINED, denied]))
    assert str(issue) == (
        "$.statements[1].quotes[0]: denial 'denied': found 'We laid nothing,', expected it without the comma at its "
        "end [lint_quote]"
    )


def test_words_that_are_counted_stand_between_spaces() -> None:
    nine = "a 25-year-old man who isn’t ill, they say, left"
    text = f"It is said that {nine} town on Monday."
    spans = [Span.of(text, 0, len(text))]
    for content, codes in ((f"{nine}.", []), (f"{nine} town.", ["lint_copied"])):
        said = Statement(id="s", speaker="we", content=content, spans=spans)
        actors = [attrs.evolve(WE, anonymous=True)]
        assert [code for code, _ in warnings(Article(id="a", actors=actors, statements=[said], text=text))] == codes


def test_to_confirm_oneself_is_warned_of() -> None:
    other = Statement(id="other", speaker="sudria", content="It knows.", confirms=["mined"], spans=DENIED.spans)
    own = attrs.evolve(other, id="own", content="It knows it.", confirms=["mined", "other"], spans=[])
    article = attrs.evolve(ARTICLE, statements=[MINED, other, own], text=None)
    assert warnings(article) == [
        ("lint_unplaced", "$.statements[2]"),
        ("lint_self", "$.statements[2].confirms[1]"),
    ]
    assert "found 'other', which has the same speaker, expected a statement of another speaker" in str(lint(article)[1])


def test_to_deny_oneself_is_warned_of() -> None:
    denied = attrs.evolve(DENIED, speaker="navy", denies=["mined"])
    assert warnings(attrs.evolve(ARTICLE, statements=[MINED, denied])) == [("lint_self", "$.statements[1].denies[0]")]


@pytest.mark.parametrize(
    ("language", "is_warned_of"),
    [("english", True), ("Deutsch-DE", True), ("en", False), ("yue-Hant", False), ("x-english", False), (None, False)],
)
def test_a_language_with_more_letters_than_any_code_has_is_warned_of(
    language: str | None,
    is_warned_of: bool,  # noqa: FBT001
) -> None:
    found = lint(attrs.evolve(ARTICLE, language=language))
    message = f"$.language: found '{language}', expected a code of two or three letters, such as 'en' [lint_language]"
    assert list(map(str, found)) == [message] * is_warned_of


def test_the_command_names_the_warnings_that_it_cannot_check_without_a_text(tmp_path: Path, run: Run) -> None:
    write_jsonl(tmp_path / "articles.jsonl", [ARTICLE, attrs.evolve(ARTICLE, id="bare", text=None)])
    first, second = run("lint", tmp_path / "articles.jsonl").err.splitlines()
    assert first == "0 warnings in 2 articles"
    where, codes = second.split(": ")
    assert where == "not checked in 1 article without a text"
    assert set(codes.split(", ")) == {code for code, needs_text in ON_THE_PAGE.items() if needs_text}


def test_statements_out_of_the_order_of_their_passages_are_warned_of() -> None:
    swapped = attrs.evolve(ARTICLE, statements=[DENIED, MINED])
    assert warnings(swapped) == [("lint_order", "$.statements[1]")]
    assert "found it at 0 to 88, after a statement at 90 to 123, expected the order" in str(lint(swapped)[0])
    unplaced = attrs.evolve(DENIED, id="other", spans=())
    assert warnings(attrs.evolve(ARTICLE, statements=[DENIED, unplaced, MINED])) == [
        ("lint_unplaced", "$.statements[1]"),
        ("lint_order", "$.statements[2]"),
    ]


def test_what_begins_together_is_in_the_order_in_which_it_ends() -> None:
    short = Statement(id="short", speaker="navy", content="It speaks.", spans=[Span.of(TEXT, 0, 8)])
    assert warnings(attrs.evolve(ARTICLE, statements=[short, MINED, DENIED])) == []
    swapped = attrs.evolve(ARTICLE, statements=[MINED, short, DENIED])
    assert warnings(swapped) == [("lint_order", "$.statements[1]")]
    assert "found it at 0 to 8, after a statement at 0 to 88, expected" in str(lint(swapped)[0])


def test_an_actor_that_nothing_refers_to_is_warned_of() -> None:
    extra = Actor(id="esk", name="Port Esk")
    assert warnings(attrs.evolve(ARTICLE, actors=[*ACTORS, extra])) == [("lint_unused", "$.actors[3]")]
    about = attrs.evolve(MINED, about=["esk"])
    assert warnings(attrs.evolve(ARTICLE, actors=[*ACTORS, extra], statements=[about, DENIED])) == []


def test_names_that_the_text_does_not_have_are_warned_of_unless_the_actor_is_anonymous() -> None:
    named = attrs.evolve(ACTORS[2], name="Sudreland", aliases=["SUDRIA", "the Sudrians"])
    assert warnings(attrs.evolve(ARTICLE, actors=[*ACTORS[:2], named])) == [
        ("lint_name", "$.actors[2].name"),
        ("lint_name", "$.actors[2].aliases[1]"),
    ]
    assert warnings(attrs.evolve(ARTICLE, actors=[*ACTORS[:2], attrs.evolve(named, anonymous=True)])) == []


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
        ("\u00ad", "No ship waits.", True),
    ],
)
def test_a_name_is_looked_for_as_whole_words_where_the_script_has_spaces_between_them(
    name: str, text: str, *, stands: bool
) -> None:
    said = Statement(id="s", speaker="a", content="A claim.", spans=[Span.of(text, 0, len(text))])
    article = Article(id="example", actors=[Actor(id="a", name=name)], statements=[said], text=text)
    assert warnings(article) == ([] if stands else [("lint_name", "$.actors[0].name")])


def test_two_statements_that_say_the_same_are_warned_of() -> None:
    again = attrs.evolve(MINED, id="again", content="It mined the harbour.", quotes=(), cue=None)
    same = attrs.evolve(ARTICLE, statements=[MINED, again, DENIED])
    assert warnings(same) == [("lint_same", "$.statements[1]")]
    assert "of 'mined' again" in str(lint(same)[0])
    for other in (
        attrs.evolve(again, accused=["norland"]),
        attrs.evolve(again, speaker="norland"),
        Statement(id="again", speaker="navy", content="It knows.", spans=again.spans),
    ):
        assert warnings(attrs.evolve(ARTICLE, statements=[MINED, other, DENIED])) == []
    twice = [attrs.evolve(DENIED, id=id, spans=()) for id in ("a", "b")]
    assert [code for code, _ in warnings(attrs.evolve(ARTICLE, statements=[MINED, *twice]))] == ["lint_unplaced"] * 2


def test_to_confirm_and_deny_the_same_is_warned_of() -> None:
    torn = attrs.evolve(DENIED, confirms=["mined"])
    assert warnings(attrs.evolve(ARTICLE, statements=[MINED, torn])) == [
        ("lint_contradiction", "$.statements[1].confirms[0]")
    ]
    other = Statement(id="other", speaker="navy", content="It knows.", spans=DENIED.spans)
    both = attrs.evolve(DENIED, confirms=["other"])
    assert warnings(attrs.evolve(ARTICLE, statements=[MINED, other, both])) == []


def test_without_a_text_only_what_needs_none_is_looked_at() -> None:
    article = attrs.evolve(with_first(quotes=["nowhere"], cue="nowhere", event_place="nowhere", spans=()), text=None)
    assert warnings(attrs.evolve(article, actors=[*ACTORS, Actor(id="esk", name="nowhere")])) == [
        ("lint_unused", "$.actors[3]"),
        ("lint_unplaced", "$.statements[0]"),
    ]


def test_a_warning_names_the_actor_or_statement_and_what_the_codebook_says() -> None:
    (issue,) = lint(with_first(cue="insisted"))
    assert str(issue) == (
        "$.statements[0].cue: allegation 'mined': found 'insisted', expected it in a passage of the statement, as it "
        "stands there [lint_cue]"
    )


def test_what_is_not_an_article_cannot_be_looked_at() -> None:
    with pytest.raises(TypeError, match="expected an Article"):
        lint(MINED)  # type: ignore[arg-type]


@given(articles())
def test_every_article_can_be_looked_at(article: Article) -> None:
    found = lint(article)
    assert {issue.code for issue in found} <= set(ON_THE_PAGE)
    places = [(["language", "actors", "statements"].index(str(issue.path[0])), *issue.path[1:2]) for issue in found]
    assert places == sorted(places)
