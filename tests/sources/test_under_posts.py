"""What stands under posts comes whole and once, in whatever order the network gives it and wherever a run stops."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from outlisten.sources.connector import Cursor, Page
from outlisten.sources.under_posts import Topic, all_since, changed
from outlisten.sources.walking import Found, Listed

PAGE = 2


class Board:
    """A network of posts that hold comments, oldest first; a post's mark is how many it has."""

    def __init__(self, **comments: Sequence[int]) -> None:
        self.posts: dict[str, list[int]] = {name: list(seconds) for name, seconds in comments.items()}
        self.asked: list[str] = []

    def lists(self) -> Iterator[Sequence[Topic]]:
        topics = [Topic(name, str(len(under)), {"id": name}) for name, under in self.posts.items()]
        for start in range(0, len(topics), PAGE):
            yield topics[start : start + PAGE]

    def ask(self, post: str, at: Any, floor: int | None) -> Listed:
        self.asked.append(post)
        numbered = [(second, f"{post}-{number}") for number, second in enumerate(self.posts[post])]
        there = [one for one in numbered if floor is None or one[0] >= floor]
        start = at or 0
        found = [Found(second, name, {"id": name}) for second, name in there[start : start + PAGE]]
        return Listed(found, start + PAGE if start + PAGE < len(there) else None)

    def under(self, topic: Topic, cursor: Cursor) -> Iterator[Page]:
        return all_since(cursor, partial(self.ask, topic.id), late=5)

    def run(self, cursor: Cursor, stop: int = 1_000) -> tuple[list[str], Cursor]:
        names: list[str] = []
        for _, page in zip(range(stop), changed(cursor, self.lists(), self.under), strict=False):
            names += [record["id"] for record in page.records]
            cursor = json.loads(json.dumps(page.cursor))
        return names, cursor


def test_the_first_run_brings_each_post_and_all_under_it():
    names, _ = Board(甲=[1, 2, 3], b=[], c=[9]).run({})
    assert sorted(names) == sorted(["甲", "甲-0", "甲-1", "甲-2", "b", "c", "c-0"])


def test_only_posts_that_changed_are_walked_and_bring_only_what_is_new():
    board = Board(甲=[1, 2, 3], b=[1])
    _, cursor = board.run({})
    board.asked.clear()
    board.posts["甲"].append(90)
    names, cursor = board.run(cursor)
    assert (names, set(board.asked)) == (["甲", "甲-3"], {"甲"})
    assert board.run(cursor)[0] == []


def test_what_turns_up_late_within_the_stretch_is_not_lost():
    board = Board(甲=[100])
    _, cursor = board.run({})
    board.posts["甲"].append(96)
    assert board.run(cursor)[0] == ["甲", "甲-1"]


def test_a_post_that_is_listed_no_more_is_forgotten():
    board = Board(甲=[1], b=[1])
    _, cursor = board.run({})
    del board.posts["b"]
    _, cursor = board.run(cursor)
    assert list(cursor["topics"]) == ["甲"]


def test_a_post_with_nothing_to_walk_is_done():
    board = Board(甲=[1])
    pages = list(changed({}, board.lists(), lambda _topic, _cursor: iter(())))
    assert pages[-1].cursor["topics"]["甲"]["done"]
    assert not pages[-1].more


@given(
    first=st.lists(st.lists(st.integers(0, 50), max_size=6), min_size=1, max_size=4),
    runs=st.lists(st.tuples(st.integers(0, 3), st.integers(1, 6)), max_size=6),
)
def test_nothing_is_lost_by_stops_between_pages_and_nothing_under_posts_comes_twice(first, runs):
    board = Board(**{f"p{number}": sorted(seconds) for number, seconds in enumerate(first)})
    names: list[str] = []
    cursor: Cursor = {}
    second = 100
    for which, stop in [*runs, (0, 1_000), (0, 1_000)]:
        second += 10
        board.posts[f"p{which % len(first)}"].append(second)
        came, cursor = board.run(cursor, stop)
        names += came
    wanted = {f"{post}-{number}" for post, under in board.posts.items() for number in range(len(under))}
    assert wanted <= set(names)
    comments = [name for name in names if "-" in name]
    assert len(comments) == len(set(comments))
