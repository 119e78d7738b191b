"""Make articles of the marks and links of annotation tools: brat, Prodigy, UIMA, Label Studio, W3C Web Annotation."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar
from xml.etree import ElementTree

from geoclaims import Article, ValidationError
from geoclaims.annotation import read_draft

Item = TypeVar("Item")
Result = TypeVar("Result")
Report = Callable[[str], object]
Passage = tuple[int, int] | Mapping[str, Any]
"""Offsets in code points, or a passage as a draft has it."""


class Marked(NamedTuple):
    """A text with the marks and links of an annotator."""

    text: str
    marks: Mapping[Hashable, tuple[str, Sequence[Passage]]]
    """By id: a label, `actor`, `unnamed`, `cue` or the type of a statement, and the passages."""
    links: Sequence[tuple[Hashable, str, Hashable]]
    """The id of a statement's mark, the name of a field, and the id of another mark."""
    names: Mapping[Hashable, str | None] = {}
    """By the id of an actor's mark: who it is, where the corpus says so."""


def try_each(read: Callable[[Item], Result], items: Iterable[Item], report: Report) -> list[Result]:
    """Read items one by one; report an error of any kind, and go on."""
    results = []
    for item in items:
        try:
            results.append(read(item))
        except Exception as error:  # noqa: BLE001  # an export may hold anything
            report(f"{item!r:.80}: {type(error).__name__}: {error}")
    return results


ACTORS = frozenset({"actor", "unnamed"})

# The links of a statement, beside its speaker and its cue.
REFERENCES = frozenset({"about", "accused", "confirms", "denies", "reported_by"})


def annotated(id: str, marked: Marked, report: Report) -> Article:
    """Make an article; whatever is left out is reported."""
    text, marks, links, known = marked

    def passages_of(mark: Hashable) -> tuple[Hashable, list[Mapping[str, Any]]]:
        return mark, [_quoted(passage, text) for passage in marks[mark][1]]

    passages = dict(try_each(passages_of, marks, report))
    labels = {mark: marks[mark][0] for mark in passages}
    claims = [mark for mark, label in labels.items() if label not in {*ACTORS, "cue"}]
    ids = {claim: f"s{number}" for number, claim in enumerate(claims, 1)}
    links_of: dict[Hashable, list[tuple[str, Hashable]]] = {claim: [] for claim in claims}
    for one, field, other in dict.fromkeys(links):
        if one in links_of:
            links_of[one].append((field, other))
        elif one not in marks or one in passages:
            report(f"{one!r}: {field} does not begin at a statement")
    for mark in passages.keys() - ids.keys() - {other for _, _, other in links}:
        report(f"{mark!r}: no link leads to it")
    actors: dict[Hashable, dict[str, Any]] = {}

    def words(*several: Hashable) -> str:
        found = [passage["exact"] for mark in several for passage in passages[mark]]
        return " ".join(" ".join(found).split())

    def named(mark: Hashable) -> tuple[Hashable, str]:
        return mark, " ".join((known.get(mark) or "").split()) or words(mark)

    name_of = dict(try_each(named, (mark for mark, label in labels.items() if label in ACTORS), report))

    def actor(*several: Hashable) -> str:
        names = [name_of[mark] for mark in several]
        are_names = (labels[mark] == "actor" or known.get(mark) for mark in several)
        is_named = bool(names) and all(names) and all(are_names)
        parts = list(filter(None, dict.fromkeys(names) if is_named else names))
        name = " and ".join(parts) or "someone whom the text does not name"
        key: Hashable = name if is_named else several or len(actors)
        kind = "group" if len(parts) > 1 else "unknown"
        new = {"id": f"a{len(actors) + 1}", "name": name, "kind": kind, "anonymous": not is_named}
        return str(actors.setdefault(key, new)["id"])

    def statement(claim: Hashable) -> tuple[Hashable, dict[str, Any]]:
        fields: dict[str, list[Hashable]] = {}
        for field, other in links_of[claim]:
            label = labels[other]
            if (field == "cue") != (label == "cue") or (field == "speaker" and label not in ACTORS):
                raise ValueError(f"{field} leads to {other}, which is marked as {label}")
            if field not in REFERENCES | {"speaker", "cue"}:
                raise ValueError(f"{field!r} is no link of a statement")
            fields.setdefault(field, []).append(other)
        speakers, cues = fields.pop("speaker", []), fields.pop("cue", [])
        made = {
            "type": labels[claim],
            "id": ids[claim],
            "speaker": actor(*speakers),
            "content": words(claim),
            "cue": words(*cues) or None,
            "passages": [passage for mark in (claim, *cues, *speakers) for passage in passages[mark]],
        }
        return claim, made | {
            field: [ids.get(mark) or actor(mark) for mark in several] for field, several in fields.items()
        }

    statements = dict(try_each(statement, claims, report))
    return _read(id, {"actors": actors, "statements": statements}, text, report)


