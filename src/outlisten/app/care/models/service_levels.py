"""Service levels: how soon a department answers, and when it is there."""

from __future__ import annotations

from datetime import date, time
from typing import ClassVar
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from outlisten.app.care.business_hours import OpeningHours
from outlisten.app.people.models import Department

FOUR_HOURS = 240
NINE_TO_SIX = {str(day): ["09:00", "18:00"] for day in range(5)}


def usual_week() -> dict[str, list[str]]:
    """Monday to Friday, nine to six."""
    return {day: list(hours) for day, hours in NINE_TO_SIX.items()}


class ServiceLevel(models.Model):
    """One department's target for the first answer, in minutes of its opening hours."""

    department = models.OneToOneField(Department, on_delete=models.CASCADE, related_name="service_level")
    target_minutes = models.PositiveIntegerField(default=FOUR_HOURS)
    zone = models.CharField(max_length=64, blank=True)  # blank: the workspace's
    week = models.JSONField(default=usual_week)  # weekday "0" (Monday) to "6" → [opening, closing] as HH:MM
    holidays = models.JSONField(default=list, blank=True)  # days as YYYY-MM-DD

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(target_minutes__gt=0), name="target_above_zero")
        ]

    def __str__(self) -> str:
        return f"service level of {self.department_id}"

    def clean(self) -> None:
        """Refuse a week without a single open hour: nothing would ever be due."""
        if not self.week:
            raise ValidationError(_("Leave at least one day open: nothing would ever be due."))

    def hours(self, zone: ZoneInfo) -> OpeningHours:
        """The opening hours; `zone` is the workspace's, used where none is named."""
        week = {
            int(day): (time.fromisoformat(opens), time.fromisoformat(closes))
            for day, (opens, closes) in self.week.items()
        }
        here = ZoneInfo(self.zone) if self.zone else zone
        return OpeningHours(here, week, frozenset(date.fromisoformat(day) for day in self.holidays))
