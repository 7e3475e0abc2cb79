"""What the disclosure watch found in posts of declared accounts. Ids and verdicts alone, never a text or a name."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class JudgedPost(models.Model):
    """A post by a declared account as it was last judged: the gravest verdict of its markets, and what became of it.

    It goes with the declaration: without a registered relation there is no verdict.
    """

    class Relation(models.TextChoices):
        EMPLOYEE = "employee", _("an employee")
        PARTNER = "partner", _("a partner")
        PAID = "paid", _("a paid account")

    class Outcome(models.TextChoices):
        DISCLOSED = "disclosed", _("disclosed")
        UNDISCLOSED = "undisclosed", _("signs but not disclosed")
        UNKNOWN = "unknown", pgettext_lazy("disclosure", "unknown")

    class State(models.TextChoices):
        NOTHING = "nothing", _("nothing to mend")
        OPEN = "open", pgettext_lazy("disclosure", "open")
        ASKED = "asked", _("asked to mend")
        MENDED = "mended", _("mended")
        ACCEPTED = "accepted", _("accepted")
        MISTAKEN = "mistaken", _("mistaken")

    post_id = models.CharField(max_length=16, unique=True)
    account = models.ForeignKey("listening.DeclaredAccount", on_delete=models.CASCADE, related_name="+")
    relation = models.CharField(max_length=8, choices=Relation)
    outcome = models.CharField(max_length=11, choices=Outcome)
    reason = models.CharField(max_length=13)  # language.disclosure.verdict.REASONS
    severity = models.PositiveSmallIntegerField(default=0)  # 3 contradiction … 0 nothing to mend
    fingerprint = models.CharField(max_length=16)  # of the words that were judged, hexadecimal
    written_at = models.DateTimeField(null=True)  # the post's own date; none when it has none
    judged_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State, default=State.NOTHING)
    found_at = models.DateTimeField(null=True)  # when it first showed signs; none when it never did
    settled_at = models.DateTimeField(null=True)  # when it was mended, accepted or called mistaken
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    due = models.DateField(_("Due"), null=True, blank=True)
    note = models.CharField(_("Reason"), max_length=240, blank=True)

    class Meta:
        ordering: ClassVar = ["-severity", "-written_at", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["state", "-severity"], name="judged_state"),
            models.Index(fields=["outcome"], name="judged_outcome"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state="nothing") | Q(found_at__isnull=False), name="judged_found_before_settled"
            )
        ]

    def __str__(self) -> str:
        return f"{self.post_id}: {self.outcome}, {self.state}"


class MarketVerdict(models.Model):
    """What one market's rules say of a judged post."""

    judged = models.ForeignKey(JudgedPost, on_delete=models.CASCADE, related_name="markets")
    market = models.CharField(max_length=2)
    outcome = models.CharField(max_length=11, choices=JudgedPost.Outcome)
    reason = models.CharField(max_length=13)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["judged", "market"], name="one_verdict_a_market")
        ]

    def __str__(self) -> str:
        return f"{self.market}: {self.outcome}"
