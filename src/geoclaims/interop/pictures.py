"""Pictures of who accuses whom and who denies it, for Mermaid and for Graphviz, drawn from one list of edges."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

import attrs

from geoclaims._display import cut, printable
from geoclaims._models.articles import Article
from geoclaims._models.kinds import DenialKind
from geoclaims._models.repeating import longest_repeated
from geoclaims._models.statements import Allegation, Denial, Statement
from geoclaims.interop.articles import checked

_MOST_CHARACTERS: Final = 200
_LINE_OF_NAME: Final = 24
_LINE_OF_CONTENT: Final = 36
# Words of Persian and of the languages of India need them, and so do emoji.
_JOINERS: Final = "\u200c\u200d"

# After "denied", where it tells what China did to a claim, and what was done to the claim "by" China.
_HOW: Final = {
    DenialKind.OUTRIGHT: " outright",
    DenialKind.NON_INVOLVEMENT: " as uninvolved",
    DenialKind.NO_EVIDENCE: " as unsupported",
    DenialKind.BLAME_SHIFT: " and blamed on another",
    DenialKind.UNSPECIFIED: "",
}

# Mermaid marks numbers of characters with these until the end, and takes what it finds then for its own.
_MARKS: Final = (("ﬂ", "fl"), ("¶ß", "¶ ß"))


@attrs.frozen
class Edge:
    """A line between actors or statements, by their ids.

    A denial leads from what is denied to who denies it, and a confirmation likewise, so that all that concerns a claim
    flows away from it and layouts stay legible.
    """

    source: str
    target: str
    label: str
    denial: bool = False
    confirmation: bool = False


def to_mermaid(article: Article) -> str:
    """A flowchart in Mermaid's language of who accuses whom and who denies it.

    An allegation stands between its speaker and the accused, a dotted line leads from it to who denies it, and a plain
    one to who confirms it. A plain statement is drawn where it is denied or confirmed, and so is a denial. Long texts
    are cut at 200 characters.

    Returns:
        The source, in which no name or text can be anything but a label; the same article always gives the same.

    Raises:
        ValidationError: This is no article (`type`).

    >>> from geoclaims import Actor, Article
    >>> china, ukraine = Actor(id="china", name="China"), Actor(id="ukraine", name="Ukraine")
    >>> claim = Allegation(id="s1", speaker="ukraine", content="China sends troops.", accused=["china"])
    >>> print(to_mermaid(Article(id="example", actors=[china, ukraine], statements=[claim])), end="")
    flowchart LR
        n0(["Ukraine"])
        n1["China sends troops."]
        n2(["China"])
        n0 -->|"alleged"| n1
        n1 -->|"against"| n2
    """
    lines = ["flowchart LR"]
    drawn = edges(article)
    numbers = _numbered(drawn)
    longest = _longest(article)
    for id, number in numbers.items():
        # no <br>: where there is one, Mermaid reads what is written as numbers once more
        label = ", ".join(map(_in_mermaid, _label(article, id, longest)))
        lines.append(f'    n{number}["{label}"]' if _is_statement(article, id) else f'    n{number}(["{label}"])')
    for edge in drawn:
        # Mermaid has no arrow that points backwards
        label = f"{edge.label} by" if edge.denial or edge.confirmation else edge.label
        line = f'{"-.->" if edge.denial else "-->"}|"{label}"|'
        lines.append(f"    n{numbers[edge.source]} {line} n{numbers[edge.target]}")
    return "\n".join(lines) + "\n"


def to_dot(article: Article) -> str:
    r"""A graph in Graphviz' language of who accuses whom and who denies it, as `to_mermaid` draws it.

    Here the arrow of a denial, which is dashed, points at what it denies, and that of a confirmation at what it
    confirms.

    Returns:
        The source, in which no name or text can be anything but a label; the same article always gives the same.

    Raises:
        ValidationError: This is no article (`type`).

    >>> from geoclaims import Actor, Article
    >>> china, ukraine = Actor(id="china", name="China"), Actor(id="ukraine", name='"Ukraine"')
    >>> claim = Allegation(id="s1", speaker="ukraine", content="China sends troops.", accused=["china"])
    >>> print(to_dot(Article(id="example", actors=[china, ukraine], statements=[claim])), end="")
    digraph {
        rankdir=LR
        node [fontname="sans-serif" shape=box]
        edge [fontname="sans-serif" fontsize=11]
        n0 [label="\"Ukraine\"" style=rounded]
        n1 [label="China sends troops."]
        n2 [label="China" style=rounded]
        n0 -> n1 [label="alleged"]
        n1 -> n2 [label="against"]
    }
    """
    lines = [
        "digraph {",
        "    rankdir=LR",
        '    node [fontname="sans-serif" shape=box]',
        '    edge [fontname="sans-serif" fontsize=11]',
    ]
    drawn = edges(article)
    numbers = _numbered(drawn)
    longest = _longest(article)
    for id, number in numbers.items():
        statement = _is_statement(article, id)
        width = _LINE_OF_CONTENT if statement else _LINE_OF_NAME
        label = _in_dot(_label(article, id, longest), width)
        lines.append(f'    n{number} [label="{label}"{"" if statement else " style=rounded"}]')
    for edge in drawn:
        style = " style=dashed" * edge.denial + " dir=back" * (edge.denial or edge.confirmation)
        label = _in_dot([edge.label], _LINE_OF_NAME)
        lines.append(f'    n{numbers[edge.source]} -> n{numbers[edge.target]} [label="{label}"{style}]')
    return "\n".join([*lines, "}"]) + "\n"


def edges(article: Article) -> tuple[Edge, ...]:
    """The lines of the picture, in the order of the article, no two on each other.

    Raises:
        ValidationError: This is no article (`type`).
    """
    drawn: list[Edge] = []
    denied: dict[tuple[str, str], dict[str, None]] = {}
    confirmed: dict[tuple[str, str], None] = {}
    for statement in checked(article).statements:
        is_answered = bool(article.denials_of(statement) or article.confirmations_of(statement))
        by = statement.id if is_answered or isinstance(statement, Allegation) else statement.speaker
        confirmed |= dict.fromkeys((id, by) for id in statement.confirms)
        if isinstance(statement, Denial):
            for id in statement.denies:
                denied.setdefault((id, by), {})[_HOW[statement.kind]] = None
        if isinstance(statement, Allegation):
            drawn.append(Edge(statement.speaker, statement.id, "alleged"))
            drawn += [Edge(statement.id, accused, "against") for accused in statement.accused]
        elif is_answered:
            drawn.append(Edge(statement.speaker, statement.id, "said"))
    drawn += [Edge(source, by, f"denied{','.join(how)}", denial=True) for (source, by), how in denied.items()]
    drawn += [Edge(source, by, "confirmed", confirmation=True) for source, by in confirmed]
    return tuple(drawn)


def _numbered(drawn: Sequence[Edge]) -> Mapping[str, int]:
    """The ids at the ends of lines, numbered as they appear: an id itself might be a word of the language."""
    ids = dict.fromkeys(id for edge in drawn for id in (edge.source, edge.target))
    return {id: number for number, id in enumerate(ids)}


def _is_statement(article: Article, id: str) -> bool:
    return isinstance(article.resolve(id), Statement)


def _longest(article: Article) -> int:
    """The length of what boxes may repeat of the names of those whom others speak for."""
    principals = [actor.on_behalf_of for actor in article.actors if actor.on_behalf_of is not None]
    return longest_repeated(article, sum(len(article.actor(id).name) for id in principals))


def _label(article: Article, id: str, longest: int) -> Sequence[str]:
    """The paragraphs in a box: what is said, or a name and whom it speaks for."""
    thing = article.resolve(id)
    if isinstance(thing, Statement):
        return [_visible(thing.content)]
    office = [thing.role] if thing.role else []
    if thing.on_behalf_of is not None:
        office.append(f"for {cut(article.actor(thing.on_behalf_of).name, longest)}")
    return list(map(_visible, filter(None, [thing.name, " ".join(office)])))


def _visible(text: str) -> str:
    """The beginning of a text, on one line and with what is invisible in it as escapes, save what joins its letters."""
    shown = printable(" ".join(text.split()), keeping=_JOINERS)
    return shown if len(shown) <= _MOST_CHARACTERS else shown[: _MOST_CHARACTERS - 1] + "…"


def _in_mermaid(text: str) -> str:
    """Text in which Mermaid finds letters, digits and spaces, and nearly all else as the numbers of its characters.

    >>> _in_mermaid('say "end"]; #35;')
    'say #34;end#34;#93;#59; #35;35#59;'
    """
    for mark, shown in _MARKS:
        text = text.replace(mark, shown)
    # a full stop after a digit would make a list
    return re.sub("[^\\w ,.’“”…–]|_|(?<=[0-9])[.]", lambda c: f"#{ord(c[0])};", text)


def _in_dot(paragraphs: Sequence[str], width: int) -> str:
    r"""Text between the quotation marks of a label, in lines of some width.

    >>> print(_in_dot([r'a "b" \N', "&lt;"], 20))
    a \"b\" \\N\n&amp;lt;
    """
    import textwrap

    lines = [line for paragraph in paragraphs for line in textwrap.wrap(paragraph, width)]
    # Graphviz takes `&` for the beginning of an entity of HTML
    return "\\n".join(line.replace("&", "&amp;").replace("\\", "\\\\").replace('"', '\\"') for line in lines)
