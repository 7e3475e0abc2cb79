"""A real server in a process of its own and a real browser in front of it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

CHROMIUM = os.environ.get("OUTLISTEN_TEST_BROWSER", "")
OWNER = {"name": "林一", "email": "lin@example.org", "password": "a quiet morning walk"}
RUN = "from outlisten.cli.main import run; run()"
# What the browser says when it refuses something by the content security policy, or when a script fails.
TROUBLE = ("error", "warning")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """`outlisten serve` on a fresh home: its address, its set-up link, its home."""
    home = tmp_path_factory.mktemp("browser") / "home"
    command = [sys.executable, "-c", RUN, "serve", "--home", str(home), "--port", "0", "--json"]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("OUTLISTEN_")}
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, text=True) as process:
        assert process.stdout is not None
        yield json.loads(process.stdout.readline())
        process.terminate()
        process.wait(timeout=30)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The installed browser, without a window."""
    if not CHROMIUM:
        pytest.skip("set OUTLISTEN_TEST_BROWSER to a Chromium")
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])


@pytest.fixture(scope="module")
def signed_in(server: dict[str, Any], chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The cookies of the owner, made by going through set-up in the browser."""
    kept = tmp_path_factory.mktemp("cookies") / "state.json"
    context = chromium.new_context(locale="en-GB")
    page = context.new_page()
    page.goto(server["set_up"])
    for name, value in {**OWNER, "workspace": "Axi Tea"}.items():
        page.fill(f"[name={name}]", value)
    page.click("main button[type=submit]")
    page.wait_for_url(f"{server['address']}/")
    context.storage_state(path=kept)
    context.close()
    return kept


@pytest.fixture(scope="session")
def demo(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """`outlisten demo` with its story told: its address, and the `cookies` of whoever follows its link."""
    home = tmp_path_factory.mktemp("demo") / "home"
    command = [
        sys.executable,
        "-c",
        RUN,
        "demo",
        "--home",
        str(home),
        "--port",
        "0",
        "--no-browser",
        "--json",
    ]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("OUTLISTEN_")}
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, text=True) as process:
        assert process.stdout is not None
        told = json.loads(process.stdout.readline())
        context = chromium.new_context(locale="en-GB")
        context.new_page().goto(told["sign_in"])
        yield {**told, "cookies": context.storage_state()}
        context.close()
        process.terminate()
        process.wait(timeout=30)


@pytest.fixture
def demo_page(demo: dict[str, Any], chromium: Browser) -> Iterator[Callable[..., Page]]:
    """Opens pages of the demo as its owner: `demo_page("/", width=390, theme="dark", language="zh-hans")`."""
    contexts: list[BrowserContext] = []

    def open_it(path: str, *, width: int = 1440, theme: Any = "light", language: str = "en") -> Page:
        context = chromium.new_context(
            storage_state=demo["cookies"], viewport={"width": width, "height": 900}, color_scheme=theme,
            base_url=demo["address"],
        )  # fmt: skip
        contexts.append(context)
        page = context.new_page()
        page.goto("/settings/about")
        if page.get_attribute("html", "lang") != {"en": "en", "zh-hans": "zh-Hans"}[language]:
            page.click("button[name=language]")
        page.goto(path)
        return page

    yield open_it
    for context in contexts:
        context.close()


@pytest.fixture
def open_page(server: dict[str, Any], chromium: Browser, signed_in: Path) -> Iterator[Callable[..., Page]]:
    """Opens pages as the owner: `open_page("/ui", width=390, theme="dark")`. A page on which the browser
    complained of anything fails the test."""
    contexts: list[BrowserContext] = []
    troubles: list[str] = []

    def open_it(path: str, *, width: int = 1440, theme: Any = "light", language: str = "en") -> Page:
        context = chromium.new_context(
            storage_state=signed_in, viewport={"width": width, "height": 900}, color_scheme=theme
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda said: troubles.append(said.text) if said.type in TROUBLE else None)
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.goto(server["address"] + "/settings/about")
        if page.get_attribute("html", "lang") != {"en": "en", "zh-hans": "zh-Hans"}[language]:
            page.click("button[name=language]")
        page.goto(server["address"] + path)
        return page

    yield open_it
    for context in contexts:
        context.close()
    assert troubles == []
