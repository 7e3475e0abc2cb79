"""The models of today, as the posts they read name them, and how many kept posts rest on which models."""

from __future__ import annotations

from dataclasses import dataclass

from outlisten.app.listening.deep_reader import deep_reader, fast_model
from outlisten.posts.store import ALL_TIME, Budget, PostStore, TimeRange
from outlisten.query import Query

PATIENCE = Budget(rows=1_000, seconds=5.0)
MOST = 50  # models whose posts are told apart


@dataclass(frozen=True, slots=True)
class ReadBy:
    """Posts by the models that read them, most posts first; None is *not read*. `cut`: at least so many."""

    posts: tuple[tuple[str | None, int], ...]
    cut: bool = False

    @property
    def total(self) -> int:
        """All posts."""
        return sum(posts for _model, posts in self.posts)

    @property
    def others(self) -> int:
        """Posts that none of today's models read."""
        return sum(posts for model, posts in self.posts if model not in current_models())


def current_models() -> tuple[str, ...]:
    """The models of this version, fast and, where it is there, deep: a post that one of them read is up to date."""
    deep = deep_reader()
    return (fast_model(), deep.model) if deep else (fast_model(),)


def tier(model: str | None) -> str:
    """`fast` or `deep` for today's models; blank for any other."""
    deep = deep_reader()
    return "fast" if model == fast_model() else "deep" if deep and model == deep.model else ""


def read_by(store: PostStore, query: Query | None = None, window: TimeRange = ALL_TIME) -> ReadBy:
    """Which models the posts of a question were read by."""
    found = store.facets(query, ["model"], top=MOST, window=window, budget=PATIENCE)["model"]
    rows = found.table.to_pylist()
    return ReadBy(tuple((row["value"], row["posts"]) for row in rows), found.cut)
