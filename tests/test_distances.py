"""The numbers by which the page on the normal form says that `with_text` decides, each at its edge."""

from __future__ import annotations

import pytest

from geoclaims import Actor, AnchorError, Article, Span, Statement

FIRST = "The owners of eleven boats have been paid in crowns"
LAST = "No ship of the north will ever enter this harbour"
DENY, SAID = "they deny it", "he said never"


def article_of(text: str, *statements: list[tuple[int, int]]) -> Article:
    """An article without its text, each of whose statements is carried by some passages of it."""
    return Article(
        id="a",
        actors=[Actor(id="x", name="X")],
        statements=[
            Statement(id=f"s{number}", speaker="x", content="C.", spans=[Span.of(text, *place) for place in places])
            for number, places in enumerate(statements)
        ],
    )


def place_of(text: str, words: str) -> tuple[int, int]:
    """The first place of some words."""
    start = text.index(words)
    return start, start + len(words)


def excerpts(article: Article, copy: str) -> list[list[tuple[int, int]]]:
    """The places of the passages of each statement in a copy, as far as they are attached."""
    attached = article.with_text(copy, on_error=lambda _: None)
    return [[(span.start, span.end) for span in statement.spans] for statement in attached.statements]


def said_of_said(text: str, copy: str) -> str:
    """What is said of "said", the only one of three passages that is lost."""
    article = article_of(text, *([place_of(text, words)] for words in (FIRST, "said", LAST)))
    with pytest.raises(AnchorError) as caught:
        article.with_text(copy)
    (issue,) = caught.value.issues
    return issue.message


def apart(size: int) -> str:
    """Some text of one length that nobody has annotated, apart from the words beside it."""
    return f" {'x' * (size - 2)} "


# So much text that nothing is as far from something else by chance.
MUCH = "And so it went on. " * 1_000


@pytest.mark.parametrize("gap", [2, 49, 50, 99, 100, 149, 150])
@pytest.mark.parametrize("direction", [1, -1], ids=["longer", "shorter"])
@pytest.mark.parametrize("neighbour", ["before", "after"])
def test_a_distance_is_kept_if_it_changed_by_three_characters_and_one_for_each_fifty(
    gap: int, direction: int, neighbour: str
) -> None:
    def written(distance: int, heading: str = "") -> tuple[str, tuple[int, int], tuple[int, int]]:
        """A text in which the words stand once more, and the places of the two passages."""
        one, other = (FIRST, DENY) if neighbour == "before" else (DENY, FIRST)
        # Where text was put in, words that stand once before the first neighbour are found in any case.
        before = f"{heading}As {DENY if direction > 0 else 'they say'}.{apart(200)}"
        text = f"{before}{one}{apart(distance)}{other}. {MUCH} Later {DENY}, too."
        start = len(before)
        last = start + len(one) + distance
        return text, (start, start + len(one)), (last, last + len(other))

    most = 3 + gap // 50
    for change in (most, most + 1):
        now = gap + direction * change
        if now < 2:
            continue
        text, *passages = written(gap)
        copy, *places = written(now, f"A heading of the copy.{apart(300)}")
        if neighbour == "after":
            passages, places = passages[::-1], places[::-1]
        expected = [[places[0]], [places[1]] if change == most else []]
        assert excerpts(article_of(text, *([passage] for passage in passages)), copy) == expected


def test_a_passage_that_begins_where_another_ends_is_found_however_that_one_is_typeset() -> None:
    opening = 'The owners of Birch &amp; Ash &amp; Oak &amp; Elm wrote: "'
    text = f'As {DENY}. {opening}{DENY}". {MUCH} Later {DENY}, too.'
    copy = text.replace("&amp;", "&").replace("As they", "And as they")
    start = text.index(opening) + len(opening)
    article = article_of(text, [place_of(text, opening)], [(start, start + len(DENY))])
    found = copy.index(f'{DENY}".')
    assert excerpts(article, copy)[1] == [(found, found + len(DENY))]


