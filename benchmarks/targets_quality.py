"""Sentiment towards named targets, beside the sentiment of the whole post: macro-F1 and accuracy on four sets.

    python benchmarks/targets_quality.py --data ../shared/data [--write docs/explanation/measured]

The written examples name the targets that are judged differently; the product reviews of Hu and Liu name features; the car
forum (never trained on) and the restaurant reviews name aspects, which are looked for by the product's own table. A target that
is not found in the text counts for neither reading and is reported as share. `--tuning` shows the unsealed written examples.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import io
import re
import runpy
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from outlisten.language.targets import toward
from outlisten.language.targets.scoring import LABELS, by_fast_head

REPOSITORY = Path(__file__).parents[1]
CARS = {
    "动力": "power", "价格": "price", "油耗": "fuel", "操控": "handling", "舒适性": "comfort", "配置": "equipment",
    "安全性": "safety", "内饰": "interior", "外观": "looks", "空间": "space",
}  # fmt: skip
DRAWS = 300


@dataclass(frozen=True)
class Post:
    """A text, its language, the names to look for, and what people say of each target."""

    text: str
    lang: str
    names: tuple[str, ...]
    said: dict[str, str]


def written(*, sealed: bool) -> Iterator[Post]:
    """The written examples that judge two or more things differently."""
    examples = runpy.run_path(str(REPOSITORY / "training" / "written" / "examples.py"), run_name="examples")
    names = {"neg": "negative", "neu": "neutral", "pos": "positive"}
    for lang in ("zh", "en"):
        for one in examples["examples"](lang):
            targets = one.settled.targets
            if one.sealed is sealed and targets:
                yield Post(
                    one.text, lang, tuple(targets), {name: names[said] for name, said in targets.items()}
                )


def reviews(data: Path) -> Iterator[Post]:
    """Sentences of English product reviews with the features that stand in them (Hu and Liu 2004)."""
    feature = re.compile(r"([^,\[\]]+)\[([+-])\d\](?!\[)")
    for archive in ("product_reviews_1.zip", "product_reviews_2.zip"):
        with zipfile.ZipFile(data / "liu_opinion_sets" / archive) as files:
            for name in sorted(files.namelist()):
                if name.endswith(".txt") and "README" not in name:
                    for line in files.read(name).decode("latin-1").splitlines():
                        marked, _, text = line.partition("##")
                        said = {
                            what.strip(): ("positive" if sign == "+" else "negative")
                            for what, sign in feature.findall(marked)
                        }
                        if text and said:
                            yield Post(text, "en", tuple(said), said)


def cars(data: Path) -> Iterator[Post]:
    """Posts of a Chinese car forum with aspects."""
    said: dict[str, dict[str, str]] = {}
    content = gzip.decompress((data / "bdci2018_car" / "train.csv.gz").read_bytes()).decode("utf-8-sig")
    for row in csv.DictReader(io.StringIO(content)):
        said.setdefault(row["content"], {})[CARS[row["subject"]]] = LABELS[int(row["sentiment_value"]) + 1]
    yield from (Post(text, "zh", (), aspects) for text, aspects in said.items())


def restaurants(data: Path) -> Iterator[Post]:
    """Chinese restaurant reviews with aspects (the published sample of ASAP)."""
    ours = {
        "service": "service",
        "price": "price",
        "environment": "environment",
        "taste": "taste",
        "portion": "portion",
    }
    for part in ("train", "dev", "test"):
        with (data / "asap_sample" / f"{part}_sample.csv").open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                marks: dict[str, set[str]] = {}
                for column, value in row.items():
                    aspect = next(
                        (ours[word] for word in ours if word in column and "time" not in column), None
                    )
                    if aspect and value not in ("", "-2"):
                        marks.setdefault(aspect, set()).add(LABELS[int(float(value)) + 1])
                yield Post(
                    row["reviewbody"],
                    "zh",
                    (),
                    {aspect: said.pop() for aspect, said in marks.items() if len(said) == 1},
                )


@dataclass(frozen=True)
class Read:
    """One target: what people say, what is read towards it, what is read in the whole post; and the post's number."""

    post: int
    said: str
    toward: str | None
    whole: str | None
    mixed: bool  # whether the post's targets are judged differently


