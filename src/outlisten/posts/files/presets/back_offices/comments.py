"""Comments on one's own contents, exported from the back office of Douyin, Xiaohongshu or Zhihu.

No public description of these files was found: they are known by the names of their columns, and the network by a column that
only it has, else by the file's name. Where neither tells the network the file is read like any other."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from outlisten.posts.files.presets.back_offices.named_columns import Names, overridden, picked, shorts
from outlisten.posts.files.presets.preset import Cells, Facts, Fields, Preset, Shape, no_text

COMMENT: Names = {
    "text": "评论内容 评论正文 评论文本 评论",
    "created_at": "评论时间 评论日期 评论发布时间 发布时间 发表时间 时间",
    "native_id": "评论id 评论编号",
    "author": "用户昵称 评论用户昵称 评论者昵称 评论人昵称 评论用户 评论者 评论人 昵称 用户名 用户名称 用户",
    "author_handle": "抖音号 小红书号 用户抖音号 用户小红书号",
    "author_id": "用户id 评论用户id 评论者id 评论人id",
    "reply_to": "父评论id 上级评论id 回复评论id 被回复评论id 一级评论id",
    "thread": "笔记id 作品id 视频id 回答id 文章id 内容id",
    "url": "评论链接 笔记链接 作品链接 视频链接 回答链接 文章链接 内容链接 链接",
    "likes": "点赞数 点赞量 评论点赞数 点赞 赞同数 赞同 获赞数",
    "comments": "回复数 回复量 子评论数",
    "region": "ip属地 评论ip属地 ip归属地 用户ip属地",
}
TEXTS = frozenset({"评论内容", "评论正文", "评论文本"})
WHEN_OR_WHO = frozenset({*COMMENT["created_at"].split(), *COMMENT["author"].split()})
BY_AUTHOR, YES = "是否作者 是否作者评论 作者评论", frozenset({"是", "1", "true", "yes", "作者"})
TOP = frozenset({"0", "0.0"})  # how files call the comment above one that answers nobody
# Columns that only this network has, and how its files are called.
SIGNS = {
    "douyin": (
        shorts("抖音号 用户抖音号 作品名称 作品标题 作品id 作品链接 视频id".split()),
        ("抖音", "douyin"),
    ),
    "xiaohongshu": (
        shorts("小红书号 用户小红书号 笔记标题 笔记id 笔记链接 笔记名称".split()),
        ("小红书", "xiaohongshu", "xhs", "rednote"),
    ),
    "zhihu": (shorts("回答id 回答链接 问题标题 问题 问题链接 赞同 赞同数".split()), ("知乎", "zhihu")),
}


def _recognises(network: str) -> Callable[[Shape], bool]:
    def recognises(shape: Shape) -> bool:
        columns = shorts(shape.columns)
        return bool(columns & TEXTS) and bool(columns & WHEN_OR_WHO) and _network(shape, columns) == network

    return recognises


def _network(shape: Shape, columns: frozenset[str]) -> str | None:
    """The network whose own columns are there, else the one that the file's name says; None where two would do."""
    for found in (
        {network for network, (own, _) in SIGNS.items() if columns & own},
        {
            network
            for network, (_, names) in SIGNS.items()
            if any(name in shape.file_name.lower() for name in names)
        },
    ):
        if len(found) == 1:
            return found.pop()
        if found:
            return None
    return None


def _comment(fields: Fields, cells: Cells, facts: Facts) -> Iterable[Fields]:
    made = overridden(picked(cells, COMMENT), fields)
    if not made.get("text"):
        raise no_text()
    by_author = str(picked(cells, {"by": BY_AUTHOR}).get("by") or "").strip().lower()
    yield made | {
        "reply_to": None if str(made.get("reply_to")) in TOP else made.get("reply_to"),
        "voice_given": "owned" if by_author in YES else None,
    }


PRESETS = tuple(
    Preset(
        name=f"{network}-comments", title=f"{title} comments (back office)",
        shape=f"CSV or XLSX with 评论内容 and 评论时间 or 用户昵称, and {own} or {name} in the file's name",
        recognises=_recognises(network), adapt=_comment, constants={"platform": network, "type": "comment"},
    )
    for network, title, own, name in (
        ("douyin", "Douyin", "抖音号, 作品名称", "抖音"),
        ("xiaohongshu", "Xiaohongshu", "小红书号, 笔记标题", "小红书"),
        ("zhihu", "Zhihu", "问题标题, 赞同数", "知乎"),
    )
)  # fmt: skip
