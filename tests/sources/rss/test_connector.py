"""A feed as a source, on a real server: found, asked again only for what is new, moved, gone, behind a password, paged back."""

from __future__ import annotations

import json
from base64 import b64encode
from datetime import UTC, datetime

import pytest
from tests.sources.site import Asked, Says

from outlisten.sources.connector import Setting
from outlisten.sources.fetching import Fetcher, Guard, Politeness
from outlisten.sources.problems import (
    AddressRefused,
    CredentialRefused,
    NotOffered,
    NotThere,
    ShapeChanged,
    SourceProblem,
    Throttled,
)
from outlisten.sources.rss.connector import Rss

SINCE = datetime(2026, 1, 1, tzinfo=UTC)


def rss(*items: str) -> str:
    told = "".join(
        f"<item><title>{one}</title><guid isPermaLink='false'>{one}</guid></item>" for one in items
    )
    return f"<rss version='2.0'><channel><title>新闻 News</title>{told}</channel></rss>"


@pytest.fixture
def source(site, fetcher):
    """A source of the site's feed, or of another of its addresses."""

    def of(path="/feed", **secrets):
        options = {"address": site.at(path)} | ({"user": secrets.pop("user")} if "user" in secrets else {})
        return Rss(Setting(options, secrets, fetcher))

    return of


def page(source, cursor=None):
    (only,) = source.pages(cursor or {})
    return only


def titles(source, records):
    return [source.post(record)["title"] for record in records]


def test_the_first_ask_brings_the_feed_and_a_cursor_that_is_json(site, source):
    site.says("/feed", rss("一", "二"), ETag='"v1"', Last_Modified="Mon, 30 Nov 2026 00:00:00 GMT")
    one = page(source())
    assert titles(source(), one.records) == ["一", "二"]
    assert (one.more, one.gone) == (False, ())
    assert json.loads(json.dumps(one.cursor)) == one.cursor
    assert one.cursor["feed"] == site.at("/feed")
    assert "application/rss+xml" in site.asked[0].headers["accept"]


def test_an_unchanged_feed_is_asked_for_conditionally_and_brings_nothing(site, source):
    def answer(asked: Asked) -> Says:
        if asked.headers.get("if-none-match") == '"v1"':
            return Says(status=304)
        return Says(rss("一"), headers={"ETag": '"v1"', "Last-Modified": "Mon, 30 Nov 2026 00:00:00 GMT"})

    site.answers["/feed"] = answer
    first = page(source())
    second = page(source(), first.cursor)
    third = page(source(), second.cursor)
    assert (second.records, third.records) == ([], [])
    assert second.cursor == third.cursor == first.cursor
    assert site.asked[2].headers["if-modified-since"] == "Mon, 30 Nov 2026 00:00:00 GMT"


def test_a_changed_feed_brings_all_of_it_again_with_its_new_validators(site, source):
    site.says("/feed", rss("一"), ETag='"v1"')
    first = page(source())
    site.says("/feed", rss("二", "一"), ETag='"v2"')
    second = page(source(), first.cursor)
    assert titles(source(), second.records) == ["二", "一"]
    assert second.cursor["validators"] == {"If-None-Match": '"v2"'}


@pytest.mark.parametrize(("status", "then"), [(301, "/new"), (308, "/new"), (302, "/feed"), (307, "/feed")])
def test_a_feed_that_moved_for_good_is_asked_at_its_new_address(site, source, status, then):
    site.says("/feed", status=status, Location="/new")
    site.says("/new", rss("一"))
    first = page(source())
    page(source(), first.cursor)
    assert first.cursor["feed"] == site.at(then)
    assert site.paths[2] == then


def test_the_posts_of_a_moved_feed_are_the_ones_known_already(site, source):
    site.says("/feed", rss("一"))
    first = page(source())
    site.says("/feed", status=301, Location="/new")
    site.says("/new", rss("一"))
    second = page(source(), first.cursor)
    third = page(source(), second.cursor)
    assert third.cursor["feed"] == site.at("/new")
    ids = {source().post(one.records[0])["native_id"] for one in (first, second, third)}
    assert ids == {f"//{site.host}/feed#一"}


