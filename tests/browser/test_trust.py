"""Trust in a real browser: a person is found, shown, erased and refused; the log shows it and is verified."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser
Open = Callable[..., Page]
WORDS = {
    "en": {"receipt": "Receipt of erasure", "whole": "whole up to row", "act": "erased a person",
           "nobody": "Nobody of that name"},
    "zh-hans": {"receipt": "删除回执", "whole": "条为止完整", "act": "删除了一个人的资料", "nobody": "没有叫这个名字的人"},
}  # fmt: skip


@pytest.fixture(scope="module")
def guests(
    server: dict[str, Any], chromium: Browser, signed_in: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """One guest for each language and width, so that every run erases somebody else."""
    path = tmp_path_factory.mktemp("guests") / "guests.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(("id", "date", "platform", "author", "author_handle", "text"))
        for language in WORDS:
            for width in (1440, 390):
                rows.writerow((f"{language}{width}", "2026-03-01", "weibo", "小红", f"guest_{language}_{width}",
                               "没人回我的消息，也不想再被收集"))  # fmt: skip
    context = chromium.new_context(storage_state=signed_in)
    page = context.new_page()
    page.goto(server["address"] + "/import/")
    page.set_input_files("input[type=file]", path)
    page.click("[data-upload] button")
    page.wait_for_selector(".ls-sample", timeout=60_000)
    page.click("form[action$='/start'] button")
    page.wait_for_selector("a.btn-primary[href^='/listen/']", timeout=60_000)
    context.close()


def no_overflow(page: Page) -> None:
    over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert over <= 0


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("width", [1440, 390])
def test_a_person_is_erased_and_the_log_still_verifies(
    guests: None, open_page: Open, width: int, language: str
) -> None:
    said, handle = WORDS[language], f"guest_{language}_{width}"
    page = open_page("/trust/privacy", width=width, language=language)
    page.fill("[name=who]", handle)
    page.click(".tr-find button")
    page.click(".tr-list a")
    expect(page.locator(".ol-post")).to_have_count(1)
    no_overflow(page)
    page.fill("[name=typed]", f"@{handle}")
    page.click(".tr-danger .btn-danger")
    page.wait_for_url("**/trust/privacy/requests/*", timeout=60_000)
    expect(page.locator("h1")).to_contain_text(said["receipt"])
    expect(page.locator("main")).not_to_contain_text(handle)
    no_overflow(page)
    page.goto(page.url.partition("/privacy")[0] + "/privacy")
    page.fill("[name=who]", handle)
    page.click(".tr-find button")
    expect(page.locator("main")).to_contain_text(said["nobody"])


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("width", [1440, 390])
def test_the_log_is_read_narrowed_and_verified(
    guests: None, open_page: Open, width: int, language: str
) -> None:
    page = open_page("/trust/", width=width, language=language)
    page.click("a[href='/trust/audit']")
    page.click("form[action$='/verify'] button")
    expect(page.locator("aside .ol-note")).to_contain_text(WORDS[language]["whole"])
    expect(page.locator(".tr-log li").first).to_be_visible()
    page.select_option("[name=act]", "import.finish")
    page.click(".tr-filters button")
    page.wait_for_url("**act=import.finish*")
    no_overflow(page)


def test_a_rule_shows_what_it_would_remove_before_it_is_switched_on(guests: None, open_page: Open) -> None:
    page = open_page("/trust/retention")
    page.select_option("[name=covers]", "platform")
    page.fill("[name=name]", "mastodon")
    page.fill("[name=days]", "400")
    page.click("form[action$='/add'] .btn-primary")
    expect(page.locator(".ol-lead")).to_contain_text("none of the 0 posts is older")
    page.click("button[value=on]")
    expect(page.locator(".ol-head .ol-tag")).to_have_text("in force")
    page.click("button[value=remove]")
    page.wait_for_url("**/trust/retention")
