"""A message to the account, a comment under an article, or the account's reply to it, as a post."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from outlisten.sources.connector import Post, Record, Skipped, Unmappable
from outlisten.sources.wechat.comments import native_id

WORDLESS = frozenset({"image", "video", "shortvideo", "location"})


def post(record: Record) -> Post:
    """The post of a record. Raises Unmappable or Skipped."""
    match record["kind"]:
        case "message":
            return _message(record["message"])
        case "sealed":
            raise Unmappable("the message is encrypted: enter the EncodingAESKey")
    return _comment(record)


def _message(told: dict[str, str]) -> Post:
    """People are known by their OpenID alone, which is another one for each account: WeChat tells no names.

    The id holds the person's too: WeChat takes an answer to a person, and never to a message.
    """
    person, kind = told["FromUserName"], told["MsgType"]
    conversation = f"message/{person}"
    found = {
        "native_id": f"{conversation}/{told.get('MsgId') or told['CreateTime']}",
        "thread": conversation,
        "type": "message",
        "created_at": _seconds(told["CreateTime"]),
        "author_id": person,
        "to": told.get("ToUserName"),
    }
    match kind:
        case "text":
            return found | {"text": _words(told.get("Content"))}
        case "voice":
            return found | {"text": _words(told.get("Recognition")), "has": ["audio"]}
        case "link":
            link = told.get("Url")
            more = {"title": told.get("Title") or None, "text": told.get("Description") or ""}
            return found | more | {"links": [link] if link else [], "has": ["link"]}
    if kind in WORDLESS:
        raise Skipped("a picture, a film or a place without words")
    raise Unmappable("a message of a kind that is not known")


def _comment(record: Record) -> Post:
    comment, article = record["comment"], record["article"]
    thread = f"article/{article['sending']}/{article['index']}"
    found: Post = {"native_id": native_id(record), "thread": thread}
    if record["kind"] == "reply":
        reply = comment["reply"]
        return found | {
            "type": "reply",
            "is": ["reply"],
            "voice_given": "owned",
            "text": _words(reply["content"]),
            "created_at": _seconds(reply.get("create_time")),
            "reply_to": native_id({**record, "kind": "comment"}),
        }
    return found | {
        "type": "comment",
        "text": _words(comment.get("content")),
        "created_at": _seconds(comment.get("create_time")),
        "author_id": comment.get("openid") or None,
    }


def _words(told: Any) -> str:
    if not isinstance(told, str) or not told.strip():
        raise Skipped("a message without words")
    return told


def _seconds(told: Any) -> datetime | None:
    return datetime.fromtimestamp(int(told), UTC) if told is not None else None
