"""A post as its author wrote it (a record of app.bsky.feed.post) as columns of a post.

https://github.com/bluesky-social/atproto/blob/main/lexicons/app/bsky/feed/post.json
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from outlisten.sources.connector import Post, Skipped
from outlisten.sources.times import utc

COLLECTION = "app.bsky.feed.post"
FACET, EMBED = "app.bsky.richtext.facet#", "app.bsky.embed."
MEDIA = {"images": "image", "gallery": "image", "video": "video"}


def written(uri: str, record: Mapping[str, Any], seen: datetime | None) -> Post:
    """What a record tells of itself; `seen` is when the network saw it first. Raises Skipped for pictures without a word.

    The date is the author's own word and may lie in the future: like Bluesky, we take the earlier of the two.
    """
    did, rkey = parts(uri)
    reply = record.get("reply") or {}
    embeds = _embeds(record)
    facets = _features(record)
    outer = _links(facets, embeds)
    return {
        "native_id": uri,
        "type": "reply" if reply else "post",
        "created_at": min((found for found in (utc(record.get("createdAt")), seen) if found), default=None),
        "text": _words(record, embeds, outer),
        "author_id": did,
        "url": f"https://bsky.app/profile/{did}/post/{rkey}",
        "to": parts(reply["parent"]["uri"])[0] if reply else None,
        "reply_to": reply["parent"]["uri"] if reply else None,
        "thread": reply["root"]["uri"] if reply else None,
        "lang_given": next(iter(record.get("langs") or []), None),
        "is": [*(["reply"] if reply else []), *(["quote"] if quotes(record) else [])],
        "has": _has(record, facets, embeds, outer),
        "links": outer,
    }


def parts(uri: str) -> tuple[str, str]:
    """The account and the record's key in `at://ACCOUNT/COLLECTION/KEY`."""
    did, _, rest = uri.removeprefix("at://").partition("/")
    return did, rest.rpartition("/")[2]


def quotes(record: Mapping[str, Any]) -> bool:
    """Whether it shows another post inside."""
    quoted = [embed.get("record") or {} for embed in _embeds(record) if _kind(embed) == "record"]
    return any(f"/{COLLECTION}/" in str(one.get("uri")) for one in quoted)


def _embeds(record: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """What is shown below the text, one by one: a quoted post can come with media."""
    embed = record.get("embed") or {}
    if _kind(embed) != "recordWithMedia":
        return [embed] if embed else []
    return [embed.get("media") or {}, {"$type": f"{EMBED}record", **(embed.get("record") or {})}]


def _kind(embed: Mapping[str, Any]) -> str:
    return str(embed.get("$type", "")).removeprefix(EMBED).partition("#")[0]


def _features(record: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The links, mentions and hashtags in the text."""
    return [one for facet in record.get("facets") or [] for one in facet.get("features") or []]


def _links(facets: Sequence[Mapping[str, Any]], embeds: Sequence[Mapping[str, Any]]) -> list[str]:
    """Whole addresses: in the text they are cut short."""
    said = [one.get("uri") for one in facets if one.get("$type") == f"{FACET}link"]
    shown = [(embed.get("external") or {}).get("uri") for embed in embeds]
    found = (str(address) for address in [*said, *shown] if address)
    return list(dict.fromkeys(address for address in found if address.startswith(("http://", "https://"))))


def _words(record: Mapping[str, Any], embeds: Sequence[Mapping[str, Any]], outer: Sequence[str]) -> str:
    """The text, else what the author wrote about the pictures, else the address shown."""
    if said := str(record.get("text") or "").strip():
        return said
    pictures = [one for embed in embeds for one in [*(embed.get("images") or []), embed]]
    about = [str(one["alt"]) for one in pictures if one.get("alt")]
    if found := "\n".join(about) or "\n".join(outer):
        return found
    raise Skipped("pictures without a word")


def _has(
    record: Mapping[str, Any], facets: Sequence[Mapping[str, Any]], embeds: Sequence[Mapping[str, Any]],
    outer: Sequence[str],
) -> list[str]:  # fmt: skip
    kinds = {str(one.get("$type")).removeprefix(FACET) for one in facets}
    media = dict.fromkeys(MEDIA[_kind(embed)] for embed in embeds if _kind(embed) in MEDIA)
    found = {
        "link": bool(outer),
        "tag": "tag" in kinds or bool(record.get("tags")),
        "mention": "mention" in kinds,
    }
    return [*media, *(name for name, so in found.items() if so)]
