"""Sentiment: corrected, by authors, and silent where there is too little."""

from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pytest
from tests.insights.conftest import Fill, card_with, moods, on

from outlisten import insights
from outlisten.insights import Insight, LocalLabels
from outlisten.query import parse

PERFECT = np.diag([1000, 1000, 1000])
ERRING = np.array([[800, 150, 50], [200, 700, 100], [100, 150, 750]])
CARD = card_with(zh=PERFECT, en=PERFECT)


def shares(insight: Insight, column: str = "share") -> dict[str, float]:
    rows = insight.table.to_pylist()
    return {row["sentiment"]: row[column] for row in rows}


def test_a_perfect_model_needs_no_correction(fill: Fill) -> None:
    insight = insights.tone(fill(*moods(30, 50, 20)), None, card=CARD)
    assert shares(insight) == pytest.approx({"negative": 0.3, "neutral": 0.5, "positive": 0.2, "net": -0.1})


def test_an_erring_models_count_is_corrected(fill: Fill) -> None:
    # 20 %, 50 %, 30 % read through those errors are seen as 29 %, 42.5 %, 28.5 %.
    insight = insights.tone(fill(*moods(290, 425, 285)), None, card=card_with(zh=ERRING))
    assert shares(insight) == pytest.approx({"negative": 0.2, "neutral": 0.5, "positive": 0.3, "net": 0.1})
    assert shares(insight, "uncorrected")["negative"] == pytest.approx(0.29)
    assert shares(insight, "low")["negative"] < 0.17 < 0.23 < shares(insight, "high")["negative"]


def test_public_error_rates_are_named_until_there_are_local_labels(fill: Fill) -> None:
    note = insights.tone(fill(*moods(30, 30, 30)), None, card=CARD).note("public_error_rates")
    assert note is not None
    assert "error rates from public data (zh)" in note.text("en")
    assert "公开数据" in note.text("zh-hans")


@pytest.mark.parametrize(("labels", "origin"), [(99, "public_error_rates"), (102, "local_error_rates")])
def test_a_hundred_local_labels_replace_the_public_rates(fill: Fill, labels: int, origin: str) -> None:
    names = ["negative", "neutral", "positive"]
    rows = [{"lang": "zh", "label": names[at % 3], "read": names[at % 3]} for at in range(labels)]
    local = LocalLabels(pa.Table.from_pylist(rows))
    insight = insights.tone(fill(*moods(30, 30, 30)), None, card=card_with(zh=ERRING), labels=local)
    assert insight.note(origin) is not None
    assert (shares(insight)["negative"] == pytest.approx(1 / 3)) is (origin == "local_error_rates")


def test_error_rates_that_do_not_hold_here_are_doubted_aloud(fill: Fill) -> None:
    insight = insights.tone(fill(*moods(97, 2, 1)), None, card=card_with(zh=ERRING))
    assert insight.note("rates_do_not_fit") is not None
    assert insights.tone(fill(*moods(97, 2, 1)), None, card=CARD).note("rates_do_not_fit") is None


def test_languages_are_corrected_apart(fill: Fill) -> None:
    store = fill(*moods(290, 425, 285), *moods(300, 500, 200, lang="en"))
    insight = insights.tone(store, None, card=card_with(zh=ERRING, en=PERFECT))
    assert shares(insight)["negative"] == pytest.approx((0.2 + 0.3) / 2)


def test_one_person_with_fifty_posts_counts_once(fill: Fill) -> None:
    loud = [on(0, sentiment="negative", lang="zh", author_id="loud") for _ in range(50)]
    store = fill(*moods(0, 49, 0), *loud)
    assert shares(insights.tone(store, None, card=CARD))["negative"] == pytest.approx(1 / 50)
    by_posts = insights.tone(store, None, card=CARD, unit="posts")
    assert shares(by_posts)["negative"] == pytest.approx(50 / 99)
    assert shares(by_posts, "low")["negative"] < 0.02  # so much rests on one person that little is known


def test_below_thirty_authors_there_is_not_enough_to_say(fill: Fill) -> None:
    insight = insights.tone(fill(*moods(10, 10, 9)), None, card=CARD)
    assert set(shares(insight).values()) == {None}
    assert insight.note("too_few_authors") is not None


def test_posts_without_a_reading_are_said_and_left_out(fill: Fill) -> None:
    insight = insights.tone(fill(*moods(20, 20, 20), *(on(0) for _ in range(15))), None, card=CARD)
    note = insight.note("unread")
    assert note is not None
    assert note.params == {"n": 15, "total": 75}
    assert shares(insight, "posts")["negative"] == 60


def test_a_language_without_error_rates_is_left_out_and_named(fill: Fill) -> None:
    insight = insights.tone(fill(*moods(20, 20, 20), *moods(9, 0, 0, lang="ja")), None, card=CARD)
    note = insight.note("no_error_rates")
    assert note is not None
    assert note.params == {"n": 9, "languages": "ja"}


def test_over_time_each_bucket_has_its_own_shares_and_thin_ones_none(fill: Fill) -> None:
    store = fill(*moods(40, 0, 0), *moods(3, 3, 3, day=1), *moods(0, 0, 40, day=2))
    insight = insights.sentiment(store, None, bucket="day", card=CARD)
    negative = [row["share"] for row in insight.table.to_pylist() if row["sentiment"] == "negative"]
    assert negative == [pytest.approx(1), None, pytest.approx(0)]
    note = insight.note("too_few_in_some")
    assert note is not None
    assert note.params["n"] == 1


def test_the_evidence_of_a_share_opens_the_posts_read_so(fill: Fill) -> None:
    store = fill(*moods(31, 20, 10), *moods(5, 30, 10, day=1))
    insight = insights.sentiment(store, parse("等位"), bucket="day", card=CARD, zone=ZoneInfo("UTC"))
    evidence = [row["evidence"] for row in insight.table.to_pylist() if row["sentiment"] == "negative"]
    assert [store.count(parse(text)).value for text in evidence] == [31, 5]


def test_a_sample_says_that_it_is_one_and_stays_near_the_truth(fill: Fill) -> None:
    insight = insights.tone(fill(*moods(300, 500, 200)), None, card=CARD, size=400, seed=3)
    assert insight.note("sampled") is not None
    assert shares(insight, "low")["negative"] < 0.3 < shares(insight, "high")["negative"]
