"""A trend the size of a word: a line with its band, from zero, as the points of an SVG polyline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from outlisten.app.listening.wording import locale
from outlisten.app.web.measure import Point, Unit
from outlisten.insights.figures_in_words import percent

WIDTH, HEIGHT, EDGE = 160.0, 36.0, 3.0
FEWEST = 3  # two points are a difference, not a trend


@dataclass(frozen=True, slots=True)
class Trend:
    """`line` and `band` are SVG points within 160 × 36; `label` says the first and the last figure."""

    line: str
    band: str
    last_x: float
    last_y: float
    label: str


def trend(points: Sequence[Point], unit: Unit) -> Trend | None:
    """What can be drawn of these periods; None for fewer than three."""
    if len(points) < FEWEST:
        return None
    ends = [(p.value if p.low is None else p.low, p.value if p.high is None else p.high) for p in points]
    top = 1.0 if unit == "share" else max((high for _low, high in ends), default=1.0) or 1.0
    across = [EDGE + (WIDTH - 2 * EDGE) * place / (len(points) - 1) for place in range(len(points))]
    values = [_down(point.value, top) for point in points]
    upper = [(x, _down(high, top)) for x, (_low, high) in zip(across, ends, strict=True)]
    lower = [(x, _down(low, top)) for x, (low, _high) in zip(across, ends, strict=True)]
    banded = any(point.low is not None for point in points)
    return Trend(
        _points(list(zip(across, values, strict=True))),
        _points([*upper, *reversed(lower)]) if banded else "",
        across[-1], values[-1], _label(points, unit),
    )  # fmt: skip


def _down(value: float, top: float) -> float:
    return HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * max(0.0, min(value / top, 1.0))


def _points(places: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in places)


def _label(points: Sequence[Point], unit: Unit) -> str:
    said = {
        "first": date_format(points[0].start, "DATE_FORMAT"), "before": figure(points[0].value, unit),
        "last": date_format(points[-1].start, "DATE_FORMAT"), "now": figure(points[-1].value, unit),
    }  # fmt: skip
    return _("%(first)s: %(before)s; %(last)s: %(now)s") % said


def figure(value: float, unit: Unit) -> str:
    """A figure in its unit, rounded to what a small picture can show."""
    if unit == "share":
        return percent(value, locale())
    return f"{value:,.0f}" if abs(value) >= 10 else f"{value:.1f}"
