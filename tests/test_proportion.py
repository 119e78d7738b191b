"""Work and output stay in proportion to the input: what grows is compared at n, 2n and 4n, and nothing is timed."""

from __future__ import annotations

import difflib
import gc
import json
import random
import re
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given, strategies as st

from geoclaims import (
    Actor,
    ActorKind,
    Allegation,
    AnchorError,
    Article,
    Denial,
    PartialDate,
    Quantity,
    Span,
    Statement,
    ValidationError,
    _wording as wording,
    from_dict,
    from_json,
    interop,
    load_article,
    to_dict,
    to_json,
)
from geoclaims._command_line import main
from geoclaims._command_line.export import FORMATS
from geoclaims._command_line.layout import Layout
from geoclaims._command_line.show import page
from geoclaims._messages import nearest
from geoclaims._repeating import WHOLE, longest_repeated, size
from geoclaims.interop.articles import _digest_of as uuids
from geoclaims.strategies import articles

SIZES = (50, 100, 200)


def same_letters(number: int) -> list[str]:
    """Ids of 100 characters that are all alike, so that none can be told from another without comparing them."""
    chance = random.Random(1)
    return ["".join(chance.choices("ab", k=100)) for _ in range(number)]


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


def test_for_the_first_few_ids_that_lead_nowhere_a_near_one_is_named() -> None:
    ids = same_letters(300)
    messages = [issue.message for issue in dangling(ids, [f"x{id[1:]}" for id in ids[:20]]).issues]
    assert ["did you mean" in message for message in messages] == [True] * 5 + [False] * 15


def test_an_id_that_is_wrong_in_many_places_has_the_same_suggestion_in_each() -> None:
    error = dangling([f"ministry-{number}" for number in range(300)], ["minstry-7"] * 100)
    assert {issue.message.partition("; ")[2] for issue in error.issues} == {"did you mean 'ministry-7'?"}


@pytest.mark.parametrize("number", [500, 501])
def test_among_more_than_five_hundred_ids_no_near_one_is_named(number: int) -> None:
    (issue,) = dangling([f"ministry-{each}" for each in range(number)], ["minstry-7"]).issues
    assert ("did you mean 'ministry-7'?" in issue.message) == (number == 500)


words = st.text("abAB", min_size=1, max_size=6)


@given(words, st.lists(words, unique=True))
def test_the_nearest_word_is_that_which_difflib_finds(word: str, known: list[str]) -> None:
    close: Any = difflib.get_close_matches(word, known, n=1)
    folded = {each.casefold(): each for each in known}
    close = close or [folded[each] for each in difflib.get_close_matches(word.casefold(), folded, n=1)]
    assert nearest(word, known) == (close[0] if close else None)


def article_of(statements: Sequence[Statement], *actors: Actor, **fields: Any) -> Article:
    """An article of some statements, with an actor `a` that may speak."""
    return Article(id="a", actors=[*actors, Actor(id="a", name="A")], statements=statements, **fields)


def said(number: int, **fields: Any) -> list[Statement]:
    return [Statement(id=f"s{n}", speaker="a", content="c", **fields) for n in range(number)]


def long(number: int) -> str:
    """A text about as long as so many statements."""
    return "long " * (15 * number)


def a_name(number: int) -> Article:
    fields: dict[str, Any] = {"accused": ["b"], "reported_by": ["b"]}
    accusing = [Allegation(id=f"s{n}", speaker="b", content="c", **fields) for n in range(number)]
    return article_of(accusing, Actor(id="b", name=long(number), role=long(number)))


def a_name_that_is_hardly_short_enough(number: int) -> Article:
    return article_of(said(number, about=["b"]), Actor(id="b", name="'" * 500))


def a_principal(number: int) -> Article:
    actors = [Actor(id=f"p{n}", name="P", on_behalf_of="b") for n in range(number)]
    accusing = Allegation(id="s", speaker="a", content="c", accused=[actor.id for actor in actors])
    return article_of([accusing], Actor(id="b", name=long(number)), *actors)


def a_chain(number: int) -> Article:
    kinds: dict[str, Any] = {"kind": ActorKind.ORGANIZATION, "country": "CHN"}
    length = 4 * number
    actors = [Actor(id=f"p{n}", name="P", on_behalf_of=f"p{n + 1}", **kinds) for n in range(length)]
    accusing = [Allegation(id=f"s{n}", speaker=f"p{n}", content="c", accused=["p0"]) for n in range(number)]
    return article_of(accusing, *actors, Actor(id=f"p{length}", name="P", kind=ActorKind.STATE, country="PRK"))


