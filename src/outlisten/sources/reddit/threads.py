"""All comments of one post, page by page: what Reddit left out of its first answer is asked for until nothing is left.

A thread cannot be asked for what is new in it. So it is read whole each time, and what was known is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from outlisten.sources.connector import Cursor, Page
from outlisten.sources.problems import WrongOption
from outlisten.sources.reddit.client import MOST, RedditClient
from outlisten.sources.reddit.things import Tree, found, is_gone

NAMED = re.compile(r"(?:.*(?:/comments/|redd\.it/)|t3_)?([a-z0-9]{4,13})(?:[/?#].*)?", re.IGNORECASE)
LATE = 1800  # seconds by which something may turn up late, after a moderator let it through


def post_id(entered: str) -> str:
    """The id of a post, from its address, its fullname or itself. Raises WrongOption."""
    told = NAMED.fullmatch(entered.strip())
    if told is None:
        raise WrongOption(option=entered, reason="a thread is entered by the address of its post")
    return told[1].lower()


@dataclass(frozen=True, slots=True)
class Thread:
    """One post with all its comments, as a walk."""

    client: RedditClient
    post: str

    def __call__(self, cursor: Cursor) -> Iterator[Page]:
        """What is new in it since the cursor. Raises SourceProblem."""
        known: Mapping[str, int] = cursor.get("known") or {}
        walk = cursor.get("walk")
        tree = self._next(walk) if walk else self.client.thread(self.post)
        before = walk or {"top": known, "left_out": [], "cut_at": []}
        while True:
            walk = _after(before, tree)
            ended = not (walk["left_out"] or walk["cut_at"])
            kept = {"known": walk["top"]} if ended else {"known": known, "walk": walk}
            yield _page(tree, known, kept, more=not ended)
            if ended:
                return
            before, tree = walk, self._next(walk)

    def _next(self, walk: Mapping[str, Any]) -> Tree:
        if walk["left_out"]:
            return self.client.left_out(self.post, walk["left_out"][:MOST])
        under = walk["cut_at"][0]
        tree = self.client.thread(self.post, under)
        came = {f"t3_{self.post}", f"t1_{under}"}  # both stand above what is asked for
        return Tree(
            [one for one in tree.things if one["data"]["name"] not in came], tree.left_out, tree.cut_at
        )


def _after(walk: Mapping[str, Any], tree: Tree) -> dict[str, Any]:
    """The walk once a tree has come: what it was asked for is done, what it left out is still to come."""
    asked = walk["left_out"][:MOST]
    cut_at = walk["cut_at"] if asked else walk["cut_at"][1:]
    seconds = {**walk["top"], **{one.id: one.rank for one in map(found, tree.things)}}
    near = max(seconds.values(), default=0) - LATE
    done = {*asked, *walk["cut_at"][: 0 if asked else 1]}
    return {
        "top": {name: second for name, second in seconds.items() if second >= near},
        "left_out": [*walk["left_out"][MOST:], *(one for one in tree.left_out if one not in done)],
        "cut_at": [*cut_at, *(one for one in tree.cut_at if one not in done)],
    }


def _page(tree: Tree, known: Mapping[str, int], cursor: Cursor, *, more: bool) -> Page:
    near = max(known.values(), default=LATE) - LATE
    gone = [one["data"]["name"] for one in tree.things if is_gone(one)]
    new = [one for one in map(found, tree.things) if one.id not in known and one.rank >= near]
    return Page([one.record for one in new if one.id not in gone], cursor, gone, more)
