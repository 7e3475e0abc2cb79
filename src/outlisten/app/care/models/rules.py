"""Rules: which posts become cases of which department."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from outlisten.app.people.models import Department


class Need(models.TextChoices):
    """What a customer needs of us."""

    ASKS = "asks", _("asks")
    COMPLAINS = "complains", _("complains")
    LEAVING = "leaving", _("may leave")
    THANKS = "thanks", _("thanks")


class Rule(models.Model):
    """A readable rule: posts that this query finds become cases of this department, of this need."""

    department = models.ForeignKey(
        Department, on_delete=models.CASCADE, related_name="case_rules", verbose_name=_("Department")
    )
    name = models.CharField(_("Name"), max_length=80)
    query = models.TextField(_("Query"))
    addressed = models.BooleanField(_("Only posts addressed to us"), default=True)
    need = models.CharField(_("What the customer needs"), max_length=10, choices=Need, default=Need.ASKS)
    on = models.BooleanField(_("On"), default=False)
    position = models.PositiveSmallIntegerField(
        default=100
    )  # the first rule that finds a post opens the case
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["position", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["department", "name"], name="case_rule_name_once")
        ]

    def __str__(self) -> str:
        return self.name
