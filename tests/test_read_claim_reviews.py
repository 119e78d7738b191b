from __future__ import annotations

import copy
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, strategies as st

from geoclaims import ActorKind, Article, PartialDate, ValidationError
from geoclaims.interop import read_claim_reviews, write_csv
from geoclaims.interop.fact_checks.claim_review import from_claim_review

if TYPE_CHECKING:
    from tests.conftest import Work

REVIEW: dict[str, Any] = {
    "@type": "ClaimReview",
    "url": "https://checks.example.org/navy",
    "headline": "Has Norland sold its navy?",
    "datePublished": "2031-05-08",
    "inLanguage": "en",
    "author": {"@type": "Person", "name": "Bo Hale"},
    "publisher": {"@type": "Organization", "name": "The Esk Fact Desk"},
    "claimReviewed": "Norland has sold its navy.",
    "itemReviewed": {"@type": "Claim", "datePublished": "2031-05", "author": {"@type": "Person", "name": "Ada Lund"}},
    "reviewRating": {"@type": "Rating", "alternateName": "False"},
}
ANOTHER = {**REVIEW, "claimReviewed": "Norland has sold its army."}
CLAIM: dict[str, Any] = {
    "text": "Norland has sold its navy.",
    "claimant": "Ada Lund",
    "claimDate": "2031-05-06T00:00:00Z",
    "claimReview": [
        {"publisher": {"name": "The Esk Fact Desk"}, "url": "https://a.example/1", "title": "A", "languageCode": "en"},
        {"publisher": {"site": "b.example"}, "url": "https://b.example/1", "reviewDate": "2031", "languageCode": "no"},
    ],
}
PAGE: dict[str, Any] = {
    "pageUrl": "https://checks.example.org/navy",
    "claimReviewAuthor": {"name": "The Esk Fact Desk"},
    "claimReviewMarkups": [
        {"claimReviewed": "Norland has sold its navy.", "url": "https://checks.example.org/navy#1"},
        {"claimReviewed": "Norland has sold its army."},
    ],
}


def read(data: Any) -> tuple[list[Article], list[ValidationError]]:
    """The articles in data, and the errors that were handed over."""
    errors: list[ValidationError] = []
    return list(read_claim_reviews(data, on_error=errors.append)), errors


def contents(data: Any) -> list[str]:
    """What is claimed in each article, where nothing is wrong."""
    return [statement.content for article in read_claim_reviews(data) for statement in article.statements]


def codes(errors: list[ValidationError]) -> list[list[tuple[str, str]]]:
    return [[(issue.code, issue.json_path) for issue in error.issues] for error in errors]


@pytest.mark.parametrize(
    "data",
    [
        [REVIEW, ANOTHER],
        [[REVIEW], [[ANOTHER]]],
        [{"@type": "BreadcrumbList", "itemListElement": [{"@type": "ListItem", "item": "x"}]}, "x", 7, REVIEW, ANOTHER],
        {"@context": "https://schema.org", "@graph": [{"@type": "WebPage"}, REVIEW, ANOTHER]},
        {"@type": "WebPage", "mainEntity": {"@type": "Article", "review": [REVIEW, ANOTHER]}},
        {"@type": "DataFeed", "dataFeedElement": [{"item": [REVIEW]}, {"@type": "DataFeedItem", "item": [ANOTHER]}]},
        {"any": {"thing": {"at": ["all", REVIEW]}}, "": ANOTHER},
        {"@graph": [{"hasPart": {"@id": "#1", "@type": "ClaimReview"}}, {"@id": "#1", **REVIEW}, ANOTHER]},
        [REVIEW, ANOTHER, REVIEW, copy.deepcopy(REVIEW), {"@graph": copy.deepcopy(ANOTHER)}],
        PAGE,
        {"claimReviewMarkupPages": [PAGE]},
        {"claims": [CLAIM | {"claimReview": []}, {"text": ANOTHER["claimReviewed"]}]},
        [CLAIM | {"claimReview": CLAIM["claimReview"][0]}, {"text": ANOTHER["claimReviewed"], "claimant": "Ada"}],
        [{"text": CLAIM["text"], "claimDate": None}, {"text": ANOTHER["claimReviewed"], "claimReview": None}],
        {"results": [{"claims": [CLAIM | {"claimReview": None}]}, {"claims": [{"text": ANOTHER["claimReviewed"]}]}]},
    ],
    ids=range(15),
)
def test_a_review_is_found_wherever_it_stands_and_once(data: Any) -> None:
    assert contents(data) == ["Norland has sold its navy.", "Norland has sold its army."]


