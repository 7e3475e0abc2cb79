"""How a source fares: problems, silences and changes of shape, each noted on it and as an outage that charts show."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from outlisten.app.sources.models import HourCount, Outage, Run, Source
from outlisten.sources.expected_volume import Silence, Usual, silence, usual
from outlisten.sources.problems import SourceProblem
from outlisten.words import LOCALES

SILENCE = "silence"
LEARNED_FROM = timedelta(days=28)
# What is noted on a source, and kept with it.
NOTED = (
    "failures", "good_at", "problem", "problem_said", "problem_since", "drift", "drift_since", "silent_since",
)  # fmt: skip
# A change of shape is forgiven once so many asks brought the fields again.
DRIFT_FORGIVEN = timedelta(days=1)


def failed(source: Source, problem: SourceProblem) -> None:
    """Note a failed ask on the source: the sentence in both languages, and an outage from the first failure on."""
    now = timezone.now()
    source.failures += 1
    source.problem_said = {locale: problem.text(locale) for locale in LOCALES}
    if source.problem != problem.kind:
        source.problem_since = source.problem_since if source.problem else now
        source.problem = problem.kind
    begin(source, problem.kind, source.good_at or source.created_at)


def fared_well(source: Source, run: Run) -> None:
    """Note an ask that was answered: failures are over, and a silence is judged by what is usual."""
    now = timezone.now()
    source.failures, source.good_at = 0, now
    source.problem, source.problem_said, source.problem_since = "", {}, None
    Outage.objects.filter(source=source, until=None).exclude(kind=SILENCE).update(until=now)
    _judge_silence(source, run, now)
    if source.drift_since and run.records and now - source.drift_since > DRIFT_FORGIVEN:
        source.drift, source.drift_since = "", None


def noted(source: Source) -> dict[str, object]:
    """What is noted on the source, to be written to its row."""
    return {name: getattr(source, name) for name in NOTED}


def usual_volume(source: Source, now: datetime) -> Usual:
    """What the source usually brings, from its last four weeks; outages are not taken for quiet hours."""
    since = max(source.created_at, now - LEARNED_FROM)
    hours = HourCount.objects.filter(source=source, hour__gte=since).values_list("hour", "posts")
    return usual(dict(hours), since, now)


def silence_of(source: Source, now: datetime) -> Silence | None:
    """How surprising its silence is; None while nothing is known to be usual."""
    usually = usual_volume(source, now)
    return silence(usually, source.new_at, now) if usually.known and source.new_at else None


def begin(source: Source, kind: str, since: datetime) -> None:
    """An outage from then on, unless one of the kind is open."""
    Outage.objects.get_or_create(source=source, kind=kind, until=None, defaults={"since": since})


def _judge_silence(source: Source, run: Run, now: datetime) -> None:
    if run.added:
        source.silent_since = None
        Outage.objects.filter(source=source, kind=SILENCE, until=None).update(until=now)
        return
    found = silence_of(source, now)
    if found and found.gap:
        source.silent_since = source.silent_since or found.since
        begin(source, SILENCE, found.since)
