"""The words for what a post can be: its network, language, tone and voice, in the reader's language."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import get_language_info, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

# Urgency as it is asked for: what cannot wait (from level 2 of 3 on), and what should not wait long (from level 1).
URGENT, SOMEWHAT = ">=0.6", ">=0.3"

FIELD: dict[str, Promise] = {
    "platform": gettext_lazy("Platform"), "lang": gettext_lazy("Language"), "sentiment": gettext_lazy("Tone"),
    "voice": gettext_lazy("Voice"), "to": gettext_lazy("Addressed to"), "site": gettext_lazy("Site"),
    "type": gettext_lazy("Kind"), "author": gettext_lazy("Author"), "source": gettext_lazy("Source"),
    "topic": gettext_lazy("Tag"), "intent": gettext_lazy("Intent"), "emotion": gettext_lazy("Emotion"),
    "flag": gettext_lazy("Marked as"), "urgency": gettext_lazy("Urgency"),
}  # fmt: skip
VALUE: dict[str, dict[str, Promise | str]] = {
    "platform": {
        "x": "X", "twitter": "Twitter", "weibo": gettext_lazy("Weibo"),
        "cfpb": gettext_lazy("CFPB complaints"),
        "xiaohongshu": gettext_lazy("Xiaohongshu"), "douyin": gettext_lazy("Douyin"), "bluesky": "Bluesky",
        "mastodon": "Mastodon", "reddit": "Reddit", "facebook": "Facebook", "instagram": "Instagram",
        "youtube": "YouTube", "tiktok": "TikTok", "linkedin": "LinkedIn", "wechat": gettext_lazy("WeChat"),
        "appstore": "App Store", "discourse": "Discourse", "email": gettext_lazy("Mail"), "github": "GitHub",
        "hackernews": "Hacker News", "lemmy": "Lemmy", "stackexchange": "Stack Exchange", "web": gettext_lazy("Web pages"),
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
    "intent": {
        "help": gettext_lazy("asks for help"), "inquiry": gettext_lazy("asks a question"),
        "complaint": gettext_lazy("complains"), "suggestion": gettext_lazy("suggests"),
        "praise": gettext_lazy("praises"), "thanks": gettext_lazy("thanks"),
        "purchase": gettext_lazy("wants to buy"), "leaving": gettext_lazy("is about to leave"),
        "comparison": gettext_lazy("compares"),
    },
    "emotion": {
        "anger": gettext_lazy("anger"), "joy": gettext_lazy("joy"), "sadness": gettext_lazy("sadness"),
        "fear": gettext_lazy("fear"), "surprise": gettext_lazy("surprise"), "disgust": gettext_lazy("disgust"),
        "optimism": gettext_lazy("optimism"), "gratitude": gettext_lazy("gratitude"),
        "neutral": pgettext_lazy("emotion", "none"),
    },
    "flag": {
        "promotional": gettext_lazy("promotional"), "spam": gettext_lazy("spam"),
        "sarcasm": gettext_lazy("sarcasm"), "offensive": gettext_lazy("offensive"),
        "disclosed": gettext_lazy("says whom it speaks for"),
    },
    "urgency": {
        URGENT: gettext_lazy("cannot wait"), SOMEWHAT: gettext_lazy("should not wait long"),
    },
    "urgency_reason": {
        "safety": gettext_lazy("safety"), "money": gettext_lazy("money"),
        "deadline": gettext_lazy("a deadline"), "anger": gettext_lazy("anger"),
        "reach": gettext_lazy("many are harmed"), "contacted": gettext_lazy("has written before"),
    },
    "promotion": {"yes": gettext_lazy("promotional"), "no": gettext_lazy("not promotional")},
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
