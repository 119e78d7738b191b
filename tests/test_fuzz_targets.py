"""What the fuzzer asks of each reader, asked here of a few inputs."""

from __future__ import annotations

import pytest

from geoclaims.annotation import read_draft
from tools.fuzz.readers import READERS, answer


@pytest.mark.parametrize("name", READERS)
def test_every_reader_keeps_its_promise(name: str) -> None:
    READERS[name]()


def test_a_property_fails_where_something_else_than_an_error_of_geoclaims_comes_out() -> None:
    with pytest.raises(TypeError):
        answer(read_draft)
