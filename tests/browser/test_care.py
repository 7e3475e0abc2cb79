"""Care in real browsers: a complaint comes in, a rule makes it a case, one of two colleagues takes and answers it,
and another department learns nothing of it."""

from __future__ import annotations

import csv
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

pytestmark = pytest.mark.browser
RUN = "from outlisten.cli.main import run; run()"
PEOPLE = {
    "lin": ("林一", "responder", "support"),
    "bo": ("Bo", "lead", "support"),
    "hr": ("Hua", "responder", "hr"),
}
HOME = """
import django; django.setup()
from outlisten.app.start import update_database
update_database()
from outlisten.app.listening.models import Brand
from outlisten.app.people.actions import sign_in_link
from outlisten.app.people.models import Account, Department
Account.objects.create_user("owner@example.org", name="Owner", role="owner")
Brand.objects.create(name="Axi Tea", side="own", query='to:"Axi Tea" OR 阿夕茶')
for key, (name, role, department) in PEOPLE.items():
    one = Account.objects.create_user(key + "@example.org", name=name, role=role)
    one.departments.add(Department.objects.get(key=department))
    print(sign_in_link("", one))
"""
WORDS = "礼品卡不能用，退款也没有人理"


@pytest.fixture
def care_home(tmp_path: Path) -> Iterator[dict[str, Any]]:
    """A served home with one brand of ours and three colleagues: their sign-in links by key."""
    home = tmp_path / "h"
    settings = {"OUTLISTEN_HOME": str(home), "DJANGO_SETTINGS_MODULE": "outlisten.app.settings"}
    environment = {n: v for n, v in os.environ.items() if not n.startswith("OUTLISTEN_")} | settings
    made = f"from outlisten.home import Home; Home.default().create().secret_key(); PEOPLE = {PEOPLE!r}{HOME}"
    said = subprocess.run(
        [sys.executable, "-c", made], env=environment, text=True, check=True, capture_output=True
    ).stdout.split()
    command = [sys.executable, "-c", RUN, "serve", "--home", str(home), "--port", "0", "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, text=True) as process:
        assert process.stdout is not None
        links = dict(zip(PEOPLE, said, strict=True))
        yield {**json.loads(process.stdout.readline()), "links": links, "folder": tmp_path}
        process.terminate()
        process.wait(timeout=30)


@pytest.fixture(autouse=True)
def _patient() -> Iterator[None]:
    """Three browsers and a server share what cores there are."""
    expect.set_options(timeout=20_000)
    yield
    expect.set_options(timeout=5_000)


@pytest.fixture
def come_in(care_home: dict[str, Any], chromium: Browser) -> Iterator[Callable[[str], Page]]:
    """A browser of a colleague; one in which anything went wrong fails the test."""
    contexts: list[BrowserContext] = []
    troubles: list[str] = []

    def open_as(key: str) -> Page:
        context = chromium.new_context(locale="en-GB", permissions=["clipboard-read", "clipboard-write"])
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.goto(care_home["address"] + care_home["links"][key])
        page.wait_for_load_state()
        return page

    yield open_as
    for context in contexts:
        context.close()
    assert troubles == []


def bring_in(home: dict[str, Any], *texts: str) -> None:
    """Posts of today to Axi Tea come in by the command line, which meets the running server."""
    path = home["folder"] / "posts.csv"
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    with path.open("w", newline="", encoding="utf-8") as file:
        rows = [(f"n{hash(text)}", now, "weibo", "小美", "Axi Tea", text) for text in texts]
        csv.writer(file).writerows([("id", "date", "platform", "author", "to", "text"), *rows])
    command = [sys.executable, "-c", RUN, "import", str(path), "--home", home["home"], "--json"]
    done = subprocess.run(command, text=True, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


def test_a_complaint_is_answered_by_one_of_two_and_unseen_by_others(
    care_home: dict[str, Any], come_in: Callable[[str], Page]
) -> None:
    address = care_home["address"]
    bo = come_in("bo")
    bo.goto(address + "/care/rules/")
    bo.locator(".ca-rules li", has_text="Complains").get_by_role("button").click()
    expect(bo.locator(".ol-sentence")).to_contain_text("0 cases")
    bo.get_by_role("button", name="Switch on").click()
    expect(bo.locator(".ol-head")).to_contain_text("on")
    bo.goto(address + "/care/")
    bring_in(care_home, WORDS)
    expect(bo.locator(".ca-row")).to_contain_text(WORDS)  # without a reload: the queue heard of it

    lin, hr = come_in("lin"), come_in("hr")
    hr.goto(address + "/care/")
    expect(hr.locator("#queue")).to_contain_text("Nobody waits for us")
    lin.goto(address + "/care/")
    for page in (bo, lin):
        expect(page.locator(".ca-row")).to_be_visible()
        page.keyboard.press("j")
        expect(page.locator(".ca-items")).to_contain_text(WORDS)
    number = re.search(r"/care/(\d+)", lin.url)
    assert number
    assert hr.goto(f"{address}/care/{number[1]}").status == 404  # type: ignore[union-attr]
    expect(lin.locator("#here")).to_contain_text("Bo")

    lin.keyboard.press("e")
    expect(lin.locator(".ca-facts")).to_contain_text("yours")
    expect(bo.locator(".ca-facts")).to_contain_text("with 林一")  # told without a reload
    expect(bo.locator('[data-key="e"]')).to_have_count(0)

    lin.locator('[data-key="p"]').click()
    lin.fill("#promise", "退款")
    lin.fill("#due", "2099-01-01")
    lin.get_by_role("button", name="Write it down").click()
    expect(lin.locator("#person")).to_contain_text("2099")

    lin.locator("body").press("r")
    lin.fill("#answer", "新的礼品卡已经寄出，退款三天内到账。")
    lin.click("[data-copy-answer]")
    assert lin.evaluate("navigator.clipboard.readText()").endswith("到账。\n— 林一")
    lin.get_by_role("button", name="Record the answer").click()
    expect(lin.locator("#toasts")).to_contain_text("Post the answer first")
    expect(lin.locator("#answer")).to_have_value("新的礼品卡已经寄出，退款三天内到账。")  # nothing is lost
    lin.check("[name=posted]")
    lin.get_by_role("button", name="Record the answer").click()
    expect(lin.locator(".ca-item.is-answer")).to_contain_text("林一")
    expect(lin.locator(".ca-facts")).to_contain_text("waiting for the customer")

    lin.locator("body").press("s")
    expect(lin.locator("#toasts")).to_contain_text("The case is solved.")
    lin.keyboard.press("u")
    expect(lin.locator(".ca-facts")).to_contain_text("waiting for the customer")


@pytest.mark.parametrize("width", [1440, 390])
def test_no_page_of_care_is_wider_than_the_screen(
    care_home: dict[str, Any], come_in: Callable[[str], Page], width: int
) -> None:
    page = come_in("bo")
    page.set_viewport_size({"width": width, "height": 900})
    for path in (
        "/care/",
        "/care/rules/",
        "/care/rules/new",
        "/settings/service-levels",
        "/settings/service-levels/support",
    ):
        page.goto(care_home["address"] + path)
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert over <= 0, path
