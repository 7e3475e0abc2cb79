"""The day by the clock. What people do is dated by it, also in an archive whose posts are old."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from outlisten.app.listening.clock import zone_of
from outlisten.app.listening.queries.names import workspace


def today() -> date:
    """Today in the workspace's zone."""
    return day_of(timezone.now())


def day_of(moment: datetime) -> date:
    """The day of a moment in the workspace's zone."""
    return moment.astimezone(zone_of(workspace())).date()
