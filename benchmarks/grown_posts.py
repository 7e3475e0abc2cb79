"""Many posts grown from a few real ones: their clauses cut apart and put together at random.

Word frequencies, lengths and the mix of scripts stay those of the source; the order of sentences is invented. Each clause
is cut into tokens once, so that growing ten million posts takes minutes. Nothing grown here leaves the machine.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import multiprocessing
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import cycle
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from outlisten.posts.identity import post_id
from outlisten.posts.schema import arrow_schema
from outlisten.query.tokens import GAP, STREAM_SCHEMA, TokenStream, tokenise

CHUNK = 50_000
CLAUSES = 150_000  # of each language: what a worker holds in memory
FIRST = datetime(2025, 1, 1, tzinfo=UTC)
DAYS = 365
PLATFORMS = {"zh": (["weibo", "zhihu", "xiaohongshu"], [0.8, 0.1, 0.1]), "en": (["x", "reddit"], [0.7, 0.3])}
SENTIMENTS, SHARES = ["negative", "neutral", "positive", None], [0.3, 0.4, 0.2, 0.1]
CLAUSE_END = {"zh": re.compile(r"(?<=[。！？!?，,])"), "en": re.compile(r"(?<=[.!?,…])\s+")}


@dataclass(frozen=True)
class Plan:
    """How many posts of which source; `zh_share` of them are Chinese."""

    shared: str
    posts: int
    zh_share: float = 0.6
    authors: int = 2_000_000


def grow(plan: Plan, folder: Path, workers: int = 2) -> list[Path]:
    """Files of complete posts in order of time, CHUNK posts each. Needs OUTLISTEN_SHARED's data."""
    starts = range(0, plan.posts, CHUNK)
    with multiprocessing.get_context("spawn").Pool(workers, initializer=os.nice, initargs=(10,)) as pool:
        return pool.starmap(_write_chunk, ((plan, start, folder) for start in starts), chunksize=1)


def _write_chunk(plan: Plan, start: int, folder: Path) -> Path:
    path = folder / f"{start:010}.parquet"
    pq.write_table(chunk(plan, start), path, compression="lz4")
    return path


def chunk(plan: Plan, start: int) -> pa.Table:
    """The posts numbered from `start`, complete as the store takes them."""
    size = min(CHUNK, plan.posts - start)
    chance = np.random.default_rng([20260101, start])
    langs = np.where(chance.random(size) < plan.zh_share, "zh", "en").tolist()
    grown = _grown(plan, langs, chance)
    texts = [post.text for post in grown]
    moments = _moments(plan, start, size)
    # A few accounts write much and most write once, as everywhere.
    authors = (chance.zipf(1.3, size) * 2_654_435_761 % plan.authors).tolist()
    columns = _given(start, texts, langs, moments, authors, chance)
    columns |= {
        field.name: pa.array([getattr(post, field.name) for post in grown], field.type)
        for field in STREAM_SCHEMA
    }
    columns["fingerprint"] = pa.array(chance.integers(0, 2**64, size, dtype=np.uint64))
    columns["lang"] = pa.array(langs)
    columns["sentiment"] = pa.array(np.array(SENTIMENTS, object)[chance.choice(4, size, p=SHARES)])
    columns["sentiment_score"] = pa.array(chance.random(size).astype(np.float32))
    columns["voice"] = pa.array(["earned"] * size)
    columns["model"] = pa.array(["benchmark 1"] * size)
    return pa.table([_column(columns, field, size) for field in arrow_schema()], schema=arrow_schema())


def _given(
    start: int, texts: list[str], langs: list[str], moments: list[datetime], authors: list[int],
    chance: np.random.Generator,
) -> dict[str, pa.Array]:  # fmt: skip
    natives = [str(4_000_000_000_000_000 + start + row) for row in range(len(texts))]
    drawn = {
        lang: iter(chance.choice(names, len(texts), p=shares).tolist())
        for lang, (names, shares) in PLATFORMS.items()
    }
    platforms = [next(drawn[lang]) for lang in langs]
    likes = np.minimum(chance.zipf(2.0, len(texts)) - 1, 10**6).tolist()
    records = zip(natives, texts, moments, authors, platforms, likes, strict=True)
    return {
        "id": pa.array([
            post_id(platform, native, author=None, created_at=None, text="")
            for platform, native in zip(platforms, natives, strict=True)
        ]),
        "platform": pa.array(platforms),
        "native_id": pa.array(natives),
        "source": pa.array(["grown"] * len(texts)),
        "created_at": pa.array(moments, pa.timestamp("s", "UTC")),
        "seen_at": pa.array([FIRST + timedelta(days=DAYS + 1)] * len(texts), pa.timestamp("s", "UTC")),
        "date_only": pa.array([False] * len(texts)),
        "type": pa.array(["post"] * len(texts)),
        "text": pa.array(texts),
        "author_id": pa.array([str(author) for author in authors]),
        "author": pa.array([f"user{author}" for author in authors]),
        "author_names": pa.array([[str(author), f"user{author}"] for author in authors]),
        "url": pa.array([f"https://{p}.example/{n}" for p, n in zip(platforms, natives, strict=True)]),
        "site": pa.array([f"{p}.example" for p in platforms]),
        "likes": pa.array(likes, pa.uint64()),
        "raw": pa.array([_raw(*record) for record in records]),
    }  # fmt: skip


