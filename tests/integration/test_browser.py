"""A browser shows the page, with and without its script, to the eye, to the keyboard and to whoever cannot see."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import attr
import attrs
import pytest

import geoclaims
from geoclaims import Actor, Allegation, Article, Denial, Span, Statement, from_json, load_article
from geoclaims.corpus import Corpus, Link, LinkKind
from geoclaims.interop import to_html, to_svg

ROOT = Path(__file__).parents[2]
HOSTILE: list[str] = json.loads((ROOT / "tests" / "hostile_labels.json").read_text(encoding="utf-8"))
BUNDLED = load_article()
INVENTED = from_json((ROOT / "docs" / "gallery" / "harbour.json").read_bytes())
"""An article with its text, in which passages overlap and denials are denied."""
LONG = "Donaudampfschifffahrtsgesellschaft" * 6
CLAIM = Allegation(id="s" * 90, speaker="a", content=LONG, accused=["a"], cue=LONG, event_place=LONG)
ARTICLES: dict[str, Any] = {
    "bundled": BUNDLED,
    "invented": INVENTED,
    "several": [INVENTED, BUNDLED],
    "empty": Article(id="empty", text="Nothing."),
    "long": Article(id="i" * 90, title=LONG, actors=[Actor(id="a", name=LONG, role=LONG)], statements=[CLAIM]),
}


def crowded(statements: int) -> Article:
    """An article of statements whose passages are close together, on a text of some more sentences."""
    sentence = "It was said once more that the bridge over the river had been closed by them that night. "
    text = sentence * (statements * 5 // 2 + 3)
    made: list[Statement] = []
    for n in range(statements):
        spans = [Span.of(text, n * 200, n * 200 + 150 + n % 90)]
        said: dict[str, Any] = {"id": f"s{n}", "speaker": "ab"[n % 2], "content": sentence.strip(), "spans": spans}
        made.append(Denial(**said, denies=[f"s{n - 1}"]) if n % 2 else Allegation(**said, accused=["b"]))
    return Article(id="bridge", actors=[Actor(id="a", name="A"), Actor(id="b", name="B")], statements=made, text=text)


Open = Callable[..., Any]


@pytest.fixture
def opened(browser: Any, tmp_path: Path) -> Iterator[Open]:
    """What opens HTML, or the page of articles, and fails on a message in the console or a request for more."""
    contexts: list[Any] = []
    wrong: list[str] = []

    def open_page(content: Any, width: int = 1280, scheme: str = "light", **options: Any) -> Any:
        file = tmp_path / f"page{len(contexts)}.html"
        file.write_text(content if isinstance(content, str) else to_html(content), encoding="utf-8")
        contexts.append(browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme, **options))
        page = contexts[-1].new_page()
        page.on("console", lambda message: wrong.append(message.text))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("request", lambda request: wrong.append(request.url) if request.url != file.as_uri() else None)
        page.goto(file.as_uri())
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert wrong == []


def number(page: Any, statement: str) -> Any:
    """The number before the passage of a statement."""
    return page.locator(f".text .number[data-statement='{statement}']")


def top(element: Any) -> float:
    """The height in the window at which an element begins, or the first of them."""
    return float(element.first.evaluate("e => e.getBoundingClientRect().top"))


def looks(page: Any, look: str) -> dict[str, set[str]]:
    """The statements whose cards and whose passages have a look."""
    ids = {"article": "e => [e.dataset.statement]", "mark": "e => e.dataset.statements.split(' ')"}
    found = [set(page.evaluate(f"[...document.querySelectorAll('{e}.{look}')].flatMap({ids[e]})")) for e in ids]
    return dict(zip(("cards", "passages"), found, strict=True))


def shown(page: Any) -> list[str]:
    """The statements whose cards are not put away."""
    return list(page.evaluate("[...document.querySelectorAll('article')].filter(e => e.offsetParent).map(e => e.id)"))


LIGHT_UP = """look => document.querySelectorAll("mark, .card, .number").forEach(element => {
    element.classList.remove("lit", "near");
    if (look) element.classList.add(look);
})"""


@pytest.mark.parametrize("name", ARTICLES)
def test_no_page_is_wider_than_its_window_and_axe_finds_nothing_wrong(name: str, opened: Open, axe: str) -> None:
    page = opened(ARTICLES[name], reduced_motion="reduce", bypass_csp=True)
    page.evaluate(axe)
    every = ("", "lit", "near") if name == "several" else ("",)
    for width, scheme, seen in ((375, "light", ()), (768, "light", ()), (1280, "light", every), (320, "dark", every)):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        assert page.evaluate("document.documentElement.scrollWidth") == width
        for look in seen:
            page.evaluate(LIGHT_UP, look)
            rules = "runOnly: ['color-contrast']" if look else "rules: {'target-size': {enabled: true}}"
            found = page.evaluate(f"axe.run({{resultTypes: ['violations'], {rules}}})")["violations"]
            assert [(rule["id"], [node["html"] for node in rule["nodes"]][:3]) for rule in found] == []


def test_the_text_can_be_searched_and_copied_as_it_is(opened: Open) -> None:
    page = opened(INVENTED)
    assert page.locator(".text").text_content() == INVENTED.text
    page.evaluate("getSelection().selectAllChildren(document.querySelector('.text'))")
    assert page.evaluate("getSelection().toString()").split() == str(INVENTED.text).split()
    assert page.evaluate("find('said, and none of its ships', false, false, true)")


@pytest.mark.parametrize("way", ["pointer", "keyboard"])
def test_what_is_pointed_at_or_focused_lights_up_with_what_it_denies_and_what_denies_it(way: str, opened: Open) -> None:
    page = opened(INVENTED)
    number(page, "no-mines").hover() if way == "pointer" else number(page, "no-mines").focus()
    assert looks(page, "lit")["cards"] == {"no-mines"}
    assert looks(page, "near")["cards"] == {"mines-laid", "denial-a-lie"}
    assert "no-mines" in looks(page, "lit")["passages"]
    assert {"mines-laid", "denial-a-lie"} <= looks(page, "near")["passages"]
    assert page.locator("#no-mines").is_visible()
    page.locator("h1").hover() if way == "pointer" else page.locator(".filters select").focus()
    assert looks(page, "lit")["cards"] == set()
    page.locator("#mines-lost").hover()
    assert looks(page, "lit")["cards"] == {"mines-lost"}


def test_what_confirms_a_statement_lights_up_with_it_is_named_on_its_card_and_counts_as_an_answer(opened: Open) -> None:
    page = opened(INVENTED.with_changes("no-pilot", confirms=["boats-seen"]))
    number(page, "boats-seen").hover()
    assert looks(page, "near")["cards"] == {"no-pilot"}
    assert "confirmed by 5 the pilots’ guild: Nobody ordered a pilot" in page.locator("#boats-seen").inner_text()
    number(page, "no-pilot").hover()
    assert looks(page, "near")["passages"] >= {"boats-seen"}
    assert "confirms 4 a fisherman: The fisherman saw" in page.locator("#no-pilot").inner_text()
    page.get_by_role("combobox", name="by or against").select_option(label="a fisherman")
    assert shown(page) == ["boats-seen", "no-pilot"]


@pytest.mark.parametrize("article", [INVENTED, crowded(20)], ids=["invented", "crowded"])
def test_a_passage_in_the_middle_of_the_window_has_its_closed_card_in_sight(article: Article, opened: Open) -> None:
    page = opened(article)
    for statement in article.statements:
        page.evaluate("y => scrollBy(0, y)", top(number(page, statement.id)) - 400)
        page.wait_for_timeout(50)
        box = page.locator(f"#{statement.id}").bounding_box()
        assert page.evaluate("scrollY") < 100 or 0 <= box["y"] < box["y"] + box["height"] <= 800


def test_a_closed_card_says_whom_it_is_against_and_whom_it_answers_and_all_else_when_it_is_pointed_at(
    opened: Open,
) -> None:
    page = opened(INVENTED)
    accuses, denies = (page.locator(f"#{id}") for id in ("mines-laid", "no-mines"))
    for told in ("against the Sudrian navy", "denied by 6 Sudria", "7 a navy spokesman"):
        assert told in accuses.inner_text()
    assert "number" not in accuses.inner_text()
    assert "denies 2 Ida Brandt: The Sudrian navy laid forty or more mines" in denies.inner_text()
    assert "denied by 12 Ida Brandt" in denies.inner_text()
    assert "about" not in denies.inner_text()
    assert "That the Sudrian navy laid no mines is a lie." not in denies.inner_text()
    number(page, "no-mines").hover()
    assert "about" in denies.inner_text()
    assert "That the Sudrian navy laid no mines is a lie." in denies.inner_text()
    assert abs(top(number(page, "no-mines")) - top(page.locator("#no-mines"))) < 10


def test_a_tap_keeps_a_passage_lit_and_opens_its_card_until_the_second_tap_or_escape(opened: Open) -> None:
    page = opened(INVENTED, 390, has_touch=True)
    passage = page.locator("mark[data-statements='no-mines']")
    sheet = page.get_by_role("complementary", name="Statement")
    for close in (
        passage.tap,
        lambda: page.keyboard.press("Escape"),
        lambda: sheet.get_by_role("button", name="close").tap(),
        page.locator("h1").tap,
    ):
        passage.tap()
        assert "The Sudrian navy laid no mines." in sheet.inner_text()
        assert "The Sudrian navy laid forty or more mines" in sheet.inner_text()  # what it denies
        assert "That the Sudrian navy laid no mines is a lie." in sheet.inner_text()  # who denies it
        box, foot = passage.bounding_box(), sheet.bounding_box()
        assert foot["height"] <= 400
        assert box["y"] + box["height"] <= foot["y"]
        assert looks(page, "lit")["passages"] >= {"no-mines"}
        close()
        assert page.locator("aside").is_hidden()
        assert looks(page, "lit")["passages"] == set()


def test_what_another_report_answers_has_a_sign_and_is_told_on_a_phone_and_what_the_page_has_above_is_not(
    opened: Open,
) -> None:
    said: list[Statement] = [Allegation(id="claim", speaker="a", content="It did.", accused=["a"])]
    said += [Denial(id="no", speaker="a", content="It laid none.", denies=["claim"])]
    other = Article(id="other", actors=[Actor(id="a", name="A")], statements=said)
    link = Link(kind=LinkKind.DENIES, source="other/no", target="mines-off-sankt-alban/mines-laid")
    page = opened(Corpus(articles=[INVENTED, other], links=[link]), 390)
    card = page.locator("[id='mines-off-sankt-alban/mines-laid']")
    assert "denial: It laid none." in card.inner_text()
    assert "(other/no)" not in card.inner_text()
    assert "The accusation that mines were laid" not in card.inner_text()
    sign = "e => getComputedStyle(e, '::before').content"
    assert card.locator("a[href$='/accusation-rejected']").evaluate(sign) == "none"
    assert card.locator("a[href='#other/no']").evaluate(sign) == '"↗ "'
    assert page.locator(".reader blockquote:visible").count() == 0


def test_where_there_is_no_text_a_tapped_card_says_how_it_is_denied_until_the_second_tap(opened: Open) -> None:
    denial = BUNDLED.denials[0]
    denied = BUNDLED.statement(denial.denies[0])
    page = opened(BUNDLED, 390, has_touch=True)
    assert denied.content in page.locator(f"[id='{denial.id}']").inner_text()
    card = page.locator(f"[id='{denied.id}']")
    for close in (card.locator(".content").tap, lambda: page.keyboard.press("Escape")):
        card.locator(".content").tap()
        assert denial.content in card.inner_text()
        close()
        assert denial.content not in card.inner_text()


BROKEN = """text => [...text.data.matchAll(/\\S+/g)].filter(word => {
    const range = document.createRange();
    range.setStart(text, word.index);
    range.setEnd(text, word.index + word[0].length);
    return new Set([...range.getClientRects()].map(box => box.top)).size > 1;
}).length"""


def test_korean_is_broken_between_words_unless_one_is_longer_than_a_line(opened: Open) -> None:
    for text, broken in (("국방부는 부인했다고 말했다 " * 20, 0), ("국방부 " + "한국" * 100, 1)):
        page = opened(Article(id="a", language="ko", text=text.strip()), 390)
        assert page.evaluate_handle("document.querySelector('.text').firstChild").evaluate(BROKEN) == broken
        assert page.evaluate("document.documentElement.scrollWidth") == 390


@pytest.mark.parametrize("width", [390, 1280])
def test_a_card_is_opened_and_closed_by_the_keyboard(width: int, opened: Open) -> None:
    page = opened(INVENTED, width)
    number(page, "no-mines").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.matches('.sheet, .card')")
    page.keyboard.press("Tab")
    assert page.evaluate("Boolean(document.activeElement.closest('.sheet, .card'))")
    page.keyboard.press("Escape")
    assert looks(page, "lit")["cards"] == {"no-mines"}  # the number has the focus again
    assert page.evaluate("document.activeElement.dataset.number") == "7"


@pytest.mark.parametrize("width", [390, 1280])
def test_a_link_to_a_statement_shows_its_card_and_its_passage_if_it_has_one(width: int, opened: Open) -> None:
    lost = [Statement(id=f"lost{n}", speaker="guild", content=f"This is number {n}.") for n in range(4)]
    page = opened(attrs.evolve(INVENTED, statements=[*INVENTED.statements, *lost]), width)
    for id in ("no-mines", "lost2"):
        page.goto(f"{page.url.partition('#')[0]}#{id}")
        page.reload()
        page.wait_for_timeout(200)
        card = page.locator(".sheet .card" if width == 390 else ".reader .card.open")
        box = card.bounding_box()
        assert 0 <= box["y"] < 800
        assert id in looks(page, "lit")["cards"]
        if id == "lost2":
            assert box["y"] + box["height"] <= 800
        else:
            assert "That the Sudrian navy laid no mines is a lie." in card.inner_text()
            assert 0 <= top(number(page, "no-mines")) < 500
            assert looks(page, "near")["cards"] == {"mines-laid", "denial-a-lie"}


def test_the_address_leads_to_the_statement_that_was_clicked_last(opened: Open) -> None:
    page = opened([INVENTED, BUNDLED])
    number(page, "no-mines").click()
    assert page.url.endswith(".html#mines-off-sankt-alban/no-mines")
    page.locator(f"[id='{BUNDLED.id}/troops-sent'] .content").click()
    assert page.url.endswith(f".html#{BUNDLED.id}/troops-sent")


def test_statements_can_be_filtered_by_type_and_by_an_actor_with_its_proxies_and_all_that_is_answered(
    opened: Open,
) -> None:
    page = opened(INVENTED)
    every = [statement.id for statement in INVENTED.statements]
    others = [statement.id for statement in INVENTED.statements if not isinstance(statement, Denial)]
    assert shown(page) == every
    page.get_by_role("checkbox", name="Denials").uncheck()
    assert shown(page) == others
    assert page.locator("output").inner_text() == f"{len(others)} of {len(every)} shown"
    assert page.locator(".text .number:visible").count() == len(others)
    assert page.locator("mark.l1d, mark.l2d").count() == 0
    page.locator("mark[data-statements='accusation-rejected']").hover()
    assert looks(page, "lit") == {"cards": set(), "passages": set()}
    number(page, "mines-laid").hover()
    assert looks(page, "near")["cards"] == set()  # all that is linked to it denies it
    page.emulate_media(media="print")
    assert page.locator("output").is_visible()  # paper too says that something is left out
    page.emulate_media(media="screen")
    page.get_by_role("combobox", name="by or against").select_option(label="Sudria")
    assert shown(page) == ["mines-laid", "mines-lost"]  # against its navy, and by its foreign ministry
    page.get_by_role("combobox", name="by or against").select_option(label="anyone")
    page.get_by_role("checkbox", name="Denials").check()
    assert shown(page) == every
    assert page.locator("output").inner_text() == ""
    page.get_by_role("combobox", name="by or against").select_option(label="Sudria")
    meant = {s.id for s in [*INVENTED.by("sudria"), *INVENTED.against("sudria")]}
    answers = {s.id for id in meant for s in [*INVENTED.denials_of(id), *INVENTED.confirmations_of(id)]}
    assert len(INVENTED.by("sudria")) == 5
    answered = {other for id in meant for other in [*getattr(INVENTED.statement(id), "denies", ())]}
    assert set(shown(page)) == meant | answers | answered
    page.locator("#no-mines .head .number").evaluate("() => location.hash = '#port-closed'")
    page.wait_for_timeout(100)
    assert len(shown(page)) == len(INVENTED.statements)  # a link may lead to what was put away


def test_without_scripts_the_page_is_whole_and_nothing_is_offered_that_would_not_work(opened: Open) -> None:
    page = opened(INVENTED, java_script_enabled=False)
    assert page.locator("article.card:visible").count() == len(INVENTED.statements)
    assert page.locator("input:visible, select:visible, button:visible").count() == 0
    number(page, "no-mines").click()
    assert page.url.endswith("#no-mines")
    page.locator("#no-mines dd a").first.click()
    assert page.url.endswith("#mines-laid")


def test_everything_is_reached_by_the_keyboard(opened: Open) -> None:
    page = opened(INVENTED)
    wanted = page.locator("a:visible, input:visible, select:visible, [tabindex='0']:visible").count()
    page.evaluate("reached = new Set(); addEventListener('focusin', event => reached.add(event.target)); 0")
    for _ in range(wanted):
        page.keyboard.press("Tab")
    assert page.evaluate("reached.size") == wanted


def test_above_and_below_a_text_with_few_statements_there_is_no_hole(opened: Open) -> None:
    page = opened(crowded(2))
    filters = page.locator(".filters").bounding_box()
    assert top(page.locator(".text")) - filters["y"] - filters["height"] < 20
    assert top(page.locator("ul.actors")) < 500


@pytest.mark.parametrize("width", [360, 888])
@pytest.mark.parametrize("name", ["bundled", "invented"])
def test_no_words_of_a_picture_leave_their_box_or_cover_others(name: str, width: int, opened: Open) -> None:
    page = opened(f"<!doctype html><meta charset=utf-8>{to_svg(ARTICLES[name], width=width)}", 1000)
    box = "e => { const {x, y, width, height} = e.getBBox(); return [x, y, x + width, y + height]; }"
    cards, lines = (
        page.evaluate(f"[...document.querySelectorAll('{element}')].map({box})") for element in ("rect", "text")
    )
    assert lines
    for place, (left, top, right, bottom) in enumerate(lines):
        assert right <= width
        for a, b, c, d in cards:
            inside = a <= left and b <= top and right <= c and bottom <= d
            assert inside or c <= left or right <= a or d <= top or bottom <= b
        for a, b, c, d in lines[:place]:  # lines of a paragraph touch
            assert c <= left or right <= a or d - 2 <= top or bottom - 2 <= b


def test_what_is_lit_up_on_paper_is_what_the_lines_say(opened: Open) -> None:
    page = opened(INVENTED, scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(251, 251, 250)"
    assert page.locator("article.card:visible").count() == len(INVENTED.statements)
    assert page.locator("select:visible").count() == 0
    assert page.evaluate("getComputedStyle(document.querySelector('.reader .cards')).maxHeight") == "none"
    letters = "[...document.querySelectorAll('.text .number')].map(e => getComputedStyle(e, '::after').content)"
    assert {re.sub(r"[^A-Z]", "", content) for content in page.evaluate(letters)} == {"A", "D", "S"}


@pytest.mark.parametrize(("passages", "lanes"), [(2, 0), (3, 3), (9, 8)])
def test_on_paper_the_lines_of_passages_that_overlap_stand_below_the_words(
    passages: int, lanes: int, opened: Open
) -> None:
    text = "The navy had laid mines in the fairway."
    spans = [Span.of(text, 0, len(text) - n) for n in range(passages)]
    claims = [Statement(id=f"s{n}", speaker="a", content="C.", spans=[span]) for n, span in enumerate(spans)]
    page = opened(Article(id="x", text=text, actors=[Actor(id="a", name="A")], statements=claims))
    page.emulate_media(media="print")
    style = "getComputedStyle(document.querySelector('mark'))"
    drawn = page.evaluate(f"{style}.backgroundImage.split('gradient').length - 1")
    assert drawn == max(0, lanes - 2)  # the first two are a border and an underline
    assert page.evaluate(f"parseFloat({style}.paddingBottom)") >= 4 * lanes


def test_a_page_with_python_in_it_uses_geoclaims_as_the_documentation_says(
    browser: Any, node_modules: Path, tmp_path: Path
) -> None:
    guide = (ROOT / "docs" / "install.md").read_text(encoding="utf-8")
    (html,) = re.findall(r"```html\n(.*?)```", guide, re.DOTALL)
    (tmp_path / "index.html").write_text(html, encoding="utf-8")
    (tmp_path / "node_modules").symlink_to(node_modules.absolute())
    with zipfile.ZipFile(tmp_path / "packages.zip", "w") as packages:
        for folder in (Path(str(package.__file__)).parent for package in (attr, attrs, geoclaims)):
            for file in folder.rglob("*"):
                packages.write(file, file.relative_to(folder.parent))
    page = browser.new_page(base_url="http://localhost/")
    page.route("**", lambda route: route.fulfill(path=tmp_path / route.request.url.removeprefix("http://localhost/")))
    page.goto("index.html")
    page.wait_for_function("document.getElementById('denials').textContent", timeout=120_000)
    assert page.text_content("#denials").splitlines() == [denial.content for denial in BUNDLED.denials]
    page.close()