@pytest.mark.parametrize("words", ["they deny it", "denied it.", "denied it"])
def test_between_two_neighbours_ten_characters_are_found_where_text_was_only_put_in(words: str) -> None:
    text = f"{FIRST}, and {words}, or so. {LAST}. Much later {words} again."
    copy = text.replace(", and", f", as they wrote{apart(40)}and").replace("or so", f"or so{apart(40)}they wrote")
    article = article_of(text, [place_of(text, FIRST)], [place_of(text, words)], [place_of(text, LAST)])
    expected = [place_of(copy, words)] if len(words) >= 10 else []
    assert excerpts(article, copy) == [[place_of(copy, FIRST)], expected, [place_of(copy, LAST)]]


def group(
    between: int, one: str = DENY, other: str = SAID
) -> tuple[list[list[tuple[int, int]]], list[tuple[int, int]]]:
    """Attach two short passages of which their neighbours say nothing: where they are found, and where they stand."""

    def written(before: int, after: int) -> str:
        together = f"{apart(before)}{one}{apart(between)}{other}{apart(after)}"
        return f"{FIRST}.{together}{LAST}. Later {one}. {apart(60)} Then {other}."

    text, copy = written(80, 80), written(140, 20)
    statements = [FIRST], [one, other], [LAST]
    article = article_of(text, *([place_of(text, words) for words in statement] for statement in statements))
    return excerpts(article, copy), [place_of(copy, one), place_of(copy, other)]


@pytest.mark.parametrize("between", [19, 20, 21])
def test_passages_twenty_characters_apart_are_placed_together(between: int) -> None:
    (_, found, _), places = group(between)
    assert found == (places if between <= 20 else [])


@pytest.mark.parametrize("gap", [2, 60])
def test_a_short_passage_is_torn_from_its_statement_beyond_twice_its_distance_and_three(gap: int) -> None:
    said = "the union wrote"
    for more in (gap + 3, gap + 4):

        def written(distance: int) -> str:
            return f"{FIRST}. So {said}{apart(distance)}{LAST}."

        text, copy = written(gap), written(gap + more)
        article = article_of(text, [place_of(text, FIRST)], [place_of(text, said), place_of(text, LAST)])
        together = [place_of(copy, said), place_of(copy, LAST)]
        assert excerpts(article, copy)[1] == (together if more == gap + 3 else [])


@pytest.mark.parametrize("gap", [2, 60])
def test_a_short_passage_of_a_lost_statement_keeps_its_place_at_its_distance_to_one_that_is_certain(gap: int) -> None:
    most = 3 + gap // 50
    for more in (most, most + 1):

        def written(distance: int, other: str) -> str:
            return f"{FIRST}{apart(distance)}{DENY}, {other}.{LAST}."

        text, copy = written(gap, SAID), written(gap + more, f"or so they say{apart(90)}")
        article = article_of(
            text, [place_of(text, FIRST)], [place_of(text, DENY), place_of(text, SAID)], [place_of(text, LAST)]
        )
        with pytest.raises(AnchorError) as caught:
            article.with_text(copy)
        lost = [f"$.statements[1].spans[{number}]" for number in ((1,) if more == most else (0, 1))]
        assert [issue.json_path for issue in caught.value.issues] == lost


def test_words_halfway_between_two_neighbours_that_both_kept_their_distance_are_found_though_they_stand_twice() -> None:
    text = f"Then {SAID}. {FIRST}{apart(30)}{DENY}{apart(58)}{DENY}{apart(100)}{LAST}."
    copy = text.replace(SAID, f"{SAID} indeed").replace("Then", "And then")
    start = text.rindex(DENY)
    others = [[place_of(text, words)] for words in (SAID, FIRST, LAST)]
    article = article_of(text, [(start, start + len(DENY))], *others)
    assert excerpts(article, copy)[0] == [(start + 11, start + 11 + len(DENY))]


