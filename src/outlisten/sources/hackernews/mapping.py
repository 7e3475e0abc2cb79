"""A hit of the search as a post."""

from __future__ import annotations

from datetime import UTC, datetime

from outlisten.sources.connector import Post, Record, Skipped
from outlisten.sources.html_text import html_text, links

PAGE = "https://news.ycombinator.com/item?id={}"


def post(record: Record) -> Post:
    """The post of a story or a comment. Raises Skipped for the stub of a deleted one."""
    is_comment = "comment" in record["_tags"]
    markup = record.get("comment_text" if is_comment else "story_text") or ""
    title = html_text(record.get("title") or "") or None
    if not markup and (is_comment or not title):
        raise Skipped("nothing is left of it")
    name = str(record["objectID"])
    addresses = list(dict.fromkeys([*([record["url"]] if record.get("url") else []), *links(markup)]))
    return {
        "native_id": name,
        "created_at": datetime.fromtimestamp(record["created_at_i"], UTC),
        "type": "comment" if is_comment else "post",
        "title": None if is_comment else title,
        "text": html_text(markup),
        "author_handle": record.get("author"),
        "url": PAGE.format(name),
        "reply_to": str(record["parent_id"]) if is_comment and record.get("parent_id") else None,
        "thread": str(record.get("story_id") or name),
        "is": ["reply"] if is_comment else ["question"] if "ask_hn" in record["_tags"] else [],
        "has": ["link"] if addresses else [],
        "likes": record.get("points"),
        "comments": None if is_comment else record.get("num_comments"),
        "links": addresses,
    }
