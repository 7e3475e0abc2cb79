"""The main path in a real browser: a file comes in, a question is asked, narrowed, read, compared and kept."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser
Open = Callable[..., Page]
WORDS = {
    "en": {"found": "80 posts", "means": "Means:", "negative": "negative"},
    "zh-hans": {"found": "80 条帖子", "means": "意思是：", "negative": "负面"},
}
HOSTILE = (
    "<script>document.title = 'pwned'</script><img src=x onerror=\"document.title = 'pwned'\"> Harbour queue",
    '=HYPERLINK("http://evil.example","Harbour queue")',
    "Harbour queue \u202eexe.txt\u202c and \u200b\u200binvisible marks",
)


def rows() -> Iterator[tuple[str, str, str, str, str]]:
    """Forty people about each cafe in each language, one post a day, and hostile ones."""
    said = {
        "Harbour": ("The Harbour queue was two hours long and nobody cared", "海港咖啡排队两个小时，没人管"),
        "Valley": ("Valley staff were kind and the refill was free", "山谷咖啡店员很热情，续杯免费"),
    }
    for cafe, (english, chinese) in said.items():
        for n in range(40):
            day = (date.today() - timedelta(days=n)).isoformat()
            yield f"{cafe}-e{n}", day, "x", f"Guest {cafe} {n}", f"{english}, table {n}"
            yield f"{cafe}-c{n}", day, "weibo", f"客人{cafe}{n}", f"{chinese}，{n}号桌"
    for n, text in enumerate(HOSTILE):
        yield f"hostile-{n}", date.today().isoformat(), "x", "<b>Eve</b>", text


@pytest.fixture(scope="module")
def loaded(
    server: dict[str, Any], chromium: Browser, signed_in: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The posts, brought in through the page Import, and two brands, added in Settings."""
    path = tmp_path_factory.mktemp("files") / "talk.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([("id", "date", "platform", "author", "text"), *rows()])
    context = chromium.new_context(storage_state=signed_in)
    page = context.new_page()
    bring_in(page, server["address"], path)
    for side, name, query in (
        ("own", "Harbour", "Harbour OR 海港"),
        ("competitor", "Valley", "Valley OR 山谷"),
    ):
        page.goto(server["address"] + "/settings/brands/new")
        page.fill("[name=name]", name)
        page.select_option("[name=side]", side)
        page.fill("[name=query]", query)
        page.fill("[name=group]", "cafes")
        page.click("main form button[type=submit]")
        page.wait_for_url("**/settings/names")
    context.close()


def bring_in(page: Page, address: str, path: Path) -> None:
    """Upload, look at the preview, start, and wait until all is in."""
    page.goto(address + "/import/")
    page.set_input_files("input[type=file]", path)
    page.click("[data-upload] button")
    page.wait_for_selector(".ls-sample", timeout=60_000)
    page.click("form[action$='/start'] button")
    page.wait_for_selector("a.btn-primary[href^='/listen/']", timeout=60_000)


def no_overflow(page: Page) -> None:
    over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert over <= 0


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("width", [1440, 390])
def test_a_question_is_asked_narrowed_and_read(
    loaded: None, open_page: Open, width: int, language: str
) -> None:
    page = open_page("/listen/", width=width, language=language)
    page.fill("#listen-q", "(Harbour OR 海港) -nobody")
    expect(page.locator("#listen-check")).to_contain_text(WORDS[language]["means"])
    page.fill("#listen-q", "Harbour two OR 海港")
    expect(page.locator("#listen-check .ls-count")).to_contain_text(WORDS[language]["found"])
    page.keyboard.press("Enter")
    page.wait_for_url("**/listen/?*q=Harbour*")
    expect(page.locator("#posts mark").first).to_be_visible()
    expect(page.locator(".ls-headline")).to_contain_text("80")
    expect(page.locator(".ls-timeline svg").first).to_be_visible()
    no_overflow(page)
    page.locator(".ls-facet a[href*='lang=zh']").first.click()
    page.wait_for_url("**lang=zh*")
    expect(page.locator("#posts")).not_to_contain_text("nobody cared")
    page.go_back()
    page.wait_for_url(lambda address: "lang=zh" not in address)