def a_denial(number: int) -> Article:
    denied = [f"s{n}" for n in range(number)]
    denial = Denial(id="d", speaker="a", content=long(number), denies=denied, quotes=[long(1)])
    again = Denial(id="e", speaker="a", content="c", denies=["d"])
    return article_of([*said(number), denial, again])


def a_denial_that_is_confirmed(number: int) -> Article:
    denial = Denial(id="d", speaker="a", content="c", denies=[f"s{n}" for n in range(number)])
    return article_of([*said(number, confirms=["d"]), denial])


def denials(number: int) -> Article:
    denied = said(20)
    denying = [Denial(id=f"d{n}", speaker="a", content="c", denies=[each.id for each in denied]) for n in range(number)]
    return article_of([*denied, *denying])


def a_content(number: int) -> Article:
    whole = Statement(id="s", speaker="a", content=long(number))
    return article_of([whole, *said(number, about=["s"], confirms=["s"])])


def many_confirmed(number: int) -> Article:
    whole = Statement(id="s", speaker="a", content=long(number), confirms=[f"s{n}" for n in range(number)], cue=long(1))
    return article_of([*said(number), whole])


def a_name_that_confirms(number: int) -> Article:
    whole = Statement(id="s", speaker="b", content="c", confirms=[f"s{n}" for n in range(number)])
    return article_of([*said(number), whole], Actor(id="b", name=long(number)))


def the_article_itself(number: int) -> Article:
    url = f"https://example.org/{'a' * 75 * number}"
    return article_of(
        said(number, quotes=["q"]), title=long(number), publisher=long(number), url=url, archived_at=url, annotator="A"
    )


def quotes(number: int) -> Article:
    return article_of([Statement(id="s", speaker="a", content="c", quotes=["q"] * (20 * number))])


def the_accused(number: int) -> Article:
    actors = [Actor(id=f"{n}", name="B") for n in range(number)]
    ids = [actor.id for actor in actors]
    accusing = [Allegation(id=f"s{n}{'i' * 90}", speaker="0", content="c", accused=ids) for n in range(20)]
    return Article(id="i" * 100, actors=actors, statements=accusing)


def the_text(number: int) -> Article:
    text = long(number)
    whole = Span.of(text, 0, len(text))
    return article_of(said(number, spans=[whole]), text=text)


def escapes(number: int) -> Article:
    text = "x" + "<'\"\U000e0001\u202e" * (10 * number)
    return article_of(said(number, about=["b", "a"]), Actor(id="b", name=text, aliases=[text]), title=text)


def small(number: int) -> Article:
    return article_of(said(number), *(Actor(id=f"{n}", name="N") for n in range(number)))


FAMILIES = [
    *(
        a_name,
        a_name_that_is_hardly_short_enough,
        a_principal,
        a_chain,
        a_denial,
        a_denial_that_is_confirmed,
        denials,
        a_content,
        many_confirmed,
        a_name_that_confirms,
    ),
    *(the_article_itself, quotes, the_accused, the_text, escapes, small),
]
PAGE = Path(__file__).parents[1] / "docs" / "reference" / "untrusted-input.md"


def written_by_command(name: str, article: Article, folder: Path) -> int:
    """How many characters an export writes."""
    source, target = folder / "article.json", folder / "exported"
    source.write_text(to_json(article), encoding="utf-8")
    assert main(["export", "--to", name, "--output", str(target), str(source)]) == 0
    files = sorted(target.iterdir()) if target.is_dir() else [target]
    return sum(len(file.read_text(encoding="utf-8")) for file in files)


def shown(article: Article, folder: Path) -> int:
    del folder
    return sum(len(line) + 1 for line in page(article, Layout(80, styled=False)))


def in_a_notebook(article: Article, folder: Path) -> int:
    del folder
    return len(article._repr_html_())


def in_arrow(article: Article, folder: Path) -> int:
    del folder
    pytest.importorskip("pyarrow")
    size: int = interop.to_arrow([article]).nbytes
    return size


