from __future__ import annotations

import copy
import re
from typing import Any

import attrs
import pytest
from hypothesis import given, strategies as st

from geoclaims import (
    ActorKind,
    Article,
    PartialDate,
    Statement,
    ValidationError,
    load_article,
    to_json,
)
from geoclaims.interop import to_jsonld
from geoclaims.interop.fact_checks.claim_review import from_claim_review

REVIEW: dict[str, Any] = {
    "@context": "https://schema.org",
    "@type": "ClaimReview",
    "url": "https://checks.example.org/navy",
    "headline": "Has Norland sold its navy?",
    "datePublished": "2031-05-08T09:00:00+02:00",
    "inLanguage": "en",
    "author": {"@type": "Organization", "name": "The Esk Fact Desk", "url": "https://checks.example.org/"},
    "claimReviewed": "Norland has sold its navy.",
    "itemReviewed": {
        "@type": "Claim",
        "datePublished": "2031-05",
        "author": {
            "@type": "Person",
            "name": "Ada Lund",
            "jobTitle": "senator",
            "sameAs": ["https://example.org/lund", "https://example.net/lund", "https://example.org/lund"],
        },
        "appearance": [
            {"@type": "NewsArticle", "url": "https://news.example.org/1", "headline": "Navy sold"},
            "https://video.example.org/2",
        ],
        "firstAppearance": {"@type": "CreativeWork", "url": "https://video.example.org/3"},
    },
    "reviewRating": {"@type": "Rating", "ratingValue": 1, "bestRating": 5, "alternateName": "False"},
}
SEARCH: dict[str, Any] = {
    "claims": [
        {
            "text": "Norland has sold its navy.",
            "claimant": "Ada Lund",
            "claimDate": "2031-05-06T00:00:00Z",
            "claimReview": [
                {
                    "publisher": {"name": "The Esk Fact Desk", "site": "checks.example.org"},
                    "url": "https://checks.example.org/navy",
                    "title": "Has Norland sold its navy?",
                    "reviewDate": "2031-05-08T09:00:00Z",
                    "textualRating": "False",
                    "languageCode": "en",
                },
                {
                    "publisher": {"name": "Other Desk", "site": "other.example.org"},
                    "url": "https://other.example.org/1",
                    "reviewDate": "2031-05-08",
                    "textualRating": "Mostly true",
                    "languageCode": "en",
                },
            ],
        },
        {"text": "Norland never had a navy.", "claimReview": []},
    ],
    "nextPageToken": "x",
}
PAGE: dict[str, Any] = {
    "pageUrl": "https://checks.example.org/navy",
    "publishDate": "2031-05-08",
    "claimReviewAuthor": {"name": "The Esk Fact Desk", "imageUrl": "https://checks.example.org/logo"},
    "claimReviewMarkups": [
        {
            "claimReviewed": "Norland has sold its navy.",
            "claimDate": "2031-05-06",
            "claimAuthor": {"name": "Ada Lund", "jobTitle": "senator", "sameAs": "https://example.org/lund"},
            "claimAppearances": ["https://news.example.org/1", "https://video.example.org/3"],
            "claimFirstAppearance": "https://video.example.org/3",
            "rating": {"textualRating": "False"},
        }
    ],
}


def changed(data: Any, value: Any, *path: str | int) -> Any:
    """A copy of the data with another value at a place."""
    data = copy.deepcopy(data)
    here = data
    for step in path[:-1]:
        here = here[step]
    here[path[-1]] = value
    return data


def issues(data: Any) -> list[tuple[str, str]]:
    """The code and place of everything that is wrong with the data."""
    with pytest.raises(ValidationError) as caught:
        from_claim_review(data)
    return [(issue.code, issue.json_path) for issue in caught.value.issues]


def test_a_claim_review_becomes_a_statement_in_an_article_of_the_reviewer() -> None:
    article = from_claim_review(REVIEW)
    (statement,) = article.statements
    assert type(statement) is Statement
    assert (statement.content, statement.date) == ("Norland has sold its navy.", PartialDate(2031, 5))
    assert (article.url, article.title) == ("https://checks.example.org/navy", "Has Norland sold its navy?")
    assert (article.publisher, article.published, article.language) == (
        "The Esk Fact Desk",
        PartialDate(2031, 5, 8),
        "en",
    )


