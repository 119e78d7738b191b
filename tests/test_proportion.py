"""Work and output stay in proportion to the input: what grows is compared at one size and three times it, not timed."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import example, given, strategies as st

from geoclaims import (
    Actor,
    ActorKind,
    Allegation,
    AnchorError,
    Article,
    Denial,
    Span,
    Statement,
    UnknownIdError,
    ValidationError,
    from_dict,
    from_json,
    interop,
    to_json,
)
from geoclaims.annotation import read_draft
from geoclaims.corpus import Corpus, Link, LinkKind
from tests.conftest import Run, Work, imported

SIZES = (12, 36)


def dangling(ids: Sequence[str], wrong: Sequence[str]) -> ValidationError:
    """The error of an article with actors of some ids and statements by others."""
    statements = [
        {"type": "statement", "id": f"s{number}", "speaker": speaker, "content": "c"}
        for number, speaker in enumerate(wrong)
    ]
    actors = [{"id": id, "name": "A"} for id in ids]
    with pytest.raises(ValidationError) as caught:
        from_dict({"schema_version": "1.0", "id": "a", "actors": actors, "statements": statements})
    return caught.value


def test_for_the_first_few_references_that_lead_nowhere_a_near_id_is_named() -> None:
    ids = [f"ministry-{number}" for number in range(20)]
    messages = [issue.message for issue in dangling(ids, [f"x{id[1:]}" for id in ids]).issues]
    assert ["'ministry-" in message for message in messages] == [True] * 5 + [False] * 15


def test_an_object_is_never_suggested_where_it_must_not_refer_to_itself() -> None:
    said = {"type": "statement", "id": "claim1", "speaker": "navy", "content": "c", "about": ["claim2"]}
    navy = {"id": "navy", "name": "The Navy", "on_behalf_of": "navyy"}
    with pytest.raises(ValidationError) as caught:
        from_dict({"schema_version": "1.0", "id": "a", "actors": [navy], "statements": [said]})
    assert [issue.path[-1] for issue in caught.value.issues] == ["on_behalf_of", 0]
    for issue, id in zip(caught.value.issues, ("navy", "claim1"), strict=True):
        assert str(issue).count(f"'{id}'") == 1


@pytest.mark.parametrize("number", [500, 501])
def test_among_more_than_five_hundred_ids_no_near_one_is_named(number: int) -> None:
    (issue,) = dangling([f"ministry-{each}" for each in range(number)], ["minstry-7"]).issues
    assert ("'ministry-7'" in issue.message) == (number == 500)


words = st.text("abAB", min_size=1, max_size=6)


@given(words, st.lists(words, unique=True))
def test_the_nearest_id_is_that_which_difflib_finds(word: str, known: list[str]) -> None:
    others = [each for each in known if each != word]
    close: Any = difflib.get_close_matches(word, others, n=1)
    folded = {each.casefold(): each for each in others}
    close = close or [folded[each] for each in difflib.get_close_matches(word.casefold(), folded, n=1)]
    with pytest.raises(UnknownIdError) as caught:
        Article(id="a", actors=[Actor(id=id, name="A") for id in others]).actor(word)
    assert caught.value.nearest == (close[0] if close else None)


def article_of(statements: Sequence[Statement], *actors: Actor, **fields: Any) -> Article:
    """An article of some statements, with an actor `a` that may speak."""
    return Article(id="a", actors=[*actors, Actor(id="a", name="A")], statements=statements, **fields)


def said(number: int, **fields: Any) -> list[Statement]:
    return [Statement(id=f"s{n}", speaker="a", content="c", **fields) for n in range(number)]


def long(number: int) -> str:
    """A text about as long as so many statements."""
    return "long " * (15 * number)


def a_name(number: int) -> Article:
    """A long name of one who speaks, passes on, is accused, has proxies and confirms all."""
    proxies = [Actor(id=f"p{n}", name="P", on_behalf_of="b") for n in range(number)]
    fields: dict[str, Any] = {"speaker": "b", "content": "c", "reported_by": ["b"]}
    accusing = [Allegation(id=f"s{n}", accused=["b"], **fields) for n in range(number)]
    other = Allegation(id="s", speaker="a", content="c", accused=[actor.id for actor in proxies])
    whole = Statement(id="t", confirms=[each.id for each in accusing], **fields)
    return article_of([*accusing, other, whole], Actor(id="b", name=long(number), role=long(number)), *proxies)


def a_chain(number: int) -> Article:
    kinds: dict[str, Any] = {"kind": ActorKind.ORGANIZATION, "country": "CHN"}
    length = 4 * number
    actors = [Actor(id=f"p{n}", name="P", on_behalf_of=f"p{n + 1}", **kinds) for n in range(length)]
    accusing = [Allegation(id=f"s{n}", speaker=f"p{n}", content="c", accused=["p0"]) for n in range(number)]
    return article_of(accusing, *actors, Actor(id=f"p{length}", name="P", kind=ActorKind.STATE, country="PRK"))


def a_content(number: int) -> Article:
    """A long denial of many, which confirm it and are about it, and which is denied itself."""
    denied = said(number, about=["d"], confirms=["d"])
    denial = Denial(id="d", speaker="a", content=long(number), denies=[each.id for each in denied], quotes=[long(1)])
    return article_of([*denied, denial, Denial(id="e", speaker="a", content="c", denies=["d"])])


def the_article_itself(number: int) -> Article:
    url = f"https://example.org/{'a' * 75 * number}"
    return article_of(
        said(number, quotes=["q"]), title=long(number), publisher=long(number), url=url, archived_at=url, annotator="A"
    )


def quotes(number: int) -> Article:
    return article_of([Statement(id="s", speaker="a", content="c", quotes=["q"] * (20 * number))])


def the_accused(number: int) -> Article:
    actors = [Actor(id=f"{n}", name="B") for n in range(3 * number)]
    ids = [actor.id for actor in actors]
    accusing = [Allegation(id=f"s{n}{'i' * 90}", speaker="0", content="c", accused=ids) for n in range(20)]
    return Article(id="i" * 100, actors=actors, statements=accusing)


def the_text(number: int) -> Article:
    text = long(number)
    whole = Span.of(text, 0, len(text))
    return article_of(said(number, spans=[whole]), text=text)


def overlapping(number: int) -> Article:
    text = "x" * 400 * number
    claims = [attrs.evolve(each, spans=[Span.of(text, n, n + 300 * number)]) for n, each in enumerate(said(number))]
    return article_of(claims, text=text)


def escapes(number: int) -> Article:
    text = "x" + "<'\"\U000e0001\u202e" * (10 * number)
    return article_of(said(number, about=["b", "a"]), Actor(id="b", name=text, aliases=[text]), title=text)


def small(number: int) -> Article:
    return article_of(said(number), *(Actor(id=f"{n}", name="N") for n in range(number)))


def links_of_ampersands(number: int) -> Article:
    """Each statement answers twenty before it and is about twenty others; one character of it is five in HTML."""
    statements: list[Statement] = [Statement(id="s0", speaker="b", content="&" * 125)]
    for n in range(1, 5 * number // 2):  # so that there are twenty for most of them
        before = [f"s{m}" for m in range(max(0, n - 20), n)]
        others = [f"s{m}" for m in range(max(0, n - 40), max(0, n - 20))]
        fields: dict[str, Any] = {"content": "&" * 125, "about": others, "confirms": before, "denies": before}
        statements.append(Denial(id=f"s{n}", speaker="b", **fields))
    return article_of(statements, Actor(id="b", name="&" * 125))


def answers_by_ampersands(number: int) -> Article:
    """Each statement answers the five before it, and all name five actors; one character of a name is five in SVG."""
    ids = [f"p{n}" for n in range(5)]
    actors = [Actor(id=id, name="&" * 80, on_behalf_of=f"p{n - 1}" if n else None) for n, id in enumerate(ids)]
    statements: list[Statement] = [Statement(id="s0", speaker="p0", content="c")]
    for n in range(1, number):
        before = [f"s{m}" for m in range(max(0, n - 5), n)]
        fields: dict[str, Any] = {"speaker": ids[n % 5], "content": "c", "reported_by": ids, "confirms": before}
        turns: list[Statement] = [
            Allegation(id=f"s{n}", accused=ids, **fields),
            Denial(id=f"s{n}", denies=before, **fields),
            Statement(id=f"s{n}", **fields),
        ]
        statements.append(turns[n % 3])
    return article_of(statements, *actors)


def contents_in_many_rows(number: int) -> Article:
    denied = [Statement(id=f"{n}", speaker="b" * 100, content='"' * 200) for n in range(20)]
    ids = [each.id for each in denied]
    denying = [Denial(id=f"d{n}", speaker="a", content="c", denies=ids, about=ids) for n in range(5 * number)]
    return article_of([*denied, *denying], Actor(id="b" * 100, name='"' * 200))


def quotes_beside_an_address(number: int) -> Article:
    return attrs.evolve(quotes(number), url=f"https://example.org/{'a' * 180}")


def proxies_of_a_long_name(number: int) -> Article:
    actors = [Actor(id=f"p{n}", name="P", on_behalf_of="b") for n in range(number)]
    accusing = Allegation(id="s", speaker="a", content="c", accused=[actor.id for actor in actors])
    return article_of([accusing], Actor(id="b", name="😀" * 200), *actors)


LONGEST_REPEATED_URL = "https://example.org/" + '"' * 180
# What is repeated is as long as it may be; what pages and pictures cut is measured by their own tests.
OF_LONG_TEXTS = [contents_in_many_rows, quotes_beside_an_address, proxies_of_a_long_name]
FAMILIES = [
    *(a_name, a_chain, a_content, the_article_itself, quotes, the_accused, the_text, overlapping, escapes, small),
    *(links_of_ampersands, answers_by_ampersands),
]
DOCS = Path(__file__).parents[1] / "docs"


@cache
def made(family: Callable[[int], Article], number: int) -> tuple[Article, str]:
    """An article of a family, and its JSON."""
    article = family(number)
    return article, to_json(article)


def multiples() -> dict[str, int]:
    """By each output, how many times as many characters as the input the pages say that it has at most."""
    formats = (DOCS / "reference" / "left-out.md").read_text(encoding="utf-8")
    found = re.findall(r"^\| `(\w+)` \|.*; at most ([0-9]+) times as long \|", formats, re.MULTILINE)
    sizes = (DOCS / "reference" / "untrusted-input.md").read_text(encoding="utf-8").partition("## Size of outputs")[2]
    rows = re.findall(r"^\| (`[^|]*) \| ([0-9]+) \|$", sizes, re.MULTILINE)
    return {name: int(times) for names, times in [*found, *rows] for name in re.findall("[a-z]+", names)}


@pytest.mark.parametrize("output", [pytest.param("show", marks=pytest.mark.slow), *sorted({*multiples()} - {"show"})])
def test_an_output_is_at_most_so_many_times_its_input_and_so_is_the_work(
    output: str, exported: Callable[[str, Article], Mapping[str, str]], tmp_path: Path, run: Run, work: Work
) -> None:
    def write(article: Article, text: str) -> int:
        match output:
            case "show":
                (file := tmp_path / "article.json").write_text(text, encoding="utf-8")
                return len(run("show", file).out)
            case "notebook":
                return len(article._repr_html_())
            case "arrow" | "parquet":
                imported("pyarrow")
                size: int = interop.to_arrow([article]).nbytes
                return size
            case _:  # reading is a part of the work
                return sum(map(len, exported(output, from_json(text) if output == "jsonl" else article).values()))

    most = multiples()[output]
    write(*made(small, 1))  # what is made once is no work of the first
    for family in FAMILIES + ([] if output in {"html", "svg", "notebook", "show"} else OF_LONG_TEXTS):
        (times, calls, size), (times_of_more, more_calls, more) = (
            (written / len(text), calls, len(text))
            for article, text in (made(family, number) for number in SIZES)
            for written, calls in [work(partial(write, article, text))]
        )
        assert max(times, times_of_more) <= most, family
        assert times_of_more <= 1.5 * times + 1, family
        # Three times as much makes nine times the work if all are compared with all.
        assert more_calls <= 1.5 * calls * more / size, family


def reports_of_one_claim(number: int) -> Corpus:
    """Reports that tell the same, each with a denial; one character of what is said is five in HTML."""
    said = Denial(id="d", speaker="a", content="&" * 200, denies=["s"])
    claim = Statement(id="s", speaker="a", content="c")
    articles = [
        Article(id=f"r{n}", title="&" * 60, actors=[Actor(id="a", name="A")], statements=[claim, *[said][n // 20 :]])
        for n in range(number)
    ]
    links = [Link(kind=LinkKind.SAME, source=f"r{n}/s", target="r0/s") for n in range(1, number)]
    return Corpus(articles=articles, links=links)


def test_links_of_a_corpus_make_a_page_at_most_three_times_as_long_as_that_and_the_work_stays_in_proportion(
    work: Work,
) -> None:
    lengths, calls = [], []
    for number in (30, 90):  # with fewer than twenty, each more is shown at every other
        corpus = reports_of_one_claim(number)
        page, count = work(partial(interop.to_html, corpus))
        assert len(page) <= 3 * multiples()["html"] * sum(map(len, map(to_json, (*corpus.articles, *corpus.links))))
        lengths.append(len(page))
        calls.append(count)
    assert lengths[1] <= 3 * lengths[0]
    assert calls[1] <= 3.5 * calls[0]


@pytest.mark.parametrize("number", [100, 400])
def test_an_error_is_at_most_a_hundred_lines_whatever_the_input(number: int) -> None:
    text = "x'\u202e" * (30 * number)
    actors = [{"id": "i" * 100 + f"{n}", "name": 5, text + f"{n}": n, "kind": text} for n in range(number)]
    statements = [{"type": text, "id": f"{n}" * 20, "speaker": "i" * 99, "content": "c"} for n in range(number)]
    with pytest.raises(ValidationError) as caught:
        from_dict({"schema_version": "1.0", "id": "a", "actors": actors, "statements": statements})
    lines = str(caught.value).splitlines()
    assert len(lines) == 101
    assert max(map(len, lines)) <= 600


OUTLANDISH = st.text("a'\\\u202e\U000e0001…", min_size=1, max_size=120)


@given(st.lists(st.one_of(OUTLANDISH, st.sampled_from(["actors", "statements"])), max_size=62), OUTLANDISH)
@example(60 * ["\U000e0001" * 120], "a")
def test_no_line_of_an_error_is_long_whatever_the_keys_are_and_its_path_is_whole(keys: list[str], id: str) -> None:
    innermost = '{"id": 1, "id": 2}'
    for key in reversed(keys):
        of_list = key in {"actors", "statements"}
        innermost = f'{{"id": {json.dumps(id)}, {json.dumps(key)}: {f"[{innermost}]" if of_list else innermost}}}'
    with pytest.raises(ValidationError) as caught:
        from_json(innermost)
    assert max(map(len, str(caught.value).splitlines())) <= 1000
    for issue in caught.value.issues:
        assert len(str(issue)) <= 400 + len(f": {issue.message} [{issue.code}]")
        written = [step.replace("~1", "/").replace("~0", "~") for step in issue.pointer.split("/")[1:]]
        assert written == list(map(str, issue.path))


@pytest.mark.parametrize("longer", [1, 4])
def test_naming_the_nearest_place_takes_no_more_work_in_a_longer_text_or_for_a_longer_passage(
    longer: int, work: Work
) -> None:
    counts = []
    for number in (500, 4000):
        text = " ".join(f"the boats cut net{n}" for n in range(number))
        passage = " ".join(f"the boats cut net{n}" for n in range(0, 200 * longer, 2))

        def find(text: str = text, passage: str = passage) -> None:
            with pytest.raises(AnchorError, match=r"'.{0,16}the boats cut net.*'.*'the boats cut net"):
                Span.find(text, passage)

        counts.append(work(find)[1])
    assert counts[1] <= 2 * counts[0]


def doubled(value: Any, times: int = 60) -> Any:
    """A list or dictionary that holds another twice, which holds another twice, and so on."""
    return (
        value
        if not times
        else doubled([value] * 2 if isinstance(value, list) else {"a": value, "id": value}, times - 1)
    )


@pytest.mark.parametrize("value", [doubled(["https://example.org/a"]), doubled({})])
@pytest.mark.parametrize("key", ["id", "actors", "statements", "unknown"])
def test_what_stands_in_many_places_of_an_object_is_not_looked_into_where_the_format_has_no_place_for_it(
    key: str, value: Any
) -> None:
    for document in ({key: value}, {"actors": [{"same_as": value, key: value}], "statements": [{key: value}]}):
        for read in (from_dict, partial(read_draft, text="text")):
            with pytest.raises(ValidationError):
                read(document)


def refused(number: int) -> int:
    """How many issues an actor with so many unknown keys has."""
    with pytest.raises(ValidationError) as caught:
        from_dict({"id": "a", "name": "A", **{f"key{n}": n for n in range(number)}}, Actor)
    return len(caught.value.issues) + caught.value.omitted


def test_an_object_of_many_unknown_keys_is_refused_in_proportion_to_their_number(work: Work) -> None:
    counts = []
    for number in (500, 1000):  # with fewer, finding the keys that were meant costs more than all else
        issues, calls = work(partial(refused, number))
        assert issues == number
        counts.append(calls)
    assert counts[1] <= 2.5 * counts[0]


def asked(article: Article, id: str) -> int:
    """How many statements are by an actor and against it."""
    return len(article.by(id)) + len(article.against(id))


def test_a_question_about_a_chain_of_actors_costs_in_proportion_to_its_answer(work: Work) -> None:
    counts = []
    for number in SIZES:
        article, _ = made(a_chain, number)
        answer, calls = work(partial(asked, article, article.actors[-2].id))
        assert answer == 2 * number
        counts.append(calls)
    assert counts[1] <= 4 * counts[0]
