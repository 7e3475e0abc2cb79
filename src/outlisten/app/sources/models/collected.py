"""What a source brought, did not bring, and could not use."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from outlisten.app.sources.models.sources import Source


class Run(models.Model):
    """One ask: what it brought and how it ended. The newest few hundred of a source are kept."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="runs")
    at = models.DateTimeField()
    seconds = models.FloatField(default=0)
    records = models.PositiveIntegerField(default=0)
    added = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    duplicate = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    gone = models.PositiveIntegerField(default=0)
    problem = models.CharField(max_length=20, blank=True)
    more = False  # whether the network has further pages now; known to who asked, not kept

    class Meta:
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [models.Index(fields=["source", "-at"], name="run_of_source")]

    def __str__(self) -> str:
        return f"{self.source_id} {self.at:%Y-%m-%d %H:%M}"


class HourCount(models.Model):
    """New posts that a source brought in one hour (UTC): what its usual volume is learned from."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="hours")
    hour = models.DateTimeField()
    posts = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["source", "hour"], name="hour_once")]

    def __str__(self) -> str:
        return f"{self.hour:%Y-%m-%d %H} {self.posts}"


class Outage(models.Model):
    """A time in which a source brought less than there was: charts show it. Without an end it goes on."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="outages")
    kind = models.CharField(max_length=20)  # SourceProblem.kind, or "silence"
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-since"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["source", "kind"], condition=models.Q(until=None), name="outage_open_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.since:%Y-%m-%d %H:%M}"


class RejectedRecord(models.Model):
    """A record that did not become a post, with the reason; tried again when somebody asks for it."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="rejected_records")
    at = models.DateTimeField()
    digest = models.CharField(max_length=32)  # of the record: what comes again with every ask is kept once
    reason = models.CharField(max_length=500)
    record = models.JSONField()

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["source", "digest"], name="rejected_once")]

    def __str__(self) -> str:
        return self.reason


class GonePost(models.Model):
    """A post that was kept and is gone because its network said so: its page tells that, and nothing of it is left."""

    post = models.CharField(max_length=16, unique=True)
    source = models.ForeignKey(Source, on_delete=models.SET_NULL, null=True, related_name="gone_posts")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.post


class CheckedPost(models.Model):
    """A kept post whose network must be asked again whether it still stands, and when that was last known."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="checked_posts")
    native_id = models.CharField(max_length=500)
    checked_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["source", "checked_at"], name="checked_longest_ago")]
        constraints: ClassVar = [models.UniqueConstraint(fields=["source", "native_id"], name="checked_once")]

    def __str__(self) -> str:
        return self.native_id