def test_whoever_is_said_to_have_claimed_it_speaks() -> None:
    article = from_claim_review(REVIEW)
    speaker = article.actor(article.statements[0].speaker)
    assert (speaker.name, speaker.kind, speaker.role) == ("Ada Lund", ActorKind.PERSON, "senator")
    assert speaker.same_as == ("https://example.org/lund", "https://example.net/lund")
    assert not speaker.anonymous


def test_addresses_of_the_claim_and_of_its_appearances_are_where_it_can_be_seen_and_nobody_reports_it() -> None:
    (statement,) = from_claim_review(changed(REVIEW, "https://post.example.org/1", "itemReviewed", "url")).statements
    assert statement.appearances == (
        "https://post.example.org/1",
        "https://news.example.org/1",
        "https://video.example.org/2",
        "https://video.example.org/3",
    )
    assert statement.reported_by == ()


def test_an_appearance_that_is_named_twice_stands_once() -> None:
    (statement,) = from_claim_review(PAGE).statements
    assert statement.appearances == ("https://news.example.org/1", "https://video.example.org/3")


def test_a_work_without_an_address_is_left_out_and_one_may_have_it_as_its_id() -> None:
    works = [{"name": "A speech"}, {"@id": "https://a.example/1"}, {"@id": "_:1"}, {"url": [" https://a.example/2\n"]}]
    (statement,) = from_claim_review(changed(REVIEW, works, "itemReviewed", "appearance")).statements
    assert statement.appearances == ("https://a.example/1", "https://a.example/2", "https://video.example.org/3")


@pytest.mark.parametrize("data", [REVIEW, SEARCH, PAGE], ids=["review", "search", "page"])
def test_no_rating_is_taken_over_and_nothing_is_guessed(data: Any) -> None:
    article = from_claim_review(data)
    assert {type(statement) for statement in article.statements} == {Statement}
    assert not re.search("False|Mostly|ating", to_json(article))


@pytest.mark.parametrize("data", [REVIEW, SEARCH, PAGE], ids=["review", "search", "page"])
def test_the_same_data_gives_the_same_article(data: Any) -> None:
    assert from_claim_review(copy.deepcopy(data)) == from_claim_review(data)


def test_the_id_of_the_article_depends_on_what_is_claimed_by_whom_and_on_the_address_of_the_review() -> None:
    article = from_claim_review(REVIEW)
    assert re.fullmatch("claim-review-[0-9a-f]{16}", article.id)
    changes: list[tuple[Any, list[str]]] = [
        ("No.", ["claimReviewed"]),
        ("https://a.example", ["url"]),
        ("Bo", ["itemReviewed", "author"]),
    ]
    for value, path in changes:
        other = from_claim_review(changed(REVIEW, value, *path))
        assert other.id != article.id
        assert to_jsonld(other)["@graph"][0]["@id"] != to_jsonld(article)["@graph"][0]["@id"]
    changes = [("Sold!", ["headline"]), ("2031", ["datePublished"]), ([], ["itemReviewed", "appearance"])]
    for value, path in changes:
        assert from_claim_review(changed(REVIEW, value, *path)).id == article.id
    bare = {"@type": "ClaimReview", "claimReviewed": "Norland has sold its navy."}
    ids = {from_claim_review({**bare, **more}).id for more in ({}, {"publisher": "A"}, {"headline": "A"})}
    assert len(ids) == 3


def test_an_answer_of_a_search_gives_its_claims_and_what_all_reviews_agree_on() -> None:
    article = from_claim_review(SEARCH)
    assert [statement.content for statement in article.statements] == [
        "Norland has sold its navy.",
        "Norland never had a navy.",
    ]
    first, second = article.actors
    assert (first.name, first.kind, first.anonymous) == ("Ada Lund", ActorKind.UNKNOWN, False)
    assert (second.name, second.anonymous) == ("someone whom the review does not name", True)
    assert article.statements[0].date == PartialDate(2031, 5, 6)
    assert (article.url, article.publisher, article.title) == (None, None, None)
    assert (article.published, article.language) == (PartialDate(2031, 5, 8), "en")


def test_a_single_claim_of_a_search_is_read_too() -> None:
    article = from_claim_review(changed(SEARCH["claims"][0], [SEARCH["claims"][0]["claimReview"][0]], "claimReview"))
    assert (article.publisher, article.url) == ("The Esk Fact Desk", "https://checks.example.org/navy")


def test_a_page_of_markup_is_read_alone_and_in_a_list() -> None:
    article = from_claim_review(PAGE)
    assert from_claim_review({"claimReviewMarkupPages": [PAGE]}) == article
    assert (article.url, article.publisher) == ("https://checks.example.org/navy", "The Esk Fact Desk")
    assert article.actor(article.statements[0].speaker).role == "senator"


