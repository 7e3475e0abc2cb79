"""What was sent here and waits to be taken in."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from outlisten.app.sources.models.sources import Source


class ReceivedRecord(models.Model):
    """An item that a sender was told is kept: here until its post is durable."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="received_records")
    at = models.DateTimeField()
    digest = models.CharField(max_length=32)  # of the record: what is sent twice waits once
    record = models.JSONField()

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["source", "digest"], name="received_once")]

    def __str__(self) -> str:
        return f"{self.source_id} {self.at:%Y-%m-%d %H:%M}"
