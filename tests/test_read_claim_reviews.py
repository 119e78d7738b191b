from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from hypothesis import given, strategies as st

from geoclaims import ActorKind, Article, PartialDate, Statement, ValidationError
from geoclaims.interop import read_claim_reviews, write_csv

if TYPE_CHECKING:
    from tests.conftest import Work

FEED: dict[str, Any] = json.loads((Path(__file__).with_name("goldens") / "fact-checks.json").read_bytes())
REVIEW, (CLAIM, _), (PAGE,) = FEED["review"], FEED["claims"], FEED["pages"]
ANOTHER = {**REVIEW, "claimReviewed": "Norland has sold its army."}


def read(data: Any) -> tuple[list[Article], list[ValidationError]]:
    """The articles in data, and the errors that were handed over."""
    errors: list[ValidationError] = []
    return list(read_claim_reviews(data, on_error=errors.append)), errors


def contents(data: Any) -> list[str]:
    """What is claimed in each article, where nothing is wrong."""
    return [statement.content for article in read_claim_reviews(data) for statement in article.statements]


def codes(errors: list[ValidationError]) -> list[list[tuple[str, str]]]:
    return [[(issue.code, issue.json_path) for issue in error.issues] for error in errors]


def changed(value: Any, *path: str | int) -> Any:
    """A copy of the review with another value at a place."""
    data = copy.deepcopy(REVIEW)
    here: Any = data
    for step in path[:-1]:
        here = here[step]
    here[path[-1]] = value
    return data


@pytest.mark.parametrize(
    "data",
    [
        [REVIEW, ANOTHER],
        [[REVIEW], [[ANOTHER]]],
        [{"@type": "BreadcrumbList", "itemListElement": [{"@type": "ListItem", "item": "x"}]}, "x", 7, REVIEW, ANOTHER],
        {"@context": "https://schema.org", "@graph": [{"@type": "WebPage"}, REVIEW, ANOTHER]},
        {"@type": "WebPage", "claims": "x", "mainEntity": {"@type": "Article", "review": [REVIEW, ANOTHER]}},
        {"@type": "DataFeed", "dataFeedElement": [{"item": [REVIEW]}, {"@type": "DataFeedItem", "item": [ANOTHER]}]},
        [{"id": 5, "claims": [REVIEW]}, {"claimReview": ANOTHER}],
        {"any": {"thing": {"at": ["all", REVIEW]}}, "": ANOTHER},
        {**PAGE, "claimReviewMarkups": PAGE["claimReviewMarkups"]},
        {"claims": [CLAIM | {"claimReview": []}, {"text": ANOTHER["claimReviewed"]}]},
        [CLAIM | {"claimReview": CLAIM["claimReview"][0]}, {"text": ANOTHER["claimReviewed"], "claimant": "Ada"}],
        {"results": [{"claims": [CLAIM | {"claimReview": None}]}, {"claims": [{"text": ANOTHER["claimReviewed"]}]}]},
    ],
    ids=range(12),
)
def test_a_review_is_found_wherever_it_stands(data: Any) -> None:
    found = ["Norland has sold its navy.", "Norland has sold its army."]
    assert contents(data) == contents(json.dumps(data)) == contents(json.dumps(data).encode()) == found


