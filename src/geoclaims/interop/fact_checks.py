"""The reading of fact checks, in each of the forms they come in, to what they say was claimed.

Values are taken together with their places, so that whatever is wrong is noted where it stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any, Final, TypeGuard

import attrs

from geoclaims._checking import checked
from geoclaims._display import found, is_a
from geoclaims._errors import Issues, Path, ValidationError
from geoclaims._models.kinds import ActorKind
from geoclaims._rules import LANGUAGE, NAME, PROSE, URL, Form, Text
from geoclaims._values.dates import PartialDate

_PREFIXES: Final = ("", "schema:", "https://schema.org/", "http://schema.org/")
_ORGANIZATIONS: Final = frozenset({"Corporation", "NGO", "PoliticalParty"})  # beside all that end in Organization


@attrs.frozen
class Party:
    """One who claims, or a work in which a claim appears."""

    name: str
    kind: ActorKind = ActorKind.UNKNOWN
    role: str | None = None
    same_as: tuple[str, ...] = ()


@attrs.frozen
class Claim:
    """What somebody is said to have claimed."""

    content: str
    claimant: Party | None
    date: PartialDate | None
    appearances: tuple[Party, ...]
    """Where it appears, the first appearance last."""


@attrs.frozen
class Review:
    """What a fact check says of itself."""

    url: str | None
    title: str | None
    publisher: str | None
    published: PartialDate | None
    language: str | None


@attrs.frozen
class _Place:
    """A value in the data, and the way to it."""

    value: Any
    path: Path


@attrs.frozen
class _Names:
    """Where one form of the data has what; a way of several keys has stops between them, and none is empty."""

    content: str
    claimant: str
    date: str
    appearance: str
    first_appearance: str
    url: str
    title: str
    publisher: str
    published: str
    language: str


_SCHEMA_ORG: Final = _Names(
    content="claimReviewed",
    claimant="itemReviewed.author",
    date="itemReviewed.datePublished",
    appearance="itemReviewed.appearance",
    first_appearance="itemReviewed.firstAppearance",
    url="url",
    title="headline",
    publisher="author.name",
    published="datePublished",
    language="inLanguage.alternateName",
)
_SEARCH: Final = _Names(
    content="text",
    claimant="claimant",
    date="claimDate",
    appearance="",
    first_appearance="",
    url="url",
    title="title",
    publisher="publisher.name",
    published="reviewDate",
    language="languageCode",
)
_PAGES: Final = _Names(
    content="claimReviewed",
    claimant="claimAuthor",
    date="claimDate",
    appearance="claimAppearances",
    first_appearance="claimFirstAppearance",
    url="pageUrl",
    title="",
    publisher="claimReviewAuthor.name",
    published="publishDate",
    language="",
)


@attrs.frozen
class FactChecks:
    """What was found in the data: claims, those who review them, and whatever is wrong."""

    claims: list[Claim] = attrs.field(factory=list)
    reviews: list[Review] = attrs.field(factory=list)
    issues: Issues = attrs.field(factory=partial(Issues, None))
    _nodes: dict[str, _Place] = attrs.field(factory=dict)
    """The nodes of a graph, by the `@id` under which others refer to them."""
    _refused: set[Path] = attrs.field(factory=set)
    """Where no object stands, and that is noted."""

    def read(self, data: object) -> None:
        """Read data of any of the forms: answers of Fact Check Tools are known by their keys, all else is JSON-LD."""
        data = _plain(data)
        self.issues.root = data
        root = _Place(data, ())
        keys = data if type(data) is dict else {}
        if "claims" in keys or "claimReview" in keys:
            for claim in self._some(root, "claims") if "claims" in keys else [root]:
                self._add_claim(claim, _SEARCH)
                for review in self._walk(claim, "claimReview"):
                    self._add_review(review, _SEARCH)
        elif "claimReviewMarkupPages" in keys or "claimReviewMarkups" in keys:
            for page in self._some(root, "claimReviewMarkupPages") if "claimReviewMarkupPages" in keys else [root]:
                self._add_review(page, _PAGES)
                for claim in self._some(page, "claimReviewMarkups"):
                    self._add_claim(claim, _PAGES)
        elif type(data) in (dict, list):
            self._read_linked(root)
        else:
            self.issues.add("type", (), data, "an object or array, as json.load gives it")

    def _read_linked(self, root: _Place) -> None:
        """Read JSON-LD: a review, or an array, graph or feed that holds some."""
        nodes = self._values(root)
        for name in ("@graph", "dataFeedElement", "itemListElement", "item"):
            nodes = [inner for node in nodes for inner in (self._walk(node, name) or [node])]
        for node in nodes:
            if type(node.value) is dict and type(id := node.value.get("@id")) is str and len(node.value) > 1:
                self._nodes.setdefault(id, node)
        reviews = [node for node in nodes if "ClaimReview" in self._types(node)]
        for review in reviews:
            self._add_claim(review, _SCHEMA_ORG)
            self._add_review(review, _SCHEMA_ORG)
        if reviews or self.issues.count:
            return
        if [node.path for node in nodes] != [()]:
            self.issues.note("missing", root.path, "found no ClaimReview, expected at least one")
        elif "@type" in root.value:
            self.issues.add("tag", ("@type",), root.value["@type"], "'ClaimReview'")
        else:
            self.issues.note("missing", ("@type",), "found no key '@type', expected it with 'ClaimReview'")

    def _add_claim(self, claim: _Place, names: _Names) -> None:
        claimants = [self._claimant(place) for place in self._walk(claim, names.claimant)]
        if len(claimants) > 1:  # joint speakers are one group
            claimants = [Party(", ".join(party.name for party in claimants), ActorKind.GROUP)]
        appearances = self._walk(claim, names.appearance) + self._walk(claim, names.first_appearance)
        self.claims.append(
            Claim(
                content=self._text(claim, names.content, PROSE, required=True) or "",
                claimant=claimants[0] if claimants else None,
                date=self._date(claim, names.date),
                appearances=tuple(map(self._appearance, appearances)),
            )
        )

    def _add_review(self, review: _Place, names: _Names) -> None:
        publishers = [self._checked(place, NAME) for place in self._walk(review, names.publisher)]
        self.reviews.append(
            Review(
                url=self._text(review, names.url, URL),
                title=self._text(review, names.title, NAME),
                publisher=", ".join(publishers) or None,
                published=self._date(review, names.published),
                language=self._text(review, names.language, LANGUAGE),
            )
        )

    def _claimant(self, place: _Place) -> Party:
        if type(place.value) is str:
            return Party(self._checked(place, NAME))
        return Party(
            name=self._text(place, "name", NAME, required=True) or "",
            kind=self._kind(place),
            role=self._text(place, "jobTitle.name", NAME),
            same_as=tuple(dict.fromkeys(self._checked(link, URL) for link in self._walk(place, "sameAs"))),
        )

    def _appearance(self, place: _Place) -> Party:
        """A work in which a claim appears, known by its title or publisher, or else by its address."""
        if type(place.value) is str:
            url = self._checked(place, URL)
            return Party(url, same_as=(url,))
        address = self._text(place, "url", URL)
        titles = [self._text(place, way, NAME) for way in ("headline", "name", "publisher.name")]
        name = next(filter(None, titles), address)
        if name is None and type(place.value) is dict:
            self.issues.note("missing", (*place.path, "url"), "found no key 'url', expected it")
        return Party(name or "", same_as=() if address is None else (address,))

    def _kind(self, place: _Place) -> ActorKind:
        """What the types of schema.org say, where they say it."""
        types = self._types(place)
        if "Person" in types:
            return ActorKind.PERSON
        if "Country" in types:
            return ActorKind.STATE
        if any(type.endswith("Organization") or type in _ORGANIZATIONS for type in types):
            return ActorKind.ORGANIZATION
        return ActorKind.UNKNOWN

    def _types(self, place: _Place) -> Sequence[str]:
        """The names of the types of a node, without the address of the vocabulary."""
        types = self._walk(place, "@type") or self._walk(place, "type")
        return [type.value.rsplit("/", 1)[-1].rsplit(":", 1)[-1] for type in types if _is_text(type.value)]

    def _text(self, place: _Place, way: str, rule: Text | Form, *, required: bool = False) -> str | None:
        """The one string at the end of a way, or None where there is none."""
        if value := self._one(place, way):
            return self._checked(value, rule)
        if required and type(place.value) is dict:
            self.issues.note("missing", (*place.path, way), f"found no key {found(way)}, expected it")
        return None

    def _checked(self, place: _Place, rule: Text | Form) -> str:
        """The string at a place, or an empty one where it breaks the rule."""
        value = checked(rule, place.value, place.path, self.issues)
        return value if type(value) is str else ""

    def _date(self, place: _Place, way: str) -> PartialDate | None:
        """The one date at the end of a way; a time of day, and with it the zone, is dropped."""
        if value := self._one(place, way):
            try:
                return PartialDate.parse(value.value)
            except ValidationError as error:
                self.issues.take(value.path, error)
        return None

    def _one(self, place: _Place, way: str) -> _Place | None:
        """The one value at the end of a way, or None where there is none."""
        values = self._walk(place, way)
        for more in values[1:]:
            self.issues.add("type", more.path, more.value, "one value, not several")
        return values[0] if values else None

    def _some(self, place: _Place, name: str) -> Sequence[_Place]:
        """The values of an array that must have one."""
        values = self._walk(place, name)
        if not values:
            self.issues.note("empty", (*place.path, name), "found nothing, expected at least one")
        return values

    def _walk(self, place: _Place, way: str) -> list[_Place]:
        """All values at the end of a way: where an array stands each of its elements is followed, null is nothing.

        A node that only refers to another stands for it, and a string for what has it as its name.
        """
        places = [place]
        for name in way.split(".") if way else ():
            places = [inner for outer in places for inner in self._step(outer, name)]
        return places if way else []

    def _step(self, place: _Place, name: str) -> list[_Place]:
        if type(place.value) is str and name in ("name", "alternateName"):
            return [place]
        if type(place.value) is not dict:
            if place.path not in self._refused:
                self._refused.add(place.path)
                self.issues.add("type", place.path, place.value, "an object")
            return []
        keys = [prefix + name for prefix in _PREFIXES if prefix + name in place.value]
        return [value for key in keys for value in self._values(_Place(place.value[key], (*place.path, key)))]

    def _values(self, place: _Place) -> list[_Place]:
        """A value by itself, or the elements of an array."""
        value = _plain(place.value)
        values = [_Place(value, place.path)]
        if type(value) is list:
            values = [_Place(_plain(element), (*place.path, index)) for index, element in enumerate(value)]
        return [self._meant(value) for value in values if value.value is not None]

    def _meant(self, place: _Place) -> _Place:
        """What JSON-LD writes as an object of one key: a plain value, or a node that stands elsewhere."""
        match place.value:
            case {"@value": value}:
                return _Place(value, (*place.path, "@value"))
            case {"@id": id, **rest} if not rest and _is_text(id) and id in self._nodes:
                return self._nodes[id]
            case _:
                return place


def _plain(value: Any) -> Any:
    """What a subclass of dict or list holds; none of its methods is called."""
    if is_a(value, dict):
        return dict(dict.items(value))
    return list(list.__iter__(value)) if is_a(value, list) else value


def _is_text(value: object) -> TypeGuard[str]:
    """Whether this is a string, and of no subclass."""
    return type(value) is str
