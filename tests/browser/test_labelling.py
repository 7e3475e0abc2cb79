"""In a real browser: posts are labelled by keys, and a post is corrected and taken back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
Open = Callable[..., Page]
WORDS = {
    "en": {"labelled": "Labelled.", "corrected": "corrected by a person", "back": "It was taken back."},
    "zh-hans": {"labelled": "已标注。", "corrected": "由人更正", "back": "已撤回"},
}


@pytest.mark.parametrize("language", WORDS)
def test_posts_are_labelled_by_keys(demo_page: Open, language: str) -> None:
    page = demo_page("/settings/labelling?seed=3", language=language)
    first = page.locator("[name=token]").get_attribute("value")
    page.keyboard.press("s")
    expect(page.locator("[name=token]")).not_to_have_value(first or "")
    page.keyboard.press("1")
    expect(page.get_by_text(WORDS[language]["labelled"]).first).to_be_visible()


def test_several_intents_are_ticked_and_saved_by_keys(demo_page: Open) -> None:
    page = demo_page("/settings/labelling?task=intent&seed=5")
    page.keyboard.press("3")
    expect(page.locator("input[value=complaint]")).to_be_checked()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Labelled.").first).to_be_visible()
