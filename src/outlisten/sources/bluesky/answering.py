"""An answer as a record of app.bsky.feed.post, and finding the one that already stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from outlisten.sources.atproto.written import COLLECTION, parts
from outlisten.sources.connector import Sent

LINK = re.compile(r"https?://[^\s<>\"'，。；！？、）》」]+[^\s<>\"'，。；！？、）》」.,;:!?)]")
TAG = re.compile(r"(?<![^\s(（])[#＃]([^\s#＃.,;:!?，。；：！？、()（）]+)")


def answer_to(view: Mapping[str, Any], text: str, now: datetime) -> dict[str, Any]:
    """The record: it names the post answered and the first one of the conversation, each with the version seen."""
    parent = {"uri": view["uri"], "cid": view["cid"]}
    root = (view["record"].get("reply") or {}).get("root") or parent
    facets = [*_facets(text)]
    return {
        "$type": COLLECTION,
        "text": text,
        "createdAt": now.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "reply": {"root": root, "parent": parent},
        **({"facets": facets} if facets else {}),
    }


def standing(records: Iterable[Mapping[str, Any]], to: str, text: str) -> Sent | None:
    """Our answer to a post with these words among our records."""
    for record in records:
        value = record.get("value") or {}
        parent = ((value.get("reply") or {}).get("parent") or {}).get("uri")
        if parent == to and " ".join(str(value.get("text")).split()) == " ".join(text.split()):
            return sent(str(record["uri"]))
    return None


def sent(uri: str) -> Sent:
    """An answer with this address."""
    did, rkey = parts(uri)
    return Sent(uri, f"https://bsky.app/profile/{did}/post/{rkey}")


def _facets(text: str) -> Iterable[dict[str, Any]]:
    """Links and hashtags: apps make none of them by themselves. Places count the bytes of UTF-8."""
    for found in LINK.finditer(text):
        yield _facet(text, found.span(), {"$type": "app.bsky.richtext.facet#link", "uri": found[0]})
    for found in TAG.finditer(text):
        yield _facet(text, found.span(), {"$type": "app.bsky.richtext.facet#tag", "tag": found[1]})


def _facet(text: str, span: tuple[int, int], feature: dict[str, str]) -> dict[str, Any]:
    start, end = (len(text[:at].encode()) for at in span)
    return {"index": {"byteStart": start, "byteEnd": end}, "features": [feature]}
