"""What may be read about sources."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, F, Q, QuerySet, Sum
from django.shortcuts import get_object_or_404
from django.utils import timezone

from outlisten.app.people.rules import Act, Actor, require
from outlisten.app.sources.models import GonePost, HourCount, Outage, Run, Source
from outlisten.sources.manifest import Manifest
from outlisten.sources.registry import manifests

DAYS = 28
MOST_GAPS = 200  # in one picture


@dataclass(frozen=True, slots=True)
class Shown:
    """A source in the list: its manifest (None when the connector is gone), what it brought in a day and in four weeks."""

    source: Source
    manifest: Manifest | None
    today: int
    weeks: int
    rejected: int


def sources(by: Actor) -> QuerySet[Source]:
    """Every source that is not removed, by name. Raises Refused."""
    require(by, Act.SEARCH)
    return Source.objects.exclude(state=Source.State.REMOVED).select_related("made_by")


def source(by: Actor, pk: int) -> Source:
    """One source, or 404. Raises Refused."""
    return get_object_or_404(sources(by), pk=pk)


def source_to_change(by: Actor, pk: int) -> Source:
    """One source for who may change it, or 404. Raises Refused."""
    require(by, Act.MANAGE_SOURCES)
    return source(by, pk)


def overview(by: Actor) -> list[Shown]:
    """The sources with what each brought. Raises Refused."""
    now = timezone.now()
    counted = sources(by).annotate(
        today=Sum("hours__posts", filter=Q(hours__hour__gte=now - timedelta(days=1))),
        weeks=Sum("hours__posts", filter=Q(hours__hour__gte=now - timedelta(days=DAYS))),
    )
    rejected = dict(sources(by).annotate(n=Count("rejected_records")).values_list("pk", "n"))
    known = manifests()
    return [
        Shown(one, known.get(one.connector), one.today or 0, one.weeks or 0, rejected.get(one.pk, 0))
        for one in counted
    ]


def ailing(by: Actor) -> list[Source]:
    """The sources that a person should look at: a problem, a silence, or a changed shape. Raises Refused."""
    unwell = ~Q(problem="") | Q(silent_since__isnull=False) | ~Q(drift="")
    return list(sources(by).filter(unwell, state=Source.State.ON))


def listening(by: Actor) -> int:
    """How many sources are asked. Raises Refused."""
    return sources(by).filter(state=Source.State.ON).count()


def gone(by: Actor, post: str) -> GonePost | None:
    """What is kept of a post that is gone at its network; None when that is not known of it. Raises Refused."""
    require(by, Act.SEARCH)
    return GonePost.objects.select_related("source").filter(post=post).first()


def runs(source: Source, most: int = 20) -> list[Run]:
    """Its newest asks."""
    return list(Run.objects.filter(source=source)[:most])


def by_day(source: Source) -> list[tuple[date, int]]:
    """New posts on each of the last four weeks' days (UTC), empty ones included."""
    today = timezone.now().date()
    counts = {today - timedelta(days=back): 0 for back in range(DAYS - 1, -1, -1)}
    start = timezone.now() - timedelta(days=DAYS)
    for hour, posts in HourCount.objects.filter(source=source, hour__gte=start).values_list("hour", "posts"):
        if hour.date() in counts:
            counts[hour.date()] += posts
    return list(counts.items())


@dataclass(frozen=True, slots=True)
class Gap:
    """A time in which a source brought less than there was; an open end is now."""

    source: str
    kind: str
    since: datetime
    until: datetime
    open: bool = False


def gaps(
    start: datetime | None, end: datetime | None, *,
    shortest: timedelta = timedelta(hours=1), of: Source | None = None,
) -> list[Gap]:  # fmt: skip
    """The outages inside a period that lasted long enough to show, oldest first: for every chart over time.

    `of` is the one source to look at; without it, all that are not removed.
    """
    now = timezone.now()
    long_enough = Q(until=None, since__lte=now - shortest) | Q(until__gte=F("since") + shortest)
    rows = Outage.objects.select_related("source").filter(long_enough)
    rows = rows.filter(source=of) if of else rows.exclude(source__state=Source.State.REMOVED)
    if start:
        rows = rows.filter(Q(until=None) | Q(until__gt=start))
    if end:
        rows = rows.filter(since__lt=end)
    newest = rows.order_by("-since")[:MOST_GAPS]
    return [
        Gap(row.source.name, row.kind, row.since, row.until or now, open=row.until is None)
        for row in reversed(newest)
    ]
