"""A channel is added and tried, a rule finds a rise and says why, a digest is read: in a real browser, in both languages."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.app.alerts.conftest import SECRET, Receiver
from tests.browser.conftest import RUN
from tests.browser.test_axe import AXE, findings

pytestmark = pytest.mark.browser
Open = Callable[..., Page]
PATIENCE = 60_000  # of a busy machine
WORDS = {
    "en": {"sent": "The test message was delivered.", "why": "Why did this fire?", "useful": "Useful", "now": "Unusual now",
           "would": "It would have fired", "usual": "usual"},
    "zh-hans": {"sent": "测试消息已送达。", "why": "为什么触发？", "useful": "有用", "now": "当前异常",
                "would": "它会触发", "usual": "平常"},
}  # fmt: skip


@pytest.fixture(scope="module")
def receiver() -> Iterator[Receiver]:
    """What the channel sends to."""
    one = Receiver()
    yield one
    one.close()


@pytest.fixture(scope="module")
def server(receiver: Receiver, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """`outlisten serve` on a fresh home, which may send to the receiver."""
    home = tmp_path_factory.mktemp("alerts") / "home"
    command = [sys.executable, "-c", RUN, "serve", "--home", str(home), "--port", "0", "--json"]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("OUTLISTEN_")}
    environment["OUTLISTEN_OWN_SERVERS"] = receiver.host
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, text=True) as process:
        assert process.stdout is not None
        yield {**json.loads(process.stdout.readline()), "home": str(home)}
        process.terminate()
        process.wait(timeout=30)


@pytest.fixture(scope="module")
def weeks(server: dict[str, Any], signed_in: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Eight weeks of somebody every four hours, then forty people in two hours, brought in as a file."""
    now, file = datetime.now(UTC), tmp_path_factory.mktemp("weeks") / "posts.csv"
    times = [now - timedelta(hours=4 * n) for n in range(1, 8 * 42 - 2)]
    times += [now - timedelta(minutes=3 * n + 1) for n in range(40)]
    with file.open("w", encoding="utf-8", newline="") as opened:
        rows = csv.writer(opened)
        rows.writerow(["id", "text", "author", "created_at"])
        for number, at in enumerate(times):
            rows.writerow([number, "等位太久了，等了两个小时，没人管", f"客人{number}", at.isoformat()])
    done = subprocess.run(
        [sys.executable, "-c", RUN, "import", str(file), "--network", "weibo", "--home", server["home"], "--json"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert json.loads(done.stdout)["added"] == len(times), done.stderr


@pytest.mark.parametrize(("language", "width"), [("en", 1440), ("zh-hans", 390)])
def test_a_rise_is_told_by_a_channel_and_says_why(
    weeks: None, receiver: Receiver, open_page: Open, language: str, width: int
) -> None:
    words = WORDS[language]
    page = open_page("/settings/alerts/channels/new/webhook", language=language, width=width)
    page.fill("[name=o-address]", f"http://{receiver.host}/in")
    page.fill("[name=o-secret]", SECRET)
    page.fill("[name=o-name]", f"Desk {language}")
    page.click("main form button[type=submit]")
    page.locator("form[action$='/test'] button").click()
    expect(page.locator("body")).to_contain_text(words["sent"])
    assert SECRET not in page.content()

    _topic(page, f"等位 {language}")
    _rule(page, f"Waiting {language}", f"等位 {language}", f"Desk {language}")
    expect(page.locator("main")).to_contain_text(words["would"], timeout=PATIENCE)
    _go(page, "/")
    expect(page.locator("main")).to_contain_text(words["now"], timeout=PATIENCE)
    _go(page, "/alerts")
    page.locator(".al-name", has_text=f"Waiting {language}").click()
    expect(page.locator("main")).to_contain_text(words["why"])
    expect(page.locator("main")).to_contain_text(words["usual"])
    expect(page.locator(".al-picture .ol-chart svg")).to_be_visible(timeout=PATIENCE)
    assert not AXE.is_file() or findings(page, page.url) == []
    page.get_by_role("button", name=words["useful"], exact=True).click()
    expect(page.locator("main")).to_contain_text(words["useful"])


@pytest.mark.parametrize(("language", "width"), [("en", 390), ("zh-hans", 1440)])
def test_a_digest_is_made_and_says_what_it_would_say(
    weeks: None, open_page: Open, language: str, width: int
) -> None:
    page = open_page("/settings/topics/new", language=language, width=width)
    _topic(page, f"排队 {language}", query="等了两个小时")
    _go(page, "/settings/alerts/digests/new")
    page.fill("[name=name]", f"Weekly {language}")
    page.get_by_label(f"排队 {language}").check()
    page.select_option("main [name=language]", language)
    page.click("main form button[type=submit]")
    page.locator("main .ol-lead a").click()
    expect(page.locator("main")).to_contain_text("客人")
    expect(page.locator("main")).to_contain_text({"en": "people", "zh-hans": "人"}[language])
    assert not AXE.is_file() or findings(page, page.url) == []
    _go(page, "/settings/alerts")
    assert not AXE.is_file() or findings(page, page.url) == []


def _go(page: Page, path: str) -> None:
    """Another page, once what this one asked for has come: a request that is cut off is a trouble of the browser."""
    expect(page.locator(".htmx-request")).to_have_count(0, timeout=PATIENCE)
    page.goto("/".join(page.url.split("/", 3)[:3]) + path)


def _topic(page: Page, name: str, query: str = "等位") -> None:
    _go(page, "/settings/topics/new")
    page.fill("[name=name]", name)
    page.fill("[name=query]", query)
    page.click("main form.ol-form button[type=submit]")


def _rule(page: Page, name: str, topic: str, channel: str) -> None:
    _go(page, "/settings/alerts/rules/new")
    page.fill("[name=name]", name)
    page.select_option("[name=topic]", label=topic)
    page.get_by_label(channel).check()
    page.click("main form.ol-form button[type=submit]")