def test_two_claims_by_the_same_party_have_one_speaker_and_unnamed_parties_are_never_the_same() -> None:
    again = changed(REVIEW, "Norland has sold its army.", "claimReviewed")
    unnamed = {"@type": "ClaimReview", "claimReviewed": "It rains."}
    snow = {"@type": "ClaimReview", "claimReviewed": "It snows."}
    other = changed(REVIEW, "minister", "itemReviewed", "author", "jobTitle")
    article = from_claim_review([REVIEW, again, unnamed, snow, other])
    speakers = [statement.speaker for statement in article.statements]
    assert speakers[0] == speakers[1]
    assert len(set(speakers)) == 4


def test_joint_claimants_are_one_group() -> None:
    article = from_claim_review(changed(REVIEW, [{"name": "Ada"}, "Bo"], "itemReviewed", "author"))
    speaker = article.actor(article.statements[0].speaker)
    assert (speaker.name, speaker.kind) == ("Ada, Bo", ActorKind.GROUP)


@pytest.mark.parametrize(
    ("type", "kind"),
    [
        ("Person", ActorKind.PERSON),
        ("https://schema.org/Person", ActorKind.PERSON),
        ("schema:Person", ActorKind.PERSON),
        ("Organization", ActorKind.ORGANIZATION),
        ("GovernmentOrganization", ActorKind.ORGANIZATION),
        ("PoliticalParty", ActorKind.ORGANIZATION),
        (["Country", "GovernmentOrganization"], ActorKind.STATE),
        ("Thing", ActorKind.UNKNOWN),
        (7, ActorKind.UNKNOWN),
        (None, ActorKind.UNKNOWN),
    ],
)
def test_the_type_of_the_claimant_tells_its_kind(type: object, kind: ActorKind) -> None:
    article = from_claim_review(changed(REVIEW, type, "itemReviewed", "author", "@type"))
    assert article.actor(article.statements[0].speaker).kind == kind


@pytest.mark.parametrize(
    "wrapped",
    [
        [REVIEW],
        [{"@type": "WebPage", "name": "Checks"}, REVIEW],
        {"@context": "https://schema.org", "@graph": [{"@type": "WebSite"}, REVIEW]},
        [{"@graph": [REVIEW]}],
        {"@type": "DataFeed", "dataFeedElement": [{"@type": "DataFeedItem", "item": [REVIEW]}]},
        {"@type": "ItemList", "itemListElement": {"@type": "ListItem", "item": REVIEW}},
        {f"https://schema.org/{k}" if k[0] != "@" else k: v for k, v in REVIEW.items()},
        {f"schema:{k}" if k[0] != "@" else k: v for k, v in REVIEW.items()},
        changed(REVIEW, ["Review", "schema:ClaimReview"], "@type"),
        {"type": "ClaimReview", **{k: v for k, v in REVIEW.items() if k != "@type"}},
        changed(REVIEW, [REVIEW["claimReviewed"]], "claimReviewed"),
        changed(REVIEW, {"@value": REVIEW["claimReviewed"], "@language": "en"}, "claimReviewed"),
        changed(REVIEW, "The Esk Fact Desk", "author"),
        changed(REVIEW, {"@type": "Language", "name": "English", "alternateName": "en"}, "inLanguage"),
        changed(REVIEW, {"@type": "DefinedTerm", "name": "senator"}, "itemReviewed", "author", "jobTitle"),
        changed(REVIEW, None, "reviewRating"),
    ],
    ids=range(16),
)
def test_json_ld_may_say_the_same_in_many_ways(wrapped: Any) -> None:
    assert from_claim_review(wrapped) == from_claim_review(REVIEW)


def test_nodes_may_refer_to_others_in_the_graph() -> None:
    review = changed(REVIEW, {"@id": "#claim"}, "itemReviewed")
    claim = changed({"@id": "#claim", **REVIEW["itemReviewed"]}, {"@id": "_:ada"}, "author")
    ada = {"@id": "_:ada", **REVIEW["itemReviewed"]["author"]}
    assert from_claim_review({"@graph": [review, claim, ada]}) == from_claim_review(REVIEW)


