"""Exports of the back offices of Douyin, Xiaohongshu and Zhihu: small made-up files with the traps that such files have."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pytest
from openpyxl import Workbook

from outlisten.posts.files.presets import recognise
from outlisten.posts.files.presets.preset import Shape


def table(*rows: str) -> str:
    return "\n".join(rows) + "\n"


def workbook(*rows: tuple[object, ...]) -> bytes:
    book, stream = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(stream)
    return stream.getvalue()


DOUYIN = table(
    "作品名称,发布时间,体裁,审核状态,播放量,完播率,5s完播率,封面点击率,2s跳出率,平均播放时长,点赞量,分享量,评论量,收藏量,主页访问量,粉丝增量",
    '"新品水壶上架 #水壶",2026-01-10 18:30:05,视频,公开,1.2万,12.5%,40%,-,20%,8.5,320,12,45,30,66,8',
    ",2026-01-11 09:00:00,图文,公开,100,-,-,3%,-,-,1,0,0,0,0,0",
)


def test_contents_of_douyin_are_posts_of_the_accounts_own(file, read):
    found = read(file(DOUYIN, encoding="utf-8-sig"))
    (post,) = found.posts
    assert found.plan.preset == "douyin-contents"
    assert (post["platform"], post["voice_given"], post["text"]) == ("douyin", "owned", "新品水壶上架 #水壶")
    assert (post["views"], post["likes"], post["comments"], post["shares"]) == (12_000, 320, 45, 12)
    assert post["created_at"] == datetime(2026, 1, 10, 18, 30, 5, tzinfo=UTC)
    assert post["has"] == ["video"]
    assert "5s完播率" in post["raw"]
    assert [(row.line, row.reason) for row in found.rejected] == [(3, "no text")]


NOTES = (
    ("最多导出排序后前1000条笔记",),
    ("笔记标题", "首次发布时间", "体裁", "曝光", "观看量", "封面点击率", "点赞", "评论", "收藏", "涨粉", "分享",
     "人均观看时长", "弹幕"),
    ("三天漏水的水壶，我们怎么改", "2026年01月10日18时30分05秒", "图文", 5200, 830, 0.12, 66, 9, 21, 3, 4, 12, "-"),
    ("开箱", "2026年01月09日08时00分00秒", "视频", 100, 20, 0.1, 0, "-", 0, 0, 0, 5, 0),
)  # fmt: skip


def test_contents_of_xiaohongshu_have_a_line_above_and_times_in_words(file, read):
    found = read(file(workbook(*NOTES), "笔记列表明细表.xlsx"))
    post, other = found.posts
    assert found.plan.preset == "xiaohongshu-contents"
    assert (post["text"], post["created_at"]) == (
        "三天漏水的水壶，我们怎么改",
        datetime(2026, 1, 10, 18, 30, 5, tzinfo=UTC),
    )
    assert (post["likes"], post["comments"], post["shares"], post["views"]) == (66, 9, 4, 830)
    assert (other["likes"], other["comments"]) == (0, None)
    assert (post["has"], other["has"]) == (["image"], ["video"])


def test_contents_of_zhihu_are_known_by_what_only_zhihu_counts(file, read):
    found = read(
        file(
            table(
                "标题,内容类型,发布时间,链接,阅读量,赞同,喜欢,评论,收藏,分享",
                "水壶怎么选？,回答,2026-01-10 18:30,https://www.zhihu.com/question/1/answer/2,1024,12,3,4,5,0",
            ),
            encoding="gb18030",
        )
    )
    (post,) = found.posts
    assert (found.plan.preset, post["platform"], post["text"]) == ("zhihu-contents", "zhihu", "水壶怎么选？")
    assert (post["likes"], post["views"], post["shares"]) == (12, 1024, 0)
    assert post["url"] == "https://www.zhihu.com/question/1/answer/2"


COMMENTS = table(
    "评论ID,父评论ID,用户ID,用户昵称,评论内容,点赞数,评论时间,IP属地,是否作者",
    "9001,0,u1,小王,水壶漏水了怎么办,3,2026-01-10 18:30:05,上海,否",
    "9002,9001,u2,示例官方,已私信您,--,2026-01-10 19:00:00,北京,是",
    "9003,0,u3,小李,,0,2026-01-10 19:10:00,广东,否",
)


@pytest.mark.parametrize(
    ("name", "network"),
    [("抖音评论.csv", "douyin"), ("xhs-comments.csv", "xiaohongshu"), ("知乎_评论导出.csv", "zhihu")],
)
def test_comments_are_of_the_network_that_the_files_name_says(file, read, name, network):
    found = read(file(COMMENTS, name))
    asked, answer = found.posts
    assert found.plan.preset == f"{network}-comments"
    assert (asked["platform"], asked["type"], asked["text"]) == (network, "comment", "水壶漏水了怎么办")
    assert (asked["native_id"], asked["author"], asked["author_id"]) == ("9001", "小王", "u1")
    assert (asked["likes"], asked["region"], asked["reply_to"], asked["voice_given"]) == (
        3,
        "上海",
        None,
        None,
    )
    assert (answer["reply_to"], answer["voice_given"], answer["likes"]) == ("9001", "owned", None)
    assert [(row.line, row.reason) for row in found.rejected] == [(4, "no text")]


@pytest.mark.parametrize(
    ("columns", "name", "preset"),
    [
        ("评论内容 评论时间 用户昵称 作品名称", "comments.csv", "douyin-comments"),
        ("评论内容 昵称 抖音号", "comments.csv", "douyin-comments"),
        ("评论内容 评论时间 笔记标题", "抖音.csv", "xiaohongshu-comments"),
        ("评论内容 评论时间 小红书号", "comments.csv", "xiaohongshu-comments"),
        ("评论内容 评论时间 赞同数 问题标题", "comments.csv", "zhihu-comments"),
        ("评论内容 评论时间 用户昵称", "comments.csv", None),
        ("评论内容 评论时间 抖音号 小红书号", "comments.csv", None),
        ("评论内容 评论时间", "抖音和小红书.csv", None),
        ("评论内容 点赞数", "抖音.csv", None),
        ("作品名称 播放量", "抖音.csv", None),
        ("作品名称 播放量（次） 2s跳出率", "a.csv", "douyin-contents"),
        ("笔记标题 曝光量", "a.csv", "xiaohongshu-contents"),
        ("笔记标题 点赞数", "a.csv", None),
        ("标题 阅读数 赞同数", "a.csv", "zhihu-contents"),
        ("标题 阅读数 点赞数", "a.csv", None),
        ("标题 阅读数 赞同数 作者", "a.csv", None),
        ("作品名称 播放量 完播率 账号名称", "a.csv", None),
        ("笔记标题 观看量 博主昵称", "a.csv", None),
        ("用户ID 评论内容 得分 购买时间 手机型号 评论时间 作品名称", "a.csv", "jd-phones"),
    ],
)
def test_a_file_is_known_by_columns_that_no_other_network_has(columns, name, preset):
    found = recognise(Shape("csv", frozenset(columns.split()), name, {}))
    assert (found.name if found else None) == preset


def test_a_file_whose_network_nothing_tells_is_read_like_any_other(file, read):
    found = read(file(COMMENTS, "export.csv"), network="douyin")
    assert found.plan.preset is None
    assert (found.texts[0], found.posts[0]["platform"]) == ("水壶漏水了怎么办", "douyin")


def test_a_person_may_say_what_is_where(file, read):
    path = file(COMMENTS, "抖音评论.csv")
    found = read(path, mapping={"author": "用户ID"}, zone="Asia/Shanghai")
    assert (found.plan.preset, found.posts[0]["author"]) == ("douyin-comments", "u1")
    assert found.posts[0]["created_at"] == datetime(2026, 1, 10, 10, 30, 5, tzinfo=UTC)
