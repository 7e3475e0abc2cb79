"""Posts a second that one core reads (language, tone, intents, emotion, urgency, flags), on real tweets and Weibo posts.

Beside it, in the same run: scikit-learn's HashingVectorizer, making the same kinds of n-grams and no more.

    python benchmarks/reading_speed.py --shared ../shared/data [--write PAGE.md]
"""

from __future__ import annotations

import argparse
import gzip
import os
import resource
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"

from machine import machine

from outlisten.language import model_card, read

POSTS, RUNS = 20_000, 3


@dataclass(frozen=True)
class Speed:
    """One set of posts, and posts per second of processor time: ours and the peer's."""

    name: str
    median_length: float
    ours: float
    peer: float


def tweets(shared: Path) -> list[str]:
    """English tweets without labels."""
    path = shared / "tweeteval" / "emoji_text_only" / "train_text.txt.gz"
    return gzip.decompress(path.read_bytes()).decode().split("\n")[:POSTS]


def weibo(shared: Path) -> list[str]:
    """Chinese Weibo posts without labels."""
    posts: list[str] = []
    for path in sorted((shared / "covid19_weibo" / "unlabelled").glob("*.csv.gz")):
        rows = gzip.decompress(path.read_bytes()).decode("gb18030", "replace").split("\r\n")[1:]
        posts += [row.partition(",")[2] for row in rows if row]
        if len(posts) >= POSTS:
            break
    return posts[:POSTS]


def per_second(work: Callable[[list[str]], object], posts: list[str]) -> float:
    """The best of a few runs, in processor time, so that other work on the machine disturbs least."""
    seconds = []
    for _ in range(RUNS):
        started = time.process_time()
        work(posts)
        seconds.append(time.process_time() - started)
    return len(posts) / min(seconds)


def measure(shared: Path) -> Iterator[Speed]:
    """Both sets, ours before the peer is imported, so that our memory is ours."""
    sets = {"English tweets": tweets(shared), "Weibo posts": weibo(shared)}
    read(["warm", "热"])
    ours = {name: per_second(read, posts) for name, posts in sets.items()}
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"memory of the reading process, these posts included: {megabytes:.0f} MB")
    for name, posts in sets.items():
        peer = per_second(hashing_vectorizer(chinese=name.startswith("Weibo")), posts)
        yield Speed(name, statistics.median(map(len, posts)), ours[name], peer)


def hashing_vectorizer(*, chinese: bool) -> Callable[[list[str]], object]:
    """scikit-learn's feature pass for the same n-grams."""
    from sklearn.feature_extraction.text import HashingVectorizer

    letters = HashingVectorizer(
        analyzer="char", ngram_range=(1, 2) if chinese else (2, 4), n_features=1 << 18
    )
    words = HashingVectorizer(ngram_range=(1, 2), n_features=1 << 18)
    return letters.transform if chinese else lambda posts: (letters.transform(posts), words.transform(posts))


def report(speeds: list[Speed]) -> str:
    """The table of the page."""
    rows = [
        f"| {s.name} | {s.median_length:.0f} | **{s.ours:,.0f}** | {s.peer:,.0f} | {s.ours / s.peer:.1f} × |"
        for s in speeds
    ]
    return "\n".join(
        [
            "# Reading speed",
            "",
            "Posts per second of one core, processor time, best of three runs of 20,000. Outlisten tells",
            "the language, makes features, finds phrases and markers, and reads everything a post is given; scikit-learn only",
            "makes features.",
            "",
            "| posts | median characters | Outlisten | HashingVectorizer | ratio |",
            "|---|---:|---:|---:|---:|",
            *rows,
            "",
            f"Model {model_card()}. {machine()}",
            "Made by `python benchmarks/reading_speed.py --shared DIR`.",
            "",
        ]
    )


def main() -> None:
    """Measure, print, and write the page when asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, required=True, help="the reference data folder")
    parser.add_argument("--write", type=Path, help="the page to write")
    options = parser.parse_args()
    page = report(list(measure(options.shared)))
    print(page)
    if options.write:
        options.write.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
