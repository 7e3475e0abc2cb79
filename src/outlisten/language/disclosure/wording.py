"""What the writer of a post could put at its start, in the language of the post."""

from __future__ import annotations

import re
from collections.abc import Sequence

from outlisten.language.disclosure.duties import Relation, asks_for_the_word
from outlisten.language.disclosure.marker import Market
from outlisten.language.disclosure.places import FOLD_CHINESE, fold_of

_HAN = re.compile("[一-鿿]")


def suggested_wording(
    text: str, *, relation: Relation, market: Market, names: Sequence[str], sells: bool
) -> str:
    """Words to put before a post, clear in this market and in the post's language; they name the company if known.

    An employee says so; where the word of the law is asked for, it comes first.
    """
    chinese = fold_of(text) == FOLD_CHINESE
    name = _name(names, chinese=chinese)
    if relation == "employee":
        said = _employed(name, chinese=chinese)
        word = asks_for_the_word(market, sells=sells)
        return f"【广告】{said}" if word else said
    if chinese:
        return f"【广告】与{name}合作。" if name else "【广告】"
    said = f"Ad: paid partnership with {name}." if name else "#ad"
    return f"【广告】{said}" if market == "CN" else said


def _employed(name: str, *, chinese: bool) -> str:
    if chinese:
        return f"利益相关：我是{name or '这家公司的'}员工。"
    return f"I work for {name or 'this company'}."


def _name(names: Sequence[str], *, chinese: bool) -> str:
    """Our name as readers of the post know it, else the first."""
    return next((name for name in names if bool(_HAN.search(name)) is chinese), names[0] if names else "")
