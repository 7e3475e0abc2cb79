"""Promotion or conversation: what the signs in a post add up to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from outlisten.language.promotion.signs import Sign, find_signs, sign

Kind = Literal["promotion", "conversation", "neither"]
ENOUGH = 2.0  # one strong sign, or two weak ones
SELLING = frozenset({"call_to_buy", "discount", "giveaway"})
READ = 5_000  # characters; a post that has not shown by then what it is for is neither


@dataclass(frozen=True, slots=True)
class PromotionReading:
    """What a post of a company is, and the signs that say so.

    `promotion` and `conversation` are the weights of the signs on each side; those set aside do not count and are not in
    `signs`. Spans count code points of the text, or with a title of the title, a line break and the text.
    """

    kind: Kind
    promotion: float
    conversation: float
    signs: tuple[Sign, ...]


def read_promotion(text: str, title: str | None = None, *, answers: bool = False) -> PromotionReading:
    """Read one post of a company; `answers` says that it replies to a post of somebody outside.

    It is a promotion or a conversation when that side weighs two or more and outweighs the other; *neither* is a notice,
    a statement, a picture. Rules, not a model: their quality is in `docs/reference/mirror.md`.
    """
    whole = (f"{title}\n{text}" if title else text)[:READ]
    signs = _counted(find_signs(whole))
    if answers:
        signs = (sign("reply", 0, 0, ""), *signs)
    selling = sum(one.weight for one in signs if one.side == "promotion")
    talking = sum(one.weight for one in signs if one.side == "conversation")
    return PromotionReading(_kind(selling, talking), selling, talking, signs)


def _counted(signs: tuple[Sign, ...]) -> tuple[Sign, ...]:
    """Without the questions of an advertisement: “Looking for a gift? Shop now” asks nobody anything."""
    if not SELLING & {one.kind for one in signs}:
        return signs
    return tuple(one for one in signs if one.kind != "question")


def _kind(selling: float, talking: float) -> Kind:
    if selling >= ENOUGH and selling > talking:
        return "promotion"
    return "conversation" if talking >= ENOUGH and talking >= selling else "neither"
