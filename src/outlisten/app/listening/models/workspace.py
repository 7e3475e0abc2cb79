"""The one workspace of this installation."""

from __future__ import annotations

from typing import ClassVar

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
    deepens = models.BooleanField(default=True)  # posts that matter are read by the deep model, too
    sample = models.BooleanField(
        default=False
    )  # the bundled sample is loaded, whose limits every page states

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(id=1), name="one_workspace")]

    def __str__(self) -> str:
        return self.name
