"""Channels: where messages go, and each message on its way."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Channel(models.Model):
    """A sink with a person's entries. One that was removed keeps its log and loses its secrets."""

    name = models.CharField(max_length=120)
    sink = models.CharField(max_length=60)
    options = models.JSONField(default=dict, blank=True)  # as a person entered them: option → text
    sealed = models.TextField(blank=True)  # secrets, encrypted; never shown, never logged
    address = models.CharField(max_length=200, blank=True)  # of this installation, as who saved it opened it
    removed = models.BooleanField(default=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="channels"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["name", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["name"], condition=models.Q(removed=False), name="channel_name_once"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Delivery(models.Model):
    """One message for one channel. The row is the truth: a worker holds it by a lease, and sends it at most once at a time."""

    class State(models.TextChoices):
        WAITING = "waiting", _("on its way")
        SENT = "sent", _("delivered")
        FAILED = "failed", _("not delivered")

    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="deliveries")
    key = models.CharField(max_length=120)  # stays the same however often it is tried
    message = models.JSONField()  # writing.kept: title, lines, address, language
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    made_at = models.DateTimeField(auto_now_add=True)
    tries = models.PositiveSmallIntegerField(default=0)
    began_at = models.DateTimeField(null=True, blank=True)  # the first try of this round
    next_at = models.DateTimeField(null=True, blank=True)
    holder = models.CharField(max_length=64, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    problem_said = models.JSONField(default=dict, blank=True)  # the last problem by language
    sent_at = models.DateTimeField(null=True, blank=True)
    native_id = models.CharField(max_length=500, blank=True)
    url = models.CharField(max_length=2000, blank=True)
    status = models.PositiveIntegerField(default=0)
    answer = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["-made_at", "-id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["channel", "key"], name="delivery_once")]
        indexes: ClassVar = [models.Index(fields=["state", "next_at"], name="delivery_due")]

    def __str__(self) -> str:
        return f"{self.key} → {self.channel_id} ({self.state})"

    @property
    def title(self) -> str:
        """What the message is headed by."""
        return str(self.message.get("title", ""))
