"""Which article asks for a disclosure, by market and relation (reference: disclosure and privacy, sections 1 to 5)."""

from __future__ import annotations

from typing import Literal, get_args

from outlisten.language.disclosure.marker import Market

Relation = Literal["employee", "partner", "paid"]
RELATIONS: tuple[Relation, ...] = get_args(Relation)

_ADVERTISING: dict[Market, tuple[str, ...]] = {
    "US": ("16 CFR 255.5",),
    "UK": ("CAP 2.1", "DMCC Act 2024 Sch. 20"),
    "EU": ("UCPD art. 7(2)", "UCPD Annex I 11"),
    "CN": ("广告法 art. 14",),
}
_EMPLOYMENT: dict[Market, tuple[str, ...]] = {
    "US": ("16 CFR 255.5", "16 CFR 465.5"),
    "UK": ("CAP 2.3",),
    "EU": ("UCPD Annex I 22",),
    "CN": ("反不正当竞争法 art. 9",),
}
_SELLING: dict[Market, tuple[str, ...]] = {"CN": ("互联网广告管理办法 art. 9",)}
# A denial by somebody connected is a false statement, not only a missing one.
_DENIAL: dict[Market, tuple[str, ...]] = {
    "US": ("16 CFR 255.5",),
    "UK": ("CAP 2.3",),
    "EU": ("UCPD Annex I 22",),
    "CN": ("反不正当竞争法 art. 9",),
}


def rules(market: Market, relation: Relation, *, sells: bool, denied: bool) -> tuple[str, ...]:
    """The articles that a verdict rests on. `sells` is whether the post has a purchase link or code."""
    if denied:
        return _DENIAL[market]
    duty = (_EMPLOYMENT if relation == "employee" else _ADVERTISING)[market]
    return (*(_SELLING.get(market, ()) if sells else ()), *duty)


def asks_for_the_word(market: Market, *, sells: bool) -> bool:
    """Whether only the word 「广告」 will do: in China, with a purchase link or similar (办法 art. 9)."""
    return market == "CN" and sells
