"""Posts that say what a post says, in either language."""

from __future__ import annotations

import pyarrow.compute as pc

from outlisten.insights.meaning.found import Found, Hit
from outlisten.insights.meaning.searching import ALIKE, BUDGET, without_copies
from outlisten.insights.meaning.texts import Post, said, similarities
from outlisten.language.meaning import meaning_card, vectors
from outlisten.language.near_duplicates import same, signatures
from outlisten.posts.store import ALL_TIME, Budget, PostStore, TimeRange
from outlisten.query import Query

NEAREST, COMPARED = 200, 40


def alike(
    store: PostStore, post: Post, *, query: Query | None = None, window: TimeRange = ALL_TIME, limit: int = 10,
    budget: Budget = BUDGET,
) -> tuple[Found, int]:  # fmt: skip
    """The posts most like this one, best first, each text once, and how many copies of this very text there are among
    the nearest. Raises StoreError and card.ModelBroken."""
    asked = vectors([said(post)])
    if not asked.any():
        return Found(()), 0
    near = store.nearest(
        asked[0].tolist(), model=str(meaning_card()), query=query, window=window, limit=NEAREST, budget=budget
    )
    others = near.table.filter(pc.not_equal(near.table["id"], post["id"]))
    copies = same(others["signature"].to_numpy(), signatures([said(post)]))
    wanted = [name for name, copy in zip(others["id"].to_pylist(), copies, strict=True) if not copy][
        :COMPARED
    ]
    kept = store.some(wanted)
    posts = [kept[name] for name in wanted if name in kept]
    found = zip(posts, similarities(said(post), posts), strict=True)
    hits = [Hit(other, round(similarity, 3)) for other, similarity in found if similarity >= ALIKE]
    hits.sort(key=lambda hit: hit.similarity, reverse=True)
    return Found(tuple(without_copies(hits)[:limit]), near.cut), int(copies.sum())