def _raw(native: str, text: str, moment: datetime, author: int, platform: str, likes: int) -> str:
    """A record of the size and kind that a network's interface sends."""
    user = {
        "id": str(author),
        "screen_name": f"user{author}",
        "verified": author % 50 == 0,
        "followers": author % 9973,
    }
    record = {
        "id": native, "created_at": moment.isoformat(), "text": text, "user": user, "likes": likes, "lang": None,
        "url": f"https://{platform}.example/{native}", "source": "web", "reply_to": None, "media": [],
    }  # fmt: skip
    return json.dumps(record, ensure_ascii=False)


def _column(columns: dict[str, pa.Array], field: pa.Field, size: int) -> pa.Array:
    if field.name in columns:
        return columns[field.name].cast(field.type)
    if pa.types.is_boolean(field.type):
        return pa.array([False] * size)
    return pa.nulls(size, field.type)


def _moments(plan: Plan, start: int, size: int) -> list[datetime]:
    step = DAYS * 86_400 / plan.posts
    return [FIRST + timedelta(seconds=int((start + row) * step)) for row in range(size)]


@dataclass(slots=True)
class Grown:
    """A text and its token stream, put together from clauses."""

    text: str
    stream: str
    sentences: list[int]
    hashtags: list[str]
    mentions: list[str]
    codes: list[str]
    links: list[str]
    paragraphs: tuple[int, ...] = (0,)
    title_tokens: int = 0


def _grown(plan: Plan, langs: list[str], chance: np.random.Generator) -> list[Grown]:
    """For each post clauses until the text is as long as a real one."""
    drawn = {
        lang: _drawn(*clauses_of(plan.shared, lang), langs.count(lang), chance) for lang in sorted(set(langs))
    }
    posts = []
    for lang in langs:
        clauses, lengths = drawn[lang]
        wanted, length, parts = next(lengths), 0, []
        while length < wanted:
            part = next(clauses)
            parts.append(part)
            length += len(part[0])
        posts.append(_joined(parts, lang))
    return posts


def _joined(parts: list[tuple[str, TokenStream]], lang: str) -> Grown:
    """Chinese clauses end in punctuation, hence a gap between their tokens; between English ones there is none."""
    between = f" {GAP} " if lang == "zh" else " "
    sentences, at = [], 0
    for _, said in parts:
        sentences.append(at)
        at += said.stream.count(" ") + 1 + (lang == "zh")
    return Grown(
        ("" if lang == "zh" else " ").join(text for text, _ in parts),
        between.join(said.stream for _, said in parts),
        sentences,
        *(
            [name for _, said in parts for name in getattr(said, kind)]
            for kind in ("hashtags", "mentions", "codes", "links")
        ),
    )


def _drawn(
    clauses: list[tuple[str, TokenStream]], lengths: list[int], posts: int, chance: np.random.Generator
) -> tuple[Iterator[tuple[str, TokenStream]], Iterator[int]]:
    """Clauses without end and lengths, at random."""
    places = cycle(chance.integers(len(clauses), size=max(posts, 1) * 40).tolist())
    wanted = chance.integers(len(lengths), size=posts).tolist()
    return (clauses[place] for place in places), (lengths[place] for place in wanted)


@cache
def clauses_of(shared: str, lang: str) -> tuple[list[tuple[str, TokenStream]], list[int]]:
    """Clauses of the source with their tokens, and the lengths of its posts (cut at the 99th percentile)."""
    texts = list(chinese(shared) if lang == "zh" else english(shared))
    clauses = {part for text in texts for part in CLAUSE_END[lang].split(text) if 2 <= len(part) <= 200}
    some = sorted(clauses)[:: max(1, len(clauses) // CLAUSES)]
    cut = ((part, tokenise(None, part)) for part in some)
    longest = int(np.percentile([len(text) for text in texts], 99))
    return [(part, said) for part, said in cut if said.stream], [min(len(text), longest) for text in texts]


def chinese(shared: str) -> Iterator[str]:
    for path in sorted((Path(shared) / "data/covid19_weibo/unlabelled").glob("*.csv*")):
        text = _bytes(path).decode("gb18030", "replace").replace("\0", "")
        yield from (row[1] for row in csv.reader(io.StringIO(text)) if len(row) > 1 and row[1])


def english(shared: str) -> Iterator[str]:
    for name in ("train_text.txt.gz", "val_text.txt", "test_text.txt.gz"):
        text = _bytes(Path(shared) / "data/tweeteval/emoji_text_only" / name).decode("utf-8")
        yield from (line.strip() for line in text.splitlines() if line.strip())


def _bytes(path: Path) -> bytes:
    return gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