# By each field, how it may be said in a review, in the answer of a search, and on a page of claims.
BARE: dict[str, Any] = {
    "review": {"@type": "ClaimReview", "claimReviewed": "It."},
    "search": {"claims": [{"text": "It.", "claimReview": [{}]}]},
    "page": {"claimReviewMarkups": [{"claimReviewed": "It."}]},
}
WORK, AUTHOR, MARKUP = "itemReviewed", "itemReviewed.author", "claimReviewMarkups.0"
SEARCHED, CHECK, CLAIMANT = "claims.0", "claims.0.claimReview.0", f"{MARKUP}.claimAuthor"
SAID: dict[str, tuple[str, ...]] = {
    "url": ("url", f"{CHECK}.url", f"{MARKUP}.url", "pageUrl"),
    "title": ("headline", "name", f"{CHECK}.title"),
    "publisher": (
        *("publisher", "publisher.name", "publisher.site", "author", "author.name", "author.site"),
        *(f"{CHECK}.publisher.name", f"{CHECK}.publisher.site", "claimReviewAuthor", "claimReviewAuthor.name"),
    ),
    "published": ("datePublished", f"{CHECK}.reviewDate", "publishDate"),
    "language": ("inLanguage", "inLanguage.alternateName", f"{CHECK}.languageCode"),
    "content": ("claimReviewed", f"{SEARCHED}.text", f"{MARKUP}.claimReviewed"),
    "date": (f"{WORK}.datePublished", f"{SEARCHED}.claimDate", f"{MARKUP}.claimDate"),
    "appearances": (
        *(f"{WORK}.{name}" for name in ("url", "appearance", "appearance.url", "appearance.@id", "firstAppearance")),
        *(f"{MARKUP}.claimAppearances", f"{MARKUP}.claimAppearances.url", f"{MARKUP}.claimFirstAppearance"),
    ),
    "name": (AUTHOR, f"{AUTHOR}.name", f"{SEARCHED}.claimant", CLAIMANT, f"{CLAIMANT}.name"),
    "role": (f"{AUTHOR}.jobTitle", f"{AUTHOR}.jobTitle.name", f"{CLAIMANT}.jobTitle"),
    "same_as": (f"{AUTHOR}.sameAs", f"{CLAIMANT}.sameAs"),
    "kind": (f"{AUTHOR}.@type", f"{AUTHOR}.type", f"{CLAIMANT}.@type"),
    "": ("reviewRating.ratingValue", f"{WORK}.name", f"{CHECK}.textualRating", f"{MARKUP}.rating.textualRating"),
}
# Two values for each field, and one that it cannot have, with the code of that.
WORDS: dict[str, tuple[str, str, str, str]] = {
    **dict.fromkeys(("published", "date"), ("2031-05-06", "2032", "soon", "date")),
    **dict.fromkeys(("url", "appearances", "same_as"), ("https://a.example/1", "https://a.example/2", "TBD", "url")),
    "language": ("en", "pt-BR", "en_US", "language"),
    "kind": ("Person", "https://schema.org/Country", "", ""),
}
OF_MANY = {"appearances", "same_as", "role"}
PATHS = [(field, path) for field, paths in SAID.items() for path in paths]


def saying(path: str, value: Any) -> Any:
    """What says one thing beside a claim."""
    steps: list[Any] = [int(step) if step.isdigit() else step for step in path.split(".")]
    form = "search" if steps[0] == "claims" else "page" if steps[0] in PAGE else "review"
    here = data = copy.deepcopy(BARE[form])
    for step in steps[:-1]:
        here = here[step] if isinstance(here, list) else here.setdefault(step, {})
    here[steps[-1]] = value
    return data


def expected(field: str, *values: str) -> Article:
    """The article of a claim beside which values are said."""
    (bare,) = read_claim_reviews(BARE["review"])
    kept: Any = {"role": ", ".join(values), "appearances": values, "same_as": values}.get(field, "".join(values))
    kept = {"kind": ActorKind.PERSON, "published": PartialDate(2031, 5, 6), "date": PartialDate(2031, 5, 6)}.get(
        field, kept
    )
    named = {"anonymous": False} if field == "name" else {}
    for section, thing in (("actors", bare.actors[0]), ("statements", bare.statements[0])):
        if field in attrs.fields_dict(type(thing)):
            return attrs.evolve(bare, **{section: [attrs.evolve(thing, **{field: kept}, **named)]})  # type: ignore[arg-type]
    return attrs.evolve(bare, **({field: kept} if field else {}))


