"""Fact checks in the text of a web page."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, strategies as st

from geoclaims import Article, PartialDate, ValidationError
from geoclaims.interop import read_claim_reviews
from geoclaims.interop.fact_checks.claim_review import from_claim_review

if TYPE_CHECKING:
    from tests.conftest import Work

RAIN: dict[str, Any] = {"@type": "ClaimReview", "claimReviewed": "It rains.", "url": "https://checks.example.org/rain"}
SNOW: dict[str, Any] = {"@type": "ClaimReview", "claimReviewed": "It snows.", "url": "TBD"}


def script(document: object, attributes: str = 'type="application/ld+json"') -> str:
    """A script of a page with a document, or with its text."""
    text = document if isinstance(document, str) else json.dumps(document)
    return f"<script {attributes}>{text}</script>"


def read(page: str, **options: Any) -> tuple[list[Article], list[ValidationError]]:
    """The articles in a page, and the errors that were handed over."""
    errors: list[ValidationError] = []
    return list(read_claim_reviews(page, on_error=errors.append, **options)), errors


def contents(page: str) -> list[str]:
    """What is claimed in a page in which nothing is wrong."""
    return [statement.content for article in read_claim_reviews(page) for statement in article.statements]


def codes(errors: list[ValidationError]) -> list[tuple[str, str, int | None]]:
    return [(issue.code, issue.json_path, issue.line) for error in errors for issue in error.issues]


def text_at(page: str, errors: list[ValidationError]) -> list[str]:
    """What begins in a page where an issue says that it is."""
    lines = page.removeprefix("\ufeff").split("\n")
    issues = [issue for error in errors for issue in error.issues]
    return [lines[issue.line - 1][issue.column - 1 :] for issue in issues if issue.line and issue.column]


def test_every_script_of_json_ld_is_read_and_nothing_else_of_the_page() -> None:
    page = f"""<!DOCTYPE html>
