from __future__ import annotations

import re
from collections.abc import Callable
from itertools import accumulate
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given, strategies as st

from geoclaims import Actor, Allegation, Article, Denial, PartialDate, Span, Statement, to_dict, to_json, write_jsonl
from geoclaims.annotation import lint
from geoclaims.strategies import articles
from tests.conftest import Run

PAGE = (Path(__file__).parents[1] / "docs" / "reference" / "annotation.md").read_text(encoding="utf-8")
ON_THE_PAGE = dict(re.findall(r"^\| `(lint_\w+)` \|.*\| (yes )?\|$", PAGE, re.MULTILINE))
"""The code of each warning, and whether it needs the text."""

# An article without warnings: each sentence carries a statement of its own actor, in two passages.
SENTENCES = [
    f"Norland{n}, the North{n} or N{n}, said: “We laid mines{n},” in Port Esk{n}, “in the bay{n}.”" for n in range(5)
]
TEXT = " ".join(SENTENCES)
DAY = PartialDate(2031, 5, 7)


def sentence(n: int, **more: Any) -> Any:
    """The fields of the statement that a sentence carries."""
    spans = [Span.find(TEXT, f"N{n}, said: “We laid mines{n},”"), Span.find(TEXT, f"in the bay{n}.”")]
    fields = {"id": f"s{n}", "speaker": f"a{n}", "content": f"It laid mines{n}.", "cue": "SAID", "date": DAY}
    return {
        **fields,
        "quotes": [f"We laid mines{n}.", f"in the bay{n}"],
        "event_place": f"port  Esk{n}",
        "spans": spans,
        **more,
    }


STATEMENTS = [
    Allegation(**sentence(0, accused=["a1", "a2"])),
    Allegation(**sentence(1, accused=["a0"], about=["a2"])),
    Statement(**sentence(2, confirms=["s0", "s1"], about=["a0", "a1", "a3", "a4"])),
    Denial(**sentence(3, denies=["s0", "s1"], confirms=["s2"])),
    Denial(**sentence(4, denies=["s1"], confirms=["s0", "s2"])),
]
ACTORS = [Actor(id=f"a{n}", name=f"Norland{n}", aliases=[f"north{n}", f"N{n}"]) for n in range(5)]
ARTICLE = Article(id="example", language="en", published=DAY, actors=ACTORS, statements=STATEMENTS, text=TEXT)

Place = tuple[str | int, ...]
Change = Callable[[Any, int], tuple[Any, Place]]
"""What makes a thing break a rule, at one of several places: the thing then, and where the warning leads in it."""


def with_changes(thing: Any, field: str, value: Any) -> Any:
    """The thing with another value in a field."""
    return attrs.evolve(thing, **{field: value})


def with_(**fields: Any) -> Change:
    """A change of a field."""
    ((name, value),) = fields.items()
    return lambda thing, _: (with_changes(thing, name, value), (name,))


def among(field: str, *added: str) -> Change:
    """A change that puts something among the elements of a field."""

    def changed(thing: Any, at: int) -> tuple[Any, Place]:
        values = getattr(thing, field)
        at %= len(values) + 1
        return with_changes(thing, field, [*values[:at], *added, *values[at:]]), (field, at)

    return changed


def cut(statement: Any) -> list[Span]:
    """The passages, without the first letter of the first."""
    first, *others = statement.spans
    return [Span.of(TEXT, first.start + 1, first.end), *others]


def answers_itself(statement: Any, at: int) -> tuple[Any, Place]:
    answers = [(field, n) for field in ("confirms", "denies") for n, _ in enumerate(getattr(statement, field, ()))]
    field, number = answers[at % len(answers)]
    return attrs.evolve(statement, speaker=f"a{getattr(statement, field)[number][1:]}"), (field, number)


# What breaks each rule: the number of the first thing for which it does, and how.
FAULTS: list[tuple[str, str, int, Change]] = [
    ("lint_name", "actors", 0, lambda actor, _: (attrs.evolve(actor, name="Atlantis", aliases=()), ("name",))),
    ("lint_name", "actors", 0, among("aliases", "Atlantis")),
    ("lint_name", "statements", 0, with_(event_place="Esk Bay")),
    ("lint_unplaced", "statements", 0, lambda statement, _: (attrs.evolve(statement, spans=()), ())),
    ("lint_copied", "statements", 0, with_(content="Or n3, SAID “we laid mines3” in Port Esk3, in the bay.")),
    (
        "lint_cut",
        "statements",
        0,
        lambda statement, _: (with_changes(statement, "spans", cut(statement)), ("spans", 0)),
    ),
    ("lint_quote", "statements", 0, among("quotes", "mines")),
    ("lint_cue", "statements", 0, with_(cue="aid")),
    ("lint_date", "statements", 0, with_(date=PartialDate(2031, 5, 8))),
    ("lint_self", "statements", 2, answers_itself),
    ("lint_contradiction", "statements", 3, among("confirms", "s1")),
]


