"""Reading the sentiment towards each target of a post."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from outlisten.language.entities.names import Known, spans_of
from outlisten.language.folded_text import FoldedText
from outlisten.language.targets.aspects import words_of
from outlisten.language.targets.clauses import Mention, spoken_of
from outlisten.language.targets.comparing import MOST, compared, sign
from outlisten.language.targets.scoring import LABELS, Chances, Score, by_fast_head
from outlisten.language.targets.target import Kind, Span, Target

# How much a target's own clauses count against the post as a whole (both as logarithms), how much less likely *neutral* is of
# a name that was asked for than the head thinks (aspects that nobody asked for are often only mentioned, so they keep the
# head's own chances), and how sure a comparison is. Chosen over the unsealed written examples and the sets of
# `benchmarks/targets_quality.py` together: only the sealed written examples had no part in it.
OF_CLAUSES = 0.7
LESS_NEUTRAL = 1.4
OF_COMPARISON = 0.85
# What stands between clauses and belongs to neither.
JOINTS = " \t\r\n,，:：;；、—"
# Enough posts at once for the model's array arithmetic to pay; their clauses fit in a few megabytes.
AT_ONCE = 200


def toward(
    text: str,
    names: Known = (),
    title: str | None = None,
    lang_given: str | None = None,
    score: Score = by_fast_head,
) -> tuple[Target, ...]:
    """The sentiment towards each of the `names` and each aspect (`aspects.toml`) that a post mentions, in reading order.

    The post is cut into clauses; each target is judged by the clauses that name it and those that go on about it, and a
    comparison ("A is better than B", A不如B) by who comes off better. `names` may be a mapping from each name to other
    words for it. `score` gives the chances of texts: pass another one to judge by another model. Reads the first 10,000
    characters.
    """
    return next(toward_each([text], [title], [lang_given], names, score))


def toward_each(
    texts: Sequence[str],
    titles: Sequence[str | None],
    langs_given: Sequence[str | None],
    names: Known = (),
    score: Score = by_fast_head,
) -> Iterator[tuple[Target, ...]]:
    """The same of many posts, one after the other; the model is asked about many at once."""
    for start in range(0, len(texts), AT_ONCE):
        some = slice(start, start + AT_ONCE)
        posts = [
            _mentioned(text, title, names) for text, title in zip(texts[some], titles[some], strict=True)
        ]
        chances = _chances(posts, langs_given[some], score)
        for post, rows in zip(posts, chances, strict=True):
            yield _judged(post, rows, frozenset(names))


@dataclass(frozen=True, slots=True)
class _Post:
    """A post, what it mentions, and where it speaks of each target."""

    whole: FoldedText
    mentions: list[Mention]
    spans: dict[str, tuple[Span, ...]]

    @property
    def clauses(self) -> list[str]:
        """What is judged of each target, as written."""
        return [", ".join(self.whole.original[slice(*span)] for span in of) for of in self.spans.values()]


def _mentioned(text: str, title: str | None, names: Known) -> _Post:
    whole = FoldedText(f"{title}\n{text}" if title else text)
    words = words_of(names)
    found = spans_of(whole.text, tuple(words))
    mentions = [Mention(words[word], start, end) for start, end, word in found][:MOST]
    spans = {name: _as_written(whole, of) for name, of in spoken_of(whole.text, mentions).items()}
    return _Post(whole, mentions, spans)


def _as_written(whole: FoldedText, spans: Sequence[Span]) -> tuple[Span, ...]:
    """Spans of the folded text as spans of the original, without what joins clauses; those without a word left out."""
    places = (_trimmed(whole.original, *whole.place(start, end)) for start, end in spans)
    return tuple((start, end) for start, end in places if any(map(str.isalnum, whole.original[start:end])))


def _trimmed(text: str, start: int, end: int) -> Span:
    words = text[start:end]
    return start + len(words) - len(words.lstrip(JOINTS)), end - len(words) + len(words.rstrip(JOINTS))


def _chances(posts: Sequence[_Post], langs: Sequence[str | None], score: Score) -> list[Chances]:
    """For each post the chances of the whole and of each of its targets, a row each; those of one language asked at once."""
    found = [np.zeros((0, len(LABELS)), np.float32) for _post in posts]
    together: dict[object, list[int]] = {}
    for at, (post, lang) in enumerate(zip(posts, langs, strict=True)):
        if post.mentions:
            together.setdefault(lang or at, []).append(at)  # of a post without a language, the model tells it
    for places in together.values():
        asked = [[posts[at].whole.original, *posts[at].clauses] for at in places]
        rows = score([text for texts in asked for text in texts], langs[places[0]])
        ends = np.cumsum([len(texts) for texts in asked])
        for at, of_post in zip(places, np.split(rows, ends[:-1]), strict=True):
            found[at] = of_post
    return found


def _judged(post: _Post, chances: Chances, asked_for: frozenset[str]) -> tuple[Target, ...]:
    by_name = {
        name: _blended(chances[0], of_clauses, asked=name in asked_for)
        for name, of_clauses in zip(post.spans, chances[1:], strict=True)
    }
    brands = [one for one in post.mentions if one.name in asked_for]
    _settle(by_name, post.whole.text, brands or post.mentions)
    first = {one.name: one for one in reversed(post.mentions)}
    clauses = dict(zip(post.spans, post.clauses, strict=True))
    return tuple(
        _target(first[name], post, by_name[name], clauses[name], asked=name in asked_for)
        for name in sorted(by_name, key=lambda name: first[name].start)
    )


def _blended(of_post: Chances, of_clauses: Chances, *, asked: bool) -> Chances:
    """The chances of a target from those of its clauses and of the post; NaN where the clauses cannot be read."""
    logits = OF_CLAUSES * np.log(of_clauses + 1e-3)
    logits += (1 - OF_CLAUSES) * np.log(np.where(np.isnan(of_post), 1 / 3, of_post) + 1e-3)
    logits[LABELS.index("neutral")] -= LESS_NEUTRAL * asked
    powers = np.exp(logits - logits.max())
    return np.asarray(powers / powers.sum(), np.float32)


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


def _target(mention: Mention, post: _Post, chances: Chances, clause: str, *, asked: bool) -> Target:
    start, end = post.whole.place(mention.start, mention.end)
    spans = post.spans[mention.name]
    kind: Kind = "brand" if asked else "aspect"
    if np.isnan(chances).any():
        return Target(mention.name, kind, start, end, None, None, clause, spans)
    best = int(chances.argmax())
    return Target(mention.name, kind, start, end, LABELS[best], float(chances[best]), clause, spans)
