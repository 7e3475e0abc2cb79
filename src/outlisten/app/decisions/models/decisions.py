"""Decisions, every change of them, and what came of them."""

from __future__ import annotations

from datetime import date
from math import isfinite
from typing import ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from outlisten.app.decisions.models.insights import Insight


class Decision(models.Model):
    """What was decided, why, by whom, what is expected of it, and when somebody looks whether it came."""

    class Level(models.TextChoices):
        STRATEGIC = "strategic", _("strategic")
        TACTICAL = "tactical", _("tactical")

    class Horizon(models.TextChoices):
        SHORT = "short", _("short term")
        LONG = "long", _("long term")

    class State(models.TextChoices):
        PROPOSED = "proposed", _("proposed")
        DECIDED = "decided", _("decided")
        IN_PROGRESS = "in_progress", _("in progress")
        REVIEWED = "reviewed", _("reviewed")
        DROPPED = "dropped", _("dropped")

    text = models.CharField(_("What is decided"), max_length=300)
    why = models.TextField(_("Why"), max_length=4000, blank=True)
    insights = models.ManyToManyField(
        Insight, blank=True, related_name="decisions", verbose_name=_("Insights behind it")
    )
    level = models.CharField(_("Level"), max_length=10, choices=Level, default=Level.TACTICAL)
    horizon = models.CharField(_("Horizon"), max_length=6, choices=Horizon, default=Horizon.SHORT)
    state = models.CharField(_("State"), max_length=12, choices=State, default=State.DECIDED)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True,
        related_name="decisions", verbose_name=pgettext_lazy("of a decision", "Owner"),
    )  # fmt: skip
    department = models.ForeignKey(
        "people.Department", on_delete=models.SET_NULL, null=True, blank=True,
        related_name="decisions", verbose_name=_("Department"),
    )  # fmt: skip
    expected = models.CharField(_("Expected effect"), max_length=300, blank=True)
    expected_amount = models.CharField(_("How much"), max_length=80, blank=True)
    expected_by = models.DateField(_("By when"), null=True, blank=True)
    review_on = models.DateField(_("Review on"), null=True, blank=True)

    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = [F("review_on").asc(nulls_last=True), "-made_at", "-id"]
        indexes: ClassVar = [models.Index(fields=["state", "review_on"], name="decision_due")]

    def __str__(self) -> str:
        return self.text

    @property
    def withdrawn(self) -> bool:
        """Whether it was taken back; it stays readable."""
        return self.withdrawn_at is not None

    @property
    def open(self) -> bool:
        """Whether it still waits for its review."""
        return not self.withdrawn and self.state not in (self.State.REVIEWED, self.State.DROPPED)

    def due(self, today: date) -> bool:
        """Whether its review date has come and nobody has looked yet."""
        return self.open and self.review_on is not None and self.review_on <= today


class DecisionChange(models.Model):
    """One change of a decision: which fields, from what to what. The first holds the decision as it was made."""

    class Act(models.TextChoices):
        ADD = "add", _("recorded")
        CHANGE = "change", _("changed")
        MOVE = "move", _("moved")
        REVIEW = "review", _("reviewed")
        WITHDRAW = "withdraw", _("withdrawn")
        RESTORE = "restore", _("restored")
        UNDO = "undo", _("taken back")

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="changes")
    act = models.CharField(max_length=10, choices=Act)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)
    before = models.JSONField(default=dict)  # the changed fields alone, by name
    after = models.JSONField(default=dict)

    class Meta:
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return f"{self.act} decision {self.decision_id}"


class Outcome(models.Model):
    """What came of a decision, as somebody found it on a day."""

    class Verdict(models.TextChoices):
        BETTER = "better", _("better than expected")
        AS_EXPECTED = "as_expected", _("as expected")
        WORSE = "worse", _("worse than expected")
        CANNOT_TELL = "cannot_tell", _("cannot tell")

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="outcomes")
    verdict = models.CharField(_("Verdict"), max_length=12, choices=Verdict)
    text = models.TextField(_("What came of it"), max_length=4000)
    value = models.FloatField(_("Measured value"), null=True, blank=True)
    low = models.FloatField(_("Lower end of its interval"), null=True, blank=True)
    high = models.FloatField(_("Upper end of its interval"), null=True, blank=True)
    unit = models.CharField(_("Unit"), max_length=40, blank=True)
    insight = models.ForeignKey(
        Insight, on_delete=models.PROTECT, null=True, blank=True, related_name="outcomes",
        verbose_name=_("The insight that shows it"),
    )  # fmt: skip
    claim = models.ForeignKey(
        "decisions.Claim", on_delete=models.PROTECT, null=True, blank=True, related_name="outcomes",
        verbose_name=_("The claim that tests it"),
    )  # fmt: skip
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    reviewed_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-reviewed_at", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(low=None, high=None)
                | Q(
                    value__isnull=False,
                    low__isnull=False,
                    high__isnull=False,
                    low__lte=F("value"),
                    high__gte=F("value"),
                ),
                name="outcome_interval_holds_its_value",
            )
        ]

    def __str__(self) -> str:
        return f"{self.verdict}: decision {self.decision_id}"

    def clean(self) -> None:
        """Raise ValidationError for an endless number, and for an interval that lacks an end or its value."""
        for name in ("value", "low", "high"):
            if (number := getattr(self, name)) is not None and not isfinite(number):
                raise ValidationError({name: _("Enter a number.")})
        if (self.low is None) != (self.high is None):
            raise ValidationError({"low": _("Give both ends of the interval, or none.")})
        if self.low is None or self.high is None:
            return
        if self.value is None or not self.low <= self.value <= self.high:
            raise ValidationError({"low": _("The measured value must lie inside its interval.")})

    @property
    def measured(self) -> bool:
        """Whether something was measured: a value, a pinned figure, or the test of a claim."""
        figure = self.insight is not None and self.insight.kind == Insight.Kind.FIGURE
        return self.value is not None or figure or self.claim_id is not None
