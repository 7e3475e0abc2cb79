"""Posts come in while Listen is open: the page says so without moving, and shows them when it is asked to."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import RUN
from tests.browser.test_axe import AXE, findings_here

pytestmark = pytest.mark.browser
Open = Callable[..., Page]
PATIENCE = 60_000  # of a busy machine
# Where a post stands in the document, and how far this is scrolled.
PLACE = "post => [post.getBoundingClientRect().top + scrollY, scrollY]"
WORDS = {
    "en": ("3 new posts – show", "1 new post – show"),
    "zh-hans": ("3 条新帖子，点击显示", "1 条新帖子，点击显示"),
}
BURSTS = {"en": "The kettle bursts", "zh-hans": "水壶炸了"}


@pytest.fixture
def bring(server: dict[str, Any], signed_in: Path, tmp_path: Path) -> Callable[..., None]:
    """Brings posts in through the command line, beside the running server: `bring("words", times)`."""

    def bring_in(text: str, *times: datetime) -> None:
        file = tmp_path / "posts.csv"
        with file.open("w", encoding="utf-8", newline="") as opened:
            rows = csv.writer(opened)
            rows.writerow(["id", "text", "author", "created_at"])
            rows.writerows(
                [f"{text} {at}", f"{text}，{n}", f"客人{n}", at.isoformat()] for n, at in enumerate(times)
            )
        command = [
            sys.executable,
            "-c",
            RUN,
            "import",
            str(file),
            "--network",
            "weibo",
            "--home",
            server["home"],
        ]
        done = subprocess.run([*command, "--json"], capture_output=True, text=True, check=False)
        assert json.loads(done.stdout)["added"] == len(times), done.stderr

    return bring_in


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("width", [1440, 390])
def test_an_open_page_says_what_came_in_and_shows_it_on_top(
    bring: Callable[..., None], open_page: Open, width: int, language: str
) -> None:
    now, tag = datetime.now(UTC), f"#{language[:2]}{width}"
    bring(f"The kettle leaks 水壶漏水 {tag}", *(now - timedelta(hours=n + 1) for n in range(40)))
    page = open_page(f"/listen/?q={tag.replace('#', '%23')}", width=width, language=language)
    posts, bar = page.locator("#posts .ol-post"), page.locator("#arrivals-show")
    expect(posts).to_have_count(30)
    expect(page.locator(".htmx-request")).to_have_count(0, timeout=PATIENCE)
    address = page.url
    posts.nth(20).scroll_into_view_if_needed()
    read = posts.nth(20).evaluate(PLACE)

    bring("Of something else 别的事", now - timedelta(minutes=2))
    bring(f"{BURSTS[language]} {tag}", *(now - timedelta(minutes=n) for n in range(3)))
    expect(bar).to_have_text(WORDS[language][0], timeout=PATIENCE)
    expect(bar).to_be_in_viewport()
    assert posts.nth(20).evaluate(PLACE) == read, "what one reads stays where it is"
    assert not AXE.is_file() or findings_here(page) == []
    bar.focus()
    page.keyboard.press("Enter")
    expect(posts.first).to_contain_text(BURSTS[language])
    expect(posts.first).to_be_focused()
    expect(posts.first).to_be_in_viewport()
    expect(posts).to_have_count(30)
    expect(bar).to_have_count(0)
    assert page.url == address

    bring(f"{BURSTS[language]} 2 {tag}", now + timedelta(seconds=1))
    expect(bar).to_have_text(WORDS[language][1], timeout=PATIENCE)
    page.keyboard.press("n")
    expect(posts.first).to_contain_text(f"{BURSTS[language]} 2")
    over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert over <= 0