def test_each_review_is_an_article_with_its_own_title_publisher_address_day_and_language() -> None:
    first, second, third = read_claim_reviews([CLAIM, {**CLAIM, "text": "No.", "claimReview": []}])
    assert (first.title, first.publisher, first.url, first.published, first.language) == (
        "A",
        "The Esk Fact Desk",
        "https://a.example/1",
        None,
        "en",
    )
    assert (second.title, second.publisher, second.published) == (None, "b.example", PartialDate(2031))
    assert (third.statements[0].content, third.url, third.publisher) == ("No.", None, None)
    assert len({first.id, second.id, third.id}) == 3


def test_claims_of_one_page_differ_in_id_and_may_have_an_address_of_their_own() -> None:
    first, second = read_claim_reviews(PAGE)
    assert (first.url, second.url) == ("https://checks.example.org/navy#1", "https://checks.example.org/navy")
    assert first.publisher == second.publisher == "The Esk Fact Desk"
    one, other = read_claim_reviews([REVIEW, ANOTHER])
    assert one.id != other.id
    assert [article.id for article in read_claim_reviews(copy.deepcopy([ANOTHER, REVIEW]))] == [other.id, one.id]


def test_a_claim_of_which_only_the_date_was_corrected_keeps_its_id_and_tables_say_what_to_do_with_both(
    tmp_path: Path,
) -> None:
    corrected = {**REVIEW, "itemReviewed": {**REVIEW["itemReviewed"], "datePublished": "2031-04"}}
    first, second = read_claim_reviews([REVIEW, corrected])
    assert first.id == second.id
    assert first.statements[0].date != second.statements[0].date
    with pytest.raises(ValidationError, match="keep one of them, or give each an id of its own"):
        write_csv(tmp_path, [first, second])
    assert write_csv(tmp_path, {article.id: article for article in (first, second)}.values()) == 1


def test_a_document_of_one_review_reads_the_same_as_a_single_article() -> None:
    for data in (REVIEW, [ANOTHER], {"claims": [CLAIM | {"claimReview": CLAIM["claimReview"][:1]}]}):
        assert [from_claim_review(data)] == list(read_claim_reviews(data))


def test_several_works_reviewed_are_several_articles_of_the_same_claim() -> None:
    works = [{"author": "Ada"}, {"author": "Bo"}, {"author": "Bo", "url": "https://a.example/1"}]
    articles = list(read_claim_reviews(REVIEW | {"itemReviewed": works}))
    assert [article.actors[0].name for article in articles] == ["Ada", "Bo", "Bo"]
    assert {article.statements[0].content for article in articles} == {"Norland has sold its navy."}
    assert len({article.id for article in articles}) == 3


def test_the_publisher_is_that_of_the_review_and_else_its_author() -> None:
    for publisher, expected in [
        ("The Desk", "The Desk"),
        ({"name": "The Desk", "site": "desk.example"}, "The Desk"),
        ({"site": "desk.example"}, "desk.example"),
        ({"name": "", "url": "https://desk.example/"}, "https://desk.example/"),
        ([{"name": ["The Desk", "Desk"]}, "Esk", {"name": "Esk"}], "The Desk, Esk"),
        ({}, "Bo Hale"),
        (None, "Bo Hale"),
        ("", "Bo Hale"),
    ]:
        (article,) = read_claim_reviews(REVIEW | {"publisher": publisher})
        assert article.publisher == expected
    (article,) = read_claim_reviews({k: v for k, v in REVIEW.items() if k not in {"author", "publisher"}})
    assert article.publisher is None


