"""Answering a post, and finding the answer that already stands."""

from __future__ import annotations

import re
from collections.abc import Mapping
from hashlib import blake2b
from typing import Any
from urllib.parse import urlsplit

from outlisten.sources.connector import Sent
from outlisten.sources.html_text import html_text
from outlisten.sources.mastodon.client import MastodonClient, Status
from outlisten.sources.mastodon.mapping import PUBLIC
from outlisten.sources.mastodon.timelines import MENTIONS, Timeline
from outlisten.sources.problems import NotThere

LEADING_MENTIONS = re.compile(r"^(?:@\S+\s+)+")
LOOKED_AT = Timeline(MENTIONS, "/api/v1/notifications", {"types[]": "mention"})


def located(client: MastodonClient, native_id: str) -> Status:
    """The status with this address as our server knows it, under its own id. Raises NotThere.

    Looked for where it is most likely: under the last part of its address if that is one of our server's, by its address in
    the search (which fetches it from elsewhere), and among the last mentions.
    """
    if status := by_own_id(client, native_id):
        return status
    for status in client.found(native_id):
        if native_id in {status.get("uri"), status.get("url")}:
            return status
    for one in client.page(LOOKED_AT):
        status = one.get("status") or {}
        if status.get("uri") == native_id:
            return status
    raise NotThere(address=native_id, status=404)


def by_own_id(client: MastodonClient, native_id: str) -> Status | None:
    """The status when its address holds our server's own id for it, as Mastodon's do."""
    parts = urlsplit(native_id)
    if f"{parts.scheme}://{parts.netloc}" != client.server:
        return None
    status = client.status(parts.path.rstrip("/").rpartition("/")[2])
    return status if status and status.get("uri") == native_id else None


def form(status: Status, text: str) -> Mapping[str, str]:
    """What is sent: the author is named, else the answer reaches nobody, and no more people see it than saw the post."""
    name = f"@{status['account']['acct']}"
    public = status.get("visibility") in PUBLIC
    return {
        "status": text if text.startswith(f"{name} ") else f"{name} {text}",
        "in_reply_to_id": str(status["id"]),
        "visibility": str(status["visibility"]) if public else "direct",
    }


def key(to: str, text: str) -> str:
    """The same for the same answer, so that a server takes it once though it is sent twice."""
    return blake2b(f"{to}\0{text}".encode(), digest_size=16).hexdigest()


def standing(client: MastodonClient, status: Status, text: str) -> Sent | None:
    """Our own answer to a status with these words, among its answers and among what we wrote last."""
    own = client.own_account()
    _before, after = client.around(str(status["id"]))
    for one in [*after, *client.statuses_of(str(own["id"]))]:
        ours = one["account"].get("url") == own["url"] and str(one.get("in_reply_to_id")) == str(status["id"])
        if ours and _said(html_text(str(one.get("content") or ""))) == _said(text):
            return sent(one)
    return None


def sent(status: Mapping[str, Any]) -> Sent:
    """A status of ours that stands."""
    return Sent(str(status.get("uri") or status["url"]), str(status.get("url") or ""))


def _said(text: str) -> str:
    """Words alone: servers write names and blanks in their own way."""
    return " ".join(LEADING_MENTIONS.sub("", text.strip() + " ").split())
