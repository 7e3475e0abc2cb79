"""Open time in words, for pages and the command line alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from outlisten.app.care.queries.queue import Row


def time_left(row: Row) -> str:
    """Open time until an answer is due: “3:10 left”, “late by 0:40”, or why there is none."""
    if row.left is None:
        return _("clock stands still") if row.paused else ""
    said = _("%(time)s left") if row.left >= 0 else _("late by %(time)s")
    return said % {"time": hours_minutes(abs(row.left))}


def hours_minutes(minutes: float | None) -> str:
    """Minutes as hours and minutes: 3:10."""
    if minutes is None:
        return "–"
    hours, rest = divmod(round(minutes), 60)
    return f"{hours}:{rest:02}"
