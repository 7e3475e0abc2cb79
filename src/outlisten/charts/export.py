"""Charts as files: PNG, SVG and PDF, drawn by vl-convert inside this process."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import vl_convert

from outlisten.charts.tokens import FONTS

WIDTH = 720  # px; a file has no container to fill
UNDRAWN = {"usermeta", "description"}
# What XML cannot hold ends the renderer, and with it the whole process; a name in a post may hold anything.
NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
HAN = re.compile(r"[\u3400-\u9fff]")
TWO_HAN = "汉国"  # drawn alike only where neither is drawn: as nothing, or as the box of a missing character


class NoHanFont(RuntimeError):
    """Chinese text cannot be drawn, because no installed font has it."""

    def __init__(self) -> None:
        super().__init__(
            "No installed font can draw Chinese, so the picture would show empty boxes. Install one (the"
            " package fonts-noto-cjk, for example), or export SVG, which uses the reader's fonts."
        )


def svg(chart: Any, *, width: int = WIDTH) -> str:
    """The chart as SVG. Its text stays text, so the reader's fonts draw it."""
    return str(vl_convert.vegalite_to_svg(_fixed(chart, width), allowed_base_urls=[]))


def png(chart: Any, *, width: int = WIDTH, scale: float = 2.0) -> bytes:
    """The chart as PNG, `scale` pixels for each CSS pixel. Raises NoHanFont."""
    fixed = _fixed(chart, width)
    _need_fonts(fixed)
    return bytes(vl_convert.vegalite_to_png(fixed, scale=scale, allowed_base_urls=[]))


def pdf(chart: Any, *, width: int = WIDTH) -> bytes:
    """The chart as a one-page PDF with its fonts inside. Raises NoHanFont."""
    fixed = _fixed(chart, width)
    _need_fonts(fixed)
    return bytes(vl_convert.vegalite_to_pdf(fixed, allowed_base_urls=[]))


def _fixed(chart: Any, width: int) -> dict[str, Any]:
    """The chart with a width, and with Chinese fonts first where it holds Chinese.

    A browser looks for each character along the list of fonts; the renderer takes the first font for all and
    fills the rest from anywhere, which would mix serif characters into a sans-serif picture.
    """
    made: dict[str, Any] = _drawable(chart.to_dict())
    if made.get("width") == "container":
        made["width"] = width
    if _has_han(made):
        made["config"]["font"] = FONTS["zh-hans"]
    return made


def _drawable(part: Any) -> Any:
    """The same with every character that XML cannot hold replaced by the sign for an unknown one."""
    if isinstance(part, str):
        return NOT_XML.sub("\ufffd", part)
    if isinstance(part, dict):
        return {name: _drawable(value) for name, value in part.items()}
    return [_drawable(value) for value in part] if isinstance(part, list) else part


def _need_fonts(made: dict[str, Any]) -> None:
    if _has_han(made) and not _draws_han():
        raise NoHanFont


def _has_han(made: dict[str, Any]) -> bool:
    return bool(HAN.search(str({key: value for key, value in made.items() if key not in UNDRAWN})))


@cache
def _draws_han() -> bool:
    """Whether an installed font has Han characters."""
    first, second = map(_drawn, TWO_HAN)
    return first != second


def _drawn(char: str) -> bytes:
    text = f'<text x="4" y="30" font-family="sans-serif">{char}</text>'
    picture = f'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40">{text}</svg>'
    return bytes(vl_convert.svg_to_png(picture))
