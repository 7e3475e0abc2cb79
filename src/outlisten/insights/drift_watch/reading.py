"""The posts of one window as today's fast model reads them, whoever read them when they came in."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from outlisten.insights.authors import AUTHOR_COLUMNS, author_keys
from outlisten.language.chances import sentiment_chances
from outlisten.language.telling import LEAST_CHANCE
from outlisten.posts.store import Budget, PostStore, TimeRange
from outlisten.query import Query

POSTS = 600  # read in each window: shares are then known to four points at worst
COLUMNS = (*AUTHOR_COLUMNS, "title", "text", "lang_given")
TONES = ("negative", "neutral", "positive")
NO_LANGUAGE = ""
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Read:
    """Posts of a window, one a row: language (blank where it was not told), author, place of the likeliest tone (−1 where
    none was read) and its chance (NaN there)."""

    langs: npt.NDArray[np.str_]
    authors: npt.NDArray[np.int64]
    tones: npt.NDArray[np.int64]
    chances: Floats

    def of(self, lang: str) -> Read:
        """Those of a language whose tone was read."""
        rows = (self.langs == lang) & (self.tones >= 0)
        return Read(self.langs[rows], self.authors[rows], self.tones[rows], self.chances[rows])

    @property
    def n(self) -> int:
        """How many posts."""
        return len(self.langs)

    @property
    def effective(self) -> float:
        """As how many independent posts they count, because people write several: (Σm)²/Σm² over authors (Kish, Survey
        Sampling, 1965)."""
        each = np.unique(self.authors, return_counts=True)[1].astype(np.float64)
        return float(each.sum() ** 2 / (each**2).sum()) if len(each) else 0.0

    @property
    def untold(self) -> float:
        """The share of which a person would be told *cannot tell*."""
        return float((self.chances < LEAST_CHANCE).mean())

    @property
    def tone_counts(self) -> Floats:
        """Posts by likeliest tone."""
        return np.bincount(self.tones, minlength=len(TONES)).astype(np.float64)


def read_window(
    store: PostStore, query: Query | None, window: TimeRange, *, size: int = POSTS, seed: int = 0
) -> Read:
    """A random sample of a window, read now. The readings that are kept will not do: several models made them, and which
    posts the deep one read was no draw."""
    found = store.sample(
        query, size=size, seed=seed, columns=COLUMNS, window=window, budget=Budget(rows=size)
    )
    return read_posts(found.table)


def read_posts(posts: pa.Table) -> Read:
    """Posts with COLUMNS, as the fast model reads them."""
    read = sentiment_chances(*(posts[name].to_pylist() for name in ("text", "title", "lang_given")))
    table = np.where(read.read[:, None], read.table, -1.0).astype(np.float64)
    authors = np.unique(np.array(author_keys(posts).to_pylist(), object).astype(str), return_inverse=True)[1]
    return Read(
        np.array([lang or NO_LANGUAGE for lang in read.readings["lang"].to_pylist()], np.str_),
        np.asarray(authors, np.int64),
        np.where(read.read, table.argmax(axis=1), -1),
        np.where(read.read, table.max(axis=1), np.nan),
    )
