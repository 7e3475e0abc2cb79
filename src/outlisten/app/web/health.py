"""Whether this process can do its work: the database, the posts, and room on the disk."""

from __future__ import annotations

from shutil import disk_usage
from typing import Literal

from django.conf import settings
from django.db import DatabaseError, connection

from outlisten.app.listening.store import whole
from outlisten.posts import StoreError
from outlisten.posts.store import Budget

Problem = Literal["database", "posts", "disk"]
LEAST_ROOM = 256 * 1024**2  # bytes: with less, the next import or merge of the engine fails
PATIENCE = Budget(rows=1, seconds=2.0)


def problem() -> Problem | None:
    """The first thing that stops the work, in one word; None when all is well."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return "database"
    try:
        whole().count(None, budget=PATIENCE)
    except (StoreError, OSError):
        return "posts"
    return "disk" if _room() < LEAST_ROOM else None


def _room() -> int:
    """Bytes that can still be written in the home."""
    return disk_usage(settings.HOME.create().path).free
