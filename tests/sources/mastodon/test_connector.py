"""A server of the Fediverse as a source: pages, places, streams, answers, and what is gone."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import httpx2
import pytest
from tests.sources.mastodon.server import HOST, OWN, Server, event, source, status

from outlisten.sources.connector import Cursor, Page
from outlisten.sources.mastodon.client import MastodonClient
from outlisten.sources.mastodon.connector import Mastodon
from outlisten.sources.mastodon.records import Records
from outlisten.sources.mastodon.standing import standings
from outlisten.sources.problems import (
    AnswerRefused,
    CredentialRefused,
    NotAllowed,
    NotOffered,
    NotThere,
    ShapeChanged,
    Throttled,
    WrongOption,
)

TAG, PUBLIC, NOTED = "/api/v1/timelines/tag/acme", "/api/v1/timelines/public", "/api/v1/notifications"
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


def newest_first(numbers: range) -> list[dict[str, Any]]:
    return [status(number) for number in reversed(numbers)]


def numbers(pages: list[Page]) -> list[int]:
    return [int(record["status"]["id"]) for page in pages for record in page.records]


def read(one: Mastodon, cursor: Cursor | None = None) -> tuple[list[Page], Cursor]:
    pages = list(one.pages(cursor or {}))
    return pages, pages[-1].cursor


def test_the_first_time_brings_the_newest_page() -> None:
    pages, _ = read(source(Server({TAG: newest_first(range(1, 100))}), hashtags=("acme",)))
    assert numbers(pages) == list(range(99, 59, -1))
    assert not pages[-1].more


@pytest.mark.parametrize("obeys", [True, False])
def test_afterwards_every_new_post_comes_and_the_newest_known_once_more(*, obeys: bool) -> None:
    server = Server({TAG: newest_first(range(1, 31))}, obeys=obeys)
    _, cursor = read(source(server, hashtags=("acme",)))
    server.timelines[TAG] = newest_first(range(1, 61))
    pages, cursor = read(source(server, hashtags=("acme",)), cursor)
    assert set(numbers(pages)) >= set(range(31, 61))
    assert min(numbers(pages)) > 1, "the whole timeline is not read again"
    assert not pages[-1].more
    assert numbers(read(source(server, hashtags=("acme",)), cursor)[0]) == list(range(60, 40, -1))


def test_a_long_way_down_can_stop_after_every_page() -> None:
    server = Server({TAG: newest_first(range(1, 31))})
    _, cursor = read(source(server, hashtags=("acme",)))
    server.timelines[TAG] = newest_first(range(1, 301))
    found: set[int] = set()
    for _ in range(12):
        page = next(source(server, hashtags=("acme",)).pages(cursor))  # a new process every time
        cursor = page.cursor
        found |= set(numbers([page]))
        server.timelines[TAG].insert(0, status(301 + len(found)))
    assert found >= set(range(31, 301))


def test_posts_that_arrive_late_between_those_known_are_found() -> None:
    server = Server({TAG: newest_first(range(2, 90, 2))})
    _, cursor = read(source(server, hashtags=("acme",)))
    server.timelines[TAG] = [status(number) for number in sorted([*range(2, 90, 2), 71], reverse=True)]
    assert 71 in numbers(read(source(server, hashtags=("acme",)), cursor)[0])


def test_a_busy_timeline_starves_none() -> None:
    server = Server({TAG: [], PUBLIC: newest_first(range(1, 10))})
    first = source(server, hashtags=("acme",), public=True)
    _, cursor = read(first)
    server.timelines[TAG] = newest_first(range(1001, 1400))
    server.timelines[PUBLIC] = newest_first(range(1, 20))
    pages = first.pages(cursor)
    assert {int(number) > 1000 for number in numbers([next(pages), next(pages)])} == {True, False}


def test_a_hashtag_that_nobody_used_is_empty() -> None:
    pages, cursor = read(source(Server(), hashtags=("水壶",)))
    assert numbers(pages) == []
    server = Server({"/api/v1/timelines/tag/水壶": newest_first(range(1, 80))})
    assert len(numbers(read(source(server, hashtags=("水壶",)), cursor)[0])) == 79, "all of it is new"


def test_a_place_without_the_server_is_refused_and_not_taken_for_empty() -> None:
    with pytest.raises(NotThere):
        read(source(Server()))


def test_history_goes_back_to_the_day_asked_for_and_no_further() -> None:
    server = Server({PUBLIC: newest_first(range(1, 100))})
    cursor: Cursor = {}
    found = []
    for page in source(server).history({}, LONG_AGO):
        found += numbers([page])
        cursor = page.cursor
    assert found == list(range(99, 0, -1))
    assert list(source(server).history(cursor, LONG_AGO)) == []
    [page] = source(server).history({}, datetime(2026, 11, 20, tzinfo=UTC))
    assert not page.more


def test_history_goes_on_where_a_crash_left_it() -> None:
    server = Server({PUBLIC: newest_first(range(1, 100))})
    first = next(source(server).history({}, LONG_AGO))
    rest = list(source(server).history(first.cursor, LONG_AGO))
    assert numbers([first, *rest]) == list(range(99, 0, -1))


def test_a_search_asks_for_what_is_above_the_place() -> None:
    server = Server({"search:水壶 漏": newest_first(range(1, 31))})
    one = source(server, "token", words=("水壶 漏",))
    _, cursor = read(one)
    server.timelines["search:水壶 漏"] = newest_first(range(1, 35))
    assert set(numbers(read(one, cursor)[0])) >= {31, 32, 33, 34}
    assert server.asked[-1].url.params["type"] == "statuses"


def test_an_answer_is_linked_to_what_passed_by() -> None:
    answer = status(3, "答", in_reply_to_id="2")
    server = Server({PUBLIC: [answer, status(2, "问", in_reply_to_id="1"), status(1, "开头")]})
    [page] = source(server).pages({})
    first, second, third = [source(server).post(record) for record in page.records]
    assert (first["reply_to"], first["thread"]) == (second["native_id"], third["native_id"])
    assert (second["reply_to"], third["reply_to"]) == (third["native_id"], None)


def test_an_answer_to_an_unknown_post_says_only_that_it_is_one() -> None:
    server = Server({PUBLIC: [status(3, in_reply_to_id="2")]})
    [page] = source(server).pages({})
    found = source(server).post(page.records[0])
    assert (found["type"], found["reply_to"], found["thread"]) == ("reply", None, None)
    assert len(server.asked) == 1, "no request is spent on it"


def test_a_mention_brings_what_went_before_it() -> None:
    last = status(3, "@acme 还在漏", in_reply_to_id="2", mentions=[OWN])
    noted = [
        {"id": "50", "type": "mention", "status": last, "created_at": last["created_at"]},
        {"id": "49", "type": "favourite", "status": status(1), "created_at": last["created_at"]},
    ]
    before = [status(1, "漏水了"), status(2, "抱歉", account=OWN, in_reply_to_id="1")]
    server = Server({NOTED: noted}, contexts={"3": {"ancestors": before, "descendants": []}})
    one = source(server, "token", mentions=True)
    [page] = one.pages({})
    posts = {one.post(record)["text"]: one.post(record) for record in page.records}
    mention = posts["@acme 还在漏"]
    assert set(posts) == {"漏水了", "抱歉", "@acme 还在漏"}
    assert (mention["reply_to"], mention["thread"]) == (before[1]["uri"], before[0]["uri"])
    assert mention["to"] == "acme@social.example"


@pytest.mark.parametrize("chosen", [{"words": ("水壶",)}, {"mentions": True}])
def test_what_only_accounts_get_asks_for_a_token(chosen: dict[str, Any]) -> None:
    with pytest.raises(WrongOption):
        read(source(Server({PUBLIC: []}), **chosen))


@pytest.mark.parametrize(
    ("code", "problem"),
    [
        (401, CredentialRefused),
        (422, CredentialRefused),  # "This method requires an authenticated user"
        (403, NotAllowed),
        (429, Throttled),
    ],
)
def test_refusals_are_told_apart(code: int, problem: type[Exception]) -> None:
    server = Server(refuse={PUBLIC: (code, {"error": "refused"})})
    with pytest.raises(problem):
        read(source(server, "token"))


def test_another_shape_is_named_as_that() -> None:
    with pytest.raises(ShapeChanged):
        read(source(Server(refuse={PUBLIC: (200, {"unexpected": []})})))


def test_streams_bring_what_is_new_until_then_and_then_all_that_is_written() -> None:
    live = "/api/v1/streaming/hashtag"
    server = Server({TAG: newest_first(range(1, 4))})
    server.events[live] = [
        ":thump", *event("update", status(4, "漏水了")),
        *event("status.update", status(4, "不漏了", edited_at="2026-11-30T09:00:00.000Z")),
        *event("filters_changed", "undefined"), *event("delete", "4"), *event("delete", "12345"),
        *event("update", "no JSON"), ":thump",
    ]  # fmt: skip
    one = source(server, "token", hashtags=("acme",))
    pages = list(one.stream({}))
    assert numbers(pages) == [3, 2, 1, 4, 4]
    assert [one.post(page.records[-1])["text"] for page in pages if page.records][-1] == "不漏了"
    assert [gone for page in pages for gone in page.gone] == [status(4)["uri"]]


def test_a_stream_moves_the_place_so_that_polling_goes_on_after_it() -> None:
    server = Server({TAG: newest_first(range(1, 4))})
    server.events["/api/v1/streaming/hashtag"] = [
        line for number in range(4, 104) for line in event("update", status(number))
    ]
    *_, page = source(server, "token", hashtags=("acme",)).stream({})
    server.timelines[TAG] = newest_first(range(1, 105))
    pages, _ = read(source(server, "token", hashtags=("acme",)), page.cursor)
    assert numbers(pages)[0] == 104
    assert len(numbers(pages)) < 30


def test_a_mention_comes_by_the_stream_of_notifications() -> None:
    server = Server({NOTED: []})
    mention = {"id": "50", "type": "mention", "status": status(3, "@acme 请帮忙")}
    server.events["/api/v1/streaming/user/notification"] = [
        *event("notification", {"id": "49", "type": "follow"}), *event("notification", mention),
    ]  # fmt: skip
    one = source(server, "token", mentions=True)
    [record] = [record for page in one.stream({}) for record in page.records]
    assert one.post(record)["to"] == "acme@social.example"


def test_streams_may_be_on_another_host() -> None:
    about = {"configuration": {"urls": {"streaming": "wss://live.social.example"}}}
    server = Server({TAG: []}, refuse={"/api/v2/instance": (200, about)})
    server.events["/api/v1/streaming/hashtag"] = [":thump"]
    list(source(server, "token", hashtags=("acme",)).stream({}))
    assert "live.social.example" in {request.url.host for request in server.asked}


@pytest.mark.parametrize("token", ["", "token"])
def test_without_a_token_or_streams_it_says_that_it_cannot_stream(token: str) -> None:
    with pytest.raises(NotOffered):
        list(source(Server({TAG: []}), token, hashtags=("acme",)).stream({}))


def test_an_answer_names_the_author_and_goes_to_no_more_people_than_the_post() -> None:
    server = Server({PUBLIC: [status(1), status(2, visibility="direct"), status(3, visibility="unlisted")]})
    one = source(server, "token")
    for number in (1, 2, 3):
        one.answer(f"{HOST}/users/lin/statuses/{number}", "抱歉，我们来处理。")
    assert [form["visibility"] for form in server.written] == [["public"], ["direct"], ["unlisted"]]
    assert server.written[0]["status"] == ["@lin 抱歉，我们来处理。"]
    assert server.written[0]["in_reply_to_id"] == ["1"]


def test_the_same_answer_carries_the_same_key() -> None:
    server = Server({PUBLIC: [status(1)]})
    one = source(server, "token")
    for text in ("抱歉", "抱歉", "Sorry"):
        one.answer(status(1)["uri"], text)
    first, second, third = [form["key"] for form in server.written]
    assert first == second != third


def test_an_answer_that_stands_is_found_among_answers_and_among_our_own_posts() -> None:
    ours = status(
        5,
        '<span class="h-card">@<span>lin</span></span> 抱歉，<br>我们来处理。',
        account=OWN,
        in_reply_to_id="1",
    )
    theirs = status(6, "抱歉，我们来处理。", in_reply_to_id="1")
    seen = {"1": {"ancestors": [], "descendants": [theirs, ours]}}
    for server in (
        Server({PUBLIC: [status(1)], "/api/v1/accounts/7/statuses": []}, contexts=seen),
        Server({PUBLIC: [status(1)], "/api/v1/accounts/7/statuses": [ours]}),
    ):
        one = source(server, "token")
        found = one.answered(status(1)["uri"], "抱歉， 我们来处理。")
        assert found
        assert found.native_id == ours["uri"]
        assert one.answered(status(1)["uri"], "别的话") is None


def test_a_post_of_another_server_is_found_by_its_address() -> None:
    far = status(8, uri="https://far.example/notes/abc", url="https://far.example/@x/abc")
    server = Server({"search:https://far.example/notes/abc": [status(7), far]})
    source(server, "token").answer("https://far.example/notes/abc", "抱歉")
    assert server.written[0]["in_reply_to_id"] == ["8"]


def test_a_refused_answer_is_told_in_the_servers_words() -> None:
    said = {"error": "Validation failed: Text character limit of 500 exceeded"}
    server = Server({PUBLIC: [status(1)]}, refuse={"/api/v1/statuses": (422, said)})
    with pytest.raises(AnswerRefused, match="character limit of 500") as refused:
        source(server, "token").answer(status(1)["uri"], "很" * 501)
    assert "没有发出任何内容" in refused.value.text("zh-hans")


def test_without_a_token_it_asks_for_one_to_answer() -> None:
    with pytest.raises(WrongOption):
        source(Server({PUBLIC: [status(1)]})).answer(status(1)["uri"], "抱歉")


@pytest.mark.parametrize(
    ("native_id", "code", "body", "gone"),
    [
        ("https://far.example/notes/1", 404, {}, True),
        ("https://far.example/notes/2", 410, {}, True),
        ("https://far.example/notes/3", 200, {"type": "Tombstone"}, True),
        ("https://far.example/notes/4", 200, {"type": "Note"}, False),
        ("https://far.example/notes/5", 401, {}, False),  # it tells only servers that sign their request
        ("https://far.example/notes/6", 503, {}, False),
    ],
)
def test_the_server_a_post_was_written_on_says_whether_it_stands(
    native_id: str, code: int, body: dict[str, Any], *, gone: bool
) -> None:
    def far(request: httpx2.Request) -> httpx2.Response:
        assert "activity+json" in request.headers["Accept"]
        assert "Authorization" not in request.headers, "our token is for our own server"
        return httpx2.Response(code, json=body)

    one = source(far, "token")  # type: ignore[arg-type]
    assert [standing.gone for standing in one.again([native_id])] == [gone]


@pytest.mark.parametrize(("gives_many", "requests"), [(True, 3), (False, 42)])
def test_our_own_server_says_what_became_of_its_posts(*, gives_many: bool, requests: int) -> None:
    server = Server({PUBLIC: [status(number, "改过了") for number in range(1, 40)]}, gives_many=gives_many)
    one = source(server)
    *stand, gone = one.again([status(number)["uri"] for number in range(1, 41)])
    assert {one.post(found.record or {})["text"] for found in stand} == {"改过了"}
    assert gone.gone
    assert len(server.asked) == requests


def test_servers_that_do_not_answer_hold_nobody_up() -> None:
    asked: list[str] = []

    def silent(request: httpx2.Request) -> httpx2.Response:
        asked.append(str(request.url))
        raise httpx2.ConnectTimeout("silent")

    found = list(source(silent).again([f"https://gone.example/notes/{number}" for number in range(9)]))  # type: ignore[arg-type]
    assert len(asked) == 1
    assert {(one.gone, one.record) for one in found} == {(False, None)}, "silence is no deletion"


def test_asking_again_ends_before_the_lease_does() -> None:
    moments = iter(range(0, 1_000, 31))
    far = MastodonClient(source(lambda _: httpx2.Response(404)).fetcher, HOST)  # type: ignore[arg-type]
    ids = [f"https://{number}.example/notes/1" for number in range(6)]
    found = list(standings(far, Records(far), ids, clock=lambda: float(next(moments))))
    assert [one.gone for one in found] == [True, True, False, False, False, False]


def test_a_test_says_which_server_or_account_it_is() -> None:
    server = Server({PUBLIC: [status(1, "漏水了")]})
    assert source(server).welcome().account == "social.example"
    welcome = source(server, "token").welcome()
    assert welcome.account == "acme@social.example"
    assert welcome.sample[0]["text"] == "漏水了"


def test_a_test_shows_the_first_timeline_that_holds_anything() -> None:
    server = Server({TAG: [], PUBLIC: [status(1, "漏水了")]})
    welcome = source(server, hashtags=("acme",), public=True).welcome()
    assert [post["text"] for post in welcome.sample] == ["漏水了"]
