"""How a process that runs for months asks the system for memory: so that what is freed goes back."""

from __future__ import annotations

import ctypes
import sys

# mallopt's name for "how many arenas" (malloc.h of the GNU C library).
M_ARENA_MAX = -8
# Eighty threads of which two work at a time: with an arena each they hold on to 50 MB that nobody uses.
ARENAS = 2


def spare_memory() -> None:
    """Few arenas, and Arrow's columns from the same place instead of a pool of their own; call it before threads start.

    Elsewhere than on Linux with the GNU C library only the second.
    """
    import pyarrow as pa

    pa.set_memory_pool(pa.system_memory_pool())
    if sys.platform == "linux":
        mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
        if mallopt is not None:
            mallopt(M_ARENA_MAX, ARENAS)
