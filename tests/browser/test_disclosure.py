"""In a real browser: a partner is declared, posts come in, signs are shown with their evidence, asked about and mended."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser
Open = Callable[..., Page]
# Nothing else in the browser tests says Pharos.
PLAIN, MENDED = "新款Pharos台灯真好用，推荐大家去试试", "【广告】新款Pharos台灯真好用，推荐大家去试试"
WORDS = {
    "en": {"sentence": "show signs but no disclosure", "why": "says nothing of the connection", "asked": "asked to mend"},
    "zh-hans": {"sentence": "有迹象但未披露", "why": "却没有说明关系", "asked": "已请对方补正"},
}  # fmt: skip


def bring_in(page: Page, address: str, path: Path, text: str) -> None:
    """One post by the partner in each language's run, and one that discloses."""
    with path.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(("id", "date", "platform", "author", "text"))
        rows.writerow(("pharos-1", "2026-03-01", "weibo", "pharos_partner", text))
        rows.writerow(("pharos-2", "2026-03-02", "weibo", "pharos_partner", f"【广告】{PLAIN}"))
        rows.writerow(("pharos-3", "2026-03-02", "weibo", "pharos_stranger", PLAIN))
    page.goto(address + "/import/")
    page.set_input_files("input[type=file]", path)
    page.click("[data-upload] button")
    page.wait_for_selector(".ls-sample", timeout=60_000)
    page.click("form[action$='/start'] button")
    page.wait_for_selector("a.btn-primary[href^='/listen/']", timeout=60_000)


@pytest.fixture(scope="module")
def partner(server: dict[str, Any], chromium: Browser, signed_in: Path, tmp_path_factory: Any) -> Path:
    """Our brand and its declared partner, and the partner's posts."""
    path: Path = tmp_path_factory.mktemp("files") / "pharos.csv"
    context = chromium.new_context(storage_state=signed_in)
    page = context.new_page()
    page.goto(server["address"] + "/settings/brands/new")
    page.select_option("[name=side]", "own")
    page.fill("[name=name]", "Pharos")
    page.fill("[name=query]", "Pharos")
    page.click("main form button[type=submit]")
    page.goto(server["address"] + "/settings/voices/accounts/new")
    page.fill("[name=platform]", "weibo")
    page.fill("[name=account]", "pharos_partner")
    page.select_option("[name=voice]", "partner")
    page.click("main form button[type=submit]")
    bring_in(page, server["address"], path, PLAIN)
    context.close()
    return path


@pytest.mark.parametrize("language", list(WORDS))
@pytest.mark.parametrize("width", [1440, 390])
def test_signs_are_shown_with_their_evidence(
    open_page: Open, partner: Path, language: str, width: int
) -> None:
    page = open_page("/trust/disclosure", language=language, width=width)
    expect(page.locator(".ol-lead")).to_contain_text(WORDS[language]["sentence"])
    item = page.locator(".dw-item", has_text="Pharos")
    expect(item).to_have_count(1)
    expect(item.locator("mark")).to_have_text("Pharos")
    expect(item.locator(".dw-markets")).to_contain_text(WORDS[language]["why"])
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


def test_keys_move_to_a_finding_and_open_its_post(open_page: Open, partner: Path) -> None:
    page = open_page("/trust/disclosure")
    page.keyboard.press("j")
    expect(page.locator(".ol-post.is-current")).to_have_count(1)
    page.keyboard.press("o")
    page.wait_for_url("**/posts/*")


def test_a_menu_narrows_the_list_at_once(open_page: Open, partner: Path) -> None:
    page = open_page("/trust/disclosure")
    page.select_option("[name=market]", "US")
    page.wait_for_url("**market=US*")
    expect(page.locator(".dw-item", has_text="Pharos")).to_have_count(0)


def test_a_finding_is_asked_about_taken_back_and_mended_by_an_edit(
    open_page: Open, partner: Path, server: dict[str, Any]
) -> None:
    page = open_page("/trust/disclosure")
    item = page.locator(".dw-item", has_text="Pharos")
    item.locator("summary").first.click()
    item.locator("form[action$='/ask'] button").click()
    expect(item.locator(".dw-state")).to_contain_text(WORDS["en"]["asked"])
    page.locator("[data-toast] form button").click()
    expect(item.locator(".dw-state")).not_to_contain_text(WORDS["en"]["asked"])
    bring_in(page, server["address"], partner, MENDED)
    page.goto(server["address"] + "/trust/disclosure?show=mended")
    expect(page.locator(".dw-item", has_text="Pharos")).to_have_count(1)
