"""The training and tuning posts as tokens, made once and kept: which pieces the vocabulary has, and every post's."""

from __future__ import annotations

import csv
import io
import pickle
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from carrier import Carrier, load
from samples import Sample, Targets, targets
from sentiment_data import lines
from sets import deep_sets
from tokenizers import Tokenizer
from vocabulary import kept_pieces, tokeniser

from outlisten.language.deep.preparation import prepared

LONGEST = 48  # tokens, <s> and </s> among them
UNLABELLED = 40_000  # posts that help to choose the pieces
Tokens = list[npt.NDArray[np.int32]]


@dataclass(frozen=True, slots=True)
class PoolTokens:
    """A training pool, or a tuning part (of share 0), as tokens and labels."""

    name: str
    tokens: Tokens
    targets: Targets
    share: float


@dataclass(frozen=True, slots=True)
class Prepared:
    """The kept pieces, the training pools and the tuning parts."""

    kept: npt.NDArray[np.int64]
    pools: list[PoolTokens]
    tune: list[PoolTokens]


def prepare(data: Path, work: Path) -> tuple[Prepared, Carrier]:
    """The tokens from `work`, made there when missing, and the carrier."""
    work.mkdir(parents=True, exist_ok=True)
    carrier = load(work / "carrier")
    path = work / "prepared.pickle"
    if not path.is_file():
        path.write_bytes(pickle.dumps(_prepared(data, carrier)))
    return pickle.loads(path.read_bytes()), carrier


def _prepared(data: Path, carrier: Carrier) -> Prepared:
    sets = deep_sets(data)
    texts = [prepared(sample.text) for pool in sets.train for sample in pool.samples]
    kept = kept_pieces(carrier, [*texts, *map(prepared, unlabelled(data, UNLABELLED))])
    cut = tokeniser(carrier, kept)
    pools = [_tokens(f"{p.set} {p.split}", list(p.samples), p.share, cut) for p in sets.train]
    return Prepared(kept, pools, [_tokens(name, samples, 0, cut) for name, samples in sets.tune.items()])


def _tokens(name: str, samples: list[Sample], share: float, cut: Tokenizer) -> PoolTokens:
    return PoolTokens(name, tokens(cut, [sample.text for sample in samples]), targets(samples, 0.75), share)


def tokens(cut: Tokenizer, texts: list[str], longest: int = LONGEST) -> Tokens:
    """Each text's token numbers, cut at `longest` with </s> at the end."""
    found = cut.encode_batch_fast([prepared(text) for text in texts])
    return [np.array([*one.ids[:-1][: longest - 1], one.ids[-1]], np.int32) for one in found]


def unlabelled(data: Path, most: int) -> Iterator[str]:
    """Weibo posts without labels, evenly from all days."""
    paths = sorted((data / "covid19_weibo" / "unlabelled").glob("*.csv*"))
    for path in paths:
        rows = csv.reader(io.StringIO("\n".join(lines(path, "gb18030"))))
        yield from (row[1] for _, row in zip(range(most // len(paths)), rows, strict=False) if len(row) > 1)
