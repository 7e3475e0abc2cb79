"""COVID-19 posts of Weibo, a file a day: the day is the file's name (`2.13.csv.gz` is 13 February 2020)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from outlisten.posts.files.presets.preset import Preset

DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.csv(?:\.gz|\.zst)?")


def _day(file_name: str) -> Mapping[str, object]:
    found = DAY.fullmatch(file_name)
    return {"created_at": f"2020-{int(found[1]):02}-{int(found[2]):02}"} if found else {}


PRESET = Preset(
    name="covid19-weibo",
    title="COVID-19 Weibo posts",
    shape="CSV with userid, text; named month.day.csv",
    recognises=lambda shape: shape.columns == {"userid", "text"} and bool(DAY.fullmatch(shape.file_name)),
    mapping={"text": "text", "author_id": "userid"},
    constants={"platform": "weibo", "lang_given": "zh"},
    constants_of_name=_day,
)
