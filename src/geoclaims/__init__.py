"""Who said what, whom it accuses, and who denied it: typed models for attributed claims.

geoclaims has frozen, checked types for actors, statements, allegations and denials, reads and writes them as strict
JSON, and ships one article annotated in full. It does not decide what is true and has no field for it.

Import by name what annotators need (`geoclaims.annotation`), other formats (`geoclaims.interop`), and strategies for
Hypothesis (`geoclaims.strategies`).
"""

from geoclaims._errors import AnchorError, GeoclaimsError, Issue, UnknownIdError, ValidationError
from geoclaims._json.converters import configure_converter, make_converter
from geoclaims._json.documents import from_dict, from_json, to_dict, to_json
from geoclaims._json.groups import collect_issues
from geoclaims._json.lines import read_jsonl, write_jsonl
from geoclaims._json.schema import json_schema
from geoclaims._loader import load_article
from geoclaims._models.actors import Actor
from geoclaims._models.articles import Article
from geoclaims._models.kinds import ActorKind, DenialKind
from geoclaims._models.statements import Allegation, Denial, Statement
from geoclaims._registration import register_strategies_if_hypothesis_is_in_use as _register
from geoclaims._values.dates import PartialDate
from geoclaims._values.quantities import Quantity
from geoclaims._values.spans import Span

__all__ = [
    "Actor",
    "ActorKind",
    "Allegation",
    "AnchorError",
    "Article",
    "Denial",
    "DenialKind",
    "GeoclaimsError",
    "Issue",
    "PartialDate",
    "Quantity",
    "Span",
    "Statement",
    "UnknownIdError",
    "ValidationError",
    "collect_issues",
    "configure_converter",
    "from_dict",
    "from_json",
    "json_schema",
    "load_article",
    "make_converter",
    "read_jsonl",
    "to_dict",
    "to_json",
    "write_jsonl",
]

_register()
