"""What a customer most likely needs, offered when a case is opened by hand; the person may choose otherwise.

The intents that a model read decide; where it read none of these, queries of our own language do.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from outlisten.app.care.models import Need
from outlisten.language.thanks import thanked
from outlisten.query import Query, matches, parse

LEAVING = (
    'cancel OR cancelling OR canceling OR unsubscribe OR "switching to" OR "switch to" OR "last time" OR "never again" '
    'OR "close my account" OR 退订 OR 注销 OR 再也不 OR 最后一次 OR 换别家 OR 换一家'
)  # fmt: skip
COMPLAINS = (
    'sentiment:negative OR complaint OR complain OR refund OR terrible OR worst OR broken OR "not working" '
    "OR 投诉 OR 退款 OR 差评 OR 太差 OR 坏了 OR 不满"
)
ASKS = '"how do i" OR "how can i" OR help OR 请问 OR 怎么 OR 求助 OR 能不能 OR is:question'


@cache
def _parsed(text: str) -> Query:
    return parse(text)


def likely_need(post: Mapping[str, Any]) -> Need:
    """The need of a complete post; a post that shows none asks."""
    return _as_read(frozenset(post.get("intent") or ())) or _as_queried(post)


def _as_read(intents: frozenset[str]) -> Need | None:
    """The need that the intents show, the heaviest first; None where they show none."""
    if "leaving" in intents:
        return Need.LEAVING
    if intents & {"help", "inquiry"}:
        return Need.ASKS
    if "complaint" in intents:
        return Need.COMPLAINS
    return Need.THANKS if "thanks" in intents else None


def _as_queried(post: Mapping[str, Any]) -> Need:
    if matches(_parsed(LEAVING), post):
        return Need.LEAVING
    if thanked(str(post.get("text") or "")):
        return Need.THANKS
    if matches(_parsed(COMPLAINS), post) and not matches(_parsed(ASKS), post):
        return Need.COMPLAINS
    return Need.ASKS
