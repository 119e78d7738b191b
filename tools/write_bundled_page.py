"""Write the page that shows the annotation that ships with geoclaims: `python tools/write_bundled_page.py`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from geoclaims import Actor, Article, Denial, Quantity, Statement, from_dict, load_article, to_dict

DOCS: Final = Path(__file__).parents[1] / "docs"
PAGE: Final = DOCS / "study" / "bundled-article.md"

HEAD: Final = """\
# The annotation, statement by statement

This page shows everything that `load_article()` returns: who is reported to have said what, not what is true. Contents
are in the annotator's words, *quotes* in those of the article, whose text is not here; a passage is given by the
characters at which it begins and ends. The [data card](data-card.md) says where the data comes from and [how hard cases
were decided](data-card.md#annotated-twice), and the codebook what [the kinds of
denial](../annotate/codebook.md#denies-and-kind) are. `tools/write_bundled_page.py` writes this page.
"""

# Labels for fields whose names alone do not explain their values.
LABELS: Final = {
    "country": "country code",
    "event_place": "place of the event",
    "on_behalf_of": "speaks for",
    "reported_by": "reported through",
    "spans": "passage",
}


def page(article: Article) -> str:
    """Describe an article in Markdown, with a heading for each actor and statement."""
    lines = [HEAD, "## At a glance", "", *overview(article), "", "## Statements", ""]
    for statement in article.statements:
        lines += [*described(article, statement), ""]
    lines += ["## Actors", ""]
    for actor in article.actors:
        lines += [*introduced(article, actor), ""]
    return "\n".join(lines).rstrip("\n") + "\n"


def overview(article: Article) -> Iterator[str]:
    """List all statements in a table."""
    yield "| statement | type | speaker | denied by |"
    yield "|---|---|---|---|"
    for statement in article.statements:
        denials = ", ".join(link(denial.id) for denial in article.denials_of(statement)) or "—"
        speaker = named(article, statement.speaker)
        yield f"| {link(statement.id)} | {kind_of(statement)} | {speaker} | {denials} |"


def described(article: Article, statement: Statement) -> Iterator[str]:
    """Describe a statement: its content, its fields, and what answers it."""
    yield from (f"### {statement.id}", "", f"*{kind_of(statement).capitalize()}.* {statement.content}", "")
    yield from rows(article, to_dict(statement), without=("type", "id", "content"))
    for label, answers in (
        ("denied by", article.denials_of(statement)),
        ("confirmed by", article.confirmations_of(statement)),
    ):
        for answer in answers:
            how = f" (`{answer.kind}`)" if isinstance(answer, Denial) else ""
            yield f"- {label}: {link(answer.id)}, {named(article, answer.speaker)}{how}"


def introduced(article: Article, actor: Actor) -> Iterator[str]:
    """Introduce an actor: its name, its fields, what it says and what it is accused of."""
    yield from (f"### {actor.id}", "", actor.name, "")
    yield from rows(article, to_dict(actor), without=("id", "name"))
    for label, statements in (
        ("says", article.by(actor, including_proxies=False)),
        ("accused in", article.against(actor, including_proxies=False)),
    ):
        if statements:
            yield f"- {label}: {', '.join(link(statement.id) for statement in statements)}"


def rows(article: Article, fields: Mapping[str, Any], without: tuple[str, ...]) -> Iterator[str]:
    """List the fields of an actor or statement that are given."""
    for name, value in fields.items():
        if name not in without:
            for each in value if name == "denies" else [value]:
                yield f"- {LABELS.get(name, in_words(name))}: {cell(article, name, each)}"


def cell(article: Article, name: str, value: Any) -> str:
    """Write the value of a field: an id as a link, an address as one, a number with its bounds."""
    match value:
        case list():
            return ", ".join(cell(article, name, each) for each in value)
        case {"fingerprint": _, "start": start, "end": end}:
            return f"{start} to {end}"
        case {"unit": _}:
            return str(from_dict(value, Quantity))
        case bool():
            return "yes" if value else "no"
        case _ if name in {"quotes", "cue"}:
            return f"“{value}”"
        case _ if name == "kind":
            return f"`{value}`"
        case _ if str(value).startswith("http"):
            return f"<{value}>"
        case _:
            return named(article, value)


def kind_of(statement: Statement) -> str:
    """Name the type of a statement as JSON does."""
    return type(statement).__name__.lower()


def named(article: Article, value: str) -> str:
    """Write an actor's id as a link with its name, a statement's as a link, and any other text as it is."""
    for actor in article.actors:
        if actor.id == value:
            return f"[{actor.name}](#{actor.id})"
    for statement in article.statements:
        if statement.id == value:
            return link(statement.id)
    return value


def link(id: str) -> str:
    """Link to the heading of a statement."""
    return f"[{id}](#{id})"


def in_words(name: str) -> str:
    """Write an identifier as words."""
    return name.replace("_", " ")


if __name__ == "__main__":
    PAGE.write_text(page(load_article()), encoding="utf-8", newline="\n")
