"""Field names and their values, with the Chinese names beside the English ones (query language, part 5)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from typing import Literal

from outlisten.query.folding import fold

Kind = Literal[
    "scope",
    "person",
    "mention",
    "address",
    "label",
    "flag",
    "number",
    "date",
    "exact",
    "word",
    "list",
    "query",
]


@dataclass(frozen=True, slots=True)
class Field:
    """A field: its name, its other names, what kind of value it takes, and the values if they are few.

    `values` maps every spelling of a value to the value; empty where any value is welcome.
    """

    name: str
    kind: Kind
    aliases: tuple[str, ...] = ()
    values: Mapping[str, str] | None = None
    classified: bool = False


def _values(**spellings: str) -> dict[str, str]:
    """`value="other spellings"` as a look-up of every spelling."""
    return {
        fold(spelling): value for value, others in spellings.items() for spelling in (value, *others.split())
    }


SENTIMENT = _values(negative="负面", neutral="中性", positive="正面")
VOICE = _values(
    owned="自有", employee="员工", partner="合作", paid="付费", earned="真实口碑", unknown="未知"
)  # fmt: skip
INTENT = _values(
    help="求助", inquiry="咨询", complaint="投诉", suggestion="建议", praise="表扬", thanks="感谢",
    purchase="购买", leaving="离开", comparison="比较",
)  # fmt: skip
EMOTION = _values(
    anger="愤怒", joy="喜悦", sadness="悲伤", fear="恐惧", surprise="惊讶", disgust="厌恶", optimism="乐观",
    gratitude="感激", neutral="中性",
)  # fmt: skip
FLAG = _values(
    promotional="推广", spam="垃圾", sarcasm="反讽", offensive="冒犯", disclosed="已声明"
)  # fmt: skip
TYPE = _values(
    post="帖子", comment="评论", reply="回复", repost="转发", review="评价", article="文章", message="私信"
)
IS = _values(repost="转发", reply="回复", quote="引用", question="提问", verified="认证", edited="已编辑")
NUMBERS = {
    "likes": "点赞", "comments": "评论数", "shares": "转发", "views": "浏览", "engagement": "互动",
    "rating": "评分", "followers": "粉丝数", "urgency": "紧急",
}  # fmt: skip
HAS = _values(
    link="链接",
    image="图片",
    video="视频",
    audio="音频",
    location="位置",
    tag="话题",
    mention="提及",
    **NUMBERS,
)
LANG = _values(zh="中文", en="英文")
PLATFORM = _values(weibo="微博", xiaohongshu="小红书", douyin="抖音")

FIELDS: tuple[Field, ...] = (
    Field("title", "scope", ("标题",)),
    Field("text", "scope", ("正文",)),
    Field("author", "person", ("from", "作者")),
    Field("to", "person", ("对象",)),
    Field("mention", "mention", ("提及",)),
    Field("site", "address", ("站点",)),
    Field("link", "address", ("链接",)),
    Field("url", "address", ("网址",)),
    Field("platform", "label", ("来源",), PLATFORM),
    Field("type", "label", ("类型",), TYPE),
    Field("lang", "label", ("语言",), LANG),
    Field("country", "label", ("国家",)),
    Field("region", "label", ("地区",)),
    Field("sentiment", "label", ("情感",), SENTIMENT, classified=True),
    Field("intent", "label", ("意图",), INTENT),
    Field("emotion", "label", ("情绪",), EMOTION),
    Field("flag", "label", ("标记",), FLAG),
    Field("topic", "label", ("话题",)),
    Field("voice", "label", ("声源",), VOICE),
    Field("is", "flag", (), IS),
    Field("has", "flag", ("包含",), HAS),
    Field("date", "date", ("时间",)),
    Field("since", "date", ("起始",)),
    Field("until", "date", ("截至",)),
    *(Field(name, "number", (chinese,)) for name, chinese in NUMBERS.items()),
    Field("raw", "exact"),
    Field("word", "word", ("词",)),
    Field("quoted", "scope", ("引用",)),
    Field("list", "list", ("名单",)),
    Field("query", "query", ("查询",)),
)
BY_NAME: Mapping[str, Field] = {
    fold(name): field for field in FIELDS for name in (field.name, *field.aliases)
}

# Values that are open: any language tag, network, country, region or topic may come from a source.
OPEN = frozenset({"platform", "lang", "country", "region", "topic"})

# Columns of kept posts that are named otherwise than their fields.
COLUMN_OF: Mapping[str, str] = {"flag": "flags"}

# Fields of other tools, and what to write here (query language, part 4.1). A colon ends what replaces the name.
FOREIGN: Mapping[str, str] = {
    "min_likes": "likes:>=", "min_faves": "likes:>=", "min_replies": "comments:>=", "min_reposts": "shares:>=",
    "min_retweets": "shares:>=", "min_engagement": "engagement:>=", "retweets_of": "is:repost author:",
    "ingress": "text:", "links": "link:", "domain_url": "site:", "host_url": "site:", "language": "lang:",
    "published": "date:", "sourcecountry": "country:", "place_country": "country:", "sourcetype": "type:",
    "hashtags": "#", "hashtag": "#", "at_mentions": "mention:", "mentions": "mention:", "authorcontaining": "author:",
    "continent": "region:", "state": "region:", "county": "region:", "city": "region:", "engagementtype": "is:",
    "pagetype": "platform:", "channel": "platform:", "authorfollowers": "followers:", "authorcontains": "author:",
}  # fmt: skip
# Fields of other tools that nothing here stands for: what looks like them would ask for something else.
UNKNOWN_HERE = frozenset(
    {"authorgender", "authorverified", "authorverifiedtype", "latitude", "longitude", "minuteofday", "tags", "guid",
     "parentid", "rootid", "threadid", "authorid", "blogname", "weblogtitle", "itemreview", "imagetype", "objects",
     "brandisbasedon", "entity", "reachscore", "impact", "sentimentscore", "device", "source_id"}
)  # fmt: skip
FOREIGN_VALUES: Mapping[str, str] = {"retweet": "repost"}


_SMALL = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz")


def small(text: str) -> str:
    """Letters A to Z in small, others as they are: what ClickHouse's `lower` does."""
    return text.translate(_SMALL)


def label_form(field: str, label: str) -> str:
    """How labels are compared: A to Z in small letters, and a language tag's `_` as `-`. SQL does the same."""
    return small(label).replace("_", "-") if field == "lang" else small(label)


def field_named(typed: str) -> Field | None:
    """The field of this name, in either language and any case."""
    return BY_NAME.get(fold(typed))


@lru_cache(256)
def nearest_field(typed: str) -> str | None:
    """What was probably meant by an unknown field name, with its colon; None when nothing is near."""
    folded = fold(typed)
    if folded in FOREIGN:
        return FOREIGN[folded]
    if folded in UNKNOWN_HERE:
        return None
    near = _nearest(folded, BY_NAME)
    return f"{near}:" if near else None


def nearest_value(field: Field, typed: str) -> str | None:
    """What was probably meant by an unknown value of a field."""
    folded = fold(typed)
    return FOREIGN_VALUES.get(folded) or _nearest(folded, field.values or {})


def _nearest(typed: str, names: Iterable[str]) -> str | None:
    near = get_close_matches(typed, names, n=1, cutoff=0.6)
    return near[0] if near else None
