"""Kept posts to be read again: because a declaration of voices changed, or with newer models."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Rereading(models.Model):
    """One round over kept posts. The row is the truth: `after` says where to go on, and a worker holds it by a lease
    that a crash lets expire.

    A round for voices takes the posts of `query`; one for models takes those of a range that others than today's models
    read.
    """

    class Kind(models.TextChoices):
        VOICES = "voices", _("voices")
        MODELS = "models", _("models")

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting to start")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")
        PAUSED = "paused", _("paused")

    kind = models.CharField(max_length=8, choices=Kind, default=Kind.VOICES)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    query = models.TextField(blank=True)  # which posts; blank once it is done: it may name a person
    since = models.DateTimeField(null=True, blank=True)  # included
    until = models.DateTimeField(null=True, blank=True)  # not included
    after = models.CharField(max_length=64, blank=True)  # the page that comes next
    total = models.PositiveBigIntegerField(null=True, blank=True)
    read = models.PositiveBigIntegerField(default=0)
    changed = models.PositiveBigIntegerField(default=0)
    seconds = models.FloatField(default=0)  # of work, without the rests between pages
    problem = models.TextField(blank=True)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    holder = models.CharField(max_length=64, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [models.Index(fields=["state", "lease_until"], name="rereading_waiting")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind"],
                condition=Q(kind="models", state__in=("waiting", "running", "paused")),
                name="one_rereading_with_new_models",
            )
        ]

    def __str__(self) -> str:
        return f"re-reading {self.pk} ({self.state})"

    @property
    def open(self) -> bool:
        """Whether it still has posts to read."""
        return self.state in (self.State.WAITING, self.State.RUNNING)

    @property
    def percent(self) -> float | None:
        """How much is done; None before the posts were counted."""
        return min(round(100 * self.read / self.total, 1), 100.0) if self.total else None

    @property
    def speed(self) -> float | None:
        """Posts a second of work; None before the first page."""
        return self.read / self.seconds if self.read and self.seconds else None
