"""From a figure to an outcome in a real browser: pin, decide, move on the board, review."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from tests.browser.test_listening import loaded, no_overflow  # noqa: F401 -- a fixture

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("loaded")]
Open = Callable[..., Page]
WORDS = {
    "en": {"decide": "Pin and decide", "record": "Record the decision", "better": "better than expected"},
    "zh-hans": {"decide": "存下并记录决策", "record": "记录决策", "better": "好于预期"},
}


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("width", [1440, 390])
def test_a_figure_becomes_a_decision_that_is_reviewed(open_page: Open, width: int, language: str) -> None:
    words, text = WORDS[language], f"叫号系统要换 {width} {language}"
    page = open_page("/listen/?q=Harbour OR 海港", width=width, language=language)
    page.locator(".ls-headline .ol-pin").click()
    dialog = page.locator("#pin")
    expect(dialog.locator("blockquote")).to_contain_text("83")
    dialog.locator("[name=note]").fill("两种语言都在抱怨等位")
    dialog.get_by_role("button", name=words["decide"]).click()
    page.wait_for_url("**/decisions/new?insight=*")
    expect(page.locator("[name=insights]:checked")).to_have_count(1)
    page.fill("[name=text]", text)
    no_overflow(page)
    page.get_by_role("button", name=words["record"]).click()
    page.wait_for_url(re.compile(r"/decisions/\d+$"))
    expect(page.locator(".dc-heading")).to_have_text(text)
    no_overflow(page)
    page.goto(page.url.rsplit("/", 1)[0] + "/board")
    card = page.locator(".dc-card", has_text=text)
    no_overflow(page)
    card.locator("[data-move=on]").click()
    moved = page.locator("[data-state=in_progress] .dc-card", has_text=text)
    expect(moved).to_be_focused()
    moved.locator("[data-move=on]").click()
    page.wait_for_url("**/review")
    page.get_by_label(words["better"]).check()
    page.fill("[name=text]", "等位短了一半")
    page.fill("[name=value]", "-50")
    page.locator("main form button[type=submit]").click()
    expect(page.locator(".dc-outcome")).to_contain_text(words["better"])
    no_overflow(page)


def test_keys_pin_a_post_and_the_message_takes_it_back(open_page: Open) -> None:
    page = open_page("/listen/?q=海港", language="zh-hans")
    page.wait_for_selector("#posts .ol-post")
    page.keyboard.press("j")
    page.keyboard.press("p")
    expect(page.locator("#pin blockquote")).to_contain_text("海港咖啡")
    page.keyboard.type("看这条")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#pin")).to_be_hidden()
    toast = page.locator("[data-toast]", has_text="已存为见解")
    expect(toast).to_be_visible()
    server = page.url.split("/listen")[0]
    toast.locator("form button").click()
    # Taking back leads on by itself, soon or a little later: only then another page may be asked for.
    expect(page.locator("[data-toast]", has_text="见解已归档。")).to_be_visible()
    page.goto(server + "/decisions/insights/?archived=1")
    expect(page.locator(".dc-note", has_text="看这条")).to_be_visible()


def test_arrows_walk_the_board_and_shift_moves_a_card(open_page: Open) -> None:
    page = open_page("/decisions/new")
    page.fill("[name=text]", "Move me by keys")
    page.check("[name=from_none]")
    page.locator("main form.dc-form button[type=submit]").click()
    page.wait_for_url(re.compile(r"/decisions/\d+$"))
    page.goto(page.url.rsplit("/", 1)[0] + "/board")
    card = page.locator(".dc-card", has_text="Move me by keys")
    card.focus()
    page.keyboard.press("Shift+ArrowRight")
    expect(page.locator("[data-state=in_progress] .dc-card", has_text="Move me by keys")).to_be_focused()
    page.keyboard.press("Shift+ArrowLeft")
    expect(page.locator("[data-state=decided] .dc-card", has_text="Move me by keys")).to_be_focused()
    page.locator("[data-toast] form button").last.click()
    expect(page.locator("[data-state=in_progress] .dc-card", has_text="Move me by keys")).to_be_visible()
