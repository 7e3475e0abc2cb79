"""Told whenever somebody opens listening results: who, and nothing of what they asked."""

from __future__ import annotations

from django.dispatch import Signal

listened = Signal()
