"""Work and output stay in proportion to the input: what grows is compared at n, 2n and 4n, and nothing is timed."""

from __future__ import annotations

import difflib
import random
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from hypothesis import given, strategies as st

from geoclaims import ValidationError, from_dict
from geoclaims._errors import nearest

SIZES = (100, 200, 400)


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


@pytest.fixture
def compared(monkeypatch: pytest.MonkeyPatch) -> Callable[[], int]:
    """How many letters were compared with others since it was last asked."""
    steps = [0]

    class Counting(difflib.SequenceMatcher[str]):
        def ratio(self) -> float:
            steps[0] += len(self.a) * len(self.b)
            return super().ratio()

    def count() -> int:
        steps.append(0)
        return steps.pop(0)

    monkeypatch.setattr(difflib, "SequenceMatcher", Counting)
    return count


@pytest.mark.parametrize("wrong", [100, 5])
def test_looking_for_the_ids_that_were_meant_costs_no_more_in_a_larger_document(
    wrong: int, compared: Callable[[], int]
) -> None:
    for number in (75, 150, 300):
        error = dangling(same_letters(number), [f"x{id[1:]}" for id in same_letters(wrong)])
        assert len(error.issues) == wrong
        assert 0 < compared() <= 300_000


def test_among_many_ids_looking_for_those_that_were_meant_costs_no_more_in_a_larger_document() -> None:
    ids = [f"{number}-{'x' * 60}" for number in range(400)]
    messages = [issue.message for issue in dangling(ids, [f"{id[:-1]}y" for id in ids]).issues]
    hinted = ["did you mean" in message for message in messages]
    assert hinted == sorted(hinted, reverse=True)
    assert 10 < sum(hinted) < 50


def test_an_id_that_is_wrong_in_many_places_is_looked_for_once(compared: Callable[[], int]) -> None:
    ids = [f"ministry-{number}" for number in range(300)]
    few = dangling(ids, ["minstry-7"])
    once = compared()
    many = dangling(ids, ["minstry-7"] * 100)
    assert once == compared() > 0
    assert {issue.message.partition("found")[2] for issue in many.issues} == {
        few.issues[0].message.partition("found")[2]
    }
    assert few.issues[0].message.endswith("; did you mean 'ministry-7'?")


words = st.text("abAB", min_size=1, max_size=6)


@given(words, st.lists(words, unique=True))
def test_the_nearest_word_is_that_which_difflib_finds(word: str, known: list[str]) -> None:
    close: Any = difflib.get_close_matches(word, known, n=1)
    folded = {each.casefold(): each for each in known}
    close = close or [folded[each] for each in difflib.get_close_matches(word.casefold(), folded, n=1)]
    assert nearest(word, known) == (close[0] if close else None)
