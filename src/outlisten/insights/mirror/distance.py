"""The distance between the words a company uses and the words customers use of it, as one number.

The measure is the Jensen–Shannon divergence (Lin, IEEE Transactions on Information Theory 37 (1991) 145–151) to base 2 of
two distributions of word use: 0 for the same words equally often, 1 for no word in common. A word is used once by each
author, and once by each different text of the company.

A divergence between two samples is above zero even when both come from the same people, the more the smaller they are. So
beside it stands a floor measured with the same sizes: half of the customers against some of the other half. What counts
is by how much the distance exceeds its floor.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from outlisten.insights.authors import author_keys
from outlisten.insights.estimate import Estimate, normal
from outlisten.insights.key_terms import FEWEST, SIDE, WORD_COLUMNS
from outlisten.insights.notes import Note
from outlisten.insights.own_words import OwnWords, own_words
from outlisten.insights.post_words import tells, words_in_order
from outlisten.insights.rows import Rows, read_rows, texts_as_authors
from outlisten.posts.store import ALL_TIME, PostStore, TimeRange
from outlisten.query import Query

MINIMUM_TEXTS = 30  # different texts of the company
MINIMUM_AUTHORS = 60  # customers: thirty in each half
ROUNDS, REPLICATES = 40, 200
Numbers = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class ImageDistance:
    """`distance` and its `floor` run from 0 to 1; `excess` is their difference. None: not enough to say.

    `texts` and `authors` are how many different texts of the company and how many customers were read.
    """

    distance: Estimate | None
    floor: Estimate | None
    excess: Estimate | None
    texts: int
    authors: int
    notes: tuple[Note, ...] = ()

    @property
    def apart(self) -> bool:
        """Whether the company's words differ from the customers' by more than customers differ among themselves."""
        return self.excess is not None and self.excess.low > 0


def image_distance(
    store: PostStore,
    company: Query,
    customers: Query,
    window: TimeRange = ALL_TIME,
    *,
    without: Sequence[str] = (),
    size: int = SIDE,
    seed: int = 0,
) -> ImageDistance:
    """How far the company's words are from its customers'; None below 30 texts or 60 customers.

    Compared are words that at least five texts or authors of both sides together use, without the queries' own words and
    `without`. The figure is the mean over 40 random draws; its 95 % interval is normal, with the standard deviation of
    200 bootstrap draws over texts and authors (a percentile interval would sit too high: resampling raises a divergence).
    """
    texts = texts_as_authors(read_rows(store, company, WORD_COLUMNS, window=window, size=size, seed=seed))
    people = read_rows(store, customers, WORD_COLUMNS, window=window, size=size, seed=seed)
    own = own_words([company, customers], without)
    uses = _uses(texts, people, own)
    notes = (*people.notes, *own.notes)
    if uses.ours < MINIMUM_TEXTS or uses.theirs < MINIMUM_AUTHORS or not uses.words:
        return ImageDistance(None, None, None, uses.ours, uses.theirs, notes)
    return _measured(uses, np.random.default_rng(seed), notes)


@dataclass(frozen=True, slots=True)
class _Uses:
    """Which unit (text or author) uses which word: pairs, those of the company's `ours` texts first."""

    unit: Places
    word: Places
    ours: int
    theirs: int
    words: int

    def counts(self, drawn: Places) -> Numbers:
        """How many of the drawn units use each word; a unit drawn twice counts twice."""
        times = np.bincount(drawn, minlength=self.ours + self.theirs).astype(float)
        return np.asarray(np.bincount(self.word, weights=times[self.unit], minlength=self.words), dtype=float)


def _uses(texts: Rows, people: Rows, own: OwnWords) -> _Uses:
    ours, theirs = (_words_by_author(rows, own) for rows in (texts, people))
    users: dict[str, int] = {}
    for said in (*ours, *theirs):
        for word in said:
            users[word] = users.get(word, 0) + 1
    place = {word: at for at, word in enumerate(sorted(w for w, n in users.items() if n >= FEWEST))}
    pairs = [(at, place[w]) for at, said in enumerate((*ours, *theirs)) for w in said if w in place]
    units, terms = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    return _Uses(units, terms, len(ours), len(theirs), len(place))


def _words_by_author(rows: Rows, own: OwnWords) -> list[frozenset[str]]:
    """The telling words of each author, as a set."""
    said: dict[str, set[str]] = {}
    columns = (author_keys(rows.posts), rows.posts["stream"], rows.posts["sentences"])
    for author, stream, sentences in zip(*(column.to_pylist() for column in columns), strict=True):
        said.setdefault(author, set()).update(words_in_order(stream, sentences))
    return [frozenset(w for w in words if tells(w) and not own.is_own(w)) for words in said.values()]


def _measured(uses: _Uses, rng: np.random.Generator, notes: tuple[Note, ...]) -> ImageDistance:
    drawn = np.array([_draw(uses, rng, again=False) for _ in range(ROUNDS)])
    again = np.array([_draw(uses, rng, again=True) for _ in range(REPLICATES)])
    distance, floor = drawn.mean(axis=0)
    variances = again.var(axis=0, ddof=1)
    return ImageDistance(
        normal(float(distance), float(variances[0]), floor=0.0, ceiling=1.0),
        normal(float(floor), float(variances[1]), floor=0.0, ceiling=1.0),
        normal(float(distance - floor), float((again[:, 0] - again[:, 1]).var(ddof=1))),
        uses.ours,
        uses.theirs,
        notes,
    )


def _draw(uses: _Uses, rng: np.random.Generator, *, again: bool) -> tuple[float, float]:
    """Distance and floor of one draw; `again` draws with replacement inside each part, as a bootstrap does."""
    people = rng.permutation(uses.theirs) + uses.ours
    half = uses.theirs // 2
    size = min(uses.ours, uses.theirs - half)
    parts = [people[:half], people[half : half + size], rng.permutation(uses.ours)[:size]]
    if again:
        parts = [rng.choice(part, part.size) for part in (people[:half], people[half:], np.arange(uses.ours))]
        parts = [parts[0], parts[1][:size], parts[2][:size]]
    customers, others, company = (uses.counts(part) for part in parts)
    return divergence(company, customers), divergence(others, customers)


def divergence(ours: npt.ArrayLike, theirs: npt.ArrayLike) -> float:
    """The Jensen–Shannon divergence to base 2 of two lists of counts; 0 when one of them is all zero."""
    p, q = np.asarray(ours, dtype=float), np.asarray(theirs, dtype=float)
    if not p.sum() or not q.sum():
        return 0.0
    p, q = p / p.sum(), q / q.sum()
    mean = (p + q) / 2
    return float((_entropy(mean) - (_entropy(p) + _entropy(q)) / 2).clip(0.0, 1.0))


def _entropy(shares: Numbers) -> np.float64:
    held = shares[shares > 0]
    return np.float64(-(held * np.log2(held)).sum())
