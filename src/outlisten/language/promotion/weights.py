"""How much each sign weighs, and for which side: promotion or conversation.

Two nearly settles the matter, one needs company. The weights were chosen by hand on the part “chosen” of the labelled set
(`tests/language/promotion.tsv`); the pinned floors stand on its other half.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

Side = Literal["promotion", "conversation"]
SignKind = Literal[
    "call_to_buy", "discount", "price", "giveaway", "launch", "praise_of_self", "link", "hashtags",
    "question", "help", "apology", "thanks", "addressed", "reply",
]  # fmt: skip

PROMOTION: Mapping[SignKind, float] = {
    "call_to_buy": 2.0,
    "discount": 2.0,
    "giveaway": 2.0,
    "price": 1.0,
    "launch": 1.0,
    "praise_of_self": 1.0,
    "hashtags": 1.0,
    "link": 0.5,
}
CONVERSATION: Mapping[SignKind, float] = {
    "reply": 3.0,
    "question": 2.0,
    "help": 2.0,
    "apology": 2.0,
    "thanks": 1.0,
    "addressed": 1.0,
}
