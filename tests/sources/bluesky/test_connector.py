"""Bluesky as a source: lists and their places, sessions, answers, and what is gone."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import httpx2
import pytest
from tests.sources.bluesky.service import ACME, LIN, NOW, Service, fetcher, refers, source, uri, view

from outlisten.sources.bluesky.answering import answer_to
from outlisten.sources.bluesky.connector import Bluesky
from outlisten.sources.connector import Cursor, Page
from outlisten.sources.problems import (
    AnswerRefused,
    CredentialRefused,
    NotOffered,
    NotThere,
    ShapeChanged,
    Throttled,
)

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
DAY = 24 * 60  # minutes


def newest_first(minutes: range) -> list[dict[str, Any]]:
    return [view(minute) for minute in reversed(minutes)]


def keys(pages: list[Page]) -> list[int]:
    return [int(record["view"]["uri"].rpartition("/")[2]) for page in pages for record in page.records]


def read(one: Bluesky, cursor: Cursor | None = None) -> tuple[list[Page], Cursor]:
    pages = list(one.pages(cursor or {}))
    return pages, pages[-1].cursor


def test_the_first_time_brings_the_newest_page() -> None:
    pages, _ = read(source(Service(newest_first(range(300))), words=("水壶",)))
    assert keys(pages) == list(range(299, 199, -1))
    assert not pages[-1].more


@pytest.mark.parametrize("knows_bounds", [True, False])
def test_afterwards_every_new_post_comes_once(*, knows_bounds: bool) -> None:
    service = Service(newest_first(range(300)), knows_bounds=knows_bounds)
    _, cursor = read(source(service, words=("水壶",)))
    service.views = newest_first(range(600))
    pages, cursor = read(source(service, words=("水壶",)), cursor)
    assert sorted(keys(pages)) == list(range(300, 600))
    assert not pages[-1].more
    assert keys(read(source(service, words=("水壶",)), cursor)[0]) == []


def test_a_long_way_down_can_stop_after_every_page() -> None:
    service = Service(newest_first(range(100)), deepest=300)
    _, cursor = read(source(service, words=("水壶",)))
    service.views = newest_first(range(DAY))
    found: set[int] = set()
    for _ in range(18):
        page = next(source(service, words=("水壶",)).pages(cursor))  # a new process every time
        cursor = page.cursor
        found |= set(keys([page]))
    assert found >= set(range(100, DAY))


def test_a_post_that_the_index_held_back_is_found() -> None:
    service = Service([view(minute) for minute in (60, 58, 50)])
    _, cursor = read(source(service, words=("水壶",)))
    service.views.insert(1, view(59))
    assert 59 in keys(read(source(service, words=("水壶",)), cursor)[0])


def test_history_goes_back_beyond_what_one_search_shows() -> None:
    service = Service(newest_first(range(DAY)), deepest=300)
    one = source(service, words=("水壶",))
    assert keys(list(one.history({}, LONG_AGO))) == list(range(DAY - 1, -1, -1))
    first, *_ = one.history({}, LONG_AGO)
    rest = list(source(service, words=("水壶",)).history(first.cursor, LONG_AGO))
    assert keys([first, *rest]) == list(range(DAY - 1, -1, -1))
    *_, last = rest
    assert list(one.history(last.cursor, LONG_AGO)) == []


def test_history_ends_at_the_day_asked_for() -> None:
    service = Service(newest_first(range(DAY)))
    pages = list(source(service, words=("水壶",)).history({}, datetime(2026, 11, 30, 20, tzinfo=UTC)))
    assert keys(pages) == list(range(DAY - 1, 20 * 60 - 1, -1))


def test_history_ends_where_a_service_knows_no_bounds() -> None:
    service = Service(newest_first(range(250)), knows_bounds=False)
    assert sorted(keys(list(source(service, words=("水壶",)).history({}, LONG_AGO)))) == list(range(250))


def test_what_is_written_to_us_brings_what_it_answers() -> None:
    first, ours = view(1, "漏水了"), view(2, "抱歉", author=ACME)
    asked = view(3, "还在漏", reply={"root": refers(first), "parent": refers(ours)})
    noted = [asked | {"reason": "reply"}, view(4, "赞") | {"reason": "like"}]
    one = source(Service([ours, first], notifications=noted), mentions=True)
    [page] = one.pages({})
    posts = {one.post(record)["text"]: one.post(record) for record in page.records}
    assert set(posts) == {"漏水了", "抱歉", "还在漏"}
    assert (posts["还在漏"]["reply_to"], posts["还在漏"]["thread"]) == (ours["uri"], first["uri"])
    assert posts["还在漏"]["to"] == "acme.example"


def test_a_page_of_likes_does_not_hide_the_mention_below_it() -> None:
    noted = [view(minute, "赞") | {"reason": "like"} for minute in range(300, 150, -1)]
    service = Service(notifications=[view(100, "第一") | {"reason": "mention"}])
    _, cursor = read(source(service, mentions=True))
    service.notifications = [*noted, view(140, "请帮忙") | {"reason": "mention"}, *service.notifications]
    assert 140 in keys(read(source(service, mentions=True), cursor)[0])


def test_one_sign_in_serves_many_asks_of_one_process() -> None:
    service = Service(newest_first(range(3)))
    way = fetcher(service)
    for _ in range(5):
        read(source(service, way, words=("水壶",)))
    assert service.signed_in == 1


def test_an_old_token_is_renewed_and_a_withdrawn_one_signs_in_again() -> None:
    service = Service(newest_first(range(3)))
    way = fetcher(service)
    read(source(service, way, words=("水壶",)))
    service.refuse["com.atproto.server.refreshSession"] = httpx2.Response(400, json={"error": "ExpiredToken"})
    service.tokens += 1  # the service knows neither of our tokens any more
    assert len(keys(read(source(service, way, words=("水壶",)))[0])) == 3
    assert service.signed_in == 2


def test_a_token_that_grew_old_needs_no_second_sign_in() -> None:
    service = Service(newest_first(range(3)))
    way = fetcher(service)
    one = source(service, way, words=("水壶",))
    read(one)
    expired = httpx2.Response(400, json={"error": "ExpiredToken"})
    answered = [expired]
    allowed = service._allowed
    service._allowed = lambda request, token: (
        allowed(request, token) and not (token == "access" and answered and answered.pop())
    )  # type: ignore[method-assign]
    assert len(keys(read(one)[0])) == 3
    assert (service.signed_in, service.tokens) == (1, 2)


def test_a_wrong_password_is_named_as_that() -> None:
    with pytest.raises(CredentialRefused) as refused:
        read(source(Service(), password="wrong", words=("水壶",)))
    assert refused.value.pause
    assert "wrong" not in str(refused.value)


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        (
            httpx2.Response(429, headers={"ratelimit-reset": "60"}, json={"error": "RateLimitExceeded"}),
            Throttled,
        ),
        (httpx2.Response(400, json={"error": "BadQueryString", "message": "no query"}), ShapeChanged),
        (httpx2.Response(401, json={"error": "AuthMissing"}), CredentialRefused),
        (httpx2.Response(200, json={"hits": []}), ShapeChanged),
        (httpx2.Response(200, text="<html>"), ShapeChanged),
    ],
)
def test_refusals_are_told_apart(answer: httpx2.Response, problem: type[Exception]) -> None:
    service = Service(refuse={"app.bsky.feed.searchPosts": answer})
    with pytest.raises(problem):
        read(source(service, words=("水壶",)))


def test_an_answer_names_the_post_and_the_start_of_its_conversation() -> None:
    first = view(1)
    asked = view(2, "还在漏", reply={"root": refers(first), "parent": refers(first)})
    service = Service([asked, first])
    one = source(service)
    sent = one.answer(asked["uri"], "抱歉，我们来处理。")
    record = service.records[0]["value"]
    assert record["reply"] == {"root": refers(first), "parent": refers(asked)}
    assert record["createdAt"] == "2026-11-30T12:00:00.000Z"
    assert sent.native_id == service.records[0]["uri"]
    assert sent.url == "https://bsky.app/profile/did:plc:acme/post/r0"


def test_an_answer_that_stands_is_found_by_its_words_and_its_place() -> None:
    service = Service([view(1), view(2)])
    one = source(service)
    assert one.answered(uri(1), "抱歉 Sorry") is None
    sent = one.answer(uri(1), "抱歉 Sorry")
    assert one.answered(uri(1), "抱歉  Sorry ") == sent
    assert one.answered(uri(2), "抱歉 Sorry") is None
    assert one.answered(uri(1), "别的话") is None


def test_links_and_hashtags_of_an_answer_can_be_followed() -> None:
    text = "请看 https://acme.example/help。 #水壶 ok"
    facets = answer_to(view(1), text, NOW)["facets"]
    found = [text.encode()[f["index"]["byteStart"] : f["index"]["byteEnd"]].decode() for f in facets]
    assert found == ["https://acme.example/help", "#水壶"]
    assert [facet["features"][0].get("uri") or facet["features"][0]["tag"] for facet in facets] == [
        "https://acme.example/help", "水壶",
    ]  # fmt: skip
    assert "facets" not in answer_to(view(1), "抱歉", NOW)


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("see https://a.example/x?y=1&z=2 now", "https://a.example/x?y=1&z=2"),
        ("(https://a.example/x).", "https://a.example/x"),
        ("链接：https://a.example/帮助，谢谢", "https://a.example/帮助"),
        ("http://a.example", "http://a.example"),
    ],
)
def test_a_link_ends_where_the_sentence_goes_on(text: str, link: str) -> None:
    [facet] = answer_to(view(1), text, NOW)["facets"]
    assert facet["features"][0]["uri"] == link


def test_a_refused_answer_is_told_in_the_services_words() -> None:
    said = {"error": "InvalidRequest", "message": "text must not be longer than 300 graphemes"}
    service = Service([view(1)], refuse={"com.atproto.repo.createRecord": httpx2.Response(400, json=said)})
    with pytest.raises(AnswerRefused, match="300 graphemes"):
        source(service).answer(uri(1), "很" * 301)


def test_nobody_is_answered_who_lets_nobody_answer_or_is_gone() -> None:
    service = Service([view(1, viewer={"replyDisabled": True})])
    with pytest.raises(AnswerRefused):
        source(service).answer(uri(1), "抱歉")
    with pytest.raises(NotThere):
        source(service).answer(uri(2), "抱歉")
    assert service.records == []


def test_kept_posts_are_asked_for_again_twenty_five_at_a_time() -> None:
    service = Service([view(minute, "改过了") for minute in range(40)])
    standing = list(source(service).again([uri(minute) for minute in range(60)]))
    assert [one.gone for one in standing] == [False] * 40 + [True] * 20
    asked = [len(r.url.params.get_list("uris")) for r in service.asked if "getPosts" in r.url.path]
    assert asked == [25, 25, 10]


def test_a_test_says_who_we_are_and_shows_posts() -> None:
    welcome = source(Service([view(1)]), words=("水壶",)).welcome()
    assert welcome.account == ACME["handle"]
    assert welcome.sample[0]["author_handle"] == LIN["handle"]


def test_a_test_shows_what_a_search_finds_where_nobody_wrote_to_us() -> None:
    welcome = source(Service([view(1)]), words=("水壶",), mentions=True).welcome()
    assert [post["text"] for post in welcome.sample] == ["水壶漏水了"]


def test_it_cannot_stream() -> None:
    with pytest.raises(NotOffered):
        source(Service()).stream({})
