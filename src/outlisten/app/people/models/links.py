"""One-time links, which let somebody in without a password."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from outlisten.app.people.models.accounts import Account


class OneTimeLink(models.Model):
    """A link that works once, until it expires. Only a hash of its token is kept."""

    class Purpose(models.TextChoices):
        SET_UP = "set-up", _("set up")
        SIGN_IN = "sign-in", _("sign in")

    digest = models.CharField(max_length=64, unique=True)  # SHA-256 of the token, hexadecimal
    purpose = models.CharField(max_length=8, choices=Purpose)
    account = models.ForeignKey(
        Account, on_delete=models.CASCADE, null=True, blank=True, related_name="links"
    )
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(purpose="set-up", account=None)
                | models.Q(purpose="sign-in", account__isnull=False),
                name="link_account_fits_purpose",
            )
        ]

    def __str__(self) -> str:
        return f"{self.purpose} until {self.expires_at:%Y-%m-%d %H:%M}"

    def is_open(self, now: datetime | None = None) -> bool:
        """Whether it can still be used."""
        return self.used_at is None and self.expires_at > (now or timezone.now())
