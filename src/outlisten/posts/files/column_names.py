"""Which column of a file is which field of a post, guessed from header names in English and Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

# In order of preference. Names are compared without case, spaces and punctuation.
NAMES: Mapping[str, str] = {
    "text": (
        "full_text fulltext text_raw text body content message comment comment_text review review_text "
        "reviewbody reviewcontent tweet_text tweettext tweet post post_text caption desc description "
        "sentence hit_sentence narrative consumer_complaint_narrative customer_complaint selftext snippet "
        "mention 正文 全文 内容 文本 原文 微博正文 微博内容 帖子内容 评论内容 评论正文 评价内容 笔记内容 "
        "留言内容 弹幕 评论 评价 摘要 line"
    ),
    "title": "title headline subject issue 标题 主题 笔记标题 文章标题 帖子标题",
    "created_at": (
        "created_at createdat created published published_at publishedat publish_time pubdate posted_at "
        "date_published datetime date_time timestamp date time createtime create_time created_utc "
        "created_time tweetdate review_date date_received 发布时间 发表时间 发布日期 评论时间 评价时间 "
        "创建时间 发帖时间 时间 日期 购买时间"
    ),
    "native_id": (
        "native_id id id_str tweet_id tweetid post_id postid status_id comment_id commentid mid message_id "
        "messageid uuid complaint_id ticket review_id aweme_id note_id resource_id 编号 微博id 帖子id "
        "评论id 笔记id 作品id 文章id 唯一标识"
    ),
    "author": (
        "author author_name authorname user_name display_name name nickname full_name user poster from "
        "influencer 作者 昵称 用户名 用户 用户昵称 博主 发布者 发布人 评论者 作者昵称 博主昵称 账号名称"
    ),
    "author_handle": (
        "author_handle screen_name screenname handle username user_screen_name twitter_screen_name 账号 "
        "用户账号 抖音号 小红书号"
    ),
    "author_id": "author_id user_id userid uid author_user_id 用户id 作者id 博主id 用户编号",
    "to": "to addressed_to recipient brand company 品牌 对象 商家",
    "url": (
        "url link permalink post_url tweet_url web_url href 链接 网址 地址 原文链接 微博链接 帖子链接 "
        "笔记链接 视频链接 作品链接 文章链接"
    ),
    "site": "site domain host host_url 站点 网站 来源网站 域名",
    "platform": "platform network source_platform 平台 渠道 来源平台",
    "reply_to": (
        "reply_to in_reply_to_status_id in_reply_to_tweet_id in_response_to_tweet_id parent_id 回复的id "
        "父评论id"
    ),
    "thread": "thread thread_id conversation_id conversationid 会话id 主题id",
    "lang_given": "lang_given lang language 语言 语种",
    "country": "country country_code countrycode 国家",
    "region": "region state province 省份 省 地区 ip属地 ip归属地 发布于 地域",
    "likes": (
        "likes like_count likecount likes_count favorite_count favourites favorites digg_count "
        "attitudes_count upvotes score ups 点赞数 点赞 赞数 赞 获赞数 点赞量"
    ),
    "comments": (
        "comments comment_count commentcount comments_count reply_count replies replies_count num_comments "
        "评论数 评论量 回复数 跟帖数"
    ),
    "shares": (
        "shares share_count sharecount retweet_count retweets reposts reposts_count repost_count 转发数 "
        "转发 转发量 分享数 分享量"
    ),
    "views": (
        "views view_count viewcount impressions impression_count play_count plays 阅读数 阅读量 浏览量 "
        "浏览数 播放量 播放数 观看数 曝光量"
    ),
    "followers": "followers follower_count followers_count author_followers 粉丝数 粉丝 粉丝量 作者粉丝数",
    "rating": "rating stars star score_rating 评分 得分 星级 打分 分数",
    "type": "type post_type 类型 帖子类型 内容类型",
}
COUNTS_BESIDE_TEXT = {"评论": "comments", "回复": "comments", "comment": "comments"}
SEPARATORS = re.compile(r"[\s_\-./#()（）:：?]+")


def plain(name: str) -> str:
    """A header name without case, spaces and punctuation."""
    return SEPARATORS.sub("", name.strip().lower())


FIELD_OF: Mapping[str, tuple[str, int]] = {
    plain(name): (field, rank)
    for field, names in reversed(list(NAMES.items()))
    for rank, name in enumerate(names.split())
}


def is_known(name: str) -> bool:
    """Whether a header name is one of those that are recognised."""
    return plain(name) in FIELD_OF


def guess(columns: Sequence[str]) -> dict[str, str]:
    """{post field: column} for the columns whose names are recognised; each column serves one field."""
    best: dict[str, tuple[int, str]] = {}
    for column in columns:
        short = column.rsplit(".", 1)[-1]
        found = FIELD_OF.get(plain(column)) or (FIELD_OF.get(plain(short)) if "." in column else None)
        if found is None:
            continue
        field, rank = found
        rank += 100 * column.count(".")
        if field not in best or rank < best[field][0]:
            best[field] = (rank, column)
    chosen = {field: best[field][1] for field in NAMES if field in best}
    _add_counts(chosen, columns)
    return chosen


def _add_counts(chosen: dict[str, str], columns: Sequence[str]) -> None:
    """A column called 评论 beside another that holds the words is the number of comments."""
    for column in columns:
        field = COUNTS_BESIDE_TEXT.get(plain(column))
        if field is not None and field not in chosen and column not in chosen.values():
            chosen[field] = column


def longest_text(rows: Sequence[Mapping[str, object]], taken: Iterable[str]) -> str | None:
    """The column with the longest texts among those not taken: the words, when no header names them."""
    used = set(taken)
    lengths: dict[str, int] = {}
    for row in rows:
        for column, value in row.items():
            if (
                isinstance(value, str)
                and column not in used
                and not value.startswith(("http://", "https://"))
            ):
                lengths[column] = lengths.get(column, 0) + len(value)
    wordy = {column: total for column, total in lengths.items() if total / max(len(rows), 1) >= 8}
    return max(wordy, key=lambda column: wordy[column]) if wordy else None
