"""Jetstream as a source, read from a small WebSocket server that sends its documented shapes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from typing import Any

import httpx2
import pytest
from tests.sources.jetstream.server import LIN, Sender, deleted, serving, written

from outlisten.sources.connector import Page, Setting
from outlisten.sources.fetching import Fetcher, Guard, Politeness
from outlisten.sources.jetstream import connector, gathered
from outlisten.sources.jetstream.connector import Jetstream
from outlisten.sources.jetstream.events import event
from outlisten.sources.jetstream.gathered import Gathered
from outlisten.sources.jetstream.mapping import microseconds
from outlisten.sources.jetstream.names import Names
from outlisten.sources.jetstream.wanted import Wanted
from outlisten.sources.problems import AddressRefused, NotOffered, SourceProblem, Throttled, Unreachable

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
NOW_US = microseconds(NOW)
SECOND = 1_000_000


@pytest.fixture(autouse=True)
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connector, "QUIET", 0.3)


@pytest.fixture
def sender() -> Iterator[Sender]:
    with serving(Sender()) as found:
        yield found


def source(sender: Sender, *words: str, **options: Any) -> Jetstream:
    fetcher = Fetcher(guard=Guard.naming(["127.0.0.1"]), politeness=Politeness(0.0))
    return Jetstream(
        Setting({"server": sender.address, "words": words or ("水壶",), **options}, {}, fetcher, NOW)
    )


def texts(one: Jetstream, pages: list[Page]) -> list[str]:
    return [one.post(record)["text"] for page in pages for record in page.records]


def test_wanted_posts_come_and_the_place_moves_with_all_others(sender: Sender) -> None:
    sender.events = [
        written(NOW_US - 30 * SECOND, "水壶漏水了"),
        written(NOW_US - 20 * SECOND, "something else"),
        written(NOW_US - 10 * SECOND, "新買的水壺"),
    ]
    one = source(sender)
    pages = list(one.pages({}))
    assert texts(one, pages) == ["水壶漏水了", "新買的水壺"]
    assert pages[-1].cursor == {"time_us": NOW_US - 10 * SECOND}
    assert not pages[-1].more


def test_it_asks_for_posts_only_and_goes_back_a_little(sender: Sender) -> None:
    list(source(sender, authors=(LIN,)).pages({"time_us": NOW_US}))
    assert sender.asked == [
        {
            "wantedCollections": ["app.bsky.feed.post"],
            "cursor": [str(NOW_US - 5 * SECOND)],
            "wantedDids": [LIN],
        }
    ]


def test_a_new_source_starts_a_minute_back(sender: Sender) -> None:
    [page] = source(sender).pages({})
    assert page.cursor == {"time_us": NOW_US - 60 * SECOND}


def test_posts_seen_by_the_servers_in_another_order_are_not_lost(sender: Sender) -> None:
    sender.events = [written(NOW_US - 10 * SECOND, "水壶一")]
    one = source(sender)
    [page] = one.pages({})
    sender.events = [written(NOW_US - 12 * SECOND, "水壶二 came late"), *sender.events]
    assert texts(one, list(one.pages(page.cursor))) == ["水壶二 came late", "水壶一"]


def test_deletions_are_told_for_every_post(sender: Sender) -> None:
    sender.events = [
        written(NOW_US - 9, "水壶", key="abc"),
        deleted(NOW_US - 8, "abc"),
        deleted(NOW_US - 7, "old"),
    ]
    [page] = source(sender).pages({})
    assert page.gone == [f"at://{LIN}/app.bsky.feed.post/{key}" for key in ("abc", "old")]


def test_much_comes_in_pages_that_each_have_their_place(
    sender: Sender, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gathered, "FULL", 100)
    sender.events = [written(NOW_US - 1000 + number, f"水壶 {number}") for number in range(250)]
    one = source(sender)
    pages = list(one.pages({}))
    assert [len(page.records) for page in pages] == [100, 100, 50]
    assert [page.more for page in pages] == [True, True, False]
    assert texts(one, list(one.pages(pages[0].cursor)))[0] == "水壶 0", "five seconds back"


@pytest.mark.parametrize(("looks_up_names", "full"), [(True, 100), (False, 20_000)])
def test_a_page_is_small_only_where_names_are_looked_up_for_it(looks_up_names: bool, full: int) -> None:
    names = Names(public({})) if looks_up_names else None
    gathering = Gathered(Wanted(["水壶"]), names, NOW_US)
    for number in range(full):
        assert not gathering.full
        gathering.take(event(json.dumps(written(NOW_US + number))))
    assert gathering.full


def test_what_was_written_after_the_ask_began_waits_for_the_next(sender: Sender) -> None:
    sender.events = [written(NOW_US + number, f"水壶 {number}") for number in range(300)]
    pages = list(source(sender).pages({}))
    assert len(pages) == 1


def test_a_stream_goes_on_and_tells_silence(sender: Sender) -> None:
    sender.events = [written(NOW_US, "水壶漏水了")]
    one = source(sender)
    pages = list(islice(one.stream({}), 3))
    assert texts(one, pages) == ["水壶漏水了"]
    assert [len(page.records) for page in pages] == [1, 0, 0]


def test_a_connection_that_ends_is_a_problem_that_mends_itself(sender: Sender) -> None:
    sender.hangs_up = True
    with pytest.raises(Unreachable) as ended:
        list(source(sender).stream({}))
    assert not ended.value.pause


def test_a_server_that_opens_no_socket_is_named(sender: Sender) -> None:
    sender.refuses = True
    with pytest.raises(SourceProblem, match=r"127\.0\.0\.1"):
        list(source(sender).pages({}))


def test_the_guard_holds_for_sockets_too(sender: Sender) -> None:
    guarded = Jetstream(
        Setting({"server": sender.address, "words": ("水壶",)}, {}, Fetcher(politeness=Politeness(0.0)), NOW)
    )
    with pytest.raises(AddressRefused):
        list(guarded.pages({}))
    assert sender.asked == []


def test_it_has_no_history_and_answers_nothing(sender: Sender) -> None:
    with pytest.raises(NotOffered):
        source(sender).history({}, NOW)
    with pytest.raises(NotOffered):
        source(sender).answer("at://x", "你好")


def public(answers: dict[str, Any], asked: list[httpx2.URL] | None = None) -> Fetcher:
    """Bluesky's public service, answering from memory."""

    def answer(request: httpx2.Request) -> httpx2.Response:
        if asked is not None:
            asked.append(request.url)
        found = answers[request.url.path.rpartition("/")[2]]
        return found if isinstance(found, httpx2.Response) else httpx2.Response(200, json=found)

    return Fetcher(transport=httpx2.MockTransport(answer), politeness=Politeness(0.0))


