"""The verdict on a post of a connected account: does it say the connection, clearly, where it is seen?

Steps 2 to 5 of the check in reference/disclosure-and-privacy, section 8.3.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from outlisten.language.disclosure.duties import Relation, asks_for_the_word, rules
from outlisten.language.disclosure.finding import find_markers
from outlisten.language.disclosure.marker import GOOD_PLACES, Marker, Market
from outlisten.language.disclosure.tables import worth
from outlisten.language.disclosure.triggers import SELLING, Company, Trigger, is_ours, triggers
from outlisten.language.disclosure.wording import suggested_wording
from outlisten.query.entities import find_entities
from outlisten.query.folding import fold

Outcome = Literal["disclosed", "undisclosed", "unknown"]
Reason = Literal[
    "clear", "contradiction", "missing", "weak_place", "weak_word",
    "cannot_see", "too_short", "only_sells", "no_trigger",
]  # fmt: skip
REASONS: tuple[Reason, ...] = get_args(Reason)
# The gravest first: a false statement, then nothing at all, then words that fall short.
SEVERITY: dict[Reason, int] = {"contradiction": 3, "missing": 2, "weak_place": 1, "weak_word": 1}
# Fewer letters than this (a Han character counts as two) are an exclamation, not a recommendation.
SHORT = 8

_LETTERS = re.compile(r"[^\W\d_]")
_HAN = re.compile("[㐀-鿿]")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one market's rules say of one post, and what it rests on.

    `undisclosed` means *signs but not disclosed*: a hint to mend, not a finding of law. `marker` is the one that decided,
    None where none did; `wording` what could be put first, blank where nothing need be.
    """

    market: Market
    outcome: Outcome
    reason: Reason
    relation: Relation
    marker: Marker | None
    triggers: tuple[Trigger, ...]
    rules: tuple[str, ...]
    wording: str

    @property
    def severity(self) -> int:
        """3 contradiction, 2 missing, 1 weak word or place, 0 nothing to mend."""
        return SEVERITY.get(self.reason, 0)


def judge(
    post: Mapping[str, object], *, relation: Relation | None, markets: Sequence[Market], ours: Company
) -> tuple[Verdict, ...]:
    """A verdict for each market on a post by an account registered as connected.

    Without a registered relation there is none, ever: nobody is called paid because of words. `post` is a row of the
    store: `title`, `text` and `has` (image, video, audio) are read.
    """
    if relation is None:
        return ()
    title, text = str(post.get("title") or ""), str(post.get("text") or "")
    found = find_markers(title or None, text, names=ours.names)
    seen = _Seen(
        relation=relation,
        markers=tuple(marker for marker in found if _says_the_tie(marker, relation, ours)),
        triggers=triggers(post, ours),
        media=_media(post),
        short=_letters(title) + _letters(text) < SHORT,
    )
    return tuple(_verdict(seen, market, f"{title}\n{text}", ours) for market in markets)


@dataclass(frozen=True, slots=True)
class _Seen:
    """What is in the post, the same for every market."""

    relation: Relation
    markers: tuple[Marker, ...]
    triggers: tuple[Trigger, ...]
    media: frozenset[str]
    short: bool

    @property
    def sells(self) -> bool:
        return any(trigger.kind in SELLING for trigger in self.triggers)

    @property
    def about_us(self) -> bool:
        return any(map(is_ours, self.triggers))


def _verdict(seen: _Seen, market: Market, whole: str, ours: Company) -> Verdict:
    reason, marker = _reason(seen, market)
    outcome: Outcome = (
        "disclosed" if reason == "clear" else "undisclosed" if reason in SEVERITY else "unknown"
    )
    wording = suggested_wording(
        whole,
        relation=seen.relation,
        market=market,
        names=_named_first(ours.names, seen.triggers),
        sells=seen.sells,
    )
    return Verdict(
        market=market, outcome=outcome, reason=reason, relation=seen.relation, marker=marker, triggers=seen.triggers,
        rules=rules(market, seen.relation, sells=seen.sells, denied=reason == "contradiction"),
        wording=wording if outcome == "undisclosed" else "",
    )  # fmt: skip


def _named_first(names: Sequence[str], found: Sequence[Trigger]) -> list[str]:
    """Our names, those that the post itself uses in front."""
    used = {fold(trigger.words) for trigger in found}
    return sorted(names, key=lambda name: fold(name) not in used)


def _reason(seen: _Seen, market: Market) -> tuple[Reason, Marker | None]:
    """Why, and the marker that decided."""
    said = [marker for marker in seen.markers if marker.kind != "denial"]
    clear = [marker for marker in said if _is_clear(marker, market, sells=seen.sells)]
    good = next((marker for marker in clear if marker.place in GOOD_PLACES), None)
    denial = next((marker for marker in seen.markers if marker.kind == "denial"), None)
    if denial is not None and seen.about_us and not _says_employment(good):
        return "contradiction", denial
    if good is not None:
        return "clear", good
    if not seen.about_us:
        return ("only_sells" if seen.sells else "no_trigger"), None
    if clear:
        return "weak_place", clear[0]
    if said:
        return "weak_word", said[0]
    return _without_markers(seen, market), None


def _without_markers(seen: _Seen, market: Market) -> Reason:
    """Nothing in the words: is it missing, or could it stand where we cannot look?"""
    if seen.media & {"video", "audio"} or (market == "CN" and "image" in seen.media):
        return "cannot_see"  # spoken, or 「广告」 on the picture, which 办法 art. 9 accepts
    return "too_short" if seen.short else "missing"


def _is_clear(marker: Marker, market: Market, *, sells: bool) -> bool:
    if asks_for_the_word(market, sells=sells) and marker.kind != "advertising":
        return False
    return worth(marker.row, market) == "clear"


def _says_employment(marker: Marker | None) -> bool:
    """Somebody who says "I work for Acme" may add that the post is no advertisement."""
    return marker is not None and marker.kind == "employment"


def _says_the_tie(marker: Marker, relation: Relation, ours: Company) -> bool:
    """Whether a marker speaks of this relation: "I work for" counts for employees, and with our name or none."""
    if marker.kind != "employment":
        return True
    return relation == "employee" and (not marker.named or names_us(marker.named, ours.names))


def names_us(named: str, names: Iterable[str]) -> bool:
    """Whether a company named in a post is ours: equal, or one within the other ("Acme Labs", "Acme")."""
    said = fold(named).lstrip("@")
    return any(known and (known in said or said in known) for known in map(fold, names))


def _media(post: Mapping[str, object]) -> frozenset[str]:
    has = post.get("has")
    return frozenset(map(str, has)) if isinstance(has, list | tuple | set | frozenset) else frozenset()


def _letters(text: str) -> int:
    """Letters outside links, mentions and hashtags; a Han character counts as two."""
    said = list(text)
    for entity in find_entities(text):
        said[entity.start : entity.end] = " " * (entity.end - entity.start)
    words = "".join(said)
    return len(_LETTERS.findall(words)) + len(_HAN.findall(words))
