"""How far a company's words are from its customers', beside how far customers are from each other."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from outlisten.charts.dots import Dot, dots
from outlisten.charts.drawing import framed, nothing
from outlisten.charts.tokens import PALETTES, ROW, Theme
from outlisten.insights.insight import Insight
from outlisten.insights.mirror import ImageDistance
from outlisten.words import Locale, words


def image_distance(found: ImageDistance, locale: Locale = "en", theme: Theme = "light") -> Any:
    """Two dots: the company against its customers in the accent, half of the customers against the others."""
    _ = words("charts", locale)
    title, colours = _("How far apart the words are"), PALETTES[theme]
    insight = _insight(found)
    if found.distance is None or found.floor is None:
        return nothing(insight, locale, theme, title=title)
    rows = [
        Dot(_("company and customers"), found.distance, colours.accent, (), None),
        Dot(_("customers among themselves"), found.floor, colours.muted, (), None),
    ]
    subtitle = _("0 %: the same words equally often; 100 %: no word in common. With 95 % intervals")
    return framed(
        dots(rows, locale, theme), insight, locale, theme, title=title, subtitle=subtitle, height=ROW * 2 + 8
    )


def _insight(found: ImageDistance) -> Insight:
    pairs = (("distance", found.distance), ("floor", found.floor))
    rows = [{"measure": name, **known.as_json()} for name, known in pairs if known]
    return Insight("image_distance", pa.Table.from_pylist(rows), "", "authors", notes=found.notes)
