"""A promised size as people write it: `-20%` of what would have been, or `-5` in the metric's own unit."""

from __future__ import annotations

import re

from outlisten.insights.effects.series import BadSeries, Kind

WRITTEN = re.compile(
    r"(?P<sign>[+\-\u2212\u2013\uff0b\uff0d]?)\s*(?P<number>\d+(?:[.,]\d+)?)\s*(?P<unit>[%\uff05]?)"
)
MINUSES = frozenset("-\u2212\u2013\uff0d")


def read_size(text: str, kind: Kind = "count") -> tuple[float, bool]:
    """The size and whether it is relative. A number of a share is in points: -5 is five points fewer.

    Raises BadSeries for what is no size; a size needs its sign, which is the promised direction.
    """
    found = WRITTEN.fullmatch(text.strip())
    if found is None or not found["sign"]:
        raise BadSeries("not_a_size", text=text.strip()[:40])
    number = float(found["number"].replace(",", ".")) * (-1 if found["sign"] in MINUSES else 1)
    if not number:
        raise BadSeries("no_size")
    if found["unit"]:
        return number / 100, True
    return (number / 100 if kind == "share" else number), False


def written_size(size: float, *, relative: bool, kind: Kind = "count") -> str:
    """The same as it is typed again."""
    return f"{size * (100 if relative or kind == 'share' else 1):+g}{'%' if relative else ''}"
