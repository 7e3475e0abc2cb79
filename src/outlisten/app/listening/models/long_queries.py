"""Queries too long to stand in an address."""

from __future__ import annotations

from django.db import models


class LongQuery(models.Model):
    """A query's text, kept so that an address can name it. The reference is made from the text, and stays."""

    reference = models.CharField(max_length=20, primary_key=True)
    text = models.TextField()
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.reference
