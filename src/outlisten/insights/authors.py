"""Who wrote: one key for each author, and how unevenly they write."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from outlisten.insights.notes import Note
from outlisten.posts.store import PostStore, TimeRange
from outlisten.query import Query

AUTHOR_COLUMNS = ("id", "platform", "author_id", "author_handle", "author")
BUSIEST = 0.01
PLATFORMS = 1_000  # more networks and site families than anybody collects


def author_keys(posts: pa.Table) -> pa.Array:
    """One text for each post that is equal exactly when the author is.

    The platform's stable account id, else the handle, else the name, as the store counts them; people on two
    platforms are two authors. A post whose source sends none of these has a key of its own.
    """
    handle = pc.utf8_lower(posts["author_handle"])
    kinds = (("id", posts["author_id"]), ("handle", handle), ("name", posts["author"]))
    named = pc.coalesce(*(pc.binary_join_element_wise(kind, value, "\t") for kind, value in kinds))
    account = pc.binary_join_element_wise(posts["platform"], named, "\t")
    return pc.coalesce(account, posts["id"]).combine_chunks()


def count_authors(store: PostStore, query: Query | None, window: TimeRange) -> int:
    """Distinct authors of all matching posts, counted by the store on each platform and added up."""
    facet = store.facets(query, ["platform"], top=PLATFORMS, window=window)["platform"]
    return int(pc.sum(facet.table["authors"]).as_py() or 0)


def nameless(posts: pa.Table) -> int:
    """How many posts have no author at all."""
    return int(pc.coalesce(posts["author_id"], posts["author_handle"], posts["author"]).null_count)


def nameless_notes(posts: pa.Table) -> tuple[Note, ...]:
    """The note that each such post counts as one author, where there are such posts."""
    missing = nameless(posts)
    return (Note("each_post_an_author", {"n": missing, "total": posts.num_rows}),) if missing else ()


def posts_per_author(posts: pa.Table) -> npt.NDArray[np.int64]:
    """How many of these posts each author wrote, fewest first."""
    return np.sort(pc.value_counts(author_keys(posts)).field("counts").to_numpy())


def design_effect(per_author: npt.NDArray[np.int64], sampled: float = 1.0) -> float:
    """How many times the variance of a count of posts exceeds a Poisson count's: people write several.

    Σn²/Σn over authors; from a random sample of posts (the share `sampled` of them) the pairs are scaled up:
    1 + Σm(m−1)/(f·Σm). 1 when there are no posts.
    """
    m = per_author.astype(float)
    return float(1 + (m * (m - 1)).sum() / (sampled * m.sum())) if m.sum() else 1.0


def gini(per_author: npt.NDArray[np.int64]) -> float:
    """The Gini coefficient of posts over authors: 0 when all write the same, near 1 when one writes all."""
    n, total = per_author.size, per_author.sum()
    if not total:
        return 0.0
    ranks = np.arange(1, n + 1)
    return float((2 * (ranks * np.sort(per_author)).sum()) / (n * total) - (n + 1) / n)


def share_of_busiest(per_author: npt.NDArray[np.int64]) -> float:
    """The share of posts written by the busiest 1 % of authors (at least one author)."""
    top = max(1, round(per_author.size * BUSIEST))
    return float(np.sort(per_author)[-top:].sum() / per_author.sum()) if per_author.size else 0.0
