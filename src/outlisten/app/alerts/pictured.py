"""The picture of an alert or a rule: people by the hour beside what is usual, in its own time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from outlisten.app.alerts.judging.asked import COMPLAINS, Asked, asked
from outlisten.app.alerts.judging.judge import NEW_LEVEL
from outlisten.app.alerts.models import Alert, AlertRule, Kind
from outlisten.app.alerts.shown import shown
from outlisten.app.listening.clock import AsOf, as_of
from outlisten.app.listening.figures import Figure, FigureTable, notes_of, posts_behind
from outlisten.app.listening.filters import both
from outlisten.app.listening.over_time import gap_notes
from outlisten.app.listening.queries.names import workspace
from outlisten.app.listening.sight import reading_as
from outlisten.app.listening.store import posts
from outlisten.app.listening.wording import locale
from outlisten.app.people.rules import Actor
from outlisten.app.sources.charted import gaps_over
from outlisten.charts import (
    Gap,
    Theme,
    alt_text,
    sources_by_bucket,
    spec,
    unusual,
    unusual_names,
    unusual_words,
)
from outlisten.insights import Insight
from outlisten.insights.unusual import people_over_time, share_over_time, usual
from outlisten.posts.store import TimeRange
from outlisten.query import parse

BEFORE = timedelta(days=7)
HEIGHT = 150  # px


def picture_of_alert(alert: Alert, by: Actor, theme: Theme) -> Figure:
    """The seven days before an alert and the alert itself, asked as when it fired. Raises Unanswerable, StoreError."""
    with reading_as(AnonymousUser()):  # as rules are judged: counts hold no private messages
        now = as_of(workspace(), posts())
        moment = AsOf(_end(alert, now.moment), now.zone, now.newest)
        span = TimeRange(alert.began_at, moment.moment)
        question = asked(alert.rule, moment, query=alert.facts.get("topic", ""))
        # Its own hours tell nothing about the usual, whatever was said of it since.
        question = replace(question, left_out=(*question.left_out, span))
        insight = _insight(question, alert.kind, alert.began_at - BEFORE, [span])
    told = shown(alert)
    return replace(_figure(insight, by, theme), pin_title=told.heading, pin_sentence=told.said.text)


def picture_of_rule(rule: AlertRule, by: Actor, theme: Theme) -> Figure:
    """The last seven days of what a rule watches, with its alerts in them. Raises Unanswerable, StoreError."""
    with reading_as(AnonymousUser()):
        moment = as_of(workspace(), posts())
        since = moment.moment - BEFORE
        lately = Alert.objects.filter(rule=rule, kind=rule.kind).exclude(ended_at__lt=since)
        spans = [TimeRange(one.began_at, _end(one, moment.moment)) for one in lately]
        insight = _insight(asked(rule, moment), rule.kind, since, spans)
    return _figure(insight, by, theme)


def _end(alert: Alert, now: datetime) -> datetime:
    """When it was over; while it goes on, now: nothing goes on for longer than what is then usual."""
    return alert.ended_at or min(now, alert.fired_at + NEW_LEVEL)


def _insight(question: Asked, kind: str, since: datetime, alerts: Sequence[TimeRange]) -> Insight:
    window = TimeRange(since, question.window.end)
    if kind == Kind.COMPLAINTS:
        complain = parse(both(question.counted.text, COMPLAINS), question.counted.context)
        return share_over_time(
            question.hours(COMPLAINS), question.hours(), complain, window, zone=question.zone, alerts=alerts
        )
    usually = usual(question.hours())
    return people_over_time(usually, question.counted, window, zone=question.zone, alerts=alerts)


def _figure(insight: Insight, by: Actor, theme: Theme) -> Figure:
    gaps = gaps_over(insight, by)
    return Figure(
        "unusual", spec(unusual(insight, locale(), theme, height=HEIGHT, gaps=gaps)), alt_text(insight, locale()),
        posts_url=posts_behind(insight.evidence), size="is-low",
        notes=(*gap_notes(gaps, insight), *notes_of(insight)), table=_table(insight, gaps),
    )  # fmt: skip


def _table(insight: Insight, gaps: Sequence[Gap]) -> FigureTable | None:
    """The same as rows, newest first; hours of an alert say so."""
    rows, said = insight.table.to_pylist(), unusual_words(insight, locale())
    if not rows:
        return None
    missing, names = sources_by_bucket(gaps, insight, locale()), unusual_names(insight, locale())
    comma = "、" if locale() == "zh-hans" else ", "
    told = tuple(
        (
            _("%(when)s · alert") % {"when": one.when} if row["alert"] else one.when,
            tuple(getattr(one, name) for name in names),
            comma.join(missing.get(row["bucket"], [])),
        )
        for row, one in zip(reversed(rows), reversed(said), strict=True)
    )
    return FigureTable(tuple(names.values()), told, _("Gap in collection") if missing else "")
