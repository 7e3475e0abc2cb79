"""Statement 1: how soon a human answers."""

from __future__ import annotations

from django.utils.translation import gettext as _

from outlisten.app.care.measures.seen import (
    not_shown,
    nothing_yet,
    queue,
    seen,
)
from outlisten.app.care.queries.figures import ENOUGH, answer_times
from outlisten.app.people.rules import Actor
from outlisten.app.web.measure import Measure


def time_to_first_answer(reader: Actor) -> Measure:
    """Statement 1: open minutes until half of the customers have a first answer. Raises Refused."""
    name = _("Time to a human answer")
    if seen(reader) is None:
        return not_shown(name)
    times = answer_times(reader)
    if times.n < ENOUGH or times.median is None:
        return nothing_yet(name, _("Not enough to say: it takes ten cases in 90 days."))
    middle = times.median
    limits = [_("Minutes while the department is open; customers who still wait are counted as waiting.")]
    if middle.value is None:
        sentence = _("Fewer than half of the customers have had an answer so far.")
        return Measure(name, sentence=sentence, unit="minutes", evidence=[queue()], next_step=queue(),
                       missing=sentence, limits=limits)  # fmt: skip
    said = {"t": round(middle.value), "low": _or_dash(middle.low), "high": _or_dash(middle.high)}
    return Measure(
        name,
        sentence=_("Half of the customers have an answer within %(t)d open minutes (%(low)s–%(high)s).")
        % said,
        value=middle.value,
        low=middle.low,
        high=middle.high,
        unit="minutes",
        evidence=[queue()],
        next_step=queue(),
        limits=limits,
    )


def _or_dash(minutes: float | None) -> str:
    return "…" if minutes is None else str(round(minutes))
