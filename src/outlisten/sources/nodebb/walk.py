"""Walking down a forum: the topics with the latest posts first, and in each of them the newest posts first.

Topics are listed on numbered pages. One that is written to moves up, which others pass on; one that is taken away lets others
move up unseen, so that each page is asked for a second time after its topics were read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from outlisten.sources.connector import Page, Record
from outlisten.sources.nodebb.client import NodeBBClient, Part, Post
from outlisten.sources.nodebb.mapping import is_gone, moment, named

# A post may be listed a moment after one that was written later: the last minute is read again each time.
LATE = 60_000  # milliseconds
MOST_SEEN = 200  # topics


@dataclass(frozen=True, slots=True)
class Walk:
    """`floor`: older posts are known (None: only the newest page is wanted). `top` is the newest post met, `page` the next
    page of topics (None: there are no more), `queue` topics still to be read, each with its next page."""

    floor: int | None = None
    top: int = 0
    page: int | None = 1
    is_second: bool = False
    queue: tuple[tuple[str, int], ...] = ()
    seen: tuple[str, ...] = ()

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Walk:
        """From what `as_json` gave."""
        queue = tuple((str(topic), int(page)) for topic, page in kept["queue"])
        return cls(kept["floor"], kept["top"], kept["page"], kept["second"], queue, tuple(kept["seen"]))

    def as_json(self) -> dict[str, Any]:
        """To be kept with the source."""
        return {
            "floor": self.floor, "top": self.top, "page": self.page, "second": self.is_second,
            "queue": [list(one) for one in self.queue], "seen": list(self.seen),
        }  # fmt: skip

    @property
    def is_over(self) -> bool:
        return self.page is None and not self.queue

    @property
    def known(self) -> int:
        """What is older than this came before, or is not wanted."""
        return -1 if self.floor is None else self.floor - LATE


def walked(client: NodeBBClient, walk: Walk, wanted: Callable[[Post], bool]) -> Iterator[tuple[Page, Walk]]:
    """Steps until the walk is over, each with the walk after it: a page of topics brings no records, a page of posts does.

    `wanted` says which topics are read. Raises SourceProblem.
    """
    while not walk.is_over:
        if walk.queue:
            page, walk = _read(client, walk)
        else:
            page, walk = Page([], {}), _listed(client, walk, wanted)
        yield page, walk


def _listed(client: NodeBBClient, walk: Walk, wanted: Callable[[Post], bool]) -> Walk:
    """After the next page of topics: those that are new go into the queue."""
    number = walk.page or 1
    part = client.recent(number)
    times = {_mark(one): moment(one.get("lastposttime")) or 0 for one in part.items}
    fresh = [one for one in part.items if times[_mark(one)] > walk.known and _mark(one) not in walk.seen]
    is_last = number >= part.pages or any(time <= walk.known for time in times.values())
    walk = replace(
        walk, top=max([walk.top, *times.values()]), queue=tuple((str(one["tid"]), 1) for one in fresh if wanted(one)),
        seen=(*walk.seen, *map(_mark, fresh))[-MOST_SEEN:],
    )  # fmt: skip
    if walk.floor is None:
        return replace(walk, page=None)
    if fresh and not walk.is_second:
        return replace(walk, is_second=True)
    return replace(walk, page=None if is_last else number + 1, is_second=False)


def _read(client: NodeBBClient, walk: Walk) -> tuple[Page, Walk]:
    """A page of the posts of the topic at the head of the queue, and the walk after it."""
    (topic, number), *rest = walk.queue
    part = client.topic(topic, number)
    if part is None:
        return Page([], {}), replace(walk, queue=tuple(rest))
    fresh = [one for one in part.items if (moment(one.get("timestamp")) or 0) > walk.known]
    # The first post of a topic stands before the newest.
    replies = [one for one in part.items if str(one.get("pid")) != str(part.topic.get("mainPid"))]
    is_last = (
        walk.floor is None or number >= part.pages or not replies or any(one not in fresh for one in replies)
    )
    queue = tuple(rest) if is_last else ((topic, number + 1), *rest)
    return Page(_records(client, part, fresh), {}, _gone(client, part.items)), replace(walk, queue=queue)


def _records(client: NodeBBClient, part: Part, posts: Sequence[Post]) -> list[Record]:
    return [{"forum": client.forum, "topic": part.topic, "post": one} for one in posts if not is_gone(one)]


def _gone(client: NodeBBClient, posts: Sequence[Post]) -> list[str]:
    return [named(client.forum, one["pid"]) for one in posts if is_gone(one)]


def _mark(topic: Post) -> str:
    return f"{topic.get('tid')}:{topic.get('lastposttime')}"