def test_the_title_is_the_headline_and_else_the_name() -> None:
    assert [a.title for a in read_claim_reviews(REVIEW | {"name": "N"})] == ["Has Norland sold its navy?"]
    assert [a.title for a in read_claim_reviews(REVIEW | {"headline": "", "name": "N"})] == ["N"]


def test_an_optional_value_that_is_empty_is_absent() -> None:
    for empty in ("", " \n", None, [], [None], [""]):
        data = dict.fromkeys(REVIEW, empty) | {"@type": "ClaimReview", "claimReviewed": "It rains."}
        (article,) = read_claim_reviews(data)
        assert (article.url, article.title, article.publisher, article.published) == (None, None, None, None)
        assert article.actors[0].anonymous
        author = {"name": "Ada", "jobTitle": empty, "sameAs": empty, "@type": empty}
        work = {"author": author, "datePublished": empty, "appearance": empty, "firstAppearance": empty, "url": empty}
        (article,) = read_claim_reviews(data | {"itemReviewed": work})
        assert (article.actors[0].name, article.actors[0].role, article.statements[0].date) == ("Ada", None, None)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"url": "TBD"}, ("url", "$.url")),
        ({"url": "/checks/1"}, ("url", "$.url")),
        ({"url": "https://a.example/a b"}, ("url", "$.url")),
        ({"url": ["https://a.example", "https://b.example"]}, ("type", "$.url[1]")),
        ({"datePublished": "soon"}, ("date", "$.datePublished")),
        ({"inLanguage": "en_US"}, ("language", "$.inLanguage")),
        ({"inLanguage": {"alternateName": 7}}, ("type", "$.inLanguage.alternateName")),
        ({"publisher": 7}, ("type", "$.publisher")),
        ({"headline": "a\x91"}, ("text", "$.headline")),
        ({"itemReviewed": "a"}, ("type", "$.itemReviewed")),
        ({"itemReviewed": {"author": {"name": "Ada", "jobTitle": 7}}}, ("type", "$.itemReviewed.author.jobTitle")),
        ({"itemReviewed": {"author": {"name": "A", "sameAs": "@a"}}}, ("url", "$.itemReviewed.author.sameAs")),
        ({"itemReviewed": {"appearance": [7]}}, ("type", "$.itemReviewed.appearance[0]")),
        ({"itemReviewed": {"appearance": {"url": "a"}}}, ("url", "$.itemReviewed.appearance.url")),
    ],
    ids=range(14),
)
def test_an_optional_value_that_is_malformed_is_left_out_and_reported(change: Any, expected: tuple[str, str]) -> None:
    articles, errors = read([REVIEW | change, ANOTHER])
    assert [article.statements[0].content for article in articles] == [
        "Norland has sold its navy.",
        "Norland has sold its army.",
    ]
    assert codes(errors) == [[(expected[0], expected[1].replace("$", "$[0]"))]]
    with pytest.raises(ValidationError) as caught:
        next(read_claim_reviews(REVIEW | change))
    assert codes([caught.value]) == [[expected]]


