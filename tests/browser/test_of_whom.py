"""In a real browser: the page of a post says what is said of whom, and opens the rest."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
Open = Callable[..., Page]
# A restaurant review and a complaint that names two credit bureaus, both of the bundled sample.
REVIEW, COMPLAINT = "/posts/f55e3c55e67808d5", "/posts/eaddaf185e4c357b"
WORDS = {
    "en": {"title": "What is said of whom", "place": "Environment", "tone": "positive"},
    "zh-hans": {"title": "对谁说了什么", "place": "环境", "tone": "正面"},
}


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("language", WORDS)
def test_each_aspect_has_its_tone_and_its_words(demo_page: Open, language: str, width: int) -> None:
    page, words = demo_page(REVIEW, width=width, language=language), WORDS[language]
    panel = page.get_by_role("region", name=words["title"])
    first = panel.get_by_role("listitem").first
    expect(first).to_contain_text(words["place"])
    expect(first).to_contain_text(words["tone"])
    expect(first.locator("mark").first).to_have_text("这家店的位置很是好找")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_rest_opens_and_brands_come_first(demo_page: Open) -> None:
    panel = demo_page(REVIEW).get_by_role("region", name=WORDS["en"]["title"])
    shown = panel.get_by_role("listitem")
    expect(shown).to_have_count(6)
    panel.locator("summary").click()
    expect(shown).to_have_count(8)
    brands = demo_page(COMPLAINT).locator("#of-whom b")
    expect(brands).to_have_text(["Equifax", "Experian"])
