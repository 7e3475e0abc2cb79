"""X as a source: everything once, stopped anywhere, and each refusal told for what it is."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from tests.sources.network import all_pages, ids, problem_of, stopped
from tests.sources.x.service import NOW, Service, answering, mention, number, problem, source, tweet

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
)

RECENT, ARCHIVE = "/2/tweets/search/recent", "/2/tweets/search/all"
BOTH = {"words": "水壶", "account": "@acme"}


def taken_in(service: Service, cursor: Cursor | None = None, **options: str) -> tuple[list[str], Cursor]:
    one = source(service, **options)
    pages = all_pages(one, cursor)
    return ids(one, pages), pages[-1].cursor


def test_the_first_time_brings_the_newest_page() -> None:
    service = Service([tweet(second) for second in range(300)])
    found, _ = taken_in(service)
    assert found == [str(number(second)) for second in range(299, 199, -1)]
    assert len(service.asked) == 1


def test_afterwards_everything_new_comes_once() -> None:
    service = Service([tweet(second) for second in range(50)])
    _, cursor = taken_in(service)
    service.tweets += [tweet(second) for second in range(50, 400)]
    found, cursor = taken_in(service, cursor)
    assert sorted(found) == [str(number(second)) for second in range(50, 400)]
    assert taken_in(service, cursor)[0] == []


def test_nothing_is_lost_when_it_stops_after_any_page() -> None:
    service = Service([tweet(1)])
    _, cursor = taken_in(service)
    service.tweets += [tweet(second) for second in range(2, 600)]
    found: set[str] = set()
    for run in range(12):
        one = source(service)  # a new process every time
        [page] = stopped(one.pages(cursor), 1)
        found |= set(ids(one, [page]))
        cursor = page.cursor
        service.tweets.append(tweet(1000 + run))
    assert found >= {str(number(second)) for second in range(2, 600)}


def test_a_post_that_is_listed_a_little_late_is_found() -> None:
    service = Service([tweet(100), tweet(200)])
    _, cursor = taken_in(service)
    service.tweets += [tweet(170), tweet(300)]
    assert taken_in(service, cursor)[0] == [str(number(300)), str(number(170))]


def test_a_list_that_was_empty_at_first_misses_nothing_of_a_burst() -> None:
    service = Service()
    pages = all_pages(source(service))
    later = int((NOW - datetime(2026, 11, 30, tzinfo=UTC)).total_seconds())
    service.tweets += [tweet(later + second) for second in range(250)]
    found, _ = taken_in(service, json.loads(json.dumps(pages[-1].cursor)))
    assert len(found) == 250


def test_a_walk_under_way_begins_anew_when_it_is_asked_in_other_words() -> None:
    service = Service([tweet(1)])
    _, cursor = taken_in(service)
    service.tweets += [tweet(second) for second in range(2, 300)] + [tweet(298, "充电宝")]
    [page] = stopped(source(service).pages(cursor), 1)
    found, _ = taken_in(service, page.cursor, words="水壶, 充电宝")
    assert len(found) == 299


def test_after_more_than_a_week_it_asks_for_all_that_the_search_has() -> None:
    service = Service([tweet(1)])
    _, cursor = taken_in(service)
    one = source(service, now=NOW + timedelta(days=8))
    all_pages(one, cursor)
    assert ["since_id" in dict(request.url.params) for request in service.asked] == [False, False]
    all_pages(source(service), cursor)
    assert "since_id" in dict(service.asked[-1].url.params)


def test_mentions_come_with_the_posts_that_they_answer() -> None:
    parent = tweet(1, "新款开售", "99")
    service = Service([parent, mention(2, "@acme 漏水", **answering(parent), in_reply_to_user_id="99")])
    one = source(service, account="acme")
    pages = all_pages(one)
    assert ids(one, pages) == [str(number(1)), str(number(2))]
    posts = [one.post(record) for page in pages for record in page.records]
    assert posts[0]["author_handle"] == "acme"
    assert (posts[1]["to"], posts[1]["reply_to"]) == ("acme", str(number(1)))


def test_the_account_is_looked_up_once() -> None:
    service = Service([mention(1)])
    _, cursor = taken_in(service, **BOTH)
    taken_in(service, cursor, **BOTH)
    assert service.paths.count("/2/users/by/username/acme") == 1
    assert cursor["account"] == {"name": "acme", "id": "99"}


def test_an_account_that_is_not_there_is_told() -> None:
    assert isinstance(problem_of(source(Service(), account="nobody")), NotThere)


def test_history_goes_back_to_the_day_asked_for_and_on_where_it_stopped() -> None:
    service = Service([tweet(second) for second in range(0, 3600, 10)])
    since = datetime(2026, 11, 30, 0, 10, tzinfo=UTC)
    found: list[str] = []
    cursor: Cursor = {}
    for _ in range(9):
        one = source(service)
        pages = stopped(one.history(cursor, since), 1)
        found += ids(one, pages)
        cursor = pages[-1].cursor if pages else cursor
    assert found == [str(number(second)) for second in range(3590, 590, -10)]
    assert set(service.paths) == {RECENT}


@pytest.mark.parametrize(("archive", "path"), [("yes", ARCHIVE), ("no", RECENT)])
def test_history_asks_the_archive_only_where_the_level_has_it(archive: str, path: str) -> None:
    service = Service([tweet(1)])
    list(source(service, words="水壶", archive=archive).history({}, datetime(2020, 1, 1, tzinfo=UTC)))
    assert service.paths == [path]
    asked = dict(service.asked[0].url.params)
    assert asked.get("start_time") == ("2020-01-01T00:00:00Z" if archive == "yes" else None)


@pytest.mark.parametrize(
    ("status", "said", "kind"),
    [
        (401, problem("about:blank", title="Unauthorized"), CredentialRefused),
        (402, {"title": "CreditsDepleted", "detail": "no credits"}, QuotaUsedUp),
        (403, {"title": "SpendCapReached", "detail": "spend cap"}, QuotaUsedUp),
        (429, problem("usage-capped", title="UsageCapExceeded", period="Monthly"), QuotaUsedUp),
        (429, {"errors": [{"code": 88, "message": "Rate limit exceeded"}]}, Throttled),
        (403, problem("client-forbidden", title="Client Forbidden"), NotAllowed),
        (400, problem("invalid-request", detail="Ambiguous use of or"), QueryRefused),
        (404, {}, NotThere),
        (503, {}, Unavailable),
        (200, [], ShapeChanged),
        (200, {"data": [{"text": "没有编号"}]}, ShapeChanged),
    ],
)
def test_each_refusal_is_told_for_what_it_is(status: int, said: Any, kind: type[SourceProblem]) -> None:
    told = problem_of(source(Service(refuse={RECENT: (status, said)})))
    assert type(told) is kind
    assert "app-token" not in f"{told}{told.text('zh-hans')}{told.details}"


def test_it_waits_until_the_window_of_the_limit_ends() -> None:
    later = str(int(datetime.now(UTC).timestamp()) + 600)
    service = Service(refuse={RECENT: (429, {})}, headers={"x-rate-limit-reset": later})
    told = problem_of(source(service))
    assert isinstance(told, Throttled)
    assert told.wait is not None
    assert 500 < told.wait <= 600


def test_a_wrong_query_is_told_in_the_words_of_x() -> None:
    said = problem("invalid-request", title="Invalid Request", errors=[{"message": "Ambiguous use of or"}])
    told = problem_of(source(Service(refuse={RECENT: (400, said)})))
    assert "Ambiguous use of or" in str(told)
    assert "拒绝了该查询" in told.text("zh-hans")


def test_kept_posts_are_asked_for_a_hundred_at_a_time() -> None:
    service = Service([tweet(second) for second in range(150)])
    found = list(source(service).again([*(str(number(second)) for second in range(150)), "no-number"]))
    assert [one.gone for one in found] == [False] * 151
    assert [one.record is not None for one in found] == [True] * 150 + [False]
    assert len(service.asked) == 2


@pytest.mark.parametrize(
    ("why", "gone"),
    [
        ("resource-not-found", True),
        ("not-authorized-for-resource", True),
        ("about:blank", False),
        ("disallowed-resource", False),
    ],
)
def test_what_is_deleted_hidden_or_suspended_is_gone(why: str, gone: bool) -> None:
    service = Service([tweet(1), tweet(2)], hidden={str(number(2)): why})
    [stands, hidden] = source(service).again([str(number(1)), str(number(2))])
    assert (stands.gone, hidden.gone, hidden.record) == (False, gone, None)


def test_an_edited_post_comes_again_in_its_last_version_under_its_first_id() -> None:
    history = [str(number(1)), str(number(9))]
    service = Service(
        [tweet(1, edit_history_tweet_ids=history), tweet(9, "改过了", edit_history_tweet_ids=history)]
    )
    one = source(service)
    [standing] = one.again([str(number(1))])
    found = one.post(standing.record or {})
    assert (found["native_id"], found["text"]) == (str(number(1)), "改过了")
    assert found["edited_at"] == datetime(2026, 11, 30, 0, 0, 9, tzinfo=UTC)


def test_a_test_says_for_which_account_it_listens() -> None:
    welcome = source(Service([tweet(1)]), **BOTH).welcome()
    assert welcome.account == "acme"
    assert welcome.sample[0]["text"] == "水壶漏水了"
