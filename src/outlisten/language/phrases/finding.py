"""Finding the phrases of a post."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice

from outlisten.language.folded_text import LIMIT, FoldedText
from outlisten.language.pattern_gate import Gate, Need, needed
from outlisten.language.phrases.phrase import Kind, Phrase
from outlisten.language.phrases.standing import Standing
from outlisten.language.phrases.tables import LANGUAGES, Language, Rule, rules
from outlisten.language.phrases.wording import written_out

# More finds of one pattern than these tell a reader nothing new.
MOST = 20


@dataclass(frozen=True, slots=True)
class _Ready:
    """A rule with its patterns compiled, each with its number in the gate."""

    rule: Rule
    patterns: tuple[tuple[int, re.Pattern[str]], ...]
    unless: tuple[re.Pattern[str], ...]
    absent: tuple[re.Pattern[str], ...]


def find_phrases(text: str, title: str | None = None) -> tuple[Phrase, ...]:
    """Every phrase of a post that a rule knows, in reading order; of those of one kind that overlap, the longest.

    Spans count code points of the text, or with a title of title, line break and text. Reads the first 10,000
    characters. Rules are precise rather than complete: where none is found, a post may still complain. Words in
    quotation marks, negated ones and the questions that nobody is to answer do not count.
    """
    whole = FoldedText((f"{title}\n{text[:LIMIT]}" if title else text)[:LIMIT])
    found = [
        Phrase(ready.rule.kind, ready.rule.name, *span, whole.original[slice(*span)])
        for ready, span in _finds(whole)
    ]
    kept = [one for kind in {one.kind for one in found} for one in _apart(found, kind)]
    return tuple(sorted(kept, key=lambda one: (one.start, one.end, one.kind)))


def _apart(found: list[Phrase], kind: Kind) -> list[Phrase]:
    """Those of one kind, without the shorter of two that overlap."""
    kept: list[Phrase] = []  # by their places
    for one in sorted(
        (one for one in found if one.kind == kind), key=lambda one: (one.start - one.end, one.start)
    ):
        at = bisect_left(kept, one.start, key=lambda other: other.start)
        if (at == 0 or kept[at - 1].end <= one.start) and (at == len(kept) or one.end <= kept[at].start):
            kept.insert(at, one)
    return kept


def _finds(whole: FoldedText) -> Iterator[tuple[_Ready, tuple[int, int]]]:
    ready, gate = _ready()
    opened = gate.opened(whole.text)
    if not opened:
        return
    standing = Standing(whole.text)
    for one in ready:
        patterns = [pattern for number, pattern in one.patterns if number in opened]
        for start, end in _of_rule(whole.text, one, patterns, standing) if patterns else ():
            yield one, whole.place(start, end)


def _of_rule(
    text: str, ready: _Ready, patterns: list[re.Pattern[str]], standing: Standing
) -> Iterator[tuple[int, int]]:
    spans = [_trimmed(match) for pattern in patterns for match in islice(pattern.finditer(text), MOST)]
    spans = [span for span in spans if span[0] < span[1] and standing.counts(ready.rule, *span)]
    if not spans or any(pattern.search(text) for pattern in ready.absent):
        return
    apart = [match.span() for pattern in ready.unless for match in pattern.finditer(text)]
    yield from (
        (start, end) for start, end in spans if not any(start < last and first < end for first, last in apart)
    )


def _trimmed(match: re.Match[str]) -> tuple[int, int]:
    """The words themselves, without the blanks and commas that a pattern takes in."""
    start, end = match.span()
    said = match.group()
    return start + len(said) - len(said.lstrip(_BLANK)), end - len(said) + len(said.rstrip(_BLANK))


_BLANK = " \t\n,.。;:"


@cache
def _ready() -> tuple[tuple[_Ready, ...], Gate]:
    needs: list[Need] = []
    made = tuple(_made(rule, needs) for rule in rules())
    return made, Gate(needs)


def _made(rule: Rule, needs: list[Need]) -> _Ready:
    patterns = []
    for language in LANGUAGES:
        for pattern in rule.patterns[language]:
            written = written_out(pattern, language)
            patterns.append((len(needs), re.compile(written)))
            needs.append(Need(needed(written)))
    return _Ready(rule, tuple(patterns), _compiled(rule.unless), _compiled(rule.absent))


def _compiled(patterns: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(written_out(pattern, _language_of(pattern))) for pattern in patterns)


def _language_of(pattern: str) -> Language:
    return "zh" if any("一" <= char <= "鿿" for char in pattern) else "en"
