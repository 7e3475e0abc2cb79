"""A number that changes when voices of kept posts do, or what a saved name stands for, so that remembered figures are
asked for again."""

from __future__ import annotations

from secrets import randbits

from django.core.cache import cache

KEY = "listening.voices"


def voices_stamp() -> int:
    """The number of this moment."""
    found: int = cache.get_or_set(KEY, lambda: randbits(53), None) or 0
    return found


def voices_changed() -> None:
    """Forget what was remembered."""
    cache.set(KEY, randbits(53), None)
