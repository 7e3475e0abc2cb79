"""The words of a post that speak for what it wants and how urgent it is, found by named rules."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from outlisten.app.listening.labels import value_label
from outlisten.app.listening.snippets import Span
from outlisten.language.phrases import INTENTS, REASONS, Phrase, find_phrases


@dataclass(frozen=True, slots=True)
class Evidence:
    """What some words speak for, in the reader's language, the words as written, and the rule's name."""

    speaks_for: str
    words: str
    rule: str


@dataclass(frozen=True, slots=True)
class Found:
    """Evidence in reading order, and its places in the title and in the text (code points, never overlapping)."""

    evidence: tuple[Evidence, ...]
    title: tuple[Span, ...]
    text: tuple[Span, ...]


def evidence(title: str, text: str) -> Found:
    """What the rules find in a post."""
    phrases = find_phrases(text, title or None)
    body = len(title) + 1 if title else 0
    return Found(
        evidence=tuple(Evidence(_speaks_for(one), one.words, one.rule) for one in phrases),
        title=_apart(
            (one.start, min(one.end, len(title))) for one in phrases if body and one.start < len(title)
        ),
        text=_apart((max(one.start - body, 0), one.end - body) for one in phrases if one.end > body),
    )


def _speaks_for(phrase: Phrase) -> str:
    if phrase.kind in INTENTS:
        return value_label("intent", phrase.kind)
    if phrase.kind in REASONS:
        return _("urgent: %(reason)s") % {"reason": value_label("urgency_reason", phrase.kind)}
    return value_label("flag", phrase.kind)


def _apart(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The spans with those that overlap joined."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        elif start < end:
            joined.append((start, end))
    return tuple(joined)