@given(number=st.integers(0, 4), at=st.integers(0, 3))
@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault[0])
def test_a_warning_leads_to_what_it_names_wherever_it_stands(
    fault: tuple[str, str, int, Change], number: int, at: int
) -> None:
    code, section, first, change = fault
    things = list(getattr(ARTICLE, section))
    number = max(number, first)
    things[number], path = change(things[number], at)
    article = with_changes(ARTICLE, section, things)
    (warning,) = lint(article)
    assert (warning.code, warning.path) == (code, (section, number, *path))
    here: Any = to_dict(article)
    for step in warning.path:
        here = here[step]
    assert code in {"lint_copied", "lint_cut"} or repr(here if type(here) is str else here["id"]) in warning.message


@given(number=st.integers(0, 4), alias=st.integers(0, 1))
def test_a_name_may_stand_in_a_form_that_the_text_does_not_have_if_an_alias_is_there(number: int, alias: int) -> None:
    actors = list(ACTORS)
    actors[number] = attrs.evolve(ACTORS[number], name="Atlantis", aliases=[ACTORS[number].aliases[alias]])
    assert lint(attrs.evolve(ARTICLE, actors=actors)) == ()


@given(number=st.integers(0, 4))
def test_a_warning_of_a_thing_that_is_too_much_leads_to_it(number: int) -> None:
    silent = [*ACTORS[:number], Actor(id="silent", name="Port"), *ACTORS[number:]]
    assert found_in(attrs.evolve(ARTICLE, actors=silent)) == [("lint_unused", ("actors", number))]
    for section, field in (("actors", "on_behalf_of"), *(("statements", name) for name in ("about", "reported_by"))):
        things: list[Any] = [*(silent if section == "actors" else STATEMENTS)]
        value = "silent" if section == "actors" else ["silent"]
        things[number - 1] = with_changes(things[number - 1], field, value)
        referred = with_changes(attrs.evolve(ARTICLE, actors=silent), section, things)
        assert "lint_unused" not in dict(found_in(referred))
    again = [attrs.evolve(STATEMENTS[number], id=id, content="It did.") for id in ("second", "third")]
    thrice = attrs.evolve(ARTICLE, statements=[*STATEMENTS[: number + 1], *again, *STATEMENTS[number + 1 :]])
    assert found_in(thrice) == [("lint_same", ("statements", number + each)) for each in (1, 2)]
    assert [each for each in lint(thrice) if repr(STATEMENTS[number].id) not in each.message] == []
    assert found_in(attrs.evolve(ARTICLE, language="english-GB")) == [("lint_language", ("language",))]


def found_in(article: Article) -> list[tuple[str, Place]]:
    return [(issue.code, issue.path) for issue in lint(article)]


def test_every_code_of_the_page_has_its_place_tested() -> None:
    assert {*ON_THE_PAGE} == {code for code, *_ in FAULTS} | {"lint_unused", "lint_same", "lint_language", "lint_order"}


@pytest.mark.parametrize("field", sorted({name for one in STATEMENTS for name in attrs.fields_dict(type(one))}))
def test_two_say_the_same_whose_passages_speaker_accused_and_denied_are_the_same(field: str) -> None:
    for one, other in ((STATEMENTS[0], STATEMENTS[1]), (STATEMENTS[4], STATEMENTS[3])):
        if hasattr(one, field):
            again = attrs.evolve(with_changes(one, field, getattr(other, field)), id="again")
            codes = [code for code, _ in found_in(attrs.evolve(ARTICLE, statements=[*STATEMENTS, again]))]
            assert ("lint_same" in codes) == (field not in {"spans", "speaker", "accused", "denies"})
    plain = Statement(**sentence(0, id="plain"))
    assert "lint_same" not in [code for code, _ in found_in(attrs.evolve(ARTICLE, statements=[*STATEMENTS, plain]))]


