"""An item of X's web timeline: `rest_id`, `legacy`, the author under `core.user_results`."""

from __future__ import annotations

from outlisten.posts.files.presets.preset import Cells, Fields, at, first_of
from outlisten.posts.files.presets.x_posts import address, plain_text

# Newer captures keep name and handle of an account in `core`, older ones in `legacy`.
USER = "core.user_results.result"


def post(item: Cells) -> Fields:
    """The post; a repost has the whole text of the post it repeats."""
    handle = first_of(item, f"{USER}.core.screen_name", f"{USER}.legacy.screen_name", "user.screen_name")
    native = first_of(item, "rest_id", "legacy.id_str")
    flags = _flags(item)
    return {
        "platform": "x",
        "native_id": native,
        "text": plain_text(_text(item)),
        "created_at": at(item, "legacy.created_at"),
        "author": first_of(item, f"{USER}.core.name", f"{USER}.legacy.name", "user.name"),
        "author_handle": handle,
        "author_id": first_of(item, "legacy.user_id_str", "user.id_str"),
        "url": address(handle, native),
        "thread": at(item, "legacy.conversation_id_str"),
        "reply_to": at(item, "legacy.in_reply_to_status_id_str"),
        "to": at(item, "legacy.in_reply_to_screen_name"),
        "lang_given": at(item, "legacy.lang"),
        "is": flags,
        "type": next((flag for flag in flags if flag in {"repost", "reply"}), "post"),
        "quoted": plain_text(
            first_of(
                item,
                "quoted_status_result.result.legacy.full_text",
                "quoted_status_result.result.tweet.legacy.full_text",
            )
        ),
        "likes": at(item, "legacy.favorite_count"),
        "shares": at(item, "legacy.retweet_count"),
        "comments": at(item, "legacy.reply_count"),
        "views": first_of(item, "views.count", "ext_views.count"),
        "followers": at(item, f"{USER}.legacy.followers_count"),
    }


def _text(item: Cells) -> object:
    for path in ("legacy.retweeted_status_result.result.tweet", "legacy.retweeted_status_result.result"):
        source = at(item, path)
        if whole := _whole(source):
            return (
                f"RT @{first_of(source, f'{USER}.core.screen_name', f'{USER}.legacy.screen_name')}: {whole}"
            )
    return _whole(item)


def _whole(item: object) -> object:
    return first_of(item, "note_tweet.note_tweet_results.result.text", "legacy.full_text")


def _flags(item: Cells) -> list[str]:
    found = {
        "repost": at(item, "legacy.retweeted_status_result"),
        "reply": at(item, "legacy.in_reply_to_status_id_str"),
        "quote": first_of(item, "quoted_status_result", "legacy.quoted_status_id_str"),
        "verified": first_of(item, f"{USER}.is_blue_verified", f"{USER}.legacy.verified"),
    }
    return [flag for flag, value in found.items() if value]
