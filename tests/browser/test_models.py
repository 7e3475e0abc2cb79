"""In a real browser: which models read the posts, what is shown of a post's readings, and what people want."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser
Open = Callable[..., Page]
TEXTS = ("风筝店第三次打电话没人接，请尽快退款", "Kite shop 风筝: nobody answers, please refund me")
WORDS = {
    "en": {
        "read": "kept posts were read by today’s models",
        "how": "How it was read",
        "help": "asks for help",
    },
    "zh-hans": {"read": "条帖子都由现在的模型读过", "how": "模型的判断", "help": "求助"},
}


@pytest.fixture(scope="module")
def kites(server: dict[str, Any], chromium: Browser, signed_in: Path, tmp_path_factory: Any) -> None:
    """Twelve posts that ask for a refund, in both languages."""
    path = tmp_path_factory.mktemp("files") / "kites.csv"
    rows = [
        (f"k{n}", (date.today() - timedelta(days=n)).isoformat(), "weibo", f"客人{n}", TEXTS[n % 2])
        for n in range(12)
    ]
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([("id", "date", "platform", "author", "text"), *rows])
    context = chromium.new_context(storage_state=signed_in)
    page = context.new_page()
    page.goto(server["address"] + "/import/")
    page.set_input_files("input[type=file]", path)
    page.click("[data-upload] button")
    page.wait_for_selector(".ls-sample", timeout=60_000)
    page.click("form[action$='/start'] button")
    page.wait_for_selector("a.btn-primary[href^='/listen/']", timeout=60_000)
    context.close()


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("width", [1440, 390])
def test_the_tab_counts_the_posts_of_each_model(
    open_page: Open, kites: None, language: str, width: int
) -> None:
    page = open_page("/settings/models", language=language, width=width)
    expect(page.locator("#models-read")).to_contain_text(WORDS[language]["read"])
    expect(page.locator("#models-read tbody tr")).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_post_marks_the_words_that_speak_for_its_reading(
    open_page: Open, kites: None, language: str
) -> None:
    page = open_page("/listen/?q=风筝", language=language)
    first = page.locator("#posts .ol-post [data-act=open]").first
    page.goto(page.url.partition("/listen/")[0] + str(first.get_attribute("href")).partition("?")[0])
    panel = page.locator("section[aria-labelledby=readings-title]")
    expect(panel).to_contain_text(WORDS[language]["how"])
    expect(panel.locator(".ls-evidence").first).to_contain_text(WORDS[language]["help"])
    expect(page.locator(".ls-one mark").first).to_be_visible()


def test_what_people_want_is_loaded_on_listen(open_page: Open, kites: None) -> None:
    page = open_page("/listen/?q=风筝")
    panel = page.locator(".ls-wants")
    expect(panel.locator(".ol-figure, .ls-none").first).to_be_visible(timeout=30_000)


DRIFT = {
    "en": ("Not enough to say whether posts have changed", "Nothing to draw yet"),
    "zh-hans": ("数据太少，不足以说帖子是否变了", "还没有可画的"),
}


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("width", [1440, 390])
def test_the_drift_watch_loads_and_says_that_twelve_posts_are_too_few(
    open_page: Open, kites: None, language: str, width: int
) -> None:
    page = open_page("/settings/models", language=language, width=width)
    drift, nothing = DRIFT[language]
    expect(page.locator("#models-drift [data-drift=few]")).to_contain_text(drift, timeout=30_000)
    expect(page.locator("#models-reliability")).to_contain_text(nothing)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
