"""Posts of Weibo's web interfaces: `text_raw` on weibo.com, HTML in `text` on m.weibo.cn."""

from __future__ import annotations

import re
from html import unescape

from outlisten.posts.files.presets.preset import Cells, Fields, at, first_of

# Every repetition is bounded or stops at the next tag: a text of a million "<" must not take quadratic time.
EMOTICON = re.compile(r'<img[^<>]{1,500}?alt="?(\[[^\]"<>]{1,40}\])"?[^<>]{0,500}+>')
BREAK = re.compile(r"<br\s*/?>")
TAG = re.compile(r"<[^<>]+>")


def post(item: Cells) -> Fields:
    """The post; a repost carries the text of the post it repeats as quoted."""
    native, user = first_of(item, "mid", "idstr", "id"), at(item, "user.id")
    source = at(item, "retweeted_status")
    flags = [flag for flag, value in (("repost", source), ("verified", at(item, "user.verified"))) if value]
    return {
        "platform": "weibo",
        "native_id": native,
        "text": words(item),
        "created_at": at(item, "created_at"),
        "author": at(item, "user.screen_name"),
        "author_id": user,
        "is": flags,
        "type": "repost" if source else "post",
        "quoted": words(source) if isinstance(source, dict) else None,
        "url": f"https://weibo.com/{user}/{first_of(item, 'mblogid', 'bid') or native}",
        # 发布于 北京
        "region": str(at(item, "region_name") or "").removeprefix("发布于").strip() or None,
        "likes": at(item, "attitudes_count"),
        "comments": at(item, "comments_count"),
        "shares": at(item, "reposts_count"),
        "followers": at(item, "user.followers_count"),
        "has": _has(item),
    }


def words(item: Cells) -> object:
    """The words of a post, whole where the long text was captured, emoticons as [codes]."""
    raw = first_of(item, "longText.longTextContent_raw", "text_raw")
    html = first_of(item, "longText.longTextContent", "text")
    if raw is not None or not isinstance(html, str):
        return raw
    html = BREAK.sub("\n", EMOTICON.sub(r"\1", html))
    return unescape(TAG.sub("", html))


def _has(item: Cells) -> list[str]:
    kinds = {
        "image": at(item, "pic_num") or at(item, "pic_ids"),
        "video": at(item, "page_info.type") == "video",
    }
    return [kind for kind, value in kinds.items() if value]
