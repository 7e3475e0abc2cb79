"""Items of Douyin's web pages: keys with underscores from the API, in camel case from the page itself."""

from __future__ import annotations

from outlisten.posts.files.presets.preset import Cells, Fields, at, first_of
from outlisten.posts.files.problems import RowProblem


def post(item: Cells) -> Fields:
    """A video or picture post with its description; a live stream is no post."""
    native = first_of(item, "aweme_id", "awemeId")
    if native is None or first_of(item, "rawdata", "cell_room.rawdata", "cellRoom.rawdata"):
        raise RowProblem("not-a-post", kind="live")
    return {
        "platform": "douyin",
        "native_id": native,
        "text": item.get("desc"),
        "created_at": first_of(item, "create_time", "createTime"),
        "url": f"https://www.douyin.com/video/{native}",
        "author": first_of(item, "author.nickname", "authorInfo.nickname"),
        "author_handle": first_of(item, "author.unique_id", "authorInfo.uniqueId"),
        "author_id": first_of(item, "author_user_id", "authorUserId", "author.uid", "authorInfo.uid"),
        "region": first_of(item, "author.ip_location", "ip_attribution"),
        "thread": first_of(item, "group_id", "groupId"),
        "likes": first_of(item, "statistics.digg_count", "stats.diggCount"),
        "comments": first_of(item, "statistics.comment_count", "stats.commentCount"),
        "shares": first_of(item, "statistics.share_count", "stats.shareCount"),
        # The web pages send 0 plays for every post.
        "views": at(item, "statistics.play_count") or at(item, "stats.playCount") or None,
        "followers": first_of(item, "author.follower_count", "authorInfo.followerCount"),
        "has": ["image"] if item.get("images") else ["video"],
        "lang_given": "zh",
    }
