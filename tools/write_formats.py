"""Write the table of formats in `docs/reference/left-out.md` from what they write.

A format carries a field if its output changes when one object of an article that has them all loses its value there.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs

from geoclaims import Actor, Allegation, Article, Denial, from_json
from geoclaims._command_line.formats import FORMATS
from geoclaims._rules.fields import definitions

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "reference" / "left-out.md"
TABLES = re.compile(r"(<!-- formats -->\n).*?(<!-- end -->\n)", re.DOTALL)
MODELS = {"article": (Article,), "actor": (Actor,), "statement": (Allegation, Denial)}


def made() -> Iterator[tuple[Path, str]]:
    """Yield the page with the tables that it should hold."""
    article = from_json((ROOT / "tests" / "goldens" / "article.json").read_bytes())
    yield PAGE, TABLES.sub(lambda found: f"{found[1]}{tables(article)}{found[2]}", PAGE.read_text(encoding="utf-8"))


def tables(article: Article) -> str:
    """Describe every format, with the fields that it loses."""
    lines = ["| format | what it is | fields that it loses |", "|---|---|---|"]
    for name, form in FORMATS.items():
        function = form.function.partition(":")[2]
        takes = "" if form.articles == "many" else "; one article"
        help_ = re.sub(r"--\w+", r"`\g<0>`", form.help)
        about = f"{help_}{takes} (`{function}`); at most {form.times} times as long"
        carried = set(carried_by(name, article))
        lines.append(f"| `{name}` | {about} | {lost(carried) or 'none'} |")
    return "\n".join([*lines, ""])


def lost(carried: set[tuple[str, str]]) -> str:
    """List the fields that are not carried, by the kind of object."""
    parts = []
    for of, models in MODELS.items():
        names = dict.fromkeys(name for model in models for name in optional(model))
        if missing := [f"`{name}`" for name in names if (of, name) not in carried]:
            parts.append(f"of {of}s {', '.join(missing)}")
    return "; ".join(parts)


def optional(model: type[Any]) -> list[str]:
    """List the fields of a model that have a default, but for the actors and statements of an article."""
    names = (name for name, field in definitions(model).items() if field.default is not attrs.NOTHING)
    return [name for name in names if name not in {"actors", "statements"}]


def carried_by(name: str, article: Article) -> Iterator[tuple[str, str]]:
    """Yield the fields that a format carries, each with whose it is."""
    whole = written(name, article)
    for of, models in MODELS.items():
        things: Any = {"article": [article], "actor": article.actors, "statement": article.statements}[of]
        for field in dict.fromkeys(field for model in models for field in optional(model)):
            others = list(without(article, of, things, field))
            assert others, f"tests/goldens/article.json has no value of {field}"
            if any(written(name, other) != whole for other in others):
                yield of, field


def without(article: Article, of: str, things: Any, field: str) -> Iterator[Article]:
    """Yield the article, each time with one object that loses its value of a field."""
    for number, thing in enumerate(things):
        definition = definitions(type(thing)).get(field)
        if definition and getattr(thing, field) != definition.default:
            other = attrs.evolve(thing, **{field: definition.default})
            rest: Any = {f"{of}s": [*things[:number], other, *things[number + 1 :]]}
            yield other if of == "article" else attrs.evolve(article, **rest)


def written(name: str, article: Article) -> dict[str, bytes]:
    """Return what a format writes of an article, by the names of the files, or of the format."""
    form = FORMATS[name]
    if form.writer is not None:
        pieces = form.writer(form.load(), [article])
        return {name: b"".join(piece if isinstance(piece, bytes) else piece.encode() for piece in pieces)}
    with tempfile.TemporaryDirectory() as folder:
        form.load()(folder, [article])
        return {file.name: file.read_bytes() for file in sorted(Path(folder).iterdir())}
