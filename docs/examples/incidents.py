"""Make an article of each incident of a register: every attribution is an allegation, every answer a statement."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from typing import Any

from annotation_tools import Report, try_each

from geoclaims import Actor, ActorKind, Allegation, Article, Denial, PartialDate, Statement, ValidationError

NO_NAME = frozenset({"", "unknown", "not available", "not attributed", "none", "n/a"})


def one_line(text: str) -> str:
    """Write a text on one line."""
    return " ".join(text.split())


def is_name(text: str) -> bool:
    """Report whether a text on one line names somebody."""
    return text.lower() not in NO_NAME and any(letter.isalnum() for letter in text)


def party(names: Iterable[str], actors: dict[Hashable, Actor]) -> str:
    """Return the id of a party, and add it to the actors; several names are a group, and a party of no name is new."""
    if isinstance(names, str):  # it would be read as its letters
        raise TypeError(f"found {names!r}, expected a list of names")
    named = [name for name in dict.fromkeys(map(one_line, names)) if is_name(name)]
    key: Hashable = tuple(named) or len(actors)
    if key not in actors:
        actors[key] = Actor(
            id=f"a{len(actors) + 1}",
            kind=ActorKind.GROUP if len(named) > 1 else ActorKind.UNKNOWN,
            anonymous=not named,
            name=" and ".join(named) or "someone whom nobody names",
        )
    return actors[key].id


def day(text: str) -> PartialDate:
    """Read a day; registers write 1 January where only the year is known."""
    date = PartialDate.parse(text)
    return PartialDate(date.year) if (date.month, date.day) == (1, 1) else date


def optional(where: str, report: Report, **values: Any) -> dict[str, Any]:
    """Return the values that a statement can have; report the others."""
    fields: dict[str, Any] = {}
    for name, value in values.items():
        try:
            if value:
                tried: dict[str, Any] = fields | {name: [value] if name == "appearances" else day(value)}
                Statement(id="s", speaker="a", content="c", **tried)
                fields = tried
        except (ValidationError, TypeError) as error:
            found = error.issues[0].message if isinstance(error, ValidationError) else str(error)
            message = found.removeprefix("Statement 's': ")
            report(f"{where}, {name}: {message}")
    return fields


def read_incident(incident: Mapping[str, Any], report: Report) -> Article:
    """Make the article of an incident; an attribution or answer that is left out is reported."""
    actors: dict[Hashable, Actor] = {}
    statements: dict[str, Statement] = {}
    title = one_line(incident["name"])
    where = f"incident {incident['id']}"
    happened = optional(where, report, event_date=incident["first_day"], event_end=incident["last_day"])

    def attribution(numbered: tuple[int, Mapping[str, Any]]) -> None:
        number, record = numbered
        if not record["readings"]:
            raise ValueError("found no reading")
        said = optional(f"{where}, attribution {number}", report, date=record["day"], appearances=record["url"])
        own = record.get("self", False)
        if type(own) is not bool:  # the string "no" would be true
            raise TypeError(f"found {own!r} as self, expected true or false")
        speaker = "" if own else party(record["by"], actors)
        claims = []
        for reading, names in enumerate(record["readings"]):
            if isinstance(names, str):
                raise TypeError(f"found {names!r}, expected a list of names")
            accused = [party(one, actors) for one in ([names] if own else [[name] for name in names or [""]])]
            named = one_line(" and ".join(names)) or "somebody"
            claims.append(
                Allegation(
                    id=f"s{number}-{reading}",
                    speaker=speaker or accused[0],
                    accused=list(dict.fromkeys(accused)),
                    content=f"{title}: {named} did it.",
                    **said,
                    **happened,
                )
            )
        statements.update({claim.id: claim for claim in claims})

    def answer(numbered: tuple[int, Mapping[str, Any]]) -> None:
        number, record = numbered
        attribution, reading = record["to"]
        to = statements[f"s{attribution}-{reading}"].id
        id, speaker = f"answer{number}", party([record["by"]], actors)
        content = f"{one_line(record['by']) or 'somebody'}: {record['stance']}."
        statements[id] = (
            Denial(id=id, speaker=speaker, content=content, denies=[to])
            if record["stance"] == "denied"
            else Statement(id=id, speaker=speaker, content=content, about=[to])
        )

    def of_incident(problem: str) -> None:
        report(f"{where}: {problem}")

    try_each(attribution, enumerate(incident["attributions"]), of_incident)
    try_each(answer, enumerate(incident["answers"]), of_incident)
    return Article(
        id=f"incident-{incident['id']}",
        title=title,
        actors=list(actors.values()),
        statements=list(statements.values()),
    )
