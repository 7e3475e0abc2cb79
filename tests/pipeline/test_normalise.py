"""What the first step of the way in accepts, completes and rejects."""

from __future__ import annotations

from datetime import UTC, datetime

import pyarrow as pa
import pytest

from outlisten.pipeline.normalise import fingerprints, normalise
from outlisten.posts.schema import arrow_schema

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def table(*posts: dict[str, object]) -> pa.Table:
    names = sorted({name for post in posts for name in post})
    fields = [arrow_schema().field(name) for name in names]
    return pa.Table.from_pylist(list(posts), schema=pa.schema(fields))


def test_a_column_the_batch_lacks_is_missing_and_not_zero() -> None:
    posts = normalise(table({"platform": "weibo", "text": "充电宝坏了"}), now=NOW).posts
    assert posts.schema.names == arrow_schema("given").names
    assert posts["likes"].to_pylist() == [None]
    assert posts["seen_at"].to_pylist() == [NOW]


@pytest.mark.parametrize(
    ("post", "reason"),
    [
        ({"platform": "", "text": "客服不理人"}, "it names no platform"),
        ({"platform": None, "text": "nobody answers"}, "it names no platform"),
        ({"platform": "x", "text": "", "title": None}, "it has neither text nor title"),
        (
            {"platform": "x", "text": "旧", "created_at": datetime(1970, 1, 1, tzinfo=UTC)},
            "its date is before 1990",
        ),
        (
            {"platform": "x", "text": "新", "created_at": datetime(2099, 1, 1, tzinfo=UTC)},
            "its date is more than two days ahead",
        ),
    ],
)
def test_an_unacceptable_post_is_rejected_with_its_row_and_reason(
    post: dict[str, object], reason: str
) -> None:
    good = normalise(table({"platform": "x", "text": "fine"}, post), now=NOW)
    assert good.rejected == ((1, reason),)
    assert good.posts["text"].to_pylist() == ["fine"]
    assert good.rows == (0,)


def test_reasons_are_said_in_chinese() -> None:
    rejected = normalise(table({"platform": "", "text": "x"}), now=NOW, locale="zh-hans").rejected
    assert rejected == ((0, "没有写明来自哪个平台"),)


def test_a_post_with_only_a_title_is_kept() -> None:
    posts = normalise(table({"platform": "news", "title": "全场降价", "text": None}), now=NOW).posts
    assert posts["text"].to_pylist() == [""]


def test_the_same_native_id_gives_the_same_id_whatever_the_text() -> None:
    posts = normalise(
        table(
            {"platform": "x", "native_id": "7", "text": "first"},
            {"platform": "x", "native_id": "7", "text": "edited"},
            {"platform": "weibo", "native_id": "7", "text": "first"},
        ),
        now=NOW,
    ).posts
    first, edited, elsewhere = posts["id"].to_pylist()
    assert first == edited != elsewhere


def test_without_a_native_id_author_date_and_text_tell_posts_apart() -> None:
    said = {
        "platform": "weibo",
        "author": "小明",
        "created_at": datetime(2020, 1, 19, tzinfo=UTC),
        "text": "排队两小时",
    }
    posts = normalise(table(said, said, {**said, "author": "小红"}, {**said, "text": "排队"}), now=NOW).posts
    ids = posts["id"].to_pylist()
    assert ids[0] == ids[1]
    assert len(set(ids)) == 3


@pytest.mark.parametrize(
    ("url", "site"),
    [("https://M.Weibo.com/1", "m.weibo.com"), ("not an address", None), ("http://[", None), (None, None)],
)
def test_the_site_is_the_host_of_the_address(url: str | None, site: str | None) -> None:
    posts = normalise(table({"platform": "weibo", "text": "在", "url": url}), now=NOW).posts
    assert posts["site"].to_pylist() == [site]


def test_an_edit_changes_the_fingerprint_and_a_like_does_not() -> None:
    post = {"platform": "x", "native_id": "7", "text": "屏幕碎了", "likes": 1}
    posts = normalise(table(post, {**post, "likes": 2}, {**post, "text": "屏幕没碎"}), now=NOW).posts
    same, liked, edited = fingerprints(posts)
    assert same == liked != edited