def test_the_keyboard_moves_opens_and_comes_back(loaded: None, open_page: Open) -> None:
    page = open_page("/listen/?q=海港", language="zh-hans")
    page.wait_for_selector("#posts .ol-post")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    expect(page.locator(".ol-post.is-current")).to_have_count(1)
    page.keyboard.press("o")
    page.wait_for_url("**/posts/*?q=*")
    expect(page.locator("main mark").first).to_have_text("海港")
    page.go_back()
    page.keyboard.press("/")
    expect(page.locator(":focus")).to_have_id("listen-q")


def test_brushing_the_time_line_asks_for_those_days(loaded: None, open_page: Open) -> None:
    page = open_page("/listen/?q=Valley OR 山谷")
    drawn = page.locator(".ls-timeline .ol-chart.is-drawn svg")
    expect(drawn).to_be_visible()
    box = drawn.bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] * 0.6, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.8, box["y"] + box["height"] / 2, steps=6)
    page.mouse.up()
    page.wait_for_url(re.compile(r"since=\d{4}-\d\d-\d\d&until=\d{4}-\d\d-\d\d"))
    expect(page.locator(".ls-headline")).to_be_visible()


def test_more_posts_come_without_losing_the_place(loaded: None, open_page: Open) -> None:
    page = open_page("/listen/?q=Harbour OR 海港")
    expect(page.locator("#posts .ol-post")).to_have_count(30)
    page.locator("#more a").click()
    expect(page.locator("#posts .ol-post")).to_have_count(60)


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("width", [1440, 390])
def test_a_comparison_opens_onto_what_people_say(
    loaded: None, open_page: Open, width: int, language: str
) -> None:
    page = open_page("/compare/", width=width, language=language)
    expect(page.locator(".ls-beside").first.locator("tbody tr")).to_have_count(2)
    expect(page.locator(".ol-lead")).to_contain_text("Harbour")
    word = page.locator(".ls-apart-words summary").first
    word.click()
    expect(page.locator(".ls-quotes blockquote mark").first).to_be_visible()
    no_overflow(page)


def test_a_query_is_kept_as_a_topic_and_taken_back(loaded: None, open_page: Open) -> None:
    page = open_page("/listen/?q=refill")
    page.get_by_role("link", name="Save as topic").click()
    expect(page.locator("[name=query]")).to_have_value("refill")
    expect(page.locator("#query-check")).to_contain_text("posts")
    page.fill("[name=name]", "Refills")
    page.click("main form button[type=submit]")
    expect(page.locator(".ls-names")).to_contain_text(["Harbour", "Refills"])
    page.locator("[data-toast] form button").click()
    expect(page.locator("body")).not_to_contain_text("Refills")


def test_hostile_posts_are_words_and_nothing_else(loaded: None, open_page: Open) -> None:
    page = open_page("/listen/?q=Harbour queue -nobody")
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    posts = page.locator("#posts .ol-post")
    expect(posts).to_have_count(3)
    expect(page.locator("#posts")).to_contain_text("<script>document.title")
    expect(page.locator("#posts")).to_contain_text("<b>Eve</b>")
    assert page.locator("#posts :is(script, img, b)").count() == 0
    assert "pwned" not in page.title()


def test_an_export_arrives_as_a_file(loaded: None, open_page: Open) -> None:
    page = open_page("/listen/?q=Harbour queue -nobody")
    page.get_by_text("Export", exact=True).click()
    with page.expect_download() as waiting:
        page.locator("a[href^='/listen/export/csv']").click()
    written = Path(waiting.value.path()).read_text("utf-8-sig")
    assert "'=HYPERLINK" in written
    assert waiting.value.suggested_filename.endswith(".csv")


def test_a_second_import_of_the_same_file_adds_nothing(loaded: None, open_page: Open, tmp_path: Path) -> None:
    path = tmp_path / "again.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([("id", "date", "platform", "author", "text"), *rows()])
    page = open_page("/import/")
    bring_in(page, page.url.split("/import/")[0], path)
    assert page.locator(".ls-counts dd").all_inner_texts() == ["163", "0", "0", "163", "0"]
