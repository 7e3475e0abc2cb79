"""Personal data out of a text."""

from __future__ import annotations

from collections.abc import Iterable

from outlisten.language.entities.entity import Entity


def mask(text: str, entities: Iterable[Entity]) -> str:
    """The text with each personal entity as its kind and length in brackets: `13800001234` becomes `[phone 11]`.

    `entities` are those that `find_entities` found in this very text; others than personal ones stay. (With a title, mask
    title, line break and text as one.)
    """
    pieces, at = [], 0
    for one in sorted((one for one in entities if one.personal), key=lambda one: one.start):
        if one.start >= at:
            pieces += [text[at : one.start], f"[{one.kind} {one.end - one.start}]"]
            at = one.end
    return "".join([*pieces, text[at:]])
