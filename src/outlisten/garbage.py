"""How often Python looks for garbage that refers to itself."""

from __future__ import annotations

import gc

# Python looks whenever 700 more objects live than before. A batch of posts is some hundred thousand objects, none of which refers
# to itself: looking through them again and again took a third of the time in which posts are mapped
# (`benchmarks/collecting_speed.py`).
THRESHOLDS = (100_000, 20, 100)


def look_seldom() -> None:
    """Let this process look for such garbage seldom; everything else is freed at once, as ever."""
    gc.set_threshold(*THRESHOLDS)
