"""Hypothesis strategies for the types of geoclaims, and for documents that it must reject.

They test any code that takes or returns claims:

>>> from hypothesis import given
>>> from geoclaims import from_json, to_json
>>> @given(articles())
... def test_an_article_survives_json(article):
...     assert from_json(to_json(article)) == article
>>> test_an_article_survives_json()

Everything that is drawn is valid, and nearly no draw is thrown away, so no health check fails. The strategies draw what
is rare in real data, and shrink to the smallest article that shows a bug.

All arguments are strategies, except sizes. `hypothesis.strategies.from_type` knows the types of geoclaims as soon as
both libraries are imported, even without this module.

It needs the extra `hypothesis`: `pip install "geoclaims[hypothesis]"`.
"""

try:
    import hypothesis as _hypothesis
except ImportError as _missing:
    _message = 'geoclaims.strategies needs Hypothesis, which is not installed: pip install "geoclaims[hypothesis]"'
    raise ImportError(_message, name="hypothesis") from _missing
del _hypothesis

from geoclaims.strategies._articles import articles  # noqa: E402
from geoclaims.strategies._corpora import corpora, links  # noqa: E402
from geoclaims.strategies._faults import MISSING  # noqa: E402
from geoclaims.strategies._fields import ids, partial_dates, texts  # noqa: E402
from geoclaims.strategies._invalid import InvalidDocument, invalid_documents  # noqa: E402
from geoclaims.strategies._models import actors, allegations, denials, quantities, spans, statements  # noqa: E402

__all__ = [
    "MISSING",
    "InvalidDocument",
    "actors",
    "allegations",
    "articles",
    "corpora",
    "denials",
    "ids",
    "invalid_documents",
    "links",
    "partial_dates",
    "quantities",
    "spans",
    "statements",
    "texts",
]
