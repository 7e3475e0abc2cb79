"""A post's text on a screen: hostile until shown otherwise."""

from __future__ import annotations

import re

# C0, DEL and C1 could drive the terminal; bidirectional marks could reorder the line around them.
# They are shown, not dropped: they are part of what was written.
_DRIVING = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
# Entered where white space starts only: tried from each blank of a long run, it would take quadratic time.
_BREAKS = re.compile(r"(?<!\s)\s*[\r\n\u2028\u2029]+\s*")


def shown(text: str) -> str:
    """The text with each control character replaced by a sign for it; line breaks and tabs stay."""
    return _DRIVING.sub(_sign, text)


def on_one_line(text: str) -> str:
    """The text for one row of a table: line breaks become ⏎, other control characters a sign."""
    return _DRIVING.sub(_sign, _BREAKS.sub(" ⏎ ", text).replace("\t", " "))


def _sign(match: re.Match[str]) -> str:
    code = ord(match[0])
    if match[0] in "\n\t":
        return match[0]
    if code < 0x20:
        return chr(0x2400 + code)
    return "␡" if code == 0x7F else f"⟨{code:04X}⟩"
