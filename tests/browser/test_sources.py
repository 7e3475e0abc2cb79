"""A feed is tried, added, heard without reloading, paused, resumed and removed in a real browser, in both languages."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.app.sources.site import Site
from tests.browser.conftest import RUN
from tests.browser.test_axe import AXE, findings

pytestmark = pytest.mark.browser
Open = Callable[..., Page]
WORDS = {
    "en": {"answers": "It answers.", "well": "well", "paused": "paused", "remove": "Remove", "listen": "Type a brand"},
    "zh-hans": {"answers": "连接成功", "well": "正常", "paused": "已暂停", "remove": "移除", "listen": "输入一个品牌"},
}  # fmt: skip
PATIENCE = 60_000  # of a busy machine


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    """The feed, with one entry in each language."""
    found = Site()
    found.say("1", "The queue was long", "We waited two hours")
    found.say("2", "排队太久", "等了两个小时，没人管")
    yield found
    found.close()


@pytest.fixture(scope="module")
def server(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """`outlisten serve` on a fresh home, which may fetch from the site."""
    home = tmp_path_factory.mktemp("sources") / "home"
    command = [sys.executable, "-c", RUN, "serve", "--home", str(home), "--port", "0", "--json"]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("OUTLISTEN_")}
    environment["OUTLISTEN_OWN_SERVERS"] = site.host
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, text=True) as process:
        assert process.stdout is not None
        yield json.loads(process.stdout.readline())
        process.terminate()
        process.wait(timeout=30)


def test_a_first_visit_offers_to_type_a_brand(open_page: Open) -> None:
    page = open_page("/", width=390, language="zh-hans")
    expect(page.locator("main")).to_contain_text(WORDS["zh-hans"]["listen"])
    assert not AXE.is_file() or findings(page, page.url) == []


@pytest.mark.parametrize(("language", "width"), [("en", 1440), ("zh-hans", 390)])
def test_a_feed_is_tried_added_heard_paused_resumed_and_removed(
    site: Site, open_page: Open, language: str, width: int
) -> None:
    words = WORDS[language]
    name = f"店铺 {language}"
    page = open_page("/settings/sources/add/rss", language=language, width=width)
    page.fill("[name=o-address]", site.address)
    page.fill("[name=o-name]", name)
    page.click("main form button[hx-post]")
    expect(page.locator("#tested")).to_contain_text(words["answers"], timeout=PATIENCE)
    expect(page.locator("#tested .so-sample")).to_contain_text("排队太久")

    site.say(f"{language}-1", "又来了", "排了三个小时")
    page.click("main form button[type=submit]")
    page.wait_for_url(re.compile(r"/settings/sources/\d+$"))
    expect(page.locator(".so-standing .ol-tag")).to_have_text(words["well"], timeout=PATIENCE)
    expect(page.locator(".so-runs tbody tr")).to_have_count(1)
    address = page.url

    watching = open_page("/settings/sources", language=language, width=width)
    row = watching.locator(".so-list li", has_text=name)
    before = row.inner_text()
    site.say(f"{language}-2", "还在排", "第四个小时")
    page.click("form[action$='/ask'] button")
    expect(page.locator(".so-runs tbody tr")).to_have_count(2, timeout=PATIENCE)
    expect(row).not_to_have_text(
        before, timeout=PATIENCE
    )  # the other page heard of it without being reloaded

    page.click("form[action$='/pause'] button")
    expect(page.locator(".so-standing .ol-tag")).to_have_text(words["paused"])
    expect(row).to_contain_text(words["paused"], timeout=PATIENCE)
    page.click("form[action$='/resume'] button")
    expect(page.locator(".so-standing .ol-tag")).not_to_have_text(words["paused"])

    if AXE.is_file():
        base = address.split("/settings/")[0]
        for path in ("/settings/sources", "/settings/sources/add/rss"):
            assert findings(page, base + path) == [], path
        assert findings(page, address) == []
    page.goto(address)
    page.locator(".so-remove summary").click()
    page.click("form[action$='/remove'] button")
    page.wait_for_url("**/settings/sources")
    expect(page.locator(".so-list li", has_text=name)).to_have_count(0)
