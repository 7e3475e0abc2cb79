"""Random queries and posts out of few words, so that they often meet: Chinese, English, mixed, emoji, hostile."""

from __future__ import annotations

import random

from hypothesis import strategies as st

WORDS = [
    "充电宝", "充电", "宝", "苹果", "蘋果", "和服", "服务", "好", "电", "apple", "Apple", "café", "cafe\u0301", "coca-cola",
    "iPhone15", "15", "不", "not", "working", "C++", "U.S.", "👍", "👍🏻", "👨‍👩‍👧", "❤️", "ｉＰｈｏｎｅ", "5㎏", "ก่ข", "ガ", "ｶﾞ",
    "हिन्दी", "it's", "a_b", "İ", "ß",
]  # fmt: skip
ENTITIES = [
    "#双十一#", "#双十一", "#sale", "#新品 发布#", "@bob", "@品牌客服", "[怒]", "[doge]", "https://weibo.com/a/b",
    "http://t.cn/x快看", "#双十一[话题]#",
]  # fmt: skip
JOINS = [
    " ",
    " ",
    "",
    "，",
    "。",
    ". ",
    "\n",
    "! ",
    "…",
    "\u200b",
    "-",
    "|",
    "¶",
    "\x00",
    "\u202e",
    "'",
    '"',
    "\ud83d",
    "\\",
]
NAMES = ["王小明", "Équipe", "equipe", "Ｂob", "bob", "品牌客服"]
FIELDS = [
    "lang:zh", "语言:中文", "lang:en-gb", "platform:weibo", "platform:X", "author:bob", "author:b*", "作者:*小明",
    "from:王小明", "作者:Équipe",
    "to:equipe", "to:品牌客服", "site:weibo.com", "sentiment:negative", "情感:正面", "sentiment:negative@0.7",
    "voice:earned", "声源:付费", "since:2026-03-01", "until:2026-03-01", "date:2026-02..2026-04-10",
    "since:2026-03-01T12:30", "until:-7d", "type:review", "is:repost", "has:link", "has:tag", "has:likes",
    "likes:>=100", "likes:0", "rating:..4.1", "engagement:>10", "country:us", "region:广东",
    "intent:(help OR 投诉)", "flag:promotional", "标记:反讽", "urgency:>=0.6", "紧急:..0.33", "has:urgency",
    "link:weibo.com/a", "url:/A", "#双十一", "#双*", "@bob", "[怒]", '"#新品 发布#"',
]  # fmt: skip


def said(chance: random.Random) -> str:
    """A few words and entities, joined by what stands between words."""
    pieces = chance.choices(WORDS * 3 + ENTITIES, k=chance.randrange(1, 9))
    return "".join(piece + chance.choice(JOINS) for piece in pieces)


def post(chance: random.Random) -> dict[str, object]:
    """A post as `match` takes it; much of it may be missing."""
    made: dict[str, object] = {"text": said(chance)}
    choices: dict[str, list[object]] = {
        "title": [said(chance), "好", "!", ""], "quoted": [said(chance)],
        "author": list(NAMES), "author_handle": list(NAMES), "to": list(NAMES),
        "platform": ["weibo", "X", "x"], "lang": ["zh", "zh-CN", "zh_TW", "EN", "en-GB"],
        "site": ["weibo.com", "m.Weibo.com", "notweibo.com"], "url": ["https://E.com/A?b", "http://e.com"],
        "sentiment": ["negative", "positive", "Neutral"], "sentiment_score": [0.7, 0.69, 0.9],
        "voice": ["earned", "paid"], "type": ["review", "post"], "is": [["repost"], ["Reply", "verified"]],
        "created_at": ["2026-02-28T23:59:59", "2026-03-01T12:30:30", "2026-03-01T00:00:00+08:00", "2026-11-20"],
        "likes": [0, 99, 100], "comments": [3], "rating": [4.1, 5, 1], "country": ["US", "cn"], "region": ["广东"],
        "flags": [["promotional"], ["Sarcasm", "spam"]], "urgency": [0, 0.33333334, 0.6, 1],
        "intent": [["help"], ["complaint", "praise"]], "links": [["https://www.weibo.com/a?x=1"], ["http://a.cn/weibo.com/a"]],
    }  # fmt: skip
    return made | {name: chance.choice(values) for name, values in choices.items() if chance.random() < 0.4}


def posts(count: int, seed: int) -> list[dict[str, object]]:
    """Many posts, the same for the same seed."""
    chance = random.Random(seed)
    return [post(chance) for _ in range(count)]


def quoted(text: str) -> str:
    """A phrase of any characters."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


terms = st.sampled_from(WORDS) | st.lists(st.sampled_from(WORDS + JOINS), min_size=1, max_size=4).map(
    "".join
).map(quoted)
PLACED = [
    "充*宝", "充?宝", "苹*", "app*", "ap?le", "caf?", "coca-col*", "我*宝", "iph*", "{Apple}", "{蘋果}", "{C++}", "{宝}",
    "{a}", "raw:U.S.", "word:和服", "词:服务", "word:充电宝", '"充电 好"~2', '"not working"~1', '"好 好"~3', "#双十一", "#双*",
    '"👍 宝"~4', "{👍}", "{双十一}", "{weibo}",
]  # fmt: skip
placed = terms | st.sampled_from(PLACED)


def _near(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    sizes = st.sampled_from(["0", "1", "2", "3", "6", "0f", "2f", "s", "p", "sf"])
    names = st.sampled_from(["NEAR", "NEAR", "ONEAR", "NOT NEAR"])
    sides = inner | st.lists(inner, min_size=2, max_size=3).map(lambda parts: " OR ".join(parts).join("()"))
    return st.tuples(sides, names, sizes, sides).map(lambda p: f"({p[0]} {p[1]}/{p[2]} {p[3]})")


nears = _near(placed) | _near(_near(placed) | placed)
often = st.tuples(st.integers(1, 3), placed | nears).map(lambda p: f"ATLEAST/{p[0]}({p[1]})")
leaves = terms | placed | nears | nears | often | st.sampled_from(FIELDS)


def _groups(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    several = st.lists(inner, min_size=2, max_size=3)
    return (
        several.map(" ".join)
        | several.map(lambda parts: " OR ".join(parts).join("()"))
        | several.map(lambda parts: "｜".join(parts).join("（）"))
        | inner.map("NOT ({})".format)
        | terms.map("-{}".format)
        | (terms | nears).map("title:{}".format)
        | terms.map("quoted:{}".format)
        | several.map(
            lambda parts: (
                f"正文:({' OR '.join(part for part in parts if not set(part) & set(':#@[')) or '好'})"
            )
        )
    )


queries = st.recursive(leaves, _groups, max_leaves=8)
