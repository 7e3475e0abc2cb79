"""Claims: promises written down, frozen, and tested. What is frozen is never changed; tests are only added."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ClaimQuerySet(models.QuerySet["Claim"]):
    """Claims, as they are asked for."""

    def concluded(self) -> Self:
        """Those that were tested after they had ended: an early test is no verdict."""
        return self.filter(
            Exists(ClaimTest.objects.filter(claim=OuterRef("pk")).exclude(bar=ClaimTest.Bar.EARLY))
        )


class Claim(models.Model):
    """A promise about a metric: by whom, how much, from when until when, against which comparisons.

    Until it is frozen it is a draft. From then on `content` is what was promised, queries included, and `digest` its
    hash; the other columns only serve lists and are never read by a test.
    """

    class Promiser(models.TextChoices):
        PERSON = "person", _("a person")
        TEAM = "team", _("a team of ours")
        AGENCY = "agency", _("an agency")
        VENDOR = "vendor", _("a vendor")

    class Metric(models.TextChoices):
        POSTS = "posts", _("posts")
        AUTHORS = "authors", _("people writing")
        UNHAPPY = "unhappy", _("people writing negatively")
        NEGATIVE = "negative", _("share of people who are negative")
        VOICE = "voice", _("share of voice")

    text = models.CharField(_("What is promised"), max_length=300)
    promised_by = models.CharField(_("Who promises it"), max_length=120)
    promiser = models.CharField(_("Who that is"), max_length=8, choices=Promiser, default=Promiser.AGENCY)
    metric = models.CharField(_("Measured by"), max_length=12, choices=Metric, default=Metric.POSTS)
    subject = models.CharField(_("Of which brand or topic"), max_length=40)  # brand-3, topic-7
    comparisons = models.JSONField(_("Comparisons"), default=list, blank=True)  # the same, as controls
    size = models.FloatField(
        _("How much")
    )  # -0.2: 20 % less; or absolute, in the metric's unit a day or week
    relative = models.BooleanField(default=True)
    start = models.DateField(_("From"))
    until = models.DateField(_("Until"))
    replaces = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by",
        verbose_name=_("Instead of"),
    )  # fmt: skip

    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    frozen_at = models.DateTimeField(null=True, blank=True)
    content = models.JSONField(default=dict, blank=True)
    digest = models.CharField(max_length=64, blank=True)  # SHA-256 of the content, hexadecimal

    objects = ClaimQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(until__gte=F("start")),
                name="claim_ends_after_start",
                violation_error_message=_("The promise ends before it begins."),
            ),
            models.CheckConstraint(condition=~Q(size=0), name="claim_has_a_size"),
            models.CheckConstraint(
                condition=Q(frozen_at=None, digest="") | (Q(frozen_at__isnull=False) & ~Q(digest="")),
                name="claim_frozen_with_its_hash",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def frozen(self) -> bool:
        """Whether it can no longer be changed."""
        return self.frozen_at is not None


class ClaimTest(models.Model):
    """One test of a frozen claim, kept for good. `finding` is what the series say, `outcome` what may be concluded."""

    class Outcome(models.TextChoices):
        SUPPORTED = "supported", _("supported")
        NOT_SUPPORTED = "not_supported", _("not supported")
        CANNOT_TELL = "cannot_tell", _("cannot tell")

    class Bar(models.TextChoices):
        """Why the outcome is less than the finding."""

        EARLY = "early", _("too early")
        AFTERWARDS = "afterwards", _("written down afterwards")

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="tests")
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    as_of = models.DateField()  # the day before which whole days were counted
    outcome = models.CharField(max_length=14, choices=Outcome)
    finding = models.CharField(max_length=14, choices=Outcome)
    bar = models.CharField(max_length=10, choices=Bar, blank=True)
    effect = models.FloatField(null=True, blank=True)
    low = models.FloatField(null=True, blank=True)
    high = models.FloatField(null=True, blank=True)
    detectable = models.FloatField(null=True, blank=True)
    result = models.JSONField(default=dict)  # the whole verdict, as the library gives it

    class Meta:
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return f"{self.outcome} {self.claim_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the test; a test that is kept is never changed."""
        kwargs["force_insert"] = True
        super().save(*args, **kwargs)