def but_its_id(*articles: Article) -> list[Article]:
    return [attrs.evolve(article, id="claim-review") for article in articles]


@pytest.mark.parametrize(("field", "path"), PATHS)
def test_what_is_said_at_a_place_changes_one_field_in_whichever_form_it_is(field: str, path: str) -> None:
    one, two, _, _ = WORDS.get(field, ("Words", "More", "", ""))
    forms = [one, [one], {"@value": one, "@language": "en"}, [None, "", one, " "]]
    forms += [] if path.endswith(("@id", "type")) else [f" {one}\n"]
    forms += [] if field in WORDS else [f"\u3000&nbsp;{one}\u202f\u2028\x85&#160; "]
    for form in forms:
        assert but_its_id(*read_claim_reviews(saying(path, form))) == but_its_id(expected(field, one))
    for blank in ("", " \n", "&nbsp;", " &#160; ", "\u00a0\u2003", None, [], [None], [""]):
        articles, _ = read(saying(path, blank))
        assert but_its_id(*articles) == ([] if field == "content" else but_its_id(expected("")))
    if field in OF_MANY:
        several = read_claim_reviews(saying(path, [one, two, one]))
        assert but_its_id(*several) == but_its_id(expected(field, one, two))


@pytest.mark.parametrize(
    ("field", "path"), [each for each in PATHS if each[0] not in {"", "kind"} and "@" not in each[1]]
)
def test_what_is_wrong_at_a_place_is_named_there_and_left_out_or_else_the_claim(field: str, path: str) -> None:
    one, _, bad, code = WORDS.get(field, ("Words", "More", "a\x91", "text"))
    place = f"$[0].{path}".replace(".0", "[0]")
    others = list(read_claim_reviews(REVIEW))
    for value, issue in ((bad, (code, place)), (7, ("type", place)), ([one, bad], (code, f"{place}[1]"))):
        if value in (bad, 7) or field in OF_MANY:
            articles, errors = read([saying(path, value), REVIEW])
            assert (codes(errors), articles[-1:]) == ([[issue]], others)
            left = expected("") if value in (bad, 7) else expected(field, one)
            assert but_its_id(*articles[:-1]) == ([] if field in {"content", "name"} else but_its_id(left))


def test_the_id_depends_on_the_claim_its_claimant_and_the_address_of_the_review(tmp_path: Path) -> None:
    (article,) = read_claim_reviews(REVIEW)
    assert re.fullmatch("claim-review-[0-9a-f]{16}", article.id)
    others = [changed("No.", "claimReviewed"), changed("https://a.example", "url"), changed("Bo", WORK, "author")]
    assert article.id not in {other.id for other in read_claim_reviews(others)}
    corrected = [changed("Sold!", "headline"), changed("2031-04", "itemReviewed", "datePublished")]
    for other in read_claim_reviews(corrected):
        assert (other.id, other != article) == (article.id, True)
        with pytest.raises(ValidationError, match="keep one of them, or give each an id of its own"):
            write_csv(tmp_path, [article, other])
    bare = {"@type": "ClaimReview", "claimReviewed": "Norland has sold its navy."}
    ids = {each.id for each in read_claim_reviews([bare, {**bare, "author": "A"}, {**bare, "headline": "A"}])}
    assert len(ids) == 3


def test_several_works_reviewed_are_several_articles_of_the_same_claim() -> None:
    works = [{"author": "Ada"}, {"author": "Bo"}, {"author": "Bo", "url": "https://a.example/1"}]
    articles = list(read_claim_reviews(REVIEW | {"itemReviewed": works}))
    assert [article.actors[0].name for article in articles] == ["Ada", "Bo", "Bo"]
    assert len({article.id for article in articles}) == 3


