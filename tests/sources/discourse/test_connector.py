"""Listening on a forum: by ids downwards on old and new versions, by words and categories, and what is gone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2
import pytest
from tests.sources.network import NOW, Network, all_pages, fixture, ids, problem_of, refusing, stopped, told

from outlisten.sources.discourse.client import forum_of
from outlisten.sources.discourse.connector import Discourse
from outlisten.sources.problems import CredentialRefused, NotAllowed, NotThere, ShapeChanged, WrongOption

FORUM = "https://forum.example"
SAMPLE = fixture(__file__, "posts-2026-12-01")[0]["post"]
CATEGORIES = [
    {"id": 4, "name": "反馈", "slug": "feedback"},
    {"id": 5, "name": "Bugs", "slug": "bugs", "parent_category_id": 4},
    {"id": 6, "name": "Off topic", "slug": "off-topic"},
]


class Forum:
    """A forum as its description and its code say: the newest below `before`; older versions look at fifty ids."""

    def __init__(self, *, is_old: bool = False) -> None:
        self.is_old = is_old
        self.posts: dict[int, dict[str, Any]] = {}

    def write(self, *numbers: int, **fields: Any) -> None:
        for number in numbers:
            written = (NOW + timedelta(minutes=number - 10_000)).isoformat()
            self.posts[number] = SAMPLE | {
                "id": number, "topic_id": number, "created_at": written, "updated_at": written, "version": 1,
                "topic_title": f"题目 {number}", "post_url": f"/t/x/{number}/1",
            } | fields  # fmt: skip

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        path, asked = request.url.path, request.url.params
        if path == "/posts.json":
            return told({"latest_posts": self._latest(int(asked.get("before", 0)))})
        if path == "/site.json":
            return told({"categories": CATEGORIES})
        if path == "/search.json":
            return self._search(asked["q"], int(asked["page"]))
        number = int(path.removesuffix(".json").split("/")[-2 if "by_number" in path else -1])
        if number not in self.posts:
            return told({"errors": ["没有"], "error_type": "not_found"}, 404)
        post = self.posts[number]
        if "by_number" in path:
            return told(post)
        return told({"title": post["topic_title"], "post_stream": {"posts": [post]}})

    def _latest(self, before: int) -> list[dict[str, Any]]:
        if self.is_old:
            top = before or max(self.posts, default=0)
            below = [number for number in self.posts if top - 50 < number <= top]
        else:
            below = [number for number in self.posts if not before or number < before]
        return [self.posts[number] for number in sorted(below, reverse=True)[:50]]

    def _search(self, asked: str, page: int) -> httpx2.Response:
        word = asked.split(maxsplit=1)[0]
        hits = [post for post in self.posts.values() if word in post["topic_title"] + post["cooked"]]
        hits = sorted(hits, key=lambda post: post["id"], reverse=True)
        found = [{name: post[name] for name in ("id", "topic_id", "post_number")} for post in hits]
        more = True if len(found) > 50 * page else None
        return told(
            {
                "posts": found[50 * (page - 1) : 50 * page],
                "grouped_search_result": {"more_full_page_results": more},
            }
        )


def listening(network: Network, secrets: dict[str, str] | None = None, **options: object) -> Discourse:
    return network.connector(Discourse, {"address": f"{FORUM}/latest", **options}, secrets)


def names(*numbers: int) -> list[str]:
    return [f"{FORUM}/t/{number}/1" for number in numbers]


@pytest.mark.parametrize(
    ("address", "forum"),
    [
        ("https://forum.example", FORUM),
        ("https://Forum.example/", FORUM),
        ("https://forum.example/c/反馈/4", FORUM),
        ("https://forum.example/t/topic/812/3?u=x", FORUM),
        ("https://example.org/community/latest", "https://example.org/community"),
    ],
)
def test_a_forum_is_found_from_any_of_its_pages(address, forum):
    assert forum_of(address) == forum


def test_at_first_the_newest_fifty_come_and_then_only_what_is_new():
    forum = Forum()
    forum.write(*range(1_000, 1_200))
    connector = listening(Network(forum))
    (first,) = all_pages(connector)
    assert ids(connector, [first]) == names(*range(1_199, 1_149, -1))
    forum.write(1_200, 1_201)
    (second,) = all_pages(connector, first.cursor)
    assert ids(connector, [second]) == names(1_201, 1_200)


@pytest.mark.parametrize("is_old", [False, True])
@pytest.mark.parametrize("stop", [1, 2, 4])
def test_a_stop_between_two_pages_loses_and_doubles_nothing(is_old, stop):
    forum = Forum(is_old=is_old)
    forum.write(1_000)
    connector = listening(Network(forum))
    cursor = all_pages(connector)[-1].cursor
    forum.write(*range(1_001, 1_100), *range(1_400, 1_500))  # three hundred ids between are private messages
    taken = stopped(connector.pages(cursor), stop)
    forum.write(1_500)
    taken += stopped(connector.pages(taken[-1].cursor), 100)
    taken += stopped(connector.pages(taken[-1].cursor), 100)
    assert sorted(ids(connector, taken)) == names(*range(1_001, 1_100), *range(1_400, 1_501))


@pytest.mark.parametrize(
    ("options", "brought"),
    [
        ({"words": "白屏"}, [3, 1]),
        ({"words": ["crash", "WHITE screen"]}, [4, 2]),
        ({"categories": "反馈"}, [3, 2, 1]),
        ({"categories": "feedback", "words": "白屏"}, [3, 1]),
        ({"categories": "Off topic"}, [4]),
    ],
)
def test_words_and_categories_choose_what_is_kept(options, brought):
    forum = Forum()
    forum.write(1, topic_title="白屏")
    forum.write(2, topic_title="x", cooked="<p>white screen!</p>")
    forum.write(3, topic_title="x", cooked="<p>又白屏了</p>", category_id=5)
    forum.write(4, topic_title="A crash", cooked="<p>?</p>", category_id=6)
    connector = listening(Network(forum), **options)
    assert ids(connector, all_pages(connector)) == names(*brought)


def test_a_word_that_is_only_quoted_is_not_said():
    forum = Forum()
    forum.write(
        1, topic_title="x", cooked='<aside class="quote"><blockquote>白屏</blockquote></aside><p>好了</p>'
    )
    connector = listening(Network(forum), words="白屏")
    assert not ids(connector, all_pages(connector))


def test_an_unknown_category_is_told_as_one():
    assert isinstance(problem_of(listening(Network(Forum()), categories="没有")), WrongOption)


@pytest.mark.parametrize(
    "field", [{"user_deleted": True}, {"deleted_at": "2026-11-30T08:00:00Z"}, {"hidden": True}]
)
def test_a_post_that_was_deleted_or_hidden_is_gone_and_no_post(field):
    forum = Forum()
    forum.write(1, 3)
    forum.write(2, **field)
    connector = listening(Network(forum))
    (page,) = all_pages(connector)
    assert list(page.gone) == names(2)
    assert ids(connector, [page]) == names(3, 1)


@pytest.mark.parametrize("is_old", [False, True])
def test_the_history_goes_back_to_its_day_and_can_be_resumed(is_old):
    forum = Forum(is_old=is_old)
    forum.write(*range(5_000, 5_100), *range(5_300, 5_400))
    connector = listening(Network(forum))
    since = NOW + timedelta(minutes=5_050 - 10_000)
    pages = stopped(connector.history({}, since), 2)
    pages += stopped(connector.history(pages[-1].cursor, since), 100)
    assert ids(connector, pages) == names(*range(5_399, 5_299, -1), *range(5_099, 5_049, -1))
    assert not list(connector.history(pages[-1].cursor, since))


def test_the_history_of_an_empty_forum_ends():
    network = Network(Forum())
    connector = listening(network)
    assert not ids(connector, list(connector.history({}, datetime(2020, 1, 1, tzinfo=UTC))))
    assert len(network.asked) < 30


def test_the_history_of_words_is_searched_and_each_hit_read_whole():
    forum = Forum()
    forum.write(*range(7_000, 7_060), topic_title="白屏", cooked="<p>长文</p>")
    forum.write(7_100, cooked="<p>别的</p>")
    network = Network(forum)
    connector = listening(network, words="白屏", categories="bugs")
    pages = list(connector.history({}, NOW + timedelta(minutes=7_005 - 10_000)))
    assert sorted(ids(connector, pages)) == names(*range(7_005, 7_060))
    searched = [request for request in network.asked if request.url.path == "/search.json"]
    assert [request.url.params["q"] for request in searched] == ["白屏 #bugs order:latest"] * 2


def test_a_hit_of_another_shape_is_told_as_one():
    answer = {"posts": [{"id": 1}], "grouped_search_result": {}}
    connector = listening(Network(lambda _: told(answer)), words="白屏")
    with pytest.raises(ShapeChanged):
        list(connector.history({}, NOW))


def test_an_empty_answer_is_an_end_and_no_problem():
    (page,) = all_pages(listening(Network(Forum())))
    assert (list(page.records), page.more) == ([], False)


def test_posts_are_asked_for_again_with_title_and_text_as_they_are_now():
    forum = Forum()
    forum.write(1, topic_title="改过的题目")
    forum.write(2, post_number=3)
    connector = listening(Network(forum))
    asked = [
        f"{FORUM}/t/1/1",
        f"{FORUM}/t/2/3",
        f"{FORUM}/t/9/1",
        f"{FORUM}/t/9/2",
        "https://else.example/t/1/1",
    ]
    standing = {one.native_id: one for one in connector.again(asked)}
    assert {name for name, one in standing.items() if one.gone} == {f"{FORUM}/t/9/1", f"{FORUM}/t/9/2"}
    assert connector.post(standing[f"{FORUM}/t/1/1"].record)["title"] == "改过的题目"
    assert connector.post(standing[f"{FORUM}/t/2/3"].record)["native_id"] == f"{FORUM}/t/2/3"
    assert "https://else.example/t/1/1" not in standing


@pytest.mark.parametrize(
    ("status", "error", "key", "outcome"),
    [
        (404, {"error_type": "not_found"}, "", True),
        (403, {"error_type": "invalid_access"}, "", True),
        (403, {"error_type": "invalid_access"}, "withdrawn", CredentialRefused),
        (403, {"error_type": "not_logged_in"}, "", NotAllowed),
        (404, {}, "", NotThere),
        (200, {"error": "odd"}, "", ShapeChanged),
    ],
)
def test_only_what_the_forum_itself_says_counts_as_gone(status, error, key, outcome):
    connector = listening(Network(lambda _: told(error, status)), {"api_key": key})
    if outcome is True:
        assert [one.gone for one in connector.again(names(1))] == [True]
    else:
        with pytest.raises(outcome):
            list(connector.again(names(1)))


def test_a_page_of_a_proxy_takes_no_post_down():
    connector = listening(Network(lambda _: httpx2.Response(404, text="<h1>404</h1>")))
    with pytest.raises(NotThere):
        list(connector.again(names(1)))


def test_a_key_is_sent_with_its_account_and_told_to_nobody():
    network = Network(refusing(403))
    problem = problem_of(listening(network, {"api_key": "geheim"}, api_username="reader"))
    assert network.asked[0].headers["api-key"] == "geheim"
    assert network.asked[0].headers["api-username"] == "reader"
    assert isinstance(problem, CredentialRefused)
    assert "geheim" not in f"{problem} {problem.text('zh-hans')}"


def test_the_wait_of_a_refusal_is_kept():
    assert problem_of(listening(Network(refusing(429, retry_after="37")))).wait == 37


@pytest.mark.parametrize(
    "answer",
    [
        [],
        {},
        {"latest_posts": [{"id": 1}]},
        {"latest_posts": [SAMPLE | {"created_at": None}]},
        {"latest_posts": "无"},
    ],
)
def test_an_answer_of_another_shape_is_told_as_one(answer):
    assert isinstance(problem_of(listening(Network(lambda _: told(answer)))), ShapeChanged)
