"""Answers that take a moment, remembered for a minute, so that going back and forth is instant."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import blake2b
from typing import TypeVar, cast

from django.core.cache import cache

from outlisten.app.listening.questions import Question
from outlisten.app.listening.sight import sees_private
from outlisten.app.listening.store import posts
from outlisten.app.listening.voices.stamp import voices_stamp
from outlisten.posts.store import Budget

Answer = TypeVar("Answer")
SECONDS = 60
LOOK = Budget(rows=1, seconds=1.0)


def remembered(name: str, question: Question, make: Callable[[], Answer], *more: str) -> Answer:
    """What `make` gives for this question; asked again only after a minute, or once posts have come in."""
    held = posts().count(None, budget=LOOK).value
    said = (
        name,
        question.evidence,
        question.window,
        _day(question),
        held,
        sees_private(),
        voices_stamp(),
        more,
    )
    key = f"listening.{blake2b(repr(said).encode('utf-8', 'surrogatepass'), digest_size=16).hexdigest()}"
    known = cache.get(key)
    if known is None:
        known = make()
        cache.set(key, known, SECONDS)
    return cast(Answer, known)


def _day(question: Question) -> tuple[object, ...]:
    """What an answer rests on of the moment it is asked at: by the clock that is the day, and within a minute the same."""
    asked = question.as_of
    return asked.today, asked.zone.key, asked.moment if asked.newest else None
