"""Functions for annotators: drafts that quote their passages, warnings by the codebook, and agreement."""

from geoclaims.annotation._agreement.alpha import alpha
from geoclaims.annotation._agreement.compare import Comparison, compare
from geoclaims.annotation._agreement.differences import Difference
from geoclaims.annotation._agreement.scores import Score
from geoclaims.annotation._drafts.documents import read_draft, to_draft
from geoclaims.annotation._drafts.drafted import Drafted
from geoclaims.annotation._drafts.schema import draft_schema
from geoclaims.annotation._lint import lint

__all__ = [
    "Comparison",
    "Difference",
    "Drafted",
    "Score",
    "alpha",
    "compare",
    "draft_schema",
    "lint",
    "read_draft",
    "to_draft",
]
