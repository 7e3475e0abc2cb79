"""Invitations: a link by which somebody makes their own account, once."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from outlisten.app.people.models.accounts import Account
from outlisten.app.people.models.departments import Department


class Invitation(models.Model):
    """Who is asked in, and as what. Only a hash of the link's token is kept; sending again makes a new one."""

    class State(models.TextChoices):
        OPEN = "open", _("invited")
        EXPIRED = "expired", _("invitation expired")
        USED = "used", _("came in")
        WITHDRAWN = "withdrawn", _("withdrawn")

    email = models.EmailField(_("E-mail"), max_length=254)
    name = models.CharField(_("Name"), max_length=80)
    role = models.CharField(_("Role"), max_length=12, choices=Account.Role, default=Account.Role.VIEWER)
    language = models.CharField(
        _("Language"), max_length=8, choices=Account.Language, default=Account.Language.ENGLISH
    )
    departments = models.ManyToManyField(
        Department, blank=True, related_name="invitations", verbose_name=_("Departments")
    )
    invited_by = models.ForeignKey(Account, on_delete=models.SET_NULL, null=True, related_name="invitations")
    made_at = models.DateTimeField(auto_now_add=True)
    digest = models.CharField(max_length=64, unique=True)  # SHA-256 of the token, hexadecimal
    expires_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)  # when an e-mail went out; none: given as a link
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["name", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                Lower("email"),
                condition=Q(accepted_at=None, withdrawn_at=None),
                name="invitation_open_once",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def state(self) -> State:
        """Where it stands now."""
        return self.state_at(timezone.now())

    def state_at(self, now: datetime) -> State:
        """Where it stands at a moment."""
        if self.accepted_at:
            return self.State.USED
        if self.withdrawn_at:
            return self.State.WITHDRAWN
        return self.State.OPEN if self.expires_at > now else self.State.EXPIRED
