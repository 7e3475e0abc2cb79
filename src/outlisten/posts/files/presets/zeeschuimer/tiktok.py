"""Items of TikTok's web pages: videos and comments."""

from __future__ import annotations

from collections.abc import Mapping

from outlisten.posts.files.presets.preset import Cells, Fields, at, first_of


def post(item: Cells) -> Fields:
    """A video with its description; the author is an object from the API and a handle in embedded data."""
    author = item.get("author")
    embedded = not isinstance(author, Mapping)
    handle = author if embedded else at(author, "uniqueId")
    return {
        "platform": "tiktok",
        "native_id": item["id"],
        "text": item.get("desc"),
        "created_at": item.get("createTime"),
        "author": item.get("nickname") if embedded else at(author, "nickname"),
        "author_handle": handle,
        "author_id": first_of(item, "author.id", "authorId"),
        "lang_given": item.get("textLanguage"),
        "has": ["video"],
        "url": f"https://www.tiktok.com/@{handle}/video/{item['id']}",
        "likes": first_of(item, "statsV2.diggCount", "stats.diggCount"),
        "comments": first_of(item, "statsV2.commentCount", "stats.commentCount"),
        "shares": first_of(item, "statsV2.shareCount", "stats.shareCount"),
        "views": first_of(item, "statsV2.playCount", "stats.playCount"),
        "followers": first_of(item, "authorStatsV2.followerCount", "authorStats.followerCount"),
    }


def comment(item: Cells) -> Fields:
    """A comment under a video."""
    parent = str(item.get("reply_id") or "0")
    return {
        "platform": "tiktok",
        "type": "comment",
        "native_id": item["cid"],
        "text": item.get("text"),
        "created_at": item.get("create_time"),
        "author": at(item, "user.nickname"),
        "author_handle": at(item, "user.unique_id"),
        "author_id": at(item, "user.uid"),
        "thread": item.get("aweme_id"),
        "reply_to": parent if parent != "0" else item.get("aweme_id"),
        "is": ["reply"],
        "likes": item.get("digg_count"),
        "comments": item.get("reply_comment_total"),
        "lang_given": item.get("comment_language"),
    }
