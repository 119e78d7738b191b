"""Read the single values of a fact check: text, addresses, dates and claimants.

Malformed values are noted with their place, and left out.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from typing import Final

import attrs

from geoclaims._actors import ActorKind
from geoclaims._checks import checked
from geoclaims._dates import PartialDate
from geoclaims._errors import Issues, ValidationError, location_of
from geoclaims._messages import describe
from geoclaims._rules import LANGUAGE, NAME, PROSE, URL, Form, Text
from geoclaims.interop.fact_checks.linked_data import Document, Placed, is_text

_ORGANIZATIONS: Final = frozenset(
    {"Corporation", "NGO", "PoliticalParty"}
)  # in addition to all names that end in Organization
_BLANKS: Final = " \t\r\n"
_ENTITY: Final = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
# The day is certain if only the time zone has an unusual form, such as +5:30.
_DAY_OF_A_MOMENT: Final = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,9})?)? ?[+-][0-9:]{1,5}"
)


@attrs.frozen
class Party:
    """A claimant, who has no name if the review gives none."""

    name: str | None
    kind: ActorKind = ActorKind.UNKNOWN
    role: str | None = None
    aliases: tuple[str, ...] = ()
    same_as: tuple[str, ...] = ()


@attrs.define
class Values:
    """Reads the values of objects in a document, and notes what is wrong with them."""

    document: Document
    issues: Issues
    dayfirst: bool | None = None
    """How to read ambiguous dates: as the argument of `PartialDate.parse`."""

    def is_object(self, place: Placed) -> bool:
        """Report whether a value is an object, and note if it is not."""
        if type(place.value) is dict:
            return True
        self.issues.wrong("type", location_of(place.path), place.value, "an object")
        return False

    def content(self, place: Placed, name: str) -> str | None:
        """Read the content of a claim, which is required."""
        blanks = self.document.blanks(place, name)
        value = self._one(place, name)
        if value:
            return self._checked(value, PROSE)
        if blanks:
            self._checked(blanks[0], PROSE)
        elif not self.document.values(place, name):
            self.issues.note("missing", (*place.path, name), f"found no key {describe(name)}, expected it")
        return None

    def text(self, place: Placed, name: str, rule: Text | Form) -> str | None:
        """Read the one string of a key, if there is one."""
        value = self._one(place, name)
        return self._checked(value, rule) if value else None

    def language(self, place: Placed, name: str) -> str | None:
        """Read a language: its tag, or an object with the tag as its alternate name."""
        value = self._one(place, name) if name else None
        if value and type(value.value) is dict:
            value = self._one(value, "alternateName")
        return self._checked(value, LANGUAGE) if value else None

    def date(self, place: Placed, name: str) -> PartialDate | None:
        """Read the one date of a key; a time of day and its zone are dropped."""
        value = self._one(place, name)
        if value is None:
            return None
        try:
            text = value.value.strip(_BLANKS) if is_text(value.value) else value.value
            moment = _DAY_OF_A_MOMENT.fullmatch(text) if is_text(text) else None
            return PartialDate.parse(moment[1] if moment else text, dayfirst=self.dayfirst)
        except ValidationError as error:
            for issue in error.issues:
                self.issues.note(issue.code, value.path, issue.message)
        return None

    def addresses(self, place: Placed, name: str) -> Sequence[str]:
        """Read addresses, or works that have one; a work without an address is left out."""
        urls: list[str | None] = []
        for each in self.document.values(place, name):
            if type(each.value) is not dict:
                urls.append(self._checked(each, URL))
            else:
                own = self.document.values(each, "url") or self._addresses_of_nodes(each)
                urls += [self._checked(url, URL) for url in own]
        return tuple(dict.fromkeys(filter(None, urls)))

    def _addresses_of_nodes(self, place: Placed) -> Sequence[Placed]:
        """Find the `@id` of a node, if it is an address on the web."""
        ids = self.document.values(place, "@id")
        return [id for id in ids if is_text(id.value) and id.value[:8].lower().startswith(("http://", "https://"))]

    def publisher(self, place: Placed, name: str) -> str | None:
        """Read the publisher: names, or else the site or address."""
        publishers = self.document.values(place, name)
        names = [next(iter(self._names(publisher)), None) for publisher in publishers]
        if not any(names):
            objects = [publisher for publisher in publishers if type(publisher.value) is dict]
            names = [self.text(each, "site", NAME) or self.text(each, "url", NAME) for each in objects]
        return ", ".join(dict.fromkeys(filter(None, names))) or None

    def claimant(self, place: Placed) -> Party | None:
        """Read a claimant; None if the name is malformed."""
        before = self.issues.count
        names = tuple(dict.fromkeys(self._names(place)))
        if self.issues.count > before:
            return None
        if type(place.value) is str:
            return Party(names[0])
        jobs = self.document.values(place, "jobTitle")
        roles = [role for job in jobs for role in self._names(job)]
        return Party(
            name=names[0] if names else None,
            kind=self._kind(place),
            role=", ".join(dict.fromkeys(roles)) or None,
            aliases=names[1:],
            same_as=tuple(self.addresses(place, "sameAs")),
        )

    def _names(self, place: Placed) -> Sequence[str]:
        """Read the names of a value: a string is its own name."""
        if type(place.value) is str:
            names = [place]
        elif self.is_object(place):
            names = self.document.values(place, "name")
        else:
            names = []
        return [name for each in names if (name := self._checked(each, NAME))]

    def _kind(self, place: Placed) -> ActorKind:
        """Return the kind of actor that the types of schema.org state, if any."""
        types = self.document.types(place)
        if "Person" in types:
            return ActorKind.PERSON
        if "Country" in types:
            return ActorKind.STATE
        if any(type.endswith("Organization") or type in _ORGANIZATIONS for type in types):
            return ActorKind.ORGANIZATION
        return ActorKind.UNKNOWN

    def _one(self, place: Placed, name: str) -> Placed | None:
        """Find the one value of a key; several values are an issue, and none is used."""
        values = self.document.values(place, name)
        for more in values[1:]:
            self.issues.wrong("type", location_of(more.path), more.value, "one value, not several")
        return values[0] if len(values) == 1 else None

    def _checked(self, place: Placed, rule: Text | Form) -> str | None:
        """Check a string; text is read as a page would show it, an address without surrounding white space."""
        value = place.value
        if is_text(value):
            value = value.strip(_BLANKS) if isinstance(rule, Form) else _as_shown(value, rule)
        kept = checked(rule, value, place.path, self.issues)
        return kept if type(kept) is str else None


def _as_shown(text: str, rule: Text) -> str:
    """Resolve character references once, and replace white space that the rule forbids."""
    text = _ENTITY.sub(lambda reference: html.unescape(reference[0]) or reference[0], text)
    text = text.replace("\r\n", "\n").replace("\r", "\n") if rule is PROSE else re.sub(f"[{_BLANKS}]+", " ", text)
    return text.strip(_BLANKS)
