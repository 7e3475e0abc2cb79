"""A question in plain words, answered by posts with its words and by posts that mean the same.

Two orders are made, one by words (BM25 over the posts that hold them) and one by the posts' vectors, and fused by rank;
the first fifty are then compared with the question by the search encoder, which reads whole sentences, and copies of
one text are counted instead of listed.
"""

from __future__ import annotations

from collections.abc import Mapping
from time import monotonic

from outlisten.insights.meaning.found import Found, Hit
from outlisten.insights.meaning.plain_words import content_words, with_words, words_in
from outlisten.insights.meaning.ranking import by_words, fused
from outlisten.insights.meaning.texts import Post, said, similarities
from outlisten.language.meaning import meaning_card, vectors
from outlisten.language.near_duplicates import groups, signatures
from outlisten.posts.store import ALL_TIME, Budget, PostStore, TimeRange
from outlisten.query import Query

BUDGET = Budget(rows=1_000, seconds=8.0)
WITH_WORDS, BY_VECTORS = 300, 200
COMPARED = 50  # posts that the encoder reads: about a second on an older core
# Less alike than this says nothing (unrelated texts reach 0.2): such a post is shown for its words alone, or not.
ALIKE = 0.2
WORDS_COUNT = 0.15  # what holding all words of the question is worth beside the similarity


def search(
    store: PostStore, text: str, *, query: Query | None = None, window: TimeRange = ALL_TIME, limit: int = 50,
    budget: Budget = BUDGET,
) -> Found:  # fmt: skip
    """Posts that answer a question, best first; `query` and `window` narrow where it looks. Nothing for a text
    without words. Raises StoreError and card.ModelBroken."""
    words, asked = content_words(text), vectors([text])
    if not words and not asked.any():
        return Found(())
    began = monotonic()
    exact, cut = _with_words(store, words, query, window, budget)
    left = Budget(budget.rows, max(budget.seconds - (monotonic() - began), budget.seconds / 10))
    near = store.nearest(
        asked[0].tolist(),
        model=str(meaning_card()),
        query=query,
        window=window,
        limit=BY_VECTORS,
        budget=left,
    )
    order = fused([exact, near.table["id"].to_pylist()])[:COMPARED]
    kept = store.some(order)
    hits = _compared(text, words, [kept[name] for name in order if name in kept])
    return Found(tuple(hits[:limit]), cut or near.cut, _unread(store))


def _with_words(
    store: PostStore, words: tuple[str, ...], query: Query | None, window: TimeRange, budget: Budget
) -> tuple[list[str], bool]:
    """Posts with the words, best first: those with all of them, then those with any."""
    if not words:
        return [], False
    found: dict[str, Post] = {}
    cut = False
    for all_of_them in (True, False):
        asked = with_words(words, query, all_of_them=all_of_them)
        if not asked.valid or len(found) >= COMPARED:
            continue
        half = Budget(budget.rows, budget.seconds / 4)
        page = store.search(
            asked, window=window, limit=WITH_WORDS, columns=("id", "title", "text"), budget=half
        )
        found |= {str(post["id"]): post for post in page.posts.to_pylist()}
        cut = cut or page.cut
    counts = {name: words_in(post, words) for name, post in found.items()}
    return by_words(counts, {name: len(said(post)) for name, post in found.items()}), cut


def _compared(text: str, words: tuple[str, ...], posts: list[Mapping[str, object]]) -> list[Hit]:
    """The posts worth showing, best first, each text once."""
    hits = [
        Hit(post, round(similarity, 3), tuple(words_in(post, words)))
        for post, similarity in zip(posts, similarities(text, posts), strict=True)
    ]
    hits = [hit for hit in hits if _says_something(hit, words)]
    hits.sort(
        key=lambda hit: hit.similarity + WORDS_COUNT * len(hit.words) / max(len(words), 1), reverse=True
    )
    return without_copies(hits)


def _says_something(hit: Hit, words: tuple[str, ...]) -> bool:
    """Whether a hit is worth showing: alike, half alike with a word of the question, or with all of them."""
    return hit.similarity >= (ALIKE / 2 if hit.words else ALIKE) or len(hit.words) == len(words) > 0


def without_copies(hits: list[Hit]) -> list[Hit]:
    """The first hit of each text, with how many copies of it followed."""
    firsts = groups(signatures([said(hit.post) for hit in hits]))
    return [
        Hit(hit.post, hit.similarity, hit.words, int((firsts == at).sum()) - 1)
        for at, hit in enumerate(hits)
        if firsts[at] == at
    ]


def _unread(store: PostStore) -> int:
    """How many posts have no vector yet."""
    return max(0, store.count(None).value - store.with_vectors(str(meaning_card())))
