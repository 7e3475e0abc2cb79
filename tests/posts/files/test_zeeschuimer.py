"""Zeeschuimer's NDJSON: one made-up item of each network."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from outlisten.posts.files.presets.zeeschuimer.weibo import words

USER = {
    "core": {"screen_name": "ann", "name": "Ann"},
    "legacy": {"followers_count": 9},
    "is_blue_verified": True,
}
ITEMS = {
    "twitter.com": (
        {
            "rest_id": "9",
            "core": {"user_results": {"result": USER}},
            "views": {"count": "70"},
            "legacy": {
                "full_text": "a &amp; b",
                "created_at": "Wed May 02 13:04:00 +0000 2018",
                "favorite_count": 3,
                "conversation_id_str": "8",
                "in_reply_to_status_id_str": "8",
                "lang": "en",
            },
        },
        {
            "platform": "x",
            "text": "a & b",
            "author_handle": "ann",
            "likes": 3,
            "views": 70,
            "is": ["reply", "verified"],
        },
    ),
    "tiktok.com": (
        {
            "id": "8",
            "desc": "看这个 #测试",
            "createTime": 1525266240,
            "author": {"uniqueId": "bo", "nickname": "Bo"},
            "stats": {"diggCount": 5, "playCount": 100},
        },
        {
            "platform": "tiktok",
            "text": "看这个 #测试",
            "author_handle": "bo",
            "likes": 5,
            "comments": None,
            "url": "https://www.tiktok.com/@bo/video/8",
        },
    ),
    "tiktok-comments": (
        {
            "cid": "81",
            "aweme_id": "8",
            "text": "first!",
            "create_time": 1525266240,
            "user": {"unique_id": "cy"},
            "reply_id": "0",
            "digg_count": 0,
        },
        {"type": "comment", "reply_to": "8", "author_handle": "cy", "likes": 0},
    ),
    "instagram.com": (
        {
            "code": "C1",
            "caption": {"text": "Lunch 午饭"},
            "taken_at": 1525266240,
            "media_type": 8,
            "like_count": -1,
            "comment_count": 2,
            "user": {"username": "di", "full_name": "Di"},
        },
        {
            "platform": "instagram",
            "native_id": "C1",
            "likes": None,
            "comments": 2,
            "author": "Di",
            "has": ["image"],
        },
    ),
    "douyin.com": (
        {
            "aweme_id": "7",
            "desc": "新品开箱",
            "create_time": 1525266240,
            "author": {"nickname": "小王", "uid": "3"},
            "statistics": {"digg_count": 12, "comment_count": 1, "share_count": 0, "play_count": 0},
        },
        {"platform": "douyin", "text": "新品开箱", "author": "小王", "likes": 12, "shares": 0, "views": None},
    ),
    "xiaohongshu.com": (
        {
            "id": "66f",
            "xsec_token": "t",
            "note_card": {
                "display_title": "避雷",
                "user": {"nickname": "小李"},
                "interact_info": {"liked_count": "1.2万"},
            },
        },
        {"platform": "xiaohongshu", "title": "避雷", "text": "", "likes": 12_000, "created_at": None},
    ),
    "weibo.com": (
        {
            "mid": "50",
            "mblogid": "Ab",
            "created_at": "Wed May 02 21:04:00 +0800 2018",
            "region_name": "发布于 北京",
            "text": '客服不理人<img alt="[怒]" src="x"><br/>差评 <a href="/n/x">@某店</a>',
            "attitudes_count": 0,
            "user": {"id": 1, "screen_name": "张三", "verified": False},
        },
        {
            "platform": "weibo",
            "text": "客服不理人[怒]\n差评 @某店",
            "region": "北京",
            "likes": 0,
            "shares": None,
            "url": "https://weibo.com/1/Ab",
        },
    ),
}


def line(platform: str, item: object) -> str:
    envelope = {
        "item_id": "1",
        "timestamp_collected": 1700000000000,
        "source_platform": platform,
        "data": item,
    }
    return json.dumps(envelope, ensure_ascii=False) + "\n"


@pytest.mark.parametrize("platform", ITEMS)
def test_an_item_of_each_network_becomes_a_post(file, read, platform):
    item, expected = ITEMS[platform]
    found = read(file(line(platform, item), "zee.ndjson"))
    assert found.plan.preset == "zeeschuimer"
    assert {name: found.posts[0][name] for name in expected} == expected
    if found.posts[0]["created_at"]:
        assert found.posts[0]["created_at"] == datetime(2018, 5, 2, 13, 4, tzinfo=UTC)
    assert found.posts[0]["seen_at"] == datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)


def test_networks_and_items_that_are_no_posts_are_rejected_with_the_reason(file, read):
    ad = {"code": "C2", "product_type": "ad"}
    content = (
        line("tiktok.com", ITEMS["tiktok.com"][0]) + line("9gag.com", {"id": 1}) + line("instagram.com", ad)
    )
    found = read(file(content + line("tiktok.com", {"desc": "没有 id"}), "zee.ndjson"))
    assert len(found.posts) == 1
    assert found.lines == [2, 3, 4]
    assert "9gag.com" in found.rejected[0].reason
    assert "(ad)" in found.rejected[1].reason
    assert "preset zeeschuimer" in found.rejected[2].reason


def test_a_persons_choice_stands_above_the_preset(file, read):
    path = file(line("tiktok.com", ITEMS["tiktok.com"][0]), "zee.ndjson")
    found = read(path, mapping={"author": "data.author.uniqueId", "text": "data.id"})
    assert (found.posts[0]["author"], found.texts) == ("bo", ["8"])


@pytest.mark.parametrize("unit", ["<", "<img ", "<img alt=[", 'alt="[x]"', "<br "])
def test_a_weibo_text_of_unclosed_tags_is_read_in_linear_time(unit: str) -> None:
    # Where each "<" looks for its end through the whole text, time grows with the square of its length or faster.
    assert words({"text": "<img " + unit * 40_000})
