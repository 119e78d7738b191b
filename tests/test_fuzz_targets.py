"""What the fuzzer asks of each reader, asked here of a few inputs."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given, strategies as st

from geoclaims.annotation import read_draft

pytest.importorskip("pyarrow", reason="the extra arrow is not installed")

from tools.fuzz.changes import CHANGES, changed
from tools.fuzz.seeds import SEEDS
from tools.fuzz.targets import TARGETS, answer


@cache
def seeds(name: str) -> list[bytes]:
    return list(SEEDS[name]())


def test_every_target_has_inputs_and_a_way_to_change_them() -> None:
    assert list(TARGETS) == list(SEEDS) == list(CHANGES)


@pytest.mark.parametrize("name", TARGETS)
def test_every_reader_keeps_its_promise_for_right_inputs(name: str) -> None:
    for seed in seeds(name):
        TARGETS[name](seed)


@pytest.mark.parametrize("name", TARGETS)
def test_every_reader_keeps_its_promise_for_changed_inputs(name: str) -> None:
    @given(st.sampled_from(seeds(name)), st.lists(st.integers(0, 2**32 - 1), min_size=1, max_size=3), st.binary())
    def check(data: bytes, chances: list[int], noise: bytes) -> None:
        for chance in chances:
            data = changed(name, data, chance, lambda part: part[: len(part) // 2] + noise)
        TARGETS[name](data)

    check()


def test_a_target_fails_where_something_else_than_an_error_of_geoclaims_comes_out() -> None:
    with pytest.raises(TypeError):
        answer(read_draft)
