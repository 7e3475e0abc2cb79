"""An issue, a comment or a discussion as a post. Its id is its address on GitHub, so that threads name each other."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from outlisten.sources.connector import Post, Record, Skipped
from outlisten.sources.times import utc

HIDDEN = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)  # templates leave notes that no reader sees
PICTURE = re.compile(r"!\[[^\]]*\]\(|<img\s", re.IGNORECASE)
LIKED = ("+1", "heart")  # of the reactions, those that say yes and nothing else
LIKED_GROUPS = ("THUMBS_UP", "HEART")


def post(record: Record) -> Post:
    """The post of a record. Raises Skipped for pull requests and what is said on them."""
    if "__typename" in record:
        return _discussed(record)
    return _comment(record) if "issue_url" in record else _issue(record)


def _issue(told: Record) -> Post:
    if "pull_request" in told:
        raise Skipped("a pull request")
    return {
        **_said(told["body"], told["user"], "id"),
        "native_id": told["html_url"],
        "created_at": utc(told["created_at"]),
        "type": "post",
        "title": told["title"],
        "url": told["html_url"],
        "thread": told["html_url"],
        "likes": _likes(told.get("reactions")),
        "comments": told.get("comments"),
    }


def _comment(told: Record) -> Post:
    """A comment's time of change is that of an edit; an issue's is that of anything at all."""
    thread = told["html_url"].split("#")[0]
    if "/pull/" in thread:
        raise Skipped("a comment on a pull request")
    written, changed = utc(told["created_at"]), utc(told.get("updated_at"))
    is_edited = written is not None and changed is not None and changed > written
    return {
        **_said(told["body"], told["user"], "id"),
        "native_id": told["html_url"],
        "created_at": written,
        "edited_at": changed if is_edited else None,
        "type": "comment",
        "url": told["html_url"],
        "thread": thread,
        "reply_to": thread,
        "is": ["reply", "edited"] if is_edited else ["reply"],
        "likes": _likes(told.get("reactions")),
    }


def _discussed(told: Record) -> Post:
    """A discussion, or a comment in one, as GraphQL gives it."""
    is_first = told["__typename"] == "Discussion"
    thread = told["url"].split("#")[0]
    answered = (told.get("replyTo") or {}).get("url") or thread
    is_question = is_first and bool((told.get("category") or {}).get("isAnswerable"))
    return {
        **_said(told["body"], told["author"], "databaseId"),
        "native_id": told["url"],
        "created_at": utc(told["createdAt"]),
        "edited_at": utc(told.get("lastEditedAt")),
        "type": "post" if is_first else "comment",
        "title": told.get("title") if is_first else None,
        "url": told["url"],
        "thread": thread,
        "reply_to": None if is_first else answered,
        "is": ["question"] if is_question else [] if is_first else ["reply"],
        "likes": _group_likes(told),
        "comments": (told.get("comments") or {}).get("totalCount"),
    }


def _said(body: str | None, user: Mapping[str, Any] | None, number: str) -> Post:
    """Words and author; an account that was deleted is nobody any more."""
    text = HIDDEN.sub("", body or "").strip()
    account = user or {}
    return {
        "text": text,
        "author_handle": account.get("login"),
        "author_id": str(account[number]) if account.get(number) else None,
        "has": ["image"] if PICTURE.search(text) else [],
    }


def _likes(reactions: Mapping[str, Any] | None) -> int | None:
    return sum(int(reactions.get(name) or 0) for name in LIKED) if reactions else None


def _group_likes(told: Record) -> int | None:
    """Votes for it, and the reactions that say yes."""
    votes = told.get("upvoteCount")
    if not isinstance(votes, int):
        return None
    groups = told.get("reactionGroups") or []
    liked = (int(group["reactors"]["totalCount"]) for group in groups if group.get("content") in LIKED_GROUPS)
    return sum(liked, start=votes)
