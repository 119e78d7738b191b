"""Who said what, whom it accuses, and who denied it: typed models for attributed claims.

geoclaims has frozen, checked types for actors, statements, allegations and denials, reads and writes them as strict
JSON, and ships one article annotated in full. It does not decide what is true and has no field for it.

Import by name what annotators need (`geoclaims.annotation`), other formats (`geoclaims.interop`), and strategies for
Hypothesis (`geoclaims.strategies`).
"""

from typing import Any as _Any

from geoclaims._actors import Actor, ActorKind
from geoclaims._article import Article
from geoclaims._cattrs import configure_converter, make_converter
from geoclaims._dates import PartialDate
from geoclaims._errors import AnchorError, GeoclaimsError, Issue, UnknownIdError, ValidationError
from geoclaims._issues import collect_issues
from geoclaims._json.documents import from_dict, from_json, to_dict, to_json
from geoclaims._json.lines import read_jsonl, write_jsonl
from geoclaims._json.schema import json_schema
from geoclaims._loader import load_article
from geoclaims._model import ABOVE as _ABOVE
from geoclaims._registration import register_strategies_if_hypothesis_is_in_use as _register
from geoclaims._spans import Span
from geoclaims._statements import Allegation, Denial, DenialKind, Quantity, Statement

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


def _schema_for_pydantic(model: type[_Any]) -> _Any:
    from geoclaims._pydantic import core_schema_of

    return core_schema_of(model)


def _view_in_notebook(thing: _Any) -> str:
    from geoclaims._page.notebook import view_in_notebook

    return view_in_notebook(thing)


for _thing in map(globals().get, __all__):
    if isinstance(_thing, type):
        _thing.__module__ = __name__  # where users find the class, for tracebacks and pickles

_ABOVE.update(schema_for_pydantic=_schema_for_pydantic, view_in_notebook=_view_in_notebook)
_register()
