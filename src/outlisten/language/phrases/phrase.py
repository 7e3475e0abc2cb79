"""What is found in a post: a phrase, what it speaks for, and the rule that says so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Intent = Literal[
    "help", "inquiry", "complaint", "suggestion", "praise", "thanks", "purchase", "leaving", "comparison"
]
Reason = Literal["safety", "money", "deadline", "anger", "reach", "contacted"]
Kind = Literal[Intent, Reason, "promotional"]

INTENTS: tuple[Intent, ...] = (
    "help", "inquiry", "complaint", "suggestion", "praise", "thanks", "purchase", "leaving", "comparison",
)  # fmt: skip
REASONS: tuple[Reason, ...] = ("safety", "money", "deadline", "anger", "reach", "contacted")
CUES: tuple[Literal["promotional"], ...] = ("promotional",)
KINDS: tuple[Kind, ...] = (*INTENTS, *REASONS, *CUES)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words of a post that speak for an intent, for a reason of urgency, or for an advertisement.

    `start` and `end` are code points of the text, or with a title of title, line break and text; `words` are those code
    points as written. `rule` names the row of the tables, and is the same in both languages.
    """

    kind: Kind
    rule: str
    start: int
    end: int
    words: str
