"""Notes of Xiaohongshu (RedNote): from its API, from data in the page, or read off the page itself."""

from __future__ import annotations

from outlisten.posts.files.presets.preset import Cells, Fields, at, first_of
from outlisten.posts.files.problems import RowProblem


def post(item: Cells) -> Fields:
    """The note. Overviews give a title and no text, and often no date: both stay missing."""
    note = first_of(item, "note_card", "note") or item
    native = first_of(item, "id", "note_id") or first_of(note, "note_id", "noteId")
    title = first_of(note, "title", "display_title", "displayTitle")
    text = at(note, "desc")
    if native is None or not (title or text):
        raise RowProblem("no-text")
    token = first_of(item, "xsec_token", "note.xsecToken")
    return {
        "platform": "xiaohongshu",
        "native_id": native,
        "title": title,
        "text": text,
        "created_at": at(note, "time"),
        "region": first_of(note, "ip_location", "ipLocation"),
        "author": first_of(note, "user.nickname", "user.nick_name", "author_name"),
        "author_id": first_of(note, "user.user_id", "user.userId"),
        "url": f"https://www.xiaohongshu.com/explore/{native}" + (f"?xsec_token={token}" if token else ""),
        "likes": first_of(note, "interact_info.liked_count", "interactInfo.likedCount", "likes"),
        "comments": first_of(note, "interact_info.comment_count", "interactInfo.commentCount"),
        "shares": first_of(
            note, "interact_info.share_count", "interactInfo.shareCount", "interact_info.shared_count"
        ),
        "has": ["video"] if at(note, "type") == "video" else ["image"],
    }
