"""Whether words stand as the writer's own: not quoted, not denied, not asked for the sake of asking."""

from __future__ import annotations

import re
from functools import cached_property

from outlisten.language.phrases.tables import Rule

# What stands between two marks is somebody else's words, or words held at arm's length. (An apostrophe is no mark.)
_QUOTED = re.compile(
    r"「[^」\n]{1,80}」|『[^』\n]{1,80}』|“[^”\n]{1,80}”|《[^》\n]{1,40}》|(?<!\w)\"[^\"\n]{1,80}\"(?!\w)"
)
_DENIED = re.compile(
    r"(?:不|没|没有|别|不要|不用|不必|无需|不是|并非|唔|冇|未|谈不上|称不上|算不上)[^\w]?\w{0,2}$"
    r"|(?:\bnot|\bno|\bnever|\bwithout|\bhardly|\bcannot|n['’]t|\bdont|\bdoesnt|\bdidnt|\bwont|\bcant)(?: \w+){0,2} ?$"
)
_ASKED = re.compile(r"[^,.;!?。\n]*[?]")
LOOKED_BACK = 24


class Standing:
    """The quotations of a folded text, and what stands before and behind a phrase of it."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _quoted(self) -> list[tuple[int, int]]:
        return [match.span() for match in _QUOTED.finditer(self._text)]

    def counts(self, rule: Rule, start: int, end: int) -> bool:
        """Whether words at this place count for the rule."""
        if any(first < start < last for first, last in self._quoted):
            return False
        if rule.negatable and _DENIED.search(self._text[max(0, start - LOOKED_BACK) : start]):
            return False
        return rule.asked or not _ASKED.match(self._text, end)
