"""How much of its limits an app has used, as each answer of the Graph API says.

https://developers.facebook.com/docs/graph-api/overview/rate-limiting/
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

HEADERS = ("x-app-usage", "x-page-usage", "x-business-use-case-usage")
SHARES = ("call_count", "total_cputime", "total_time")  # in percent of what is allowed
FULL = 95  # percent at which we stop asking: at a hundred every further call fails
REST = 600.0  # seconds to wait then where nothing says how long: the window is an hour that slides
MINUTE = 60.0


def pause_asked(headers: Mapping[str, str]) -> float:
    """Seconds not to ask for: until access is given back, or a while when nearly all is used; 0 while there is room."""
    told = [usage for name in HEADERS for usage in _usages(headers.get(name, ""))]
    regained = max((_number(usage.get("estimated_time_to_regain_access")) for usage in told), default=0.0)
    if regained > 0:
        return regained * MINUTE
    used = max((_number(usage.get(share)) for usage in told for share in SHARES), default=0.0)
    return REST if used >= FULL else 0.0


def _usages(header: str) -> Iterator[Mapping[str, Any]]:
    """The usages in a header: one, or lists of them by the id of each business object."""
    try:
        told = json.loads(header) if header else {}
    except ValueError:
        return
    if not isinstance(told, dict):
        return
    yield told
    for several in told.values():
        if isinstance(several, list):
            yield from (one for one in several if isinstance(one, dict))


def _number(told: Any) -> float:
    return float(told) if isinstance(told, int | float) else 0.0
