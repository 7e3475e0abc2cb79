"""What a test found: the outcome, the effect with its interval, and everything needed to doubt it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from enum import StrEnum
from math import inf, isfinite
from typing import Any

from outlisten.insights.effects.promise import Promise
from outlisten.insights.effects.reasons import Reason
from outlisten.insights.estimate import Estimate


class Outcome(StrEnum):
    """What can be said about a promise."""

    SUPPORTED = "supported"
    NOT_SUPPORTED = "not_supported"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True, slots=True)
class Placebo:
    """The effect found at a date when nothing was promised, in the unit of the promise; `fires` where 0 is outside."""

    start: date
    effect: Estimate
    fires: bool


@dataclass(frozen=True, slots=True)
class ControlCheck:
    """How far a control itself moved at the date, as a share; None where its past is too short to say."""

    name: str
    effect: Estimate | None
    moved: bool | None


@dataclass(frozen=True, slots=True)
class Bucket:
    """One bucket of the picture: what was seen (None: missing) and what was to be expected, with its 95 % interval."""

    start: date
    observed: float | None
    expected: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome of one test.

    `effect` and `detectable` are in the unit of the promise: a share of what would have been, or an absolute change a
    bucket. `detectable` is the smallest effect in the promised direction that 80 % of such tests would have seen, its
    sign aside; None where no finite one would. `reasons` say why nothing can be told, `notes` what to know besides.
    """

    outcome: Outcome
    promise: Promise
    effect: Estimate | None = None
    detectable: float | None = None
    other_unit: Estimate | None = None
    difference: Estimate | None = None
    reasons: tuple[Reason, ...] = ()
    notes: tuple[Reason, ...] = ()
    assumptions: tuple[Reason, ...] = ()
    placebos: tuple[Placebo, ...] = ()
    controls: tuple[ControlCheck, ...] = ()
    path: tuple[Bucket, ...] = ()
    settings: Mapping[str, str | int | float] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Everything, as JSON can hold it: days as ISO 8601, reasons as codes with their parameters."""
        return {name: _plain(value) for name, value in asdict(self).items()}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Verdict:
        """The verdict that `as_json` wrote."""
        promise = kept["promise"]
        days = {
            name: date.fromisoformat(promise[name]) if promise[name] else None for name in ("start", "until")
        }
        return cls(
            Outcome(kept["outcome"]),
            Promise(**{**promise, **days}),
            detectable=kept["detectable"],
            effect=_estimate(kept["effect"]),
            other_unit=_estimate(kept["other_unit"]),
            difference=_estimate(kept["difference"]),
            reasons=_reasons(kept["reasons"]),
            notes=_reasons(kept["notes"]),
            assumptions=_reasons(kept["assumptions"]),
            placebos=tuple(
                Placebo(date.fromisoformat(one["start"]), _ends(one["effect"]), one["fires"])
                for one in kept["placebos"]
            ),
            controls=tuple(
                ControlCheck(**{**one, "effect": _estimate(one["effect"])}) for one in kept["controls"]
            ),
            path=tuple(Bucket(**{**one, "start": date.fromisoformat(one["start"])}) for one in kept["path"]),
            settings=kept["settings"],
        )


def _reasons(kept: list[dict[str, Any]]) -> tuple[Reason, ...]:
    return tuple(Reason(**one) for one in kept)


def _estimate(kept: Mapping[str, float | None] | None) -> Estimate | None:
    return None if kept is None else _ends(kept)


def _ends(kept: Mapping[str, float | None]) -> Estimate:
    """An end that is endless is kept as null."""
    value, low, high = (kept[name] for name in ("value", "low", "high"))
    return Estimate(*(inf if end is None else end for end in (value, low, high)))


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, float) and not isfinite(value):
        return None
    return value.isoformat() if isinstance(value, date) else value
