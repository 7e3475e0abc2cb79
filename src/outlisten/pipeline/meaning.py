"""Giving kept posts their vectors, after they came in: an import does not wait for it.

What is left to do is asked of the store every time, so that a run that was stopped, twice started or overtaken by an
edit leaves nothing out and does nothing twice.
"""

from __future__ import annotations

from collections.abc import Callable

import pyarrow as pa

from outlisten.language.meaning import DIMENSIONS, meaning_card, vectors
from outlisten.language.near_duplicates import signatures
from outlisten.posts.store import PostStore

# One page is one insertion into the store: some tenths of a second.
PAGE = 2_000


def give_vectors(store: PostStore, *, stop: Callable[[], bool] = lambda: False, page: int = PAGE) -> int:
    """Give every post that lacks one its vector, newest first, until none does or `stop` says so between two pages;
    returns how many were given one. Raises StoreError and card.ModelBroken."""
    model, done = str(meaning_card()), 0
    while not stop():
        left = store.without_vectors(model, limit=page)
        if not left.num_rows:
            break
        added = store.add_vectors(_made(left), model=model)
        done += added
        if not added:  # all of them were edited or erased meanwhile: the next sweep sees what is there then
            break
    return done


def _made(left: pa.Table) -> pa.Table:
    """The rows as `add_vectors` takes them."""
    titles, bodies = left["title"].to_pylist(), left["text"].to_pylist()
    texts = [f"{title}\n{body}" if title else body for title, body in zip(titles, bodies, strict=True)]
    flat = pa.array(vectors(texts).reshape(-1))
    return pa.table(
        {
            "id": left["id"],
            "fingerprint": left["fingerprint"],
            "signature": pa.array(signatures(texts)),
            "vector": pa.FixedSizeListArray.from_arrays(flat, DIMENSIONS).cast(pa.list_(pa.float32())),
        }
    )
