"""Zeeschuimer's NDJSON: what a researcher's browser received while browsing, each item as the network sent
it.

Source of the envelope and of the items' shapes: the documentation of Zeeschuimer and of 4CAT's data sources
(Digital Methods Initiative), and for Weibo, which has no module there, the network's own web API that such
captures hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from outlisten.posts.files.presets.preset import Cells, Facts, Fields, Preset
from outlisten.posts.files.presets.zeeschuimer import douyin, instagram, tiktok, weibo, x, xiaohongshu
from outlisten.posts.files.problems import RowProblem

# By a part of `source_platform`: "twitter.com" once and "x.com" later, with "-comments" for comments.
NETWORKS: Mapping[str, Callable[[Cells], Fields]] = {
    "twitter": x.post,
    "x.com": x.post,
    "tiktok-comments": tiktok.comment,
    "tiktok": tiktok.post,
    "instagram": instagram.post,
    "douyin": douyin.post,
    "xiaohongshu": xiaohongshu.post,
    "rednote": xiaohongshu.post,
    "weibo": weibo.post,
}


def _item(fields: Fields, cells: Cells, facts: Facts) -> Iterable[Fields]:
    platform, item = str(cells.get("source_platform")), cells.get("data")
    if not isinstance(item, Mapping):
        raise RowProblem("not-the-shape", preset="zeeschuimer")
    read = next((read for name, read in NETWORKS.items() if name in platform), None)
    if read is None:
        raise RowProblem("unknown-network", network=platform)
    yield {"seen_at": cells.get("timestamp_collected")} | read(item)


PRESET = Preset(
    name="zeeschuimer",
    title="Zeeschuimer",
    shape="NDJSON with source_platform and data (X, TikTok, Instagram, Douyin, Xiaohongshu, Weibo)",
    recognises=lambda shape: shape.has("source_platform", "data"),
    adapt=_item,
    settles_dates=True,
)
