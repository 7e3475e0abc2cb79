"""How urgent a post is, with its reasons: each reason is a query of our own language, so that anybody can read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from outlisten.app.care.models import Case
from outlisten.query import Query, matches, parse


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a case cannot wait: a key, what a person reads, the urgency it gives, the query that finds it."""

    key: str
    label: str | Promise
    urgency: int
    query: str


REASONS = (
    Reason("harm", _("somebody may be hurt"), Case.Urgency.URGENT,
           'injured OR "got hurt" OR hospital OR "caught fire" OR "food poisoning" OR suicide OR 受伤 OR 着火 OR 漏电 '
           'OR 食物中毒 OR 住院 OR 自杀 OR 过敏'),
    Reason("fraud", _("money or identity may be stolen"), Case.Urgency.URGENT,
           '"identity theft" OR "stolen identity" OR fraud OR fraudulent OR hacked OR 盗刷 OR 被盗 OR 诈骗 OR 身份盗用'),
    Reason("law", _("speaks of lawyers or authorities"), Case.Urgency.SOON,
           'lawyer OR attorney OR lawsuit OR sue OR 律师 OR 起诉 OR 法院 OR 12315 OR 消协'),
    Reason("deadline", _("names a deadline that is near"), Case.Urgency.SOON,
           '"by tomorrow" OR "by tonight" OR asap OR urgent OR urgently OR 紧急 OR 急用 OR 马上要 OR 明天就要 OR 今天之内'),
    Reason("again", _("has written before without an answer"), Case.Urgency.SOON,
           '"no response" OR "no reply" OR "never responded" OR "third time" OR "still waiting" OR "for weeks" '
           'OR 没人回复 OR 没人理 OR 一直没有回复 OR 第三次 OR 多次联系'),
)  # fmt: skip
BY_KEY = {reason.key: reason for reason in REASONS}


@cache
def _parsed(key: str) -> Query:
    return parse(BY_KEY[key].query)


def urgency_of(post: Mapping[str, Any]) -> tuple[int, list[str]]:
    """The urgency of a complete post (its derived columns are needed) and the keys of its reasons."""
    found = [reason for reason in REASONS if matches(_parsed(reason.key), post)]
    return max((reason.urgency for reason in found), default=int(Case.Urgency.NORMAL)), [r.key for r in found]


def reasons_in_words(keys: list[str]) -> list[str]:
    """What a person reads; keys of an older version are left out."""
    return [str(BY_KEY[key].label) for key in keys if key in BY_KEY]