OUTPUTS: dict[str, Callable[[Article, Path], int]] = {
    "show": shown,
    "notebook": in_a_notebook,
    "arrow": in_arrow,
    **{name: partial(written_by_command, name) for name in FORMATS},
}


def multiples() -> dict[str, int]:
    """By each output how many times as many characters as the input the page says it has at most."""
    section = PAGE.read_text(encoding="utf-8").partition("## Size of outputs")[2].partition("##")[0]
    rows = re.findall(r"^\| `([a-z]+)`[^|]* \| ([0-9]+) \|$", section, re.MULTILINE)
    return {name: int(times) for name, times in rows}


def test_the_length_of_an_article_is_estimated_to_a_tenth() -> None:
    article = load_article()
    assert 0.9 * len(to_json(article)) <= size(article) <= len(to_json(article))


@given(articles(), st.integers(-2, 2))
def test_texts_are_cut_where_an_output_would_repeat_ten_times_as_much_as_the_article_is_long(
    article: Article, more: int
) -> None:
    length = size(article)
    assert length <= len(to_json(article))
    assert (longest_repeated(article, 10 * length + more) == WHOLE) == (more <= 0)


@pytest.mark.parametrize(
    "value", [Actor(id="a", name="A"), Quantity(minimum=1, unit="u"), Span(0, 5, f"1:5:{'0' * 16}")]
)
def test_what_an_object_is_taken_to_be_long_is_little_less_than_its_json(value: Any) -> None:
    assert len(to_json(value)) - 3 <= size(value) <= len(to_json(value))


def test_all_that_a_page_repeats_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wording, "longest_repeated", lambda _, repeated: repeated)
    china = Actor(id="china", name="China")
    lin = Actor(id="lin", name="Lin", role="spokesman", on_behalf_of="china")
    spans = [Span.of("x" * 50, 3, 8), Span.of("x" * 50, 10, 24)]
    s1 = Allegation(id="s1", speaker="lin", content="Troops.", accused=["china"])
    s2 = Allegation(id="s2", speaker="china", content="No.", accused=["lin"])
    s3 = Denial(id="s3", speaker="lin", content="Never.", denies=["s1", "s2"], spans=spans)
    s4 = Statement(id="s4", speaker="china", content="Yes.", confirms=["s3"])
    s5 = Denial(id="s5", speaker="china", content="Not so.", denies=["s2"])
    article = Article(id="a", actors=[china, lin], statements=[s1, s2, s3, s4, s5])
    # An actor is named with its role and those it speaks for, a statement by its content and its id.
    of_china, of_lin = 5, 3 + 9 + 5
    told = {"s1": of_lin + of_china, "s2": of_china + of_lin, "s3": of_lin + 9 + 5, "s4": of_china + 8, "s5": 5 + 5}
    confirmed = of_china + len("s4")
    once = 5 + sum(told.values()) + of_china  # beside a confirmation stands who confirms
    assert wording.longest_mention(article) == once + 2 * (size(s3) + told["s3"] + confirmed)
    with_text = attrs.evolve(article, text="x" * 50)
    assert wording.longest_mention(with_text) == once + 19 + 2 * (size(s3) + told["s3"] + 19 + confirmed)


def test_the_page_says_of_every_output_how_large_it_may_be() -> None:
    assert set(multiples()) == set(OUTPUTS)


def counted(function: Callable[[], Any]) -> tuple[Any, int]:
    """What a function gives, and how many functions, of Python or not, are called for it."""
    calls = 0

    def count(frame: object, event: str, argument: object) -> None:
        del frame, argument
        nonlocal calls
        calls += event in {"call", "c_call"}

    before = sys.getprofile()
    gc.disable()  # whoever asked to be told of a collection would be counted
    sys.setprofile(count)
    try:
        result = function()
    finally:
        sys.setprofile(before)
        gc.enable()
    return result, calls


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("output", OUTPUTS)
def test_an_output_is_at_most_so_many_times_its_input_and_so_is_the_work(
    output: str, family: Callable[[int], Article], tmp_path: Path
) -> None:
    times, work = [], []
    for number in SIZES:
        article = family(number)
        (folder := tmp_path / str(number)).mkdir()
        size, calls = counted(partial(OUTPUTS[output], article, folder))
        times.append(size / len(to_json(article)))
        work.append(calls)
    assert max(times) <= multiples()[output]
    assert times[2] <= 1.5 * times[0] + 1
    assert work[2] <= 3 * work[1]  # twice for twice the size, and four times if all were compared with all


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