def test_a_claimant_without_a_name_is_unnamed() -> None:
    authors: list[Any] = [{"@id": "_:ada"}, {"name": ""}, {"name": []}, {}, "", [{"name": " "}]]
    for author in authors:
        article = from_claim_review(changed(REVIEW, author, "itemReviewed", "author"))
        assert [actor.anonymous for actor in article.actors] == [True]
    (actor,) = from_claim_review(changed(REVIEW, None, "itemReviewed", "author", "name")).actors
    assert (actor.anonymous, actor.role) == (True, "senator")


def test_claims_that_went_out_as_json_ld_come_in_with_speaker_and_date() -> None:
    article = attrs.evolve(load_article(), url="https://news.example.org/1")
    graph = to_jsonld(article)["@graph"]
    reviews = [
        {"@type": "ClaimReview", "claimReviewed": node["text"], "itemReviewed": {"@id": node["@id"]}}
        for node in graph
        if node["@type"] == "Claim"
    ]
    back = from_claim_review({"@graph": graph + reviews})
    assert [statement.content for statement in back.statements] == [s.content for s in article.statements]
    assert [(back.actor(s.speaker).name, back.actor(s.speaker).role) for s in back.statements] == [
        (article.actor(s.speaker).name, jobs(article, s)) for s in article.statements
    ]
    assert {statement.appearances for statement in back.statements} == {(article.url,)}


def jobs(article: Article, statement: Statement) -> str | None:
    """What `jobTitle` can say of the speaker."""
    speaker = article.actor(statement.speaker)
    return speaker.role if speaker.kind is ActorKind.PERSON else None


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (None, [("type", "$")]),
        ("{}", [("type", "$")]),
        (b"{}", [("type", "$")]),
        (7, [("type", "$")]),
        ((), [("type", "$")]),
        ({}, [("missing", "$")]),
        ([], [("missing", "$")]),
        ([{}], [("missing", "$")]),
        (["ClaimReview"], [("missing", "$")]),
        ({"@graph": []}, [("missing", "$")]),
        ({"@graph": [{"@type": "WebPage"}]}, [("missing", "$")]),
        ({"@type": "Article", "claims": [{}]}, [("missing", "$")]),
        ({"@type": 7}, [("missing", "$")]),
        ({7: REVIEW}, [("missing", "$")]),
        ({"claims": []}, [("missing", "$")]),
        ({"claims": None}, [("missing", "$")]),
        ({"claims": [7, {}]}, [("type", "$.claims[0]"), ("missing", "$.claims[1].text")]),
        ({"claimReviewMarkupPages": []}, [("missing", "$")]),
        ({"claimReviewMarkups": []}, [("missing", "$.claimReviewMarkups")]),
        ({"claimReviewMarkups": [7]}, [("type", "$.claimReviewMarkups[0]")]),
        (
            {"claimReviewMarkupPages": [7, {}]},
            [
                ("type", "$.claimReviewMarkupPages[0]"),
                ("missing", "$.claimReviewMarkupPages[1].claimReviewMarkups"),
            ],
        ),
    ],
    ids=range(21),
)
def test_data_without_a_claim_is_an_error(data: Any, expected: list[tuple[str, str]]) -> None:
    assert issues(data) == expected


@pytest.mark.parametrize(
    ("value", "path", "expected"),
    [
        (None, ("claimReviewed",), ("missing", "$.claimReviewed")),
        (7, ("claimReviewed",), ("type", "$.claimReviewed")),
        (" ", ("claimReviewed",), ("empty", "$.claimReviewed")),
        ("a\x00", ("claimReviewed",), ("text", "$.claimReviewed")),
        ("\ud800", ("claimReviewed",), ("text", "$.claimReviewed")),
        (["a", "b"], ("claimReviewed",), ("type", "$.claimReviewed[1]")),
        ("a", ("itemReviewed",), ("type", "$.itemReviewed")),
        (7, ("itemReviewed", "author"), ("type", "$.itemReviewed.author")),
        ("@lund", ("itemReviewed", "author", "sameAs"), ("url", "$.itemReviewed.author.sameAs")),
        ("soon", ("itemReviewed", "datePublished"), ("date", "$.itemReviewed.datePublished")),
        ("04/05/2025", ("itemReviewed", "datePublished"), ("date", "$.itemReviewed.datePublished")),
        (20310506, ("itemReviewed", "datePublished"), ("type", "$.itemReviewed.datePublished")),
        (["2031", "2032"], ("itemReviewed", "datePublished"), ("type", "$.itemReviewed.datePublished[1]")),
        ("a post", ("itemReviewed", "appearance"), ("url", "$.itemReviewed.appearance")),
        (7, ("itemReviewed", "appearance"), ("type", "$.itemReviewed.appearance")),
        ({"url": "x"}, ("itemReviewed", "firstAppearance"), ("url", "$.itemReviewed.firstAppearance.url")),
        ("checks/1", ("url",), ("url", "$.url")),
        ("en_US", ("inLanguage",), ("language", "$.inLanguage")),
        ("2031-02-30", ("datePublished",), ("date", "$.datePublished")),
    ],
)
def test_what_is_malformed_is_named_with_its_place(value: Any, path: tuple[str, ...], expected: Any) -> None:
    assert issues(changed(REVIEW, value, *path)) == [expected]


