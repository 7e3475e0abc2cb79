"""How many authors use which words and phrases, on two sides."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import polars as pl
import pyarrow as pa

from outlisten.insights.authors import author_keys
from outlisten.insights.phrases import Pair, joined, mined_phrases
from outlisten.insights.post_words import tells, words_in_order


@dataclass(frozen=True, slots=True)
class AuthorWords:
    """`counts` has a row for each term: `term`, and the authors who use it in `ours` and in `theirs`.
    `phrases` gives the two words of each term that is a phrase."""

    counts: pl.DataFrame
    phrases: Mapping[str, Pair]


def author_words(ours: pa.Table, theirs: pa.Table, own: Callable[[str], bool]) -> AuthorWords:
    """Count the authors who use each word or phrase on two sides.

    `own` says which words to leave out. Phrases are mined from both sides together, so that both are cut alike.
    """
    said = _telling(pl.concat([_said(ours, "ours"), _said(theirs, "theirs")]), own)
    phrases = _named(mined_phrases(said))
    terms = pl.concat([
        said.select("side", "author", term="word"),
        said.join(phrases, on=["word", "next"]).select("side", "author", "term"),
    ])  # fmt: skip
    counts = (
        terms.unique()
        .group_by("term")
        .agg(
            ours=(pl.col("side") == "ours").sum().cast(pl.Int64),
            theirs=(pl.col("side") == "theirs").sum().cast(pl.Int64),
        )
    )
    parts = {term: (word, following) for word, following, term in phrases.iter_rows()}
    return AuthorWords(counts.sort("term"), parts)


def _said(posts: pa.Table, side: str) -> pl.DataFrame:
    """A row for each word of each post: side, author, post, word; breaks are rows too."""
    streams = zip(posts["stream"].to_pylist(), posts["sentences"].to_pylist(), strict=True)
    frame = pl.DataFrame(
        {"author": author_keys(posts).to_pylist(), "word": [words_in_order(*said) for said in streams]},
        schema={"author": pl.String, "word": pl.List(pl.String)},
    )
    keyed = frame.with_columns(pl.col("author").rank("dense"), side=pl.lit(side)).with_row_index("post")
    return keyed.explode("word")


def _telling(said: pl.DataFrame, own: Callable[[str], bool]) -> pl.DataFrame:
    """Only words worth counting, each with the `next` one where that touches it and is worth counting too."""
    vocabulary = said["word"].unique()
    kept = vocabulary.filter(
        pl.Series([tells(word) and not own(word) for word in vocabulary], dtype=pl.Boolean)
    )
    worth = said.with_columns(worth=pl.col("word").is_in(kept.implode()))
    following = pl.when(pl.col("worth").shift(-1)).then(pl.col("word").shift(-1))
    return worth.with_columns(next=following).filter("worth").drop("worth")


def _named(phrases: pl.DataFrame) -> pl.DataFrame:
    terms = [joined(word, following) for word, following in phrases.iter_rows()]
    return phrases.with_columns(term=pl.Series(terms, dtype=pl.String))
