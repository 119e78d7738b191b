"""Read and write drafts: annotations that quote their passages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any, Final, cast

import attrs

from geoclaims._arguments import check_handler, check_order_of_dates, check_whole_text, checked_instance, is_a
from geoclaims._article import Article
from geoclaims._attaching import another_text
from geoclaims._date_forms import parse as parse_date
from geoclaims._dates import PartialDate
from geoclaims._errors import AnchorError, Issue, Path, ValidationError, wrong_type
from geoclaims._issues import WRONG, Issues
from geoclaims._json.documents import to_dict
from geoclaims._json.format import ANSWERED, CURRENT, DROPPED, PASSAGES, PLACEHOLDERS, tag_of
from geoclaims._json.parsing import Repeated, decoded, parse, repeated_keys, with_positions
from geoclaims._json.reading import Notes, read_and_note
from geoclaims._messages import DRAFT, describe
from geoclaims._passages.quoting import QuotedText
from geoclaims._rules.fields import Definition, definitions, once_for_each_model
from geoclaims._rules.rules import Date, Many, Nested
from geoclaims._statements import STATEMENT_TYPES, DenialKind, Statement
from geoclaims.annotation._drafts.passages import QUOTES, passage_of, passages_in, printed_in, spans_of

_TAGS: Final = {tag_of(model): model for model in STATEMENT_TYPES}
_ELSEWHERE: Final = {
    "text": "expected none in a draft: its text is given beside it",
    "spans": f"expected none in any statement of a draft: quote the passages under {PASSAGES!r}",
}
"""The keys of an article that a draft may not have, by what a message says once of each."""
_OPTIONAL: Final[Mapping[tuple[type[Any], ...], frozenset[str]]] = defaultdict(
    frozenset, {(Article,): frozenset({"schema_version", *DROPPED[Article]}), STATEMENT_TYPES: frozenset({PASSAGES})}
)
"""The keys that are not fields and may be null."""
_NO_KIND: Final = frozenset({"unknown", str(DenialKind.UNSPECIFIED)})
"""What a statement has as its kind if nothing is known of it, or if it is no denial."""
_NO_CLAIMS: Final = "expected it in every draft: two empty lists mean no claims"
_IF_UNKNOWN: Final = "; if it is unknown, leave {!r} out"


def read_draft(
    draft: str | bytes | dict[str, Any],
    text: str,
    *,
    metadata: Mapping[str, Any] | None = None,
    dayfirst: bool | None = None,
    on_error: Callable[[AnchorError], object] | None = None,
) -> Article:
    """Read an article from a draft, which has `passages` in place of `spans`.

    A passage is a string, or an object with `exact` and, if these words are in
    several places, `prefix`, `suffix` or `start`. Quotes must be in the text
    too, and are stored as it prints them.

    Args:
        draft: JSON, as text or as builtins.
        text: The text of the article, which is attached unchanged.
        metadata: What is known of the article besides, at least its `id`; it
            replaces what the draft says of the same.
        dayfirst: As for `PartialDate.parse`.
        on_error: Called once with the error that names all passages without a
            place and all quotes that are not in the text, if nothing else is
            wrong; their statements then have no spans, and not these quotes.

    Raises:
        ValidationError: The draft breaks a rule of articles, a passage has no
            place or several, a quote is not in the text (`span`), or `text` is
            not one (`text`, `empty`).
        TypeError: An argument other than the draft has another type, or the
            metadata break a rule: no other draft could mend this.

    >>> from geoclaims.annotation import read_draft
    >>> claim = {"type": "statement", "id": "s1", "speaker": "navy"}
    >>> claim |= {"content": "Ships must wait.", "passages": ["the navy said"]}
    >>> navy = {"id": "navy", "name": "the navy"}
    >>> draft = {"id": "harbour", "actors": [navy], "statements": [claim]}
    >>> read_draft(draft, "Wait, the navy said.").excerpts("s1")
    ('the navy said',)
    """
    check_handler(on_error)
    check_whole_text(text)
    check_order_of_dates(dayfirst)
    known = {} if metadata is None else checked_metadata(metadata, dayfirst=dayfirst)
    if not (is_a(draft, str) or is_a(draft, bytes)):
        return article_of_draft(draft, text, known, dayfirst=dayfirst, on_error=on_error)
    source = decoded(draft, 1)
    document = parse(source)

    handed = None if on_error is None else lambda error: on_error(*with_positions([error], source))
    try:
        return article_of_draft(document, text, known, dayfirst=dayfirst, on_error=handed)
    except ValidationError as error:
        raise with_positions([error], source)[0] from None


def to_draft(article: Article) -> dict[str, Any]:
    """Turn an article with its text into a draft, which quotes its passages.

    `read_draft` turns it back into the same article, if its quotes are as
    `read_draft` stores them. Where the words of a passage are in several
    places, up to 64 characters around it are added, or its start.

    Raises:
        AnchorError: The article has no text (`span`).
        TypeError: `article` is not an article.

    >>> from geoclaims import Actor, Article, Span, Statement
    >>> from geoclaims.annotation import to_draft
    >>> he = Actor(id="he", name="he")
    >>> spans = [Span.of("No, he said.", 0, 2)]
    >>> no = Statement(id="s1", speaker="he", content="No.", spans=spans)
    >>> article = Article(id="a", actors=[he], statements=[no])
    >>> to_draft(article.with_text("No, he said."))["statements"][0]["passages"]
    ['No']
    """
    checked_instance(article, Article)
    if article.text is None:
        message = "found no text, expected an article with its text attached: see Article.with_text"
        raise AnchorError([Issue("span", ("text",), message)])
    draft = to_dict(attrs.evolve(article, text=None))
    for name in ANSWERED:
        draft.setdefault(name, [])
    text = QuotedText(article.text)
    for statement, written in zip(article.statements, draft["statements"], strict=True):
        if statement.spans:
            del written["spans"]
            written[PASSAGES] = [passage_of(text.quote(span.start, span.end)) for span in statement.spans]
    return draft


def checked_metadata(metadata: object, *, dayfirst: bool | None = None) -> dict[str, Any]:
    """Check what a caller knows of an article, and return what is not None.

    Raises:
        TypeError: It is not a mapping, or breaks a rule of articles, or has keys that only a draft has.
    """
    if not isinstance(metadata, Mapping):
        raise wrong_type(metadata, "a dict with at least the id of the article", "metadata")
    known = {key: value for key, value in metadata.items() if value is not None}
    notes = Notes(known, tags=_TAGS, vocabulary=DRAFT)
    for key in {*_OPTIONAL[(Article,)], *ANSWERED} & known.keys():
        notes.note("unknown_key", (key,), f"found the key {describe(key)}, expected what is known beside the claims")
    document = _Draft(notes, QuotedText(""), dayfirst).document({**known, "actors": [], "statements": []}, {})
    read_and_note((Article,), document, notes)
    try:
        notes.raise_if_any()
    except ValidationError as error:
        raise TypeError(f"metadata: {error}") from None
    return known


def article_of_draft(
    draft: object,
    text: str,
    known: Mapping[str, Any],
    *,
    dayfirst: bool | None = None,
    on_error: Callable[[AnchorError], object] | None = None,
) -> Article:
    """Read an article from a draft in builtins, with arguments that are checked; otherwise as `read_draft`.

    Args:
        draft: The draft.
        text: The text of the article.
        known: What `checked_metadata` returned, or nothing.
        dayfirst: Whether the day is the first of three numbers.
        on_error: Called with the error that names all passages and quotes without a place, if nothing else is wrong.
    """
    notes = Notes(draft, tags=_TAGS, vocabulary=DRAFT)
    drafted = _Draft(notes, QuotedText(text), dayfirst)
    article: Article = read_and_note((Article,), drafted.document(draft, known), notes)
    is_unknown = cast("object", article) is WRONG
    if another := another_text(drafted.found, drafted.passages):
        notes.note("span", (), another)
        drafted.lost += 1
    if is_unknown:  # of a draft of an unknown version nothing else is known
        notes = Notes(draft, tags=_TAGS, vocabulary=DRAFT)
        read_and_note((Article,), draft, notes)
    elif type(draft) is Repeated:
        for finding in repeated_keys(draft):
            notes.note(*finding)
    if notes.count:
        error = notes.error()
        if on_error is None or is_unknown or notes.count > drafted.lost:
            raise error
        on_error(AnchorError(error.issues, omitted=error.omitted))
    return attrs.evolve(article, text=text, statements=drafted.without_misquotes(article.statements))


@attrs.define
class _Draft:
    """Turns a draft into a JSON-ready article, as far as it is valid."""

    _notes: Issues
    _quoted: QuotedText
    _dayfirst: bool | None
    passages: int = 0
    """How many passages there are, apart from those that break a rule."""
    found: int = 0
    """How many of them are in the text, once or more."""
    lost: int = 0
    """How many issues say that passages have no place of their own, or quotes none."""
    _misquotes: dict[Path, set[int]] = attrs.field(factory=dict)
    """The quotes that are not in the text: the place of each statement, and their numbers in it."""
    _elsewhere: set[str] = attrs.field(factory=set)
    """The keys that a draft may not have and that are already noted."""
    _published: PartialDate | None = None
    """The day from which phrases such as "yesterday" count, where it is known."""

    def document(self, draft: object, known: Mapping[str, Any]) -> Any:
        """Make the document of a draft and what is known of it; note errors in the values that only drafts have."""
        if not is_a(draft, dict):
            return draft
        data = {**dict(draft.items()), **known}
        published = data.get("published")
        date = self._parsed(published, None) if type(published) is str else None
        self._published = date if isinstance(date, PartialDate) and date.day else None
        document = self._object(data, (Article,), ())
        for name in ANSWERED:
            if name not in document:
                self._notes.note("missing", (name,), f"found no key {describe(name)}, {_NO_CLAIMS}")
                document[name] = WRONG
        return {"schema_version": CURRENT, **document}

    def _object(self, data: object, models: tuple[type[Any], ...], path: Path) -> Any:
        """Make the document of an object of one of some models; leave an invalid one for the reader to report."""
        if not is_a(data, dict):
            return data
        model, *others = models
        tag = dict.get(data, "type") if others else None
        model = _TAGS.get(tag, model) if type(tag) is str else model
        fields, needed = _fields_of(models), _needed_in(model)
        document: dict[Any, Any] = {}
        for key, given in data.items():
            field = fields.get(key) if type(key) is str else None
            place = (*path, key)
            if given is None and (field or key in needed or key in _OPTIONAL[models]):
                if key in needed:
                    self._notes.note("missing", place, f"found null, {needed[key]}")
                    document[key] = WRONG
                continue
            value = self._filled_in(given, place)
            if field is None:
                document[key] = value
            elif _says_nothing(key, value, model):
                continue
            elif key in _ELSEWHERE:
                if key not in self._elsewhere:
                    self._notes.note("unknown_key", place, f"found the key {describe(key)}, {_ELSEWHERE[key]}")
                self._elsewhere.add(key)
            else:
                document[key] = self._value(field, value, place)
        if models == STATEMENT_TYPES:
            if (passages := document.pop(PASSAGES, None)) is not None:
                document["spans"] = self._spans(passages, (*path, PASSAGES))
            if QUOTES in document:
                self._print_quotes(document, path)
        return document

    def _value(self, field: Definition, value: object, path: Path) -> Any:
        match field.rule:
            case Date() if type(value) is str:
                relative_to = self._published if path[:-1] else None
                date = self._parsed(value, relative_to, may_lie_ahead=path[-1] != "date")
                if isinstance(date, PartialDate):
                    return str(date)
                self._notes.note("date", path, date.issues[0].message + _IF_UNKNOWN.format(path[-1]))
                return WRONG
            case Many(Nested(models)) if is_a(value, list):
                return [self._object(one, models, (*path, index)) for index, one in enumerate(value)]
            case _:
                return value

    def _filled_in(self, value: Any, path: Path) -> Any:
        """Return a value; replace by `WRONG` what is still to be filled in, alone or in a list, and note it."""
        if is_a(value, list):
            return [one if is_a(one, list) else self._filled_in(one, (*path, index)) for index, one in enumerate(value)]
        if type(value) is str and any(placeholder in value for placeholder in PLACEHOLDERS.values()):
            self._notes.note("empty", path, f"found {describe(value)}, which is still to be filled in")
            return WRONG
        return value

    def _parsed(
        self, date: str, relative_to: PartialDate | None, *, may_lie_ahead: bool = False
    ) -> PartialDate | ValidationError:
        """Read a date as people write it, or say why it is none; what is reported may lie ahead, what is said not."""
        today = relative_to and relative_to.earliest
        try:
            parts = parse_date(date, dayfirst=self._dayfirst, relative_to=today, may_lie_ahead=may_lie_ahead)
        except ValidationError as error:
            return error
        return PartialDate(*parts)

    def _spans(self, passages: object, path: Path) -> list[dict[str, Any]]:
        """Find the spans of a statement; none if any of its passages is wrong."""
        before = self._notes.count
        quotes = passages_in(passages, path, self._notes)
        right = self._notes.count
        spans, found = spans_of(quotes, path, self._quoted, self._notes)
        self.passages += len(quotes) - quotes.count(None)
        self.found += found
        self.lost += self._notes.count - right
        return [to_dict(span) for span in spans] if self._notes.count == before else []

    def _print_quotes(self, statement: dict[Any, Any], path: Path) -> None:
        """Replace the quotes of a statement by the words of the text; note those that are not in it."""
        passages = [(span["start"], span["end"]) for span in statement.get("spans") or ()]
        place = (*path, QUOTES)
        statement[QUOTES], wrong = printed_in(statement[QUOTES], place, passages, self._quoted, self._notes)
        if wrong:
            self._misquotes[path] = wrong
            self.lost += len(wrong)

    def without_misquotes(self, statements: Sequence[Statement]) -> list[Statement]:
        """Return statements without the quotes that are not in the text."""
        return [
            attrs.evolve(one, quotes=[quote for index, quote in enumerate(one.quotes) if index not in wrong])
            if (wrong := self._misquotes.get(("statements", number)))
            else one
            for number, one in enumerate(statements)
        ]


def _says_nothing(key: str, value: object, model: type[Any]) -> bool:
    """Report whether a key is there only because a schema requires it, which knows one type of statement."""
    if key == "kind" and issubclass(model, Statement):
        return type(value) is str and value in _NO_KIND
    return key not in definitions(model) and is_a(value, list) and not value


@cache
def _fields_of(models: tuple[type[Any], ...]) -> Mapping[str, Definition]:
    """Look up the fields that an object of one of some models may have."""
    return {name: field for model in models for name, field in definitions(model).items()}


@once_for_each_model
def _needed_in(model: type[Any]) -> Mapping[str, str]:
    """List the keys that a model requires in a draft, by their wording in messages."""
    required = [name for name, field in definitions(model).items() if field.required]
    if issubclass(model, Statement):
        required = ["type", *required]
    needed = dict.fromkeys(required, f"expected it in every {tag_of(model)}")
    return needed | dict.fromkeys(ANSWERED, _NO_CLAIMS) if model is Article else needed