<html><head><title>{{"@type": "ClaimReview"}} <![<![ &amp; </title>
<script>if (1 < 2) {{ document.write('<script type="application/ld+json">[]<\\/script> <!-- '); }}</script>
{script([])}
<!-- {script(SNOW)} -->
<!--> {script(RAIN)} <!-- > {script(SNOW)} --!>
<scripts type="application/ld+json"> {script(SNOW, 'type="text/javascript"')} {script(SNOW, "async")}
</head><body>{script({"@type": "WebPage", "mainEntity": {**RAIN, "claimReviewed": "It hails."}})}</body></html>"""
    assert contents(page) == ["It rains.", "It hails."]


@pytest.mark.parametrize(
    "before",
    [
        '<meta content="How to write <!-- in a page">',
        "<p title='<script>'>",
        *(f"<{name}>How to write <!-- and <script> </{name} >" for name in ("title", "TEXTAREA", "style", "xmp")),
    ],
)
def test_what_only_looks_like_a_comment_or_script_hides_none(before: str) -> None:
    hail = RAIN | {"claimReviewed": "It hails.", "url": "https://checks.example.org/hail"}
    assert contents(f"{script(RAIN)}{before}{script(hail)}") == ["It rains.", "It hails."]


@pytest.mark.parametrize(
    "attributes",
    [
        'type="application/ld+json"',
        "type='application/ld+json' class=yoast",
        'id= "a>b" type=application/ld+json',
        'TYPE = " Application/LD+JSON "',
        'data-type="text/plain" type="application/ld&#43;json; charset=utf-8"',
        'type="application/ld+json" type="text/plain"',
        'defer type="application/ld+json"/',
        "\ntype=application/ld+json\n",
        "data-name=it's type=application/ld+json",
        'data-name="it\'s" "\' type=application/ld+json',
        "type=application/ld+json data-name='",
    ],
)
def test_the_type_of_a_script_may_be_written_in_every_way_of_html(attributes: str) -> None:
    assert contents(script(RAIN, attributes)) == ["It rains."]
    assert contents(f"{script(RAIN, attributes)} {script(RAIN)}".replace("script", "SCRIPT")) == ["It rains."]


@pytest.mark.parametrize(
    "attributes", ['data-type="application/ld+json"', "class='type=application/ld+json'", "type='text/plain'", "type"]
)
def test_a_script_of_another_type_is_not_read(attributes: str) -> None:
    assert codes(read(script(RAIN, attributes))[1]) == [("missing", "$", None)]


def test_paths_begin_with_the_number_of_the_script_and_lines_are_those_of_the_page() -> None:
    reviews = json.dumps([RAIN, SNOW], indent=1)
    page = "\n".join(["<p>", script([1]), script(f"\n{reviews}") + script(SNOW)])
    articles, errors = read(page)
    assert [article.url for article in articles] == ["https://checks.example.org/rain", None]
    line = page[: page.index("TBD")].count("\n") + 1
    last = page.count("\n") + 1
    assert codes(errors) == [("url", "$[1][1].url", line), ("url", "$[2].url", last)]


@pytest.mark.parametrize("start", ["", "\ufeff", "\ufeff\n", "<p>\n<p>"])
def test_columns_are_those_of_the_page(start: str) -> None:
    texts = [
        json.dumps(SNOW),
        json.dumps(SNOW, indent=1),
        "[1 x]",
        "[\n 1 x]",
        '{"a": 1, "a": 2}',
        '{"a": 1,\n "a": 2}',
    ]
    for before in ("", "\n", script({})):
        for text in texts:
            page = f"{start}{before}{script(text)}{script(text)}"
            _, errors = read(page)
            at = text_at(page, errors)
            assert len(at) == 2
            assert all(found.startswith(('"TBD"', "x]", '"a": 2')) for found in at), (page, at)
    (issue,) = read(f"{start}{script('[1 x]')}")[1][0].issues
    assert f"line {issue.line}, column {issue.column}," in issue.message


def test_scripts_of_a_page_are_one_document_in_which_a_review_counts_once_and_may_refer_to_others() -> None:
    person = {"@id": "#ada", "@type": "Person", "name": "Ada Lund", "sameAs": "TBD"}
    review = {**RAIN, "itemReviewed": {"author": {"@id": "#ada"}}}
    page = "\n".join(map(script, [person, review, review]))
    (article,), errors = read(page)
    assert article.actors[0].name == "Ada Lund"
    assert codes(errors) == 2 * [("url", "$[0].sameAs", 1)]


def test_a_script_that_is_not_json_is_handed_over_and_the_others_are_read() -> None:
    twice, cut_off = '{"a": 1,\n "a": 2}', script('{"@type":').removesuffix("</script>")
    page = "\n".join([script(twice), script("{,}"), script(RAIN), cut_off])
    articles, errors = read(page)
    assert [article.statements[0].content for article in articles] == ["It rains."]
    assert codes(errors) == [("duplicate_key", "$[0].a", 2), ("json", "$[1]", 3), ("json", "$[3]", 5)]
    with pytest.raises(ValidationError) as caught:
        list(read_claim_reviews(page))
    assert caught.value.issues == errors[0].issues
    assert codes(read(script("[1"))[1]) == [("json", "$[0]", 1)]


@pytest.mark.parametrize(
    "page", ["", "<html></html>", "[]", f"<!-- {script(RAIN)}", "<script ", f"<scripts {script(RAIN)[7:]}"]
)
def test_a_page_without_such_a_script_lacks_it(page: str) -> None:
    with pytest.raises(ValidationError, match=r"found no script .* \[missing\]") as caught:
        list(read_claim_reviews(page))
    assert [(issue.code, issue.path) for issue in caught.value.issues] == [("missing", ())]
    assert ("json.loads parses JSON" in str(caught.value)) is not page.startswith("<")


def test_a_page_whose_scripts_hold_no_review_lacks_one() -> None:
    assert codes(read(script({"@type": "WebPage"}))[1]) == [("missing", "$", None)]


@pytest.mark.parametrize(("dayfirst", "date"), [(True, PartialDate(2025, 5, 4)), (False, PartialDate(2025, 4, 5))])
def test_ambiguous_dates_are_read_as_the_caller_says(*, dayfirst: bool, date: PartialDate) -> None:
    review = {**RAIN, "datePublished": "04/05/2025", "itemReviewed": {"datePublished": "2025-04-05"}}
    (article,) = read_claim_reviews(review, dayfirst=dayfirst)
    assert (article.published, article.statements[0].date) == (date, PartialDate(2025, 4, 5))
    assert list(read_claim_reviews(script(review), dayfirst=dayfirst)) == [article]
    with pytest.raises(ValidationError, match=r"either 2025-04-05 .* or 2025-05-04"):
        list(read_claim_reviews(review))


def test_the_order_of_dates_is_a_boolean() -> None:
    wrong: Any = "yes"
    with pytest.raises(ValidationError) as caught:
        read_claim_reviews(RAIN, dayfirst=wrong)
    assert [(issue.code, issue.path) for issue in caught.value.issues] == [("type", ("dayfirst",))]


def test_one_article_of_all_claims_takes_no_page() -> None:
    with pytest.raises(ValidationError, match="expected an object or array"):
        from_claim_review(script(RAIN))


@given(
    st.lists(
        st.sampled_from(
            [
                "<script",
                "</script",
                "<!--",
                "-->",
                "<![",
                ">",
                '"',
                "'",
                " type=application/ld+json",
                "=",
                "[",
                "{",
                "\n",
                "&#9" + 5000 * "9",
            ]
        )
        | st.text(max_size=3)
        | st.just(script(RAIN)),
        max_size=20,
    ).map("".join)
)
def test_whatever_a_page_holds_it_gives_articles_and_errors_and_nothing_else(page: str) -> None:
    articles, errors = read(page)
    assert articles or errors
    assert all(issue.path == () or type(issue.path[0]) is int for error in errors for issue in error.issues)


@pytest.mark.parametrize(
    "page",
    [
        lambda n: n * "<script ",
        lambda n: n * "<script a='",
        lambda n: n * "<script a=>" + "'",
        lambda n: "<script" + n * " =",
        lambda n: n * "<!-",
        lambda n: n * "<script type=application/ld+json>",
        lambda n: "<script" + n * " type = ",
        lambda n: "<script" + n * " a" + n * " ",
        lambda n: n * script({}),
        lambda n: n * script(SNOW),
        lambda n: n * f"<p>{script('[')}\n",
        lambda n: script(n * [SNOW]),
    ],
    ids=range(12),
)
def test_a_page_is_read_in_proportion_to_its_length(page: Callable[[int], str], work: Work) -> None:
    _, once = work(partial(read, page(100)))
    _, more = work(partial(read, page(400)))
    assert more <= 5 * once
