"""Authors who asked not to be collected: their posts never reach the store, and no file keeps their words."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa

from outlisten.pipeline import Hooks, Pipeline, Readers
from outlisten.pipeline.imports import import_file
from outlisten.posts.files import plan_import
from outlisten.posts.store import PostStore

DAY = datetime(2026, 5, 1, 9, tzinfo=UTC)
FILE = """id,platform,date,author,text
1,weibo,2026-04-01,小红,排队两小时
2,weibo,2026-04-01,不愿意的人,我的电话是秘密
3,weibo,1803-04-01,小红,日期不对
4,weibo,2026-04-02,小明,还不错
"""


def refusing(*names: str) -> Hooks:
    def refuse(posts: pa.Table) -> Collection[int]:
        return [place for place, name in enumerate(posts["author"].to_pylist()) if name in names]

    return Hooks(refuse=refuse)


def test_a_refused_author_is_rejected_with_the_reason_and_without_a_word(
    store: PostStore, tmp_path: Path
) -> None:
    file = tmp_path / "talk.csv"
    file.write_text(FILE, "utf-8")
    way_in = Pipeline(
        store, readers=Readers(0), hooks=refusing("不愿意的人"), clock=lambda: DAY, locale="zh-hans"
    )
    report = import_file(plan_import(file), way_in, rejected_to=tmp_path / "rejected.jsonl")
    assert (report.read, report.added, report.rejected) == (4, 2, 2)
    assert store.search(None, columns=["author"]).posts["author"].to_pylist() == ["小明", "小红"]
    kept = (tmp_path / "rejected.jsonl").read_text("ascii").encode().decode("unicode_escape")
    assert "作者要求不再收集" in kept
    assert "不愿意的人" not in kept
    assert "我的电话" not in kept


def test_the_rows_of_the_others_keep_their_places(store: PostStore) -> None:
    way_in = Pipeline(store, readers=Readers(0), hooks=refusing("b", "d"), clock=lambda: DAY)
    posts = [{"platform": "x", "native_id": n, "author": n, "text": n} for n in "abcd"]
    result = way_in.ingest(pa.Table.from_pylist(posts))
    assert (result.added, result.refused) == (2, {1, 3})
    assert [row for row, _reason in result.rejected] == [1, 3]


def test_nothing_is_kept_while_the_way_in_rests(store: PostStore) -> None:
    way_in = Pipeline(store, readers=Readers(0), clock=lambda: DAY)
    with way_in.resting():
        assert store.count(None).value == 0
    assert way_in.ingest(pa.Table.from_pylist([{"platform": "x", "text": "好"}])).added == 1
