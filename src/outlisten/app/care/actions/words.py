"""What is written in a case: notes for staff, promises with a date, drafts, answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from outlisten.app.care.actions.holding import Taken
from outlisten.app.care.actions.step import Done, NotNow, Step, end_pause, finish, person, snapshot
from outlisten.app.care.answering import Reply, way_named
from outlisten.app.care.models import Answer, Case, Draft, Entry, Pause, Promise
from outlisten.app.care.queries.door import case_for
from outlisten.app.care.times import set_clock
from outlisten.app.listening.queries.post import post as post_for
from outlisten.app.people.models import Account
from outlisten.app.people.rules import Act, Actor, Role, require
from outlisten.app.trust.audit import pseudonym, record

State = Case.State
LONGEST = 10_000
Then = Literal["wait", "solve", "stay"]


@transaction.atomic
def note(pk: int, text: str, *, by: Actor) -> Done:
    """Write a note that only staff read. Raises Refused, NoSuchCase, NotNow."""
    case = case_for(by, pk, Act.WORK_ON_CASE, lock=True)
    written, me = _written(text, _("Write the note first.")), person(by)
    last = case.entries.order_by("id").last()
    if last is not None and (last.kind, last.by_id, last.text) == (Entry.Kind.NOTED, me.pk, written):
        raise NotNow(_("This note stands there already."))
    step = Step(Entry.Kind.NOTED, "case.note", text=written, made={"remove_entry": True})
    return finish(case, step, snapshot(case), by=me)


@transaction.atomic
def promise(pk: int, text: str, due_on: date, *, by: Actor) -> Done:
    """Write down what was promised to the customer, and by which day. Raises Refused, NoSuchCase, NotNow."""
    case = case_for(by, pk, Act.WORK_ON_CASE, lock=True)
    written = _written(text, _("Write what is promised."), longest=300)
    if due_on < timezone.localdate():
        raise NotNow(_("A promise needs a day that is still to come."))
    if case.promises.filter(text=written, due_on=due_on, kept=None).exists():
        raise NotNow(_("This promise is written down already."))
    made = Promise.objects.create(
        case=case, text=written, due_on=due_on, by=person(by), made_at=timezone.now()
    )
    step = Step(
        Entry.Kind.PROMISED, "case.promise", text=written, shown={"due_on": due_on.isoformat()},
        audited={"promise": made.pk}, made={"remove_entry": True, "promise": made.pk},
    )  # fmt: skip
    return finish(case, step, snapshot(case), by=person(by))


@transaction.atomic
def settle(pk: int, promise_pk: int, *, kept: bool, by: Actor) -> Done:
    """Say that a promise was kept or broken. Raises Refused, NoSuchCase, NotNow."""
    case = case_for(by, pk, Act.WORK_ON_CASE, lock=True)
    open_ones = Promise.objects.filter(pk=promise_pk, case=case, kept=None)
    if not open_ones.update(kept=kept, settled_at=timezone.now(), settled_by=person(by)):
        raise NotNow(_("This promise is settled already."))
    text = Promise.objects.get(pk=promise_pk).text
    step = Step(
        Entry.Kind.SETTLED, "case.settle_promise", text=text, shown={"kept": kept},
        audited={"promise": promise_pk, "kept": kept}, made={"unsettle": promise_pk},
    )  # fmt: skip
    return finish(case, step, snapshot(case), by=person(by))


@transaction.atomic
def save_draft(post: str, text: str, *, by: Actor) -> Draft | None:
    """Keep what one would answer to a post; blank text removes the draft. Raises Refused; 404 for an unknown post."""
    require(by, Act.DRAFT, about=pseudonym("post", post))
    post_for(by, post)
    mine = Draft.objects.filter(post=post, by=person(by))
    record("draft.save", by=by, about=pseudonym("post", post), characters=len(text.strip()))
    if not text.strip():
        mine.delete()
        return None
    kept, _fresh = Draft.objects.update_or_create(
        post=post, by=person(by), defaults={"text": text.strip()[:LONGEST], "changed_at": timezone.now()}
    )
    return kept


@dataclass(frozen=True, slots=True)
class Said:
    """An answer as it is given: its words, how it reaches the customer, that it was posted, and what comes then.

    `posted` is for ways where a person posts by hand: without it nothing is recorded. `then`: wait for the customer,
    solve the case, or keep it in work; None leaves a solved case solved, and waits for the customer of any other.
    """

    text: str
    way: str = "copy"
    posted: bool = False
    then: Then | None = None


@transaction.atomic
def answer(pk: int, said: Said, *, by: Actor) -> Done:
    """Answer the customer as a named employee. It cannot be taken back: it was said in public.

    Raises Refused, NoSuchCase, NotNow.
    """
    case = case_for(by, pk, Act.ANSWER, lock=True)
    then = said.then or ("wait" if case.is_open else "solve")
    if then == "solve":
        case_for(by, pk, Act.CLOSE_CASE)
    me, now, before = person(by), timezone.now(), snapshot(case)
    if case.owner_id not in (None, me.pk):
        raise Taken(case.owner)
    written = _written(said.text, _("Write the answer first."))
    way, post = way_named(said.way), case.posts.order_by("written_at", "id").last()
    if way.by_hand and not said.posted:
        raise NotNow(_("Post the answer first, then say that you have posted it."))
    kept = Answer(
        case=case, by=me, name=me.name, employee=Role(me.role) != Role.AGENCY, text=written,
        post=post.post if post else "", way=way.key, at=now,
    )  # fmt: skip
    _refuse_repeated(kept)
    kept.save()
    if not way.by_hand:
        way.send(Reply(kept.post, written, me.name))
    Draft.objects.filter(post__in=case.posts.values("post"), by=me).delete()
    _after_answer(case, then, by=me, now=now)
    step = Step(
        Entry.Kind.ANSWERED, "case.answer", shown={"answer": kept.pk, "then": then},
        audited={"answer": kept.pk, "way": way.key, "then": then}, undoable=False,
    )  # fmt: skip
    return finish(case, step, before, by=me)


def _refuse_repeated(answer: Answer) -> None:
    last = answer.case.answers.order_by("at", "id").last()
    if last is not None and all(
        getattr(last, name) == getattr(answer, name) for name in ("by_id", "text", "post")
    ):
        raise NotNow(_("This answer is recorded already, and the customer has not written since."))


def _after_answer(case: Case, then: Then, *, by: Account, now: datetime) -> None:
    solves = then == "solve"
    if solves == case.is_open:  # the answer's own line in the history does not tell
        turned = Entry.Kind.SOLVED if solves else Entry.Kind.REOPENED
        Entry.objects.create(case=case, kind=turned, at=now, by=by)
    case.owner = case.owner or by
    case.first_answered_at = case.first_answered_at or now
    case.unanswered_since = None
    end_pause(case, now)
    case.solved_at = (case.solved_at or now) if solves else None
    case.state = {"wait": State.WAITING_CUSTOMER, "solve": State.SOLVED, "stay": State.OPEN}[then]
    if then == "wait":
        Pause.objects.create(case=case, started_at=now)
    set_clock(case)


def _written(text: str, missing: str, *, longest: int = LONGEST) -> str:
    written = text.strip()
    if not written:
        raise NotNow(missing)
    if len(written) > longest:
        raise NotNow(
            _("This is %(n)d characters long; at most %(most)d fit.") % {"n": len(written), "most": longest}
        )
    return written
