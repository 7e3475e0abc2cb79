from __future__ import annotations

from datetime import date

import pytest
from django.utils.translation import override

from outlisten.app.listening.labels import value_label
from outlisten.app.listening.menus import period_label
from outlisten.app.listening.periods import Period


@pytest.mark.parametrize(
    ("code", "en", "zh"),
    [
        ("zh", "Chinese", "中文"),
        ("eu", "Basque", "巴斯克语"),
        ("nl", "Dutch", "荷兰语"),
        ("xx-none", "xx-none", "xx-none"),
    ],
)
def test_a_language_is_called_by_its_name(code: str, en: str, zh: str) -> None:
    with override("en"):
        assert value_label("lang", code) == en
    with override("zh-hans"):
        assert value_label("lang", code) == zh


@pytest.mark.parametrize(
    ("language", "said"), [("en", "4 Oct 2018 to 4 Jun 2019"), ("zh-hans", "2018年10月4日 至 2019年6月4日")]
)
def test_chosen_days_are_written_as_everywhere_else(language: str, said: str) -> None:
    with override(language):
        assert period_label(Period(since=date(2018, 10, 4), until=date(2019, 6, 4))) == said
