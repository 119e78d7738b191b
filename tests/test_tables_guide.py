"""The recipes of the guides to tables and to large corpora, on other articles than those that they show."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from random import Random
from typing import Any

import pytest
from accusations import accusations, items
from hypothesis import example, given, settings, strategies as st

from geoclaims import Actor, Allegation, Article, Denial
from geoclaims.corpus import Corpus, Link, LinkKind
from geoclaims.interop import to_records, write_csv
from geoclaims.strategies import articles, corpora as linked_corpora
from tests.conftest import imported

DOCS = Path(__file__).parents[1] / "docs"

LONG = Actor(id="long", name=201 * "x", same_as=[f"https://a.example/{200 * 'x'}", "https://b.example/"])
# Ids that patterns and comparisons without case take for each other, one name for two actors, and `|` in it.
SIMILAR = [
    Article(
        id=f"similar-{number}",
        actors=[Actor(id="a_b", name="A|B\\", same_as=["https://a.example/x|y"]), Actor(id="aXb", name="A|B\\"), LONG],
        statements=[
            Allegation(id="s_1", speaker="a_b", content="One.\nAnd |.", accused=["aXb", "a_b"], about=["sx1"]),
            Allegation(id="sx1", speaker="a_b", content="Two\n\\|", accused=["aXb"], about=["s_1", "a_b"]),
            Allegation(id="S_1", speaker="a_b", content="Three.", accused=["a_b"]),
            Denial(id="d", speaker="aXb", content="No.", denies=["sx1", "S_1", "l"]),
            Allegation(id="l", speaker="long", content=201 * "y", accused=["a_b", "long"]),
            Denial(id="D", speaker="aXb", content="No.", denies=["S_1"]),
        ],
    )
    for number in (1, 2)
]


def corpora() -> st.SearchStrategy[list[Article]]:
    """Articles with ids of their own, among them those whose parts are similar."""
    some = st.lists(articles(max_actors=4, max_statements=6), max_size=2)
    return some.map(lambda drawn: list({article.id: article for article in [*SIMILAR, *drawn]}.values()))


@given(corpus=corpora())
def test_the_rows_of_accusations_say_who_accuses_whom_by_address_or_article_and_id(corpus: list[Article]) -> None:
    def known_as(article: Article, id: str) -> str:
        actor = article.actor(id)
        return next((url for url in actor.same_as[:1] if len(url) <= 200), f"{article.id}/{id}")

    found = [(row["article"], row["id"], row["accuser"], row["accused"]) for row in accusations(corpus)]
    assert found == [
        (article.id, claim.id, known_as(article, claim.speaker), known_as(article, accused))
        for article in corpus
        for claim in article.allegations
        for accused in claim.accused
    ]


@given(corpus=corpora())
def test_beside_each_id_stands_its_name_or_content_of_200_characters_and_first_address(corpus: list[Article]) -> None:
    for article, record in [(each, record) for each in corpus for record in to_records(each)]:
        said = article.statement(str(record["id"]))
        ids = {name: getattr(said, name, ()) for name in ("about", "reported_by", "confirms", "accused", "denies")}
        ids |= {"speaker": [said.speaker], "denied": [article.statement(id).speaker for id in ids["denies"]]}
        assert items(record["denied"]) == ids["denied"]
        for name, several in ids.items():
            things = [article.resolve(id) for id in several]
            whole = [thing.name if isinstance(thing, Actor) else thing.content for thing in things]
            urls = [(*thing.same_as[:1], "")[0] if isinstance(thing, Actor) else "" for thing in things]
            urls = [url if len(url) <= 200 else "" for url in urls]
            (words, *addresses) = [cell for column, cell in record.items() if column.startswith(f"{name}_")]
            if name == "speaker":
                assert addresses == [urls[0] or None]
            elif addresses:
                assert items(addresses[0]) == (urls if any(urls) else [])
            found = [str(words)] if name == "speaker" else items(words)
            for text, word in zip(whole, found, strict=True):
                is_cut = word[-1] == "…" and text.startswith(word[:-1]) and len(word) <= 200
                assert word == text if len(text) <= 200 else is_cut and (len(word) == 200 or not text.isalpha())


def affair() -> Corpus:
    """Two claims, each told in a row of reports in any order, with denials, confirmations and proxies across them."""
    reports = []
    for number in Random(1).sample(range(24), 24):
        url = "https://www.wikidata.org/wiki/Q1" if number % 2 else "http://wikidata.org/entity/Q1"
        actors = [
            Actor(id="state", name="S", same_as=[url, f"https://a.example/|{number % 2}"] if number % 3 else []),
            Actor(id="office", name="O", on_behalf_of=None if number % 4 else "state"),
            Actor(id="aide", name="A", on_behalf_of="office"),
        ]
        claim = Allegation(id="claim", speaker="aide", content="It did.", accused=["aide", "state"][number % 2 :])
        denial = Denial(id="denial", speaker="office", content="No.", denies=["claim"])
        confirmed = ["claim"] if number % 5 else []
        echo = Allegation(id="echo", speaker="state", content="Yes.", accused=["office"], confirms=confirmed)
        said = [claim, echo] if number % 6 else [denial, claim, echo]
        reports.append(Article(id=f"r{number}", actors=actors, statements=said))
    rows = [("same", f"r{number}/claim", f"r{number + 1}/claim") for number in range(23) if number != 11]
    rows += [("same", f"r{number}/office", f"r{number + 4}/office") for number in range(20)]
    rows += [("denies", f"r{number}/denial", f"r{number + 5}/claim") for number in range(0, 18, 6)]
    rows += [("confirms", f"r{number}/echo", f"r{23 - number}/claim") for number in range(0, 10, 5)]
    rows += [("distinct", "r0/state", "r0/aide")]
    links = [Link(kind=LinkKind(kind), source=source, target=target) for kind, source, target in rows]
    return Corpus(articles=reports, links=links)


@pytest.fixture(scope="session")
def duckdb() -> Any:
    """The database that the page uses."""
    return imported("duckdb")


@settings(max_examples=3)  # an example takes a fifth of a second
@example(corpus=affair())
@given(corpus=linked_corpora(max_articles=6, max_links=12))
def test_the_tables_of_a_corpus_answer_as_it_does(duckdb: Any, corpus: Corpus) -> None:
    page = (DOCS / "study" / "large-corpora.md").read_text(encoding="utf-8")
    actors = [(f"{article.id}/{actor.id}", actor) for article in corpus.articles for actor in article.actors]
    parties = [url for _, actor in actors for url in actor.same_as if not re.search(r"[|\\;]", url)]
    parties += [reference for reference, _ in actors]
    sayings = [reference for claim in corpus.claims for reference in claim]

    with tempfile.TemporaryDirectory() as name, duckdb.connect() as connection:

        def answer(query: str, *arguments: str) -> tuple[str | tuple[str, ...], ...]:
            rows = connection.execute(re.sub(r"\bx\b", "?", query), arguments).fetchall()
            return tuple(one if isinstance(one, str) else tuple(one) for one, *_ in rows)

        write_csv(name, corpus)
        if not corpus.links:
            Path(name, "links.csv").write_text("kind,source,target", encoding="utf-8")
        connection.execute(f"set file_search_path = '{name}'")
        connection.execute((DOCS / "examples" / "corpus.sql").read_text(encoding="utf-8"))
        assert answer("from claims") == corpus.claims
        for question, query in re.findall(r"^\| `(\w+)\(x\)` \| `(.+)` \|$", page, re.MULTILINE):
            ask: Any = getattr(corpus, question)
            among = sayings if question.endswith("_of") else parties
            for most in sorted(among, key=lambda one: len(str(ask(one))))[-1:]:
                assert answer(query, most) == ask(most)
                if "true" in query:
                    assert answer(query.replace("true", "false"), most) == ask(most, including_proxies=False)
        for party in parties[:1]:
            found = connection.execute("from disputes(?)", [party]).fetchall()
            disputes = [
                (claim, denial) for claim in corpus.against(party) for denial in corpus.denials_of(claim) or ((),)
            ]
            assert [(tuple(claim), tuple(denial or ())) for claim, denial in found] == disputes
