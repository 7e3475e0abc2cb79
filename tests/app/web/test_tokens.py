"""The colours of pages and of charts are the same, and can be read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import outlisten.app.web
from outlisten.charts.tokens import PALETTES

FILE = Path(outlisten.app.web.__file__).parent / "static" / "web" / "tokens.css"
# Names in charts/tokens.py and in the style sheet.
SAME = {
    "paper": "surface", "ink": "ink", "quiet": "ink-3", "rule": "line", "accent": "accent", "muted": "muted",
    "negative": "negative", "neutral": "neutral", "positive": "positive",
}  # fmt: skip
TONES = ("negative", "neutral", "positive", "muted")
TEXT = ("ink", "ink-2", "ink-3", "accent", "accent-strong", "urgent", "warn")
PAIRS = [
    *[(text, "surface") for text in (*TEXT, *TONES)],
    *[(text, ground) for text in TEXT for ground in ("paper", "sunken")],
    ("on-accent", "accent"), ("on-accent", "accent-strong"), ("accent-strong", "accent-soft"),
    ("ink-2", "accent-soft"), ("urgent", "urgent-soft"), ("ink", "urgent-soft"), ("warn", "warn-soft"),
    ("ink", "warn-soft"), ("on-mark", "mark"), ("surface", "urgent"), ("paper", "ink"),
]  # fmt: skip


def colours(theme: str) -> dict[str, str]:
    """The tokens of a theme; what dark does not say is as in light."""
    light, dark = FILE.read_text("utf-8").split('[data-bs-theme="dark"]')
    found = dict(re.findall(r"--ol-([\w-]+): (#[0-9a-f]{6});", light))
    return found if theme == "light" else found | dict(re.findall(r"--ol-([\w-]+): (#[0-9a-f]{6});", dark))


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_pages_and_charts_have_the_same_colours(theme: str) -> None:
    sheet = colours(theme)
    palette = PALETTES[theme]  # type: ignore[index]
    assert {name: sheet[css] for name, css in SAME.items()} == {name: getattr(palette, name) for name in SAME}


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_text_stands_out_from_its_ground(theme: str, text: str, ground: str) -> None:
    sheet = colours(theme)
    lighter, darker = sorted((luminance(sheet[text]), luminance(sheet[ground])), reverse=True)
    assert (lighter + 0.05) / (darker + 0.05) >= 4.5
