"""No page has a serious or critical finding of axe: on the told sample, in both languages, themes and widths."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
AXE = Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js"
FOUND = """axe.run(document, {resultTypes: ["violations"]}).then(result => result.violations
  .filter(one => one.impact === "serious" || one.impact === "critical")
  .flatMap(one => one.nodes.map(node => `${one.id}: ${node.target.join(" ")}`)))"""
# What fades in has its colours only when it is there; what moves for ever is not waited for.
SETTLED = """Promise.all(document.getAnimations()
  .filter(one => one.effect && one.effect.getComputedTiming().endTime !== Infinity)
  .map(one => one.finished.catch(() => null))).then(() => true)"""
# A page wider than its screen; on a phone, buttons and fields too low for a finger.
SHAPE = """(() => {
  const root = document.documentElement, found = [];
  if (root.scrollWidth > root.clientWidth) found.push("wider than the screen");
  if (root.clientWidth < 500) for (const one of document.querySelectorAll(
      "main .btn, main select, main textarea, main input:not([type=hidden], [type=checkbox], [type=radio])")) {
    const height = one.getBoundingClientRect().height;
    if (height && Math.round(height) < 40 && one.checkVisibility())
      found.push(`${Math.round(height)} px: ${one.outerHTML.slice(0, 80)}`);
  }
  return found;
})()"""
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
    "/settings/models", "/settings/about", "/rooms/themes", "/ui", "/no-such-page", "/posts/f55e3c55e67808d5",
)  # fmt: skip
VIEWS = [
    *(pytest.param(PAGES, 1440, "light", language, id=f"all-{language}") for language in ("en", "zh-hans")),
    pytest.param(PAGES, 390, "light", "zh-hans", id="all-narrow"),
    pytest.param(MAIN, 1440, "dark", "zh-hans", id="main-dark"),
    pytest.param(MAIN, 390, "dark", "en", id="main-narrow-dark"),
]


def findings(page: Page, path: str) -> list[str]:
    """What axe finds on a page whose parts have all arrived."""
    page.goto(path)
    return findings_here(page)


def findings_here(page: Page) -> list[str]:
    """What axe finds on the page as it stands now. It is evaluated from outside, past the policy."""
    expect(page.locator(".htmx-request")).to_have_count(0, timeout=30_000)
    page.evaluate(SETTLED)
    page.context.new_cdp_session(page).send("Runtime.evaluate", {"expression": AXE.read_text("utf-8")})
    return [*page.evaluate(FOUND), *page.evaluate(SHAPE)]


@pytest.mark.skipif(not AXE.is_file(), reason="axe-core is not installed (npm ci --ignore-scripts brings it)")
@pytest.mark.parametrize(("paths", "width", "theme", "language"), VIEWS)
def test_axe_finds_nothing_serious_and_nothing_is_too_wide_or_small(
    demo_page: Callable[..., Page], paths: tuple[str, ...], width: int, theme: str, language: str
) -> None:
    page = demo_page("/care/", width=width, theme=theme, language=language)
    first_case = page.locator("#queue .ca-row").first.get_attribute("href")
    found = {path: findings(page, path) for path in (*paths, str(first_case))}
    assert {path: trouble for path, trouble in found.items() if trouble} == {}