def test_the_publisher_is_that_of_the_review_by_its_names_and_else_its_author() -> None:
    publishers: dict[str, list[Any]] = {
        "The Desk": [{"name": "The Desk", "site": "desk.example"}],
        "The Desk, Esk": [[{"name": ["The Desk", "Desk"]}, "Esk", {"name": "Esk"}]],
        "desk.example": [{"site": "desk.example", "url": "https://desk.example/"}],
        "https://desk.example/": [{"name": "", "url": "https://desk.example/"}],
        "Bo Hale": [{}, None, ""],
    }
    for name, forms in publishers.items():
        for publisher in forms:
            assert [article.publisher for article in read_claim_reviews(REVIEW | {"publisher": publisher})] == [name]


def test_the_type_of_the_claimant_tells_its_kind() -> None:
    kinds: dict[ActorKind, list[Any]] = {
        ActorKind.PERSON: ["Person", "https://schema.org/Person"],
        ActorKind.ORGANIZATION: ["schema:Organization", "GovernmentOrganization", "PoliticalParty"],
        ActorKind.STATE: [["Country", "GovernmentOrganization"]],
        ActorKind.UNKNOWN: ["Thing", 7, None],
    }
    for kind, types in kinds.items():
        reviews = [changed(each, "itemReviewed", "author", "@type") for each in types]
        assert {article.actors[0].kind for article in read_claim_reviews(reviews)} == {kind}


def test_names_in_one_list_are_one_claimant_and_several_claimants_are_a_group() -> None:
    (article,) = read_claim_reviews(changed({"name": ["Ada", "A. L.", "Lund", "Ada"]}, "itemReviewed", "author"))
    assert [(actor.name, actor.aliases) for actor in article.actors] == [("Ada", ("A. L.", "Lund"))]
    (article,) = read_claim_reviews(changed(["Ada", {"name": ""}, {"name": "Bo"}, "Ada"], "itemReviewed", "author"))
    assert [(actor.name, actor.kind) for actor in article.actors] == [("Ada, Bo", ActorKind.GROUP)]


def test_text_is_taken_as_a_page_shows_it_and_addresses_to_the_letter() -> None:
    data = {
        "@type": "ClaimReview",
        "claimReviewed": " &nbsp;Ada&#039;s &quot;navy&quot;\r\n&amp;lt; &#x41;&unknown; &#1; AT&T &copy\r&emsp;",
        "headline": "A\n  title&hellip;\t",
        "url": " https://a.example/?a=1&copy;=2&amp;b=3 \n",
    }
    (article,) = read_claim_reviews(data)
    assert article.statements[0].content == 'Ada\'s "navy"\n&lt; A&unknown; &#1; AT&T &copy'
    assert (article.title, article.url) == ("A title…", "https://a.example/?a=1&copy;=2&amp;b=3")


@pytest.mark.parametrize(
    "text",
    [
        *("2031-05-06", " 2031-05-06 ", "6 May 2031", "2031-05-06T10:11:12+05:30", "2031-05-06 10:11 +0530"),
        *("2031-05-06T10:11:12.123+5:30", "2031-05-06 10:11 -5:30", "2031-05-06T10:11+5", "2031-05-06T10:11+530"),
    ],
)
def test_a_time_and_its_zone_are_dropped_also_if_the_zone_lacks_a_zero(text: str) -> None:
    (article,) = read_claim_reviews(REVIEW | {"datePublished": text})
    assert article.published == PartialDate(2031, 5, 6)


@pytest.mark.parametrize("time", ["T99:99:99+00:00", " 25:61 +5:30", "T24:00+0:00", "T10:11+9:99", "T10:60Z", " 24:00"])
def test_what_no_clock_shows_is_not_a_time(time: str) -> None:
    (article,), errors = read(REVIEW | {"datePublished": f"2031-05-06{time}"})
    assert (article.published, codes(errors)) == (None, [[("date", "$.datePublished")]])


