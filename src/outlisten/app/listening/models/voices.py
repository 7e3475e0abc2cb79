"""Whose voice posts are: declared accounts and campaigns, corrections by hand, and tags."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from outlisten.query.folding import fold


class Voice(models.TextChoices):
    """Who speaks in a post, as `language.provenance` names it."""

    OWNED = "owned", _("owned")
    EMPLOYEE = "employee", _("employee")
    PARTNER = "partner", _("partner")
    PAID = "paid", _("paid")
    EARNED = "earned", _("earned")
    UNKNOWN = "unknown", _("unknown")


RELATIONS = [(Voice.OWNED.value, _("the company’s own account")), (Voice.EMPLOYEE.value, _("an employee")),
             (Voice.PARTNER.value, _("a partner")), (Voice.PAID.value, _("paid"))]  # fmt: skip
PROMOTIONS = [(Voice.PAID.value, _("paid")), (Voice.PARTNER.value, _("with partners"))]


class Dated(models.Model):
    """From a day to a day, both included; an open end is null."""

    since = models.DateField(_("Since"), null=True, blank=True)
    until = models.DateField(_("Until"), null=True, blank=True)

    class Meta:
        abstract = True

    def clean(self) -> None:
        """One sentence where the period ends before it begins."""
        super().clean()
        if self.since and self.until and self.since > self.until:
            raise ValidationError({"until": _("This day is before the first one.")})

    def holds_on(self, day: date | None) -> bool | None:
        """Whether it holds on a day; None where the day is not known and the period has an end."""
        if day is None:
            return None if self.since or self.until else True
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


class DeclaredAccount(Dated):
    """An account on a platform that speaks for a company: its own, an employee's, a partner's, a paid one's."""

    platform = models.CharField(_("Platform"), max_length=60)
    account = models.CharField(_("Handle, number or name"), max_length=200)
    folded = models.CharField(max_length=200, editable=False)  # as author names are compared
    voice = models.CharField(_("Who it is"), max_length=8, choices=RELATIONS, default=Voice.OWNED)
    # Null: the company's own.
    brand = models.ForeignKey("listening.Brand", on_delete=models.SET_NULL, null=True, blank=True, related_name="+",
                              verbose_name=_("Whose"))  # fmt: skip
    markets = models.CharField(_("Markets"), max_length=120, blank=True)
    note = models.CharField(_("Note"), max_length=240, blank=True)
    declared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    declared_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["platform", "folded", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["platform", "folded"], condition=Q(until=None), name="declared_account_open_once"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["platform", "folded"], name="declared_account_name")]

    def __str__(self) -> str:
        return f"{self.account} ({self.platform})"

    def clean(self) -> None:
        """Fold the names; refuse a second declaration of the same account for the same days."""
        super().clean()
        self.platform = self.platform.strip().lower()
        self.account = self.account.strip().removeprefix("@").strip()
        self.folded = fold(self.account)
        if not self.platform or not self.folded:
            raise ValidationError(_("Name the platform and the account, as the posts do."))
        if self.known_already():
            raise ValidationError(
                {"account": _("This account is declared for these days already: change or end that line.")}
            )

    def known_already(self) -> bool:
        """Whether another declaration of this account shares a day with this one."""
        others = DeclaredAccount.objects.filter(platform=self.platform, folded=self.folded)
        return any(self._overlaps(other) for other in others.exclude(pk=self.pk))

    def _overlaps(self, other: DeclaredAccount) -> bool:
        first, last = date.min, date.max
        return (self.since or first) <= (other.until or last) and (other.since or first) <= (
            self.until or last
        )


class Campaign(Dated):
    """Posts that were promoted for a while: every post that fits its query is paid, or a partner's."""

    name = models.CharField(_("Name"), max_length=80, unique=True)
    query = models.TextField(_("Hashtag, link or words"))
    voice = models.CharField(_("Whose voice"), max_length=8, choices=PROMOTIONS, default=Voice.PAID)
    brand = models.ForeignKey("listening.Brand", on_delete=models.SET_NULL, null=True, blank=True, related_name="+",
                              verbose_name=_("Whose"))  # fmt: skip
    note = models.CharField(_("Note"), max_length=240, blank=True)
    declared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    declared_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name


class VoiceCorrection(models.Model):
    """What a person says of one post's voice, against everything else; one a post, the latest."""

    post_id = models.CharField(max_length=16, unique=True)
    voice = models.CharField(_("Whose voice"), max_length=8, choices=Voice)
    reason = models.CharField(_("Reason"), max_length=240)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"{self.post_id}: {self.voice}"


class PostTag(models.Model):
    """A word that a person put on a post; `topic:` in a query finds it."""

    post_id = models.CharField(max_length=16)
    tag = models.CharField(_("Tag"), max_length=60)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["tag"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["post_id", "tag"], name="post_tag_once"),
        ]

    def __str__(self) -> str:
        return f"{self.post_id}: {self.tag}"
