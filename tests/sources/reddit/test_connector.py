"""Listening on Reddit: listings to their end and no further, threads whole, what is gone, answers once."""

from __future__ import annotations

import json
from base64 import b64decode
from datetime import UTC, datetime
from typing import Any

import httpx2
import pytest
from tests.sources.network import Network, all_pages, ids, problem_of, refusing, stopped, told
from tests.sources.reddit.server import ME, START, Reddit

from outlisten.sources.connector import Page
from outlisten.sources.problems import (
    AnswerRefused,
    CredentialRefused,
    NotAllowed,
    NotThere,
    ShapeChanged,
    Throttled,
    Unavailable,
    WrongOption,
)
from outlisten.sources.reddit.connector import Reddit as Connector

KEYS = {"secret": "geheim-1", "refresh_token": "geheim-2"}


def listening(network: Network, *, account: bool = True, **options: Any) -> Any:
    given = {"account": "u/acme_support", "application": "app", "subreddits": "r/Gadgets", **options}
    return network.connector(Connector, given, KEYS if account else {"secret": "geheim-1"})


def busy(posts: int, comments: int = 0) -> Reddit:
    site = Reddit()
    for second in range(posts):
        site.posts("gadgets", second * 60)
    site.lists.setdefault("r/gadgets/comments", [])
    for second in range(comments):
        site.comments("gadgets", second * 60, "t3_000000")
    return site


def test_it_asks_for_posts_and_comments_of_a_subreddit_and_says_who_it_is():
    network = Network(busy(2, 1))
    connector = listening(network)
    assert ids(connector, all_pages(connector)) == ["t3_000001", "t3_000000", "t1_000002"]
    assert network.paths[1:] == ["/r/gadgets/new", "/r/gadgets/comments"]
    agents = {request.headers["user-agent"] for request in network.asked}
    assert agents == {"server:outlisten:v0.1.0 (by /u/acme_support)"}
    assert network.asked[1].url.params["raw_json"] == "1"


@pytest.mark.parametrize(
    ("account", "form"),
    [(True, "grant_type=refresh_token&refresh_token=geheim-2"), (False, "grant_type=client_credentials")],
)
def test_the_token_is_asked_for_as_the_account_or_as_the_application_alone(account, form):
    network = Network(busy(1))
    all_pages(listening(network, account=account))
    first = network.asked[0]
    assert str(first.url) == "https://www.reddit.com/api/v1/access_token"
    assert first.content.decode() == form
    assert b64decode(first.headers["authorization"].removeprefix("Basic ")) == b"app:geheim-1"


def test_a_token_that_is_too_old_is_renewed_once_and_the_question_asked_again():
    site = busy(1)
    connector = listening(Network(site))
    all_pages(connector)
    site.good = "another"
    assert len(ids(connector, all_pages(connector))) == 1
    assert site.given == 2


@pytest.mark.parametrize("stop", [1, 2, 3, 4, 6])
def test_a_stop_between_two_pages_loses_and_doubles_nothing(stop):
    site = busy(1, 1)
    connector = listening(Network(site))
    cursor = all_pages(connector)[-1].cursor
    for second in range(100, 350):
        site.posts("gadgets", second * 60)
        site.comments("gadgets", second * 60, "t3_000000")
    taken = stopped(connector.pages(cursor), stop)
    late = site.posts("gadgets", 40_000)
    for _ in range(2):
        taken += stopped(connector.pages(json.loads(json.dumps(taken[-1].cursor))), 100)
    brought = ids(connector, taken)
    assert sorted(brought) == sorted({*site.things} - {"t3_000000", "t1_000001"})
    assert late in brought


def test_a_walk_goes_on_though_the_last_thing_of_a_page_was_deleted_meanwhile():
    site = busy(1)
    connector = listening(Network(site))
    cursor = all_pages(connector)[-1].cursor
    new = [site.posts("gadgets", second * 60) for second in range(100, 350)]
    taken = stopped(connector.pages(cursor), 1)
    last = connector.post(taken[0].records[-1])["native_id"]
    site.lists["r/gadgets/new"].remove(last)
    taken += stopped(connector.pages(taken[-1].cursor), 100)
    assert sorted(ids(connector, taken)) == sorted(new)


def test_the_history_goes_back_as_far_as_was_asked():
    connector = listening(Network(busy(450)))
    pages = list(connector.history({}, datetime.fromtimestamp(START + 200 * 60, UTC)))
    assert sorted(ids(connector, pages)) == [f"t3_{number:06d}" for number in range(200, 450)]


def test_of_subreddits_only_what_says_the_words_comes_and_the_place_is_kept_all_the_same():
    site = busy(3)
    wanted = site.posts("gadgets", 500, "华为充电宝好用")
    connector = listening(Network(site), words=["华为"])
    pages = all_pages(connector)
    assert ids(connector, pages) == [wanted]
    site.posts("gadgets", 600, "小米")
    later = site.comments("gadgets", 700, wanted, "我也买了华为")
    assert ids(connector, all_pages(connector, pages[-1].cursor)) == [later]


