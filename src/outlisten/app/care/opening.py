"""How a case comes to be, whoever or whatever opens it. Permission is asked by who calls."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from outlisten.app.care.keys import conversation_key, customer_key
from outlisten.app.care.models import Case, CasePost, Entry, Rule
from outlisten.app.care.times import set_clock
from outlisten.app.care.urgency import urgency_of
from outlisten.app.people.models import Account
from outlisten.app.trust.audit import record

# Beyond this the clock cannot mean the customer's wait for us: the post lay somewhere before it came here.
OLDEST_CLOCK = timedelta(days=30)
WORDS = 140


@dataclass(frozen=True, slots=True)
class Opening:
    """Where a case goes and why. `archived`: its post was kept long before, so that the clock starts now."""

    department: int
    need: str
    rule: Rule | None = None
    archived: bool = False


def open_case(post: Mapping[str, Any], wanted: Opening, *, by: Account | None, now: datetime) -> Case:
    """Open a case for a complete post. Raises IntegrityError when its conversation has one already."""
    since, clock_from = _clock_start(post, now, archived=wanted.archived)
    urgency, reasons = urgency_of(post)
    case = Case(
        department_id=wanted.department, platform=post["platform"], conversation=conversation_key(post),
        customer=customer_key(post), customer_name=_name(post), opening_words=_words(post),
        language=post.get("lang") or "", need=wanted.need, urgency=urgency, urgency_reasons=reasons,
        opened_at=now, opened_by=by, rule=wanted.rule, clock_from=clock_from, waits_since=since,
        unanswered_since=since,
    )  # fmt: skip
    set_clock(case)
    case.save()
    add_post(case, post, now)
    Entry.objects.create(
        case=case,
        kind=Entry.Kind.OPENED,
        at=now,
        by=by,
        details={"rule": wanted.rule.name if wanted.rule else ""},
    )
    record(
        "case.open", by=by, about=case.about, department=wanted.department,
        rule=wanted.rule.pk if wanted.rule else None,
    )  # fmt: skip
    return case


def add_post(case: Case, post: Mapping[str, Any], now: datetime) -> bool:
    """Put a customer's post into the case; one that is in a case already stays there, and the answer is no."""
    _kept, fresh = CasePost.objects.get_or_create(
        post=post["id"], defaults={"case": case, "written_at": post["created_at"], "joined_at": now}
    )
    return fresh


def _clock_start(post: Mapping[str, Any], now: datetime, *, archived: bool) -> tuple[datetime, str]:
    """The clock starts when the customer wrote. A post without a time of day, or out of an archive, cannot tell."""
    written = post["created_at"]
    if archived or written is None or post["date_only"] or not now - OLDEST_CLOCK <= written <= now:
        return now, Case.ClockFrom.OPENING
    return written, Case.ClockFrom.POST


def _name(post: Mapping[str, Any]) -> str:
    handle = f"@{post['author_handle']}" if post.get("author_handle") else ""
    return str(post.get("author") or handle)[:120]


def _words(post: Mapping[str, Any]) -> str:
    """The first words, for the queue: what the customer wrote; a title is often a category of the source."""
    words = " ".join(str(post.get("text") or post.get("title") or "").split())
    return words if len(words) <= WORDS else words[: WORDS - 1] + "…"
