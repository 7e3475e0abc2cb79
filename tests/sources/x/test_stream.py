"""Posts of X as they are written: rules, the gap before and after, and how a stream ends."""

from __future__ import annotations

import json
from typing import Any

import httpx2
import pytest
from tests.sources.network import all_pages, ids
from tests.sources.x.service import Service, answering, mention, number, problem, source, tweet

from outlisten.sources.problems import (
    NotOffered,
    QueryRefused,
    QuotaUsedUp,
    SourceProblem,
    Throttled,
    Unavailable,
    Unreachable,
)
from outlisten.sources.x.lines import Lines

QUERY = '"水壶" -is:retweet'
STREAM = "/2/tweets/search/stream"
OUR_RULE = {"id": "r0", "value": QUERY, "tag": "outlisten: search 1"}


def line(one: dict[str, Any], *rules: str, includes: dict[str, Any] | None = None) -> str:
    matching = [{"id": rule, "tag": ""} for rule in rules]
    return json.dumps({"data": one, "includes": includes or {}, "matching_rules": matching})


def streamed(
    service: Service, cursor: dict[str, Any] | None = None, **options: str
) -> tuple[list[str], dict[str, Any]]:
    one = source(service, **options)
    pages = list(one.stream(cursor or {}))
    return ids(one, pages), json.loads(json.dumps(pages[-1].cursor))


def test_rules_become_what_the_entries_ask_for_and_those_of_others_stay() -> None:
    old = {"id": "7", "value": '"旧词"', "tag": "outlisten: search 1"}
    other = {"id": "8", "value": '"别人的"', "tag": "somebody: search 1"}
    service = Service(rules=[old, other])
    streamed(service, words="水壶", account="acme")
    assert other in service.rules
    assert {(rule["tag"], rule["value"]) for rule in service.rules if rule is not other} == {
        ("outlisten: search 1", QUERY),
        ("outlisten: mentions", "(@acme OR to:acme) -is:retweet"),
    }
    before = len([request for request in service.asked if request.method == "POST"])
    streamed(service, words="水壶", account="acme")
    assert len([request for request in service.asked if request.method == "POST"]) == before, (
        "they stand already"
    )


def test_a_rule_that_stands_under_another_name_is_used_as_it_is() -> None:
    service = Service(rules=[{"id": "8", "value": QUERY, "tag": "somebody"}], stream=[line(tweet(5), "8")])
    assert streamed(service)[0] == [str(number(5))]


def test_a_rule_that_x_does_not_take_is_told() -> None:
    def answer(request: httpx2.Request) -> httpx2.Response:
        errors = [
            problem(
                "invalid-rules",
                title="UnprocessableEntity",
                details=["bad"],
                detail="Reference to invalid operator",
            )
        ]
        return httpx2.Response(200, json={"errors": errors} if request.method == "POST" else {"meta": {}})

    with pytest.raises(QueryRefused, match="invalid operator"):
        list(source(answer).stream({}))  # type: ignore[arg-type]


def test_the_search_fills_the_gap_before_the_stream_goes_on() -> None:
    service = Service([tweet(1)], rules=[OUR_RULE], stream=[line(tweet(100), "r0")])
    found, cursor = streamed(service)
    assert found == [str(number(1)), str(number(100))]
    service.tweets += [
        tweet(100),
        *(tweet(second) for second in range(200, 400)),
    ]  # written while nobody listened
    service.stream = [line(tweet(500), "r0")]
    found, _ = streamed(service, cursor)
    assert sorted(found) == [str(number(second)) for second in [*range(200, 400), 500]]


def test_the_stream_is_open_before_the_search_is_asked() -> None:
    service = Service(rules=[OUR_RULE])
    streamed(service)
    assert service.paths.index(STREAM) < service.paths.index("/2/tweets/search/recent")


def test_a_quiet_stream_gives_empty_pages_and_keeps_its_place() -> None:
    service = Service([tweet(1)], rules=[OUR_RULE], stream=["", "", ""])
    pages = list(source(service).stream({}))
    assert len(pages[0].records) == 1
    assert pages[-1].records == []
    assert pages[-1].cursor == pages[0].cursor


def test_posts_of_other_rules_of_the_app_are_not_taken() -> None:
    service = Service(
        rules=[OUR_RULE], stream=[line(tweet(1), "r9"), line(tweet(2), "r9", "r0"), line(tweet(3))]
    )
    assert streamed(service)[0] == [str(number(2))]


