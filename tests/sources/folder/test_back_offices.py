"""A back office's export that is put into a watched folder is known by its shape there too."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from outlisten.sources.connector import Setting
from outlisten.sources.folder.connector import Folder
from outlisten.sources.options import entered

NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
COMMENTS = "评论内容,评论时间,用户昵称,点赞数,作品名称\n水壶漏水了,2026-11-30 18:30:05,小王,3,新品上架\n"


def test_comments_of_douyin_are_known_in_a_folder(tmp_path: Path):
    path = tmp_path / "评论.csv"
    path.write_text(COMMENTS, "utf-8")
    changed = (NOW - timedelta(minutes=1)).timestamp()
    os.utime(path, (changed, changed))
    options = entered(Folder.manifest().options, {"path": str(tmp_path), "zone": "Asia/Shanghai"})
    folder = Folder(Setting(options, now=NOW, folders=(tmp_path,)))
    (post,) = [folder.post(record) for page in folder.pages({}) for record in page.records]
    assert (post["platform"], post["type"], post["author"]) == ("douyin", "comment", "小王")
    assert post["created_at"] == datetime(2026, 11, 30, 10, 30, 5, tzinfo=UTC)