def test_a_review_without_a_claim_or_with_a_malformed_claimant_is_reported_and_the_next_one_read() -> None:
    bad = [
        {"@type": "ClaimReview"},
        {"@type": "ClaimReview", "claimReviewed": ["a", "b"]},
        {"@type": "ClaimReview", "claimReviewed": "", "url": "x"},
        REVIEW | {"itemReviewed": {"author": {"name": 7}}},
        REVIEW | {"itemReviewed": {"author": ["Bo", 7]}},
        {"claims": [7, {}, {"text": "a", "claimant": 7, "claimReview": [{"url": "x"}]}]},
        {"claimReviewMarkups": [7, {}, {"claimReviewed": "a", "claimAuthor": 7}]},
    ]
    articles, errors = read([*bad, REVIEW])
    assert articles == [from_claim_review(REVIEW)]
    assert codes(errors) == [
        [("missing", "$[0].claimReviewed")],
        [("type", "$[1].claimReviewed[1]")],
        [("url", "$[2].url"), ("empty", "$[2].claimReviewed")][::-1],
        [("type", "$[3].itemReviewed.author.name")],
        [("type", "$[4].itemReviewed.author[1]")],
        [("type", "$[5].claims[0]")],
        [("missing", "$[5].claims[1].text")],
        [("type", "$[5].claims[2].claimant")],
        [("type", "$[6].claimReviewMarkups[0]")],
        [("missing", "$[6].claimReviewMarkups[1].claimReviewed")],
        [("type", "$[6].claimReviewMarkups[2].claimAuthor")],
    ]


def test_one_error_has_all_issues_of_one_review() -> None:
    review = {"url": "x", "reviewDate": "y"}
    articles, errors = read({"claims": [CLAIM | {"claimDate": "z", "claimReview": [review, review | {"url": "w"}, 7]}]})
    assert len(articles) == 2 - (articles[0] == articles[-1])
    assert codes(errors) == [
        [
            ("date", "$.claims[0].claimDate"),
            ("url", "$.claims[0].claimReview[0].url"),
            ("date", "$.claims[0].claimReview[0].reviewDate"),
            ("type", "$.claims[0].claimReview[2]"),
        ],
        [("url", "$.claims[0].claimReview[1].url"), ("date", "$.claims[0].claimReview[1].reviewDate")],
    ]


def test_what_is_wrong_in_a_node_is_said_by_each_review_that_refers_to_it_and_by_a_single_article_once() -> None:
    desk = {"@id": "#desk", "name": 7}
    data = {"@graph": [desk, *({**review, "publisher": {"@id": "#desk"}} for review in (REVIEW, ANOTHER))]}
    articles, errors = read(data)
    assert [article.publisher for article in articles] == ["Bo Hale", "Bo Hale"]
    assert codes(errors) == 2 * [[("type", "$['@graph'][0].name")]]
    with pytest.raises(ValidationError) as caught:
        from_claim_review(data)
    assert codes([caught.value]) == codes(errors[:1])


def test_names_that_stand_in_one_list_are_one_claimant_and_several_claimants_are_a_group() -> None:
    (article,) = read_claim_reviews(REVIEW | {"itemReviewed": {"author": {"name": ["Ada", "A. L.", "Ada"]}}})
    assert [(actor.name, actor.aliases) for actor in article.actors] == [("Ada", ("A. L.",))]
    (article,) = read_claim_reviews(REVIEW | {"itemReviewed": {"author": ["Ada", {"name": ""}, {"name": "Bo"}, "Ada"]}})
    assert [(actor.name, actor.kind) for actor in article.actors] == [("Ada, Bo", ActorKind.GROUP)]


@pytest.mark.parametrize("key", ["@list", "@set"])
def test_a_list_or_set_of_json_ld_is_the_values_in_it(key: str) -> None:
    names = ["Ada", None, {"@value": "Bo"}]
    several = {**REVIEW, "itemReviewed": {"@type": "Claim", "author": [{"name": name} for name in ("Ada", "Bo")]}}
    listed = {**REVIEW, "itemReviewed": {key: [{"@type": "Claim", "author": {key: [{"name": "Ada"}, {"name": "Bo"}]}}]}}
    assert read(listed) == read(several)
    claimant = {**REVIEW, "itemReviewed": {"@type": "Claim", "author": {"name": {key: names}}}}
    (article,), errors = read({key: [claimant]})
    assert (article.actors[0].name, article.actors[0].aliases, errors) == ("Ada", ("Bo",), [])
    _, (error,) = read({**REVIEW, "url": {key: [5]}})
    assert [issue.path for issue in error.issues] == [("url", key, 0)]
    assert read({**REVIEW, "url": {key: None}}) == read({**REVIEW, "url": {key: []}}) == read({**REVIEW, "url": None})


