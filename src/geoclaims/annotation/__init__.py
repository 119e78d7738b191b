"""Functions for annotators: drafts that quote their passages, warnings by the codebook, and agreement."""

from geoclaims.annotation._alpha import alpha
from geoclaims.annotation._comparing import compare
from geoclaims.annotation._lint import lint
from geoclaims.annotation._reading import read_draft
from geoclaims.annotation._schema import draft_schema
from geoclaims.annotation._scores import Comparison, Difference, Score
from geoclaims.annotation._writing import to_draft

__all__ = [
    "Comparison",
    "Difference",
    "Score",
    "alpha",
    "compare",
    "draft_schema",
    "lint",
    "read_draft",
    "to_draft",
]