@pytest.mark.parametrize("status", [404, 410])
def test_a_feed_that_is_gone_waits_for_a_person(site, source, status):
    site.says("/feed", rss("一"))
    cursor = page(source()).cursor
    site.says("/feed", "没有了", status=status)
    with pytest.raises(NotThere) as found:
        page(source(), cursor)
    assert found.value.pause
    assert site.at("/feed") in found.value.text("zh-hans")


def test_a_feed_that_became_a_page_is_another_shape_and_keeps_its_address(site, source):
    site.says("/feed", rss("一"))
    cursor = page(source()).cursor
    site.says("/feed", "<html><body>系统维护中</body></html>", content_type="text/html")
    with pytest.raises(ShapeChanged, match="no feed") as found:
        page(source(), cursor)
    assert not found.value.pause
    assert "没有订阅源" in found.value.text("zh-hans")


def test_an_empty_answer_is_no_feed(site, source):
    site.says("/feed", rss("一"))
    cursor = page(source()).cursor
    site.says("/feed", "")
    with pytest.raises(ShapeChanged):
        page(source(), cursor)


def test_a_feed_behind_a_password_is_read_with_it_and_refused_without(site, source):
    token = b64encode("小红:口令 123".encode()).decode()

    def answer(asked: Asked) -> Says:
        if asked.headers.get("authorization") == f"Basic {token}":
            return Says(rss("内部"))
        return Says("sign in", 401, {"WWW-Authenticate": "Basic"})

    site.answers["/feed"] = answer
    with pytest.raises(CredentialRefused) as found:
        page(source())
    assert found.value.pause
    with pytest.raises(CredentialRefused):
        page(source(user="小红", password="wrong"))
    assert titles(source(), page(source(user="小红", password="口令 123")).records) == ["内部"]


def test_a_feed_that_asks_us_to_wait_says_how_long(site, source):
    site.says("/feed", "slow down", status=429, Retry_After="600")
    with pytest.raises(Throttled) as found:
        page(source())
    assert found.value.wait == 600


def test_a_private_address_is_refused(site):
    with Fetcher(politeness=Politeness(0)) as stranger, pytest.raises(AddressRefused):
        page(Rss(Setting({"address": site.at("/feed")}, fetcher=stranger)))
    assert site.asked == []


def test_a_welcome_says_which_feed_it_is_and_shows_its_first_posts(site, source):
    site.says("/feed", rss(*(f"第{n}条" for n in range(40)), ""))
    welcome = source().welcome()
    assert welcome.account == "新闻 News"
    assert [post["title"] for post in welcome.sample] == [f"第{n}条" for n in range(20)]


@pytest.mark.parametrize("act", ["stream", "again", "answer", "answered"])
def test_what_feeds_cannot_do_is_said_in_both_languages(source, act):
    arguments = {"stream": [{}], "again": [["1"]], "answer": ["1", "好"], "answered": ["1", "好"]}[act]
    with pytest.raises(NotOffered) as found:
        getattr(source(), act)(*arguments)
    assert str(found.value).startswith("Feed (RSS, Atom, JSON Feed) has no way to ")
    assert found.value.text("zh-hans").startswith("订阅源（RSS、Atom、JSON Feed） 无法")


# Paging back: RFC 5005 archives, paged feeds and JSON Feed.


def paged(*entries: tuple[str, str], older: str = "", rel: str = "prev-archive") -> str:
    """A feed of (title, day) entries that links to older ones; the ids are unique only inside the feed."""
    told = "".join(
        f"<item><title>{title}</title><guid isPermaLink='false'>{title}</guid><pubDate>{day}T00:00:00Z</pubDate></item>"
        for title, day in entries
    )
    link = f"<a:link rel='{rel}' href='{older}'/>" if older else ""
    head = "<rss version='2.0' xmlns:a='http://www.w3.org/2005/Atom'>"
    return f"{head}<channel><title>t</title>{link}{told}</channel></rss>"


