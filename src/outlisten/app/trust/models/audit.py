"""The audit log."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class AuditRow(models.Model):
    """One act, done or refused. Written by `audit.record` alone, never changed.

    It holds ids, counts and keyed hashes, never a text or a name, so that erasing a person does not break the chain.
    """

    class Outcome(models.TextChoices):
        DONE = "done", _("done")
        REFUSED = "refused", _("refused")

    class Channel(models.TextChoices):
        PAGE = "page", _("page")
        COMMAND = "command", _("command line")
        SYSTEM = "system", _("by itself")

    number = models.PositiveBigIntegerField(primary_key=True)  # 1, 2, 3, … without a gap
    at = models.DateTimeField()
    actor = models.PositiveBigIntegerField(
        null=True
    )  # the account's id; none for the system and before set-up
    role = models.CharField(max_length=12, blank=True)  # the actor's role at that moment
    channel = models.CharField(max_length=8, choices=Channel)
    act = models.CharField(max_length=40)
    about = models.CharField(max_length=80, blank=True)  # kind:id, such as case:12
    outcome = models.CharField(max_length=8, choices=Outcome)
    details = models.JSONField(default=dict)
    digest = models.CharField(
        max_length=64
    )  # HMAC-SHA256 over this row and the digest before it, hexadecimal

    class Meta:
        ordering: ClassVar = ["-number"]
        indexes: ClassVar = [
            models.Index(fields=["act", "outcome"], name="audit_act"),
            models.Index(fields=["actor"], name="audit_actor"),
            models.Index(fields=["about"], name="audit_about"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.act} {self.outcome}"


class AuditHead(models.Model):
    """The newest row's number and digest: one row, locked while the next is written, so that there is no gap."""

    number = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=models.Q(id=1), name="one_audit_head")]

    def __str__(self) -> str:
        return f"up to {self.number}"
