"""What is found in a post: a disclosure marker, what it is worth, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Kind = Literal["advertising", "sponsorship", "gift", "affiliate", "employment", "gratitude", "denial"]
Strength = Literal["clear", "weak", "none"]
Place = Literal["title", "start", "later", "hashtags", "end"]
Market = Literal["US", "UK", "EU", "CN"]

KINDS: tuple[Kind, ...] = get_args(Kind)
STRENGTHS: tuple[Strength, ...] = get_args(Strength)
PLACES: tuple[Place, ...] = get_args(Place)
MARKETS: tuple[Market, ...] = get_args(Market)
# Where a reader meets the words before pressing "more" or reading a row of hashtags.
GOOD_PLACES: frozenset[Place] = frozenset({"title", "start"})


@dataclass(frozen=True, slots=True)
class Marker:
    """Words of a post that say, or deny, that its writer is connected to a company.

    `start` and `end` are code points of the title where `place` is title, else of the text; `words` are those code
    points. `strength` is what the words are worth where they are worth most (`tables.worth` knows each market); none
    stands for a denial. `rule` names where that is written, `row` the row of the marker table. `named` is the company
    the words name, blank when they name none.
    """

    kind: Kind
    strength: Strength
    start: int
    end: int
    words: str
    place: Place
    rule: str
    row: str
    named: str = ""
