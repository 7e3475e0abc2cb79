"""An open Listen page says what came in meanwhile: of its own question only, and only what comes on top."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

import pyarrow as pa
import pytest
from django.test import Client
from tests.app.conftest import Browser

from outlisten.app.listening.models import Workspace
from outlisten.app.listening.queries import arrivals
from outlisten.app.listening.queries.arrivals import Shown, read_shown
from outlisten.posts import PostStore
from outlisten.posts.store import Count

pytestmark = pytest.mark.django_db
Make = Callable[..., pa.Table]
Post = dict[str, Any]
PART = {"HX-Request": "true"}
NOW = datetime.now(UTC).replace(microsecond=0)
WAITS = re.compile(r'hx-get="(/listen/arrivals\?[^"]+)" hx-trigger="live:posts from:body"')
AGAIN = re.compile(r'id="arrivals-show"[^>]+hx-get="(/listen/again\?[^"]+)"')


def said(text: str, count: int = 1, *, minutes_ago: float = 0, **fields: Any) -> list[Post]:
    """Posts of one moment by different people."""
    at = NOW - timedelta(minutes=minutes_ago)
    names = range(count)
    return [
        {"native_id": f"{text}{n}", "text": text, "author": f"p{n}", "created_at": at, **fields}
        for n in names
    ]


def part(client: Client, address: str) -> str:
    return client.get(address, headers=PART).content.decode()


def waiting(client: Client, question: str) -> str:
    """Where the page asks whether something came in; blank where it does not ask."""
    return found(WAITS, part(client, f"/listen/result?{question}"))


def found(what: re.Pattern[str], page: str) -> str:
    there = what.search(page)
    return unescape(there[1]) if there else ""


@pytest.mark.parametrize(
    ("language", "query", "before", "after", "count", "words"),
    [
        ("en", "kettle", "kettle leaks", "kettle bursts", 1, "1 new post – show"),
        ("en", "kettle", "kettle leaks", "kettle bursts", 3, "3 new posts – show"),
        ("zh-hans", "水壶", "水壶漏水", "水壶炸了", 1, "1 条新帖子，点击显示"),
        ("zh-hans", "水壶", "水壶漏水", "水壶炸了", 3, "3 条新帖子，点击显示"),
    ],
)
def test_what_came_in_is_counted_and_then_stands_on_top(
    browser: Browser, pages_store: PostStore, make_posts: Make,
    language: str, query: str, before: str, after: str, count: int, words: str,
) -> None:  # fmt: skip
    client = browser("viewer", language=language)
    pages_store.add(make_posts(*said(before, 2, minutes_ago=5)))
    address = waiting(client, f"q={query}")
    assert "arrivals-show" not in part(client, address)

    pages_store.add(make_posts(*said(after, count)))
    bar = part(client, address)
    assert words in bar
    answer = client.get(found(AGAIN, bar), headers=PART)
    page = answer.content.decode()
    assert page.count('data-post="') == count + 2
    assert page.index(after[-2:]) < page.index(before[-2:])
    assert answer.headers["HX-Trigger-After-Swap"] == "listen:shown"
    assert "arrivals-show" not in page
    assert "arrivals-show" not in part(client, found(WAITS, page))


@pytest.mark.parametrize(
    ("question", "came"),
    [
        ("q=kettle", said("the toaster burns")),
        ("q=水壶", said("面包机冒烟")),
        ("q=kettle&lang=en", said("kettle 水壶", lang="zh")),
        ("q=水壶&platform=weibo", said("水壶漏水", platform="x")),
        ("q=kettle", said("buy our kettle", voice="owned")),
        ("q=kettle", said("kettle of last week", minutes_ago=60 * 24 * 7)),
        ("q=kettle&period=all", said("kettle of no day", created_at=None)),
    ],
)
def test_what_does_not_come_on_top_of_this_page_is_not_told(
    browser: Browser, pages_store: PostStore, make_posts: Make, question: str, came: list[Post]
) -> None:
    client = browser("viewer")
    fits: Post = {"platform": "weibo", "lang": "en"}
    pages_store.add(make_posts(*said("kettle 水壶 leaks", minutes_ago=5, **fits)))
    address = waiting(client, question)
    pages_store.add(make_posts(*came))
    assert "arrivals-show" not in part(client, address)


def test_private_messages_are_not_counted_for_those_who_may_not_read_them(
    browser: Browser, pages_store: PostStore, make_posts: Make
) -> None:
    pages_store.add(make_posts(*said("kettle", minutes_ago=5)))
    analyst, owner = browser("analyst"), browser("owner")
    address = waiting(analyst, "q=kettle")
    pages_store.add(make_posts(*said("my kettle, my card", type="message")))
    assert "arrivals-show" not in part(analyst, address)
    assert "1 new post" in part(owner, address)


@pytest.mark.parametrize(
    "question", ["q=kettle&until=2026-01-31", "q=水壶&since=2025-01-01&until=2025-12-31"]
)
def test_a_page_of_days_that_are_over_does_not_ask(
    browser: Browser, pages_store: PostStore, make_posts: Make, question: str
) -> None:
    pages_store.add(make_posts(*said("kettle 水壶", created_at=datetime(2025, 6, 1, tzinfo=UTC))))
    client = browser("viewer")
    assert 'data-post="' in part(client, f"/listen/result?{question}")
    assert waiting(client, question) == ""
    assert client.get(f"/listen/arrivals?{question}&from=1748736000&shown=1").status_code == 204


def test_an_archive_does_not_ask(browser: Browser, pages_store: PostStore, make_posts: Make) -> None:
    Workspace.objects.create(pk=1, name="Archive", as_of=Workspace.AsOf.NEWEST)
    pages_store.add(make_posts(*said("kettle", minutes_ago=5)))
    client = browser("viewer")
    assert waiting(client, "q=kettle") == ""
    assert client.get("/listen/arrivals?q=kettle&from=1748736000&shown=1").status_code == 204


def test_where_nobody_had_said_it_the_page_is_offered_again(
    browser: Browser, pages_store: PostStore, make_posts: Make
) -> None:
    pages_store.add(make_posts(*said("toaster", minutes_ago=5)))
    client = browser("viewer", language="zh-hans")
    address = waiting(client, "q=水壶")
    pages_store.add(make_posts(*said("水壶漏水", 2, minutes_ago=2)))
    bar = part(client, address)
    assert "2 条新帖子，点击显示" in bar
    assert found(AGAIN, bar) == ""
    assert 'href="/listen/?q=%E6%B0%B4%E5%A3%B6' in bar


def test_posts_of_one_day_and_no_hour_are_counted_whether_the_page_showed_them_or_not(
    browser: Browser, pages_store: PostStore, make_posts: Make
) -> None:
    today: Post = {"created_at": NOW.replace(hour=0, minute=0, second=0), "date_only": True}
    pages_store.add(make_posts(*said("kettle", 40, **today)))
    client = browser("viewer")
    address = waiting(client, "q=kettle")
    assert "shown=40" in address
    pages_store.add(make_posts(*said("kettle again", 2, **today)))
    assert "2 new posts" in part(client, address)


def test_a_post_of_tomorrow_does_not_hide_those_of_now(
    browser: Browser, pages_store: PostStore, make_posts: Make
) -> None:
    pages_store.add(make_posts(*said("kettle of tomorrow", minutes_ago=-60 * 24)))
    client = browser("viewer")
    address = waiting(client, "q=kettle&period=all")
    pages_store.add(make_posts(*said("kettle of now", minutes_ago=-60)))
    assert "1 new post" in part(client, address)


def test_above_a_hundred_the_number_is_cut_and_nothing_more_is_asked(
    browser: Browser, pages_store: PostStore, make_posts: Make
) -> None:
    pages_store.add(make_posts(*said("水壶", minutes_ago=5)))
    client = browser("viewer", language="zh-hans")
    address = waiting(client, "q=水壶")
    pages_store.add(make_posts(*said("水壶漏水", 120)))
    bar = part(client, address)
    assert "100+ 条新帖子，点击显示" in bar
    assert not WAITS.search(bar)
    assert WAITS.search(part(client, found(AGAIN, bar)))


def test_a_count_that_takes_too_long_leaves_the_bar_as_it_is(
    browser: Browser, pages_store: PostStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Slow:
        def count(self, *_: object, **__: object) -> Count:
            return Count(0, cut=True)

    monkeypatch.setattr(arrivals, "posts", Slow)
    assert browser("viewer").get("/listen/arrivals?q=kettle&from=1748736000&shown=1").status_code == 204


@pytest.mark.parametrize(
    ("address", "read"),
    [
        ({"from": "0", "shown": "3"}, Shown(datetime(1970, 1, 1, tzinfo=UTC), 3)),
        ({"from": "1772000000"}, None),
        ({"from": "-5", "shown": "1"}, None),
        ({"from": "99999999999999", "shown": "1"}, None),
        ({"from": "昨天", "shown": "1"}, None),
        ({"from": "１２", "shown": "1"}, None),
    ],
)
def test_an_address_that_a_page_did_not_write_is_nothing(address: dict[str, str], read: Shown | None) -> None:
    assert read_shown(address) == read
    assert read is None or read_shown(read.address()) == read


def test_what_cannot_be_asked_is_not_counted(browser: Browser, pages_store: PostStore) -> None:
    client = browser("viewer")
    assert client.get("/listen/arrivals?q=(kettle&from=1772000000&shown=1").status_code == 204
    assert client.get("/listen/again?q=(水壶", headers=PART).status_code == 422


def test_a_stranger_is_sent_to_the_door(client: Client, pages_store: PostStore) -> None:
    for address in ("/listen/arrivals?q=kettle&from=1772000000&shown=1", "/listen/again?q=水壶"):
        assert client.get(address).status_code == 302
