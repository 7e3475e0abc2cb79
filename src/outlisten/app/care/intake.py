"""Posts that arrive: the customer's next word joins its case, a rule opens a new one, thanks find whom they are for.

Safe to repeat: a post belongs to one case at most, and a conversation has one case at most, which the database holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

import pyarrow as pa
from django.db import IntegrityError, transaction
from django.utils import timezone

from outlisten.app.care.keys import conversation_key, customer_key
from outlisten.app.care.matching import rule_hits
from outlisten.app.care.models import Answer, Case, CasePost, Entry, Rule, Thanks
from outlisten.app.care.opening import Opening, add_post, open_case
from outlisten.app.care.times import set_clock
from outlisten.app.listening import deepening
from outlisten.app.listening.models import Deepening
from outlisten.app.trust.audit import record
from outlisten.app.web.live import publish
from outlisten.language.thanks import thanked

# What is older came with an archive: to open cases of an archive is an act of a person (`actions.rules.apply_rule`).
FRESH = timedelta(days=30)
# A customer who thanks in a thread of their own does so soon.
THANKS_AFTER = timedelta(days=14)
AT_ONCE = 500
TOGETHER = 50  # posts a transaction: a commit costs more than a case
FAR = datetime.max.replace(tzinfo=UTC)  # a post without a date comes last
KEYS = ["id", "platform", "thread", "reply_to", "native_id", "author_id", "author_handle", "author"]

Post = Mapping[str, Any]
Reason = Deepening.Reason


def take_in(posts: pa.Table) -> None:
    """Take complete posts that were just kept; called by the pipeline, possibly twice for the same posts."""
    rules = rule_hits(posts)
    _read_thoroughly(posts, rules)
    concerned = _concerned(posts, rules)
    changed = sum(receive(post, rules.get(str(post["id"]))) for post in concerned)
    if changed:
        publish("care", {})


def _read_thoroughly(posts: pa.Table, rules: Mapping[str, Rule]) -> None:
    """What a rule found lately matters enough for the deep model."""
    if rules:
        now = timezone.now()
        rows = posts.select(["id", "created_at"]).to_pylist()
        deepening.ask(
            (row["id"] for row in rows if row["id"] in rules and _is_fresh(row, now)), Reason.WATCHED
        )


def receive(post: Post, rule: Rule | None, *, archived: bool = False, by: Any = None) -> bool:
    """Let one post join its case, thank somebody, or open a case by its rule; whether anything came of it.

    `archived`: an act of the person `by` on posts kept earlier; the clock then starts now.
    """
    now = timezone.now()
    with transaction.atomic():
        if CasePost.objects.filter(post=post["id"]).exists():
            return False
        case = Case.objects.select_for_update().filter(conversation=conversation_key(post)).first()
        if case is not None:
            return _join(case, post, now)
        if rule is not None and (archived or _is_fresh(post, now)):
            return _open(post, rule, now, by)
        return _thank_elsewhere(post, now)


def _concerned(posts: pa.Table, rules: Mapping[str, Rule]) -> list[dict[str, Any]]:
    """The posts that a rule found, that belong to a conversation with a case, or whose writer was answered lately;
    oldest first. A few questions to the database, whatever the size of the batch."""
    keys = posts.select(KEYS).to_pylist()
    names = list({conversation_key(post) for post in keys})
    known = {conversation_key(post) for post in keys if str(post["id"]) in rules}
    for start in range(0, len(names), AT_ONCE):
        some = Case.objects.filter(conversation__in=names[start : start + AT_ONCE])
        known.update(some.values_list("conversation", flat=True))
    lately = Answer.objects.filter(at__gte=timezone.now() - THANKS_AFTER)
    helped = set(lately.values_list("case__customer", flat=True))
    places = [
        place
        for place, post in enumerate(keys)
        if str(post["id"]) in rules or conversation_key(post) in known or customer_key(post) in helped
    ]
    found: list[dict[str, Any]] = posts.take(pa.array(places, pa.int64())).to_pylist()
    return sorted(found, key=lambda post: (post["created_at"] or FAR, post["id"]))


def _is_fresh(post: Post, now: datetime) -> bool:
    written = post["created_at"]
    return written is not None and written >= now - FRESH


def _open(post: Post, rule: Rule, now: datetime, by: Any) -> bool:
    try:
        with transaction.atomic():
            open_case(
                post,
                Opening(rule.department_id, rule.need, rule=rule, archived=by is not None),
                by=by,
                now=now,
            )
    except IntegrityError:  # another process opened it a moment ago: the post joins there
        case = Case.objects.select_for_update().filter(conversation=conversation_key(post)).first()
        return case is not None and _join(case, post, now)
    return True


def _join(case: Case, post: Post, now: datetime) -> bool:
    """The customer wrote again: what waited for them waits for us, what was solved is open again."""
    first = case.posts.order_by("written_at").values_list("written_at", flat=True).first()
    if not add_post(case, post, now):  # another process took it in while this one waited for the case
        return False
    earlier = first is not None and post["created_at"] is not None and post["created_at"] < first
    entry = Entry.objects.create(case=case, kind=Entry.Kind.JOINED, at=now, details={"post": post["id"]})
    grateful = not earlier and _thank(case.answers.all(), post, now)
    if not earlier and not grateful:
        _waits_for_us(case, post, now)
    case.version += 1
    case.save()
    record("case.join", by=None, about=case.about, entry=entry.pk, thanks=grateful)
    return True


def _waits_for_us(case: Case, post: Post, now: datetime) -> None:
    if case.state == Case.State.SOLVED:
        case.state, case.solved_at = Case.State.REOPENED, None
        Entry.objects.create(case=case, kind=Entry.Kind.REOPENED, at=now, details={"post": post["id"]})
    elif case.state == Case.State.WAITING_CUSTOMER:
        case.state = Case.State.WAITING_US
    case.pauses.filter(ended_at=None).update(ended_at=now)
    if case.unanswered_since is None:
        case.unanswered_since = post["created_at"] if _is_fresh(post, now) and not post["date_only"] else now
    set_clock(case)


def _thank(answers: Any, post: Post, now: datetime) -> bool:
    """Note thanks for the newest answer that came before this post."""
    if not thanked(str(post.get("text") or "")):
        return False
    written = post["created_at"]
    before = answers.filter(at__lte=written) if written is not None and not post["date_only"] else answers
    answer = before.order_by("-at").select_related("case").first()
    if answer is None:
        return False
    _thanks, fresh = Thanks.objects.get_or_create(
        post=post["id"], defaults={"answer": answer, "to": answer.by, "at": written, "found_at": now}
    )
    if fresh:
        Entry.objects.create(
            case=answer.case,
            kind=Entry.Kind.THANKED,
            at=now,
            details={"post": post["id"], "answer": answer.pk},
        )
    return True


def _thank_elsewhere(post: Post, now: datetime) -> bool:
    """Thanks in a thread of their own, from a customer who was answered lately."""
    lately = Answer.objects.filter(case__customer=customer_key(post), at__gte=now - THANKS_AFTER)
    return lately.exists() and _thank(lately, post, now)


def receive_all(posts: Iterable[Post], rules: Mapping[str, Rule], *, by: Any) -> int:
    """Let posts kept earlier open cases by their rules, as an act of `by`; returns how many cases were opened."""
    before, waiting = Case.objects.count(), iter(posts)
    while some := list(islice(waiting, TOGETHER)):
        with transaction.atomic():
            for post in some:
                receive(post, rules.get(str(post["id"])), archived=True, by=by)
    return Case.objects.count() - before
