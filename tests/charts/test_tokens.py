"""Colours that everybody can read."""

import pytest

from outlisten.charts.tokens import PALETTES


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def seen_without(cone: str, colour: str) -> tuple[float, float, float]:
    """A colour as somebody without green or red cones sees it; Viénot, Brettel and Mollon (1999)."""
    matrices = {
        "red": ((0.11238, 0.88762, 0), (0.11238, 0.88762, 0), (0.00401, -0.00401, 1)),
        "green": ((0.29275, 0.70725, 0), (0.29275, 0.70725, 0), (-0.02234, 0.02234, 1)),
    }
    linear = [(int(colour[at : at + 2], 16) / 255) ** 2.2 for at in (1, 3, 5)]
    seen = [sum(a * b for a, b in zip(row, linear, strict=True)) for row in matrices[cone]]
    return tuple(max(value, 0) ** (1 / 2.2) for value in seen)  # type: ignore[return-value]


@pytest.mark.parametrize("theme", PALETTES)
@pytest.mark.parametrize("name", ["ink", "quiet", "accent", "muted", "negative", "neutral", "positive"])
def test_every_colour_stands_out_from_the_paper(theme, name: str) -> None:  # type: ignore[no-untyped-def]
    palette = PALETTES[theme]
    assert contrast(getattr(palette, name), palette.paper) >= 4.5


@pytest.mark.parametrize("theme", PALETTES)
@pytest.mark.parametrize("cone", ["red", "green"])
def test_the_poles_of_tone_differ_without_a_cone(theme, cone: str) -> None:  # type: ignore[no-untyped-def]
    palette = PALETTES[theme]
    one, other = (seen_without(cone, colour) for colour in (palette.negative, palette.positive))
    assert sum((a - b) ** 2 for a, b in zip(one, other, strict=True)) ** 0.5 > 0.2
