"""A whole case: what the customer wrote, what we answered, what staff noted, what was promised."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from outlisten.app.care.keys import customer_key
from outlisten.app.care.models import Answer, Case, Draft, Entry, Pause, Promise
from outlisten.app.care.queries.door import case_for, visible
from outlisten.app.care.queries.queue import Row, row
from outlisten.app.care.urgency import reasons_in_words
from outlisten.app.listening.rows import COLUMNS, Line, line
from outlisten.app.listening.store import posts
from outlisten.app.people.rules import Actor
from outlisten.posts.store import Budget

Voice = Literal["customer", "ours", "other", "answer", "note", "step"]
BUDGET = Budget(rows=200, seconds=2.0)
ROOM = 4_000
NEEDED = (*COLUMNS, "author_id")
LONG_AGO = datetime.min.replace(tzinfo=UTC)
# Steps whose words are a note for colleagues; answers stand as answers, the customer's posts as posts.
NOTES = {Entry.Kind.NOTED, Entry.Kind.HANDED, Entry.Kind.PROMISED}
SHOWN_AS_POSTS = {Entry.Kind.JOINED, Entry.Kind.ANSWERED}


@dataclass(frozen=True, slots=True)
class Item:
    """One thing in the thread; `voice` says which of the others it carries."""

    voice: Voice
    at: datetime | None
    line: Line | None = None
    answer: Answer | None = None
    entry: Entry | None = None


@dataclass(frozen=True, slots=True)
class Thread:
    """A case to be shown."""

    row: Row
    items: list[Item]
    drafts: list[Draft]
    promises: list[Promise]
    pauses: list[Pause]
    reasons: list[str]  # why it is urgent
    last_post: dict[str, Any] | None  # the post that an answer answers
    missing: int  # posts of the case that we no longer hold

    @property
    def case(self) -> Case:
        return self.row.case


@dataclass(frozen=True, slots=True)
class Person:
    """What is known of the customer in queues that the reader sees: earlier cases, and what was promised there."""

    cases: list[Case]
    promises: list[Promise]
    posts: int  # by this account, in the conversation


def thread(actor: Actor, pk: int) -> Thread:
    """The whole case. Raises Refused, NoSuchCase."""
    case = case_for(actor, pk)
    own = [str(post) for post in case.posts.values_list("post", flat=True)]
    lines, missing = _posts(own)
    answers = {answer.pk: answer for answer in case.answers.all()}
    entries = case.entries.select_related("by")
    items = [
        *_spoken(case, lines, own),
        *(Item("answer", answer.at, answer=answer) for answer in answers.values()),
    ]
    items += [
        Item("note" if entry.kind in NOTES and entry.text else "step", entry.at, entry=entry)
        for entry in entries
        if entry.kind not in SHOWN_AS_POSTS
    ]
    last = next(
        (item.line.post for item in reversed(items) if item.line and item.line.post["id"] in own), None
    )
    return Thread(
        row=row(case), items=sorted(items, key=_when), drafts=_drafts(own), promises=list(case.promises.all()),
        pauses=list(case.pauses.all()), reasons=reasons_in_words(case.urgency_reasons),
        last_post=dict(last) if last else None, missing=missing,
    )  # fmt: skip


def person(actor: Actor, case: Case) -> Person:
    """The customer's earlier cases, as far as this reader may see them."""
    others = visible(actor).filter(customer=case.customer).exclude(pk=case.pk)
    earlier = list(others.select_related("department", "owner").order_by("-opened_at")[:10])
    promises = Promise.objects.filter(case__in=[case.pk, *(other.pk for other in earlier)])
    return Person(earlier, list(promises.select_related("by", "case")), case.posts.count())


def _when(item: Item) -> tuple[datetime, int]:
    return item.at or LONG_AGO, 0 if item.line else 1


def _posts(own: list[str]) -> tuple[list[Line], int]:
    """The conversation as we hold it, oldest first, and how many posts of the case are no longer there."""
    held: dict[str, dict[str, Any]] = {}
    for start in own[:1]:
        found = posts().thread(start, columns=NEEDED, budget=BUDGET).table.to_pylist()
        held.update((str(post["id"]), post) for post in found)
    for identifier in own:
        if identifier not in held and (kept := posts().get(identifier)) is not None:
            held[identifier] = {name: kept[name] for name in NEEDED}
    return [line(post, None, ROOM) for post in held.values()], sum(name not in held for name in own)


def _spoken(case: Case, lines: list[Line], own: list[str]) -> list[Item]:
    items = []
    for one in lines:
        voice: Voice = "other"
        if one.post["voice"] in ("owned", "employee"):
            voice = "ours"
        elif one.post["id"] in own or _wrote(case, one.post):
            voice = "customer"
        items.append(Item(voice, one.post["created_at"], line=one))
    return items


def _wrote(case: Case, post: Mapping[str, Any]) -> bool:
    """Whether the case's customer wrote a post."""
    return customer_key(post) == case.customer


def _drafts(own: list[str]) -> list[Draft]:
    return list(Draft.objects.filter(post__in=own).select_related("by"))
