"""Hypothesis strategies that generate what geoclaims has types for, and documents that it must refuse.

Whatever takes or gives claims can be tested with them:

>>> from hypothesis import given
>>> from geoclaims import from_json, to_json
>>> @given(articles())
... def test_an_article_survives_json(article):
...     assert from_json(to_json(article)) == article
>>> test_an_article_survives_json()

Everything that is drawn keeps the rules of the models; nothing is drawn in vain, so no health check fails. They come
up with what real data seldom has, and shrink to the least article that shows what is wrong.

All arguments are strategies, save for sizes. `hypothesis.strategies.from_type` knows the types of geoclaims as soon as
both libraries are imported; this module need not be.

It needs the extra `hypothesis`: `pip install "geoclaims[hypothesis]"`.
"""

try:
    import hypothesis as _hypothesis
except ImportError as _missing:
    _message = 'geoclaims.strategies needs Hypothesis, which is not installed: pip install "geoclaims[hypothesis]"'
    raise ImportError(_message, name="hypothesis") from _missing
del _hypothesis

from geoclaims.strategies._articles import articles, documents  # noqa: E402
from geoclaims.strategies._invalid import InvalidDocument, invalid_documents  # noqa: E402
from geoclaims.strategies._leaves import ids, partial_dates, texts  # noqa: E402
from geoclaims.strategies._models import actors, allegations, denials, quantities, spans, statements  # noqa: E402

__all__ = [
    "InvalidDocument",
    "actors",
    "allegations",
    "articles",
    "denials",
    "documents",
    "ids",
    "invalid_documents",
    "partial_dates",
    "quantities",
    "spans",
    "statements",
    "texts",
]
