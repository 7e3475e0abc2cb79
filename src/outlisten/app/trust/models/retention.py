"""How long posts are kept, and what must be kept longer."""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from outlisten.app.listening.labels import value_label


class RetentionRule(models.Model):
    """How many days some posts are kept. The narrowest rule in force counts: messages, then source, then platform,
    then all posts; a legal hold keeps what it covers whatever the other rules say."""

    class Covers(models.TextChoices):
        MESSAGES = "messages", _("private messages")
        SOURCE = "source", _("a source")
        PLATFORM = "platform", _("a platform")
        ALL = "all", _("all other posts")

    covers = models.CharField(_("Covers"), max_length=8, choices=Covers, default=Covers.PLATFORM)
    name = models.CharField(_("Name"), max_length=255, blank=True)  # the platform or source; else blank
    days = models.PositiveIntegerField(
        pgettext_lazy("how long", "Days"), null=True, blank=True, validators=[MinValueValidator(1)]
    )  # blank: kept without limit
    hold = models.CharField(_("Legal hold"), max_length=240, blank=True)  # why nothing may go; blank: no hold
    on = models.BooleanField(default=False)  # in force; a new rule is a draft until its preview was confirmed
    # The last sweep, or when posts came under the rule (switched on, a narrower one ended): it sweeps a day later.
    swept_at = models.DateTimeField(null=True, blank=True)
    swept_posts = models.PositiveBigIntegerField(default=0)  # removed by this rule so far

    class Meta:
        ordering: ClassVar = ["covers", "name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["covers", "name"], name="retention_rule_once"),
            models.CheckConstraint(
                condition=Q(covers__in=("all", "messages"), name="")
                | Q(covers__in=("platform", "source")) & ~Q(name=""),
                name="retention_rule_named",
            ),
            models.CheckConstraint(condition=Q(days=None) | Q(days__gte=1), name="retention_days"),
        ]

    def __str__(self) -> str:
        return f"{self.covers} {self.name}".strip()

    @property
    def label(self) -> str:
        """What it covers, in the reader's language."""
        if self.covers == self.Covers.PLATFORM:
            return gettext("platform %(name)s") % {"name": value_label("platform", self.name)}
        if self.covers == self.Covers.SOURCE:
            return gettext("source %(name)s") % {"name": self.name}
        return str(self.Covers(self.covers).label)
