"""Sources that fail or fall silent: an alert each, over when the source fares well again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone, translation

from outlisten.app.alerts.models import Alert, AlertRule
from outlisten.app.sources.models import Source
from outlisten.app.sources.shown import fares
from outlisten.app.web.live import publish
from outlisten.words import LOCALES

# A network that is away for a moment is asked again by itself; that is nobody's news.
PATIENCE = timedelta(minutes=30)


def judge_sources(rule: AlertRule) -> dict[str, Any]:
    """Fire for each source that is unwell for a while, end what is over; what the rule stands at."""
    now = timezone.now()
    unwell = {f"source:{source.pk}": source for source in _unwell()}
    for alert in Alert.objects.filter(rule=rule, ended_at=None).exclude(about__in=unwell):
        Alert.objects.filter(pk=alert.pk).update(ended_at=now)
    Alert.objects.filter(rule=rule, ended_at=None).update(last_at=now)
    for about, source in unwell.items():
        _fire(rule, about, source)
    return {"state": "watching", "unwell": len(unwell)}


def _unwell() -> list[Source]:
    """Sources with a problem, a changed shape or a silence that is older than the patience."""
    late = timezone.now() - PATIENCE
    grave = (~Q(problem="") & Q(problem_since__lte=late)) | (~Q(drift="") & Q(drift_since__lte=late))
    return list(Source.objects.filter(grave | Q(silent_since__isnull=False), state=Source.State.ON))


def _fire(rule: AlertRule, about: str, source: Source) -> None:
    now = timezone.now()
    resting = Alert.objects.filter(
        rule=rule, about=about, ended_at__gt=now - timedelta(hours=rule.cool_hours)
    )
    if resting.exists() or Alert.objects.filter(rule=rule, about=about, ended_at=None).exists():
        return
    since = source.problem_since or source.silent_since or source.drift_since or now
    try:
        with transaction.atomic():
            alert = Alert.objects.create(
                rule=rule, kind=rule.kind, about=about, began_at=since, fired_at=now, last_at=now,
                facts={"source": source.name, "said": _said(source)},
            )  # fmt: skip
    except IntegrityError:  # another worker was quicker
        return
    publish("alert", {"alert": alert.pk})


def _said(source: Source) -> dict[str, str]:
    """How it fares, in each language."""
    said: dict[str, str] = {}
    for locale in LOCALES:
        with translation.override(locale):
            said[locale] = fares(source).sentence
    return said
