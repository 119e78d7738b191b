"""The spans of an article, found again in a copy of its text."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

import attrs

from geoclaims._checking import checked
from geoclaims._errors import AnchorError, Issue, Issues
from geoclaims._rules import definitions

if TYPE_CHECKING:
    from geoclaims._models.articles import Article
    from geoclaims._values.spans import Span


def anchored(article: Article, text: str) -> Article:
    """The same article with the text attached and every span where its passage stands in it.

    Raises:
        AnchorError: A passage does not stand in the text, or it is open in which of several places (`span`).
        ValidationError: This is no string (`type`), or no text (`text`, `empty`).
    """
    from geoclaims._passages.lost import Lost
    from geoclaims._passages.placing import place

    issues = Issues({"text": text})
    checked(definitions(type(article))["text"].rule, text, ("text",), issues)
    issues.raise_if_any()
    spans = [
        (number, index, span)
        for number, statement in enumerate(article.statements)
        for index, span in enumerate(statement.spans)
    ]
    places = place(text, [(span.start, span.end, span.fingerprint) for _, _, span in spans])
    moved: defaultdict[int, list[tuple[Span, int]]] = defaultdict(list)
    problems: list[tuple[int, int, str]] = []
    for (number, index, span), found in zip(spans, places, strict=True):
        if isinstance(found, Lost):
            problems.append((number, index, found.message))
        else:
            start, end = found
            moved[number].append((attrs.evolve(span, start=start, end=end), index))
    for number, members in moved.items():
        # A copy may have another order.
        members.sort(key=lambda member: member[0].start)
        for (before, _), (after, index) in pairwise(members):
            if after.start < before.end:
                message = f"found it at {after.start}, expected it apart from another passage that ends at {before.end}"
                problems.append((number, index, message))
    if problems:
        raise AnchorError(
            [
                Issue("span", ("statements", number, "spans", index), f"of {article.statements[number].id}: {message}")
                for number, index, message in sorted(problems)
            ]
        )
    statements = [
        attrs.evolve(statement, spans=[span for span, _ in moved[number]]) if number in moved else statement
        for number, statement in enumerate(article.statements)
    ]
    return attrs.evolve(article, statements=statements, text=text)
