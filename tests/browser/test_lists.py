"""In a real browser: lines are pasted, the box says which are accounts and which sites, and a query uses the list."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
Open = Callable[..., Page]
PASTED = "@人民日报\nReuters\nnews.cn\nreuters\n"
SAID = {"en": "1 site: news.cn", "zh-hans": "1 个站点：news.cn"}


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_pasted_lines_become_a_list_that_queries_use(
    open_page: Open, server: dict[str, Any], language: str
) -> None:
    page = open_page("/settings/lists/new", language=language)
    name = f"Press {language}"
    page.fill("[name=name]", name)
    page.fill("[name=entries]", PASTED)
    expect(page.locator("#list-check")).to_contain_text(SAID[language])
    page.keyboard.press("Tab")
    page.locator(".ls-form button[type=submit]").press("Enter")
    card = page.locator(".ls-names li", has_text=name)
    expect(card).to_contain_text(f'list:"{name}"')
    card.locator("a[href^='/listen/']").click()
    expect(page.locator(".ls-check .is-wrong")).to_have_count(0)
