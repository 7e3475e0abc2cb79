"""What models read in one post: what it shows now, and what was read before, newest first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from outlisten.app.listening.labels import value_label
from outlisten.app.listening.rereading.current import current_models, tier
from outlisten.app.listening.told import Told, tone_told

# What a reading says besides its scores, in the order in which it is told.
TOLD = ("lang", "sentiment", "intent", "emotion", "flags", "urgency_reasons", "voice", "topic", "model")
FIELD = {"flags": "flag", "urgency_reasons": "urgency_reason"}


@dataclass(frozen=True, slots=True)
class Change:
    """What one reading says otherwise than the one before, in words; `first` says everything."""

    at: datetime | None
    model: str | None
    first: bool
    said: tuple[tuple[str, str], ...]  # (column, value in words)


@dataclass(frozen=True, slots=True)
class Readings:
    """`now`: the values of the post, its tone and emotion as they are told; `read` whether a model read it; `tier` is fast
    or deep, blank where it is neither of today's; `history` newest first, shown where there is more than one."""

    now: Mapping[str, Any]
    tone: Told
    emotion: Told
    read: bool
    tier: str
    current: bool
    urgency: str
    history: tuple[Change, ...]


def post_readings(
    post: Mapping[str, Any], history: Sequence[Mapping[str, Any]], told: tuple[Told, Told]
) -> Readings:
    """The readings of a complete post: the store's history, oldest first, and tone and emotion as they are told."""
    changes = tuple(_changes(history))
    model = post["model"]
    return Readings(
        now=post, tone=told[0], emotion=told[1], read=bool(model), tier=tier(model), current=model in current_models(),
        urgency=_level(post["urgency"]), history=tuple(reversed(changes)) if len(changes) > 1 else (),
    )  # fmt: skip


def _level(urgency: float | None) -> str:
    """The level of the guidelines (0 to 3) that a number from 0 to 1 is nearest to; blank where it was not read."""
    return "" if urgency is None else str(round(3 * urgency))


def _changes(history: Sequence[Mapping[str, Any]]) -> list[Change]:
    found, before = [], None
    for reading in history:
        said = tuple(
            (name, _said(name, reading))
            for name in TOLD
            if before is None or (reading[name] or None) != (before[name] or None)
        )
        if said:
            found.append(Change(reading["read_at"], reading["model"], before is None, said))
        before = reading
    return found


def _said(name: str, reading: Mapping[str, Any]) -> str:
    field, value = FIELD.get(name, name), reading[name]
    if name == "sentiment" and value:
        return tone_told(reading).words
    if isinstance(value, list):
        return " · ".join(value_label(field, one) for one in value) or "–"
    return str(value) if name == "model" and value else value_label(field, value) if value else "–"
