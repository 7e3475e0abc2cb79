"""Threads as a source: everything once, stopped anywhere, and each refusal told for what it is."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from tests.sources.network import all_pages, ids, problem_of, stopped
from tests.sources.threads.service import MIDNIGHT, Service, error, media, reply, source

from outlisten.sources.connector import Cursor
from outlisten.sources.problems import (
    CredentialRefused,
    NotAllowed,
    NotThere,
    QueryRefused,
    QuotaUsedUp,
    ShapeChanged,
    SourceProblem,
    Throttled,
    Unavailable,
    WrongOption,
)

SEARCH = "keyword_search"
ANSWERS = {"mentions": "no", "answers": "yes"}


def names(*seconds: int) -> list[str]:
    return [f"m{second}l" for second in seconds]


def taken_in(service: Service, cursor: Cursor | None = None, **options: str) -> tuple[list[str], Cursor]:
    one = source(service, **options)
    pages = all_pages(one, cursor)
    return ids(one, pages), json.loads(json.dumps(pages[-1].cursor))


def test_the_first_time_brings_the_newest_page() -> None:
    found, _ = taken_in(Service([media(second) for second in range(300)]))
    assert found == names(*range(299, 199, -1))


def test_afterwards_everything_new_comes_once() -> None:
    service = Service([media(second) for second in range(50)])
    _, cursor = taken_in(service)
    service.posts += [media(second) for second in range(50, 400)]
    found, cursor = taken_in(service, cursor)
    assert sorted(found) == sorted(names(*range(50, 400)))
    assert taken_in(service, cursor)[0] == []


def test_nothing_is_lost_when_it_stops_after_any_page() -> None:
    service = Service([media(1)])
    _, cursor = taken_in(service)
    service.posts += [media(second) for second in range(2, 600)]
    found: set[str] = set()
    for run in range(12):
        one = source(service)
        [page] = stopped(one.pages(cursor), 1)
        found |= set(ids(one, [page]))
        cursor = page.cursor
        service.posts.append(media(1000 + run))
    assert found >= set(names(*range(2, 600)))


def test_a_post_that_is_listed_late_is_found() -> None:
    service = Service([media(100), media(900)])
    _, cursor = taken_in(service)
    service.posts += [media(400), media(1000)]
    assert taken_in(service, cursor)[0] == names(1000, 400)


def test_a_word_that_nobody_said_misses_nothing_of_a_burst() -> None:
    service = Service()
    _, cursor = taken_in(service)
    service.posts += [media(43_200 + second) for second in range(250)]
    assert len(taken_in(service, cursor)[0]) == 250


def test_words_tags_and_mentions_are_lists_of_their_own() -> None:
    service = Service([media(1, "水壶"), media(2, "茶壶")], mentions=[media(3, "@acme 在吗")])
    one = source(service, words="水壶", tags="#茶壶", answers="no")
    posts = [one.post(record) for page in one.pages({}) for record in page.records]
    assert [(post["native_id"], post["to"]) for post in posts] == [
        ("m1l", None),
        ("m2l", None),
        ("m3l", "acme"),
    ]
    modes = [
        dict(request.url.params).get("search_mode")
        for request in service.asked
        if "keyword" in request.url.path
    ]
    assert modes == ["KEYWORD", "TAG"]
    assert dict(service.asked[2].url.params)["q"] == "茶壶"


def test_history_goes_back_to_the_day_asked_for_and_on_where_it_stopped() -> None:
    service = Service([media(second) for second in range(0, 3600, 10)])
    since = datetime.fromtimestamp(MIDNIGHT + 600, UTC)
    found: list[str] = []
    cursor: Cursor = {}
    for _ in range(9):
        one = source(service)
        pages = stopped(one.history(cursor, since), 1)
        found += ids(one, pages)
        cursor = pages[-1].cursor if pages else cursor
    assert found == names(*range(3590, 590, -10))


def test_history_never_asks_for_what_was_before_threads() -> None:
    service = Service([media(1)])
    list(source(service).history({}, datetime(2020, 1, 1, tzinfo=UTC)))
    assert dict(service.asked[-1].url.params)["since"] == "1688540400"


def test_answers_to_our_posts_come_all_and_later_the_new_ones() -> None:
    own = media(1, "新款开售", "acme", has_replies=True)
    service = Service(
        own=[own], under={own["id"]: [reply(second, own["id"], own["id"]) for second in range(10, 160)]}
    )
    found, cursor = taken_in(service, **ANSWERS)
    assert set(found) == {own["id"], *names(*range(10, 160))}
    service.under[own["id"]] += [reply(9000, own["id"], own["id"])]
    assert taken_in(service, cursor, **ANSWERS)[0] == names(9000)


def test_answers_are_not_lost_when_it_stops_after_any_page() -> None:
    own = [media(number, "新款", "acme", has_replies=True) for number in range(3)]
    under = {
        one["id"]: [reply(second, one["id"], one["id"]) for second in range(100 * at, 100 * at + 250)]
        for at, one in enumerate(own, 1)
    }
    service = Service(own=own, under=under)
    wanted = {one["id"] for listed in under.values() for one in listed}
    found: set[str] = set()
    cursor: Cursor = {}
    for run in range(1, 12):
        one = source(service, **ANSWERS)
        pages = stopped(one.pages(cursor), run)
        found |= set(ids(one, pages))
        cursor = pages[-1].cursor
    assert found >= wanted


def test_of_many_posts_of_ours_the_older_ones_have_their_turn() -> None:
    own = [media(number, "新款", "acme", has_replies=True) for number in range(40)]
    service = Service(own=own, under={one["id"]: [] for one in own})
    cursor: Cursor = {}
    looked: list[set[str]] = []
    for _ in range(3):
        before = len(service.asked)
        _, cursor = taken_in(service, cursor, **ANSWERS)
        looked.append({path for path in service.paths[before:] if path.endswith("conversation")})
    assert [len(paths) for paths in looked] == [20, 20, 20]
    assert len(set.union(*looked)) == 40
    assert len(set.intersection(*looked)) == 8


def test_who_answers_us_is_told_from_who_answers_others() -> None:
    own = media(1, "新款", "acme", has_replies=True)
    first, ours = reply(10, own["id"], own["id"]), reply(20, "m10l", own["id"], "抱歉", "acme")
    to_us, to_others = reply(30, ours["id"], own["id"]), reply(40, "m10l", own["id"], "我也是", "mei.example")
    one = source(Service(own=[own], under={own["id"]: [first, ours, to_us, to_others]}), **ANSWERS)
    posts = {post["native_id"]: post["to"] for page in one.pages({}) for post in map(one.post, page.records)}
    assert posts == {own["id"]: None, "m10l": "acme", ours["id"]: None, "m30l": "acme", "m40m": None}


@pytest.mark.parametrize(
    ("status", "said", "kind"),
    [
        (400, error(190, "expired", error_subcode=463), CredentialRefused),
        (500, error(190, "Invalid OAuth access token"), CredentialRefused),
        (401, {}, CredentialRefused),
        (403, error(10, "Application does not have permission for this action"), NotAllowed),
        (400, error(200, "Permissions error"), NotAllowed),
        (403, error(4, "Application request limit reached"), QuotaUsedUp),
        (400, error(613, "Calls to this api have exceeded the rate limit"), QuotaUsedUp),
        (429, {}, Throttled),
        (500, error(2, "An unexpected error has occurred"), Unavailable),
        (400, error(100, "later", is_transient=True), Unavailable),
        (503, {}, Unavailable),
        (400, error(100, "Unsupported get request", error_subcode=33), NotThere),
        (400, error(100, "Invalid parameter"), QueryRefused),
        (200, error(100, "Invalid parameter"), QueryRefused),
        (200, {"data": {}}, ShapeChanged),
        (200, {"data": [{"text": "没有编号"}]}, ShapeChanged),
        (200, {"data": [{"id": "1", "text": "没有时间"}]}, ShapeChanged),
    ],
)
def test_each_refusal_is_told_for_what_it_is(status: int, said: Any, kind: type[SourceProblem]) -> None:
    told = problem_of(source(Service(refuse={SEARCH: (status, said)})))
    assert type(told) is kind
    assert "token-1" not in f"{told}{told.text('zh-hans')}{told.details}"


def test_a_token_that_has_ended_is_told_in_both_languages() -> None:
    told = problem_of(source(Service(token="token-2")))
    assert "the access token has expired" in str(told)
    assert "访问令牌已过期" in told.text("zh-hans")


def test_a_source_that_listens_for_nothing_is_told_so() -> None:
    with pytest.raises(WrongOption, match="enter words, or choose") as told:
        all_pages(source(Service(), mentions="no", answers="no"))
    assert "请填写搜索词" in told.value.text("zh-hans")


def test_a_test_says_whose_token_it_is() -> None:
    welcome = source(Service([media(1)])).welcome()
    assert welcome.account == "acme"
    assert welcome.sample[0]["text"] == "水壶漏水了"
