"""What is noted while something is looked at: a list of issues that stays small, and the nearest known words."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import Final

import attrs

from geoclaims._display.wording import LONGEST_VALUE, found, is_a
from geoclaims._errors import MOST_ISSUES, Issue, Path, ValidationError

_FEW_WORDS: Final = 300

Words = str | Callable[[], str]
"""What an issue says, or what makes it, which is asked only where the issue is kept."""


@attrs.define
class Issues:
    """A growing list of issues that stays small however much is wrong: it keeps the first hundred of each code."""

    kept: list[Issue] = attrs.field(factory=list)
    counts: dict[str, int] = attrs.field(factory=dict)

    def add(self, code: str, path: Path, value: object, expected: Words) -> None:
        """Note that `value` was found at `path` where `expected` should be."""
        self.note(code, path, lambda: f"found {found(value)}, expected {_said(expected)}")

    def note(self, code: str, path: Path, message: Words) -> None:
        """Note an issue whose message is more than a value found and one expected."""
        count = self.counts.get(code, 0)
        if count < MOST_ISSUES:
            self.kept.append(Issue(code, path, _said(message)))
        self.counts[code] = count + 1

    def take(self, prefix: Path, error: ValidationError) -> None:
        """Note the issues of an error raised further in, whose paths begin at `prefix`."""
        for issue in error.issues:
            self.note(issue.code, (*prefix, *issue.path), issue.message)
        if error.omitted:
            last = error.issues[-1].code
            self.counts[last] += error.omitted

    def total(self) -> int:
        """How many were noted, kept or not."""
        return sum(self.counts.values())

    def raise_if_any(self, root: object) -> None:
        """Raise the error that carries what was noted of a document or object, in document order."""
        if self.kept:
            position = _order(root)
            first = sorted(self.kept, key=lambda issue: position(issue.path))[:MOST_ISSUES]
            raise ValidationError(first, omitted=self.total() - len(first))


def _said(words: Words) -> str:
    return words if isinstance(words, str) else words()


def _order(root: object) -> Callable[[Path], list[int]]:
    """What tells where a path stands in a document or object: the number of each step among its siblings."""
    known: dict[int, dict[str, tuple[int, object]]] = {}

    def position(path: Path) -> list[int]:
        steps: list[int] = []
        here = root
        for part in path:
            if isinstance(part, int):
                steps.append(part)
                here = list.__getitem__(here, part) if is_a(here, list) else here[part] if type(here) is tuple else None
            else:
                if id(here) not in known:
                    known[id(here)] = {name: (n, value) for n, (name, value) in enumerate(members_of(here))}
                number, here = known[id(here)].get(part, (len(known[id(here)]), None))
                steps.append(number)
        return steps

    return position


def members_of(here: object) -> Iterator[tuple[str, object]]:
    """What stands in an object, or in the JSON of one, by name; neither a subclass nor an odd key is asked."""
    if is_a(here, dict):
        return ((key, value) for key, value in dict.items(here) if type(key) is str)
    return ((field.name, getattr(here, field.name)) for field in getattr(type(here), "__attrs_attrs__", ()))


def invalid(code: str, path: Path, value: object, expected: str) -> ValidationError:
    """The error for one thing that is wrong."""
    return ValidationError([Issue(code, path, f"found {found(value)}, expected {expected}")])


def suggestion(word: str, known: Collection[str]) -> str:
    """The end of a message that names the known word most like the one found, where there is one."""
    close = nearest(word, known)
    return "" if close is None else f"; did you mean {found(close)}?"


def nearest(word: str, known: Collection[str]) -> str | None:
    """The known word most like the given one, if any is: among many words only one that differs by one edit."""
    import difflib

    word = word[:LONGEST_VALUE]
    if len(known) <= _FEW_WORDS:
        as_written = {each: each for each in known}
        for words, sought in ((as_written, word), ({each.casefold(): each for each in known}, word.casefold())):
            for close in difflib.get_close_matches(sought, words, n=1):
                return words[close]
        return None
    return next((edited for edited in _edits(word) if edited in known), None)


def _edits(word: str) -> Iterator[str]:
    """All words that differ from the given one by case or by a letter more, less, other or exchanged."""
    yield from (word.lower(), word.upper())
    letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.:-"
    for i in range(len(word) + 1):
        before, after = word[:i], word[i:]
        yield before + after[1:]
        yield before + after[1:2] + after[:1] + after[2:]
        for letter in letters:
            yield before + letter + after[1:]
            yield before + letter + after
