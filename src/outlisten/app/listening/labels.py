"""The words for what a post can be: its network, language, tone and voice, in the reader's language."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import get_language_info, gettext_lazy
from django.utils.translation import gettext as _

FIELD: dict[str, Promise] = {
    "platform": gettext_lazy("Platform"), "lang": gettext_lazy("Language"), "sentiment": gettext_lazy("Tone"),
    "voice": gettext_lazy("Voice"), "to": gettext_lazy("Addressed to"), "site": gettext_lazy("Site"),
    "type": gettext_lazy("Kind"), "author": gettext_lazy("Author"), "source": gettext_lazy("Source"),
    "topic": gettext_lazy("Tag"),
}  # fmt: skip
VALUE: dict[str, dict[str, Promise | str]] = {
    "platform": {
        "x": "X", "twitter": "Twitter", "weibo": gettext_lazy("Weibo"),
        "cfpb": gettext_lazy("CFPB complaints"),
        "xiaohongshu": gettext_lazy("Xiaohongshu"), "douyin": gettext_lazy("Douyin"), "bluesky": "Bluesky",
        "mastodon": "Mastodon", "reddit": "Reddit", "facebook": "Facebook", "instagram": "Instagram",
        "youtube": "YouTube", "tiktok": "TikTok", "linkedin": "LinkedIn", "wechat": gettext_lazy("WeChat"),
        "zhihu": gettext_lazy("Zhihu"), "dianping": gettext_lazy("Dianping"), "news": gettext_lazy("News"),
    },
    "lang": {
        "zh": gettext_lazy("Chinese"), "en": gettext_lazy("English"), "ja": gettext_lazy("Japanese"),
        "ko": gettext_lazy("Korean"), "es": gettext_lazy("Spanish"), "fr": gettext_lazy("French"),
        "de": gettext_lazy("German"), "pt": gettext_lazy("Portuguese"), "ru": gettext_lazy("Russian"),
        "ar": gettext_lazy("Arabic"), "it": gettext_lazy("Italian"), "id": gettext_lazy("Indonesian"),
    },
    "sentiment": {
        "negative": gettext_lazy("negative"), "neutral": gettext_lazy("neutral"),
        "positive": gettext_lazy("positive"),
    },
    "voice": {
        "earned": gettext_lazy("earned"), "owned": gettext_lazy("owned"),
        "employee": gettext_lazy("employee"), "partner": gettext_lazy("partner"),
        "paid": gettext_lazy("paid"), "unknown": gettext_lazy("unknown"),
    },
    "type": {
        "post": gettext_lazy("post"), "comment": gettext_lazy("comment"), "review": gettext_lazy("review"),
        "reply": gettext_lazy("reply"), "repost": gettext_lazy("repost"), "article": gettext_lazy("article"),
        "message": gettext_lazy("message"),
    },
}  # fmt: skip


def field_label(name: str) -> str:
    """The field's name for a reader."""
    return str(FIELD.get(name, name))


def value_label(name: str, value: object) -> str:
    """A value's name for a reader; *unknown to us* where the source and the models say nothing."""
    if value is None or value == "":
        return _("not known")
    if name == "lang" and value not in VALUE["lang"]:
        return _language_name(str(value))
    return str(VALUE.get(name, {}).get(str(value), value))


def _language_name(code: str) -> str:
    """A language by Django's own list of names, translated there; the bare code where it has none."""
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code
