"""Judging posts of declared accounts as they come in, as they are edited, and as declarations change."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import cast

import pyarrow as pa
from django.db import transaction
from django.utils import timezone

from outlisten.app.listening.models import DeclaredAccount
from outlisten.app.trust.audit import record
from outlisten.app.trust.disclosure.declared import Connected, Post, connected, markets_of
from outlisten.app.trust.disclosure.ours import our_company
from outlisten.app.trust.models import JudgedPost, MarketVerdict
from outlisten.language.disclosure import Company, Relation, Verdict, judge

State = JudgedPost.State
COLUMNS = (
    "id", "platform", "created_at", "date_only", "type", "title", "text", "author", "author_handle", "author_id",
    "author_names", "to", "url", "site", "has", "lang", "fingerprint",
)  # fmt: skip
WAITING = (State.OPEN, State.ASKED)
# After an edit these say that the reason for the disclosure is gone, not that it is hidden from us.
_GONE = ("no_trigger", "only_sells")


def watch(posts: pa.Table) -> tuple[int, int]:
    """Judge those of these posts that declared accounts wrote: how many were judged, how many now show signs.

    Safe to repeat. Called for posts just kept or edited; what is found is written into the audit log by count.
    """
    register = connected()
    if not register.accounts:
        return 0, 0
    return watch_with(register, our_company(), posts)


def watch_again(posts: pa.Table) -> tuple[int, int]:
    """`watch` for kept posts whose account's declaration may be another now: verdicts without a relation go."""
    register = connected()
    stay = [str(post["id"]) for post, _account in register.posts_of(posts)]
    gone = JudgedPost.objects.filter(post_id__in=posts["id"].to_pylist()).exclude(post_id__in=stay)
    with transaction.atomic():
        if left := gone.count():
            gone.delete()
            record("disclosure.withdraw", by=None, posts=left)
    return watch_with(register, our_company(), posts)


def watch_with(register: Connected, ours: Company, posts: pa.Table) -> tuple[int, int]:
    """`watch`, with the register and the company read once for many tables."""
    rows = register.posts_of(posts)
    if not rows:
        return 0, 0
    found = 0
    with transaction.atomic():
        for post, account in rows:
            found += judge_one(post, account, ours)
        if found:
            record("disclosure.find", by=None, found=found, judged=len(rows))
    return len(rows), found


def judge_one(post: Post, account: DeclaredAccount, ours: Company) -> bool:
    """Judge one post and keep the verdicts; whether it newly shows signs."""
    mark = f"{post['fingerprint']:016x}"  # other words, another mark
    relation = cast("Relation", account.voice)  # `connected` takes no others
    verdicts = judge(post, relation=relation, markets=markets_of(account, post), ours=ours)
    gravest = max(verdicts, key=_gravity)
    kept = JudgedPost.objects.select_for_update().filter(post_id=post["id"]).first()
    judged = kept or JudgedPost(post_id=post["id"])
    before = judged.state
    _move(judged, gravest, edited=kept is not None and kept.fingerprint != mark)
    judged.account, judged.relation = account, relation
    judged.outcome, judged.reason, judged.severity = gravest.outcome, gravest.reason, gravest.severity
    judged.fingerprint, judged.written_at, judged.judged_at = mark, post["created_at"], timezone.now()
    judged.save()
    _keep_markets(judged, verdicts)
    if before != judged.state and judged.state == State.MENDED:
        record("disclosure.mended", by=None, about=f"disclosure:{judged.pk}")
    return judged.state == State.OPEN and before != State.OPEN


def _gravity(verdict: Verdict) -> tuple[int, bool]:
    """The market that asks for most decides; *unknown* is graver than *disclosed*."""
    return verdict.severity, verdict.outcome == "unknown"


def _move(judged: JudgedPost, verdict: Verdict, *, edited: bool) -> None:
    """The next state: only an edit proves a post mended, and only an edit reopens what people settled."""
    now = timezone.now()
    if verdict.outcome == "undisclosed":
        if judged.state in (State.NOTHING, State.MENDED) or (edited and judged.state not in WAITING):
            judged.state, judged.found_at, judged.settled_at = State.OPEN, judged.found_at or now, None
    elif judged.state in WAITING:
        _close(judged, now, mended=edited and (verdict.outcome == "disclosed" or verdict.reason in _GONE))


def _close(judged: JudgedPost, now: datetime, *, mended: bool) -> None:
    judged.state = State.MENDED if mended else State.NOTHING
    judged.settled_at = now if mended else None
    if not mended:
        judged.found_at = None  # our names or the register changed: it never was a sign


def _keep_markets(judged: JudgedPost, verdicts: Sequence[Verdict]) -> None:
    judged.markets.all().delete()
    MarketVerdict.objects.bulk_create(
        MarketVerdict(judged=judged, market=verdict.market, outcome=verdict.outcome, reason=verdict.reason)
        for verdict in verdicts
    )
