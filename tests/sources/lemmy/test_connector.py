"""Listening on a Lemmy server: pages by number and by cursor, deletions, and the refusals of its interface."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2
import pytest
from tests.sources.network import NOW, Network, all_pages, ids, problem_of, refusing, stopped, told

from outlisten.sources.lemmy.connector import Lemmy
from outlisten.sources.problems import NotAllowed, NotThere, ShapeChanged, Throttled

SERVER = "https://lemmy.example"
PERSON = {"name": "lanfeng", "actor_id": f"{SERVER}/u/lanfeng"}


class Server:
    """A server as documented: lists of fifty, newest first, by number or (`cursors`) by a cursor for posts."""

    def __init__(self, *, cursors: bool = True) -> None:
        self.cursors = cursors
        self.posts: dict[int, dict[str, Any]] = {}
        self.comments: dict[int, dict[str, Any]] = {}

    def posts_at(self, *minutes: float) -> None:
        for minute in minutes:
            number = 100 + len(self.posts)
            self.posts[number] = self._written(number, minute) | {"name": f"换屏 {number}", "url": None}

    def comments_at(self, *minutes: float) -> None:
        for minute in minutes:
            number = 900 + len(self.comments)
            self.comments[number] = self._written(number, minute) | {
                "content": "好用", "post_id": 100, "path": f"0.{number}",
            }  # fmt: skip

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        path, asked = request.url.path.removeprefix("/api/v3/"), request.url.params
        if path in {"post", "comment"}:
            return self._one(path, int(asked["id"]))
        kind = {"Posts": "posts", "Comments": "comments"}.get(asked.get("type_", "")) or (
            "posts" if path == "post/list" else "comments"
        )
        everything = getattr(self, kind).values()
        listed = [self._view(kind, one) for one in everything if kind == "comments" or not one["deleted"]]
        listed.sort(key=lambda view: view[kind[:-1]]["published"], reverse=True)
        first = int(asked["page_cursor"].removeprefix("P")) if "page_cursor" in asked else 0
        if first:
            listed = [view for view in listed if view[kind[:-1]]["id"] < first]
        page = int(asked.get("page", 1)) - 1
        views = listed[50 * page :][:50]
        answer: dict[str, Any] = {"posts": [], "comments": [], kind: views}
        if path == "post/list" and self.cursors and views:
            answer["next_page"] = f"P{views[-1]['post']['id']}"
        return told(answer)

    def _one(self, kind: str, number: int) -> httpx2.Response:
        one = getattr(self, f"{kind}s").get(number)
        if one is None:
            return told({"error": f"couldnt_find_{kind}"}, 404 if kind == "post" else 400)
        return told({f"{kind}_view": self._view(f"{kind}s", one)})

    @staticmethod
    def _written(number: int, minute: float) -> dict[str, Any]:
        published = (NOW + timedelta(minutes=minute)).isoformat().replace("+00:00", "Z")
        return {"id": number, "published": published, "deleted": False, "removed": False}

    @staticmethod
    def _view(kind: str, one: dict[str, Any]) -> dict[str, Any]:
        return {kind[:-1]: one, "creator": PERSON, "counts": {"upvotes": 1}}


def listening(network: Network, **options: object) -> Lemmy:
    return network.connector(Lemmy, {"address": f"{SERVER}/c/phones", **options})


def names(kind: str, *numbers: int) -> list[str]:
    return [f"{SERVER}/{kind}/{number}" for number in numbers]


@pytest.mark.parametrize(
    ("options", "asked"),
    [
        ({}, [("post/list", {"type_": "All"}), ("comment/list", {"type_": "All"})]),
        ({"scope": "Local", "kinds": "posts"}, [("post/list", {"type_": "Local", "sort": "New", "limit": "50"})]),
        ({"communities": "!手机@other.example", "kinds": "comments"},
         [("comment/list", {"community_name": "手机@other.example"})]),
        ({"words": ["小米", "fairphone"], "kinds": "posts"},
         [("search", {"q": "小米", "type_": "Posts", "listing_type": "All"}), ("search", {"q": "fairphone"})]),
        ({"words": "小米", "communities": ["a", "b"], "kinds": "comments"},
         [("search", {"q": "小米", "community_name": "a", "type_": "Comments"}),
          ("search", {"q": "小米", "community_name": "b"})]),
    ],
)  # fmt: skip
def test_it_asks_for_what_was_chosen(options, asked):
    network = Network(Server())
    all_pages(listening(network, **options))
    assert [path.removeprefix("/api/v3/") for path in network.paths] == [path for path, _ in asked]
    for request, (_, params) in zip(network.asked, asked, strict=True):
        assert params.items() <= dict(request.url.params).items()


@pytest.mark.parametrize("cursors", [True, False])
@pytest.mark.parametrize("stop", [1, 2, 3])
def test_a_stop_between_two_pages_loses_and_doubles_nothing(cursors, stop):
    server = Server(cursors=cursors)
    server.posts_at(-500)
    connector = listening(Network(server), kinds="posts")
    cursor = all_pages(connector)[-1].cursor
    server.posts_at(*(minute // 3 for minute in range(-1_200, -1_000)))
    taken = stopped(connector.pages(cursor), stop)
    server.posts_at(-10, -9, -8)
    taken += stopped(connector.pages(taken[-1].cursor), 100)
    taken += stopped(connector.pages(taken[-1].cursor), 100)
    assert sorted(ids(connector, taken)) == names("post", *range(101, 304))


def test_comments_page_by_number():
    server = Server()
    server.comments_at(-900)
    network = Network(server)
    connector = listening(network, kinds="comments")
    cursor = all_pages(connector)[-1].cursor
    server.comments_at(*range(-120, 0))
    assert len(ids(connector, all_pages(connector, cursor))) == 120
    assert [request.url.params["page"] for request in network.asked[1:]] == ["1", "2", "3"]


def test_what_comes_late_from_another_server_is_still_brought():
    server = Server()
    server.posts_at(-60, -5)
    connector = listening(Network(server), kinds="posts")
    cursor = all_pages(connector)[-1].cursor
    server.posts_at(-25)
    assert ids(connector, all_pages(connector, cursor)) == names("post", 102)


@pytest.mark.parametrize("field", ["deleted", "removed"])
def test_a_deleted_or_removed_comment_in_a_list_is_gone_and_no_post(field):
    server = Server()
    server.comments_at(-3, -2, -1)
    server.comments[901] |= {field: True, "content": ""}
    connector = listening(Network(server), kinds="comments")
    (page,) = all_pages(connector)
    assert list(page.gone) == names("comment", 901)
    assert ids(connector, [page]) == names("comment", 902, 900)


def test_a_whole_page_of_deleted_comments_does_not_end_the_walk():
    server = Server()
    server.comments_at(-900)
    connector = listening(Network(server), kinds="comments")
    cursor = all_pages(connector)[-1].cursor
    server.comments_at(*range(-120, 0))
    for number in range(930, 1_021):
        server.comments[number]["deleted"] = True
    assert len(ids(connector, all_pages(connector, cursor))) == 29


def test_the_history_goes_back_to_its_day_and_can_be_resumed():
    server = Server()
    server.posts_at(*range(-200, 0))
    connector = listening(Network(server), kinds="posts")
    since = NOW - timedelta(minutes=130)
    pages = stopped(connector.history({}, since), 1)
    pages += stopped(connector.history(pages[-1].cursor, since), 100)
    assert ids(connector, pages) == names("post", *range(299, 169, -1))


def test_an_empty_answer_is_an_end_and_no_problem():
    pages = all_pages(listening(Network(Server())))
    assert [list(page.records) for page in pages] == [[], []]
    assert [page.more for page in pages] == [True, False]


def test_posts_are_asked_for_again_with_what_they_say_now():
    server = Server()
    server.posts_at(-9)
    server.comments_at(-8, -7)
    server.posts[100]["name"] = "改过的标题"
    server.comments[901]["removed"] = True
    connector = listening(Network(server))
    asked = [*names("post", 100, 777), *names("comment", 900, 901, 888), "https://elsewhere.example/post/100"]
    standing = {one.native_id: one for one in connector.again(asked)}
    assert {name for name, one in standing.items() if one.gone} == {
        *names("post", 777),
        *names("comment", 901, 888),
    }
    assert connector.post(standing[f"{SERVER}/post/100"].record)["title"] == "改过的标题"
    assert "https://elsewhere.example/post/100" not in standing


@pytest.mark.parametrize(
    ("error", "problem"),
    [
        ("rate_limit_error", Throttled),
        ("couldnt_find_community", NotThere),
        ("instance_is_private", NotAllowed),
        ("something_else", ShapeChanged),
    ],
)
def test_an_error_of_the_interface_says_what_it_is(error, problem):
    met = problem_of(listening(Network(lambda _: told({"error": error}, 400))))
    assert type(met) is problem


def test_the_wait_of_a_refusal_is_kept():
    assert problem_of(listening(Network(refusing(429, retry_after="37")))).wait == 37


@pytest.mark.parametrize(
    "answer",
    [
        [],
        {},
        {"posts": [{"post": {"id": 1}}]},
        {"posts": [{"post": {"id": 1, "published": "昨天"}}]},
        {"posts": [{}]},
    ],
)
def test_an_answer_of_another_shape_is_told_as_one(answer):
    assert isinstance(problem_of(listening(Network(lambda _: told(answer)))), ShapeChanged)


def test_a_server_that_is_no_longer_one_takes_no_post_down():
    connector = listening(Network(lambda _: httpx2.Response(404, text="<h1>Not found</h1>")))
    with pytest.raises(NotThere):
        list(connector.again(names("post", 1)))


def test_a_single_post_of_another_shape_is_not_taken_for_gone():
    connector = listening(Network(lambda _: told({"post_view": None})))
    with pytest.raises(ShapeChanged):
        list(connector.again(names("post", 1)))


def test_times_without_a_zone_are_utc():
    server = Server()
    server.posts_at(0)
    server.posts[100]["published"] = "2026-12-01T12:00:00.264058"
    connector = listening(Network(server), kinds="posts")
    (page,) = all_pages(connector)
    assert connector.post(page.records[0])["created_at"] == datetime(
        2026, 12, 1, 12, 0, 0, 264058, tzinfo=UTC
    )
