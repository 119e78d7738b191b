"""Let pydantic, and what builds on it, read the answer of a language model as a draft."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, Final, cast

from geoclaims._arguments import check_whole_text
from geoclaims._article import Article
from geoclaims._errors import ValidationError, wrong_type
from geoclaims._json.documents import to_dict
from geoclaims.annotation._drafts.documents import article_of_draft, checked_metadata
from geoclaims.annotation._drafts.schema import draft_schema

if TYPE_CHECKING:
    from pydantic import GetJsonSchemaHandler
    from pydantic_core.core_schema import CoreSchema, ValidationInfo

    from geoclaims._json.schema import Schema

_PREFIX: Final = "geoclaims_draft_"
_CONTEXT: Final = "{'text': TEXT, 'metadata': {'id': ID}}"


class _AsDraft:
    """Marks an article as one that is read as a draft, by the rules of pydantic."""

    def __get_pydantic_core_schema__(self, source: object, handler: Callable[[object], CoreSchema]) -> CoreSchema:
        """Read a draft where another field would read the JSON of an article, and describe it."""
        from pydantic_core import core_schema

        is_old = not hasattr(core_schema, "with_info_plain_validator_function")  # before pydantic 2.4
        function = f"{'general' if is_old else 'with_info'}_plain_validator_function"
        schema: CoreSchema = getattr(core_schema, function)(
            _read,
            metadata={"pydantic_js_functions": [_describe]},
            serialization=core_schema.plain_serializer_function_ser_schema(to_dict, when_used="json"),
        )
        return schema

    def __repr__(self) -> str:
        return "read as a draft"


Drafted = Annotated[Article, _AsDraft()]
Drafted.__doc__ = """An article that pydantic reads as a draft.

It is the type of what a language model answers. pydantic, and what
builds on it, read with a context: the text of the article, and its
metadata, at least the id. The answer follows the schema of
`draft_schema(dialect="structured_output")`; an article passes unchanged.
Each issue is an error of pydantic's at its place. What is dumped is the
JSON of an article.

Raises:
    TypeError: The context has no text, or wrong metadata: no other answer
        of the model could mend this.

>>> from geoclaims.annotation import Drafted
>>> from pydantic import TypeAdapter
>>> context = {"text": "No, he said.", "metadata": {"id": "example"}}
>>> answer = {"actors": [{"id": "he", "name": "he"}], "statements": []}
>>> TypeAdapter(Drafted).validate_python(answer, context=context)
<Article 'example': 1 actor, 0 statements>
"""


def _read(answer: Any, info: ValidationInfo) -> Article:
    """Read what a language model answered about the text in pydantic's context.

    Raises:
        TypeError: The context is wrong; pydantic lets it through, since no other answer of the model could mend it.
    """
    if type(answer) is Article:
        return answer
    text, known = _given(info.context)
    try:
        return article_of_draft(answer, text, known)
    except ValidationError as error:
        from geoclaims._pydantic import in_pydantic

        raise in_pydantic(error, answer, "Drafted", is_sent_back=True) from None


_read.__name__ = "Drafted"  # by this, pydantic names in a message what was read


def _given(context: object) -> tuple[str, Mapping[str, Any]]:
    """Take the text and the metadata out of pydantic's context; both must be right whatever the model answers."""
    if not (isinstance(context, Mapping) and context.keys() >= {"text", "metadata"}):
        raise wrong_type(context, f"context={_CONTEXT}", "the context")
    known = checked_metadata(context["metadata"])
    try:
        check_whole_text(context["text"])
    except ValidationError as error:
        raise TypeError(f"the text of the context: {error}") from None
    return context["text"], known


@cache
def _parts() -> Mapping[str, Schema]:
    from geoclaims._pydantic import parts_of

    return parts_of(draft_schema(dialect="structured_output"))


def _describe(schema: CoreSchema, handler: GetJsonSchemaHandler) -> Schema:
    """Describe what goes in: what a service keeps a model to; and what comes out: an article."""
    from pydantic_core import core_schema

    from geoclaims._pydantic import core_schema_of, described

    if handler.mode == "serialization":
        described_list = handler(core_schema.list_schema(core_schema_of(Article)))
        return cast("Schema", described_list["items"])  # a reference
    return described("Draft", _parts, _PREFIX, schema, cast("Any", handler))
