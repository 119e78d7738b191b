"""Make one corpus of the articles and links that a command reads, and say in which file and line it is wrong."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from itertools import groupby
from typing import Final

import attrs

from geoclaims._command_line.articles import ReadArticle, read_all
from geoclaims._command_line.links import ReadLink, read_links
from geoclaims._command_line.reports import Progress, Report, complain, error_in
from geoclaims._errors import ValidationError
from geoclaims._messages import describe, did_you_mean, listed, nearest
from geoclaims._view.wording import counted
from geoclaims.corpus import Corpus
from geoclaims.corpus._index import article_of

_OF_CORPUS: Final = re.compile("^Corpus[:,] ")
"""What begins the messages of a corpus, which no file has made."""
_MOST_NAMED: Final = 5
"""So many articles that links miss are named."""


def read_corpus(
    files: Sequence[str], links: Sequence[str], report: Report, progress: Progress, *, without_text: bool = False
) -> tuple[Corpus, int]:
    """Read articles, and the links between them; links to articles that are not there are left out and counted.

    Args:
        files: The files of articles.
        links: The files of links.
        report: What is told of all that is wrong.
        progress: What counts the articles.
        without_text: Whether articles lose their text.

    Returns:
        The corpus of all that is right, and how many articles and links are valid, at most.

    Raises:
        OSError: A file cannot be read.
    """
    articles: list[ReadArticle] = []
    for article, file, place in progress.of(read_all(files, on_error=report.add)):
        kept = attrs.evolve(article, text=None) if without_text else article
        articles.append((kept, file, None if isinstance(place, bytes) else place))
    between = _links_between({article.id for article, *_ in articles}, list(read_links(links, report.add)))
    before = report.invalid
    corpus = _corpus_of(articles, between, report)
    return corpus, len(articles) + len(between) - (report.invalid - before)


def _links_between(ids: Collection[str], links: Sequence[ReadLink]) -> Sequence[ReadLink]:
    """Leave out links to articles that are not there; on standard error, count them and name those articles."""
    ends = [(article_of(link.source), article_of(link.target)) for link, *_ in links]
    held = [read for read, both in zip(links, ends, strict=True) if all(id in ids for id in both)]
    if missing := list(dict.fromkeys(id for both in ends for id in both if id not in ids)):
        more = len(missing) - _MOST_NAMED
        named = listed([*map(describe, missing[:_MOST_NAMED]), *([f"{more} more"] if more > 0 else [])])
        left = counted(len(links) - len(held), "link")
        complain(f"{left} left out: no valid article has the id {named}{did_you_mean(nearest(missing[0], ids))}")
    return held


def _corpus_of(articles: Sequence[ReadArticle], links: Sequence[ReadLink], report: Report) -> Corpus:
    """Make a corpus of articles, each of another id, and of links between them; report links that are wrong.

    Those are left out; if it is not known which links are wrong, all are.
    """
    held = [article for article, *_ in articles]
    try:
        return Corpus(articles=held, links=(link for link, *_ in links))
    except ValidationError as error:
        issues, report.unlisted = error.issues, error.omitted
    read: Mapping[str | int, Sequence[ReadArticle | ReadLink]] = {"articles": articles, "links": links}
    wrong = set[int]()
    for (which, number), group in groupby(issues, lambda issue: issue.path[:2]):
        _, file, place = read[which][int(number)]
        several = [
            attrs.evolve(issue, path=issue.path[2:], message=_OF_CORPUS.sub("", issue.message)) for issue in group
        ]
        report.add(error_in(ValidationError(several), file, place))
        if which == "links":
            wrong.add(int(number))
    if report.unlisted:
        complain(f"{counted(report.unlisted, 'more issue')} of links not listed")
    with suppress(ValidationError):  # a field contradicts links, or more of them are wrong
        return Corpus(articles=held, links=(link for number, (link, *_) in enumerate(links) if number not in wrong))
    return Corpus(articles=held)
