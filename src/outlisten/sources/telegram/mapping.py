"""An update of a bot as a post. A post's id is `chat:message`, which an edit keeps.

https://core.telegram.org/bots/api#message
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from outlisten.sources.connector import Post, Record, Skipped

KINDS = ("message", "edited_message", "channel_post", "edited_channel_post")
MEDIA = {
    "photo": "image", "live_photo": "image", "animation": "video", "video": "video", "video_note": "video",
    "audio": "audio", "voice": "audio", "location": "location", "venue": "location",
}  # fmt: skip
ENTITIES = {"url": "link", "text_link": "link", "hashtag": "tag", "cashtag": "tag", "mention": "mention",
            "text_mention": "mention"}  # fmt: skip
SUPERGROUP = "-100"  # what the number of a supergroup or a channel begins with; its links leave it out
Message = Mapping[str, Any]


def post(record: Record) -> Post:
    """The post of an update. Raises Skipped for what says nothing: somebody joined, a picture without a word."""
    message = said_in(record["update"])
    if not message:
        raise Skipped("no message")
    text = _words(message)
    if not text:
        raise Skipped("a note of the chat, or a picture without a word")
    chat = message["chat"]
    answered = message.get("reply_to_message") or {}
    private = is_private(chat)
    return {
        "native_id": native_id(message),
        "type": _type(message, private=private),
        "created_at": _time(message["date"]),
        "edited_at": _time(message.get("edit_date")),
        "text": text,
        "url": address(message),
        "to": record["account"] if private else _writer(answered).get("author_handle"),
        "reply_to": _reply_to(message),
        "thread": _thread(message, private=private),
        "quoted": (message.get("quote") or {}).get("text"),
        "is": _is(message),
        "has": _has(message),
        "links": [entity["url"] for entity in _entities(message) if entity.get("type") == "text_link"],
        **_writer(message),
    }


def said_in(update: Mapping[str, Any]) -> Message:
    """The message that an update brings, new or changed; empty for another kind of update."""
    found: Any = next((update[kind] for kind in KINDS if update.get(kind)), {})
    return found if isinstance(found, Mapping) else {}


def native_id(message: Message) -> str:
    """The chat's number and the message's in it."""
    return f"{message['chat']['id']}:{message['message_id']}"


def address(message: Message) -> str | None:
    """Where it can be read: by everyone in a public chat, by its members in a closed one; else nowhere."""
    chat, number = message["chat"], message["message_id"]
    if chat.get("type") not in {"supergroup", "channel"} or is_private(chat):
        return None
    if name := chat.get("username"):
        return f"https://t.me/{name}/{number}"
    closed = str(chat["id"])
    return (
        f"https://t.me/c/{closed.removeprefix(SUPERGROUP)}/{number}"
        if closed.startswith(SUPERGROUP)
        else None
    )


def is_private(chat: Mapping[str, Any]) -> bool:
    """With one person: a private chat, or the messages that people send to a channel."""
    return chat.get("type") == "private" or bool(chat.get("is_direct_messages"))


def _words(message: Message) -> str:
    """Its text, the caption of its pictures, or a poll's question and choices."""
    poll = message.get("poll") or {}
    choices = [str(choice.get("text") or "") for choice in poll.get("options") or []]
    said = message.get("text") or message.get("caption") or poll.get("question")
    return "\n".join(part for part in (str(said or "").strip(), *choices) if part)


def _type(message: Message, *, private: bool) -> str:
    if private:
        return "message"
    if message.get("forward_origin"):
        return "repost"
    # A group beside a channel holds a copy of each of its posts, and what answers that is a comment on the post.
    if (message.get("reply_to_message") or {}).get("is_automatic_forward"):
        return "comment"
    return "reply" if _reply_to(message) else "post"


def _reply_to(message: Message) -> str | None:
    """The message answered, here or in another chat that the bot may be told of."""
    if answered := message.get("reply_to_message"):
        return None if "forum_topic_created" in answered else native_id(answered)
    elsewhere = message.get("external_reply") or {}
    if elsewhere.get("chat") and elsewhere.get("message_id"):
        return native_id(elsewhere)
    return None


def _thread(message: Message, *, private: bool) -> str | None:
    """A private chat is one conversation. In a group the first message of the replies; a topic of a forum is no conversation
    but a room for many."""
    chat = str(message["chat"]["id"])
    if private:
        topic = message.get("direct_messages_topic") or {}
        return f"{chat}:{topic['topic_id']}" if topic else chat
    first = message.get("message_thread_id")
    return f"{chat}:{first}" if first and not message.get("is_topic_message") else None


def _writer(message: Message) -> Post:
    """A person, or the chat in whose name it was written: a channel, or a group's administrator who wants no name."""
    if chat := message.get("sender_chat"):
        return {
            "author": message.get("author_signature") or chat.get("title"),
            "author_handle": chat.get("username"),
            "author_id": str(chat["id"]),
        }
    person = message.get("from") or {}
    names = (str(person.get(name) or "") for name in ("first_name", "last_name"))
    return {
        "author": " ".join(name for name in names if name) or None,
        "author_handle": person.get("username"),
        "author_id": str(person["id"]) if person.get("id") else None,
    }


def _is(message: Message) -> list[str]:
    found = {
        "repost": "forward_origin" in message,
        "reply": bool(_reply_to(message)),
        "quote": "quote" in message,
        "edited": "edit_date" in message,
    }
    return [name for name, so in found.items() if so]


def _has(message: Message) -> list[str]:
    found = [kind for name, kind in MEDIA.items() if message.get(name)]
    family = str((message.get("document") or {}).get("mime_type") or "").partition("/")[0]
    found += [family] if family in {"image", "video", "audio"} else []
    found += [ENTITIES[entity["type"]] for entity in _entities(message) if entity.get("type") in ENTITIES]
    return list(dict.fromkeys(found))


def _entities(message: Message) -> Iterator[Mapping[str, Any]]:
    yield from message.get("entities") or message.get("caption_entities") or []


def _time(told: Any) -> datetime | None:
    """Seconds of the epoch."""
    return datetime.fromtimestamp(told, UTC) if isinstance(told, int) else None