def test_text_is_taken_as_a_page_shows_it_and_addresses_to_the_letter() -> None:
    data = {
        "@type": "ClaimReview",
        "claimReviewed": " Ada&#039;s &quot;navy&quot;\r\n&amp;lt; &#x41;&unknown; &#1; AT&T &copy\r",
        "headline": "A\n  title&hellip;\t",
        "url": " https://a.example/?a=1&copy;=2&amp;b=3 \n",
    }
    (article,) = read_claim_reviews(data)
    assert article.statements[0].content == 'Ada\'s "navy"\n&lt; A&unknown; &#1; AT&T &copy'
    assert (article.title, article.url) == ("A title…", "https://a.example/?a=1&copy;=2&amp;b=3")


@pytest.mark.parametrize(
    "text",
    ["2031-05-06", " 2031-05-06 ", "2031-05-06T10:11:12.123+5:30", "2031-05-06 10:11 +0530", "6 May 2031"],
)
def test_the_day_is_taken_where_only_the_zone_has_a_form_of_its_own(text: str) -> None:
    (article,) = read_claim_reviews(REVIEW | {"datePublished": text})
    assert article.published == PartialDate(2031, 5, 6)


def test_without_a_function_for_errors_the_first_is_raised_and_one_that_cannot_be_called_is_refused_at_once() -> None:
    articles = read_claim_reviews([REVIEW, {"@type": "ClaimReview"}, ANOTHER])
    assert next(articles).statements[0].content == "Norland has sold its navy."
    with pytest.raises(ValidationError):
        next(articles)
    with pytest.raises(TypeError, match="on_error"):
        read_claim_reviews(REVIEW, on_error=7)  # type: ignore[arg-type]


def test_nothing_to_read_is_one_issue_at_the_root() -> None:
    empty: list[Any] = [{}, [], [{"@type": "WebPage"}], {"claims": []}, {"@type": ""}, {"text": "a"}]
    for data in empty:
        articles, errors = read(data)
        assert (articles, codes(errors)) == ([], [[("missing", "$")]])
    assert codes(read("a")[1]) == [[("missing", "$")]]
    assert codes(read(b"a")[1]) == [[("type", "$")]]


def nested(depth: int, inner: Any) -> Any:
    for _ in range(depth):
        inner = [inner]
    return inner


def test_what_is_deeper_than_json_may_be_is_named_and_not_looked_into() -> None:
    assert contents(nested(63, REVIEW)) == ["Norland has sold its navy."]
    articles, errors = read([nested(63, REVIEW), nested(100_000, REVIEW), ANOTHER])
    assert [article.statements[0].content for article in articles] == ["Norland has sold its army."]
    assert [[code for code, _ in issues] for issues in codes(errors)] == [["depth"], ["depth"]]


def appearances(number: int) -> Any:
    return REVIEW | {"itemReviewed": {"appearance": [f"https://a.example/{i:09}" for i in range(number)]}}


def claims(number: int) -> Any:
    return {"claims": [CLAIM | {"text": f"Claim {i:09}"} for i in range(number)]}


def graph(number: int) -> Any:
    """Many reviews of one desk and one claimant, to whom they refer."""
    ada = {"@id": "#ada", "name": "Ada", "sameAs": [f"https://a.example/{i}" for i in range(20)]}
    reviews = [
        {
            "@type": "ClaimReview",
            "claimReviewed": f"Claim {i:09}",
            "publisher": {"@id": "#desk"},
            "itemReviewed": {"author": {"@id": "#ada"}},
        }
        for i in range(number)
    ]
    return {"@graph": [ada, {"@id": "#desk", "name": "The Desk"}, *reviews]}


