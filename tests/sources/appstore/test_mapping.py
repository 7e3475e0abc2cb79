"""A review becomes a post with its stars, its store and its app."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from tests.sources.network import fixture

from outlisten.sources.appstore.mapping import post
from outlisten.sources.connector import Unmappable

SLOW, WORKS = fixture(__file__, "reviews-2026-12-01")


@pytest.mark.parametrize(
    ("record", "column", "value"),
    [
        (SLOW, "native_id", "13000000001"),
        (SLOW, "type", "review"),
        (SLOW, "title", "更新后很卡"),
        (SLOW, "text", "打开要等十秒，\n以前不会。"),
        (SLOW, "created_at", datetime(2026, 11, 30, 8, tzinfo=UTC)),
        (SLOW, "author", "兰风"),
        (SLOW, "author_id", "900000001"),
        (SLOW, "rating", 2.0),
        (SLOW, "likes", 3),
        (SLOW, "country", "CN"),
        (SLOW, "to", "414478124"),
        (SLOW, "url", "https://itunes.apple.com/cn/review?id=414478124&type=Purple%20Software"),
        (WORKS, "author", "north pier"),
        (WORKS, "author_id", None),
        (WORKS, "rating", 5.0),
        (WORKS, "likes", 0),
        (WORKS, "country", "US"),
    ],
)
def test_a_review_says_in_its_columns_what_the_store_shows(record, column, value):
    assert post(record)[column] == value


def changed(record, **fields):
    return record | {"entry": record["entry"] | fields}


def test_stars_without_words_are_no_post():
    with pytest.raises(Unmappable):
        post(changed(SLOW, title={"label": ""}, content=None))


@pytest.mark.parametrize("stars", ["无", "★★"])
def test_stars_of_another_shape_are_not_taken_for_a_number(stars):
    with pytest.raises(ValueError, match="could not convert"):
        post(changed(SLOW, **{"im:rating": {"label": stars}}))


@pytest.mark.parametrize("votes", [None, {}, {"label": "-2"}, {"label": "很多"}])
def test_votes_that_are_no_count_are_missing(votes):
    assert post(changed(WORKS, **{"im:voteSum": votes}))["likes"] is None
