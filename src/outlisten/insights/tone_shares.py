"""Corrected shares of negative, neutral and positive among posts that a model read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

import polars as pl
import pyarrow as pa

from outlisten.insights.adjusted_count import ErrorRates, Shares, adjusted_shares, combine
from outlisten.insights.authors import AUTHOR_COLUMNS, author_keys
from outlisten.insights.error_rates import CLASSES
from outlisten.insights.estimate import Estimate
from outlisten.insights.insight import Unit
from outlisten.posts.store import Bucket

TONE_COLUMNS = (*AUTHOR_COLUMNS, "created_at", "lang", "sentiment", "model")
MINIMUM_AUTHORS = 30  # below it a share of one half is known to ±18 points at best, before any correction
STEPS: Mapping[Bucket, str] = {"hour": "1h", "day": "1d", "week": "1w", "month": "1mo"}
NET = "net"
WHOLE = datetime.fromisoformat("1970-01-01")  # the one bucket of posts that are not put into any


@dataclass(frozen=True, slots=True)
class Tone:
    """The tone of some posts. `shares` is None where there is not enough to say."""

    posts: int
    authors: int
    shares: Shares | None

    def of(self, measure: str) -> Estimate | None:
        """The share of a class, or `net`: positive minus negative, all posts in the denominator."""
        if self.shares is None:
            return None
        if measure == NET:
            return self.shares.difference(CLASSES.index("positive"), CLASSES.index("negative"))
        return self.shares.of(CLASSES.index(measure))

    def uncorrected(self, measure: str) -> float | None:
        """The same as the model read it, without correction."""
        if self.shares is None:
            return None
        read = dict(zip(CLASSES, self.shares.uncorrected.tolist(), strict=True))
        return float(read["positive"] - read["negative"] if measure == NET else read[measure])


def tone_frame(posts: pa.Table) -> pl.DataFrame:
    """Posts with a reading, one row each: when, lang, author, and 1 in the column of their class."""
    frame = pl.DataFrame(
        {
            "when": pl.from_arrow(posts["created_at"]),
            "lang": pl.from_arrow(posts["lang"]),
            "author": pl.from_arrow(author_keys(posts)),
            "sentiment": pl.from_arrow(posts["sentiment"]),
        }
    )
    read = frame.filter(pl.col("sentiment").is_in(CLASSES))
    return read.with_columns(*((pl.col("sentiment") == name).cast(pl.Int64).alias(name) for name in CLASSES))


def with_bucket(frame: pl.DataFrame, bucket: Bucket, zone: ZoneInfo) -> pl.DataFrame:
    """Dated posts with the wall-clock start of their bucket."""
    clock = pl.col("when").dt.convert_time_zone(zone.key).dt.replace_time_zone(None)
    start = clock.dt.truncate(STEPS[bucket]).cast(pl.Datetime("us")).alias("bucket")
    return frame.filter(pl.col("when").is_not_null()).with_columns(start)


def tone_of(frame: pl.DataFrame, rates: Mapping[str, ErrorRates], unit: Unit = "authors") -> Tone:
    """The tone of all posts of a `tone_frame`."""
    everything = frame.with_columns(bucket=pl.lit(WHOLE))
    return tone_by_bucket(everything, rates, unit).get(WHOLE, Tone(0, 0, None))


def tone_by_bucket(
    frame: pl.DataFrame, rates: Mapping[str, ErrorRates], unit: Unit = "authors"
) -> dict[datetime, Tone]:
    """The tone in each bucket. Languages are corrected apart, then combined by their share of the bucket.

    By authors each author weighs one, spread evenly over their posts there; by posts each post weighs one,
    and the effective number of observations is (Σn)²/Σn² over authors (Kish, Survey Sampling, 1965).
    """
    per_author = frame.group_by("bucket", "lang", "author").agg(pl.sum(*CLASSES), posts=pl.len())
    usable = per_author.filter(pl.col("lang").is_in(list(rates)))
    weight = pl.col("posts") if unit == "authors" else pl.lit(1)
    slices = usable.group_by("bucket", "lang").agg(
        *((pl.col(name) / weight).sum().alias(name) for name in CLASSES),
        posts=pl.sum("posts"),
        squares=(pl.col("posts") ** 2).sum(),
        authors=pl.len(),
    )
    people = {
        row["bucket"]: row["n"]
        for row in usable.group_by("bucket").agg(n=pl.col("author").n_unique()).iter_rows(named=True)
    }
    return {key[0]: _combined(part, rates, unit, people[key[0]]) for key, part in slices.group_by("bucket")}


def _combined(slices: pl.DataFrame, rates: Mapping[str, ErrorRates], unit: Unit, authors: int) -> Tone:
    parts, effective = [], 0.0
    for row in slices.sort("lang").iter_rows(named=True):
        size = row["authors"] if unit == "authors" else row["posts"]
        independent = size if unit == "authors" else row["posts"] ** 2 / row["squares"]
        shares = adjusted_shares([row[name] / size for name in CLASSES], independent, rates[row["lang"]])
        if shares is not None:
            parts.append((float(size), shares))
            effective += independent
    enough = authors >= MINIMUM_AUTHORS and parts
    return Tone(int(slices["posts"].sum()), authors, combine(parts, effective) if enough else None)
