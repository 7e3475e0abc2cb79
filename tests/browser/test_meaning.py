"""Searching by meaning in a real browser: in both languages, on a wide screen and a phone."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("language", "width"), [("en", 1440), ("zh-hans", 390)])
def test_a_question_in_plain_words_is_answered_with_reasons(demo_page, language, width):
    page = demo_page("/listen/", width=width, language=language)
    page.click("a[href*='/listen/meaning']")
    page.fill("#meaning-m", "they keep calling me about a debt that is not mine")
    page.press("#meaning-m", "Enter")
    page.wait_for_selector("#posts .ls-answer-why", timeout=60_000)
    first = page.inner_text("#posts .ls-answer >> nth=0")
    assert "debt" in first.lower()
    assert {"en": "Likeness of meaning", "zh-hans": "意思相似度"}[language] in page.inner_text("#posts")
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert page.input_value("#meaning-m").startswith("they keep calling")


def test_a_post_has_others_like_it(demo_page):
    page = demo_page(
        "/listen/meaning?period=all&voice=all&m=they keep calling me about a debt that is not mine"
    )
    page.wait_for_selector("#posts [data-post]", timeout=60_000)
    page.click("#posts [data-act=open] >> nth=0")
    page.wait_for_selector("#alike-title", timeout=60_000)
    page.wait_for_selector("section:has(#alike-title) [data-post]", timeout=60_000)
