"""No page has a serious or critical finding of axe: on the told sample, in both languages, themes and widths."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser
AXE = Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js"
RUN = "from outlisten.cli.main import run; run()"
FOUND = """axe.run(document, {resultTypes: ["violations"]}).then(result => result.violations
  .filter(one => one.impact === "serious" || one.impact === "critical")
  .flatMap(one => one.nodes.map(node => `${one.id}: ${node.target.join(" ")}`)))"""
MAIN = (
    "/",
    "/ten-statements/",
    "/listen/?q=refund",
    "/compare/",
    "/mirror/",
    "/care/",
    "/decisions/",
    "/trust/",
)
PAGES = (
    *MAIN, "/listen/", "/listen/?q=(", "/listen/?q=zzzz", "/care/rules/", "/care/rules/1", "/care/rules/new",
    "/settings/service-levels", "/settings/service-levels/support", "/decisions/board", "/decisions/new",
    "/decisions/1", "/decisions/1/review", "/decisions/insights/", "/decisions/insights/1", "/decisions/claims/",
    "/decisions/claims/1", "/decisions/claims/new", "/participation/", "/participation/calendars", "/trust/audit",
    "/trust/disclosure", "/trust/retention", "/trust/privacy", "/settings/workspace", "/settings/names",
    "/settings/brands/new", "/settings/topics/new", "/settings/voices", "/settings/voices/accounts/new",
    "/settings/voices/campaigns/new", "/settings/voices/paste", "/settings/sources", "/settings/people/",
    "/settings/people/invite", "/settings/departments/", "/settings/roles", "/import/", "/settings/account",
    "/settings/models", "/settings/about", "/rooms/themes", "/ui", "/no-such-page",
)  # fmt: skip
VIEWS = [
    *(pytest.param(PAGES, 1440, "light", language, id=f"all-{language}") for language in ("en", "zh-Hans")),
    pytest.param(PAGES, 390, "light", "zh-Hans", id="all-narrow"),
    pytest.param(MAIN, 1440, "dark", "zh-Hans", id="main-dark"),
    pytest.param(MAIN, 390, "dark", "en", id="main-narrow-dark"),
]


@pytest.fixture(scope="module")
def demo(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """`outlisten demo` with its story told: its address, and the cookies of whoever follows its link."""
    if not AXE.is_file():
        pytest.skip(f"no {AXE.name} (npm ci --ignore-scripts brings it)")
    home = tmp_path_factory.mktemp("axe") / "home"
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
        context = chromium.new_context()
        context.new_page().goto(told["sign_in"])
        yield {**told, "cookies": context.storage_state()}
        context.close()
        process.terminate()
        process.wait(timeout=30)


def findings(page: Page, address: str) -> list[str]:
    """What axe finds on a page whose parts have all arrived. It is evaluated from outside, past the policy."""
    page.goto(address)
    expect(page.locator(".htmx-request")).to_have_count(0, timeout=30_000)
    page.context.new_cdp_session(page).send("Runtime.evaluate", {"expression": AXE.read_text("utf-8")})
    return list(page.evaluate(FOUND))


@pytest.mark.parametrize(("paths", "width", "theme", "language"), VIEWS)
def test_axe_finds_nothing_serious(
    demo: dict[str, Any], chromium: Browser, paths: tuple[str, ...], width: int, theme: Any, language: str
) -> None:
    context = chromium.new_context(
        storage_state=demo["cookies"], viewport={"width": width, "height": 900}, color_scheme=theme
    )
    page = context.new_page()
    page.goto(f"{demo['address']}/settings/about")
    if page.get_attribute("html", "lang") != language:
        page.click("button[name=language]")
    page.goto(f"{demo['address']}/care/")
    first_case = page.locator("#queue .ca-row").first.get_attribute("href")
    found = {path: findings(page, demo["address"] + path) for path in (*paths, str(first_case))}
    context.close()
    assert {path: trouble for path, trouble in found.items() if trouble} == {}
