"""A case in a terminal: as lines for people and as JSON for machines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from outlisten.cli.safe_text import on_one_line
from outlisten.cli.session import Session

if TYPE_CHECKING:
    from outlisten.app.care.models import Case
    from outlisten.app.care.queries.queue import Queue, Row
    from outlisten.app.care.queries.thread import Item, Thread

Json = dict[str, Any]


def case_json(case: Case) -> Json:
    """A case by its values."""
    return {
        "number": case.pk,
        "department": case.department.key,
        "state": case.state,
        "need": case.need,
        "urgency": case.urgency,
        "urgency_reasons": case.urgency_reasons,
        "owner": case.owner.email if case.owner else None,
        "customer": case.customer_name or None,
        "platform": case.platform,
        "words": case.opening_words,
        "opened_at": case.opened_at,
        "rule": case.rule.name if case.rule else None,
        "due_at": case.due_at,
        "first_answered_at": case.first_answered_at,
        "solved_at": case.solved_at,
    }


def as_json(row: Row) -> Json:
    """A case of the queue with the open minutes that are left."""
    return case_json(row.case) | {"minutes_left": row.left, "late": row.late}


def emit_case(session: Session, case: Case, sentence: str) -> None:
    """What became of a case: its values, or one sentence with its number."""
    if session.json:
        session.emit(case_json(case))
    else:
        session.print(sentence.format(number=case.pk))


def print_rows(session: Session, found: Queue) -> None:
    """A line a case: number, department, state, time left, owner, customer, first words."""
    from outlisten.app.care.durations import time_left

    for row in found.rows:
        case = row.case
        owner = case.owner.name if case.owner else "–"
        values = (str(case.pk), case.department.label, case.get_state_display(), time_left(row), owner,
                  case.customer_name or "–", case.opening_words)  # fmt: skip
        session.print("\t".join(map(on_one_line, values)))
    _ = session.words
    said = _("Cases: {total}. Waiting for us: {waiting}.").format(total=found.total, waiting=found.waiting)
    session.say(said if found.total else _("No case waits here."))


def print_case(session: Session, found: Thread) -> None:
    """The whole case."""
    if session.json:
        promises = [
            {
                "number": one.pk,
                "text": one.text,
                "due_on": one.due_on,
                "kept": one.kept,
                "by": one.by.name if one.by else None,
            }
            for one in found.promises
        ]
        session.emit(
            as_json(found.row) | {"thread": [_item_json(item) for item in found.items], "promises": promises}
        )
        return
    from outlisten.app.care.durations import time_left

    case, _ = found.case, session.words
    head = (_("Case {number}").format(number=case.pk), case.department.label, case.get_state_display(),
            str(case.get_need_display()), case.owner.name if case.owner else "–", time_left(found.row))  # fmt: skip
    session.print(" · ".join(part for part in head if part))
    for reason in found.reasons:
        session.print(f"! {reason}")
    for item in found.items:
        session.print(_line(item))
    for one in found.promises:
        kept = {
            True: _("kept"),
            False: _("broken"),
            None: _("due {day}").format(day=one.due_on),
        }
        session.print(f"→ {one.pk}  {on_one_line(one.text)} ({kept[one.kept]})")


def _item_json(item: Item) -> Json:
    kind: Json = {"kind": item.voice, "at": item.at}
    if item.line:
        post = item.line.post
        return kind | {
            "post": post["id"],
            "text": post["text"],
            "author": post["author"] or post["author_handle"],
        }
    if item.answer:
        return kind | {"by": item.answer.name, "text": item.answer.text}
    assert item.entry is not None
    by = item.entry.by.name if item.entry.by else None
    return kind | {"did": item.entry.kind, "by": by, "text": item.entry.text}


def _line(item: Item) -> str:
    at = f"{item.at:%Y-%m-%d %H:%M}" if item.at else "–"
    if item.line:
        post = item.line.post
        return f"{at}  {on_one_line(str(post['author'] or post['author_handle'] or '–'))}: {on_one_line(post['text'] or '')}"
    if item.answer:
        return f"{at}  {item.answer.name} » {on_one_line(item.answer.text)}"
    assert item.entry is not None
    by = f"{item.entry.by.name} " if item.entry.by else ""
    said = f": {on_one_line(item.entry.text)}" if item.entry.text else ""
    return f"{at}  [{by}{item.entry.get_kind_display()}]{said}"
