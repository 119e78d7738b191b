"""Draw who accuses whom and who denies it, for Mermaid and for Graphviz, from one list of edges."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import attrs

from geoclaims._article import Article
from geoclaims._json.lines import checked_article
from geoclaims._statements import Allegation, Denial, DenialKind, Statement
from geoclaims._view.words import LONGEST_REPEATED
from geoclaims.interop.svg.outline import is_answer, is_answered, one_line

_LINE_OF_NAME: Final = 24
_LINE_OF_CONTENT: Final = 36

# Follows "denied" in a label.
_HOW: Final = {
    DenialKind.OUTRIGHT: " outright",
    DenialKind.NON_INVOLVEMENT: " as uninvolved",
    DenialKind.NO_EVIDENCE: " as unsupported",
    DenialKind.BLAME_SHIFT: " and blamed on another",
    DenialKind.UNSPECIFIED: "",
}

# Mermaid uses these as internal marks for character numbers, and would misread them in a text.
_MARKS: Final = (("ﬂ", "fl"), ("¶ß", "¶ ß"))


@attrs.frozen
class Edge:
    """A line between actors or statements, by their ids.

    An answer comes after what it answers, and its speaker after it, so that everything about a claim flows away from it
    and layouts stay legible.
    """

    source: str
    target: str
    label: str
    denial: bool = False


def to_mermaid(article: Article) -> str:
    """Write a Mermaid flowchart of who accuses whom and who denies it.

    An allegation stands between its speaker and the accused. A dotted line
    leads from it to each denial, a plain line to each confirmation, and from
    there to its speaker and to those who reported it. Texts are cut at 200
    characters.

    Returns:
        The source of the flowchart. Names and texts can only become labels.

    >>> from geoclaims import Actor, Allegation, Article
    >>> from geoclaims.interop import to_mermaid
    >>> navy = Actor(id="navy", name="the navy")
    >>> rebels = Actor(id="rebels", name="the rebels")
    >>> claim = Allegation(
    ...     id="s1", speaker="navy", content="Rebels came.", accused=["rebels"]
    ... )
    >>> article = Article(id="x", actors=[navy, rebels], statements=[claim])
    >>> print(to_mermaid(article), end="")
    flowchart LR
        n0(["the navy"])
        n1["Rebels came."]
        n2(["the rebels"])
        n0 -->|"alleged"| n1
        n1 -->|"against"| n2
    """
    lines = ["flowchart LR"]
    drawn = edges(article)
    numbers = _numbered(drawn)
    for id, number in numbers.items():
        # no <br>: with one in a label, Mermaid decodes the character numbers a second time
        label = ", ".join(map(_in_mermaid, _label(article, id)))
        lines.append(f'    n{number}["{label}"]' if _is_statement(article, id) else f'    n{number}(["{label}"])')
    for edge in drawn:
        line = f'{"-.->" if edge.denial else "-->"}|"{edge.label}"|'
        lines.append(f"    n{numbers[edge.source]} {line} n{numbers[edge.target]}")
    return "\n".join(lines) + "\n"


def to_dot(article: Article) -> str:
    """Write a Graphviz graph of who accuses whom and who denies it.

    It has the lines of `to_mermaid`, dashed for denials.

    Returns:
        The source of the graph. Names and texts can only become labels.

    >>> from geoclaims import load_article
    >>> from geoclaims.interop.graphs import to_dot
    >>> print(to_dot(load_article())[:24])
    digraph {
        rankdir=LR
    """
    lines = [
        "digraph {",
        "    rankdir=LR",
        '    node [fontname="sans-serif" shape=box]',
        '    edge [fontname="sans-serif" fontsize=11]',
    ]
    drawn = edges(article)
    numbers = _numbered(drawn)
    for id, number in numbers.items():
        statement = _is_statement(article, id)
        width = _LINE_OF_CONTENT if statement else _LINE_OF_NAME
        label = _in_dot(_label(article, id), width)
        lines.append(f'    n{number} [label="{label}"{"" if statement else " style=rounded"}]')
    for edge in drawn:
        style = " style=dashed" * edge.denial
        label = _in_dot([edge.label], _LINE_OF_NAME)
        lines.append(f'    n{numbers[edge.source]} -> n{numbers[edge.target]} [label="{label}"{style}]')
    return "\n".join([*lines, "}"]) + "\n"


def edges(article: Article) -> tuple[Edge, ...]:
    """List the lines of the picture, in the order of the article, at most one between two boxes.

    Raises:
        ValidationError: `article` is not an article (`type`).
    """
    claims: list[Edge] = []
    answers: list[Edge] = []
    for statement in checked_article(article).statements:
        id, answer = statement.id, is_answer(statement)
        if isinstance(statement, Denial):
            how = f"denied{_HOW[statement.kind]}"
            answers += [Edge(denied, id, how, denial=True) for denied in statement.denies]
        answers += [Edge(confirmed, id, "confirmed") for confirmed in statement.confirms]
        if answer:
            answers.append(Edge(id, statement.speaker, "by"))
            answers += [Edge(id, reporter, "via") for reporter in statement.reported_by]
        elif isinstance(statement, Allegation) or is_answered(article, statement):
            said = "alleged" if isinstance(statement, Allegation) else "said"
            claims.append(Edge(statement.speaker, id, said))
            claims += [Edge(reporter, id, "reported") for reporter in statement.reported_by]
        if isinstance(statement, Allegation):
            claims += [Edge(id, accused, "against") for accused in statement.accused]
    return tuple(_apart([*claims, *answers]))


def _apart(drawn: Iterable[Edge]) -> Iterable[Edge]:
    """Merge the lines between the same two boxes, since their labels would cover each other."""
    merged: dict[tuple[str, str], Edge] = {}
    for edge in drawn:
        ends = edge.source, edge.target
        if before := merged.get(ends):
            label, denial = f"{before.label}, {edge.label}", before.denial or edge.denial
            merged[ends] = attrs.evolve(before, label=label, denial=denial)
        else:
            merged[ends] = edge
    return merged.values()


def _numbered(drawn: Sequence[Edge]) -> Mapping[str, int]:
    """Number the ids at the ends of lines in order of appearance: an id itself might be a keyword of the language."""
    ids = dict.fromkeys(id for edge in drawn for id in (edge.source, edge.target))
    return {id: number for number, id in enumerate(ids)}


def _is_statement(article: Article, id: str) -> bool:
    return isinstance(article.resolve(id), Statement)


def _label(article: Article, id: str) -> Sequence[str]:
    """Return the paragraphs in a box: a content, or a name and whom the actor speaks for."""
    thing = article.resolve(id)
    if isinstance(thing, Statement):
        return [one_line(thing.content, LONGEST_REPEATED)]
    office = [thing.role] if thing.role else []
    if thing.on_behalf_of is not None:
        office.append(f"for {article.actor(thing.on_behalf_of).name}")
    return [one_line(text, LONGEST_REPEATED) for text in (thing.name, " ".join(office)) if text]


def _in_mermaid(text: str) -> str:
    """Write text for Mermaid: letters, digits and spaces as they are, nearly all else as character numbers.

    >>> _in_mermaid('say "end"]; #35;')
    'say #34;end#34;#93;#59; #35;35#59;'
    """
    for mark, shown in _MARKS:
        text = text.replace(mark, shown)
    # a full stop after a digit would begin a list
    return re.sub("[^\\w ,.’“”…–]|_|(?<=[0-9])[.]", lambda c: f"#{ord(c[0])};", text)


def _in_dot(paragraphs: Sequence[str], width: int) -> str:
    r"""Write text for a label in quotation marks, in lines of some width.

    >>> print(_in_dot([r'a "b" \N', "&lt;"], 20))
    a \"b\" \\N\n&amp;lt;
    """
    import textwrap

    lines = [line for paragraph in paragraphs for line in textwrap.wrap(paragraph, width)]
    # Graphviz treats `&` as the beginning of an HTML entity
    return "\\n".join(line.replace("&", "&amp;").replace("\\", "\\\\").replace('"', '\\"') for line in lines)
