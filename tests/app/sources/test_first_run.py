"""The first run: type a brand, see sources fill, read what people say; and the page of a post that is gone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from html import unescape

import pytest
from django.utils import timezone

from outlisten.app.sources.models import GonePost, Source
from outlisten.app.sources.running import worker
from outlisten.app.sources.running.deletions import apply_gone
from outlisten.posts.identity import post_id
from outlisten.sources import registry
from outlisten.sources.connector import Connector, Cursor, Page, Post, Record
from outlisten.sources.manifest import Manifest
from outlisten.sources.options import Option
from outlisten.sources.rss.connector import Rss
from outlisten.sources.said import Said

pytestmark = pytest.mark.django_db
PART = {"HX-Request": "true"}
FORM = 'action="/settings/sources/listen"'


class Square(Connector):
    """A network without accounts: whoever is asked for, three people spoke of it."""

    @classmethod
    def manifest(cls) -> Manifest:
        words = {"name": "words", "kind": "words", "needed": True, "title": {"en": "Words", "zh": "词"}}
        return replace(
            Rss.manifest(), name="square", platform="square", title=Said("Square", "广场"),
            options=(Option.of(words),), listens_by_default=True,
        )  # fmt: skip

    def pages(self, cursor: Cursor) -> Iterator[Page]:
        said = [f"{word} {number}" for word in self.setting.words("words") for number in range(3)]
        yield Page([{"id": text, "text": text} for text in said], {"at": "end"})

    def post(self, record: Record) -> Post:
        return {
            "platform": "square",
            "native_id": record["id"],
            "text": record["text"],
            "created_at": timezone.now(),
        }


@pytest.fixture
def square(monkeypatch: pytest.MonkeyPatch) -> None:
    """The square is installed beside feeds."""
    monkeypatch.setattr(registry, "_loaded", lambda: ({"rss": Rss, "square": Square}, {}))


@pytest.mark.parametrize("address", ["/", "/listen/result"])
def test_where_no_post_is_kept_a_brand_can_be_typed(pages_store, browser, address):
    page = browser("analyst", language="zh-hans").get(address, headers=PART).content.decode()
    assert FORM in page
    assert "听听大家怎么说" in page


@pytest.mark.parametrize("address", ["/", "/listen/result"])
def test_who_may_not_change_sources_is_not_asked_to(pages_store, browser, address):
    page = browser("viewer").get(address, headers=PART).content.decode()
    assert "No posts yet" in page
    assert FORM not in page


@pytest.mark.parametrize("address", ["/", "/listen/result"])
def test_sources_that_listen_already_are_told_of_instead(pages_store, browser, feed, address):
    feed(next_at=timezone.now() + timedelta(days=1))
    page = browser("owner").get(address, headers=PART).content.decode()
    assert "1 source is asked." in page
    assert FORM not in page


@pytest.mark.parametrize("address", ["/", "/listen/result"])
def test_with_posts_nobody_is_asked(pages_store, make_posts, browser, address):
    pages_store.add(make_posts({"text": "queue 排队", "created_at": timezone.now()}))
    assert FORM not in browser("owner").get(address, headers=PART).content.decode()


@pytest.mark.parametrize(
    ("language", "before", "after"),
    [
        ("en", "Listening for “海港”, “Harbour Cafe”: nothing came yet.", "6 posts came for “海港”, “Harbour Cafe” so far."),
        ("zh-hans", "正在倾听“海港”、“Harbour Cafe”，还没有收到帖子。", "“海港”、“Harbour Cafe”目前已收到 6 条帖子。"),
    ],
)  # fmt: skip
def test_after_a_brand_is_typed_the_page_counts_what_comes(
    pages_store, square, browser, language, before, after
):
    client = browser("analyst", language=language)
    page = client.post(
        "/settings/sources/listen", {"words": "海港，Harbour Cafe"}, follow=True
    ).content.decode()
    assert before in page
    assert "live:posts from:body" in page
    worker.work_off()
    address = unescape(page.split('id="so-list" hx-get="')[1].split('"')[0])
    part = client.get(address, headers=PART).content.decode()
    assert after in part
    led = unescape(part.split('so-heard">')[1].split('href="')[1].split('"')[0])
    assert led == "/listen/?q=%E6%B5%B7%E6%B8%AF+OR+%22Harbour+Cafe%22"
    assert "<mark>" in client.get(led.replace("/listen/", "/listen/result"), headers=PART).content.decode()


def test_words_that_are_listened_for_already_make_no_second_source(pages_store, square, browser):
    client = browser("analyst")
    for _ in range(2):
        page = client.post("/settings/sources/listen", {"words": "海港"}, follow=True).content.decode()
    assert Source.objects.count() == 1
    assert "Those words are listened for already." in page


def test_without_a_network_that_needs_no_account_that_is_said(pages_store, browser, monkeypatch):
    monkeypatch.setattr(registry, "_loaded", lambda: ({"rss": Rss}, {}))
    page = browser("analyst").post("/settings/sources/listen", {"words": "海港"})
    assert page.status_code == 400
    assert "No network that needs no account is installed." in page.content.decode()


def test_words_that_nobody_asked_for_are_not_echoed(pages_store, browser):
    page = browser("analyst").get("/settings/sources?words=<b>unasked</b>").content.decode()
    assert "so-heard" not in page
    assert "<b>unasked" not in page


@pytest.mark.parametrize(("language", "said"), [("en", "This post is gone"), ("zh-hans", "这条帖子已不存在")])
def test_the_page_of_a_post_that_is_gone_says_when_and_by_which_source_and_nothing_else(
    pages_store, square, browser, language, said
):
    client = browser("viewer", language=language)
    source = Source.objects.create(name="广场 <b>", connector="square", options={"words": "海港"})
    worker.work_off()
    post = post_id("square", "海港 0", author=None, created_at=None, text="")
    assert client.get(f"/posts/{post}").status_code == 200
    assert apply_gone(source, ["海港 0"]) == 1
    answer = client.get(f"/posts/{post}")
    page = answer.content.decode()
    assert answer.status_code == 410
    assert said in page
    assert "<bdi>广场 &lt;b&gt;</bdi>" in page
    assert "海港 0" not in page


def test_a_gone_post_whose_source_was_deleted_still_says_when(pages_store, browser):
    GonePost.objects.create(post="0" * 16, source=None, at=timezone.now())
    answer = browser("viewer").get(f"/posts/{'0' * 16}")
    assert answer.status_code == 410
    assert "It was erased here too." in answer.content.decode()


def test_a_post_that_was_never_kept_is_not_found(pages_store, browser):
    assert browser("viewer").get(f"/posts/{'1' * 16}").status_code == 404


def test_a_stranger_learns_nothing_of_a_gone_post(pages_store, client):
    GonePost.objects.create(post="0" * 16, source=None, at=timezone.now())
    assert client.get(f"/posts/{'0' * 16}").status_code in (302, 403)