def test_words_alone_are_searched_for_everywhere_newest_first():
    site = Reddit()
    site.lists["search"] = []
    network = Network(site)
    all_pages(listening(network, subreddits="", words=["充电宝", "power bank"]))
    asked = [request.url.params for request in network.asked[1:]]
    assert [(one["q"], one["sort"], one["type"]) for one in asked] == [
        ('"充电宝"', "new", "link"),
        ('"power bank"', "new", "link"),
    ]


def test_what_is_written_to_the_account_names_it():
    site = busy(1)
    for path in ("message/mentions", "message/comments", "message/selfreply"):
        site.lists[path] = []
    site.comments("", 50, "t3_000000", "u/acme_support 请回复", where="message/mentions")
    connector = listening(Network(site), subreddits="", mentions="yes")
    (record,) = [one for page in all_pages(connector) for one in page.records]
    assert connector.post(record)["to"] == ME


@pytest.mark.parametrize("act", ["pages", "answer", "answered"])
def test_without_a_refresh_token_mentions_and_answers_are_refused_in_plain_words(act):
    connector = listening(Network(busy(1)), account=False, mentions="yes")
    with pytest.raises(WrongOption) as met:
        list(connector.pages({})) if act == "pages" else getattr(connector, act)("t3_000000", "好")
    assert "刷新令牌" in met.value.text("zh-hans")


def test_something_must_be_chosen():
    with pytest.raises(WrongOption):
        list(listening(Network(busy(1)), subreddits="").pages({}))


@pytest.mark.parametrize("entered", ["r/充电", "reddit.com/user/x", "a"])
def test_a_subreddit_that_cannot_be_one_is_told(entered):
    with pytest.raises(WrongOption):
        list(listening(Network(busy(1)), subreddits=entered).pages({}))


@pytest.mark.parametrize(
    "entered", ["Gadgets", "/r/gadgets/", "https://www.reddit.com/r/Gadgets/new", "reddit.com/r/gadgets"]
)
def test_a_subreddit_is_known_however_it_was_entered(entered):
    network = Network(busy(1))
    all_pages(listening(network, subreddits=entered))
    assert "/r/gadgets/new" in network.paths


def test_a_thread_comes_whole_and_then_only_what_is_new_in_it():
    site = busy(1)
    answers = [site.comments("gadgets", 10 * number, "t3_000000") for number in range(230)]
    deep = site.comments("gadgets", 3_000, answers[0])
    site.cut["t3_000000"], site.cut[answers[0]] = answers[5:], []
    connector = listening(
        Network(site), subreddits="", threads="https://www.reddit.com/r/gadgets/comments/000000/x/"
    )
    pages = all_pages(connector)
    assert sorted(ids(connector, pages)) == sorted({"t3_000000", *answers, deep})
    assert [page.more for page in pages] == [True, True, True, True, False]
    site.cut.clear()
    new = site.comments("gadgets", 4_000, deep, "新的")
    assert ids(connector, all_pages(connector, pages[-1].cursor)) == [new]


@pytest.mark.parametrize("stop", [1, 2, 3])
def test_a_stop_within_a_thread_loses_and_doubles_nothing(stop):
    site = busy(1)
    answers = [site.comments("gadgets", 10 * number, "t3_000000") for number in range(230)]
    site.cut["t3_000000"] = answers[5:]
    connector = listening(Network(site), subreddits="", threads="t3_000000")
    taken = stopped(connector.pages({}), stop)
    taken += stopped(connector.pages(taken[-1].cursor), 100)
    assert sorted(ids(connector, taken)) == sorted({"t3_000000", *answers})


def test_what_is_gone_is_told_in_listings_and_when_asked_again():
    site = busy(4)
    site.things["t3_000001"]["data"] |= {"author": "[deleted]", "selftext": "[deleted]"}
    site.things["t3_000002"]["data"] |= {"removed_by_category": "moderator", "selftext": "[removed]"}
    connector = listening(Network(site))
    page = all_pages(connector)[0]
    assert (list(page.gone), ids(connector, [page])) == (
        ["t3_000002", "t3_000001"],
        ["t3_000003", "t3_000000"],
    )
    site.things["t3_000000"]["data"] |= {"edited": START + 900.0, "title": "改过的标题"}
    del site.things["t3_000003"]
    standing = {one.native_id: one for one in connector.again([f"t3_00000{n}" for n in range(4)])}
    assert [standing[f"t3_00000{n}"].gone for n in range(4)] == [False, True, True, True]
    edited = connector.post(standing["t3_000000"].record)
    assert (edited["title"], edited["is"]) == ("改过的标题", ["edited"])


def test_a_hundred_are_asked_for_again_at_once():
    network = Network(busy(250))
    connector = listening(network)
    assert len(list(connector.again([f"t3_{n:06d}" for n in range(250)]))) == 250
    assert network.paths.count("/api/info") == 3


def test_deletions_are_found_within_the_48_hours_that_reddit_names():
    again, quietest = Connector.manifest().again, 6
    assert again is not None
    assert again.total_seconds() / 3600 + quietest < 48


