"""A long query of another tool, pasted into a real browser: written as here, told in groups, searched, shared, saved."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
Open = Callable[..., Page]
PATIENCE = 20_000  # of a machine that does other things too
PASTED = Path(__file__).parents[1] / "app" / "listening" / "pasted"
SAID = {
    "en": ("Write it as here", "posts that fit all of these:", "Save as topic"),
    "zh-hans": ("按这里的写法改写", "符合以下每一项的帖子：", "存为话题"),
}


def paste(page: Page, text: str) -> None:
    """As the clipboard does it: all at once, and undone at once."""
    page.focus("#listen-q")
    page.evaluate("text => document.execCommand('insertText', false, text)", text)


@pytest.mark.parametrize(("language", "file"), [("en", "brand.en.txt"), ("zh-hans", "brand.zh.txt")])
def test_a_pasted_brand_query_goes_all_the_way(demo_page: Open, language: str, file: str) -> None:
    rewrite, means, save = SAID[language]
    page = demo_page("/listen/?period=all", language=language)
    paste(page, (PASTED / file).read_text("utf-8"))
    page.get_by_role("button", name=rewrite).click()
    expect(page.locator("#listen-check")).to_contain_text(means, timeout=PATIENCE)
    groups = page.locator(".ls-outline > li > details")
    groups.first.locator("summary").first.click()
    expect(groups.first.locator("li").first).to_be_visible()

    page.locator("#listen-q").press("Enter")
    page.wait_for_url(re.compile(r"q=~[0-9a-f]{20}~"))
    assert len(page.url) < 200
    query = page.locator("#listen-q").input_value()
    page.reload()
    expect(page.locator("#listen-q")).to_have_value(query)

    page.get_by_role("link", name=save).click()
    expect(page.locator("[name=query]")).to_have_value(query)
    expect(page.locator("#query-check")).to_contain_text(means, timeout=PATIENCE)


def test_a_hint_is_written_at_its_place_and_undone(demo_page: Open) -> None:
    page = demo_page("/listen/")
    paste(page, "  👍 OR refund and 退款 OR 坏 了吗")
    page.locator(".ls-hints summary").click()
    page.locator(".ls-hints li", has_text="small letters").get_by_role("button").click()
    expect(page.locator("#listen-q")).to_have_value("  👍 OR refund AND 退款 OR 坏 了吗")
    page.keyboard.press("Control+z")
    expect(page.locator("#listen-q")).to_have_value("  👍 OR refund and 退款 OR 坏 了吗")
