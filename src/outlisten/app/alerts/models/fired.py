"""Alerts: what a rule found."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from outlisten.app.alerts.models.rules import AlertRule, Kind


class Alert(models.Model):
    """One thing that a rule found. It goes on until `ended_at`; a single post has no duration and ends as it is found.

    `about` is the post or the source; blank for counts. `facts` answer why it fired. Of alerts that share most of their posts,
    the later ones stand in the group of the first.
    """

    class Verdict(models.TextChoices):
        USEFUL = "useful", _("useful")
        FALSE = "false", _("a false alarm")

    rule = models.ForeignKey(AlertRule, on_delete=models.CASCADE, related_name="alerts")
    kind = models.CharField(max_length=12, choices=Kind)
    about = models.CharField(max_length=60, blank=True)
    began_at = models.DateTimeField()
    fired_at = models.DateTimeField()
    last_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    facts = models.JSONField(default=dict)
    posts = models.JSONField(default=list)  # ids of up to a few hundred posts, newest first
    group = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="grouped"
    )
    told_at = models.DateTimeField(null=True, blank=True)  # when messages about it were made
    verdict = models.CharField(max_length=8, choices=Verdict, blank=True)
    verdict_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    verdict_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-fired_at", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["told_at", "fired_at"], name="alert_untold"),
            models.Index(fields=["ended_at", "fired_at"], name="alert_open"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["rule", "about"], condition=Q(ended_at__isnull=True), name="alert_open_once"
            ),
            models.UniqueConstraint(
                fields=["rule", "about"], condition=Q(kind=Kind.URGENT), name="alert_once_a_post"
            ),
        ]

    def __str__(self) -> str:
        return f"alert {self.pk} of {self.rule_id}"
