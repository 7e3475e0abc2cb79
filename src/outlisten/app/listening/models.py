"""What listening keeps beside the posts: the workspace, brands, topics and import runs."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Workspace(models.Model):
    """The one workspace of this installation: whose it is, its time zone, and which day counts as today."""

    class AsOf(models.TextChoices):
        CLOCK = "clock", _("the clock")
        NEWEST = "newest", _("the newest post")

    class Language(models.TextChoices):
        ENGLISH = "en", "English"
        CHINESE = "zh-hans", "简体中文"

    name = models.CharField(_("Name"), max_length=80, default="Outlisten")
    company = models.CharField(_("Company"), max_length=80, blank=True)
    zone = models.CharField(_("Time zone"), max_length=64, default="UTC")
    as_of = models.CharField(_("Today is"), max_length=8, choices=AsOf, default=AsOf.CLOCK)
    language = models.CharField(_("Language"), max_length=8, choices=Language, default=Language.ENGLISH)
    sample = models.BooleanField(
        default=False
    )  # the bundled sample is loaded, whose limits every page states

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(id=1), name="one_workspace")]

    def __str__(self) -> str:
        return self.name


class Brand(models.Model):
    """A company or product we compare: our own or a competitor, found by its query."""

    class Side(models.TextChoices):
        OWN = "own", _("ours")
        COMPETITOR = "competitor", _("competitor")

    name = models.CharField(_("Name"), max_length=80)
    side = models.CharField(_("Whose"), max_length=10, choices=Side, default=Side.COMPETITOR)
    query = models.TextField(_("Query"))
    group = models.CharField(_("Group"), max_length=80, blank=True)
    position = models.PositiveSmallIntegerField(default=0)  # the order of the names, and of their colours

    class Meta:
        ordering: ClassVar = ["group", "position", "id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["name"], name="brand_name_once")]

    def __str__(self) -> str:
        return self.name


class Topic(models.Model):
    """A saved query."""

    name = models.CharField(_("Name"), max_length=80)
    query = models.TextField(_("Query"))
    description = models.CharField(_("Description"), max_length=240, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="topics"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["name"], name="topic_name_once")]

    def __str__(self) -> str:
        return self.name


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