def test_all_that_is_wrong_is_named_at_once_in_the_order_of_the_data() -> None:
    data = changed(changed(REVIEW, "x", "url"), "soon", "itemReviewed", "datePublished")
    assert issues([REVIEW, data, {"@type": "ClaimReview"}]) == [
        ("url", "$[1].url"),
        ("date", "$[1].itemReviewed.datePublished"),
        ("missing", "$[2].claimReviewed"),
    ]


def test_data_that_holds_itself_is_read_once() -> None:
    graph: dict[str, Any] = {}
    graph["@graph"] = [graph, REVIEW, graph]
    assert from_claim_review(graph) == from_claim_review(REVIEW)
    graph["@graph"] = [graph, graph]
    assert issues(graph) == [("missing", "$")]
    review = copy.deepcopy(REVIEW)
    review["itemReviewed"]["author"] = review
    assert from_claim_review(review).actors[0].name == "someone whom the review does not name"


KEYS = sorted(
    {"@graph", "@value", "@id", "claims", "claimReviewMarkups", *REVIEW, *REVIEW["itemReviewed"], "name", "text"}
)
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.sampled_from(["ClaimReview", "2031", "\ud800"])
    | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(KEYS) | st.text(), inner),
    max_leaves=20,
)


def outcome(data: Any) -> object:
    """The statements in data, or the issues of the error."""
    try:
        return from_claim_review(data).statements
    except ValidationError as error:
        return error.issues


@given(JSON)
def test_any_data_gives_an_article_or_an_error_of_ours(data: Any) -> None:
    assert outcome(data)


def places(data: Any, *path: str | int) -> list[tuple[str | int, ...]]:
    """The ways to all values in data but the whole."""
    inner = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [found for step, value in inner for found in ((*path, step), *places(value, *path, step))]


FEEDS = [(feed, path) for feed in (REVIEW, SEARCH, PAGE) for path in places(feed)]


@given(st.sampled_from(FEEDS), JSON)
def test_a_feed_with_anything_in_one_place_gives_an_article_or_an_error_of_ours(feed: Any, value: Any) -> None:
    data, path = feed
    assert outcome(changed(data, value, *path))


class Text(str):
    """A string whose methods must not be called."""

    __slots__ = ()

    def rsplit(self, *_: object) -> Any:
        raise AssertionError

    __len__ = __str__ = endswith = rsplit


class Object(dict[str, Any]):
    """An object of a type of its own, as some parsers give it."""


class Array(list[Any]):
    """An array of a type of its own."""


def in_subclasses(value: Any) -> Any:
    """Data with every object and array of a subclass."""
    if isinstance(value, dict):
        return Object({key: in_subclasses(inner) for key, inner in value.items()})
    return Array(map(in_subclasses, value)) if isinstance(value, list) else value


SUBJECT = {"@id": "#1", "@type": "Claim", "author": [{"@type": ["Person"], "name": {"@value": "Ada"}}]}
CHECK = {"@type": "ClaimReview", "claimReviewed": "x", "itemReviewed": {"@id": "#1"}}


def test_subclasses_of_dict_and_list_are_taken_for_what_they_hold() -> None:
    data = {"@graph": [CHECK, SUBJECT]}
    assert from_claim_review(in_subclasses(data)) == from_claim_review(data)
    assert from_claim_review(in_subclasses([CHECK | {"itemReviewed": SUBJECT}])).actors[0].kind == "person"


@pytest.mark.parametrize("key", ["@type", "claimReviewed", "datePublished", "headline", "url", "itemReviewed"])
def test_a_subclass_of_str_is_no_string(key: str) -> None:
    with pytest.raises(ValidationError) as caught:
        from_claim_review({"@type": "ClaimReview", "claimReviewed": "x", key: Text("2025")})
    assert [(issue.code, issue.path) for issue in caught.value.issues] in ([("type", (key,))], [("missing", ())])
