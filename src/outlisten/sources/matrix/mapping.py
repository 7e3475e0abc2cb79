"""A message of a room as a post.

https://spec.matrix.org/v1.15/client-server-api/#mroommessage . A record is the event as it came, with its room, whether
everybody may join that, our account, the author's name there, and an edit where the server does not send it along.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from outlisten.sources.connector import Post, Record, Skipped, Unmappable
from outlisten.sources.html_text import html_text, links
from outlisten.sources.matrix.heard import edit_of
from outlisten.sources.matrix.notices import NOTICES
from outlisten.sources.matrix.records import answered, thread_of

QUOTED = re.compile(r"<mx-reply>.*?</mx-reply>", re.DOTALL | re.IGNORECASE)
MEDIA = {"m.image": "image", "m.video": "video", "m.audio": "audio", "m.file": None}
HTML = "org.matrix.custom.html"


def post(record: Record) -> Post:
    """The post of a message. Raises Unmappable for what we must tell a person, Skipped for what has no words."""
    if notice := record.get("notice"):
        raise Unmappable(NOTICES[notice].format(room=record.get("title") or record["room"]))
    room, event = str(record["room"]), record["event"]
    if not isinstance(event.get("event_id"), str) or not isinstance(event.get("sender"), str):
        raise Unmappable("the event has no id or no sender")
    edit, sender = _edit(record), str(event["sender"])
    content = edit["content"]["m.new_content"] if edit else event["content"]
    parent, thread = answered(event), thread_of(event) or record.get("first")
    return {
        "native_id": named(room, event["event_id"]),
        "type": "message" if not record.get("public") else "reply" if parent else "post",
        "created_at": _moment(event.get("origin_server_ts")),
        "edited_at": _moment(edit.get("origin_server_ts")) if edit else None,
        "text": _words(content, is_answer=bool(parent)),
        "author": record.get("name"),
        "author_handle": sender.removeprefix("@"),
        "author_id": sender,
        "to": _addressed(content, event["content"], str(record.get("account") or "")),
        "url": address(room, event["event_id"], sender),
        "reply_to": named(room, parent) if parent else None,
        "thread": named(room, thread) if thread else None,
        "voice_given": "owned" if sender == record.get("account") else None,
        "is": [kind for kind, so in (("reply", bool(parent)), ("edited", bool(edit))) if so],
        "has": _has(content),
        "links": _links(content),
    }  # fmt: skip


def named(room: str, event: str) -> str:
    """The native id of a message: an event is found in its room only."""
    return f"{room}/{event}"


def address(room: str, event: str, sender: str) -> str:
    """A link that every program for Matrix opens (the specification's matrix.to navigation), by way of the author's server."""
    via = sender.partition(":")[2]
    return f"https://matrix.to/#/{quote(room, safe='')}/{quote(event, safe='')}?via={quote(via, safe='')}"


def body(content: Mapping[str, Any], *, is_answer: bool) -> str:
    """The plain words, without the quotation of what they answer that programs wrote before Matrix 1.13."""
    said = str(content.get("body") or "")
    lines = said.split("\n")
    quoted = next((at for at, line in enumerate(lines) if not line.startswith(">")), len(lines))
    return "\n".join(lines[quoted:]).strip() if is_answer and lines[0].startswith("> <") else said.strip()


def _edit(record: Record) -> Mapping[str, Any] | None:
    """The newest edit, where it is one: by the same author, and with new words."""
    edit = edit_of(record["event"]) or record.get("edit")
    if not isinstance(edit, Mapping) or edit.get("sender") != record["event"].get("sender"):
        return None
    return edit if isinstance((edit.get("content") or {}).get("m.new_content"), Mapping) else None


def _words(content: Mapping[str, Any], *, is_answer: bool) -> str:
    """What was written, as its readers see it; with a picture or a file what was written about it, and not its name."""
    plain = body(content, is_answer=is_answer)
    is_captioned = content.get("filename") not in {None, content.get("body")}
    if content.get("msgtype") in MEDIA and not is_captioned:
        raise Skipped("a picture or a file without a word")
    said = html_text(_formatted(content)) or plain
    if not said:
        raise Skipped("a message without a word")
    return said


def _formatted(content: Mapping[str, Any]) -> str:
    if content.get("format") != HTML or not isinstance(content.get("formatted_body"), str):
        return ""
    return QUOTED.sub("", content["formatted_body"])


def _addressed(content: Mapping[str, Any], first: Mapping[str, Any], account: str) -> str | None:
    """The account mentioned: our own if it is among them, else the only one. An edit mentions those who were not before."""
    names = [name for told in (content, first) for name in _mentioned(told)]
    if account in names:
        return account.removeprefix("@")
    return names[0].removeprefix("@") if len(set(names)) == 1 else None


def _mentioned(content: Mapping[str, Any]) -> list[str]:
    mentions = content.get("m.mentions")
    names = mentions.get("user_ids") if isinstance(mentions, Mapping) else None
    return [str(name) for name in names if name] if isinstance(names, list) else []


def _has(content: Mapping[str, Any]) -> list[str]:
    kind = str(content.get("msgtype"))
    found = {
        "link": bool(_links(content)) or "://" in str(content.get("body")),
        MEDIA.get(kind): kind in MEDIA,
        "location": kind == "m.location",
        "mention": bool(_mentioned(content)),
    }
    return [name for name, so in found.items() if name and so]


def _links(content: Mapping[str, Any]) -> list[str]:
    """Where the message leads, without the links that name people and rooms."""
    return [one for one in links(_formatted(content)) if not one.startswith("https://matrix.to/")]


def _moment(milliseconds: object) -> datetime | None:
    if not isinstance(milliseconds, int) or isinstance(milliseconds, bool):
        return None
    try:
        return datetime.fromtimestamp(milliseconds / 1000, UTC)
    except (ValueError, OverflowError, OSError):
        return None
