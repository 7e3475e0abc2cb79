"""What each part of the query on Listen does."""

from __future__ import annotations

import re
from html import unescape

import pytest

from outlisten.posts.store import Count

PART = {"HX-Request": "true"}
pytestmark = pytest.mark.usefixtures("posts", "archive")


def told(client, address: str) -> list[str]:
    """Each line of the list without its marks-up."""
    part = client.get(f"/listen/parts?{address}", headers=PART).content.decode()
    return [
        " ".join(unescape(re.sub(r"<[^>]+>", " ", line)).split())
        for line in re.findall(r"<li.*?</li>", part, re.S)
    ]


def test_each_part_says_what_it_does(browser):
    assert told(browser("viewer"), "q=(queue+OR+refill+OR+排队)+-evil") == [
        "(queue OR refill OR 排队) takes away 2 posts that lack it",
        "queue 4 posts come only from this",
        "refill does nothing: nothing comes only from this",
        "排队 1 post comes only from this",
        "-evil leaves out 1 post",
    ]


def test_each_part_says_what_it_does_in_chinese(browser):
    assert told(browser("viewer", language="zh-hans"), "q=咖啡+-(queue+OR+热情)") == [
        "咖啡 去掉了不含它的 1 条",
        "-(queue OR 热情) 排除了 1 条",
        "queue 没有作用：没有排除任何帖子",
        "热情 排除了 1 条",
    ]


def test_filters_narrow_what_a_part_is_counted_among(browser):
    assert told(browser("viewer"), "q=queue+OR+排队&lang=zh") == [
        "queue does nothing: nothing comes only from this",
        "排队 1 post comes only from this",
    ]


def test_the_number_opens_as_many_posts(browser):
    client = browser("viewer")
    part = client.get("/listen/parts?q=queue+-evil&lang=en", headers=PART).content.decode()
    address = unescape(re.search(r'href="/listen/\?([^"]+)">leaves out 1 post<', part)[1])
    assert "1 post<" in client.get(f"/listen/result?{address}", headers=PART).content.decode()


def test_a_nested_part_is_marked_inside_its_group(browser):
    part = browser("viewer").get("/listen/parts?q=(a+OR+b)+c", headers=PART).content.decode()
    pieces = re.findall(r'data-parts="([^"]*)">([^<]*)<', part)
    assert pieces == [
        ("0", "("), ("0 1", "a"), ("0", " OR "), ("0 2", "b"), ("0", ")"), ("", " "), ("3", "c"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("query", "offered"), [("queue+evil", True), ("queue", False), ("", False), ("(", False)]
)
def test_it_is_offered_where_there_are_parts(browser, query, offered):
    page = browser("viewer").get(f"/listen/?q={query}").content.decode()
    assert ("What each part does" in page) is offered


def test_private_messages_count_only_for_who_may_read_them(browser, pages_store, make_posts):
    pages_store.add(make_posts({"native_id": "m1", "type": "message", "text": "my card and the queue"}))
    assert "card 1 post comes only from this" in told(browser("responder"), "q=card+OR+branch")
    assert "card does nothing: nothing comes only from this" in told(browser("agency"), "q=card+OR+branch")


def test_what_cannot_be_read_is_said(browser):
    part = browser("viewer").get("/listen/parts?q=(queue", headers=PART)
    assert part.status_code == 422
    assert "bracket" in part.content.decode()


@pytest.mark.parametrize(
    ("language", "button"), [("en", "Count the next parts"), ("zh-hans", "再计算后面的部分")]
)
def test_the_parts_beyond_the_first_are_counted_when_asked_for(browser, language, button):
    client = browser("viewer", language=language)
    query = "(" + " OR ".join(f"w{n}" for n in range(45)) + ") -evil"
    page = client.get("/listen/parts", {"q": query}, headers=PART).content.decode()
    assert page.count("<li data-part") == 40
    assert button in page
    more = unescape(re.search(r'hx-get="([^"]+)"', page)[1])
    rest = client.get(more, headers=PART).content.decode()
    assert (rest.count("<li data-part"), button in rest, "ls-parts-query" in rest) == (7, False, False)


@pytest.mark.parametrize(
    ("language", "said"), [("en", "too much to be counted in time"), ("zh-hans", "没来得及数完")]
)
def test_what_could_not_be_counted_is_not_called_useless(browser, monkeypatch, language, said):
    monkeypatch.setattr("outlisten.posts.chdb.store.ChdbStore.count", lambda *_, **__: Count(0, cut=True))
    client = browser("viewer", language=language)
    page = client.get("/listen/parts?q=queue+-evil", headers=PART).content.decode()
    assert page.count(said) == 2
    assert "is-idle" not in page
    box = client.get("/listen/check?q=queue", headers=PART).content.decode()
    assert ("Counting took too long" if language == "en" else "计数太久") in box
    assert "ls-ok" in box
