"""One cell into one typed value of a post. A cell that says nothing is None, never zero."""

from __future__ import annotations

import re
from collections.abc import Iterable
from math import isnan
from urllib.parse import urlsplit

SCALES = {
    "k": 1_000,
    "m": 1_000_000,
    "b": 1_000_000_000,
    "千": 1_000,
    "w": 10_000,
    "万": 10_000,
    "萬": 10_000,
    "亿": 100_000_000,
}
COUNT = re.compile(r"(\d+(?:\.\d+)?)\s*([kmbw千万萬亿])?\+?", re.IGNORECASE)
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
NOTHING = frozenset({"", "nan", "null", "none", "n/a", "na", "-", "--", "undefined", "\\n", "$undefined"})
LANGUAGES = {
    "english": "en",
    "chinese": "zh",
    "simplified chinese": "zh-Hans",
    "traditional chinese": "zh-Hant",
    "japanese": "ja",
    "korean": "ko",
    "german": "de",
    "french": "fr",
    "spanish": "es",
    "portuguese": "pt",
    "italian": "it",
    "russian": "ru",
    "arabic": "ar",
    "dutch": "nl",
    "turkish": "tr",
    "polish": "pl",
    "indonesian": "id",
    "thai": "th",
    "vietnamese": "vi",
    "中文": "zh",
    "简体中文": "zh-Hans",
    "繁体中文": "zh-Hant",
    "英文": "en",
    "英语": "en",
}
LANGUAGE_TAG = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", re.IGNORECASE)
# What X and Talkwalker write for "could not tell".
NO_LANGUAGE = frozenset({"und", "qme", "qst", "qam", "qct", "qht", "zxx", "art", "unknown", "xx"})
PLATFORMS = {
    "twitter": "x",
    "x": "x",
    "x.com": "x",
    "twitter.com": "x",
    "新浪微博": "weibo",
    "微博": "weibo",
    "sina weibo": "weibo",
    "weibo.com": "weibo",
    "抖音": "douyin",
    "小红书": "xiaohongshu",
    "rednote": "xiaohongshu",
    "知乎": "zhihu",
    "微信": "wechat",
    "微信公众号": "wechat",
    "wechat": "wechat",
    "哔哩哔哩": "bilibili",
    "b站": "bilibili",
    "今日头条": "toutiao",
    "百度贴吧": "tieba",
    "贴吧": "tieba",
    "京东": "jd",
    "淘宝": "taobao",
    "天猫": "tmall",
    "大众点评": "dianping",
    "豆瓣": "douban",
    "快手": "kuaishou",
}
HOSTS = {
    "twitter.com": "x",
    "x.com": "x",
    "weibo.com": "weibo",
    "weibo.cn": "weibo",
    "facebook.com": "facebook",
    "instagram.com": "instagram",
    "youtube.com": "youtube",
    "youtu.be": "youtube",
    "tiktok.com": "tiktok",
    "douyin.com": "douyin",
    "xiaohongshu.com": "xiaohongshu",
    "reddit.com": "reddit",
    "linkedin.com": "linkedin",
    "zhihu.com": "zhihu",
    "bilibili.com": "bilibili",
    "bsky.app": "bluesky",
    "threads.net": "threads",
    "threads.com": "threads",
    "tumblr.com": "tumblr",
    "pinterest.com": "pinterest",
    "vk.com": "vk",
    "toutiao.com": "toutiao",
    "mp.weixin.qq.com": "wechat",
    "tieba.baidu.com": "tieba",
    "t.me": "telegram",
}


def label(value: object) -> str | None:
    """A short value: a name, an id, an address. 849.0, which spreadsheets make of an id, is 849."""
    if value is None or isinstance(value, (dict, list)):
        return None
    if isinstance(value, float):
        if isnan(value):
            return None
        value = int(value) if value == int(value) else value
    text = value if isinstance(value, str) else str(value)
    text = text.strip()
    return None if text.lower() in NOTHING else text


def identifier(value: object) -> str | None:
    """A native id; the ".0" that a spreadsheet puts behind a number is taken off."""
    text = label(value)
    return text[:-2] if text is not None and text.endswith(".0") and text[:-2].isdigit() else text


def handle(value: object) -> str | None:
    """A handle without its @."""
    text = label(value)
    return (text.lstrip("@＠") or None) if text else None


def words_of(value: object) -> str | None:
    """A text, unchanged."""
    if value is None or (isinstance(value, float) and isnan(value)):
        return None
    return value if isinstance(value, str) else str(value)


def count(value: object) -> int | None:
    """A count such as 12, "1,204", "3.4K" or "1.2万"; None when the cell is no count."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, (int, float)):
        return int(value) if 0 <= value < 2**63 else None
    text = str(value).strip().replace(",", "").replace("，", "")
    if text.isdigit() and text.isascii():
        return int(text) if len(text) < 19 else None
    found = COUNT.fullmatch(text)
    if found is None:
        return None
    return round(float(found[1]) * SCALES.get((found[2] or "").lower(), 1))


def rating(value: object) -> float | None:
    """The stars or score, in the source's scale: the first number of the cell."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, (int, float)):
        return None if isnan(value) else float(value)
    found = NUMBER.search(str(value))
    return float(found[0]) if found else None


def language(value: object) -> str | None:
    """A BCP 47 tag; None for "undetermined"."""
    text = label(value)
    if text is None or text.lower() in NO_LANGUAGE:
        return None
    if known := LANGUAGES.get(text.lower()):
        return known
    text = text.replace("_", "-")
    return text if LANGUAGE_TAG.fullmatch(text) else None


def labels(value: object) -> list[str] | None:
    """A list of labels, from a list or from text with commas between."""
    if value is None:
        return None
    pieces: Iterable[object] = (
        value if isinstance(value, (list, tuple)) else str(value).strip("[]").split(",")
    )
    found = [text.strip("'\" ") for piece in pieces if (text := label(piece))]
    return found or None


def host(url: str | None) -> str | None:
    """The host of an address, lower case."""
    if not url:
        return None
    try:
        return urlsplit(url if "//" in url else f"//{url}").hostname
    except ValueError:
        return None


def platform(value: object) -> str | None:
    """The name of a network as the product writes it."""
    text = label(value)
    return PLATFORMS.get(text.lower(), text.lower()) if text else None


def platform_of_site(site: object) -> str | None:
    """The network a host belongs to, when it is a known one."""
    while site and isinstance(site, str):
        if site in HOSTS:
            return HOSTS[site]
        _, _, site = site.partition(".")
    return None