@pytest.mark.parametrize("times", [0, 20, 40, 200])
def test_words_that_occur_often_are_found_by_a_neighbour_that_is_far_away(
    times: int,
) -> None:
    def written(between: str) -> str:
        often = "".join(f"{DENY}. {apart(30)}" if number < times else apart(44) for number in range(200))
        return f"{LAST}.{between}{FIRST}{apart(100)}{DENY}. {MUCH[:5_000]}{often}"

    text, copy = written(" "), written(f" So {DENY}. ")
    article = article_of(text, *([place_of(text, words)] for words in (LAST, FIRST, DENY)))
    start = copy.index(FIRST) + len(FIRST) + 100
    assert excerpts(article, copy)[2] == [(start, start + len(DENY))]


@pytest.mark.parametrize("neighbour", ["before", "after"])
@pytest.mark.parametrize("step", [99, 100, 101])
def test_words_that_also_stand_between_a_passage_and_its_neighbour_are_not_found_by_that_one_alone(
    neighbour: str, step: int
) -> None:
    def written(heading: str) -> tuple[str, tuple[int, int]]:
        """A text in which the words stand twice, so many characters apart, and the place farther from the other."""
        again = f"{DENY}{apart(step - len(DENY))}{DENY}"
        if neighbour == "before":
            text = f"{LAST}.{heading}{FIRST}{apart(100)}{again}. {MUCH}"
            start = text.index(DENY, text.index(FIRST))
        else:
            text = f"{LAST}.{heading}{again}{apart(100)}{FIRST}. {MUCH}"
            start = text.rindex(DENY)
        return text, (start, start + len(DENY))

    text, passage = written(" ")
    copy, place = written(f"{apart(200)}and {DENY}. ")
    article = article_of(text, [place_of(text, FIRST)], [passage], [place_of(text, LAST)])
    # What was put in between the two may be as long as the same words stood apart.
    assert excerpts(article, copy)[1] == ([place] if step > 100 else [])


@pytest.mark.parametrize("one", ["they deny", "they denied", "they deny it", "they deny him", "they denied him"])
def test_a_group_is_placed_where_no_other_place_has_more_than_half_of_it(one: str) -> None:
    other = "he said nope"
    (_, found, _), places = group(8, one, other)
    assert len(other) == 12
    assert found == (places if len(one) <= 12 else [])


@pytest.mark.parametrize("moved", [6, 9, 10, -6, -9, -10])
def test_words_between_their_neighbours_that_left_their_place_are_named(moved: int) -> None:
    text = f"{FIRST}{apart(100)}said{apart(100)}{LAST}."
    copy = f"Copy: {FIRST}{apart(100 + moved)}said{apart(100 - moved)}{LAST}."
    assert f"found it at {copy.index('said')}, expected one place" in said_of_said(text, copy)


@pytest.mark.parametrize("change", [0, 7, -7])
def test_what_stands_in_place_of_lost_words_is_shown(change: int) -> None:
    text = f"{FIRST}{apart(100)}said{apart(100)}{LAST}."
    copy = f"Copy: {FIRST}{apart(100)}told{apart(100 + change)}{LAST}. {MUCH[:200]} said"
    there = copy.index("told")
    assert f"found 'told' at {there} and its words only at {copy.index('said')}, expected" in said_of_said(text, copy)


def test_a_passage_that_ends_where_another_begins_is_found_however_it_is_typeset() -> None:
    words = "Ash &amp; Elm &amp; Oak "
    following = "are the owners of eleven boats, of which none is at sea"
    text = f"As {words}say. {words}{following}. {MUCH} Later {words}too."
    copy = text.replace("As Ash", "And as Ash").replace("&amp;", "&")
    start = text.index(f"{words}{following}")
    article = article_of(text, [(start, start + len(words))], [place_of(text, following)])
    plain = words.replace("&amp;", "&").rstrip()
    found = copy.index(f"{plain} {following}")
    ((place,), _) = excerpts(article, copy)
    assert copy[slice(*place)].rstrip() == plain
    assert place[0] == found


