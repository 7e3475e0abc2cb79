"""A store seen without some of its posts: every question is asked as if they were not kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa

from outlisten.posts.store import (
    ALL_TIME,
    Account,
    AddResult,
    Aged,
    Bucket,
    Budget,
    Count,
    Dashboard,
    Erasure,
    Kinds,
    Page,
    PostStore,
    Rows,
    TimeRange,
)
from outlisten.query import Query, leaving_out, matches

UTC_ZONE = ZoneInfo("UTC")
BUDGET = Budget()
EVERY_KIND: Kinds = {}


class PartialStore:
    """The posts of `whole` that `hidden` does not find. Reads leave the others out; writes reach the whole store.

    `hidden` may only ask for fields that every list of posts holds, such as `type:message`: a conversation is
    judged row by row. `days` is the span of the whole store: it opens periods and counts nothing.
    """

    def __init__(self, whole: PostStore, hidden: Query) -> None:
        self.url = whole.url
        self._whole, self._hidden = whole, hidden

    def _rest(self, query: Query | None) -> Query:
        return leaving_out(query, self._hidden)

    def search(
        self, query: Query | None, *, window: TimeRange = ALL_TIME, limit: int = 50, after: str | None = None,
        columns: Sequence[str] | None = None, budget: Budget = BUDGET,
    ) -> Page:  # fmt: skip
        return self._whole.search(
            self._rest(query), window=window, limit=limit, after=after, columns=columns, budget=budget
        )

    def read_by_others(
        self, models: Sequence[str], *, window: TimeRange = ALL_TIME, limit: int = 50, after: str | None = None,
        columns: Sequence[str] | None = None, budget: Budget = BUDGET,
    ) -> Page:  # fmt: skip
        """A page that may be shorter than asked for: what is hidden is taken out of it."""
        page = self._whole.read_by_others(models, window=window, limit=limit, after=after, budget=budget)
        wanted = page.posts.select(page.posts.column_names if columns is None else list(columns))
        shown = [not matches(self._hidden, post) for post in page.posts.to_pylist()]
        return Page(wanted.filter(pa.array(shown, pa.bool_())), page.after, page.cut)

    def count(self, query: Query | None, *, window: TimeRange = ALL_TIME, budget: Budget = BUDGET) -> Count:
        return self._whole.count(self._rest(query), window=window, budget=budget)

    def histogram(
        self, query: Query | None, *, bucket: Bucket = "day", zone: ZoneInfo = UTC_ZONE, window: TimeRange = ALL_TIME,
        by: str | None = None, budget: Budget = BUDGET,
    ) -> Rows:  # fmt: skip
        return self._whole.histogram(
            self._rest(query), bucket=bucket, zone=zone, window=window, by=by, budget=budget
        )

    def facets(
        self, query: Query | None, fields: Sequence[str], *, top: int = 20, window: TimeRange = ALL_TIME,
        budget: Budget = BUDGET,
    ) -> Mapping[str, Rows]:  # fmt: skip
        return self._whole.facets(self._rest(query), fields, top=top, window=window, budget=budget)

    def sample(
        self, query: Query | None, *, size: int, seed: int, columns: Sequence[str] | None = None,
        window: TimeRange = ALL_TIME, budget: Budget = BUDGET,
    ) -> Rows:  # fmt: skip
        return self._whole.sample(
            self._rest(query), size=size, seed=seed, columns=columns, window=window, budget=budget
        )

    def dashboard(self, query: Query | None, **how: Any) -> Dashboard:
        return self._whole.dashboard(self._rest(query), **how)

    def get(self, identifier: str) -> dict[str, object] | None:
        post = self._whole.get(identifier)
        return None if post is None or matches(self._hidden, post) else post

    def some(self, identifiers: Sequence[str]) -> Mapping[str, dict[str, object]]:
        found = self._whole.some(identifiers)
        return {name: post for name, post in found.items() if not matches(self._hidden, post)}

    def thread(
        self, identifier: str, *, columns: Sequence[str] | None = None, budget: Budget = BUDGET
    ) -> Rows:
        """The conversation without what is hidden; empty when the post itself is."""
        found = self._whole.thread(identifier, budget=budget)
        wanted = found.table.select(found.table.column_names if columns is None else list(columns))
        if self.get(identifier) is None:
            return Rows(wanted.slice(0, 0))
        shown = [not matches(self._hidden, post) for post in found.table.to_pylist()]
        return Rows(wanted.filter(pa.array(shown, pa.bool_())), cut=found.cut)

    def history(self, identifier: str) -> Mapping[str, Rows]:
        kept = self._whole.history(identifier)
        if self.get(identifier) is not None:
            return kept
        return {name: Rows(rows.table.slice(0, 0)) for name, rows in kept.items()}

    def nearest(
        self, vector: Sequence[float], *, model: str, query: Query | None = None, window: TimeRange = ALL_TIME,
        limit: int = 100, budget: Budget = BUDGET,
    ) -> Rows:  # fmt: skip
        return self._whole.nearest(
            vector, model=model, query=self._rest(query), window=window, limit=limit, budget=budget
        )

    def newest(self) -> datetime | None:
        """When the newest dated post was written that is not hidden."""
        found = self.search(None, limit=1, columns=["created_at"]).posts["created_at"].to_pylist()
        return found[0] if found else None

    def days(self) -> tuple[date, date] | None:
        return self._whole.days()

    def add(self, posts: pa.Table) -> AddResult:
        return self._whole.add(posts)

    def posts_of(self, account: Account) -> Sequence[str]:
        return [name for name in self._whole.posts_of(account) if self.get(name) is not None]

    def at_address(self, url: str) -> str | None:
        found = self._whole.at_address(url)
        return found if found and self.get(found) is not None else None

    def accounts(self, name: str, *, platform: str | None = None, budget: Budget = BUDGET) -> Rows:
        """As the whole store: asked for people's rights and by nobody who sees a part only."""
        return self._whole.accounts(name, platform=platform, budget=budget)

    def aged(
        self, before: datetime, *, of: Kinds = EVERY_KIND, without: Sequence[Kinds] = (), spare: Sequence[str] = (),
        ids: int = 0,
        budget: Budget = BUDGET,
    ) -> Aged:  # fmt: skip
        """As the whole store: retention is the system's work."""
        return self._whole.aged(before, of=of, without=without, spare=spare, ids=ids, budget=budget)

    def known(self, ids: Sequence[str]) -> Mapping[str, int]:
        return self._whole.known(ids)

    def add_engagement(self, readings: pa.Table) -> int:
        return self._whole.add_engagement(readings)

    def add_readings(self, readings: pa.Table) -> int:
        return self._whole.add_readings(readings)

    def revise_readings(self, changed: pa.Table) -> int:
        return self._whole.revise_readings(changed)

    def without_vectors(self, model: str, *, limit: int) -> pa.Table:
        """As the whole store: giving posts their vectors is the system's work."""
        return self._whole.without_vectors(model, limit=limit)

    def add_vectors(self, made: pa.Table, *, model: str) -> int:
        return self._whole.add_vectors(made, model=model)

    def with_vectors(self, model: str) -> int:
        """As the whole store: how far the system's work is."""
        return self._whole.with_vectors(model)

    def erase(
        self, *, ids: Sequence[str] = (), author: str | None = None, platform: str | None = None
    ) -> Erasure:
        return self._whole.erase(ids=ids, author=author, platform=platform)

    def rest(self) -> None:
        self._whole.rest()

    def close(self) -> None:
        self._whole.close()
