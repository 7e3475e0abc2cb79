"""Posts made to do harm, in a real browser: they are read on every page and run on none."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
Open = Callable[..., Page]
RUN = "from outlisten.cli.main import run; run()"
HARM = "document.title='pwned';alert(1)"
# What a browser would run if any page put it where it is read as HTML, an attribute, a template or a script.
HOSTILE = (
    f"<script>{HARM}</script>",
    f'<img src=x onerror="{HARM}"><svg/onload="{HARM}">',
    f"\"><iframe srcdoc='<script>parent.{HARM}</script>'></iframe>",
    f"' autofocus onfocus='{HARM}' x='",
    f"</textarea></title></script><script>{HARM}</script>",
    f'<a href="javascript:{HARM}" hx-get="/live" hx-trigger="load">press</a>',
    "{{ constructor.constructor('alert(1)')() }} {% load %} ${alert(1)}",
    "nul \0 bell \x07 escape \x1b[2J override \u202egnp.exe\u202c",
    "zero\u200bwidth\u200d 👩\u200d👩\u200d👧 broken \ud83d",
)
PLANTED = "#posts :is(script, img, iframe, svg[onload], [onerror], [onfocus], [hx-get*=live], a[href^='javascript'])"


@pytest.fixture(scope="module")
def planted(server: dict[str, Any], signed_in: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Each hostile text as a post, its title, its author and its addresses."""
    path = tmp_path_factory.mktemp("planted") / "posts.jsonl"
    lines = [
        {"id": f"planted-{n}", "date": date.today().isoformat(), "text": f"planted {text}", "title": text,
         "author": text, "author_handle": text, "url": f"javascript:{HARM}", "to": text, "country": text}
        for n, text in enumerate(HOSTILE)
    ]  # fmt: skip
    path.write_text("\n".join(map(json.dumps, lines)), "ascii")
    command = [
        sys.executable,
        "-c",
        RUN,
        "import",
        str(path),
        "--home",
        server["home"],
        "--network",
        "planted",
    ]
    subprocess.run(command, check=True, capture_output=True)


def listed(open_page: Open, language: str) -> Page:
    """The hostile posts on Listen, in a page that fails when anything opens a dialog."""
    page = open_page("/settings/about", language=language)
    page.on("dialog", lambda dialog: pytest.fail(f"a post ran: {dialog.message}"))
    page.goto(page.url.split("/settings")[0] + "/listen/?q=planted&period=all")
    expect(page.locator("#posts .ol-post")).to_have_count(len(HOSTILE))
    return page


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_list_of_hostile_posts_runs_nothing(planted: None, open_page: Open, language: str) -> None:
    page = listed(open_page, language)
    expect(page.locator(".ls-headline")).to_be_visible()
    expect(page.locator(".htmx-request")).to_have_count(0)
    expect(page.locator("#posts")).to_contain_text("<script>document.title")
    expect(page.locator("#posts")).to_contain_text("nul ␀ bell ␇ escape ␛[2J")
    assert page.locator(PLANTED).count() == 0
    assert page.title() != "pwned"


def test_each_hostile_post_is_read_on_its_own_page(planted: None, open_page: Open) -> None:
    page = listed(open_page, "en")
    origin = page.url.split("/listen")[0]
    links = page.locator("#posts a[data-act=open]").evaluate_all(
        "all => all.map(one => one.getAttribute('href'))"
    )
    assert len(links) == len(HOSTILE)
    for link in links:
        page.goto(origin + link)
        expect(page.locator("main")).to_contain_text("planted")
        assert page.locator("main :is(script:not([type]), iframe, img, [onerror], [onfocus])").count() == 0
        assert page.locator("a[href^='javascript' i]").count() == 0
        assert page.title() != "pwned"


@pytest.mark.parametrize("text", HOSTILE[:6])
def test_a_hostile_question_runs_nothing(planted: None, open_page: Open, text: str) -> None:
    page = open_page("/settings/about")
    page.on("dialog", lambda dialog: pytest.fail(f"a question ran: {dialog.message}"))
    origin = page.url.split("/settings")[0]
    answer = page.request.get(f"{origin}/listen/?q={quote(text)}")
    assert answer.status in (200, 400)
    page.goto(origin + "/listen/")
    page.fill("#listen-q", text)
    expect(page.locator("#listen-check")).not_to_be_empty()
    assert page.locator("#listen-check :is(script, img, iframe, [onerror])").count() == 0
    assert page.title() != "pwned"
