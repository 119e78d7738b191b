"""Draw who accuses whom and who denies it as a Mermaid flowchart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from geoclaims._article import Article
from geoclaims._view.article import ArticleView, Mention, StatementView, view_of
from geoclaims._view.words import shown_again
from geoclaims.interop.svg import is_answer, is_claim, one_line

Box = Mention | StatementView
"""What is drawn as a box: an actor or a statement."""

# Mermaid uses these as internal marks for character numbers, and would misread them in a text.
_MARKS: Final = (("ﬂ", "fl"), ("¶ß", "¶ ß"))

# Nearly all but letters, digits and spaces; a full stop after a digit would begin a list.
_NOT_IN_LABELS: Final = re.compile("[^\\w ,.’“”…–]|_|(?<=[0-9])[.]")


def to_mermaid(article: Article) -> str:
    """Write a Mermaid flowchart of who accuses whom and who denies it.

    An allegation stands between its speaker and the accused. A dotted line
    leads from it to each denial, a plain line to each confirmation, and from
    there to its speaker and to those who reported it. Texts are cut at 200
    characters.

    Returns:
        The source of the flowchart. Names and texts can only become labels.

    Raises:
        TypeError: `article` is not an article.

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
        n0 -->|"allegation"| n1
        n1 -->|"against"| n2
    """
    boxes: dict[str, Box] = {}
    arrows: dict[tuple[str, str], list[str]] = {}  # between two boxes one, or their labels would cover each other
    for source, target, label in _arrows(view_of(article)):
        boxes[source.id], boxes[target.id] = source, target
        arrows.setdefault((source.id, target.id), []).append(label)
    numbers = {id: number for number, id in enumerate(boxes)}  # an id might be a keyword of the language
    lines = ["flowchart LR"]
    for id, box in boxes.items():
        label = _escaped(_label(box))
        lines.append(
            f'    n{numbers[id]}(["{label}"])' if isinstance(box, Mention) else f'    n{numbers[id]}["{label}"]'
        )
    for (source_id, target_id), labels in arrows.items():
        arrow = "-.->" if any("denial" in label for label in labels) else "-->"
        lines.append(f'    n{numbers[source_id]} {arrow}|"{", ".join(labels)}"| n{numbers[target_id]}')
    return "\n".join(lines) + "\n"


def _arrows(view: ArticleView) -> Iterator[tuple[Box, Box, str]]:
    """Yield the arrows, each with the boxes at its ends and its label: those of claims, then those of answers.

    An answer comes after what it answers, and its speaker after it, so that everything about a claim flows away from it
    and layouts stay legible.
    """
    for statement in view.statements:
        if is_claim(statement):
            yield statement.speaker, statement, statement.type
            yield from ((reporter, statement, "reported") for reporter in statement.actors("reported_by"))
            yield from ((statement, accused, "against") for accused in statement.actors("accused"))
    for statement in view.statements:
        yield from ((view.target(denied), statement, statement.heading.lower()) for denied in statement.links("denies"))
        yield from ((view.target(confirmed), statement, "confirmation") for confirmed in statement.links("confirms"))
        if is_answer(statement):
            yield statement, statement.speaker, "by"
            yield from ((statement, reporter, "via") for reporter in statement.actors("reported_by"))


def _label(box: Box) -> str:
    """Return the text in a box: a name with the office behind it, or the beginning of a content."""
    # no <br>: with one in a label, Mermaid decodes the character numbers a second time
    return str(box) if isinstance(box, Mention) else shown_again(box.content)


def _escaped(text: str) -> str:
    """Write text on a line for Mermaid: letters, digits and spaces as they are, nearly all else as character numbers.

    >>> _escaped('say "end"]; #35;')
    'say #34;end#34;#93;#59; #35;35#59;'
    """
    text = one_line(text)
    for mark, shown in _MARKS:
        text = text.replace(mark, shown)
    return _NOT_IN_LABELS.sub(lambda c: f"#{ord(c[0])};", text)
