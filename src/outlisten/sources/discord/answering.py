"""Answering a message, and finding the answer that already stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from hashlib import blake2b
from typing import Any

from outlisten.sources.connector import Sent
from outlisten.sources.discord.client import DiscordClient, Told
from outlisten.sources.problems import NotThere

LOOKED_AT = 5  # pages after the message; then the newest page of the channel


def place(native_id: str) -> tuple[str, str]:
    """Channel and message of a native id. Raises NotThere."""
    channel, _, message = native_id.partition(":")
    if not (channel.isdecimal() and message.isdecimal()):
        raise NotThere(address=native_id, status="no such message")
    return channel, message


def form(message: str, to: str, text: str) -> Mapping[str, Any]:
    """What is sent: nobody but the people named in it is called, and the same answer twice is taken once.

    Discord compares nonces for some minutes; a nonce has 25 characters at most.
    """
    return {
        "content": text,
        "message_reference": {"message_id": message, "fail_if_not_exists": True},
        "allowed_mentions": {"parse": ["users"], "replied_user": True},
        "nonce": blake2b(f"{to}\0{text}".encode(), digest_size=12).hexdigest(),
        "enforce_nonce": True,
    }


def standing(client: DiscordClient, to: str, text: str, me: str) -> Sent | None:
    """Our own answer to a message with these words."""
    channel, message = place(to)
    for one in _written_after(client, channel, int(message)):
        reference = one.get("message_reference") or {}
        ours = (one.get("author") or {}).get("id") == me and reference.get("message_id") == message
        if ours and _said(str(one.get("content") or "")) == _said(text):
            return sent(one)
    return None


def sent(message: Told) -> Sent:
    """A message of ours that stands."""
    return Sent(f"{message['channel_id']}:{message['id']}")


def _written_after(client: DiscordClient, channel: str, number: int) -> Iterator[Told]:
    for _ in range(LOOKED_AT):
        found = client.messages(channel, after=number)
        yield from found
        if not found:
            return
        number = max(int(one["id"]) for one in found)
    yield from client.messages(channel)


def _said(text: str) -> str:
    return " ".join(text.split())
