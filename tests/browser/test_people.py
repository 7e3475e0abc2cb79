"""People in a real browser: somebody is invited and comes in from another one; the sample's eyes are looked through."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser
Open = Callable[..., Page]
RUN = "from outlisten.cli.main import run; run()"
SAMPLE = """
import django; django.setup()
from outlisten.app.start import update_database
update_database()
from outlisten.app.listening.queries.names import workspace
from outlisten.app.people.actions import demo_sign_in_link
from outlisten.app.people.actions.demo import make_demo_account
here = workspace(); here.sample = True; here.save()
print(demo_sign_in_link(""))
make_demo_account("Agency", "agency", ["marketing"])
make_demo_account("回应者，客服", "responder", ["support"])
"""
PAGES = ("/settings/people/", "/settings/people/invite", "/settings/departments/", "/settings/roles")


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("width", [1440, 390])
def test_no_page_of_people_is_wider_than_the_screen(open_page: Open, width: int, language: str) -> None:
    page = open_page("/settings/people/", width=width, language=language)
    for path in PAGES:
        page.goto(page.url.split("/settings")[0] + path)
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert over <= 0, path


def test_who_is_invited_comes_in_from_another_browser_with_their_role(
    open_page: Open, chromium: Browser
) -> None:
    page = open_page("/settings/people/invite")
    page.fill("[name=name]", "魏二")
    page.fill("[name=email]", "wei@example.org")
    page.select_option("[name=role]", "agency")
    page.get_by_label("Marketing").check()
    page.select_option("select[name=language]", "zh-hans")
    page.click("main button[type=submit]")
    link = page.input_value("#link")

    elsewhere = chromium.new_context(locale="en-GB")
    guest = elsewhere.new_page()
    guest.goto(link)
    expect(guest.locator("h1")).to_contain_text("欢迎加入")
    guest.fill("[name=password]", "a quiet morning walk")
    guest.click("main button[type=submit]")
    guest.wait_for_url("**/")
    guest.goto(link.split("/invitation")[0] + "/settings/account")
    expect(guest.locator(".ol-facts")).to_contain_text("代理公司")
    expect(guest.locator(".ol-tabs")).not_to_contain_text("人员")
    guest.goto(link)
    expect(guest.locator("h1")).to_contain_text("已经用过")
    elsewhere.close()

    page.click("main a.btn")
    expect(page.locator(".pp-list").first).to_contain_text("魏二")


@pytest.fixture
def sample_server(tmp_path: Path) -> Iterator[dict[str, Any]]:
    """A served home that counts as the bundled sample, with two demo accounts and no posts."""
    home = tmp_path / "h"
    settings = {"OUTLISTEN_HOME": str(home), "DJANGO_SETTINGS_MODULE": "outlisten.app.settings"}
    environment = {n: v for n, v in os.environ.items() if not n.startswith("OUTLISTEN_")} | settings
    made = "from outlisten.home import Home; home = Home.default().create(); home.secret_key()" + SAMPLE
    link = subprocess.run(
        [sys.executable, "-c", made], env=environment, text=True, check=True, capture_output=True
    ).stdout.split()[-1]
    command = [sys.executable, "-c", RUN, "serve", "--home", str(home), "--port", "0", "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, text=True) as process:
        assert process.stdout is not None
        yield {**json.loads(process.stdout.readline()), "sign_in": link}
        process.terminate()
        process.wait(timeout=30)


def test_the_sample_s_owner_looks_through_each_one_s_eyes_and_goes_back(
    sample_server: dict[str, Any], chromium: Browser
) -> None:
    context = chromium.new_context(locale="en-GB")
    page = context.new_page()
    page.goto(sample_server["address"] + sample_server["sign_in"])
    page.wait_for_url(f"{sample_server['address']}/")
    menu = page.locator("header details").last
    menu.locator("summary").click()
    menu.get_by_role("button", name="Agency").click()
    expect(page.locator(".pp-looking")).to_contain_text("You look as Agency.")
    page.goto(sample_server["address"] + "/settings/people/")
    expect(page.locator("h1")).not_to_have_text("Settings")
    expect(page.locator(".pp-looking")).to_contain_text("You look as Agency.")
    page.goto(sample_server["address"] + "/settings/about")
    menu.locator("summary").click()
    menu.get_by_role("button", name="回应者，客服").click()
    expect(page.locator(".pp-looking")).to_contain_text("回应者，客服 (Responder)")
    page.get_by_role("button", name="Go back").click()
    expect(page.locator(".pp-looking")).to_have_count(0)
    page.goto(sample_server["address"] + "/settings/people/")
    expect(page.locator(".pp-list")).to_contain_text("Agency")
    context.close()
