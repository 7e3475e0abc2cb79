"""What is kept of who takes part: domains, minutes of meetings, and on which days somebody listened."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from outlisten.app.people.models import Department


class MailDomain(models.Model):
    """Whose people have addresses at a domain: ours or a customer's. Subdomains belong to it."""

    class Whose(models.TextChoices):
        OURS = "ours", _("ours")
        CUSTOMERS = "customers", _("customers’")

    domain = models.CharField(_("Domain"), max_length=253, unique=True)
    whose = models.CharField(_("Whose"), max_length=9, choices=Whose)

    class Meta:
        ordering: ClassVar = ["whose", "domain"]

    def __str__(self) -> str:
        return self.domain


class MeetingTime(models.Model):
    """The minutes of one meeting of a department: nothing says which one, who came, or when in the week.

    `digest` is a keyed hash of the meeting's number and occurrence, by which a second import finds it again.
    """

    class Kind(models.TextChoices):
        INTERNAL = "internal", _("internal")
        CUSTOMERS = "customers", _("with customers")
        UNKNOWN = "unknown", _("cannot be told")

    department = models.ForeignKey(Department, on_delete=models.CASCADE, related_name="meetings")
    week = models.DateField()  # the Monday of the ISO week
    kind = models.CharField(max_length=9, choices=Kind)
    minutes = models.PositiveSmallIntegerField()
    digest = models.CharField(max_length=40)

    class Meta:
        ordering: ClassVar = ["week", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["department", "digest"], name="meeting_counts_once_a_department")
        ]
        indexes: ClassVar = [models.Index(fields=["week"], name="meeting_week")]

    def __str__(self) -> str:
        return f"{self.minutes} min {self.kind} in the week of {self.week}"


class ListeningDay(models.Model):
    """That an account opened listening results on a day; not what it asked, nor how often."""

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="listening_days"
    )
    day = models.DateField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "day"], name="listening_day_once")
        ]
        indexes: ClassVar = [models.Index(fields=["day"], name="listening_day_day")]

    def __str__(self) -> str:
        return f"account {self.account_id} on {self.day}"
