"""In a real browser: an account is declared, its posts change voice and leave the count; without the filter they are
back."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser
Open = Callable[..., Page]
# The company writes in both languages, people too; nothing else in the other browser tests says "lantern" or 灯笼.
SAID = {"LanternTea": "Lantern tea 灯笼茶 is back", "客人": "灯笼茶要排队 lantern queue"}
WORDS = {
    "en": {"left": "5 posts by companies themselves", "all": "12 posts"},
    "zh-hans": {"left": "共 5 条帖子未计入", "all": "12 条帖子"},
}


@pytest.fixture(scope="module")
def lantern(server: dict[str, Any], chromium: Browser, signed_in: Path, tmp_path_factory: Any) -> None:
    """Twelve posts, five of them by the company; then its account is declared in Settings."""
    path = tmp_path_factory.mktemp("files") / "lantern.csv"
    today = date.today()
    rows = [
        (f"o{n}", (today - timedelta(days=n)).isoformat(), "weibo", "LanternTea", SAID["LanternTea"])
        for n in range(5)
    ]
    rows += [
        (f"c{n}", (today - timedelta(days=n)).isoformat(), "weibo", f"客人{n}", SAID["客人"])
        for n in range(7)
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
    page.goto(server["address"] + "/settings/voices/accounts/new")
    page.fill("[name=platform]", "weibo")
    page.fill("[name=account]", "@lanterntea")
    page.click("main form button[type=submit]")
    page.wait_for_url("**/settings/voices")
    page.wait_for_selector("[data-reread]", timeout=30_000)
    context.close()


def open_first(page: Page) -> None:
    """Follows the first post's own link; the list may be drawn anew at any moment, so not by a click on a place."""
    page.goto(
        urljoin(page.url, page.locator("#posts .ol-post a[data-act=open]").first.get_attribute("href") or "")
    )


@pytest.mark.parametrize(("width", "theme"), [(1440, "light"), (390, "dark")])
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_declared_posts_leave_the_count_and_come_back_without_the_filter(
    open_page: Open, lantern: None, width: int, theme: str, language: str
) -> None:
    page = open_page("/listen/?q=lantern", width=width, theme=theme, language=language)
    expect(page.locator("[data-left-out]")).to_contain_text(WORDS[language]["left"])
    expect(page.locator("#posts .ol-post")).to_have_count(7)
    page.click("[data-without=voice]")
    expect(page.locator("#posts .ol-post")).to_have_count(12)
    expect(page.locator("[data-left-out]")).to_have_count(0)
    assert "voice=all" in page.url
    over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert over <= 0


def test_who_speaks_is_drawn_and_each_figure_opens_its_posts(open_page: Open, lantern: None) -> None:
    page = open_page("/listen/?q=lantern")
    expect(page.locator(".ls-voices svg").first).to_be_visible(timeout=30_000)
    page.click(".ls-voices [data-voice=owned]")
    expect(page.locator("#posts .ol-post")).to_have_count(5)


def test_a_post_shows_why_it_has_its_voice_and_lets_one_correct_it(open_page: Open, lantern: None) -> None:
    page = open_page("/listen/?q=lantern voice:owned")
    open_first(page)
    expect(page.locator("#voice")).to_contain_text("Declared account")
    page.click("#voice summary")
    page.select_option("#voice [name=voice]", "earned")
    page.fill("#voice [name=reason]", "A fan who writes under our name")
    page.click("#voice button[type=submit]")
    expect(page.locator("[data-post-voice=earned]")).to_be_visible()
    page.click("[data-toast] form button")
    expect(page.locator("[data-post-voice=owned]")).to_be_visible()


def test_a_tag_is_put_on_and_found(open_page: Open, lantern: None) -> None:
    page = open_page("/listen/?q=lantern")
    open_first(page)
    page.fill("[name=tags]", "排队，wait")
    page.press("[name=tags]", "Enter")
    page.click(".ls-tags a >> text=排队")
    expect(page.locator("#posts .ol-post")).to_have_count(1)
