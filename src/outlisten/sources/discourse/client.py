"""Asking a Discourse forum: its newest posts, its search, single posts, its categories."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from outlisten.sources.fetching import Answer, Fetcher
from outlisten.sources.problems import CredentialRefused, NotAllowed, NotThere, ShapeChanged, WrongOption
from outlisten.sources.times import utc
from outlisten.sources.walking import Found, Listed

WINDOW = 50  # posts an answer; older versions look at that many ids and give those that are public
MOST_EMPTY = 20  # windows without a public post, going back in time, after which there are no older ones
# Where a person may have copied the forum's address from.
INSIDE = frozenset("c t tag tags latest top new categories search u about".split())


class DiscourseClient:
    """Reads a forum, with an account's key where there is one."""

    def __init__(self, fetcher: Fetcher, address: str, *, key: str = "", user: str = "") -> None:
        self._fetcher = fetcher
        self.forum = forum_of(address)
        named = {"Api-Key": key, "Api-Username": user or "system"} if key else {}
        self._headers = {"Accept": "application/json", **named}

    def newest(self, at: Mapping[str, int] | None, floor: int | None) -> Listed:
        """Posts of all topics with ids below `at`. Raises SourceProblem.

        Older versions answer with nothing where fifty ids in a row are not public: then it goes on below them, as far as
        what is known, or for some windows where nothing is.
        """
        before = at["before"] if at else None
        answer = self._good(self._sent("posts.json", {"before": before} if before else {}))
        found = [self._found(post, answer.host) for post in answer.records("latest_posts")]
        below = [one for one in found if before is None or one.rank < before]
        lowest = min((one.rank for one in below), default=(before or 0) - WINDOW)
        empty = 0 if below else (at or {}).get("empty", 0) + 1
        ends = lowest <= 1 or (empty > 0 and (lowest < floor if floor is not None else empty > MOST_EMPTY))
        gone = [one.id for one in below if _is_gone(one.record["post"])]
        standing = [one for one in below if one.id not in gone]
        return Listed(standing, None if ends else {"before": lowest, "empty": empty}, gone)

    def search(self, asked: str, page: int) -> tuple[list[tuple[int, int]], bool]:
        """Topic and number of the hits of a page of the search, latest first, and whether there are more pages.

        Raises SourceProblem.
        """
        answer = self._good(self._sent("search.json", {"q": f"{asked} order:latest", "page": page}))
        told = answer.json().get("grouped_search_result") or {}
        try:
            hits = [(int(hit["topic_id"]), int(hit["post_number"])) for hit in answer.records("posts")]
        except (KeyError, TypeError, ValueError) as problem:
            raise ShapeChanged(
                host=answer.host, reason="a record without its number or its date"
            ) from problem
        return hits, bool(told.get("more_full_page_results"))

    def one(self, topic: int, number: int) -> Mapping[str, Any] | None:
        """A post as it stands now; None when the forum says that it is deleted or no longer public.

        A key that was withdrawn is answered like a post that nobody may see, so that with a key only "not found" counts.
        """
        path = f"t/{topic}.json" if number == 1 else f"posts/by_number/{topic}/{number}.json"
        answer = self._sent(path, {})
        if _error(answer) in (
            {"not_found"} if "Api-Key" in self._headers else {"not_found", "invalid_access"}
        ):
            return None
        told = self._good(answer).json()
        post = _first_post(told) if number == 1 else told
        if not isinstance(post, dict) or "cooked" not in post:
            raise ShapeChanged(host=answer.host, reason="no list of records")
        return None if _is_gone(post) else {"forum": self.forum, "post": post}

    def categories(self, names: Sequence[str]) -> tuple[frozenset[int], tuple[str, ...]]:
        """The ids of categories of these names and of those inside them, and how the search names them.

        Raises WrongOption where the forum has none of that name.
        """
        known = self._good(self._sent("site.json", {})).records("categories")
        wanted = {name.casefold() for name in names}
        found = [c for c in known if {str(c.get("slug")).casefold(), str(c.get("name")).casefold()} & wanted]
        if not found:
            raise WrongOption(option="categories", reason="the forum has no such category")
        ids = {category["id"] for category in found}
        while inside := {c["id"] for c in known if c.get("parent_category_id") in ids} - ids:
            ids |= inside
        return frozenset(ids), tuple(f"#{category.get('slug') or category['id']}" for category in found)

    def _sent(self, path: str, params: Mapping[str, Any]) -> Answer:
        address = f"{self.forum}/{path}"
        return self._fetcher.send("GET", address, params=params, headers=self._headers, judged=(403, 404))

    def _good(self, answer: Answer) -> Answer:
        if answer.status == 403:
            raised = CredentialRefused if "Api-Key" in self._headers else NotAllowed
            raise raised(host=answer.host, status=403)
        if answer.status == 404:
            raise NotThere(address=answer.address.split("?", maxsplit=1)[0], status=404)
        return answer

    def _found(self, post: dict[str, Any], host: str) -> Found:
        numbers = [post.get(name) for name in ("id", "topic_id", "post_number")]
        if not all(isinstance(number, int) for number in numbers) or utc(post.get("created_at")) is None:
            raise ShapeChanged(host=host, reason="a record without its number or its date")
        name = f"{self.forum}/t/{post['topic_id']}/{post['post_number']}"
        return Found(post["id"], name, {"forum": self.forum, "post": post})


def forum_of(address: str) -> str:
    """The forum's own address, without a page inside it; a forum may live in a folder of a site."""
    parts = urlsplit(address)
    folders: list[str] = []
    for part in parts.path.split("/"):
        if part in INSIDE:
            break
        if part:
            folders.append(part)
    return "/".join([f"{parts.scheme}://{parts.netloc.lower()}", *folders])


def _is_gone(post: Mapping[str, Any]) -> bool:
    """Deleted by its author or a moderator, or hidden by flags: listed for a while, without its words."""
    return bool(post.get("user_deleted") or post.get("deleted_at") or post.get("hidden"))


def _first_post(told: Any) -> dict[str, Any] | None:
    """The first post of a topic, with the topic's title."""
    stream = told.get("post_stream") if isinstance(told, dict) else None
    posts = stream.get("posts") if isinstance(stream, dict) else None
    if not posts or not isinstance(posts[0], dict):
        return None
    return posts[0] | {"topic_title": told.get("title")}


def _error(answer: Answer) -> str:
    """The kind of an error of the forum; empty where the answer is none of its own (a proxy's page)."""
    if answer.status < 400:
        return ""
    try:
        told = answer.json()
    except ShapeChanged:
        return ""
    return str(told.get("error_type") or "") if isinstance(told, dict) else ""
