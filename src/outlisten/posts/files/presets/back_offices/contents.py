"""Lists of one's own contents with their counts, as Douyin, Xiaohongshu and Zhihu export them.

Source of the columns: public loaders of the files. Douyin: 作品名称, 发布时间, 体裁, 审核状态, 播放量, 完播率, 5s完播率,
2s跳出率, 点赞量, 分享量, 评论量, 收藏量, 主页访问量, 粉丝增量. Xiaohongshu: 笔记标题, 首次发布时间, 体裁, 曝光, 观看量,
封面点击率, 点赞, 评论, 收藏, 涨粉, 分享, 人均观看时长. For Zhihu none was found: a list with 赞同 beside a count of readings is
taken for one. A list that names authors is no list of one's own contents, and is read like any other file."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from outlisten.posts.files.presets.back_offices.named_columns import Names, overridden, picked, shorts
from outlisten.posts.files.presets.preset import Cells, Facts, Fields, Preset, Shape, no_text

DOUYIN: Names = {
    "text": "作品名称 作品标题 作品描述 视频标题 视频描述",
    "native_id": "作品id 视频id",
    "created_at": "发布时间 首次发布时间 发布日期",
    "url": "作品链接 视频链接 链接",
    "views": "播放量 播放数 播放",
    "likes": "点赞量 点赞数 点赞",
    "comments": "评论量 评论数 评论",
    "shares": "分享量 分享数 分享",
}
XIAOHONGSHU: Names = {
    "text": "笔记内容 笔记正文 笔记标题",
    "native_id": "笔记id",
    "created_at": "首次发布时间 发布时间 发布日期",
    "url": "笔记链接 链接",
    "views": "观看量 观看数 阅读量 浏览量",
    "likes": "点赞 点赞量 点赞数",
    "comments": "评论 评论量 评论数",
    "shares": "分享 分享量 分享数",
}
ZHIHU: Names = {
    "text": "内容正文 正文 内容 标题 内容标题 文章标题 问题 问题标题",
    "native_id": "内容id 回答id 文章id 想法id",
    "created_at": "发布时间 发布日期 创建时间",
    "url": "链接 内容链接 回答链接 文章链接",
    "views": "阅读量 阅读数 阅读 播放量 播放数 阅读播放 阅读播放量",
    "likes": "赞同 赞同数 赞同量",
    "comments": "评论 评论数 评论量",
    "shares": "分享 分享数 分享量 转发 转发数",
}
AUTHORS = shorts("作者 昵称 用户名 用户昵称 博主 发布者 作者昵称 博主昵称 账号 账号名称 author".split())
# How contents are called.
FORMS = {"视频": "video", "图文": "image"}


def _is_douyin(columns: frozenset[str]) -> bool:
    own = {"完播率", "5s完播率", "2s跳出率", "主页访问量", "粉丝增量", "平均播放时长"}
    return (
        bool(columns & {"作品名称", "作品标题"})
        and bool(columns & own)
        and bool(columns & {"播放量", "播放数"})
    )


def _is_xiaohongshu(columns: frozenset[str]) -> bool:
    return "笔记标题" in columns and bool(columns & {"观看量", "曝光", "曝光量", "封面点击率", "涨粉"})


def _is_zhihu(columns: frozenset[str]) -> bool:
    agreed, read = {"赞同", "赞同数", "赞同量"}, set(ZHIHU["views"].split())
    return bool(columns & agreed) and bool(columns & read) and bool(columns & set(ZHIHU["text"].split()))


def _own(known: Callable[[frozenset[str]], bool]) -> Callable[[Shape], bool]:
    def recognises(shape: Shape) -> bool:
        columns = shorts(shape.columns)
        return known(columns) and not columns & AUTHORS

    return recognises


def _content(names: Names) -> Callable[[Fields, Cells, Facts], Iterable[Fields]]:
    def adapt(fields: Fields, cells: Cells, facts: Facts) -> Iterable[Fields]:
        """A title that comes without the content is all the words there are."""
        found = picked(cells, names)
        form = str(picked(cells, {"form": "体裁 作品类型 笔记类型"}).get("form") or "")
        made = overridden(found, fields)
        if not made.get("text"):
            raise no_text()
        yield made | {"has": [kind for word, kind in FORMS.items() if word in form]}

    return adapt


PRESETS = (
    Preset(
        name="douyin-contents", title="Douyin contents (back office)",
        shape="CSV or XLSX with 作品名称, 播放量 and one of 完播率, 5s完播率, 2s跳出率, 主页访问量, 粉丝增量, 平均播放时长",
        recognises=_own(_is_douyin), adapt=_content(DOUYIN),
        constants={"platform": "douyin", "type": "post", "voice_given": "owned"},
    ),
    Preset(
        name="xiaohongshu-contents", title="Xiaohongshu contents (back office)",
        shape="CSV or XLSX with 笔记标题 and one of 观看量, 曝光, 封面点击率, 涨粉",
        recognises=_own(_is_xiaohongshu), adapt=_content(XIAOHONGSHU),
        constants={"platform": "xiaohongshu", "type": "post", "voice_given": "owned"},
    ),
    Preset(
        name="zhihu-contents", title="Zhihu contents (back office)",
        shape="CSV or XLSX with a title or content, 赞同 (数, 量) and 阅读量 or 播放量",
        recognises=_own(_is_zhihu), adapt=_content(ZHIHU),
        constants={"platform": "zhihu", "type": "post", "voice_given": "owned"},
    ),
)  # fmt: skip
