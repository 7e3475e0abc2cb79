"""How urgent a post is, with its reasons: each is a query of our own language, so that anybody can read it, or what a model
read, named as such."""

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
# What a model gives as reasons, by the key that a case keeps, and the query's reason that says the same.
READ: Mapping[str, tuple[Promise, str]] = {
    "read:safety": (_("safety, as read by the model"), "harm"),
    "read:money": (_("money, as read by the model"), "fraud"),
    "read:deadline": (_("a deadline, as read by the model"), "deadline"),
    "read:anger": (_("anger, as read by the model"), ""),
    "read:reach": (_("harm to many, as read by the model"), ""),
    "read:contacted": (_("earlier contact, as read by the model"), "again"),
}
# The levels of the reading, 0 to 3 as 0 to 1: from the second on it should be soon, from the third on at once.
READ_SOON, READ_URGENT = 0.5, 0.83
BY_KEY = {reason.key: reason for reason in REASONS}


@cache
def _parsed(key: str) -> Query:
    return parse(BY_KEY[key].query)


def urgency_of(post: Mapping[str, Any]) -> tuple[int, list[str]]:
    """The urgency of a complete post (its derived columns are needed) and the keys of its reasons."""
    found = [reason for reason in REASONS if matches(_parsed(reason.key), post)]
    keys = [reason.key for reason in found]
    urgency, read = _as_read(post)
    said = [key for key in read if READ[key][1] not in keys]
    return max([urgency, *(reason.urgency for reason in found)]), [*keys, *said]


def _as_read(post: Mapping[str, Any]) -> tuple[int, list[str]]:
    """What the model says of a post: a case is no more urgent than its reasons can show."""
    level = post.get("urgency")
    keys = [key for one in post.get("urgency_reasons") or () if (key := f"read:{one}") in READ]
    if level is None or level < READ_SOON or not keys:
        return int(Case.Urgency.NORMAL), []
    return int(Case.Urgency.URGENT if level >= READ_URGENT else Case.Urgency.SOON), keys


def reasons_in_words(keys: list[str]) -> list[str]:
    """What a person reads; keys of an older version are left out."""
    labels = {key: reason.label for key, reason in BY_KEY.items()} | {
        key: label for key, (label, _) in READ.items()
    }
    return [str(labels[key]) for key in keys if key in labels]
