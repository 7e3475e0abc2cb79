"""Phrases of two words, found in the posts themselves: neighbours more often together than by chance."""

from __future__ import annotations

import polars as pl

from outlisten.insights.post_words import HAN_RUN

COMPANY = 0.3  # normalised PMI from which two words are a phrase; 0 is chance, 1 is always together
FEWEST = 5  # posts: below it the measure is mostly noise

Pair = tuple[str, str]


def mined_phrases(said: pl.DataFrame) -> pl.DataFrame:
    """The pairs of neighbouring words that are phrases: columns `word` and `next`.

    `said` has a row for each word of each post: `side`, `post`, `word`, and `next`, the word that touches it
    or null.
    Normalised pointwise mutual information of the pair, ln(P(ab)/(P(a)P(b)))/−ln P(ab), of at least 0.3, in at
    least five posts. Bouma, Normalized (Pointwise) Mutual Information in Collocation Extraction, GSCL 2009.
    """
    single = said.group_by("word").agg(uses=pl.len() / said.height)
    pairs = said.drop_nulls("next").group_by("word", "next")
    together = pairs.agg(share=pl.len() / said.height, posts=pl.struct("side", "post").n_unique())
    counted = (
        together.filter(pl.col("posts") >= FEWEST)
        .join(single, on="word")
        .join(single, left_on="next", right_on="word", suffix="_next")
    )
    chance = pl.col("uses") * pl.col("uses_next")
    company = (pl.col("share") / chance).log() / -pl.col("share").log()
    return counted.filter(company >= COMPANY).select("word", "next")


def joined(left: str, right: str) -> str:
    """Two neighbouring words as one phrase: written together in Chinese, with a space elsewhere."""
    together = HAN_RUN.fullmatch(left) and HAN_RUN.fullmatch(right)
    return left + right if together else f"{left} {right}"