@given(st.permutations([[0], [0, 3], [0, 1], [2], [2, 4], [5], []]))
def test_statements_stand_in_the_order_in_which_their_passages_begin_and_then_end(places: list[list[int]]) -> None:
    words = [Span.of(TEXT, *word.span()) for word in re.finditer(r"\S+", TEXT)]
    said = [Statement(**sentence(0, id=f"s{n}", spans=[words[each] for each in at])) for n, at in enumerate(places)]
    found = found_in(attrs.evolve(ARTICLE, statements=said))
    ends = [(at[0], at[-1]) if at else (-1, -1) for at in places]
    late = [n for n, (at, last) in enumerate(zip(ends, accumulate(ends, max), strict=True)) if at[0] >= 0 and at < last]
    assert [path for code, path in found if code == "lint_order"] == [("statements", n) for n in late]
    assert [path for code, path in found if code == "lint_unplaced"] == [
        ("statements", n) for n, at in enumerate(places) if not at
    ]


@pytest.mark.parametrize(
    "right",
    [
        *({"quotes": quotes} for quotes in ([], ["“We laid mines0 …", "in the bay0 ."])),
        *({"cue": cue} for cue in (None, "said", "bay0")),
        *({"spans": (), **text} for text in ({"quotes": ["Port Esk0"]}, {"cue": "nowhere"})),
        {"content": "The n0, said we laid mines0 in Esk0, in the bay0."},
    ],
)
def test_what_a_passage_has_in_other_capitals_and_with_other_marks_is_no_mistake(right: Any) -> None:
    found = found_in(attrs.evolve(ARTICLE, statements=[attrs.evolve(STATEMENTS[0], **right), *STATEMENTS[1:]]))
    assert found == [("lint_unplaced", ("statements", 0))] * ("spans" in right)


@pytest.mark.parametrize("language", ["en", "yue-Hant", "x-english", None])
def test_a_language_may_have_a_code_of_three_letters_or_one_of_its_own(language: str | None) -> None:
    assert lint(attrs.evolve(ARTICLE, language=language)) == ()


def test_names_of_the_anonymous_and_articles_without_a_text_are_not_looked_up() -> None:
    nobody = attrs.evolve(ACTORS[0], name="an official", aliases=["a source"])
    wrong = [attrs.evolve(STATEMENTS[0], quotes=["no"], cue="no", event_place="no"), *STATEMENTS[1:]]
    assert lint(attrs.evolve(ARTICLE, actors=[attrs.evolve(nobody, anonymous=True), *ACTORS[1:]])) == ()
    assert lint(attrs.evolve(ARTICLE, actors=[nobody, *ACTORS[1:]], statements=wrong, text=None)) == ()


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
    late = [attrs.evolve(STATEMENTS[0], date=said), *(attrs.evolve(one, date=None) for one in STATEMENTS[1:])]
    found = lint(attrs.evolve(ARTICLE, statements=late, published=out))
    assert [f"{issue.code} {issue.json_path}" for issue in found] == ["lint_date $.statements[0].date"] * is_late


def said(text: str, *passages: str, name: str = "it", anonymous: bool = True, **changes: Any) -> list[str]:
    """The codes for one statement in these passages of a text."""
    spans = [Span.of(text, text.index(passage), text.index(passage) + len(passage)) for passage in passages or [text]]
    statement = attrs.evolve(Statement(id="s", speaker="it", content="!", spans=spans), **changes)
    actor = Actor(id="it", name=name, anonymous=anonymous)
    return [issue.code for issue in lint(Article(id="a", actors=[actor], statements=[statement], text=text))]


@pytest.mark.parametrize(
    ("quote", "codes"),
    [("We laid mines", []), ("but few", []), ("it said", ["lint_quote"]), ("We Laid mines", ["lint_quote"])],
)
def test_a_quote_stands_in_one_passage(quote: str, codes: list[str]) -> None:
    assert said("We laid mines, it said, but few.", "We laid mines", "but few", quotes=[quote]) == codes


def test_a_quote_that_the_text_does_not_have_is_told_with_and_without_passages() -> None:
    for spans in (STATEMENTS[0].spans, ()):
        lost = attrs.evolve(STATEMENTS[0], quotes=["We laid one mine0"], spans=spans)
        found = found_in(attrs.evolve(ARTICLE, statements=[lost, *STATEMENTS[1:]]))
        assert ("lint_quote", ("statements", 0, "quotes", 0)) in found


