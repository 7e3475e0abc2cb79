"""A promise in a real browser: written down, frozen, tested, with the loud mark of what came afterwards."""

from __future__ import annotations

import csv
import random
import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.test_listening import bring_in

pytestmark = pytest.mark.browser
Open = Callable[..., Page]
DAYS, AFTER = 190, 28
TODAY = date.today()
START = TODAY - timedelta(days=AFTER + 2)
UNTIL = TODAY - timedelta(days=2)


def rows() -> Iterator[tuple[str, str, str, str, str]]:
    """Half a year of posts about a cafe and another; from START on half as many about the first."""
    drawn = random.Random(7)
    for back in range(DAYS, 0, -1):
        day = TODAY - timedelta(days=back)
        for cafe, often in (("Lantern 灯笼茶室", 8 if day < START else 4), ("Willow 柳树茶室", 8)):
            for n in range(max(0, round(drawn.gauss(often, often**0.5)))):
                name = f"{cafe[:3]}-{back}-{n}"
                yield name, day.isoformat(), "weibo", f"guest {name}", f"{cafe} 等位 waited for a table, {n}"


@pytest.fixture(scope="module")
def tea_houses(
    server: dict[str, Any], chromium: Browser, signed_in: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Their posts, brought in, and both as topics."""
    path = tmp_path_factory.mktemp("files") / "tea.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([("id", "date", "platform", "author", "text"), *rows()])
    context = chromium.new_context(storage_state=signed_in)
    page = context.new_page()
    bring_in(page, server["address"], path)
    for name in ("Lantern", "Willow"):
        page.goto(server["address"] + "/settings/topics/new")
        page.fill("[name=name]", name)
        page.fill("[name=query]", name)
        page.click("main button[type=submit]")
    context.close()


def write_down(page: Page, text: str, amount: str) -> None:
    """Fill the form and keep the draft."""
    page.fill("[name=text]", text)
    page.fill("[name=promised_by]", "光明代理")
    page.select_option("[name=subject]", label="Lantern")
    page.fill("[name=amount]", amount)
    page.fill("[name=start]", START.isoformat())
    page.fill("[name=until]", UNTIL.isoformat())
    page.get_by_label("Willow").check()
    page.click("main .ol-form button[type=submit]")


@pytest.mark.usefixtures("tea_houses")
@pytest.mark.parametrize(("language", "width", "theme"), [("en", 1440, "light"), ("zh-hans", 390, "dark")])
def test_a_promise_is_written_down_frozen_and_tested(
    open_page: Open, language: str, width: int, theme: str
) -> None:
    chinese = language == "zh-hans"
    page = open_page("/decisions/claims/new", width=width, theme=theme, language=language)
    write_down(page, "等位的抱怨会少三成", "-30%")
    expect(page.locator(".cl-verdict").first).to_have_text("草稿" if chinese else "draft")
    page.click("form[action$='/freeze'] button")
    expect(page.locator(".cl-afterwards")).to_contain_text(
        "事后写下" if chinese else "Written down afterwards"
    )
    expect(page.locator(".cl-hash")).to_have_text(re.compile("^[0-9a-f]{64}$"))
    page.click("form[action$='/test'] button")
    # The series say supported; what was written down afterwards never is.
    expect(page.locator(".cl-lead")).to_contain_text("无法判断" if chinese else "cannot tell")
    expect(page.locator("main")).to_contain_text(
        "单看数据会说：成立" if chinese else "The series alone would say: supported"
    )
    expect(page.locator("#claim-seen canvas, #claim-seen svg").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
