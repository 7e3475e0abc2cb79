"""Texts the store can keep: UTF-8 has no form for a lone surrogate, which JSON escapes can smuggle in."""

from __future__ import annotations

import re

_SURROGATE = re.compile("[\ud800-\udfff]")


def valid_text(text: str) -> str:
    """The text with U+FFFD for each lone surrogate; the raw record keeps the JSON escape it came with."""
    return text if text.isascii() else _SURROGATE.sub("\ufffd", text)
