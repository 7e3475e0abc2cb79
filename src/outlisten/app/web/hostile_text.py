"""The text of strangers, made safe to show: escaped, with every unprintable character visible.

Right-to-left overrides are left as they are: the templates isolate each text in a <bdi>, where an override
ends.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

# C0 controls have pictures of their own in Unicode (U+2400…); tab and line breaks stay. DEL is U+2421. C1
# controls
# and lone surrogates have none, and a surrogate cannot be sent as UTF-8 at all.
_PICTURES = {code: 0x2400 + code for code in range(0x20) if code not in (0x09, 0x0A, 0x0D)}
_PICTURES |= (
    {0x7F: 0x2421} | dict.fromkeys(range(0x80, 0xA0), 0xFFFD) | dict.fromkeys(range(0xD800, 0xE000), 0xFFFD)
)


def shown(text: str) -> SafeString:
    """The text as HTML."""
    return mark_safe(escape(text.translate(_PICTURES)))  # noqa: S308 - escaped on this line


def marked(text: str, spans: Iterable[tuple[int, int]]) -> SafeString:
    """The text as HTML with the spans in <mark>. Spans are code points of the text; overlapping ones become
    one,
    and parts outside the text are cut off."""
    pieces, upto = [], 0
    for start, end in _apart(spans, len(text)):
        pieces += [shown(text[upto:start]), "<mark>", shown(text[start:end]), "</mark>"]
        upto = end
    pieces.append(shown(text[upto:]))
    return mark_safe("".join(pieces))  # noqa: S308 - every piece of text is escaped by `shown`


def _apart(spans: Iterable[tuple[int, int]], length: int) -> list[tuple[int, int]]:
    """The spans in order, inside the text, none touching another."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted((max(0, s), min(length, e)) for s, e in spans):
        if start >= end:
            continue
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
