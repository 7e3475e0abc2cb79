"""Reviews of phones on JD. The user ids in this file are rounded (1.00008E+11) and name nobody: they are left
in the raw record. The date is the time of purchase."""

from __future__ import annotations

from collections.abc import Iterable

from outlisten.posts.files.presets.preset import Cells, Facts, Fields, Preset

BRANDS = ("荣耀", "华为", "Redmi", "小米", "Apple", "OPPO", "vivo", "三星")


def _review(fields: Fields, cells: Cells, facts: Facts) -> Iterable[Fields]:
    model = str(fields.get("title") or "")
    yield fields | {"to": next((brand for brand in BRANDS if brand in model), None)}


PRESET = Preset(
    name="jd-phones",
    title="JD phone reviews",
    shape="CSV with 用户ID, 评论内容, 得分, 购买时间, 手机型号",
    recognises=lambda shape: shape.has("用户ID", "评论内容", "得分", "购买时间", "手机型号"),
    mapping={
        "text": "评论内容",
        "title": "手机型号",
        "created_at": "购买时间",
        "likes": "点赞数",
        "comments": "回复数",
        "rating": "得分",
    },
    constants={"platform": "jd", "type": "review", "lang_given": "zh", "country": "CN"},
    adapt=_review,
    needs_text=True,
)
