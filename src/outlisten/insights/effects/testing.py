"""The test of a promise: measure, calibrate on placebo dates, look for reasons to doubt, decide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from outlisten.insights.effects.controls import check_controls
from outlisten.insights.effects.deciding import decide, opposite
from outlisten.insights.effects.difference import difference_in_differences
from outlisten.insights.effects.gaps import Gap, collection_gaps, without_gaps
from outlisten.insights.effects.measuring import Measured, measure
from outlisten.insights.effects.notes import assumptions, notes_about
from outlisten.insights.effects.promise import Promise
from outlisten.insights.effects.reasons import Reason
from outlisten.insights.effects.series import ClaimSeries
from outlisten.insights.effects.verdict import ControlCheck, Outcome, Verdict
from outlisten.insights.effects.window import Window, window_of, window_problems
from outlisten.insights.estimate import Estimate

LEVEL = 0.05


def test(series: ClaimSeries, promise: Promise, *, level: float = LEVEL) -> Verdict:  # noqa: PT028 - not a test of pytest's
    """Whether the metric changed as promised, against what its past and its controls lead one to expect.

    *Supported*: the interval of the effect lies wholly on the promised side of nothing, and reaches the promised size
    or beyond. *Not supported*: it lies wholly short of the promised size. *Cannot tell*: it holds both nothing and the
    promised size, or there is a reason not to trust it. `level` is the nominal share of false intervals (both sides).
    """
    gaps = collection_gaps(series)
    seen = without_gaps(series, gaps)
    window = window_of(seen, promise)
    problems = [*window_problems(seen, window), *_gap_problems(series, gaps, window)]
    measured = None if problems else measure(seen, window)
    if isinstance(measured, Reason):
        problems, measured = [measured], None
    notes = notes_about(series, seen, gaps, window, measured)
    if measured is None:
        return Verdict(Outcome.CANNOT_TELL, promise, reasons=tuple(problems), notes=notes)
    return _judged(seen, promise, window, measured, level, notes)


test.__test__ = False  # type: ignore[attr-defined]  # a name that pytest would take for a test of its own


def _judged(
    series: ClaimSeries,
    promise: Promise,
    window: Window,
    measured: Measured,
    level: float,
    notes: tuple[Reason, ...],
) -> Verdict:
    effect = measured.estimate(promise, level)
    other = measured.estimate(
        replace(promise, relative=not promise.relative, size=promise.direction / 2), level
    )
    difference = _difference(series, promise, window, measured, level)
    checks = check_controls(series, window, level) if series.controls else []
    outcome, reasons = decide(effect, promise), [*measured.doubts()]
    if not reasons:
        reasons = _control_doubts(series, promise, window, checks, outcome, level)
    if difference is not None and opposite(effect, difference):
        reasons.append(Reason("methods_disagree"))
    return Verdict(
        Outcome.CANNOT_TELL if reasons else outcome,
        promise,
        effect=effect,
        detectable=measured.detectable(promise, level),
        other_unit=other,
        difference=difference,
        reasons=tuple(reasons),
        notes=notes,
        assumptions=assumptions(series),
        placebos=measured.shown_placebos(series, promise, level),
        controls=tuple(checks),
        path=measured.path(series, window, level),
        settings=measured.settings(window, level),
    )


def _gap_problems(series: ClaimSeries, gaps: Sequence[Gap], window: Window) -> list[Reason]:
    """A gap inside the tested window: the promise would be judged on what was not collected."""
    for gap in gaps:
        if gap.last >= window.first and gap.first < window.last:
            first, last = gap.days(series)
            return [Reason("gap_after", {"first": first.isoformat(), "last": last.isoformat()})]
    return []


def _difference(
    series: ClaimSeries, promise: Promise, window: Window, measured: Measured, level: float
) -> Estimate | None:
    found = difference_in_differences(series, window.before, window.first, window.last)
    if found is None:
        return None
    return measured.model.scale.estimate(
        found.effect, found.ends(level), measured.observed_mean, relative=promise.relative
    )


def _control_doubts(
    series: ClaimSeries,
    promise: Promise,
    window: Window,
    checks: Sequence[ControlCheck],
    outcome: Outcome,
    level: float,
) -> list[Reason]:
    """Controls that moved at the date themselves: the outcome must be the same without them, or nothing is told."""
    moved = [check.name for check in checks if check.moved]
    if not moved or outcome == Outcome.CANNOT_TELL:
        return []
    names = {"names": ", ".join(moved)}
    if len(moved) == len(series.controls):
        return [Reason("all_controls_moved", names)]
    again = measure(series.without(moved), window)
    if isinstance(again, Reason) or decide(again.estimate(promise, level), promise) != outcome:
        return [Reason("depends_on_moved_controls", names)]
    return []
