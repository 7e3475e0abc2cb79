"""The labels that stand: for each post and task the latest that a person gave to the words it has now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from outlisten.app.listening.models import LocalLabel
from outlisten.app.listening.teaching.learned import learned_applied
from outlisten.app.listening.teaching.tasks import columns_of, words_of


@dataclass(frozen=True)
class Standing:
    """Labels by post id, the oldest first."""

    by_post: Mapping[str, list[LocalLabel]]

    def of(self, post: Mapping[str, Any]) -> dict[str, LocalLabel]:
        """The label that stands for each task of a post; those given to other words do not."""
        labels, words = self.by_post.get(str(post["id"]), ()), None
        found = {}
        for label in labels:
            words = words or words_of(post)
            if label.words == words:
                found[label.task] = label
        return found

    def applied(self, posts: pa.Table) -> pa.Table:
        """Posts (id, title, text and any reading columns) with what people say in place of what models read."""
        rows: list[int] = []
        if self.by_post:
            ours = pa.array(list(self.by_post), pa.string())
            rows = pc.indices_nonzero(pc.is_in(posts["id"], ours)).to_pylist()
        told: dict[str, dict[int, object]] = defaultdict(dict)
        for row in rows:
            post = {name: posts[name][row].as_py() for name in posts.column_names if name != "raw"}
            for task, label in self.of(post).items():
                shown = columns_of(task, label.labels, post)
                post |= shown
                for column, value in shown.items():
                    told[column][row] = value
        for column, values in told.items():
            if column in posts.column_names:
                posts = _with(posts, column, values)
        return posts


def standing(ids: Iterable[str] | None = None) -> Standing:
    """Every label, or those of some posts."""
    labels = LocalLabel.objects.order_by("at", "id")
    if ids is not None:
        labels = labels.filter(post_id__in=list(ids))
    by_post: dict[str, list[LocalLabel]] = defaultdict(list)
    for label in labels:
        by_post[label.post_id].append(label)
    return Standing(by_post)


def told_here(posts: pa.Table, read: pa.Table) -> pa.Table:
    """What models read in kept posts (id, title, text), as it is read here, with what people say of them in its place."""
    words = {name: posts[name] for name in ("id", "title", "text")}
    columns = {name: read[name] for name in read.column_names}
    return standing(posts["id"].to_pylist()).applied(learned_applied(pa.table(words | columns)))


def _with(posts: pa.Table, name: str, values: Mapping[int, object]) -> pa.Table:
    place = posts.column_names.index(name)
    field = posts.schema.field(place)
    column = posts[name].to_pylist()
    for row, value in values.items():
        column[row] = value
    return posts.set_column(place, field, pa.array(column, field.type))