def test_names_are_looked_up_once_and_twenty_five_at_a_time() -> None:
    asked: list[httpx2.URL] = []
    names = Names(
        public({"app.bsky.actor.getProfiles": {"profiles": [{"did": LIN, "handle": "lin.example"}]}}, asked)
    )
    assert names.of([LIN, LIN])[LIN]["handle"] == "lin.example"
    assert names.of([LIN])[LIN]["handle"] == "lin.example"
    assert len(asked) == 1
    names.of([f"did:plc:{number}" for number in range(60)])
    assert [len(url.params.get_list("actors")) for url in asked] == [1, 25, 25, 10]


@pytest.mark.parametrize("code", [400, 429, 500])
def test_a_post_without_its_authors_name_is_better_than_none(code: int) -> None:
    assert Names(public({"app.bsky.actor.getProfiles": httpx2.Response(code, json={})})).of([LIN]) == {}


def test_kept_posts_are_asked_for_again_and_what_is_left_out_is_gone() -> None:
    view = {
        "uri": f"at://{LIN}/app.bsky.feed.post/1", "cid": "c", "indexedAt": "2026-11-30T08:00:01Z", "likeCount": 3,
        "author": {"did": LIN, "handle": "lin.example", "displayName": "林"},
        "record": {"text": "水壶漏水了", "createdAt": "2026-11-30T08:00:00Z"},
    }  # fmt: skip
    one = Jetstream(
        Setting({"words": ("水壶",)}, {}, public({"app.bsky.feed.getPosts": {"posts": [view]}}), NOW)
    )
    stands, gone = one.again([view["uri"], f"at://{LIN}/app.bsky.feed.post/2"])
    assert stands.record
    assert one.post(stands.record)["likes"] == 3
    assert one.post(stands.record)["author"] == "林"
    assert gone.gone


def test_being_asked_to_wait_is_no_deletion() -> None:
    slow = httpx2.Response(429, headers={"ratelimit-reset": "60"})
    one = Jetstream(Setting({"words": ("水壶",)}, {}, public({"app.bsky.feed.getPosts": slow}), NOW))
    with pytest.raises(Throttled):
        list(one.again([f"at://{LIN}/app.bsky.feed.post/1"]))


def test_a_handle_is_turned_into_the_account_it_names(sender: Sender) -> None:
    one = Jetstream(Setting(
        {"server": sender.address, "words": ("水壶",), "authors": ("@lin.example",)}, {},
        public({"com.atproto.identity.resolveHandle": {"did": LIN}}), NOW,
    ))  # fmt: skip
    assert f"wantedDids={LIN.replace(':', '%3A')}" in one._address(NOW_US)