def test_a_mention_in_the_stream_brings_what_it_answers() -> None:
    parent = tweet(1, "新款开售", "99")
    rules = [{"id": "m", "value": "(@acme OR to:acme) -is:retweet", "tag": "outlisten: mentions"}]
    told = line(mention(5, **answering(parent)), "m", includes={"tweets": [parent]})
    one = source(Service(rules=rules, stream=[told]), account="acme")
    posts = [one.post(record) for page in one.stream({}) for record in page.records]
    assert [post["native_id"] for post in posts] == [str(number(1)), str(number(5))]
    assert posts[1]["to"] == "acme"


def test_an_edit_arrives_under_the_first_id() -> None:
    edited = tweet(9, "改过的水壶", edit_history_tweet_ids=[str(number(1)), str(number(9))])
    assert streamed(Service(rules=[OUR_RULE], stream=[line(edited, "r0")]))[0] == [str(number(1))]


@pytest.mark.parametrize(
    "end",
    [
        json.dumps({"errors": [problem("operational-disconnect", title="operational-disconnect")]}),
        json.dumps(
            problem(
                "streaming-connection", title="ConnectionException", connection_issue="TooManyConnections"
            )
        ),
    ],
)
def test_a_stream_that_x_ends_is_over_and_not_a_failure(end: str) -> None:
    service = Service(rules=[OUR_RULE], stream=[line(tweet(1), "r0"), end])
    assert streamed(service)[0] == [str(number(1))]


def test_a_stream_that_breaks_off_is_over_and_not_a_failure() -> None:
    def broken() -> Any:
        yield f"{line(tweet(1), 'r0')}\n".encode()
        raise httpx2.ReadTimeout("silence")

    service = Service(rules=[OUR_RULE])

    def answer(request: httpx2.Request) -> httpx2.Response:
        if request.url.path == STREAM:
            return httpx2.Response(200, content=broken())
        return service(request)

    one = source(answer)  # type: ignore[arg-type]
    assert ids(one, list(one.stream({}))) == [str(number(1))]


def test_credits_that_end_in_the_stream_are_told() -> None:
    end = json.dumps({"errors": [problem("usage-capped", title="UsageCapExceeded")]})
    with pytest.raises(QuotaUsedUp):
        streamed(Service(rules=[OUR_RULE], stream=[end]))


@pytest.mark.parametrize(
    ("status", "said", "kind"),
    [
        (
            429,
            problem(
                "streaming-connection", title="ConnectionException", connection_issue="TooManyConnections"
            ),
            NotOffered,
        ),
        (403, problem("client-forbidden", title="Client Forbidden"), NotOffered),
        (429, problem("usage-capped", title="UsageCapExceeded"), QuotaUsedUp),
        (429, {}, Throttled),
        (409, problem("about:blank", title="ConnectionException", detail="no rules"), Unavailable),
        (502, {}, Unavailable),
    ],
)
def test_a_stream_that_is_refused_says_why_or_that_there_is_none(
    status: int, said: Any, kind: type[SourceProblem]
) -> None:
    with pytest.raises(kind) as told:
        streamed(Service(rules=[OUR_RULE], refuse={STREAM: (status, said)}))
    assert told.value.text("zh-hans") != str(told.value)
    assert "app-token" not in str(told.value)


def test_who_does_not_want_a_stream_is_asked_instead() -> None:
    with pytest.raises(NotOffered):
        source(Service(), words="水壶", live="no").stream({})


@pytest.mark.parametrize(("minutes", "sent"), [("5", "5"), ("", None)])
def test_a_backfill_is_asked_for_only_where_it_was_entered(minutes: str, sent: str | None) -> None:
    service = Service(rules=[OUR_RULE])
    streamed(service, words="水壶", **({"backfill": minutes} if minutes else {}))
    [asked] = [request for request in service.asked if request.url.path == STREAM]
    assert dict(asked.url.params).get("backfill_minutes") == sent


def test_a_stream_that_never_opens_is_told() -> None:
    def refuses() -> Any:
        raise Unreachable(host="api.x.com", reason="no connection")

    with pytest.raises(Unreachable), Lines(refuses, "api.x.com").opened():
        pass


def test_what_the_stream_brought_is_not_asked_for_twice() -> None:
    service = Service([tweet(1), tweet(100)], rules=[OUR_RULE], stream=[line(tweet(100), "r0")])
    _, cursor = streamed(service)
    assert ids(source(service), all_pages(source(service), cursor)) == []
