"""A source: one network asked for one thing."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Source(models.Model):
    """A connector with a person's entries, and where it stands. The row is the truth; a worker holds it by a lease."""

    class State(models.TextChoices):
        ON = "on", _("on")
        PAUSED = "paused", _("paused")
        REMOVED = "removed", _("removed")

    name = models.CharField(max_length=120)
    connector = models.CharField(max_length=60)
    options = models.JSONField(default=dict, blank=True)  # as a person entered them: option → text
    sealed = models.TextField(blank=True)  # secrets, encrypted; never shown, never logged
    state = models.CharField(max_length=10, choices=State, default=State.ON)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="sources"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    # Where it goes on. `cursor` moves only after its batch is durable.
    cursor = models.JSONField(default=dict, blank=True)
    history_since = models.DateTimeField(null=True, blank=True)  # back-fill asked for; null: none under way
    history_cursor = models.JSONField(default=dict, blank=True)

    # When it is asked, and who asks now.
    next_at = models.DateTimeField(null=True, blank=True)
    holder = models.CharField(max_length=64, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    per_hour = models.FloatField(null=True, blank=True)  # new posts an hour, newer asks counting more
    failures = models.PositiveIntegerField(default=0)  # in a row

    # How it fares.
    asked_at = models.DateTimeField(null=True, blank=True)
    good_at = models.DateTimeField(null=True, blank=True)  # the last ask that was answered
    new_at = models.DateTimeField(null=True, blank=True)  # the last ask that brought a new post
    problem = models.CharField(max_length=20, blank=True)  # SourceProblem.kind; blank: none
    problem_said = models.JSONField(default=dict, blank=True)  # the sentence by language
    problem_since = models.DateTimeField(null=True, blank=True)
    shapes = models.JSONField(default=dict, blank=True)
    drift = models.CharField(max_length=500, blank=True)  # fields that are gone or changed
    drift_since = models.DateTimeField(null=True, blank=True)
    silent_since = models.DateTimeField(null=True, blank=True)  # a silence that chance does not explain

    class Meta:
        ordering: ClassVar = ["name", "id"]
        indexes: ClassVar = [models.Index(fields=["state", "next_at"], name="source_due")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["name"], condition=~models.Q(state="removed"), name="source_name_once"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def key(self) -> str:
        """What its posts carry as `source`: stable, and no name a person may change."""
        return f"{self.connector}:{self.pk}"
