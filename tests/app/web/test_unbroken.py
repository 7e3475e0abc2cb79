"""Estimates in a sentence stay on one line, whatever else the sentence holds."""

from __future__ import annotations

import pytest

from outlisten.app.web.templatetags.shell import unbroken


@pytest.mark.parametrize(
    ("sentence", "kept"),
    [
        ("Found: +97 % (−100 to >+1,000): cannot tell.", "97 % (−100 to &gt;+1,000)"),
        ("0.3 hours: 100 % of the talk is with customers.", "100 %"),
        ("67 人发了 67 条 · 负面 98%（86–100）", "98%（86–100）"),
        ("交谈中有 31%（27–35）是与顾客", "31%（27–35）"),
    ],
)
def test_an_estimate_is_kept_together(sentence: str, kept: str) -> None:
    assert f'<span class="ol-unbroken">{kept}</span>' in unbroken(sentence)


@pytest.mark.parametrize("sentence", ["One case (Legal) waits.", "三位同事（客服）在等。", "Since 2 April."])
def test_other_words_may_wrap(sentence: str) -> None:
    assert unbroken(sentence) == sentence


def test_what_a_sentence_holds_is_escaped() -> None:
    assert unbroken("<b>31 % (27–35)") == '&lt;b&gt;<span class="ol-unbroken">31 % (27–35)</span>'
