"""Comparisons: which of two targets comes off better where one sentence sets them against each other.

Targets stand in the text as characters of Unicode's private area, so that a pattern can name them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

FIRST = 0xE100
MOST = 200  # targets of one post
_T = f"[{chr(FIRST)}-{chr(FIRST + MOST)}]"
_GAP = rf"[^{_T[1:-1]}。!?;\n]"
_GOOD = (
    "better|faster|quicker|quieter|nicer|sturdier|easier|stronger|warmer|cleaner|softer|brighter|sharper|"
    "smoother|fresher|tastier|comfier|cheaper|steadier|safer|lighter"
    "|more (?:fresh|reliable|comfortable|accurate|useful|helpful|honest|fun|durable)"
)
_BAD = (
    "worse|slower|dearer|pricier|louder|weaker|heavier|uglier|more (?:expensive|fragile|annoying|"
    "difficult)|less \\w+"
)
_GOOD_ZH = (
    "好|强|快|稳|香|准|省|安静|顺|耐用|划算|靠谱|舒服|好用|好吃|耐|清晰|便宜|轻|实惠|大气|漂亮|好看|细腻|流畅"
)
_BAD_ZH = "差|贵|慢|吵|重|难用|难吃|卡|弱|烂|费|丑"


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], int], ...]:
    """Patterns with the groups a and b, and who wins: 1 for a, -1 for b."""
    a, b = f"(?P<a>{_T})", f"(?P<b>{_T})"
    written = (
        (rf"{a}{_GAP}{{0,10}}(?<!不)比{_GAP}{{0,4}}{b}{_GAP}{{0,6}}?(?:{_GOOD_ZH})", 1),
        (rf"{a}{_GAP}{{0,10}}(?<!不)比{_GAP}{{0,4}}{b}{_GAP}{{0,6}}?(?:{_BAD_ZH})", -1),
        (rf"{a}{_GAP}{{0,8}}(?:不如|不及|比不上|比不过|输给|不比|没有?(?={_T}))的?{b}", -1),
        (rf"{a}{_GAP}{{0,6}}(?:好过|胜过|强过|完爆|吊打|碾压|秒杀|甩){b}", 1),
        (rf"(?:从|由){a}{_GAP}{{0,6}}(?:换|转|跳|改)(?:到|去|成|用|投|为)?{b}", -1),
        (rf"(?:跟|和|与|同|比起|相比){a}{_GAP}{{0,4}}(?:相比|比|,){_GAP}{{0,4}}{b}{_GAP}{{0,8}}?(?:{_GOOD_ZH})", -1),
        (rf"(?:宁愿|宁可|选|更喜欢|还是){a}{_GAP}{{0,6}}(?:也不|不选|而不是|不要){b}", 1),
        (rf"{a}{_GAP}{{0,30}}\b(?<!not )(?:{_GOOD}){_GAP}{{0,12}} (?:than|as) {_GAP}{{0,12}}{b}", 1),
        (rf"{a}{_GAP}{{0,30}}\b(?<!not )(?:{_BAD}){_GAP}{{0,12}} than {_GAP}{{0,12}}{b}", -1),
        (rf"{a}{_GAP}{{0,12}}\b(?:beats?|outlasts?|outperforms?|smokes?|crushes|trounces|"
        rf"blows away) {_GAP}{{0,10}}{b}", 1),
        (rf"(?:prefer(?:red)?|i’d pick|i'd pick|i'd take|choose|chose|go with|"
        rf"went with) {_GAP}{{0,10}}{a}{_GAP}{{0,12}} (?:over|to|instead of|rather than) {_GAP}{{0,10}}{b}", 1),
        (rf"(?:switch(?:ed|ing)|mov(?:ed|ing)|chang(?:ed|ing)|migrat(?:ed|ing)|"
        rf"ported)(?: \w+){{0,3}} from {_GAP}{{0,10}}{a}{_GAP}{{0,12}} to {_GAP}{{0,10}}{b}", -1),
        (rf"{a}{_GAP}{{0,16}} (?:not|n't|nowhere near|isn't) as (?:good|fast|reliable|nice|comfortable|"
        rf"sharp|loud|quiet)(?: \w+){{0,3}} as {_GAP}{{0,10}}{b}", -1),
        (rf"unlike {_GAP}{{0,10}}{a}{_GAP}{{0,8}}, ?{_GAP}{{0,10}}{b}{_GAP}{{0,30}}\b(?:works|great|good|"
        rf"lovely|fast|actually)", -1),
    )  # fmt: skip
    return tuple((re.compile(pattern), winner) for pattern, winner in written)


def compared(signed: str) -> Iterator[tuple[int, int]]:
    """Pairs (better, worse) of target numbers in a text whose targets are written as `sign(number)`."""
    for pattern, winner in _patterns():
        for match in pattern.finditer(signed):
            one, other = ord(match["a"]) - FIRST, ord(match["b"]) - FIRST
            if one != other:
                yield (one, other) if winner > 0 else (other, one)


def sign(number: int) -> str:
    """The character that stands for a target."""
    return chr(FIRST + number)
