"""What Reddit calls things: posts (t3) and comments (t1), in listings and in trees.

https://www.reddit.com/dev/api/ and https://github.com/reddit-archive/reddit/wiki/JSON
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from outlisten.sources.problems import ShapeChanged
from outlisten.sources.walking import Found

HOST = "oauth.reddit.com"
POST, COMMENT = "t3", "t1"
NOBODY = "[deleted]"
EMPTIED = frozenset({"[deleted]", "[removed]", "[deleted by user]", "[ Removed by Reddit ]"})
Thing = Mapping[str, Any]  # {"kind": "t1", "data": {…}}


def children(listing: Any) -> list[Thing]:
    """The things of a listing. Raises ShapeChanged."""
    data = listing.get("data") if isinstance(listing, Mapping) else None
    found = data.get("children") if isinstance(data, Mapping) else None
    if not isinstance(found, list):
        raise ShapeChanged(host=HOST, reason="no list of records")
    return [one for one in found if isinstance(one, Mapping) and isinstance(one.get("data"), Mapping)]


def found(thing: Thing) -> Found:
    """A post or a comment with its name and the second it was written. Raises ShapeChanged."""
    name, second = thing["data"].get("name"), thing["data"].get("created_utc")
    if not isinstance(name, str) or not isinstance(second, int | float):
        raise ShapeChanged(host=HOST, reason="a record without its number or its date")
    return Found(int(second), name, thing)


def is_post_or_comment(thing: Thing) -> bool:
    """Whether it is one of the two; listings also hold subreddits, messages and adverts."""
    return thing.get("kind") in {POST, COMMENT} and not thing["data"].get("promoted")


def is_gone(thing: Thing) -> bool:
    """Whether its author, a moderator or Reddit took it away, or its author is no more.

    Reddit's Data API rules ask to delete a post with its author's account as far as the author is named in it; as a post is
    kept whole or not at all, it goes.
    """
    data = thing["data"]
    words = data.get("body") if thing.get("kind") == COMMENT else data.get("selftext")
    taken = data.get("removed_by_category") or data.get("title") in EMPTIED
    return data.get("author", "") in {NOBODY, None} or words in EMPTIED or bool(taken)


@dataclass(slots=True)
class Tree:
    """Part of a thread: its things, the ids of comments that were left out, and comments whose answers were."""

    things: list[Thing] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    cut_at: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, roots: Sequence[Thing]) -> Tree:
        """From what stands at the top, with all that stands under it."""
        tree = cls()
        for thing in _flat(roots):
            data = thing["data"]
            if is_post_or_comment(thing):
                tree.things.append(thing)
            elif thing.get("kind") == "more" and data.get("children"):
                tree.left_out += map(str, data["children"])
            elif thing.get("kind") == "more" and str(data.get("parent_id", "")).startswith(f"{COMMENT}_"):
                tree.cut_at.append(str(data["parent_id"]).removeprefix(f"{COMMENT}_"))
        return tree


def _flat(roots: Sequence[Thing]) -> Iterator[Thing]:
    """Each thing without what answers it, which follows. No recursion: a thread may be deeper than the stack."""
    waiting = list(reversed(roots))
    while waiting:
        thing = waiting.pop()
        replies = thing["data"].get("replies")
        if not isinstance(replies, Mapping):
            yield thing
            continue
        yield {**thing, "data": {**thing["data"], "replies": ""}}
        waiting += reversed(children(replies))