@pytest.mark.parametrize(
    ("passage", "more"), [("They laid 12", "00"), ("They did", "n’t"), ("十二", "万"), ("They saw a", "\u0301")]
)
def test_a_word_or_number_that_has_grown_at_the_edge_of_a_passage_is_told(passage: str, more: str) -> None:
    text = f"{passage} , it said."
    claim = Statement(id="s", speaker="it", content="!", spans=[Span.find(text, passage)])
    article = Article(id="a", actors=[Actor(id="it", name="it", anonymous=True)], statements=[claim])
    for added in ("", more):
        copy = article.with_text(text.replace(" ,", f"{added},"))
        assert [issue.code for issue in lint(copy)] == ["lint_cut"] * bool(added)


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
    content = data.draw(st.sampled_from(["{}", "X {}", "{} X", "X {} X"])).format(run.strip("“”.,:").upper())
    expected = between.join(words[first : first + enough]) if last - first >= enough else None
    shown = copied(text, content)
    assert (shown and shown.casefold()) == (expected and expected.strip("“”.,:").casefold())


def test_words_and_characters_without_spaces_count_together() -> None:
    text = f"{CHINESE[:6]} on board the Esk in May 水雷"
    assert copied(text, text) == text[:-3]
    assert copied(text, text.replace("May", "June")) is None


@pytest.mark.parametrize(
    ("name", "text", "stands"),
    [
        ("Iran", "Iranian ships wait, the Iranians say.", False),
        ("Iran", "Iranian ships wait off Iran’s coast.", True),
        ("Iran", "The fleet of Iran – backed by Sudria – waits.", True),
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
    ],
)
def test_a_name_is_looked_for_as_whole_words_where_the_script_has_spaces_between_them(
    name: str, text: str, *, stands: bool
) -> None:
    assert said(text, name=name, anonymous=False) == ([] if stands else ["lint_name"])
    assert said(text, cue=name, quotes=[name]) == ([] if stands else ["lint_quote", "lint_cue"])


def test_a_name_or_cue_that_cannot_be_seen_is_not_missed() -> None:
    assert said("No ship waits.", name="\u00ad", anonymous=False, cue="\u00ad") == []


def test_a_name_may_stand_behind_a_hyphen_and_a_quote_or_cue_may_not() -> None:
    text = "US-China talks, US\u2011China talks"
    for name in ("US", "China"):
        assert said(text, name=name, anonymous=False, event_place=name) == []
    assert said(text, quotes=["China"], cue="China talks") == ["lint_quote", "lint_cue"]
    assert said(text, "China talks,") == ["lint_cut"]


def test_an_alias_that_the_text_does_not_have_is_to_be_taken_out_and_a_name_to_get_an_alias() -> None:
    article = attrs.evolve(ARTICLE, actors=[attrs.evolve(actor, aliases=["Atlantis"]) for actor in ACTORS])
    said = [issue.message for issue in lint(article)]
    assert said == [each for each in said if "take it out" in each and "as an alias" not in each] != []
    article = attrs.evolve(ARTICLE, actors=[attrs.evolve(actor, name="Atlantis", aliases=()) for actor in ACTORS])
    assert [issue for issue in lint(article) if "add that form as an alias" not in issue.message] == []


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
    article = attrs.evolve(
        ARTICLE, statements=[attrs.evolve(STATEMENTS[1], cue="nowhere"), STATEMENTS[0]], actors=ACTORS[:3]
    )
    for indent, name in ((2, "article.json"), (None, "article.jsonl")):
        (file := tmp_path / name).write_text(f"{to_json(article, indent=indent)}\n", encoding="utf-8")
        lines = file.read_text(encoding="utf-8").splitlines()
        cue, order = (line.removeprefix(f"{file}:") for line in run("lint", file).out.splitlines())
        places = [line.partition(f": {article.id}: ")[0].split(":") for line in (cue, order)]
        if indent:
            starts = [lines[int(line) - 1][int(column) - 1 :] for line, column in places]
            assert starts == ['"nowhere",', "{"]
        else:
            assert places == [["1"], ["1"]]
        assert "2 Allegation" in run("show", file).out
        assert "allegation 2 's1': found 'nowhere'" in cue
        assert "allegation 1 's0': " in order
        assert "listed after allegation 2 's1'" in order


@pytest.mark.parametrize("wrong", [STATEMENTS[0], None, "text", [ARTICLE]])
def test_what_is_not_an_article_cannot_be_looked_at(wrong: Any) -> None:
    with pytest.raises(TypeError, match="Article"):
        lint(wrong)


@given(articles())
def test_every_article_can_be_looked_at_and_has_its_warnings_in_its_order(article: Article) -> None:
    found = lint(article)
    assert {issue.code for issue in found} <= set(ON_THE_PAGE)
    places = [(["language", "actors", "statements"].index(str(issue.path[0])), *issue.path[1:2]) for issue in found]
    assert places == sorted(places)
