"""The shell in a real browser: keys, palette, themes, live updates, figures, and what the policy forbids."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
Open = Callable[..., Page]
RUN = "from outlisten.cli.main import run; run()"
HEARD = """new Promise(done =>
  document.body.addEventListener("live:posts", event => done(event.detail), {once: true}))"""
PAGES = ("/", "/listen/", "/compare/", "/import/", "/settings/names", "/settings/account", "/settings/models", "/ui",
         "/rooms/themes", "/settings/workspace")  # fmt: skip


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("width", [1440, 390])
def test_no_page_overflows_and_the_browser_complains_of_none(
    open_page: Open, width: int, language: str
) -> None:
    page = open_page("/", width=width, language=language)
    for path in PAGES:
        page.evaluate("path => window.location.assign(path)", path)
        page.wait_for_url(f"**{path}")
        expect(page.locator(".htmx-request")).to_have_count(0)
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert over <= 0, path


def test_the_keyboard_alone_goes_anywhere(open_page: Open) -> None:
    page = open_page("/settings/about")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_class("ol-skip")
    page.keyboard.press("/")
    expect(page.locator(":focus")).to_have_id("search")
    page.locator(":focus").blur()
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#keys")).to_be_hidden()
    page.keyboard.press("g")
    page.keyboard.press("t")
    page.wait_for_url("**/")


def test_the_palette_finds_goes_and_searches(open_page: Open) -> None:
    page = open_page("/settings/about")
    page.keyboard.press("Control+k")
    page.keyboard.type("mirr")
    expect(page.locator("#palette [aria-selected=true]")).to_contain_text("Mirror")
    page.keyboard.press("Enter")
    page.wait_for_url("**/mirror/")
    page.keyboard.press("Control+k")
    page.keyboard.type("等位 OR queue")
    page.keyboard.press("Enter")
    page.wait_for_url("**/listen/?q=%E7%AD%89%E4%BD%8D%20OR%20queue")


def test_the_theme_is_chosen_kept_and_drawn(open_page: Open) -> None:
    page = open_page("/settings/about", theme="dark")
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    page.locator(".ol-tools details").first.click()
    page.click("button[name=theme][value=light]")
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "light")
    page.locator(".ol-tools details").first.click()
    page.click("button[name=theme][value=system]")
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")


def test_the_folded_menu_stays_folded(open_page: Open) -> None:
    page = open_page("/settings/about")
    page.click("[data-fold-rail]")
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-rail", "narrow")
    assert page.locator(".ol-rail").evaluate("rail => rail.offsetWidth") == 60


def test_targets_are_large_enough_for_a_finger(open_page: Open) -> None:
    page = open_page("/", width=390)
    heights = page.locator(".ol-bar > *, .ol-header button, .ol-header summary, .ol-page .btn").evaluate_all(
        "all => all.filter(one => one.offsetParent).map(one => Math.round(one.getBoundingClientRect().height))"
    )
    assert min(heights) >= 40


def test_hostile_posts_run_nothing(open_page: Open) -> None:
    page = open_page("/ui")
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    post = page.locator("#posts .ol-post").nth(2)
    expect(post).to_contain_text("<img src=x onerror=alert(2)>")
    assert post.locator("img, script, a[href^='javascript']").count() == 0


def test_figures_are_drawn_in_both_themes(open_page: Open) -> None:
    page = open_page("/ui")
    for figure in page.locator("#figure .ol-chart").all():
        figure.scroll_into_view_if_needed()
        expect(figure.locator("svg")).to_be_visible()


def test_what_is_imported_elsewhere_is_told_to_every_tab_over_one_connection(
    open_page: Open, server: dict[str, str], tmp_path: Path
) -> None:
    first = open_page("/settings/about")
    second = first.context.new_page()
    second.goto(first.url)
    for page in (first, second):
        page.evaluate(f"window.heard = {HEARD}; undefined")
    file = tmp_path / "posts.jsonl"
    file.write_text('{"id": "1", "text": "排队两小时", "date": "2026-03-01"}\n', encoding="utf-8")
    command = [
        sys.executable,
        "-c",
        RUN,
        "import",
        str(file),
        "--home",
        server["home"],
        "--network",
        "forum",
        "--json",
    ]
    subprocess.run(command, check=True, capture_output=True)
    assert [page.evaluate("window.heard") for page in (first, second)] == [{"added": 1}] * 2


def test_a_page_prints_without_the_frame(open_page: Open) -> None:
    page = open_page("/settings/about")
    page.emulate_media(media="print")
    for part in (".ol-rail", ".ol-header"):
        expect(page.locator(part)).to_be_hidden()
    expect(page.locator("h1")).to_be_visible()


def test_a_form_that_is_pressed_twice_is_sent_once(open_page: Open) -> None:
    page = open_page("/settings/account")
    stopped = page.evaluate("""() => {
      const stopped = [];
      window.addEventListener("submit", event => { stopped.push(event.defaultPrevented); event.preventDefault(); });
      const form = document.querySelector("main form[method=post]");
      form.requestSubmit();
      form.requestSubmit();
      return stopped;
    }""")
    assert stopped == [False, True]
