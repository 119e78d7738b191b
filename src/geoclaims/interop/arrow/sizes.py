"""Measure the size of values in Arrow data after conversion to Python, and the size that they take in the data.

Arrow stores repeated values once: a column of nulls takes no bytes whatever its length, and one word of a dictionary,
or one run, stands for any number of rows. A reader must know beforehand how large the values will be.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from typing import Any, Final

_VIEW: Final = 16  # bytes of a text in a column of views; the first four are its length


def size_of(array: Any) -> int:
    """Count the values in an array, including nested ones, and the bytes of texts.

    For types that articles do not have, such as unions, the result is an upper bound.

    >>> import pyarrow
    >>> size_of(pyarrow.nulls(1_000)), size_of(pyarrow.array(["abc"] * 10).dictionary_encode())
    (1000, 40)
    """
    import pyarrow
    from pyarrow import compute, types

    kind = array.type
    count = len(array)
    if isinstance(array, pyarrow.ExtensionArray):
        return size_of(array.storage)
    if types.is_struct(kind):
        return count + sum(map(size_of, array.flatten()))
    if _is_plain_list(kind):
        return count + size_of(array.flatten())
    if types.is_dictionary(kind):
        lengths = _lengths(array.dictionary)
        if lengths is not None:
            return count + _sum(compute.take(lengths, array.indices))
        return count * (1 + size_of(array.dictionary))
    if types.is_run_end_encoded(kind):
        first, runs = array.find_physical_offset(), array.find_physical_length()
        values = array.values.slice(first, runs)
        lengths = _lengths(values)
        if lengths is not None:
            ends = (end - array.offset for end in array.run_ends.slice(first, runs).to_pylist())
            return count + _of_runs(ends, lengths.to_pylist(), count)
        return count * (1 + size_of(values))
    lengths = _lengths(array)
    if lengths is not None:
        return count + _sum(lengths)
    return count * (1 + array.get_total_buffer_size()) if types.is_nested(kind) else count


def stored_in(array: Any, seen: set[tuple[int, ...]]) -> int:
    """Count the bytes that an array takes, except dictionaries that were seen before; add its own to those."""
    size = _bytes_of(array)
    for dictionary in _dictionaries(array):
        place = tuple(buffer.address for buffer in dictionary.buffers() if buffer)
        size -= _bytes_of(dictionary) if place in seen else 0
        seen.add(place)
    return size


def _bytes_of(array: Any) -> int:
    size: int = array.get_total_buffer_size()
    with suppress(TypeError):  # the oldest releases cannot measure a part of an array of views
        size = min(size, array.nbytes)
    return size


def _dictionaries(array: Any) -> Iterator[Any]:
    from pyarrow import types

    if types.is_dictionary(array.type):
        yield array.dictionary
    elif types.is_struct(array.type):
        for part in array.flatten():
            yield from _dictionaries(part)
    elif _is_plain_list(array.type):
        yield from _dictionaries(array.flatten())


def _is_plain_list(kind: Any) -> bool:
    from pyarrow import types

    return bool(types.is_list(kind) or types.is_large_list(kind) or types.is_fixed_size_list(kind))


def _lengths(array: Any) -> Any:
    """Return the bytes of each text in an array, or None if it holds no text."""
    import pyarrow
    from pyarrow import compute, types

    kind = array.type
    if types.is_string_view(kind) or types.is_binary_view(kind):
        views = pyarrow.Array.from_buffers(pyarrow.binary(_VIEW), len(array), array.buffers()[:2], offset=array.offset)
        return compute.binary_slice(views, 0, 4).view(pyarrow.int32())
    texts = (types.is_string, types.is_large_string, types.is_binary, types.is_large_binary, types.is_fixed_size_binary)
    return compute.binary_length(array) if any(is_text(kind) for is_text in texts) else None


def _of_runs(ends: Iterable[int], lengths: Sequence[int | None], count: int) -> int:
    """Count the bytes of the texts in runs; the last run may end after the array."""
    total = start = 0
    for end, length in zip(ends, lengths, strict=True):
        stop = min(end, count)
        total += (stop - start) * (length or 0)
        start = stop
    return total


def _sum(numbers: Any) -> int:
    from pyarrow import compute

    return compute.sum(numbers).as_py() or 0
