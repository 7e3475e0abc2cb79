"""Files brought in, a row for each."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _


class ImportRun(models.Model):
    """One file brought in. The row is the truth; a worker holds it by a lease that a crash lets expire."""

    class State(models.TextChoices):
        LOOKING = "looking", _("being looked at")
        LOOKED = "looked", _("waiting for your answer")
        WAITING = "waiting", _("waiting to start")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")
        CANCELLED = "cancelled", _("cancelled")

    state = models.CharField(max_length=10, choices=State, default=State.LOOKING)
    file_name = models.CharField(max_length=255)
    path = models.CharField(max_length=1024, blank=True)  # where the upload lies; blank once it is removed
    size = models.PositiveBigIntegerField(default=0)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="imports"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    preset = models.CharField(max_length=60, blank=True)
    network = models.CharField(max_length=60, blank=True)
    encoding = models.CharField(max_length=40, blank=True)
    dates = models.CharField(
        max_length=12, blank=True
    )  # day-first, month-first; blank: found out from the column
    mapping = models.JSONField(default=dict, blank=True)  # post field → column, as a person chose
    plan = models.JSONField(default=dict, blank=True, encoder=DjangoJSONEncoder)  # what the preview showed
    progress = models.JSONField(default=dict, blank=True)  # bytes_done, bytes_total, read, added, …
    report = models.JSONField(default=dict, blank=True)  # the same counts, final, and seconds
    problem = models.TextField(blank=True)  # one sentence, when it failed
    rejected_file = models.CharField(max_length=1024, blank=True)

    holder = models.CharField(max_length=64, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [models.Index(fields=["state", "lease_until"], name="import_waiting")]

    def __str__(self) -> str:
        return f"{self.file_name} ({self.state})"

    @property
    def open(self) -> bool:
        """Whether it may still change by itself."""
        return self.state in (self.State.LOOKING, self.State.WAITING, self.State.RUNNING)
