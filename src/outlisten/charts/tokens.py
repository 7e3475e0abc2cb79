"""Design tokens of every picture: colours for light and dark, type, and sizes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Theme = Literal["light", "dark"]


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours by meaning. Each stands on `paper` with a contrast of at least 4.5:1, but for `rule`.

    `accent` is the own brand and what can be acted on, `muted` every competitor. The two poles of tone are
    orange and blue-green, which people with any common colour blindness tell apart; position and word say
    the same.
    """

    paper: str
    ink: str
    quiet: str
    rule: str
    accent: str
    muted: str
    negative: str
    neutral: str
    positive: str


PALETTES: Mapping[Theme, Palette] = {
    "light": Palette(
        paper="#ffffff",
        ink="#1c2024",
        quiet="#5b6470",
        rule="#dfe3e8",
        accent="#1f5fbf",
        muted="#6b7480",
        negative="#b3480c",
        neutral="#68707a",
        positive="#00705c",
    ),
    "dark": Palette(
        paper="#15181c",
        ink="#e8eaed",
        quiet="#a4acb6",
        rule="#343a42",
        accent="#7ab3ff",
        muted="#9aa3ae",
        negative="#f39256",
        neutral="#a4acb6",
        positive="#4cc2a8",
    ),
}

# System fonts only, so that nothing is loaded; the last names are what servers have.
FONTS: Mapping[str, str] = {
    "en": "system-ui, 'Segoe UI', 'Helvetica Neue', Arial, 'Liberation Sans', 'Noto Sans CJK SC', sans-serif",
    "zh-hans": "'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Source Han Sans SC', sans-serif",
}

TITLE, TEXT, SMALL = 14, 12, 11  # px
HEIGHT = 180  # px of a time line
ROW = 24  # px of a row in a chart with one row a name
BAND = 0.2  # opacity of an interval's band
