"""Making a message as short as a channel wants it: whole lines go first, and a line says where the rest is."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeVar

from outlisten.sinks.message import Line, Message
from outlisten.sinks.phrases import REST

ELLIPSIS = "…"
# A sign that belongs to the one before it: an accent, a skin colour, a part of one picture.
JOINED = re.compile("[\u0300-\u036f\u200d\ufe00-\ufe0f\U0001f3fb-\U0001f3ff]")
W = TypeVar("W")


def characters(text: str) -> int:
    """Length in characters of Unicode."""
    return len(text)


def utf8_bytes(text: str) -> int:
    """Length in bytes of UTF-8: three for a Chinese sign."""
    return len(text.encode())


def utf16_units(text: str) -> int:
    """Length in units of UTF-16: two for most pictures."""
    return len(text.encode("utf-16-le")) // 2


def cut(text: str, most: int, size: Callable[[str], int] = characters) -> str:
    """The text, or its beginning and an ellipsis where it is longer than `most`."""
    if size(text) <= most:
        return text
    kept = _longest(len(text), lambda count: size(text[:count] + ELLIPSIS) <= most)
    while 0 < kept < len(text) and (JOINED.match(text[kept]) or text[kept - 1] == "\u200d"):
        kept -= 1
    return text[:kept].rstrip() + ELLIPSIS


def fitted(message: Message, written: Callable[[Message], W], fits: Callable[[W], bool]) -> W:
    """The message as it is written, whole where that fits; else as many lines as do, the next one cut, and where the rest is."""
    whole = written(message)
    if fits(whole):
        return whole
    rest = Line(REST.text(message.locale))

    def beginning(lines: int, letters: int) -> Message:
        if not letters:
            return message.saying(*message.lines[:lines], rest)
        part = Line(message.lines[lines].text[:letters].rstrip() + ELLIPSIS)
        return message.saying(*message.lines[:lines], part, rest)

    lines = _longest(len(message.lines) - 1, lambda count: fits(written(beginning(count, 0))))
    following = message.lines[lines].text if message.lines else ""
    letters = _longest(len(following), lambda count: fits(written(beginning(lines, count))))
    return written(beginning(lines, letters))


def _longest(most: int, fits: Callable[[int], bool]) -> int:
    """The largest count up to `most` that fits, 0 where none does; what fits grows with the count."""
    low, high = 0, max(most, 0)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if fits(middle) else (low, middle - 1)
    return low
