"""What a page looks like on paper."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_ten_statements_print_on_one_page(demo_page: Callable[..., Page], language: str) -> None:
    page = demo_page("/ten-statements/", language=language)
    expect(page.locator(".st-card .ol-skeleton")).to_have_count(0, timeout=30_000)
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4", prefer_css_page_size=True))) == 1


@pytest.mark.parametrize(
    "path", ["/", "/compare/", "/care/1", "/decisions/", "/decisions/claims/1", "/trust/audit"]
)
def test_the_frame_and_what_is_to_be_pressed_stay_off_the_paper(
    demo_page: Callable[..., Page], path: str
) -> None:
    page = demo_page(path)
    page.emulate_media(media="print")
    for part in (".ol-rail", ".ol-header", ".ol-bar", "main .btn"):
        assert [one for one in page.locator(part).all() if one.is_visible()] == [], part
    expect(page.locator("h1")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
