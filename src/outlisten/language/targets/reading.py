"""Reading the sentiment towards each target of a post."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from outlisten.language.entities.names import spans_of
from outlisten.language.folded_text import FoldedText
from outlisten.language.targets.aspects import words_of
from outlisten.language.targets.clauses import Mention, spoken_of
from outlisten.language.targets.comparing import MOST, compared, sign
from outlisten.language.targets.scoring import LABELS, Chances, Score, by_fast_head

# How much a target's own clauses count against the post as a whole (both as logarithms), how much less likely *neutral* is of
# a name that was asked for than the head thinks (aspects that nobody asked for are often only mentioned, so they keep the
# head's own chances), and how sure a comparison is. Chosen over the unsealed written examples and the sets of
# `benchmarks/targets_quality.py` together: only the sealed written examples had no part in it.
OF_CLAUSES = 0.7
LESS_NEUTRAL = 1.4
OF_COMPARISON = 0.85


@dataclass(frozen=True, slots=True)
class Target:
    """What a post says of one brand or aspect.

    `start` and `end` are its first mention in code points of the text, or with a title of title, line break and text.
    `sentiment` is negative, neutral or positive with its probability `score`; both None where nothing can be told. `clause`
    is what was judged, as written.
    """

    name: str
    start: int
    end: int
    sentiment: str | None
    score: float | None
    clause: str


def toward(
    text: str,
    names: Sequence[str] = (),
    title: str | None = None,
    lang_given: str | None = None,
    score: Score = by_fast_head,
) -> tuple[Target, ...]:
    """The sentiment towards each of the `names` and each aspect (`aspects.toml`) that a post mentions, in reading order.

    The post is cut into clauses; each target is judged by the clauses that name it and those that go on about it, and a
    comparison ("A is better than B", A不如B) by who comes off better. `score` gives the chances of texts: pass another one
    to judge by another model. Reads the first 10,000 characters.
    """
    whole = FoldedText(f"{title}\n{text}" if title else text)
    mentions = _mentions(whole.text, names)
    if not mentions:
        return ()
    spans = spoken_of(whole.text, mentions)
    said = {name: ", ".join(whole.words(*span).strip(" ,，") for span in of) for name, of in spans.items()}
    chances = score([whole.original, *said.values()], lang_given)
    by_name = {
        name: _blended(chances[0], of_clauses, asked=name in names)
        for name, of_clauses in zip(said, chances[1:], strict=True)
    }
    _settle(by_name, whole.text, [one for one in mentions if one.name in names] or mentions)
    first = {one.name: one for one in reversed(mentions)}
    return tuple(
        _target(first[name], whole, by_name[name], said[name])
        for name in sorted(said, key=lambda name: first[name].start)
    )


def _blended(of_post: Chances, of_clauses: Chances, *, asked: bool) -> Chances:
    """The chances of a target from those of its clauses and of the post; NaN where the clauses cannot be read."""
    logits = OF_CLAUSES * np.log(of_clauses + 1e-3)
    logits += (1 - OF_CLAUSES) * np.log(np.where(np.isnan(of_post), 1 / 3, of_post) + 1e-3)
    logits[LABELS.index("neutral")] -= LESS_NEUTRAL * asked
    powers = np.exp(logits - logits.max())
    return np.asarray(powers / powers.sum(), np.float32)


def _mentions(text: str, names: Sequence[str]) -> list[Mention]:
    words = words_of(names)
    found = [Mention(words[word], start, end) for start, end, word in spans_of(text, tuple(words))]
    return found[:MOST]


def _settle(chances: dict[str, Chances], text: str, mentions: list[Mention]) -> None:
    """Let comparisons decide over the targets that they set against each other."""
    numbers = {name: number for number, name in enumerate(chances)}
    pieces, at = [], 0
    for one in mentions:
        pieces += [text[at : one.start], sign(numbers[one.name])]
        at = one.end
    by_number = list(chances)
    for better, worse in compared("".join([*pieces, text[at:]])):
        rest = (1 - OF_COMPARISON) / 2
        chances[by_number[better]] = np.array([rest, rest, OF_COMPARISON], np.float32)
        chances[by_number[worse]] = np.array([OF_COMPARISON, rest, rest], np.float32)


def _target(mention: Mention, whole: FoldedText, chances: Chances, clause: str) -> Target:
    start, end = whole.place(mention.start, mention.end)
    if np.isnan(chances).any():
        return Target(mention.name, start, end, None, None, clause)
    best = int(chances.argmax())
    return Target(mention.name, start, end, LABELS[best], float(chances[best]), clause)
