"""Write the annotation that ships with geoclaims, from a copy of the article's text.

    python scripts/annotate_article.py TEXT             writes src/geoclaims/data/article.json
    python scripts/annotate_article.py TEXT --show      prints each statement with its passages

The annotation stands here, made by the codebook (docs/codebook.md). The text does not: a passage is given by its place
in the copy, and the spans are computed from it.
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path

import attrs

from geoclaims import (
    Actor,
    ActorKind,
    Allegation,
    Article,
    Denial,
    DenialKind,
    Quantity,
    Span,
    Statement,
    to_json,
)

DATA = Path(__file__).parents[1] / "src" / "geoclaims" / "data" / "article.json"

# A line of the text, and the first and last word of the passage in it, all counted from 1. Words are what white space
# separates; a comma or full stop at the end of the last one is not part of the passage.
Place = tuple[int, int, int]

# In the order in which the article first mentions them.
ACTORS = (
    Actor(
        id="zelensky",
        name="Volodymyr Zelensky",
        kind=ActorKind.PERSON,
        role="president",
        on_behalf_of="ukraine",
        country="UKR",
        aliases=["Zelensky"],
        same_as=["http://www.wikidata.org/entity/Q3874799"],
    ),
    Actor(
        id="chinese-fighters",
        name="Chinese citizens fighting for Russia",
        kind=ActorKind.GROUP,
        country="CHN",
        aliases=["Chinese citizens", "Chinese fighters", "Chinese nationals", "recruits"],
    ),
    Actor(
        id="russian-forces",
        name="Russian forces",
        kind=ActorKind.ORGANIZATION,
        on_behalf_of="russia",
        country="RUS",
    ),
    Actor(
        id="ukraine",
        name="Ukraine",
        kind=ActorKind.STATE,
        country="UKR",
        aliases=["Kyiv"],
        same_as=["http://www.wikidata.org/entity/Q212"],
    ),
    Actor(
        id="china",
        name="China",
        kind=ActorKind.STATE,
        country="CHN",
        aliases=["Chinese government"],
        same_as=["http://www.wikidata.org/entity/Q148"],
    ),
    Actor(
        id="russia",
        name="Russia",
        kind=ActorKind.STATE,
        country="RUS",
        aliases=["Moscow"],
        same_as=["http://www.wikidata.org/entity/Q159"],
    ),
    Actor(
        id="chinese-official",
        name="a Chinese government official",
        kind=ActorKind.PERSON,
        role="government official",
        on_behalf_of="china",
        country="CHN",
        anonymous=True,
    ),
    Actor(
        id="foreign-ministry",
        name="Foreign ministry",
        kind=ActorKind.ORGANIZATION,
        on_behalf_of="china",
        country="CHN",
    ),
    Actor(
        id="lin-jian",
        name="Lin Jian",
        kind=ActorKind.PERSON,
        role="spokesman",
        on_behalf_of="foreign-ministry",
        country="CHN",
    ),
    Actor(id="citizens-of-china", name="China’s citizens", kind=ActorKind.GROUP, country="CHN"),
    Actor(id="earlier-accusers", name="those who accused Chinese citizens before", anonymous=True),
    Actor(
        id="ukrainian-forces",
        name="Ukrainian forces",
        kind=ActorKind.ORGANIZATION,
        on_behalf_of="ukraine",
        country="UKR",
    ),
    Actor(id="six-soldiers", name="six Chinese soldiers", kind=ActorKind.GROUP, country="CHN", anonymous=True),
    Actor(id="recruiters", name="those who recruited, trained and paid Chinese citizens", anonymous=True),
    Actor(
        id="first-prisoner",
        name="one of the captured soldiers",
        kind=ActorKind.PERSON,
        role="soldier",
        country="CHN",
        anonymous=True,
    ),
    Actor(
        id="second-prisoner",
        name="another captured soldier",
        kind=ActorKind.PERSON,
        role="soldier",
        country="CHN",
        anonymous=True,
    ),
    Actor(id="group-of-prisoner", name="the group of the other captured soldier", kind=ActorKind.GROUP, anonymous=True),
    Actor(
        id="united-states",
        name="United States",
        kind=ActorKind.STATE,
        country="USA",
        aliases=["Washington"],
        same_as=["http://www.wikidata.org/entity/Q30"],
    ),
)

# What cannot be so if no citizens of China fight for Russia.
CITIZENS_FIGHT = (
    "at-least-155",
    "troops-sent",
    "many-more",
    "citizens-fight",
    "six-soldiers-met",
    "recruited-and-trained",
)

# In the order in which their passages begin, then end; what begins and ends together, an allegation before its denial.
STATEMENTS: tuple[tuple[Statement, tuple[Place, ...]], ...] = (
    (
        Allegation(
            id="at-least-155",
            speaker="zelensky",
            content="In Ukraine, 155 or more citizens of China fight on the side of Russia’s forces.",
            cue="claimed",
            event_place="Ukraine",
            about=["russian-forces"],
            quantities=[Quantity(minimum=155, unit="citizens")],
            accused=["chinese-fighters"],
        ),
        ((1, 1, 19),),
    ),
    (
        Allegation(
            id="troops-sent",
            speaker="ukraine",
            content="China has sent troops in support of Russia.",
            cue="accused",
            about=["russia"],
            accused=["china"],
        ),
        ((1, 34, 44),),
    ),
    (
        Allegation(
            id="many-more",
            speaker="ukraine",
            content="Many more citizens of China than 155 are involved on Russia’s side.",
            quotes=["many more"],
            cue="believes",
            reported_by=["zelensky"],
            basis="intelligence reports",
            accused=["chinese-fighters"],
        ),
        ((2, 1, 17),),
    ),
    (
        Statement(
            id="position-to-be-understood",
            speaker="chinese-official",
            content="Others should have a clear understanding of where China stands.",
            cue="urged",
            about=["china"],
        ),
        ((2, 20, 30),),
    ),
    (
        Denial(
            id="not-involved",
            speaker="chinese-official",
            content="China has no involvement in the conflict.",
            cue="insisting",
            about=["china"],
            denies=["troops-sent"],
            kind=DenialKind.NON_INVOLVEMENT,
        ),
        ((2, 20, 23), (2, 31, 39)),
    ),
    (
        Denial(
            id="neither-creator-nor-party",
            speaker="lin-jian",
            content="China did not bring about the crisis in Ukraine and is no party to it.",
            quotes=["China is neither the creator nor a party to the Ukrainian crisis."],
            cue="stated",
            about=["china"],
            denies=["troops-sent"],
            kind=DenialKind.NON_INVOLVEMENT,
        ),
        ((3, 1, 18),),
    ),
    (
        Statement(
            id="advice-to-citizens",
            speaker="china",
            content="China’s citizens should keep out of areas of combat and take no part in military action.",
            cue="advises",
            about=["citizens-of-china"],
            reported_by=["lin-jian"],
        ),
        ((3, 20, 39),),
    ),
    (
        Allegation(
            id="citizens-fight",
            speaker="earlier-accusers",
            content="Citizens of China fight on Russia’s side.",
            cue="accusations",
            about=["russia"],
            accused=["chinese-fighters"],
        ),
        ((3, 40, 51),),
    ),
    (
        Denial(
            id="citizens-do-not-fight",
            speaker="china",
            content="No citizens of China fight on Russia’s side.",
            cue="denied",
            about=["chinese-fighters", "russia"],
            denies=CITIZENS_FIGHT,
            kind=DenialKind.OUTRIGHT,
        ),
        ((3, 40, 51),),
    ),
    (
        Denial(
            id="no-factual-support",
            speaker="china",
            content="No facts support the statements that citizens of China fight on Russia’s side.",
            cue="claiming",
            about=["chinese-fighters", "russia"],
            denies=CITIZENS_FIGHT,
            kind=DenialKind.NO_EVIDENCE,
        ),
        ((3, 40, 41), (3, 52, 57)),
    ),
    (
        Statement(
            id="six-soldiers-met",
            speaker="zelensky",
            content="Ukraine’s forces earlier met six Chinese soldiers in eastern Donetsk and captured two of them.",
            cue="revealed",
            event_place="eastern Donetsk region",
            about=["ukrainian-forces", "six-soldiers", "first-prisoner", "second-prisoner"],
            quantities=[
                Quantity(minimum=6, maximum=6, unit="soldiers"),
                Quantity(minimum=2, maximum=2, unit="prisoners"),
            ],
        ),
        ((4, 4, 25),),
    ),
    (
        Statement(
            id="serious-issue",
            speaker="zelensky",
            content="That citizens of China are involved is a serious matter.",
            cue="characterized",
            about=["chinese-fighters"],
        ),
        ((4, 27, 36),),
    ),
    (
        Allegation(
            id="recruited-and-trained",
            speaker="zelensky",
            content="Chinese citizens were recruited over social media, trained in Moscow, then deployed in Ukraine.",
            cue="asserting",
            event_place="Moscow",
            about=["chinese-fighters"],
            accused=["recruiters"],
        ),
        ((4, 37, 52),),
    ),
    (
        Allegation(
            id="papers-and-pay",
            speaker="zelensky",
            content="The recruited Chinese citizens received the papers they needed and were compensated.",
            cue="noted",
            about=["chinese-fighters"],
            accused=["recruiters"],
        ),
        ((4, 53, 64),),
    ),
    (
        Statement(
            id="first-time-in-combat",
            speaker="first-prisoner",
            content="The captured soldier was surprised to find himself in combat, where he had never been before.",
            cue="shared",
        ),
        ((5, 1, 16),),
    ),
    (
        Statement(
            id="contact-lost",
            speaker="second-prisoner",
            content="The other captured soldier had lost touch with the group he belonged to.",
            cue="spoke of",
            about=["group-of-prisoner"],
        ),
        ((5, 18, 25),),
    ),
    (
        Statement(
            id="reports-disturbing",
            speaker="united-states",
            content="The reports that fighters from China are in Russia are disturbing.",
            quotes=["disturbing"],
            cue="labeling",
            about=["chinese-fighters"],
        ),
        ((6, 1, 14),),
    ),
    (
        Statement(
            id="neutrality-doubted",
            speaker="ukraine",
            content="It is doubtful that China is neutral in the conflict, as it claims to be.",
            cue="expressed skepticism",
            about=["china", "neutrality-claimed"],
        ),
        ((6, 15, 26),),
    ),
    (
        Allegation(
            id="components-supplied",
            speaker="ukraine",
            content="China has provided Russia with parts for weapons.",
            cue="alleging",
            about=["russia"],
            accused=["china"],
        ),
        ((6, 15, 17), (6, 27, 36)),
    ),
    (
        Statement(
            id="neutrality-claimed",
            speaker="china",
            content="China is neutral in the conflict.",
            cue="claimed",
        ),
        ((6, 21, 26), (7, 2, 9)),
    ),
    (
        Allegation(
            id="arsenal-enlarged",
            speaker="united-states",
            content="China has helped Russia to enlarge its arsenal, munitions and vehicles among it.",
            cue="accused",
            about=["russia"],
            accused=["china"],
        ),
        ((6, 37, 53),),
    ),
    (
        Denial(
            id="no-lethal-weapons",
            speaker="china",
            content="China sells no lethal weapons.",
            cue="claims",
            about=["neutrality-claimed"],
            denies=["arsenal-enlarged"],
            kind=DenialKind.OUTRIGHT,
        ),
        ((7, 24, 31),),
    ),
    (
        Statement(
            id="export-rules-followed",
            speaker="china",
            content="China keeps to the rules on exporting technologies that have both civil and military uses.",
            cue="claims",
            about=["neutrality-claimed"],
        ),
        ((7, 24, 26), (7, 33, 40)),
    ),
)


def span_at(text: str, place: Place) -> Span:
    """The passage at a place."""
    line, first, last = place
    lines = text.split("\n")
    before = sum(len(earlier) + 1 for earlier in lines[: line - 1])
    words = list(re.finditer(r"\S+", lines[line - 1]))
    final = words[last - 1]
    return Span.of(text, before + words[first - 1].start(), before + final.start() + len(final[0].rstrip(",.")))


def annotate(text: str) -> Article:
    """The annotated article, without its text.

    What the article does not give, such as its title and date, is left out.
    """
    return Article(
        id="chinese-citizens-in-ukraine",
        annotator="the geoclaims maintainers",
        language="en",
        actors=ACTORS,
        statements=[
            attrs.evolve(statement, spans=[span_at(text, place) for place in places])
            for statement, places in STATEMENTS
        ],
    )


def main() -> None:
    """Write the annotation, or show it beside the text."""
    parser = argparse.ArgumentParser(description="Write the annotation that ships with geoclaims.")
    parser.add_argument("text", type=Path, help="a copy of the article's text, in UTF-8, a paragraph a line")
    parser.add_argument("--to", type=Path, default=DATA, help="where to write the JSON")
    parser.add_argument("--show", action="store_true", help="print the passages instead of writing")
    arguments = parser.parse_args()
    text = arguments.text.read_text(encoding="utf-8-sig")
    article = annotate(text)
    if arguments.show:
        for statement in article.statements:
            print(f"{statement.id}: {statement.content}")
            for span in statement.spans:
                print(f"    {span.start}-{span.end} {text[span.start : span.end]}")
    else:
        arguments.to.write_text(to_json(article, indent=2) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
