from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import translation

from outlisten.app.web.templatetags.shell import ago

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seconds", "english", "chinese"),
    [(5, "just now", "刚刚"), (61, "1 min ago", "1 分钟前"), (3 * 3600, "3 h ago", "3 小时前")],
)
def test_how_long_ago_is_said_as_people_say_it(seconds: int, english: str, chinese: str) -> None:
    moment = NOW - timedelta(seconds=seconds)
    with translation.override("zh-hans"):
        assert ago(moment, NOW).startswith(chinese)
    with translation.override("en"):
        assert ago(moment, NOW) == english