@pytest.mark.parametrize(("field", "path"), [each for each in PATHS if each[0] in {"published", "date"}])
def test_ambiguous_dates_are_read_as_the_caller_says_or_not_at_all(field: str, path: str) -> None:
    data = saying(path, "04/05/2031")
    for dayfirst, day in ((True, PartialDate(2031, 5, 4)), (False, PartialDate(2031, 4, 5))):
        (article,) = read_claim_reviews(data, dayfirst=dayfirst)
        assert getattr(article if field == "published" else article.statements[0], field) == day
    _, errors = read(data)
    assert codes(errors) == [[("date", f"$.{path}".replace(".0", "[0]"))]]


# What is wrong.


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"url": ["https://a.example", "https://b.example"]}, "$.url[1]"),
        ({"publisher": {"@id": "#desk", "@type": "Organization"}}, "$.publisher"),
        ({"itemReviewed": "a"}, "$.itemReviewed"),
    ],
)
def test_an_optional_value_that_is_malformed_is_left_out_and_reported(change: Any, place: str) -> None:
    (article,), errors = read(REVIEW | change)
    assert article.statements[0].content == REVIEW["claimReviewed"]
    with pytest.raises(ValidationError) as caught:
        next(read_claim_reviews(REVIEW | change))
    assert codes([caught.value]) == codes(errors) == [[("type", place)]]


def test_a_claim_without_content_or_with_a_malformed_claimant_is_reported_and_the_next_one_read() -> None:
    bad = [
        {"@type": "ClaimReview"},
        {"@type": "ClaimReview", "claimReviewed": ["a", "b"]},
        {"@type": "ClaimReview", "claimReviewed": "\ud800", "url": "x"},
        REVIEW | {"itemReviewed": {"author": ["Bo", 7]}},
        REVIEW | {"itemReviewed": {"author": {"@id": "#ada"}}},
        {"claims": [7, {}, {"text": "a", "claimant": 7, "claimReview": [{"url": "x"}]}]},
        {"claimReviewMarkups": [7, {}, {"claimReviewed": "a", "claimAuthor": 7}]},
    ]
    articles, errors = read([*bad, REVIEW])
    assert articles == list(read_claim_reviews(REVIEW))
    assert codes(errors) == [
        [("missing", "$[0].claimReviewed")],
        [("type", "$[1].claimReviewed[1]")],
        [("text", "$[2].claimReviewed"), ("url", "$[2].url")],
        [("type", "$[3].itemReviewed.author[1]")],
        [("type", "$[4].itemReviewed.author")],
        [("missing", "$[5].claims[1].text")],
        [("type", "$[5].claims[2].claimant"), ("url", "$[5].claims[2].claimReview[0].url")],
        [
            ("type", "$[6].claimReviewMarkups[0]"),
            ("missing", "$[6].claimReviewMarkups[1].claimReviewed"),
            ("type", "$[6].claimReviewMarkups[2].claimAuthor"),
        ],
    ]


@pytest.mark.parametrize("data", [None, 7, (), Path("a.json"), {REVIEW["url"]}])
def test_what_is_not_json_at_all_is_an_argument_of_the_wrong_type(data: Any) -> None:
    with pytest.raises(TypeError, match="JSON"):
        read_claim_reviews(data)
    with pytest.raises(TypeError, match="on_error"):
        read_claim_reviews(REVIEW, on_error=7)  # type: ignore[arg-type]


NOTHING = [{}, [], [{"@type": "WebPage"}], {"claims": []}, {"@type": ""}, {"claimReviewMarkups": []}, {7: REVIEW}]


