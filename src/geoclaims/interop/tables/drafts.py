"""Convert statements in tables that quote their passages: their columns replace those of spans, and give drafts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from geoclaims._article import Article
from geoclaims._checks import checked
from geoclaims._errors import AnchorError, invalid
from geoclaims._issues import Issues
from geoclaims._json.format import PASSAGES
from geoclaims._json.reading import Notes
from geoclaims._rules.rules import WHOLE_TEXT, Rule, Whole

TEXTS: Final = "texts"
"""The name of the argument with the texts, used in errors."""

PARTS: Final[Mapping[str, tuple[str, Rule]]] = {
    "exact": (PASSAGES, WHOLE_TEXT),
    "prefix": (f"{PASSAGES}_prefix", WHOLE_TEXT),
    "suffix": (f"{PASSAGES}_suffix", WHOLE_TEXT),
    "start": (f"{PASSAGES}_start", Whole()),
}
"""The columns of passages with the rules of their values, by the part of a passage that they hold."""


def draft_of(article: Article) -> dict[str, Any]:
    """Make the draft of an article, with every passage as an object.

    Raises:
        AnchorError: The article has no text (`span`).
    """
    from geoclaims.annotation import to_draft

    draft = to_draft(article)
    for statement in draft.get("statements", ()):
        if PASSAGES in statement:
            passages = statement[PASSAGES]
            statement[PASSAGES] = [{"exact": each} if isinstance(each, str) else each for each in passages]
    return draft


def article_of(
    draft: dict[str, Any], texts: Mapping[str, str], *, lost: list[AnchorError] | None, notes: Notes
) -> Article:
    """Make the article of a draft, with the text for its id.

    Args:
        draft: The draft.
        texts: Texts by the id of their article.
        lost: The list to which an error for passages without a place is added; None to raise it.
        notes: Issues about the draft, to which all that is wrong in it is added.

    Raises:
        ValidationError: The draft breaks a rule, or there is no text for it (`dangling_ref`); or the text is
            invalid (`type`, `text`, `empty`), at its place among the texts.
    """
    from geoclaims.annotation._drafts.documents import article_of_draft

    id = draft.get("id", "")
    try:
        text = texts[id]
    except KeyError:
        raise invalid("dangling_ref", ("id",), id, "the id of an article that has a text among those given") from None
    of_text = Issues(None)
    checked(WHOLE_TEXT, text, (TEXTS, id), of_text)
    of_text.raise_if_any()
    return article_of_draft(draft, text, on_error=None if lost is None else lost.append, notes=notes)
