"""Asking a NodeBB forum: its newest topics, their posts, single posts, and writing an answer.

Every page of a forum is JSON under `/api`; single posts and writing are under `/api/v3`, since NodeBB 1.15.
https://docs.nodebb.org/api/read/ and https://docs.nodebb.org/api/write/ . Over our own Fetcher: NodeBB has no client for Python.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Any
from urllib.parse import quote, urlsplit

from outlisten.sources.fetching import Answer, Fetcher
from outlisten.sources.problems import AnswerRefused, Because, NotThere, ShapeChanged, WrongOption

# Where a person may have copied the forum's address from.
INSIDE = frozenset(
    "api categories category groups post popular recent tags topic top unread user users world".split()
)
ABOUT = (
    "tid",
    "cid",
    "mainPid",
    "title",
    "titleRaw",
    "postcount",
    "viewcount",
)  # of a topic, kept with each post
Post = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Part:
    """A page of a listing, and how many pages that has."""

    items: Sequence[Post]
    pages: int
    topic: Mapping[str, Any]


class NodeBBClient:
    """Reads a forum, with an account's token where there is one."""

    def __init__(self, fetcher: Fetcher, address: str, token: str = "") -> None:
        self._fetcher = fetcher
        self.forum = forum_of(address)
        self.host = urlsplit(self.forum).hostname or self.forum
        self._headers = {
            "Accept": "application/json",
            **({"Authorization": f"Bearer {token}"} if token else {}),
        }

    def recent(self, page: int) -> Part:
        """A page of topics, the one with the latest post first. Raises SourceProblem."""
        told = self._good(self._sent("GET", "api/recent", {"page": page}))
        return Part(self._listed(told, "topics"), _pages(told), {})

    def topic(self, number: str, page: int) -> Part | None:
        """A page of a topic's posts, newest first, the first post before all others; None where the topic is gone or hidden.

        Raises SourceProblem.
        """
        asked = {"page": page, "sort": "newest_to_oldest"}
        answer = self._sent("GET", f"api/topic/{_quoted(number)}", asked)
        if answer.status == 404:
            return None
        told = self._good(answer)
        return Part(
            self._listed(told, "posts"), _pages(told), {name: told[name] for name in ABOUT if name in told}
        )

    def one(self, number: str) -> Post | None:
        """A post as it stands, with its topic; empty where the forum says that it is gone or hidden, None where it does not
        say: it is older than 1.15, or not asked for that way. Raises SourceProblem."""
        answer = self._sent("GET", f"api/v3/posts/{_quoted(number)}/summary", {})
        if answer.status == 404:
            return {} if self._is_own(answer) else None
        found = self._good(answer).get("response")
        return found if isinstance(found, dict) else {}

    def replies(self, number: str) -> Sequence[Post]:
        """The direct answers to a post. Raises SourceProblem."""
        told = self._good(self._sent("GET", f"api/v3/posts/{_quoted(number)}/replies", {}))
        found = told.get("response")
        return self._listed(found if isinstance(found, dict) else {"replies": found}, "replies")

    def raw(self, number: str) -> str:
        """The words of a post as they were typed. Raises SourceProblem."""
        told = self._good(self._sent("GET", f"api/v3/posts/{_quoted(number)}/raw", {}))
        return str((told.get("response") or {}).get("content") or "")

    def own_account(self) -> Post:
        """The account of the token. Raises CredentialRefused, or another SourceProblem."""
        return self._good(self._sent("GET", "api/self", {}))

    def send(self, topic: str, said: Mapping[str, Any]) -> Post:
        """Write a post into a topic. Raises AnswerRefused when it surely does not stand, else another SourceProblem."""
        answer = self._fetcher.send(
            "POST", f"{self.forum}/api/v3/topics/{_quoted(topic)}", json=said, headers=self._headers,
            judged=(400, 403, 404, 413),
        )  # fmt: skip
        if answer.status >= 400:
            raise AnswerRefused(host=self.host, reason=_reason(answer))
        sent = self._good(answer).get("response")
        if not isinstance(sent, dict):
            raise ShapeChanged(host=self.host, reason=Because.of("no {name}", name="response"))
        return sent

    def categories(self, names: Sequence[str]) -> frozenset[str]:
        """The numbers of categories of these names and of those inside them. Raises WrongOption where there are none."""
        known = list(_flat(self._listed(self._good(self._sent("GET", "api/categories", {})), "categories")))
        wanted = {name.casefold() for name in names}
        found = {str(one["cid"]) for one in known if _names(one) & wanted}
        if not found:
            raise WrongOption(option="categories", reason="the forum has no such category")
        while inside := {str(one["cid"]) for one in known if str(one.get("parentCid")) in found} - found:
            found |= inside
        return frozenset(found)

    def _sent(self, method: str, path: str, params: Mapping[str, Any]) -> Answer:
        return self._fetcher.send(
            method, f"{self.forum}/{path}", params=params, headers=self._headers, judged=(404,)
        )

    def _good(self, answer: Answer) -> dict[str, Any]:
        if answer.status == 404:
            raise NotThere(address=answer.address, status=404)
        told = answer.json()
        if not isinstance(told, dict):
            raise ShapeChanged(host=self.host, reason="no list of records")
        return told

    def _listed(self, told: Mapping[str, Any], name: str) -> list[Post]:
        found = told.get(name)
        if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
            raise ShapeChanged(host=self.host, reason="no list of records")
        return found

    def _is_own(self, answer: Answer) -> bool:
        """Whether the interface itself says that there is no such post; a forum without it says so of everything."""
        try:
            told = answer.json()
        except ShapeChanged:
            return False
        return isinstance(told, dict) and isinstance(told.get("status"), dict)


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


def _pages(told: Mapping[str, Any]) -> int:
    pagination = told.get("pagination")
    count = pagination.get("pageCount") if isinstance(pagination, Mapping) else None
    return count if isinstance(count, int) else 1


def _flat(categories: Sequence[Post]) -> list[Post]:
    return [one for top in categories if top.get("cid") for one in (top, *_flat(top.get("children") or []))]


def _names(category: Post) -> set[str]:
    """What a person may call a category: its name, its number, or the last part of its address."""
    name, slug = unescape(str(category.get("name") or "")), str(category.get("slug") or "")
    return {str(one).casefold() for one in (name, category["cid"], slug, slug.partition("/")[2]) if one}


def _reason(answer: Answer) -> str:
    """What a forum says about its refusal, cut to a line."""
    try:
        said = str(answer.json()["status"]["message"])
    except (ShapeChanged, KeyError, TypeError):
        said = ""
    return " ".join(said.split())[:200] or f"status {answer.status}"


def _quoted(text: str) -> str:
    return quote(text, safe="")