def test_words_that_stand_twice_half_way_between_two_neighbours_are_found_where_they_are_as_far_from_both() -> None:
    text = f"{FIRST}{apart(100)}no ho{apart(97)}{LAST}. The harbour has been closed to all since then."
    copy = f"Copy: {FIRST}{apart(100)}no no{apart(97)}{LAST}. At last, the harbour has been closed to all."
    article = article_of(
        text, *([place_of(text, each)] for each in (FIRST, "no", LAST, "harbour has been closed to all"))
    )
    assert excerpts(article, copy)[1:3] == [[place_of(copy, "no")], [place_of(copy, LAST)]]


@pytest.mark.parametrize("size", [29, 30])
def test_a_passage_of_thirty_characters_that_stands_once_is_found_wherever_it_moved(size: int) -> None:
    words = "the ferries are back since noon"[:size]
    text = f"{FIRST}. {words}. {apart(300)} {LAST}. {apart(50)}"
    copy = f"{apart(30)}{FIRST}. {apart(300)} {LAST}. {apart(400)} {words}. {apart(90)}"
    article = article_of(text, *([place_of(text, each)] for each in (FIRST, words, LAST)))
    assert excerpts(article, copy)[1] == ([place_of(copy, words)] if size == 30 else [])


@pytest.mark.parametrize("change", range(-7, 8))
def test_a_passage_that_begins_with_a_space_is_found_within_the_slack_beside_its_neighbour(change: int) -> None:
    """Only there are passages looked for that begin or end with a space."""
    gap, words = 101, " he said"
    text = f"{FIRST}, {'x' * (gap - 2)}{words} so. {MUCH} {words} so."
    copy = f"A heading. He wrote {words} so. {FIRST}, {'x' * (gap - 2 + change)}{words} so. {MUCH} {words} so."
    start = text.index(words)
    article = article_of(text, [place_of(text, FIRST)], [(start, start + len(words))])
    there = copy.index(words, copy.index(FIRST))
    expected = [(there, there + len(words))] if abs(change) <= 5 else []
    assert excerpts(article, copy) == [[place_of(copy, FIRST)], expected]


@pytest.mark.parametrize("before", [True, False])
def test_where_text_was_put_in_the_nearer_neighbour_says_where_lost_words_would_stand(*, before: bool) -> None:
    gaps = (20, 200) if before else (200, 20)
    more = (0, 100) if before else (100, 0)
    text = f"{FIRST}{apart(gaps[0])}said{apart(gaps[1])}{LAST}."
    copy = f"Copy: {FIRST}{apart(gaps[0] + more[0])}told{apart(gaps[1] + more[1])}{LAST}."
    message = said_of_said(text, copy)
    assert f"found 'told' at {copy.index('told')}, expected a passage with fingerprint" in message


def test_a_passage_within_a_sign_of_the_normal_form_is_found_to_the_letter_where_its_neighbours_moved_alike() -> None:
    text = f"{FIRST}, said ''no'' and {LAST}. The harbour has been closed to all since then."
    copy = f"A heading. {text.replace('The harbour', 'At last, the harbour')}"
    other = "harbour has been closed to all"
    article = article_of(text, *([place_of(text, words)] for words in (FIRST, "'no", LAST, other)))
    assert excerpts(article, copy) == [[place_of(copy, words)] for words in (FIRST, "'no", LAST, other)]


def test_a_long_passage_that_is_only_farther_from_its_statement_keeps_its_place() -> None:
    long = "that the nets had been cut by somebody else in the night"
    text = f"{FIRST}. The mayor of Port Alder said {long}. {LAST}."
    copy = f"{FIRST}. The mayor of Port Alder said {MUCH[:600]} {long}. {LAST}."
    spans = [place_of(text, words) for words in ("The mayor of Port Alder", "said", long)]
    article = article_of(text, [place_of(text, FIRST)], spans, [place_of(text, LAST)])
    assert excerpts(article, copy)[1] == [place_of(copy, words) for words in ("The mayor of Port Alder", "said", long)]