def _quoted(passage: Passage, text: str) -> Mapping[str, Any]:
    if isinstance(passage, Mapping):
        return passage
    start, end = passage
    if not 0 <= start < end <= len(text):
        raise ValueError(f"{passage} is not in the text")
    return {"exact": text[start:end], "start": start}


def _read(id: str, parts: Mapping[str, dict[Hashable, Any]], text: str, report: Report) -> Article:
    """Read a draft without the actors and statements that are wrong, or refer to what is left out."""
    while True:
        try:
            return read_draft({"id": id} | {part: list(found.values()) for part, found in parts.items()}, text)
        except ValidationError as error:
            wrong = {tuple(issue.path[:2]): issue for issue in error.issues if issue.path[0] in parts}
            if not wrong:
                raise
            keys = {part: list(found) for part, found in parts.items()}
            for (part, place), issue in wrong.items():
                key = keys[str(part)][int(place)]
                del parts[str(part)][key]
                report(f"{key!r}: {issue.message}")


def _add(found: dict[Any, Any], id: Hashable, thing: object) -> None:
    """Add a mark or link; a second one of the same id is refused."""
    if id in found:
        raise ValueError(f"{id!r} is there twice")
    found[id] = thing


def brat(text: str, standoff: str, report: Report) -> Marked:
    """Read standoff of brat, whose offsets are code points; notes are dropped, and so is what has an attribute."""
    marks: dict[Hashable, tuple[str, Sequence[Passage]]] = {}
    links: list[tuple[Hashable, str, Hashable]] = []
    events: dict[str, list[str]] = {}
    relations: dict[str, tuple[str, str, str]] = {}
    doubtful: set[str] = set()

    def read(line: str) -> None:
        id, what, words = [*line.split("\t"), "", ""][:3]
        if id.startswith("T"):
            label, ends = what.split(" ", 1)
            places = [(int(start), int(end)) for start, end in map(str.split, ends.split(";"))]
            found = " ".join(text[start:end] for start, end in places)
            if found.replace("\n", " ") != words:
                raise ValueError(f"the text has {found!r} there")
            _add(marks, id, (label, places))
        elif id.startswith("R"):
            name, *parts = what.split()
            end = dict(part.split(":") for part in parts)
            _add(relations, id, (end["Arg1"], name, end["Arg2"]))
        elif id.startswith("E"):
            (_, trigger), *roles = (part.split(":") for part in what.split())
            events.setdefault(trigger, []).append(id)
            links.extend((id, role.rstrip("0123456789"), other) for role, other in roles)
        elif id.startswith(("A", "M")):
            doubtful.update(what.split()[1:2])
            raise ValueError("an attribute; what has it is left out")
        else:
            raise ValueError("no mark, link or event")

    lines = standoff.replace("\r\n", "\n").split("\n")
    try_each(read, (line for line in lines if line and not line.startswith("#")), report)
    placed = {id: marks[mark] for mark in marks for id in events.get(str(mark), [str(mark)]) if mark not in doubtful}
    links += [link for id, link in relations.items() if id not in doubtful]
    return Marked(text, {id: mark for id, mark in placed.items() if id not in doubtful}, links)


