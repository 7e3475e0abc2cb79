"""Help in the query box, in a real browser: what may be typed next, what each part does."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
Open = Callable[..., Page]


@pytest.mark.parametrize(
    ("language", "typed", "taken"),
    [("en", "refund plat", "refund platform:"), ("zh-hans", "退款 来", "退款 来源:")],
)
def test_arrows_and_enter_take_what_is_offered(
    demo_page: Open, language: str, typed: str, taken: str
) -> None:
    page = demo_page("/listen/", language=language)
    page.locator("#listen-q").press_sequentially(typed)
    expect(page.get_by_role("option")).to_have_count(1)
    page.keyboard.press("ArrowDown")
    expect(page.locator("#listen-q")).to_have_attribute("aria-activedescendant", "completion-0")
    page.keyboard.press("Enter")
    expect(page.locator("#listen-q")).to_have_value(taken)
    expect(page.get_by_role("option").nth(1)).to_be_visible()  # its values are offered at once
    assert "q=" not in page.url  # nothing was searched


def test_enter_searches_while_nothing_is_chosen_and_escape_closes(demo_page: Open) -> None:
    page = demo_page("/listen/")
    page.locator("#listen-q").press_sequentially("refund plat")
    expect(page.get_by_role("listbox")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_have_count(0)
    page.locator("#listen-q").press_sequentially("f")
    expect(page.get_by_role("listbox")).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"q=refund(\+|%20)platf"))


@pytest.mark.parametrize(
    ("language", "typed", "said"),
    [
        ("en", "refund is:retweet", "cannot take the value retweet"),
        ("zh-hans", "退款 is:retweet", "不能取值 retweet"),
        ("zh-hans", "退款 （排队", "括号没有闭合"),
    ],
)
def test_a_query_with_a_mistake_is_answered_on_its_own_page(
    demo_page: Open, language: str, typed: str, said: str
) -> None:
    page = demo_page("/listen/", language=language)
    page.locator("#listen-q").press_sequentially(typed)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("q="))
    expect(page.locator(".is-wrong").first).to_contain_text(said)
    expect(page.locator("#listen-q")).to_have_value(typed)
    expect(page.locator(".ol-toast")).to_have_count(0)


def test_an_input_method_is_left_alone(demo_page: Open) -> None:
    page = demo_page("/listen/", language="zh-hans")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "completions?" in request.url else None)
    page.focus("#listen-q")
    keyboard: Any = page.context.new_cdp_session(page)
    with page.expect_response("**/listen/check?*"):  # asked later than what may be typed next would be
        keyboard.send("Input.imeSetComposition", {"text": "lai", "selectionStart": 3, "selectionEnd": 3})
    assert asked == []
    keyboard.send("Input.insertText", {"text": "来"})
    expect(page.get_by_role("option")).to_have_count(1)
    expect(page.locator("#listen-q")).to_have_value("来")


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_at_390_px_the_list_fits_and_a_tap_takes(demo_page: Open, language: str) -> None:
    page = demo_page("/listen/", width=390, language=language)
    page.locator("#listen-q").press_sequentially("😀 platform:")
    box = page.get_by_role("listbox").bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    name = page.get_by_role("option").first.evaluate("item => item.firstChild.textContent")
    page.get_by_role("option").first.click()
    expect(page.locator("#listen-q")).to_have_value(f"😀 platform:{name} ")


@pytest.mark.parametrize(
    ("language", "title"), [("en", "Why not this post"), ("zh-hans", "为什么没找到这条帖子")]
)
def test_a_post_is_held_against_a_topic(demo_page: Open, language: str, title: str) -> None:
    page = demo_page("/listen/?q=voucher", width=390, language=language)
    page.locator("#posts [data-act=open]").first.click()
    expect(page.locator("#why .is-in-0")).to_have_count(2)  # the word, and the voices that the page counts
    page.locator("#why button").click()
    page.wait_for_url("**#why")
    expect(page.locator("#why-title")).to_have_text(title)
    expect(page.locator("#why .is-not").first).to_be_visible()


@pytest.mark.parametrize(("width", "theme"), [(1440, "dark"), (390, "light")])
def test_a_part_says_what_it_does_and_is_marked_in_the_query(demo_page: Open, width: int, theme: str) -> None:
    page = demo_page("/listen/?q=(refund OR zzzz) -scam", width=width, theme=theme)
    page.locator(".ls-parts summary").click()
    lines = page.locator(".ls-parts-list li")
    expect(lines).to_have_count(4)
    expect(lines.nth(2)).to_contain_text("does nothing")
    lines.nth(2).focus()
    expect(page.locator(".ls-parts-query .is-marked")).to_have_text("zzzz")
    number = lines.nth(3).get_by_role("link")
    said = number.inner_text()
    number.click()
    expect(page.locator(".ls-headline")).to_contain_text(said.split()[2])


def test_a_query_of_another_tool_is_rewritten_at_one_press(demo_page: Open) -> None:
    page = demo_page("/listen/")
    page.fill("#listen-q", "min_faves:100 battery NEAR swollen titel:a")
    page.locator(".ls-mended button").click()
    expect(page.locator("#listen-q")).to_have_value("likes:>=100 battery NEAR/4 swollen title:a")
    expect(page.locator("#listen-check .ls-ok")).to_be_visible()
    page.keyboard.press("Control+z")
    expect(page.locator("#listen-q")).to_have_value("min_faves:100 battery NEAR swollen titel:a")