def right(number: int) -> str:
    """An article that breaks no rule, in JSON, with so many actors, and as many statements of many fields."""
    actors = [Actor(id=f"a{n}", name="A", role="r") for n in range(number)]
    fields: dict[str, Any] = {
        "content": "“c”",
        "cue": "said",
        "basis": "b",
        "event_place": "p",
        "quotes": ["q", "r"],
        "date": PartialDate(2020),
        "quantities": [Quantity(minimum=1, unit="u")],
        "spans": [Span(0, 5, f"1:5:{'0' * 16}")],
    }
    accusing = [
        Allegation(id=f"s{n}", speaker=id, accused=[id], about=[id], confirms=[f"s{n - 1}"] if n else [], **fields)
        for n, id in enumerate(actor.id for actor in actors)
    ]
    return to_json(Article(id="a", actors=actors, statements=accusing))


# How many functions, of Python or not, are called for an actor and a statement with some 30 values: for their length,
# their parts and what is looked up. Whatever explains what is wrong, or checks one string at a time, is at least one
# more.
STEPS: dict[str, tuple[int, Callable[[str], Any], Callable[[Any], object]]] = {
    "from_json": (71, str, from_json),
    "from_dict": (86, json.loads, from_dict),
    "to_dict": (6, from_json, to_dict),
    "to_json": (6, from_json, to_json),
    "an article": (60, from_json, lambda article: attrs.evolve(article, id="b")),
    "statements": (58, from_json, lambda article: [attrs.evolve(statement) for statement in article.statements]),
}


@pytest.mark.parametrize(("most", "prepared", "function"), STEPS.values(), ids=STEPS)
def test_what_is_right_is_read_checked_and_written_in_few_steps(
    most: int, prepared: Callable[[str], Any], function: Callable[[Any], object]
) -> None:
    calls = []
    for number in SIZES:
        argument = prepared(right(number))
        function(argument)  # dates are remembered
        calls.append(counted(partial(function, argument))[1])
    assert calls[2] - calls[1] <= most * (SIZES[2] - SIZES[1])
    assert calls[1] - calls[0] <= most * (SIZES[1] - SIZES[0])


@pytest.mark.parametrize("longer", [1, 4])
def test_naming_the_nearest_place_takes_no_more_steps_in_a_longer_text_or_for_a_longer_passage(longer: int) -> None:
    calls = []
    for number in (500, 4000):
        text = " ".join(f"the boats cut net{n}" for n in range(number))
        passage = " ".join(f"the boats cut net{n}" for n in range(0, 200 * longer, 2))

        def find(text: str = text, passage: str = passage) -> str:
            with pytest.raises(AnchorError, match="nearest is 'the boats cut net") as caught:
                Span.find(text, passage)
            return str(caught.value)

        calls.append(counted(find)[1])
    assert calls[1] <= 1.1 * calls[0] <= 400_000


def refused(number: int) -> int:
    """How many issues an actor with so many unknown keys has."""
    with pytest.raises(ValidationError) as caught:
        from_dict({"id": "a", "name": "A", **{f"key{n}": n for n in range(number)}}, Actor)
    return len(caught.value.issues) + caught.value.omitted


def test_an_object_of_many_unknown_keys_is_refused_in_proportion_to_their_number() -> None:
    work = []
    for number in (500, 1000):  # with fewer, finding the keys that were meant costs more than all else
        issues, calls = counted(partial(refused, number))
        assert issues == number
        work.append(calls)
    assert work[1] <= 2.5 * work[0]


def asked(article: Article, id: str) -> int:
    """How many statements are by an actor and against it."""
    return len(article.by(id)) + len(article.against(id))


def test_a_question_about_a_chain_of_actors_costs_in_proportion_to_its_answer() -> None:
    work = []
    for number in SIZES:
        article = a_chain(number)
        last = article.actors[-2].id
        answer, calls = counted(partial(asked, article, last))
        assert answer == 2 * number
        work.append(calls)
    assert work[2] <= 3 * work[1]


def test_a_long_address_is_hashed_once_for_all_ids() -> None:
    before = uuids.cache_info().misses
    interop.to_stix(the_article_itself(200))
    interop.to_jsonld(the_article_itself(200))
    assert uuids.cache_info().misses == before + 1