def prodigy(line: Mapping[str, Any], report: Report) -> Marked:
    """Read a line of Prodigy, whose offsets are code points; a relation repeats the marks that it links."""
    marks: dict[Hashable, tuple[str, Sequence[Passage]]] = {}
    links: list[tuple[Hashable, str, Hashable]] = []

    def key(span: Mapping[str, Any]) -> Hashable:
        return span["start"], span["end"], span["label"]

    def mark(span: Mapping[str, Any]) -> None:
        marks[key(span)] = span["label"], [(span["start"], span["end"])]

    def link(relation: Mapping[str, Any]) -> None:
        links.append((key(relation["head_span"]), relation["label"], key(relation["child_span"])))

    if line["answer"] == "accept":
        try_each(mark, line.get("spans", ()), report)
        try_each(link, line.get("relations", ()), report)
    else:
        report(f"{line['text']!r:.80}: {line['answer']}")
    return Marked(line["text"], marks, links)


def xmi(document: str | bytes, report: Report) -> Marked:
    """Read XMI of UIMA, INCEpTION or WebAnno, whose offsets are UTF-16 code units."""
    root = ElementTree.fromstring(document)  # noqa: S314  # a file of one's own annotators
    (sofa,) = root.iter("{http:///uima/cas.ecore}Sofa")
    text = sofa.attrib["sofaString"]
    units = text.encode("utf-16-le")

    def code_points(offset: str) -> int:
        if not 0 <= 2 * int(offset) <= len(units):
            raise ValueError(f"{offset} is not in the text")
        return len(units[: 2 * int(offset)].decode("utf-16-le"))

    def layer(name: str) -> Iterator[Mapping[str, str]]:
        return (element.attrib for element in root.iterfind("{*}" + name))

    def label(found: Mapping[str, str]) -> str:
        return found.get("label") or _raise("no label")

    def mark(found: Mapping[str, str]) -> tuple[Hashable, tuple[str, Sequence[Passage]]]:
        place = code_points(found["begin"]), code_points(found["end"])
        return found["{http://www.omg.org/XMI}id"], (label(found), [place])

    def link(found: Mapping[str, str]) -> tuple[Hashable, str, Hashable]:
        return found["Governor"], label(found), found["Dependent"]

    marks = dict(try_each(mark, layer("Mark"), report))
    return Marked(text, marks, try_each(link, layer("Link"), report))


def _raise(message: str) -> str:
    raise ValueError(message)


def label_studio(text: str, annotation: Mapping[str, Any], report: Report) -> Marked:
    """Read an annotation of a task of Label Studio; its words are checked, since old versions count otherwise."""
    marks: dict[Hashable, tuple[str, Sequence[Passage]]] = {}
    links: list[tuple[Hashable, str, Hashable]] = []

    def read(result: Mapping[str, Any]) -> None:
        (label,) = result["labels"] if result["type"] == "relation" else result["value"]["labels"]
        if result["type"] == "relation":
            ends = result["from_id"], result["to_id"]
            one, other = {"right": ends, "left": ends[::-1]}[result["direction"]]
            links.append((one, label, other))
        else:
            passage = {"exact": result["value"]["text"], "start": result["value"]["start"]}
            _add(marks, result["id"], (label, [passage]))

    try_each(read, annotation["result"], report)
    return Marked(text, marks, links)


def w3c(text: str, annotations: Iterable[Mapping[str, Any]], report: Report) -> Marked:
    """Read W3C Web Annotations with a `TextQuoteSelector`, and those that link two others."""
    marks: dict[Hashable, tuple[str, Sequence[Passage]]] = {}
    links: list[tuple[Hashable, str, Hashable]] = []

    def read(annotation: Mapping[str, Any]) -> None:
        (label,) = (body["value"] for body in annotation["body"])
        target = annotation["target"]
        if isinstance(target, list):
            one, other = (end["id"] for end in target)
            links.append((one, label, other))
        else:
            found = target["selector"]
            (quote,) = (
                {key: each[key] for key in each if key != "type"}
                for each in (found if isinstance(found, list) else [found])
                if each["type"] == "TextQuoteSelector"
            )
            _add(marks, annotation["id"], (label, [quote]))

    try_each(read, annotations, report)
    return Marked(text, marks, links)
