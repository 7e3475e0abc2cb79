"""Pages of the X API v2: `data` with `includes`, as one JSON document or one page a line; single posts a line
too.

Source of the fields: the X API v2 data dictionary (post, user and the expansions `author_id` and
`referenced_tweets.id`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import cast

from outlisten.posts.files.presets.preset import Cells, Facts, Fields, Preset, Shape, at, first_of
from outlisten.posts.files.presets.x_posts import address, plain_text
from outlisten.posts.files.records import dump

# Accounts and posts of `includes` by id.
Lookup = Mapping[str, Cells]


def _recognises(shape: Shape) -> bool:
    page = shape.first.get("data")
    post = page[0] if isinstance(page, list) and page else page if isinstance(page, Mapping) else shape.first
    known = isinstance(post, Mapping) and {"id", "text"} <= set(post)
    return known and bool({"edit_history_tweet_ids", "public_metrics", "conversation_id"} & set(post))


def _posts(fields: Fields, cells: Cells, facts: Facts) -> Iterable[Fields]:
    page = cells.get("data")
    if page is None:
        users, tweets = facts.siblings.get("users", {}), facts.siblings.get("tweets", {})
        yield _post(cells, cast(Lookup, users), cast(Lookup, tweets))
        return
    users, tweets = _by_id(cells, "users"), _by_id(cells, "tweets")
    listed: list[Cells] = page if isinstance(page, list) else [cast(Cells, page)]
    for tweet in listed:
        yield _post(tweet, users, tweets) | {"raw": dump(tweet)}


def _by_id(page: Cells, kind: str) -> Lookup:
    listed = at(page, f"includes.{kind}")
    return {str(entry.get("id")): entry for entry in listed} if isinstance(listed, list) else {}


def _lookups(siblings: Mapping[str, object]) -> Mapping[str, object]:
    return {"users": _by_id(siblings, "users"), "tweets": _by_id(siblings, "tweets")}


def _post(tweet: Cells, users: Lookup, tweets: Lookup) -> Fields:
    user = users.get(str(tweet.get("author_id")), {})
    references = {at(other, "type"): str(at(other, "id")) for other in tweet.get("referenced_tweets") or ()}  # type: ignore[attr-defined]
    flags = [ours for theirs, ours in KINDS.items() if theirs in references]
    if user.get("verified"):
        flags.append("verified")
    quoted = tweets.get(references.get("quoted", ""), {})
    kind = next((flag for flag in flags if flag in {"repost", "reply"}), "post")
    return {
        "native_id": tweet["id"],
        "text": plain_text(_text(tweet, references, users, tweets)),
        "created_at": tweet.get("created_at"),
        "author": user.get("name"),
        "author_handle": user.get("username"),
        "author_id": tweet.get("author_id"),
        "thread": tweet.get("conversation_id"),
        "reply_to": references.get("replied_to"),
        "to": at(users.get(str(tweet.get("in_reply_to_user_id"))), "username"),
        "quoted": plain_text(quoted.get("text")),
        "lang_given": tweet.get("lang"),
        "is": flags,
        "type": kind,
        "likes": at(tweet, "public_metrics.like_count"),
        "comments": at(tweet, "public_metrics.reply_count"),
        "shares": at(tweet, "public_metrics.retweet_count"),
        "views": at(tweet, "public_metrics.impression_count"),
        "followers": at(user, "public_metrics.followers_count"),
        "url": address(user.get("username"), tweet["id"]),
        "has": ["link"] if at(tweet, "entities.urls") else None,
    }


KINDS = {"retweeted": "repost", "replied_to": "reply", "quoted": "quote"}


def _text(tweet: Cells, references: Mapping[object, str], users: Lookup, tweets: Lookup) -> object:
    """The whole text: a long post has it in `note_tweet`, a repost only in the post it repeats."""
    source = tweets.get(references.get("retweeted", ""))
    if source is not None:
        whole = first_of(source, "note_tweet.text", "text")
        return f"RT @{at(users.get(str(source.get('author_id'))), 'username') or 'unknown'}: {whole}"
    return first_of(tweet, "note_tweet.text", "text")


PRESET = Preset(
    name="x-api",
    title="X API v2",
    shape="JSON or JSON Lines with data and includes, or posts with public_metrics",
    recognises=_recognises,
    constants={"platform": "x"},
    adapt=_posts,
    settles_dates=True,
    needs_siblings=True,
    prepare=_lookups,
)
