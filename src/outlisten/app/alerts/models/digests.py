"""Digests: what a department is told each day or week, and what it was told."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from outlisten.app.alerts.models.channels import Channel
from outlisten.app.alerts.models.rules import AlertRule
from outlisten.app.listening.models import Topic
from outlisten.app.people.models import Department


class Digest(models.Model):
    """What one department is told of some topics, how often, in which language, by which channels."""

    class Rhythm(models.TextChoices):
        DAILY = "daily", _("every day")
        WEEKLY = "weekly", _("every week")

    class Weekday(models.IntegerChoices):
        MONDAY = 0, _("Monday")
        TUESDAY = 1, _("Tuesday")
        WEDNESDAY = 2, _("Wednesday")
        THURSDAY = 3, _("Thursday")
        FRIDAY = 4, _("Friday")
        SATURDAY = 5, _("Saturday")
        SUNDAY = 6, _("Sunday")

    Language = AlertRule.Language

    name = models.CharField(_("Name"), max_length=80)
    department = models.ForeignKey(
        Department,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="digests",
        verbose_name=_("Department"),
    )
    topics = models.ManyToManyField(Topic, blank=True, related_name="digests", verbose_name=_("Topics"))
    rhythm = models.CharField(_("How often"), max_length=8, choices=Rhythm, default=Rhythm.WEEKLY)
    weekday = models.PositiveSmallIntegerField(_("On"), choices=Weekday, default=Weekday.MONDAY)
    hour = models.PositiveSmallIntegerField(_("At"), default=8)  # in the workspace's zone
    language = models.CharField(_("Language"), max_length=8, choices=Language, blank=True, default="")
    channels = models.ManyToManyField(Channel, blank=True, related_name="digests", verbose_name=_("Sent to"))
    on = models.BooleanField(_("On"), default=True)
    removed = models.BooleanField(default=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    next_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["name", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["name"], condition=models.Q(removed=False), name="digest_name_once"
            )
        ]

    def __str__(self) -> str:
        return self.name


class DigestIssue(models.Model):
    """One issue of a digest, as it was written: its period, and sentences with their links."""

    digest = models.ForeignKey(Digest, on_delete=models.CASCADE, related_name="issues")
    since = models.DateTimeField()
    until = models.DateTimeField()
    language = models.CharField(max_length=8)
    title = models.CharField(max_length=200)
    sections = models.JSONField(default=list)  # digesting.sections: heading and sentences
    made_at = models.DateTimeField(auto_now_add=True)
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-until", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["digest", "until"], name="digest_issue_once")
        ]

    def __str__(self) -> str:
        return self.title
