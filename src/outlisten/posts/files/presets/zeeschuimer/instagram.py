"""Items of Instagram's web pages, from its two interfaces: item lists and Graph."""

from __future__ import annotations

from outlisten.posts.files.presets.preset import Cells, Fields, first_of
from outlisten.posts.files.problems import RowProblem

MEDIA = {
    1: ["image"],
    2: ["video"],
    8: ["image"],
    "GraphVideo": ["video"],
    "GraphImage": ["image"],
    "GraphSidecar": ["image"],
}


def post(item: Cells) -> Fields:
    """The post; its caption is the text, and an advertisement is none."""
    if item.get("product_type") == "ad" or str(item.get("link") or "").startswith(
        "https://www.facebook.com/ads/"
    ):
        raise RowProblem("not-a-post", kind="ad")
    code = first_of(item, "code", "shortcode")
    return {
        "platform": "instagram",
        "native_id": code,
        "url": f"https://www.instagram.com/p/{code}",
        "text": first_of(item, "caption.text", "edge_media_to_caption.edges.0.node.text"),
        "created_at": first_of(item, "taken_at", "taken_at_timestamp"),
        "author": first_of(item, "user.full_name", "owner.full_name"),
        "author_handle": first_of(item, "user.username", "owner.username"),
        "author_id": first_of(item, "user.pk", "user.id", "owner.pk", "owner.id"),
        # -1 stands for a hidden count, which is missing and not zero.
        "likes": first_of(item, "like_count", "edge_media_preview_like.count"),
        "comments": first_of(item, "comment_count", "edge_media_preview_comment.count"),
        "views": first_of(item, "play_count", "view_count"),
        "has": MEDIA.get(item.get("media_type") or item.get("__typename")),
    }
