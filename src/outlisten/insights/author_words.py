"""How many authors use which words and phrases, on two sides."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import polars as pl
import pyarrow as pa

from outlisten.insights.authors import author_keys
from outlisten.insights.phrases import Pair, mined_phrases
from outlisten.insights.post_words import joined, words_and_pairs

Cut = tuple[list[list[str]], list[list[Pair]]]


@dataclass(frozen=True, slots=True)
class AuthorWords:
    """`counts` has a row for each term: `term`, and the authors who use it in `ours` and in `theirs`.
    `phrases` gives the two words of each term that is a phrase."""

    counts: pl.DataFrame
    phrases: Mapping[str, Pair]


def author_words(ours: pa.Table, theirs: pa.Table, own: Callable[[str], bool]) -> AuthorWords:
    """Count the authors who use each word or phrase on two sides.

    `own` says which words to leave out. Phrases are mined from both sides together, so that both are cut
    alike.
    """
    sides = [_cut(posts, own) for posts in (ours, theirs)]
    found = mined_phrases(sides[0][0] + sides[1][0], sides[0][1] + sides[1][1])
    phrases = {joined(*pair): pair for pair in found}
    counted = [_authors_using(posts, side, found) for posts, side in zip((ours, theirs), sides, strict=True)]
    both = (
        counted[0]
        .rename({"authors": "ours"})
        .join(counted[1].rename({"authors": "theirs"}), on="term", how="full", coalesce=True)
    )
    return AuthorWords(both.fill_null(0).sort("term"), phrases)


def _cut(posts: pa.Table, own: Callable[[str], bool]) -> Cut:
    words, pairs = [], []
    for stream, sentences in zip(posts["stream"].to_pylist(), posts["sentences"].to_pylist(), strict=True):
        said, beside = words_and_pairs(stream, sentences)
        words.append([word for word in said if not own(word)])
        pairs.append([(left, right) for left, right in beside if not own(left) and not own(right)])
    return words, pairs


def _authors_using(posts: pa.Table, cut: Cut, phrases: set[Pair]) -> pl.DataFrame:
    terms = [
        list({*words, *(joined(*pair) for pair in pairs if pair in phrases)})
        for words, pairs in zip(*cut, strict=True)
    ]
    frame = pl.DataFrame(
        {"author": author_keys(posts).to_pylist(), "term": terms},
        schema={"author": pl.String, "term": pl.List(pl.String)},
    )
    used = frame.with_columns(pl.col("author").rank("dense")).explode("term").drop_nulls("term").unique()
    return used.group_by("term").agg(authors=pl.len().cast(pl.Int64))
