"""What annotators do: drafts that quote their passages, and warnings of what the codebook asks."""

from geoclaims.annotation._lint import lint
from geoclaims.annotation._reading import read_draft
from geoclaims.annotation._schema import draft_schema
from geoclaims.annotation._writing import to_draft

__all__ = ["draft_schema", "lint", "read_draft", "to_draft"]
