"""Made-up conversations with known answers, in a store."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from outlisten.insights.adjusted_count import Matrix
from outlisten.language.card import Evaluation, ModelCard
from outlisten.language.measures import Confusion
from outlisten.posts import PostStore

DAY0 = datetime(2026, 3, 2, 12, tzinfo=UTC)  # a Monday
Row = dict[str, object]
Fill = Callable[..., PostStore]


@pytest.fixture
def fill(store: PostStore, make_posts: Callable[..., object]) -> Fill:
    """Put posts into the store: each a dictionary of fields, each by a person of its own unless named."""

    def put(*posts: Row) -> PostStore:
        numbered = [
            {"created_at": DAY0, "author_id": f"u{at}", "native_id": str(at), **post}
            for at, post in enumerate(posts)
        ]
        store.add(make_posts(*numbered))  # type: ignore[arg-type]
        return store

    return put


def on(day: int, **fields: object) -> Row:
    """A post written some days after the first."""
    return {"text": "等位太久了", "created_at": DAY0 + timedelta(days=day), **fields}


def moods(negative: int, neutral: int, positive: int, lang: str = "zh", day: int = 0) -> list[Row]:
    """That many posts read as each tone."""
    counts = {"negative": negative, "neutral": neutral, "positive": positive}
    return [on(day, sentiment=name, lang=lang) for name, n in counts.items() for _ in range(n)]


def card_with(**confusions: Matrix) -> ModelCard:
    """A model card whose only content is how the model errs in each language."""
    labels = ("negative", "neutral", "positive")
    evaluations = tuple(
        Evaluation("set", "test", lang, Confusion(labels, cells, cells.sum(axis=1) * 0), {}, 0.0)
        for lang, cells in confusions.items()
    )
    rates_from = dict.fromkeys(confusions, "set test")
    return ModelCard("tester", "1", labels, tuple(confusions), (), evaluations, rates_from, (), {})