@pytest.mark.parametrize("data", NOTHING)
def test_data_without_a_review_or_claim_lack_one(data: Any) -> None:
    articles, errors = read(data)
    assert (articles, codes(errors)) == ([], [[("missing", "$")]])


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ('[\n  {"@type": "ClaimReview",\n   "claimReviewed": "It rains.", "url": "TBD"}]', "url", 3, 41),
        ('{"a": 1,\n "a": 2}', "duplicate_key", 2, 2),
        ("<!DOCTYPE html>", "json", 1, 1),
        ("[NaN]", "json", 1, 2),
        (b'["\xff"]', "encoding", 1, 3),
        (65 * "[", "depth", 1, 65),
        (" null", "type", 1, 2),
    ],
)
def test_an_issue_of_a_text_has_its_line_and_column(text: str | bytes, code: str, line: int, column: int) -> None:
    _, [error] = read(text)
    assert [(issue.code, issue.line, issue.column) for issue in error.issues] == [(code, line, column)]


def nested(depth: int, inner: Any) -> Any:
    for _ in range(depth):
        inner = [inner]
    return inner


def test_what_is_deeper_than_json_may_be_is_named_and_what_holds_itself_is_read_once() -> None:
    assert contents(nested(63, REVIEW)) == ["Norland has sold its navy."]
    articles, errors = read([nested(63, REVIEW), nested(100_000, REVIEW), ANOTHER])
    assert [article.statements[0].content for article in articles] == ["Norland has sold its army."]
    assert [[code for code, _ in issues] for issues in codes(errors)] == [["depth"], ["depth"]]
    graph: dict[str, Any] = {}
    graph["@graph"] = [graph, REVIEW, graph]  # which is read once
    assert list(read_claim_reviews(graph)) == list(read_claim_reviews(REVIEW))


class Object(dict[str, Any]):
    """An object of a type of its own, as some parsers give it."""


def test_subclasses_of_dict_are_taken_for_what_they_hold() -> None:
    text = json.dumps(FEED)
    assert read(json.loads(text, object_hook=Object)) == read(json.loads(text))


@pytest.mark.parametrize(
    "data",
    [
        REVIEW | {"itemReviewed": [{"author": f"{n}"} for n in range(103)]},
        CLAIM | {"claimReview": [{"url": f"https://a.example/{n}"} for n in range(103)]},
        PAGE | {"claimReviewMarkups": [{"claimReviewed": f"{n}"} for n in range(103)]},
    ],
)
def test_what_one_object_says_is_repeated_at_most_a_hundred_times(data: Any) -> None:
    articles, errors = read([data, ANOTHER])
    assert len(articles) == 101
    assert [[(code, path[-5:]) for code, path in issues] for issues in codes(errors)] == [[("range", "[100]")]]


def appearances(number: int) -> Any:
    return REVIEW | {"itemReviewed": {"appearance": [f"https://a.example/{i:09}" for i in range(number)]}}


def claims(number: int) -> Any:
    return {"claims": [CLAIM | {"text": f"Claim {i:09}"} for i in range(number)]}


def wrong(number: int) -> Any:
    return json.dumps({"@graph": [REVIEW | {"url": f"{i:09}"} for i in range(number)]}, indent=1)


@pytest.mark.parametrize("make", [appearances, claims, wrong])
def test_reading_costs_in_proportion_to_what_is_read(make: Callable[[int], Any], work: Work) -> None:
    (_, few), (_, many) = (work(partial(read, make(number))) for number in (50, 200))
    assert many <= 5 * few


KEYS = sorted({"@graph", "@value", "@id", "claims", *REVIEW, *REVIEW["itemReviewed"], *CLAIM, *PAGE, "name", "site"})
JSON = st.recursive(
    st.none() | st.integers() | st.floats() | st.sampled_from(["ClaimReview", "2031", "\ud800", ""]) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(KEYS) | st.text(), inner),
    max_leaves=20,
)


@given(JSON.filter(lambda data: isinstance(data, dict | list)))
def test_any_data_gives_articles_and_errors_of_ours_and_never_neither(data: Any) -> None:
    before = copy.deepcopy(data)
    articles, errors = read(data)
    assert repr(data) == repr(before)
    assert articles or errors
    assert {type(statement) for article in articles for statement in article.statements} <= {Statement}
