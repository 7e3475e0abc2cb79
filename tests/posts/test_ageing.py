"""How old posts are, and which of them a rule would remove."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

JULY = datetime(2026, 7, 1, tzinfo=UTC)
POSTS = (
    {"native_id": "old", "platform": "weibo", "source": "talk.csv", "created_at": datetime(2020, 1, 2, tzinfo=UTC)},
    {"native_id": "new", "platform": "weibo", "source": "talk.csv", "created_at": datetime(2026, 6, 1, tzinfo=UTC)},
    {"native_id": "private", "platform": "weibo", "type": "message", "created_at": datetime(2021, 3, 4, tzinfo=UTC)},
    {"native_id": "undated", "platform": "x", "seen_at": datetime(2022, 5, 6, tzinfo=UTC)},
)  # fmt: skip


@pytest.fixture
def filled(store, make_posts):
    store.add(make_posts(*({"text": f"帖子 {n}", **post} for n, post in enumerate(POSTS))))
    return store


@pytest.mark.parametrize(
    ("before", "of", "without", "names"),
    [
        (JULY, {}, (), ["old", "private", "undated", "new"]),
        (datetime(2022, 1, 1, tzinfo=UTC), {}, (), ["old", "private"]),
        (datetime(2023, 1, 1, tzinfo=UTC), {"platform": "x"}, (), ["undated"]),
        (JULY, {"platform": "weibo"}, ({"type": "message"},), ["old", "new"]),
        (JULY, {}, ({"source": "talk.csv"}, {"platform": "x"}), ["private"]),
        (JULY, {"type": "message"}, ({"platform": "weibo"},), []),
        (datetime(2019, 1, 1, tzinfo=UTC), {}, (), []),
    ],
)
def test_posts_are_as_old_as_when_they_were_written_else_seen(filled, before, of, without, names):
    found = filled.aged(before, of=of, without=without, ids=10)
    assert [filled.get(identifier)["native_id"] for identifier in found.ids] == names
    assert found.posts == len(names)


def test_the_oldest_is_told_and_no_more_ids_than_asked(filled):
    found = filled.aged(JULY, ids=1)
    assert (found.posts, len(found.ids)) == (4, 1)
    assert found.oldest == datetime(2020, 1, 2, tzinfo=UTC)
