"""The first sentence of a panel."""

from datetime import timedelta

import numpy as np
import pytest
from tests.insights.conftest import DAY0, Fill, card_with, moods, on

from outlisten import insights
from outlisten.insights import Estimate
from outlisten.insights.figures_in_words import change_in_words, odds_in_words, share_in_words
from outlisten.posts.store import TimeRange
from outlisten.query import parse

CARD = card_with(zh=np.diag([1000, 1000, 1000]))
WINDOW = TimeRange(DAY0 + timedelta(days=30), DAY0 + timedelta(days=60))


def test_the_sentence_carries_every_figure_with_its_interval(fill: Fill) -> None:
    store = fill(*moods(30, 40, 30), *moods(36, 48, 36, day=40))
    facts = insights.headline(store, parse("等位"), WINDOW, card=CARD)
    assert facts.sentence("en") == (
        "120 posts by 120 people · 30 % negative (22–38) · +20 % on the 30 days before (−8 to 56)"
    )
    assert (
        facts.sentence("zh-hans") == "120 人发了 120 条 · 负面 30%（22–38） · 比之前 30 天 +20%（−8 至 56）"
    )


def test_loud_people_widen_the_change(fill: Fill) -> None:
    loud = [on(40, author_id=f"loud{at % 4}") for at in range(100)]
    facts = insights.headline(fill(*(on(0) for _ in range(100)), *loud), None, WINDOW, card=CARD)
    assert facts.change is not None
    assert facts.change.value == 1
    assert facts.change.low < 0.4


def test_a_store_that_begins_too_late_gives_no_change(fill: Fill) -> None:
    facts = insights.headline(fill(*(on(day) for day in range(10, 60))), None, WINDOW, card=CARD)
    assert facts.change is None
    assert [note.code for note in facts.notes if note.code == "before_not_kept"]


def test_an_open_window_has_nothing_before_it(fill: Fill) -> None:
    facts = insights.headline(fill(on(0)), None, card=CARD)
    assert (facts.change, facts.days, facts.evidence_before) == (None, None, None)


def test_too_few_posts_give_neither_tone_nor_change(fill: Fill) -> None:
    facts = insights.headline(fill(*moods(3, 3, 3), *moods(3, 3, 3, day=40)), None, WINDOW, card=CARD)
    assert facts.sentence("en") == "9 posts by 9 people · tone: not enough to say"
    assert "数据太少" in facts.sentence("zh-hans")


def test_nothing_found_says_so(fill: Fill) -> None:
    facts = insights.headline(fill(on(0)), parse("没有人说过的话"), card=CARD)
    assert (facts.sentence("en"), facts.sentence("zh-hans")) == ("No posts.", "没有帖子。")


def test_the_evidence_opens_what_is_counted(fill: Fill) -> None:
    store = fill(*moods(30, 40, 30), *moods(36, 48, 36, day=40))
    facts = insights.headline(store, parse("等位"), WINDOW, card=CARD)
    opened = (facts.evidence, facts.evidence_negative, facts.evidence_before)
    assert [store.count(parse(text)).value for text in opened if text] == [120, 36, 100]


@pytest.mark.parametrize(
    ("share", "en", "zh"),
    [
        (Estimate(0.31, 0.27, 0.35), "31 % (27–35)", "31%（27–35）"),
        (Estimate(0.052, 0.049, 0.055), "5.2 % (4.9–5.5)", "5.2%（4.9–5.5）"),
        (Estimate(-0.1, -0.2, 0.001), "−10 % (−20 to 0)", "−10%（−20 至 0）"),
    ],
)
def test_a_share_is_rounded_to_what_is_known(share: Estimate, en: str, zh: str) -> None:
    assert (share_in_words(share, "en"), share_in_words(share, "zh-hans")) == (en, zh)


@pytest.mark.parametrize(
    ("ratio", "en"),
    [
        (Estimate(1.18, 1.09, 1.28), "+18 % (9–28)"),
        (Estimate(0.8, 0.7, 0.9), "−20 % (−30 to −10)"),
        (Estimate(4.2, 3.1, 5.8), "×4.2 (3.1–5.8)"),
    ],
)
def test_a_change_reads_as_people_say_it(ratio: Estimate, en: str) -> None:
    assert change_in_words(ratio, "en") == en


def test_log_odds_have_true_minus_signs() -> None:
    assert odds_in_words(Estimate(-1.2, -1.79, -0.61), "en") == "−1.20 (−1.79 to −0.61)"
