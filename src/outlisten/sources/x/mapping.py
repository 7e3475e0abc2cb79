"""A post of X as a post of ours. The same fields as in a file of X's interface (`posts.files.presets.x_api`).

https://docs.x.com/x-api/fundamentals/data-dictionary
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from outlisten.posts.files.presets.x_posts import address, plain_text, written_at
from outlisten.sources.connector import Post, Record, Skipped
from outlisten.sources.times import utc
from outlisten.sources.x.records import Tweet, first_id, referred, versions

MEDIA = {"photo": "image", "video": "video", "animated_gif": "video"}
# What X says of a text without a language: undefined, and codes of its own (ISO 639 leaves qaa–qtz to private use).
NO_LANGUAGE = re.compile(r"und|zxx|q[a-t][a-z]")


def post(record: Record) -> Post:
    """The post of a record. Raises Skipped for a version that a later one replaced.

    An edited post keeps the id and the time of its first version.
    """
    tweet = record["tweet"]
    ids = versions(tweet)
    if str(tweet["id"]) != ids[-1]:
        raise Skipped("an older version of an edited post")
    edited = len(ids) > 1
    kinds = _is(tweet)
    metrics = tweet.get("public_metrics") or {}
    return {
        "native_id": ids[0],
        "type": next((kind for kind in kinds if kind in {"repost", "reply"}), "post"),
        "created_at": utc(written_at(ids[0])) if edited else utc(tweet.get("created_at")),
        "edited_at": utc(written_at(ids[-1])) if edited else None,
        "text": _words(record),
        "to": _addressed(record),
        "reply_to": _referred(record, "replied_to"),
        "thread": tweet.get("conversation_id"),
        "quoted": _text(record["tweets"].get(next(iter(referred(tweet, "quoted")), ""))),
        "lang_given": _language(tweet),
        "is": [
            *kinds,
            *(["verified"] if _author(record).get("verified") else []),
            *(["edited"] if edited else []),
        ],
        "has": _has(record),
        "links": _links(tweet),
        "likes": metrics.get("like_count"),
        "comments": metrics.get("reply_count"),
        "shares": metrics.get("retweet_count"),
        "views": metrics.get("impression_count"),
        **_written_by(record),
        "url": address(_author(record).get("username"), tweet["id"]),
    }


def _author(record: Record) -> Mapping[str, Any]:
    return record["users"].get(str(record["tweet"].get("author_id")), {})  # type: ignore[no-any-return]


def _written_by(record: Record) -> Post:
    author = _author(record)
    return {
        "author": author.get("name"),
        "author_handle": author.get("username"),
        "author_id": record["tweet"].get("author_id"),
        "followers": (author.get("public_metrics") or {}).get("followers_count"),
    }


def _is(tweet: Tweet) -> list[str]:
    kinds = {"retweeted": "repost", "replied_to": "reply", "quoted": "quote"}
    return [ours for theirs, ours in kinds.items() if referred(tweet, theirs)]


def _words(record: Record) -> Any:
    """What was written, whole: of a repost, which X cuts short, from the post that it repeats."""
    source = record["tweets"].get(next(iter(referred(record["tweet"], "retweeted")), ""))
    if source is None:
        return _text(record["tweet"])
    author = record["users"].get(str(source.get("author_id")), {})
    return f"RT @{author.get('username') or 'unknown'}: {_text(source)}"


def _text(tweet: Tweet | None) -> Any:
    """A long post has its whole text in `note_tweet`."""
    if tweet is None:
        return None
    return plain_text((tweet.get("note_tweet") or {}).get("text") or tweet.get("text"))


def _addressed(record: Record) -> str | None:
    """The account answered, else our own where it is mentioned."""
    answered = record["users"].get(str(record["tweet"].get("in_reply_to_user_id")), {})
    return answered.get("username") or record.get("account")


def _referred(record: Record, kind: str) -> str | None:
    """The id of the post referred to, that of its first version where it came along."""
    for identifier in referred(record["tweet"], kind):
        known = record["tweets"].get(identifier)
        return first_id(known) if known else identifier
    return None


def _language(tweet: Tweet) -> str | None:
    told = str(tweet.get("lang") or "")
    return told if told and not NO_LANGUAGE.fullmatch(told) else None


def _has(record: Record) -> list[str]:
    entities = record["tweet"].get("entities") or {}
    kinds = dict.fromkeys(MEDIA.get(str(one.get("type"))) for one in record["media"])
    return [
        *filter(None, kinds),
        *(["link"] if _links(record["tweet"]) else []),
        *(["tag"] if entities.get("hashtags") else []),
        *(["mention"] if entities.get("mentions") else []),
    ]


def _links(tweet: Tweet) -> list[str]:
    """Where its links lead: not to its own pictures, nor to the post that it quotes."""
    listed = (tweet.get("entities") or {}).get("urls") or []
    quoted = referred(tweet, "quoted")
    found = [
        str(one.get("unwound_url") or one.get("expanded_url") or "")
        for one in listed
        if not one.get("media_key")
    ]
    outer = [one for one in found if one.rpartition("/")[2].partition("?")[0] not in quoted]
    return list(dict.fromkeys(one for one in outer if one.startswith(("http://", "https://"))))
