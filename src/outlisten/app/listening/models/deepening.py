"""Posts that wait to be read by the deep model."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class Deepening(models.Model):
    """One post to be read thoroughly, and why. The row goes when it is done: the post's `model` then says so."""

    class Reason(models.IntegerChoices):
        """Why a post matters; what a person looks at comes first."""

        SHOWN = 1, _("on a screen")
        URGENT = 2, _("read as urgent")
        WATCHED = 3, _("found by a rule of care")
        UNSURE = 4, _("the fast model is unsure")

    post_id = models.CharField(max_length=16, unique=True)
    reason = models.PositiveSmallIntegerField(choices=Reason)
    tries = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["reason", "-id"]
        indexes: ClassVar = [models.Index(fields=["tries", "reason", "-id"], name="deepening_next")]

    def __str__(self) -> str:
        return f"{self.post_id} ({self.get_reason_display()})"
