"""Make one corpus of the articles and links that a command reads, and say in which file and line it is wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing, suppress
from itertools import chain, groupby, islice
from typing import Any, Final, TypeVar

import attrs

from geoclaims._actors import Actor
from geoclaims._article import Article
from geoclaims._command_line.command import BUNDLED, STANDARD
from geoclaims._command_line.input import ReadArticle, ReadLink, is_folder, read_all, read_texts, tables_in
from geoclaims._command_line.links import holds_links
from geoclaims._command_line.reports import InputError, Progress, complain, error_in, nothing_in
from geoclaims._errors import ValidationError
from geoclaims._files import file_path
from geoclaims._messages import describe, listed, nearest
from geoclaims._rules.fields import definitions
from geoclaims._statements import Statement
from geoclaims._view.wording import counted
from geoclaims.corpus import Corpus
from geoclaims.corpus._index import article_of

_Thing = TypeVar("_Thing", Actor, Statement)

_LOOKED_AT: Final = frozenset({"id", "same_as", "speaker", "accused", "denies", "confirms"})
"""The fields by which a corpus is checked, or without which no actor or statement can be made."""
_OF_CORPUS: Final = re.compile("^Corpus[:,] ")
"""What begins the messages of a corpus, which no file has made."""
_MOST_NAMED: Final = 5
"""So many articles that links miss are named, each with what was meant."""


def may_hold_links(files: Sequence[str]) -> bool:
    """Report whether some files hold links beside articles, or may, as a pipe does, which can be read only once.

    A single file that is no folder has nothing beside it.
    """
    return any(map(_may_hold_links, files)) if len(files) > 1 else is_folder(files[0]) and _may_hold_links(files[0])


def _may_hold_links(name: str) -> bool:
    if name in {BUNDLED, STANDARD}:
        return name == STANDARD
    with suppress(OSError):  # which is reported when the file is read
        path = file_path(name)
        if path.is_dir():
            return tables_in(path)[-1].exists()
        if not path.is_file():
            return path.exists()
        with closing(read_texts(name)) as texts:
            return any(holds_links(text) for _, text in islice(texts, 1))
    return False


def read_corpus(files: Sequence[str], progress: Progress, *, without_text: bool = False) -> Corpus:
    """Read the articles and links of some files; links to articles that are not there are left out and counted.

    Raises:
        InputError: Something is wrong; all that is wrong before the last is listed.
        OSError: A file cannot be read.
    """
    wrong: list[InputError] = []
    links: list[ReadLink] = []
    articles = [
        (attrs.evolve(article, text=None) if without_text else article, file, place)
        for article, file, place in progress.of(read_all(files, on_error=wrong.append, places={}, links=links))
    ]
    if not (articles or wrong):
        wrong.append(nothing_in(files))
    corpus, _ = corpus_of(articles, links_between(articles, links), wrong.append)
    for error in wrong[:-1]:
        complain(error)
    if wrong:
        raise wrong[-1]
    return corpus


def links_between(articles: Iterable[ReadArticle], links: Sequence[ReadLink]) -> list[ReadLink]:
    """Leave out links to articles that are not there; on standard error, count them and name those articles."""
    ids = {article.id: None for article, *_ in articles}
    ends = [(article_of(link.source), article_of(link.target)) for link, *_ in links]
    held = [read for read, both in zip(links, ends, strict=True) if ids.keys() >= {*both}]
    if missing := [id for id in dict.fromkeys(chain.from_iterable(ends)) if id not in ids]:
        meant = [(describe(id), nearest(id, ids)) for id in missing[:_MOST_NAMED]]
        named = [f"{id} (did you mean {describe(near)}?)" if near else id for id, near in meant]
        more = [f"{len(missing) - _MOST_NAMED} more"] if len(missing) > _MOST_NAMED else []
        left = counted(len(links) - len(held), "link")
        complain(f"{left} left out: no valid article has the id {listed([*named, *more])}")
    return held


def corpus_of(
    articles: Sequence[ReadArticle], links: Sequence[ReadLink], on_error: Callable[[InputError], object]
) -> tuple[Corpus, int]:
    """Make a corpus of articles, each of another id, and of links between them; of what is wrong, an empty one.

    Args:
        articles: The articles, with their files and places.
        links: The links, likewise.
        on_error: Called with what is wrong with each article or link.

    Returns:
        The corpus, and the number of issues that nothing was called with, which standard error tells too.
    """
    read: Mapping[str | int, Sequence[ReadArticle | ReadLink]] = {"articles": articles, "links": links}
    try:
        return Corpus(articles=(article for article, *_ in articles), links=(link for link, *_ in links)), 0
    except ValidationError as error:
        issues, omitted = error.issues, error.omitted
    for which, group in groupby(issues, lambda issue: issue.path[:2]):
        _, file, place = read[which[0]][int(which[1])]
        several = [
            attrs.evolve(issue, path=issue.path[2:], message=_OF_CORPUS.sub("", issue.message)) for issue in group
        ]
        on_error(error_in(ValidationError(several), file, place))
    if omitted:
        complain(f"{counted(omitted, 'more issue')} of links not listed")
    return Corpus(), omitted


def outline_of(article: Article) -> Article:
    """Return an article without all that a corpus is not checked by, which takes little memory."""
    return Article(
        id=article.id,
        actors=list(map(_outline_of, article.actors)),
        statements=list(map(_outline_of, article.statements)),
    )


def _outline_of(thing: _Thing) -> _Thing:
    fields: dict[str, Any] = {name: getattr(thing, name) for name in _LOOKED_AT & definitions(type(thing)).keys()}
    fields |= {name: "-" for name in ("name", "content") if hasattr(thing, name)}
    return type(thing)(**fields)