@pytest.fixture
def archive(site):
    """A feed of three archived months and a current one, found from the site's page."""
    site.says("/", "<link rel='alternate' type='application/atom+xml' href='/feed'>")
    site.says("/feed", paged(("十二月", "2026-12-01"), older="/2026-11"))
    site.says("/2026-11", paged(("十一月", "2026-11-05"), older="/2026-10"))
    site.says("/2026-10", paged(("十月", "2026-10-05"), ("也在十月", "2026-10-01"), older="/2026-09"))
    site.says("/2026-09", paged(("九月", "2026-09-05")))


@pytest.mark.parametrize("path", ["/", "/feed"])
def test_history_goes_back_page_by_page_as_far_as_it_is_linked(archive, source, path):
    pages = list(source(path).history({}, SINCE))
    assert [titles(source(), one.records) for one in pages] == [["十一月"], ["十月", "也在十月"], ["九月"]]
    assert [one.more for one in pages] == [True, True, False]


def test_history_ends_where_it_is_asked_to(archive, source):
    pages = list(source().history({}, datetime(2026, 10, 3, tzinfo=UTC)))
    assert [one.more for one in pages] == [True, False]
    assert titles(source(), pages[-1].records) == ["十月", "也在十月"]


def test_history_goes_on_from_its_cursor_and_never_begins_again(archive, site, source):
    first = next(iter(source().history({}, SINCE)))
    assert json.loads(json.dumps(first.cursor)) == first.cursor
    site.asked.clear()
    rest = list(source().history(first.cursor, SINCE))
    assert site.paths == ["/2026-10", "/2026-09"]
    site.asked.clear()
    (nothing,) = source().history(rest[-1].cursor, SINCE)
    assert (nothing.records, nothing.more, site.asked) == ([], False, [])


def test_an_archived_entry_has_the_id_it_had_in_the_feed(archive, source):
    archived = source().post(next(iter(source("/").history({}, SINCE))).records[0])
    assert archived["native_id"].endswith("/feed#十一月")


def test_a_feed_without_an_archive_has_an_empty_history_that_ends(site, source):
    site.says("/feed", paged(("今天", "2026-12-01")))
    (only,) = source().history({}, SINCE)
    assert (only.records, only.more) == ([], False)


@pytest.mark.parametrize("loop", [["/a"], ["/a", "/b"], ["/a", "/b", "/c"]])
def test_an_archive_that_links_back_to_itself_ends(site, source, loop):
    site.says("/feed", paged(("今天", "2026-12-01"), older="/a"))
    for here, older in zip(loop, [*loop[1:], loop[0]], strict=True):
        site.says(here, paged((here, "2026-11-01"), older=older))
    pages = list(source().history({}, SINCE))
    assert len(pages) == len(loop)
    assert not pages[-1].more


def test_paged_feeds_and_json_feed_go_back_too(site, source):
    site.says("/feed", paged(("一", "2026-12-01"), older="/feed?page=2", rel="next"))
    site.says("/feed?page=2", paged(("二", "2026-11-01")))
    assert [titles(source(), one.records) for one in source().history({}, SINCE)] == [["二"]]
    json_feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "t",
        "items": [],
        "next_url": "/feed.json?page=2",
    }
    site.says("/feed.json", json.dumps(json_feed))
    older = {"version": json_feed["version"], "items": [{"id": "9", "title": "旧文", "content_text": "旧"}]}
    site.says("/feed.json?page=2", json.dumps(older))
    (page_two,) = source("/feed.json").history({}, SINCE)
    assert source().post(page_two.records[0])["native_id"] == f"//{site.host}/feed.json#9"


def test_an_archive_page_that_is_missing_is_told_and_its_cursor_stands(archive, site, source):
    del site.answers["/2026-10"]
    pages = source().history({}, SINCE)
    first = next(pages)
    with pytest.raises(SourceProblem):
        next(pages)
    assert first.cursor["older"] == site.at("/2026-10")


def test_an_archive_on_a_private_address_is_refused(site, other_site):
    site.says("/feed", paged(("今天", "2026-12-01"), older=other_site.at("/a")))
    guard = Guard.naming([site.host])
    with Fetcher(guard=guard, politeness=Politeness(0)) as fetcher, pytest.raises(AddressRefused):
        list(Rss(Setting({"address": site.at("/feed")}, fetcher=fetcher)).history({}, SINCE))
    assert other_site.asked == []
