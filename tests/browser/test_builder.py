"""The query builder in a real browser: built by mouse and by keys alone, turned into text, changed there, and back."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from tests.browser.test_axe import AXE, findings

pytestmark = pytest.mark.browser
Open = Callable[..., Page]
WORDS = {
    "en": {"also": "Must also have", "without": "Must not have", "condition": "Condition", "tone": "Tone",
           "add": "Add", "build": "Build", "write": "Write", "undo": "Undo", "value": "negative", "undone": "Undone."},
    "zh-hans": {"also": "还必须有", "without": "不能有", "condition": "条件", "tone": "情感", "add": "添加",
                "build": "搭建", "write": "编写", "undo": "撤销", "value": "负面", "undone": "已撤销。"},
}  # fmt: skip
STORY = {
    "en": ("refund, money back", "slow", "job", "sentiment:negative"),
    "zh-hans": ("退款、退 钱", "慢慢", "招聘", "情感:负面"),
}


def box(page: Page) -> object:
    return expect(page.locator("#listen-q"))


def chips(page: Page) -> list[str]:
    return [" ".join(said.split()) for said in page.locator("[data-chip]").all_inner_texts()]


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_query_is_built_by_mouse_written_and_built_again(demo_page: Open, language: str) -> None:
    page, words = demo_page("/listen/", language=language), WORDS[language]
    first, second, without, tone = STORY[language]
    page.get_by_role("button", name=words["build"], exact=True).click()
    expect(page).to_have_url(re.compile(r"build=1"))
    add(page, -1, first)
    expect(page.locator("[data-chip]")).to_have_count(2)
    page.get_by_role("button", name=words["also"]).click()
    expect(page.locator("[data-words]")).to_have_count(3)
    add(page, -2, second)
    page.get_by_role("button", name=words["without"]).click()
    expect(page.locator(".qb-group.is-none")).to_have_count(1)
    add(page, -2, without)
    page.locator(".qb-root > .qb-group > .qb-rows > .qb-acts summary").first.click()
    page.locator(".qb-menu button[data-field=sentiment]:visible").click()
    page.locator(".qb-form select").first.select_option("negative")
    page.locator(".qb-form").get_by_role("button", name=words["add"], exact=True).click()
    expect(page.locator("#listen-q")).to_have_value(re.compile(re.escape(tone)))
    written = page.input_value("#listen-q")
    expect(page.locator("#listen-check .ls-ok")).to_be_visible()  # the live check followed
    page.get_by_role("button", name=words["write"], exact=True).click()
    expect(page.locator(".qb")).to_be_hidden()
    page.fill("#listen-q", f"{written} NEW")
    page.get_by_role("button", name=words["build"], exact=True).click()
    expect(page.locator("[data-chip]")).to_have_count(6)
    assert chips(page)[-1] == "NEW"
    page.keyboard.press("Control+z")  # of the box; the builder takes its own back
    page.get_by_role("button", name=words["undo"]).click()
    expect(page.locator("#listen-q")).to_have_value(written)


def add(page: Page, place: int, typed: str) -> None:
    """Types words into the input of a group: -1 is the outermost one, -2 the last one inside it."""
    inputs = page.locator("[data-words]:visible")
    target = inputs.nth(inputs.count() + place)
    target.fill(typed)
    target.press("Enter")
    expect(page.locator("[data-announce]")).not_to_have_text("")
    expect(page.locator(f"[data-words][data-path='{target.get_attribute('data-path')}']")).to_have_value("")


@pytest.mark.parametrize(
    ("language", "typed", "written"),
    [("en", "refund, refunds", "(refund OR refunds) slow"), ("zh-hans", "退款、退钱", "(退款 OR 退钱) 慢慢")],
)
def test_a_query_is_built_by_keys_alone(demo_page: Open, language: str, typed: str, written: str) -> None:
    page = demo_page("/listen/?build=1", language=language)
    page.focus("#listen-q")
    tab_to(page, "[data-words]")
    page.keyboard.insert_text(typed)
    page.keyboard.press("Enter")
    expect(page.locator("[data-chip]")).to_have_count(2)
    expect(page.locator("[data-words]")).to_be_focused()
    tab_to(page, "[data-act=also][data-form=any]")
    page.keyboard.press("Enter")
    expect(page.locator("[data-words][data-path='1']")).to_be_focused()
    page.keyboard.insert_text(written.rsplit(maxsplit=1)[-1])
    page.keyboard.press("Enter")
    box(page).to_have_value(written)
    page.keyboard.press("Backspace")  # of an empty input: to the last chip
    expect(page.locator("[data-chip]").last).to_be_focused()
    page.keyboard.press("Delete")
    expect(page.locator("[data-chip]")).to_have_count(2)
    page.keyboard.press("Control+z")
    box(page).to_have_value(written)
    page.locator("[data-chip]").first.focus()
    page.keyboard.press("Alt+ArrowRight")
    expect(page.locator("[data-chip]").nth(1)).to_be_focused()
    first, last = re.findall(r"\((\S+) OR (\S+)\)", written)[0]
    box(page).to_have_value(re.compile(re.escape(f"({last} OR {first})")))
    page.keyboard.press("Enter")
    expect(page.locator(".qb-form input[data-name=words]")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".qb-form")).to_have_count(0)
    expect(page.locator("[data-chip]").nth(1)).to_be_focused()


def tab_to(page: Page, wanted: str) -> None:
    for _press in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", wanted):
            return
    raise AssertionError(f"no Tab reaches {wanted}")


@pytest.mark.parametrize(("language", "said"), [("en", "cannot be read"), ("zh-hans", "读不懂")])
def test_a_mistake_in_the_text_keeps_the_rows_and_points_to_the_place(
    demo_page: Open, language: str, said: str
) -> None:
    page = demo_page("/listen/?build=1&q=😀 refund", language=language)
    page.fill("#listen-q", "😀 refund (slow")
    expect(page.locator(".qb-stale")).to_contain_text(said)
    expect(page.locator("[data-chip]")).to_have_count(2)
    page.locator("[data-show]").click()
    assert page.evaluate("window.getSelection().toString() || document.activeElement.value.slice("
                         "document.activeElement.selectionStart, document.activeElement.selectionEnd)") == "("  # fmt: skip
    page.fill("#listen-q", "😀 refund (slow)")
    expect(page.locator("[data-chip]")).to_have_count(3)


def test_a_pasted_list_of_200_names(demo_page: Open) -> None:
    page = demo_page("/listen/?build=1")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    names = [f"Brand {place}" for place in range(100)] + [f"品牌{place}号" for place in range(100)]
    page.focus("[data-words]")
    page.evaluate("names => navigator.clipboard.writeText(names)", "\n".join(names))
    page.keyboard.press("Control+v")
    expect(page.locator("[data-chip]")).to_have_count(200)
    expect(page.locator("[data-announce]")).to_have_text("200 added.")


def test_a_chip_is_dragged_into_a_group(demo_page: Open) -> None:
    page = demo_page("/listen/?build=1&q=(refund OR chargeback) slow")
    page.locator(".qb-chip", has_text="slow").drag_to(page.locator(".qb-group.is-any [data-words]"))
    box(page).to_have_value("refund OR chargeback OR slow")


def test_a_condition_is_changed_in_its_form_and_a_number_by_enter(demo_page: Open) -> None:
    page = demo_page("/listen/?build=1&q=refund likes:>=100 a NEAR/3 b")
    page.locator("[data-chip]", has_text="Likes").click()
    page.fill(".qb-form [data-name=low]", "50")
    page.press(".qb-form [data-name=low]", "Enter")
    box(page).to_have_value("refund likes:>=50 a NEAR/3 b")
    page.locator("[data-name=distance]").fill("8")
    page.locator("[data-name=distance]").press("Enter")
    box(page).to_have_value("refund likes:>=50 a NEAR/8 b")
    assert "listen/?build=1" in page.url  # Enter did not search
    page.locator("[data-name=ordered]").check()
    box(page).to_have_value("refund likes:>=50 a NEAR/8f b")


def test_a_search_keeps_the_builder_and_what_can_be_undone(demo_page: Open) -> None:
    page = demo_page("/listen/?build=1&q=refund")
    add(page, -1, "voucher")
    page.locator("#listen-form .btn-primary").click()
    expect(page).to_have_url(
        re.compile(r"q=refund(\+|%20)OR(\+|%20)voucher.*build=1|build=1.*q=refund(\+|%20)OR(\+|%20)voucher")
    )
    expect(page.locator("[data-chip]")).to_have_count(2)
    page.get_by_role("button", name="Undo").click()
    box(page).to_have_value("refund")


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_topic_is_built_in_settings(demo_page: Open, language: str) -> None:
    page = demo_page("/settings/topics/new?q=refund", language=language)
    page.get_by_role("button", name=WORDS[language]["build"], exact=True).click()
    add(page, -1, "voucher")
    expect(page.locator("#id_query")).to_have_value("refund OR voucher")
    expect(page.locator("#query-check .ls-ok")).to_be_visible()
    assert page.url.endswith("/settings/topics/new?q=refund")  # Enter did not save


def test_hostile_text_stays_text(demo_page: Open) -> None:
    page = demo_page("/listen/?build=1")
    troubles: list[str] = []
    page.on("console", lambda said: troubles.append(said.text) if said.type in ("error", "warning") else None)
    page.on("dialog", lambda dialog: troubles.append(dialog.message))
    add(page, -1, "<img src=x onerror=alert(1)>, \"';--, \u202eevil")
    page.locator("[data-chip]").first.click()
    expect(page.locator(".qb-form")).to_be_visible()
    assert page.locator(".qb img").count() == 0
    assert troubles == []


OPENED = "/listen/?build=1&q=(refund OR 退款) a NEAR/3 b -scam title:x NOT (y OR z) sentiment:negative ATLEAST/2(w)"


@pytest.mark.skipif(not AXE.is_file(), reason="axe-core is not installed (npm ci --ignore-scripts brings it)")
@pytest.mark.parametrize(("width", "theme"), [(1440, "light"), (390, "light"), (390, "dark")])
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_axe_finds_nothing_serious(demo_page: Open, language: str, width: int, theme: str) -> None:
    page = demo_page("/listen/", width=width, theme=theme, language=language)
    assert findings(page, "/listen/?build=1") == []
    assert findings(page, OPENED) == []
    page.locator("[data-chip]").first.click()
    expect(page.locator(".qb-form")).to_be_visible()
    page.context.new_cdp_session(page).send("Runtime.evaluate", {"expression": AXE.read_text("utf-8")})
    low = page.evaluate(
        "() => [...document.querySelectorAll('.qb :is(button, select, summary, input[type=text], textarea)')]"
        ".filter(one => one.checkVisibility({visibilityProperty: true}) && one.getBoundingClientRect().height < 39.5)"
        ".map(one => one.outerHTML.slice(0, 90))"
    )
    assert width > 500 or low == []
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
