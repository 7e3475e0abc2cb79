"""The one theme: Vega-Lite configuration made from the tokens."""

from __future__ import annotations

from typing import Any

from outlisten.charts.tokens import FONTS, PALETTES, SMALL, TEXT, TITLE, Theme
from outlisten.words import Locale


def config(locale: Locale, theme: Theme) -> dict[str, Any]:
    """The `config` of every chart in a language and a theme."""
    colours = PALETTES[theme]
    quiet = {
        "labelColor": colours.quiet,
        "titleColor": colours.quiet,
        "labelFontSize": SMALL,
        "titleFontSize": SMALL,
    }
    return {
        "background": colours.paper,
        "font": FONTS[locale],
        "view": {"stroke": None},
        "title": {
            "anchor": "start",
            "color": colours.ink,
            "fontSize": TITLE,
            "fontWeight": 600,
            "offset": 10,
            "subtitleColor": colours.quiet,
            "subtitleFontSize": SMALL,
            "subtitlePadding": 4,
            "frame": "bounds",
        },
        "axis": {
            **quiet,
            "domainColor": colours.rule,
            "tickColor": colours.rule,
            "gridColor": colours.rule,
            "titleFontWeight": 400,
            "labelPadding": 5,
            "titlePadding": 8,
        },
        "axisX": {"grid": False, "labelOverlap": True, "labelSeparation": 10},
        "axisY": {"domain": False, "ticks": False},
        "text": {"color": colours.ink, "fontSize": TEXT},
        "bar": {"color": colours.accent},
        "rule": {"color": colours.quiet},
    }
