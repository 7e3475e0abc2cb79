"""A message of Discord as a post. Its id is `channel:message`: both are needed to ask for it again.

https://discord.com/developers/docs/resources/message
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from outlisten.sources.connector import Post, Record, Skipped
from outlisten.sources.times import utc

WRITTEN, REPLY = 0, 19  # the kinds of message that people write; others are notes, and answers to commands
COMMANDS = frozenset({20, 23})
CROSSPOST = (
    1 << 1
)  # a flag: a channel of this server follows one of another, and this is the copy of what was said there
PERSON = re.compile(r"<@!?(\d+)>")
SIGN = re.compile(r"<a?(:\w+:)\d+>")
LINK = re.compile(r"https?://")
Told = Mapping[str, Any]


def post(record: Record) -> Post:
    """The post of a message. Raises Skipped for notes ("joined the server") and for pictures without a word."""
    message, room = record["message"], record["room"]
    if message.get("type") not in {WRITTEN, REPLY, *COMMANDS}:
        raise Skipped("a note of Discord")
    forwarded = _forwarded(message)
    told = forwarded or message
    passed_on = bool(forwarded) or bool(int(message.get("flags") or 0) & CROSSPOST)
    text = _words(told)
    if not text:
        raise Skipped("pictures without a word")
    edited = utc(message.get("edited_timestamp"))
    is_first = bool(room["in_forum"]) and message["id"] == room["id"]
    reply_to = _reply_to(message, room)
    thread = _thread(message, room)
    return {
        "native_id": f"{message['channel_id']}:{message['id']}",
        "type": _type(room, passed_on=passed_on, is_first=is_first, reply_to=reply_to),
        "created_at": utc(message["timestamp"]),
        "edited_at": edited,
        "title": room["name"] if is_first else None,
        "text": text,
        "url": f"https://discord.com/channels/{room['guild']}/{message['channel_id']}/{message['id']}",
        "to": ((message.get("referenced_message") or {}).get("author") or {}).get("username"),
        "reply_to": reply_to or (thread if room["parent"] and not is_first else None),
        "thread": thread,
        "is": _is(passed_on=passed_on, reply_to=reply_to, edited=bool(edited)),
        "has": _has(told, text),
        "likes": _likes(message),
        "comments": (message.get("thread") or {}).get("message_count"),
        "voice_given": "owned" if record.get("me") and message["author"]["id"] == record["me"] else None,
        **_author(message["author"]),
    }


def is_blank(message: Told) -> bool:
    """Whether a message that a person wrote holds nothing at all: what a bot is given that may not read messages."""
    parts = ("content", "attachments", "embeds", "components", "sticker_items", "poll", "message_snapshots")
    by_person = not (message.get("author") or {}).get("bot")
    return by_person and message.get("type") in {WRITTEN, REPLY} and not any(message.get(p) for p in parts)


def _forwarded(message: Told) -> Told:
    """The message that somebody passed on, as Discord kept it then."""
    snapshots = message.get("message_snapshots") or []
    return (snapshots[0].get("message") or {}) if snapshots else {}


def _words(told: Told) -> str:
    """What was written, with people and signs by their names; else a poll's question and choices."""
    names = {str(one["id"]): f"@{one['username']}" for one in told.get("mentions") or []}
    said = PERSON.sub(lambda found: names.get(found[1], found[0]), str(told.get("content") or ""))
    poll = told.get("poll") or {}
    choices = [(choice.get("poll_media") or {}).get("text") for choice in poll.get("answers") or []]
    parts = [SIGN.sub(r"\1", said).strip(), (poll.get("question") or {}).get("text"), *choices]
    return "\n".join(str(part) for part in parts if part)


def _reply_to(message: Told, room: Told) -> str | None:
    """The message answered. What is passed on refers to another message too."""
    reference = message.get("message_reference") or {}
    if message.get("type") != REPLY or not reference.get("message_id"):
        return None
    return f"{reference.get('channel_id') or room['id']}:{reference['message_id']}"


def _thread(message: Told, room: Told) -> str | None:
    """The first message of a thread, whose number the thread has too: it stands in the thread of a forum, and else in the
    channel that the thread was begun in."""
    if room["parent"]:
        return f"{room['id'] if room['in_forum'] else room['parent']}:{room['id']}"
    return f"{message['channel_id']}:{message['id']}" if message.get("thread") else None


def _type(room: Told, *, passed_on: bool, is_first: bool, reply_to: str | None) -> str:
    if passed_on:
        return "repost"
    if room["parent"] and not is_first:
        return "comment"
    return "reply" if reply_to else "post"


def _is(*, passed_on: bool, reply_to: str | None, edited: bool) -> list[str]:
    kinds = (("repost", passed_on), ("reply", bool(reply_to)), ("edited", edited))
    return [kind for kind, true in kinds if true]


def _has(told: Told, text: str) -> list[str]:
    families = [
        str(file.get("content_type") or "").partition("/")[0] for file in told.get("attachments") or []
    ]
    found = [family for family in families if family in {"image", "video", "audio"}]
    found += ["link"] if LINK.search(text) else []
    found += ["mention"] if told.get("mentions") or told.get("mention_roles") else []
    return list(dict.fromkeys(found))


def _likes(message: Told) -> int | None:
    """Thumbs up and hearts; a message without any reaction has none of them."""
    reactions = message.get("reactions") or []
    liked = {"👍", "❤️", "❤"}
    return sum(
        int(one.get("count") or 0) for one in reactions if (one.get("emoji") or {}).get("name") in liked
    )


def _author(author: Told) -> Post:
    return {
        "author": author.get("global_name") or author["username"],
        "author_handle": author["username"],
        "author_id": str(author["id"]),
    }
