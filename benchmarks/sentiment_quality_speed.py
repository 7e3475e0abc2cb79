"""Quality against speed: how well sentiment is read, and how many posts a second one core reads, in one run.

Outlisten's two tiers beside VADER, TextBlob and SnowNLP; and, as the row that a transformers pipeline would be, the encoder of
the deep tier itself, in float32 in PyTorch (no model hub can be reached here, so no other network is compared).

    PYTHONPATH=training:training/encoder python benchmarks/sentiment_quality_speed.py --shared ../shared/data \\
        --write docs/explanation/measured/sentiment-quality-speed.md

SnowNLP's own model was trained on many of the shopping reviews, so these are left out.
"""

from __future__ import annotations

import argparse
import os
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = os.environ["RAYON_NUM_THREADS"] = "1"

import altair as alt
import polars as pl
import sentiment_data as data
from machine import machine

from outlisten.language import read
from outlisten.language.deep import deep_card, read_deep
from outlisten.language.measures import MEASURES, Interval, confusion, measured

POSTS = 2_000  # of each set, drawn with a fixed seed: the slowest tool reads a hundred a second
LABELS = ("negative", "neutral", "positive")
Reader = Callable[[list[str]], Sequence[str | None]]


@dataclass(frozen=True)
class Result:
    """One tool on one set: the set's usual measure, and posts per second of processor time."""

    tool: str
    set: str
    lang: str
    quality: Interval
    speed: float


def parts(shared: Path) -> dict[str, tuple[data.Part, str]]:
    """Test parts with their usual measure, by the name shown."""
    return {
        "English tweets (TweetEval), macro recall": (data.tweeteval(shared, "test"), "macro_recall"),
        "Weibo posts (EWECT, folded), macro F1": (data.ewect(shared, "usual_test_labeled"), "macro_f1"),
        "Car forum (BDCI, never trained on), macro recall": (data.car_forum(shared), "macro_recall"),
    }


def readers(lang: str) -> Iterator[tuple[str, Reader]]:
    """The tools that read a language, each loaded when its turn comes."""
    yield (
        "Outlisten fast",
        lambda posts: read(posts, langs_given=[lang] * len(posts))["sentiment"].to_pylist(),
    )
    yield (
        "Outlisten deep",
        lambda posts: read_deep(posts, langs_given=[lang] * len(posts))["sentiment"].to_pylist(),
    )
    if lang == "en":
        yield "VADER", vader()
        yield "TextBlob", textblob()
    else:
        yield "SnowNLP", snownlp()


def vader() -> Reader:
    """VADER with the thresholds of its authors: ±0.05 of the compound score."""
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    scores = SentimentIntensityAnalyzer().polarity_scores
    return lambda posts: [_three(scores(post)["compound"], 0.05) for post in posts]


def textblob() -> Reader:
    """TextBlob's polarity; exactly 0 is neutral, as its documentation has it."""
    from textblob import TextBlob

    return lambda posts: [_three(TextBlob(post).sentiment.polarity, 0.0) for post in posts]


def snownlp() -> Reader:
    """SnowNLP's probability of positive; the middle third is neutral."""
    from snownlp import SnowNLP

    return lambda posts: [_three(2 * SnowNLP(post or "。").sentiments - 1, 1 / 3) for post in posts]


def _three(score: float, middle: float) -> str:
    return "positive" if score > middle else "negative" if score < -middle else "neutral"


def torch_reader(work: Path) -> Reader:
    """The deep tier's encoder in float32, one thread, batches of 32 by length: what a transformers pipeline does."""
    import torch
    from carrier import load
    from export import trained
    from prepared_data import tokens
    from train import padded
    from tuning_figures import logits
    from vocabulary import tokeniser

    torch.set_num_threads(1)
    carrier = load(work / "carrier")
    model, kept = trained(carrier, work / "final.pt")
    cut = tokeniser(carrier, kept)

    def of(posts: list[str]) -> list[str]:
        found = logits(model, tokens(cut, posts, 96), padded, 32)["sentiment"]
        return [LABELS[at] for at in found.argmax(1).tolist()]

    return of


def measure(shared: Path, work: Path | None) -> Iterator[Result]:
    """Every tool on every set that it reads."""
    torch_rows = [("encoder in PyTorch, float32", torch_reader(work))] if work else []
    for name, (part, usual) in parts(shared).items():
        rows = random.Random(7).sample(part.rows, min(POSTS, len(part.rows)))
        posts, truth = [text for text, _ in rows], [LABELS[label] for _, label in rows]
        for tool, reader in [*readers(part.lang), *torch_rows]:
            reader(posts[:20])
            started = time.process_time()
            said = reader(posts)
            seconds = time.process_time() - started
            quality = measured(confusion(truth, said, LABELS), MEASURES[usual])
            result = Result(tool, name, part.lang, quality, len(posts) / seconds)
            print(f"{name}: {tool} {100 * quality.value:.1f}, {result.speed:,.0f} posts/s", flush=True)
            yield result


def chart(results: Sequence[Result]) -> alt.FacetChart:
    """Quality over speed, a panel a set."""
    table = pl.DataFrame(
        [
            {"tool": r.tool, "set": r.set, "quality": 100 * r.quality.value, "posts per second": r.speed}
            for r in results
        ]
    )
    base = alt.Chart(table).encode(
        x=alt.X("posts per second:Q", scale=alt.Scale(type="log"), title="posts per second and core"),
        y=alt.Y("quality:Q", scale=alt.Scale(zero=False), title="measure of the set, %"),
    )
    points = base.mark_point(filled=True, size=90).encode(color=alt.Color("tool:N", legend=None))
    names = base.mark_text(align="left", dx=8, dy=-8).encode(text="tool:N")
    return (
        (points + names)
        .properties(width=560, height=240)
        .facet(row=alt.Row("set:N", title=None))
        .resolve_scale(y="independent")
    )


def report(results: Sequence[Result], picture: str) -> str:
    """The page."""
    rows = [
        f"| {r.set} | {r.tool} | {100 * r.quality.value:.1f} "
        f"[{100 * r.quality.low:.1f}, {100 * r.quality.high:.1f}] | {r.speed:,.0f} |"
        for r in results
    ]
    return "\n".join(
        [
            "# Sentiment: quality against speed",
            "",
            f"{POSTS:,} test posts of each set; in brackets 95 % bootstrap intervals. Speed in posts per second of processor",
            "time, one thread. The row *encoder in PyTorch, float32* is the deep tier's own encoder before it is made small,",
            "alone, and stands for what a transformers pipeline costs; no other network could be fetched.",
            "",
            f"![Quality over speed, a panel a set]({picture})",
            "",
            "| set and measure | tool | % | posts/s/core |",
            "|---|---|---:|---:|",
            *rows,
            "",
            f"Model {deep_card()}. {machine()}",
            "Made by `python benchmarks/sentiment_quality_speed.py --shared DIR --work DIR --write PAGE`.",
            "",
        ]
    )


def main() -> None:
    """Measure, print, and write page and picture when asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, required=True, help="the reference data folder")
    parser.add_argument("--work", type=Path, help="the folder that training filled, for the row in PyTorch")
    parser.add_argument("--write", type=Path, help="the page to write; the picture is written beside it")
    options = parser.parse_args()
    results = list(measure(options.shared, options.work))
    if options.write:
        picture = options.write.with_suffix(".svg")
        chart(results).save(picture)
        options.write.write_text(report(results, picture.name), encoding="utf-8")


if __name__ == "__main__":
    main()