def test_an_answer_is_sent_once_and_found_again():
    site = busy(1)
    site.lists[f"user/{ME}/comments"] = []
    connector = listening(Network(site))
    assert connector.answered("t3_000000", "您好，已私信您。") is None
    sent = connector.answer("t3_000000", "您好，已私信您。")
    assert sent == connector.answered("t3_000000", " 您好，已私信您。\n")
    assert sent.url == f"https://www.reddit.com/x/{sent.native_id}/"
    assert connector.answered("t3_000000", "别的") is None


@pytest.mark.parametrize(
    ("said", "status", "problem"),
    [
        ({"json": {"errors": [["THREAD_LOCKED", "Comments are locked.", "parent"]]}}, 200, AnswerRefused),
        ({"json": {"errors": [["TOO_LONG", "this is too long (max: 10000)", "text"]]}}, 200, AnswerRefused),
        ({"json": {"errors": [["RATELIMIT", "try again in 9 minutes.", "ratelimit"]], "ratelimit": 540.0}}, 200, Throttled),
        ({"json": {"errors": [], "data": {"things": []}}}, 200, ShapeChanged),
        ({"message": "Forbidden", "error": 403}, 403, AnswerRefused),
        ({}, 500, Unavailable),
    ],
)  # fmt: skip
def test_what_became_of_an_answer_is_told_apart(said, status, problem):
    site = busy(1)
    site.comment_answer = told(said, status)
    with pytest.raises(problem) as met:
        listening(Network(site)).answer("t3_000000", "好")
    assert getattr(met.value, "wait", None) == (540 if problem is Throttled else None)


def test_a_right_that_the_token_lacks_is_no_closed_thread():
    site = busy(1)
    site.comment_answer = told({}, 403, www_authenticate='Bearer realm="reddit", error="insufficient_scope"')
    with pytest.raises(NotAllowed):
        listening(Network(site)).answer("t3_000000", "好")


def test_a_private_subreddit_keeps_back_no_other_and_is_told():
    connector = listening(Network(busy(2)), subreddits=["r/verboten", "r/gadgets"])
    brought: list[Page] = []
    with pytest.raises(NotAllowed):
        brought.extend(connector.pages({}))
    assert ids(connector, brought) == ["t3_000001", "t3_000000"]


def test_a_subreddit_that_never_was_is_not_there():
    def leading_away(request: httpx2.Request) -> httpx2.Response:
        if request.url.path == "/api/v1/access_token":
            return told({"access_token": "t"})
        if request.url.path.startswith("/r/"):
            return httpx2.Response(
                302, headers={"location": "https://oauth.reddit.com/subreddits/search?q=gadgets"}
            )
        return told({"kind": "Listing", "data": {"children": [], "after": None}})

    assert isinstance(problem_of(listening(Network(leading_away))), NotThere)


@pytest.mark.parametrize(
    ("answer", "status"),
    [({"error": "invalid_grant"}, 200), ({"error": 401}, 401), ({"message": "Bad Request", "error": 400}, 400)],
)  # fmt: skip
def test_credentials_that_are_refused_are_told_without_them(answer, status):
    met = problem_of(listening(Network(lambda _: told(answer, status))))
    assert isinstance(met, CredentialRefused)
    assert "geheim" not in f"{met} {met.text('zh-hans')}"


def test_a_token_that_is_refused_though_it_is_new_is_a_matter_of_the_credentials():
    def refused(request: httpx2.Request) -> httpx2.Response:
        return told({"access_token": "t"}) if request.method == "POST" else told({}, 401)

    assert isinstance(problem_of(listening(Network(refused))), CredentialRefused)


@pytest.mark.parametrize(("reset", "rests", "wait"), [("20", [20.0], None), ("480", [], 480.0)])
def test_a_used_up_window_is_waited_out_or_ends_the_run(monkeypatch, reset, rests, wait):
    site = busy(1)
    site.headers = {"x-ratelimit-remaining": "0.0", "x-ratelimit-used": "1000", "x-ratelimit-reset": reset}
    connector = listening(Network(site))
    rested: list[float] = []
    monkeypatch.setattr(connector.fetcher, "rest", lambda _, seconds: rested.append(seconds))
    if wait is None:
        all_pages(connector)
        assert rested == rests * 2
    else:
        met = problem_of(connector)
        assert (type(met), met.wait, rested) == (Throttled, wait, rests)


def test_the_wait_of_a_refusal_is_kept():
    assert problem_of(listening(Network(refusing(429, retry_after="37")))).wait == 37


@pytest.mark.parametrize(
    "answer",
    [
        [],
        {},
        {"data": {"children": None}},
        {"data": {"children": [{"kind": "t3", "data": {"name": "t3_1"}}]}},
    ],
)
def test_an_answer_of_another_shape_is_told_as_one(answer):
    def other(request: httpx2.Request) -> httpx2.Response:
        return told({"access_token": "t"}) if request.method == "POST" else told(answer)

    assert isinstance(problem_of(listening(Network(other))), ShapeChanged)


def test_the_welcome_names_the_account_and_shows_the_newest():
    welcome = listening(Network(busy(3))).welcome()
    assert (welcome.account, len(welcome.sample)) == (ME, 3)