@pytest.mark.parametrize("make", [appearances, claims, graph])
def test_reading_costs_in_proportion_to_what_is_read(make: Callable[[int], Any], work: Work) -> None:
    (_, few), (_, many) = (work(partial(read, make(number))) for number in (100, 400))
    assert many <= 5 * few


MULTIPLYING: list[Any] = [
    [
        {"@type": "ClaimReview", "claimReviewed": "x", "itemReviewed": 300 * [{"@id": "#b"}]},
        {"@id": "#b", "author": 300 * [{"@id": "#c"}]},
        {"@id": "#c", "name": "Ada", "jobTitle": 300 * [{"@id": "#d"}]},
        {"@id": "#d", "name": 300 * ["senator"]},
    ],
    {"@type": "ClaimReview", "claimReviewed": 100_000 * "x", "itemReviewed": [{} for _ in range(300)]},
    {"claims": [{"text": 100_000 * "x", "claimReview": [{"url": f"https://a.example/{i}"} for i in range(1_000)]}]},
    [
        {"@id": "#all", "name": [{"@id": "#one"} for _ in range(300)]},
        *({"@type": {"@id": "#types"}, "claimReviewed": "x", "author": {"@id": "#all"}} for _ in range(300)),
        {"@id": "#types", "@value": 0},
        *({"@type": "ClaimReview", "claimReviewed": f"{i}", "author": {"@id": "#all"}} for i in range(300)),
    ],
]


@pytest.mark.parametrize("data", MULTIPLYING, ids=range(4))
def test_what_multiplies_has_a_budget_beyond_which_an_issue_says_so(data: Any) -> None:
    articles, errors = read([data, REVIEW])
    bound = 100_000 + 20 * len(str(data))
    assert [code for code, _ in codes(errors)[-1]][-1] == "range"
    assert sum(len(article.statements[0].content) for article in articles) <= bound
    with pytest.raises(ValidationError) as caught:
        from_claim_review(data)
    assert caught.value.omitted or caught.value.issues[-1].code == "range"


JSON = st.recursive(
    st.none() | st.integers() | st.sampled_from(["ClaimReview", "2031", "#1", "\ud800", ""]) | st.text(max_size=3),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from([*REVIEW, *CLAIM, *PAGE, "name", "@id"]), inner),
    max_leaves=20,
)


@given(JSON)
def test_any_data_gives_articles_and_errors_of_ours_and_never_neither(data: Any) -> None:
    articles, errors = read(data)
    assert articles or errors
    assert all(error.issues for error in errors)
    if not errors:
        merged = from_claim_review(data)
        assert {s.content for s in merged.statements} == {a.statements[0].content for a in articles}


@pytest.mark.parametrize("name", ["claims", "claimReview"])
def test_a_page_may_call_its_reviews_as_answers_of_searches_do(name: str) -> None:
    found = ["Norland has sold its navy.", "Norland has sold its army."]
    assert contents([{"id": 5, name: [REVIEW, ANOTHER]}]) == found
    assert contents({name: REVIEW}) == found[:1]


@pytest.mark.parametrize("blank", ["&nbsp;", " &#160; ", "&#xA0;", "\u00a0", ""])
def test_what_is_white_space_once_entities_are_resolved_is_absent(blank: str) -> None:
    [article], errors = read({**REVIEW, "headline": blank, "itemReviewed": {"author": {"name": blank}}})
    assert (article.title, errors) == (None, [])
    assert article.actors[0].anonymous


def test_keys_that_are_no_strings_are_never_asked_what_they_equal() -> None:
    class Equal(str):
        __slots__ = ()

        def __eq__(self, other: object) -> bool:
            raise RuntimeError

        def __hash__(self) -> int:
            return hash("url")

    data: dict[Any, Any] = {"@type": "ClaimReview", "claimReviewed": "Norland has sold its navy."}
    data[Equal("url")] = 1
    assert contents(data) == ["Norland has sold its navy."]
    assert len(from_claim_review(data).statements) == 1
