"""Rules: what is watched, how surprising it must be, and who is told."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from outlisten.app.alerts.models.channels import Channel
from outlisten.app.listening.models import Topic
from outlisten.app.people.models import Department


class Kind(models.TextChoices):
    """What a rule watches."""

    VOLUME = "volume", _("more people than usual")
    COMPLAINTS = "complaints", _("a larger share that complains")
    URGENT = "urgent", _("a single urgent post")
    SOURCE = "source", _("a source that fails or falls silent")


class AlertRule(models.Model):
    """What is watched. `every_weeks`: one false alarm in so many weeks is accepted."""

    class Often(models.IntegerChoices):
        """How often chance alone may set it off."""

        MONTH = 4, _("about once a month: tells early, and of smaller things")
        QUARTER = 13, _("about once a quarter")
        YEAR = 52, _("about once a year: tells only what stands out far")

    class Language(models.TextChoices):
        WORKSPACE = "", _("the workspace's language")
        ENGLISH = "en", "English"
        CHINESE = "zh-hans", "简体中文"

    name = models.CharField(_("Name"), max_length=80)
    kind = models.CharField(_("Watches for"), max_length=12, choices=Kind, default=Kind.VOLUME)
    topic = models.ForeignKey(
        Topic,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="alert_rules",
        verbose_name=_("Topic"),
    )
    every_weeks = models.PositiveSmallIntegerField(_("By mere chance"), choices=Often, default=Often.QUARTER)
    fewest = models.PositiveSmallIntegerField(_("At least so many people"), default=10)
    department = models.ForeignKey(
        Department, on_delete=models.SET_NULL, null=True, blank=True, related_name="alert_rules",
        verbose_name=_("Department"),
    )  # fmt: skip
    channels = models.ManyToManyField(
        Channel, blank=True, related_name="alert_rules", verbose_name=_("Sent to")
    )
    quiet_from = models.TimeField(_("Quiet from"), null=True, blank=True)
    quiet_until = models.TimeField(_("Quiet until"), null=True, blank=True)
    cool_hours = models.PositiveSmallIntegerField(_("Hours of rest after it"), default=6)
    language = models.CharField(_("Language"), max_length=8, choices=Language, blank=True, default="")
    on = models.BooleanField(_("On"), default=True)
    removed = models.BooleanField(default=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    # Where it stands.
    next_at = models.DateTimeField(null=True, blank=True)
    judged_at = models.DateTimeField(null=True, blank=True)
    standing = models.JSONField(default=dict, blank=True)  # what the last look found: judging.standing

    class Meta:
        ordering: ClassVar = ["name", "id"]
        indexes: ClassVar = [models.Index(fields=["on", "next_at"], name="alert_rule_due")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["name"], condition=models.Q(removed=False), name="alert_rule_name_once"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def counts(self) -> bool:
        """Whether it judges counts over time, not single posts or sources."""
        return self.kind in (Kind.VOLUME, Kind.COMPLAINTS)
