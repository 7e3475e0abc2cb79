"""The mirror, who takes part, and a calendar brought in, in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
Open = Callable[..., Page]
WORDS = {
    "en": {
        "empty": "Nobody to look at yet",
        "tab": "Who takes part",
        "kept": "with customers",
        "half": "below half",
    },
    "zh-hans": {"empty": "还没有可看的公司", "tab": "谁在参与", "kept": "与顾客", "half": "不到一半"},
}


def calendar(folder: Path) -> Path:
    """One meeting with a customer, two among ourselves, an hour each."""
    start = datetime.now(UTC) - timedelta(days=2)
    events = [
        f"BEGIN:VEVENT\r\nUID:b{at}\r\nDTSTART:{start:%Y%m%dT%H0000Z}\r\nDURATION:PT1H\r\nSUMMARY:x\r\n"
        f"ATTENDEE:mailto:lin@axitea.example\r\nATTENDEE:mailto:{whom}\r\nEND:VEVENT"
        for at, whom in enumerate(["ana@harbour.example", "chen@axitea.example", "li@axitea.example"])
    ]
    path = folder / "lin.ics"
    path.write_text(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" + "\r\n".join(events) + "\r\nEND:VCALENDAR\r\n", "utf-8"
    )
    return path


def no_overflow(page: Page) -> None:
    over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert over <= 0


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize(("width", "theme"), [(1440, "light"), (390, "dark")])
def test_the_mirror_opens_from_the_keyboard_and_leads_to_who_takes_part(
    open_page: Open, width: int, theme: str, language: str
) -> None:
    page = open_page("/", width=width, theme=theme, language=language)
    page.keyboard.press("g")
    page.keyboard.press("m")
    page.wait_for_url("**/mirror/")
    expect(page.locator("main h1")).to_be_visible()
    no_overflow(page)
    page.get_by_role("link", name=WORDS[language]["tab"]).click()
    page.wait_for_url("**/participation/")
    expect(page.locator("table").first).to_be_visible()
    no_overflow(page)


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_calendar_is_brought_in_and_the_balance_said_plainly(
    open_page: Open, tmp_path: Path, language: str
) -> None:
    page = open_page("/participation/calendars", language=language)
    page.fill("[name=ours]", "axitea.example")
    page.fill("[name=customers]", "harbour.example")
    page.click("form[action$='/domains'] button")
    page.wait_for_load_state()
    page.set_input_files("[name=file]", calendar(tmp_path))
    page.click("form[enctype] button")
    page.wait_for_url("**/participation/")
    expect(page.locator("main")).to_contain_text(WORDS[language]["half"])
    expect(page.locator("[data-toast]")).to_contain_text(WORDS[language]["kept"])
    page.set_viewport_size({"width": 390, "height": 844})
    no_overflow(page)
