"""Listening on a NodeBB forum: down its topics and into them, what is gone, and answers."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import httpx2
import pytest
from tests.sources.network import Network, all_pages, problem_of, refusing, stopped, told
from tests.sources.nodebb.forum import FORUM, START, Forum

from outlisten.sources.connector import Page, Sent
from outlisten.sources.nodebb.client import forum_of
from outlisten.sources.nodebb.connector import NodeBB
from outlisten.sources.problems import (
    AnswerRefused,
    CredentialRefused,
    NotAllowed,
    NotThere,
    ShapeChanged,
    Throttled,
    WrongOption,
)

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


def listening(forum: Any, token: str = "", **options: object) -> NodeBB:
    secrets = {"token": token} if token else {}
    one: NodeBB = Network(forum).connector(NodeBB, {"address": f"{FORUM}/recent", **options}, secrets)  # type: ignore[dict-item]
    return one


def numbers(pages: list[Page]) -> list[int]:
    return [record["post"]["pid"] for page in pages for record in page.records]


def a_forum(topics: int = 1) -> Forum:
    forum = Forum()
    for _ in range(topics):
        forum.opens()
    return forum


@pytest.mark.parametrize(
    ("address", "forum"),
    [
        ("https://forum.example", FORUM),
        ("https://Forum.example/", FORUM),
        ("https://forum.example/category/2/闲聊", FORUM),
        ("https://forum.example/topic/9/x/3?page=2", FORUM),
        ("https://example.org/community/recent", "https://example.org/community"),
    ],
)
def test_a_forum_is_found_from_any_of_its_pages(address: str, forum: str) -> None:
    assert forum_of(address) == forum


def test_at_first_the_newest_page_comes_and_then_all_that_is_new() -> None:
    forum = a_forum(topics=5)
    for _ in range(6):
        forum.says(4, "漏水")
    connector = listening(forum)
    first = all_pages(connector)
    assert sorted(numbers(first)) == [3, 4, 5, 10, 11], "of three topics, with the first post of each"
    for topic in (1, 1, 1, 1, 2, 4):
        forum.says(topic, "新")
    forum.opens()
    second = all_pages(connector, json.loads(json.dumps(first[-1].cursor)))
    assert sorted(numbers(second)) == list(range(11, 19)), "the newest known one once more"
    assert not second[-1].more


@pytest.mark.parametrize("stop", [1, 2, 3, 5, 8])
def test_a_stop_after_any_page_loses_nothing(stop: int) -> None:
    forum = a_forum(topics=8)
    connector = listening(forum)
    cursor = all_pages(connector)[-1].cursor
    for number in range(25):
        forum.says(1 + number % 8, "新")
    taken = stopped(connector.pages(cursor), stop)
    written = forum.says(8, "meanwhile 期间")
    taken += stopped(listening(forum).pages(taken[-1].cursor), 100)
    taken += stopped(listening(forum).pages(taken[-1].cursor), 100)
    assert set(numbers(taken)) == set(range(8, written + 1)), "the newest known one once more"


def test_a_topic_that_is_taken_away_while_its_page_is_read_hides_no_other() -> None:
    forum = a_forum(topics=7)
    connector = listening(forum)
    cursor = all_pages(connector)[-1].cursor
    for topic in range(1, 8):
        forum.says(topic, "新")
    pages = connector.pages(cursor)
    taken = [next(pages), next(pages)]  # the first page of topics, and one of them read
    del forum.topics[5]
    taken += list(pages)
    assert set(numbers(taken)) == {7, 8, 9, 10, 11, 13, 14}


def test_a_busy_forum_does_not_keep_the_walk_on_its_first_page() -> None:
    forum = a_forum(topics=7)

    def busy(request: httpx2.Request) -> httpx2.Response:
        if request.url.path == "/api/recent":
            forum.says(7, "again and again")
        return forum(request)

    connector = listening(busy)
    cursor = all_pages(connector)[-1].cursor
    for topic in range(1, 7):
        forum.says(topic, "新")
    found = [page for _, page in zip(range(60), connector.pages(cursor), strict=False)]
    assert not found[-1].more
    assert {record["topic"]["tid"] for page in found for record in page.records} == set(range(1, 8))


def test_history_comes_whole_once_and_can_stop_after_every_page() -> None:
    forum = a_forum(topics=8)
    for number in range(20):
        forum.says(1 + number % 3, "回复")
    found, cursor = [], {}  # type: list[int], Any
    while page := next(listening(forum).history(cursor, LONG_AGO), None):
        found += numbers([page])
        cursor = json.loads(json.dumps(page.cursor))
    assert sorted(found) == list(range(1, 29))
    since = datetime.fromtimestamp((START + 20 * 60_001) / 1000 + 60, UTC)
    assert sorted(numbers(list(listening(forum).history({}, since)))) == list(range(21, 29))


@pytest.mark.parametrize(
    ("options", "brought"),
    [
        ({"words": "白屏"}, [1, 3]),
        ({"words": ["CRASH"]}, [2]),
        ({"words": "题目 4"}, [4]),
        ({"categories": "Comments & feedback"}, [3, 4]),
        ({"categories": "5"}, [4]),
        ({"categories": ["off-topic"], "words": "白屏"}, [1]),
    ],
)
def test_words_and_categories_choose_what_is_kept(options: dict[str, Any], brought: list[int]) -> None:
    forum = Forum()
    for text, cid in (("白屏了", 2), ("It crashes: crash!", 2), ("又白屏", 1), ("?", 5)):
        forum.opens(text, cid=cid)
    assert sorted(numbers(list(listening(forum, **options).history({}, LONG_AGO)))) == brought


def test_a_category_that_the_forum_does_not_have_is_named() -> None:
    assert isinstance(problem_of(listening(a_forum(), categories="Nowhere")), WrongOption)


def test_a_deleted_post_is_gone_and_its_topic_may_be() -> None:
    forum = a_forum(topics=2)
    forum.posts[forum.says(1, "x")]["deleted"] = 1
    pages = all_pages(listening(forum))
    assert [one for page in pages for one in page.gone] == [f"{FORUM}/post/3"]
    assert sorted(numbers(pages)) == [1, 2]


def test_posts_that_are_asked_for_again_stand_changed_or_are_gone() -> None:
    forum = a_forum(topics=3)
    forum.posts[1]["content"] = "<p>改过了</p>"
    forum.posts[2]["deleted"] = 1
    connector = listening(forum)
    stays, gone, missing = connector.again([f"{FORUM}/post/{n}" for n in (1, 2, 99)])
    assert stays.record
    assert connector.post(stays.record)["text"] == "改过了"
    assert connector.post(stays.record)["title"] == "题目 1"
    assert (gone.gone, missing.gone) == (True, True)


def test_a_forum_that_is_too_old_to_say_how_a_post_stands_deletes_nothing() -> None:
    forum = a_forum()
    forum.is_old = True
    [standing] = listening(forum).again([f"{FORUM}/post/1"])
    assert (standing.gone, standing.record) == (False, None)


def test_a_post_comes_the_same_alone_and_in_its_topic() -> None:
    forum = a_forum()
    forum.says(1, "回复", to=1)
    connector = listening(forum)
    [_, listed] = sorted(
        (connector.post(r) for p in all_pages(connector) for r in p.records), key=lambda p: p["native_id"]
    )
    [standing] = connector.again([f"{FORUM}/post/2"])
    assert standing.record
    assert connector.post(standing.record) == listed


def test_an_answer_is_found_again_before_it_is_sent_twice() -> None:
    forum = a_forum()
    connector, to = listening(forum, "good"), f"{FORUM}/post/1"
    assert connector.answered(to, "抱歉 Sorry!") is None
    sent = connector.answer(to, "抱歉 Sorry!")
    assert forum.written == [{"content": "抱歉 Sorry!", "toPid": 1}]
    assert sent == Sent(f"{FORUM}/post/2", f"{FORUM}/post/2")
    assert connector.answered(to, "抱歉  Sorry!\n") == sent
    assert connector.answered(to, "another") is None
    forum.posts[2]["uid"] = 7
    assert connector.answered(to, "抱歉 Sorry!") is None, "somebody else’s"


def test_an_answer_that_moderators_see_first_waits_in_their_queue() -> None:
    forum = a_forum()
    forum.queues = True
    sent = listening(forum, "good").answer(f"{FORUM}/post/1", "抱歉")
    assert sent.native_id == f"{FORUM}/post-queue/reply-3"


def test_an_answer_that_cannot_be_is_refused_for_its_reason() -> None:
    forum = a_forum()
    with pytest.raises(WrongOption) as found:
        listening(forum).answer(f"{FORUM}/post/1", "抱歉")
    assert "回复需要令牌" in found.value.text("zh-hans")
    with pytest.raises(AnswerRefused, match="longer post"):
        listening(forum, "good").answer(f"{FORUM}/post/1", "x")
    with pytest.raises(NotThere):
        listening(forum, "good").answer(f"{FORUM}/post/99", "抱歉")
    with pytest.raises(CredentialRefused):
        listening(forum, "withdrawn").answer(f"{FORUM}/post/1", "抱歉")
    with pytest.raises(CredentialRefused):
        listening(forum, "withdrawn").answered(f"{FORUM}/post/1", "抱歉")


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (refusing(401), CredentialRefused),
        (refusing(403), NotAllowed),
        (refusing(404), NotThere),
        (refusing(429, retry_after="7"), Throttled),
        (lambda _: told({"topics": "?"}), ShapeChanged),
        (lambda _: told([]), ShapeChanged),
    ],
)
def test_what_goes_wrong_is_told_apart(answer: Any, kind: type[Exception]) -> None:
    assert isinstance(problem_of(listening(answer)), kind)


def test_a_token_is_sent_as_a_header_alone() -> None:
    network = Network(a_forum())
    one = network.connector(NodeBB, {"address": FORUM}, {"token": "good"})
    all_pages(one)
    assert {request.headers["authorization"] for request in network.asked} == {"Bearer good"}
    assert not [request for request in network.asked if "good" in str(request.url)]