def read(posts: Sequence[Post]) -> tuple[list[Read], int]:
    """Every target that is found, and how many there are."""
    found, asked = [], 0
    for number, post in enumerate(posts):
        asked += len(post.said)
        targets = {one.name: one.sentiment for one in toward(post.text, post.names, lang_given=post.lang)}
        chances = by_fast_head([post.text], post.lang)[0]
        whole = None if np.isnan(chances).any() else LABELS[int(chances.argmax())]
        mixed = len(set(post.said.values())) > 1
        found += [
            Read(number, said, targets[name], whole, mixed)
            for name, said in post.said.items()
            if name in targets
        ]
    return found, asked


def macro_f1(said: Sequence[str], read: Sequence[str | None]) -> float:
    """Mean F1 over the labels that people use."""
    pairs = list(zip(said, read, strict=True))
    scores = []
    for label in sorted(set(said)):
        right = sum(one == other == label for one, other in pairs)
        either = sum((one == label) + (other == label) for one, other in pairs)
        scores.append(2 * right / either)
    return sum(scores) / len(scores)


def accuracy(said: Sequence[str], read: Sequence[str | None]) -> float:
    """Share of targets read as people do."""
    return sum(one == other for one, other in zip(said, read, strict=True)) / len(said)


def gain(reads: Sequence[Read]) -> tuple[float, float]:
    """95 % bootstrap interval, posts drawn, of how much macro-F1 gains over the whole post's."""
    by_post: dict[int, list[Read]] = {}
    for one in reads:
        by_post.setdefault(one.post, []).append(one)
    groups, chance = list(by_post.values()), np.random.default_rng(1)
    gains = []
    for _ in range(DRAWS):
        drawn = [one for at in chance.integers(len(groups), size=len(groups)) for one in groups[at]]
        said = [one.said for one in drawn]
        gains.append(
            macro_f1(said, [one.toward for one in drawn]) - macro_f1(said, [one.whole for one in drawn])
        )
    return float(np.quantile(gains, 0.025)), float(np.quantile(gains, 0.975))


def line(name: str, reads: Sequence[Read], asked: int | None) -> str:
    """One row of the table."""
    said = [one.said for one in reads]
    ours, whole = [one.toward for one in reads], [one.whole for one in reads]
    low, high = gain(reads)
    share = f"{len(reads) / asked:.0%}" if asked else ""
    return (
        f"| {name} | {len(reads):,} | {share} | {100 * macro_f1(said, ours):.1f} | {100 * macro_f1(said, whole):.1f} "
        f"| {100 * low:+.1f} to {100 * high:+.1f} | {100 * accuracy(said, ours):.1f} | {100 * accuracy(said, whole):.1f} |"
    )


def main() -> None:
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--data", type=Path, required=True)
    arguments.add_argument("--write", type=Path)
    arguments.add_argument("--tuning", action="store_true")
    given = arguments.parse_args()
    examples = list(written(sealed=not given.tuning))
    sets = {
        "written examples, Chinese": [post for post in examples if post.lang == "zh"],
        "written examples, English": [post for post in examples if post.lang == "en"],
        "product reviews, English": list(reviews(given.data)),
        "car forum, Chinese": list(cars(given.data)),
        "restaurant reviews, Chinese": list(restaurants(given.data)),
    }
    rows = []
    for name, posts in sets.items():
        reads, asked = read(posts)
        rows.append(line(name, reads, asked))
        mixed = [one for one in reads if one.mixed]
        if 0 < len(mixed) < len(reads):
            rows.append(line("– of posts that judge their targets differently", mixed, None))
        print(*rows[-2:], sep="\n", flush=True)
    if given.write:
        page = (REPOSITORY / "benchmarks" / "targets_quality.md").read_text("utf-8")
        (given.write / "targets.md").write_text(page.replace("TABLE", "\n".join(rows)), "utf-8")


if __name__ == "__main__":
    main()
