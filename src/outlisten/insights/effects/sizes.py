"""A promised size as people write it: `-20%` of what would have been, or `-5` in the metric's own unit."""

from __future__ import annotations

import re

from outlisten.insights.effects.series import BadSeries, Kind

GROUPED = (
    r"(?![0\uff10])\d{1,3}(?:[,\uff0c]\d{3})+(?:\.\d+)?"  # 1,000: thousands, never one and no thousandths
)
WRITTEN = re.compile(
    r"(?P<sign>[+\-\u2212\u2013\uff0b\uff0d]?)\s*"
    rf"(?:(?P<grouped>{GROUPED})|(?P<plain>\d+(?:[.,]\d+)?))\s*(?P<unit>[%\uff05]?)"
)
MINUSES = frozenset("-\u2212\u2013\uff0d")


def read_size(text: str, kind: Kind = "count") -> tuple[float, bool]:
    """The size and whether it is relative. A number of a share is in points: -5 is five points fewer.

    Raises BadSeries for what is no size; a size needs its sign, which is the promised direction.
    """
    found = WRITTEN.fullmatch(text.strip())
    if found is None or not found["sign"]:
        raise BadSeries("not_a_size", text=text.strip()[:40])
    number = _number(found) * (-1 if found["sign"] in MINUSES else 1)
    if not number:
        raise BadSeries("no_size")
    if found["unit"]:
        return number / 100, True
    return (number / 100 if kind == "share" else number), False


def written_size(size: float, *, relative: bool, kind: Kind = "count") -> str:
    """The same as it is typed again."""
    number = f"{size * (100 if relative or kind == 'share' else 1):+.8f}".rstrip("0").rstrip(".")
    return f"{number}{'%' if relative else ''}"


def _number(found: re.Match[str]) -> float:
    if found["grouped"]:
        return float(re.sub(r"[,\uff0c]", "", found["grouped"]))
    return float(found["plain"].replace(",", "."))
