"""Queries as brands keep them, drawn from the words of some posts: the same for the same seed.

Half Chinese, half English; a brand may have names in both. How rare the words are follows from the share of posts that a
query is to find, so that any number of queries can be drawn that find as much together.
"""

from __future__ import annotations

import random
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import pyarrow as pa
import rjieba

from outlisten.query import Matcher, Query, parse

LANGS = ("zh", "en")
_ENGLISH = re.compile(r"(?<![^ ])[a-z]{3,}(?![^ ])")
_TWO_ENGLISH = re.compile(r"(?<![^ ])(?=([a-z]{3,} [a-z]{3,})(?![^ ]))")
_HAN = re.compile(r"[\u4e00-\u9fff]{2,4}")
_OPERATORS = frozenset({"and", "not", "near", "onear", "atleast"})
PLATFORMS = {"zh": ("weibo", "zhihu", "xiaohongshu"), "en": ("x", "reddit")}


class Words:
    """The words of one language in order of the share of posts that hold them."""

    def __init__(self, posts: Iterable[set[str]], count: int) -> None:
        held = Counter(word for words in posts for word in words)
        ranked = sorted((number / count, word) for word, number in held.items())
        self._rarest = 1 / count
        self._shares = [share for share, _ in ranked]
        self._words = [word for _, word in ranked]

    def near(self, share: float, chance: random.Random) -> str:
        """A word that stands in about this share of the posts: a third of it to three times as much."""
        share = max(share, self._rarest)
        low, high = bisect_left(self._shares, share / 3), bisect_left(self._shares, share * 3)
        low = min(low, len(self._words) - 40)
        return self._words[chance.randrange(low, max(high, low + 40))]


@dataclass(frozen=True)
class Vocabulary:
    """Words and phrases of both languages."""

    words: dict[str, Words]
    phrases: dict[str, Words]


def vocabulary(posts: pa.Table) -> Vocabulary:
    """What the posts say."""
    streams = {lang: _of_lang(posts, lang, "stream") for lang in LANGS}
    texts = _of_lang(posts, "zh", "text")
    cut = [[word for word in rjieba.cut(text) if _HAN.fullmatch(word)] for text in texts]
    count = posts.num_rows
    english = (set(_ENGLISH.findall(stream)) - _OPERATORS for stream in streams["en"])
    pairs = (
        {pair for pair in _TWO_ENGLISH.findall(stream) if not _OPERATORS & set(pair.split())}
        for stream in streams["en"]
    )
    beside = ({a + b for a, b in pairwise(words) if a + b in text}
              for words, text in zip(cut, texts, strict=True))  # fmt: skip
    return Vocabulary(
        {"zh": Words(map(set, cut), count), "en": Words(english, count)},
        {"zh": Words(beside, count), "en": Words(pairs, count)},
    )


def _of_lang(posts: pa.Table, lang: str, column: str) -> list[str]:
    return [
        value
        for value, spoken in zip(posts[column].to_pylist(), posts["lang"].to_pylist(), strict=True)
        if spoken == lang
    ]


def drawn(words: Vocabulary, posts: pa.Table, count: int, rate: float, seed: int = 1) -> list[Query]:
    """So many queries that together find each of the posts about `rate` times."""
    share = rate / count
    for _ in range(5):
        queries = [parse(text) for text in Drawing(words, share, seed).queries(count)]
        found = hits_a_post(queries, posts)
        if abs(found / rate - 1) < 0.1:
            break
        share *= rate / found
    return queries


def hits_a_post(queries: Sequence[Query], posts: pa.Table) -> float:
    """How many of the queries find a post, on average."""
    matcher = Matcher()
    for place, query in enumerate(queries):
        matcher.add(str(place), query)
    return len(matcher.match(posts)) / posts.num_rows


class Drawing:
    """Draws queries that each find about a share of the posts."""

    def __init__(self, words: Vocabulary, share: float, seed: int) -> None:
        self.words, self.share, self.chance = words, share, random.Random(seed)
        self.lang = "zh"

    def queries(self, count: int) -> Iterator[str]:
        """So many, each kind as often as it says."""
        kinds: Sequence[tuple[int, Callable[[], str]]] = (
            (30, self.word), (22, self.listed), (20, self.both), (8, self.three), (8, self.without),
            (5, self.phrase), (4, self.near), (3, self.of_field),
        )  # fmt: skip
        drawn = self.chance.choices([kind for _, kind in kinds], [often for often, _ in kinds], k=count)
        for place, kind in enumerate(drawn):
            self.lang = LANGS[place % 2]
            yield kind()

    def word(self, share: float | None = None, lang: str | None = None) -> str:
        """One word."""
        return self.words.words[lang or self.lang].near(share or self.share, self.chance)

    def phrase(self) -> str:
        """Two words one after the other."""
        return f'"{self.words.phrases[self.lang].near(self.share, self.chance)}"'

    def listed(self) -> str:
        """A brand with its products and its names in both languages."""
        return self.group(self.share, self.chance.randint(3, 15))

    def group(self, share: float, size: int) -> str:
        """Any of some words that together stand in a share of the posts; one in six is of the other language."""
        langs = [self.lang if self.chance.random() < 5 / 6 else LANGS[self.lang == "zh"] for _ in range(size)]
        words = dict.fromkeys(self.word(share / size, lang) for lang in langs)
        return f"({' OR '.join(words)})" if len(words) > 1 else next(iter(words))

    def topic(self, share: float) -> str:
        """What is talked about: common words."""
        return self.group(share, self.chance.randint(2, 6))

    def both(self) -> str:
        """A brand and what is said of it."""
        topic = self.chance.uniform(0.03, 0.2)
        return f"{self.group(min(self.share / topic, 0.3), self.chance.randint(1, 5))} {self.topic(topic)}"

    def three(self) -> str:
        """A brand, what is said of it, and what is left out."""
        return f"{self.both()} -{self.topic(0.05)}"

    def without(self) -> str:
        """A brand whose name means something else too."""
        return f"{self.group(self.share, self.chance.randint(1, 5))} -{self.topic(0.05)}"

    def near(self) -> str:
        """A brand with a word by it."""
        return (
            f"{self.word(min(self.share * 20, 0.2))} NEAR/{self.chance.choice((3, 5, 10))} {self.topic(0.15)}"
        )

    def of_field(self) -> str:
        """A brand in one language, on one network, or where the tone is bad."""
        asked = self.chance.choice(
            (
                f"lang:{self.lang}",
                "sentiment:negative",
                f"platform:{self.chance.choice(PLATFORMS[self.lang])}",
            )
        )
        return f"{self.group(self.share * 2, self.chance.randint(1, 4))} {asked}"
