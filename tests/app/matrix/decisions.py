"""Decisions, walked: insights pinned and put away, decisions recorded, changed, moved, reviewed, withdrawn."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from tests.app.matrix import Walk

from outlisten.app.decisions.models import Decision, DecisionChange, Insight
from outlisten.app.decisions.pinnable import Pinnable, sealed
from outlisten.app.people.acts import Act
from outlisten.app.people.models import Department


def an_insight(_department: Department) -> Mapping[str, object]:
    """A pinned figure."""
    return {"insight": Insight.objects.create(title="排队", sentence="5 posts", as_of=date(2026, 3, 10)).pk}


def a_figure(_department: Department) -> Mapping[str, object]:
    """A figure that a page offers to be pinned."""
    return {"figure": sealed(Pinnable("Queues", "5 posts", "/listen/?q=queue&period=all"))}


def a_decision(department: Department) -> Mapping[str, object]:
    """A decision of a department, with its first change."""
    made = Decision.objects.create(text="开第二个柜台", department=department, review_on=date(2026, 1, 1))
    change = DecisionChange.objects.create(decision=made, act="add", after={"text": made.text})
    return {"decision": made.pk, "change": change.pk}


ROWS = (
    Walk(Act.SEE_DECISIONS, get="/decisions/"),
    Walk(Act.SEE_DECISIONS, get="/decisions/board"),
    Walk(Act.SEE_DECISIONS, get="/decisions/{decision}", given=a_decision),
    Walk(Act.SEE_DECISIONS, get="/decisions/insights/"),
    Walk(Act.SEE_DECISIONS, get="/decisions/insights/{insight}", given=an_insight),
    Walk(Act.SEE_DECISIONS, get="/decisions/insights/{insight}/now", given=an_insight),
    Walk(Act.SEE_DECISIONS, command=("decision", "list", "--json")),
    Walk(Act.SEE_DECISIONS, command=("decision", "show", "{decision}"), given=a_decision),
    Walk(Act.SEE_DECISIONS, command=("insight", "list")),
    Walk(Act.PIN_INSIGHT, get="/decisions/insights/pin?figure={figure}", given=a_figure),
    Walk(Act.PIN_INSIGHT, post="/decisions/insights/pin", send={"figure": "{figure}", "title": "x"}, given=a_figure),
    Walk(Act.PIN_INSIGHT, post="/decisions/insights/{insight}", send={"title": "x"}, given=an_insight),
    Walk(Act.PIN_INSIGHT, post="/decisions/insights/{insight}/archive", given=an_insight),
    Walk(Act.PIN_INSIGHT, post="/decisions/insights/{insight}/restore", given=an_insight),
    Walk(Act.PIN_INSIGHT, command=("insight", "pin", "queue OR 排队", "--note", "看看", "--json")),
    Walk(Act.DECIDE, get="/decisions/new"),
    Walk(Act.DECIDE, get="/decisions/{decision}/edit", given=a_decision),
    Walk(Act.DECIDE, get="/decisions/{decision}/review", given=a_decision),
    Walk(Act.DECIDE, post="/decisions/{decision}/review", send={"verdict": "better", "text": "好"}, given=a_decision),
    Walk(Act.DECIDE, post="/decisions/{decision}/move", send={"state": "dropped"}, given=a_decision),
    Walk(Act.DECIDE, post="/decisions/{decision}/withdraw", given=a_decision),
    Walk(Act.DECIDE, post="/decisions/{decision}/restore", given=a_decision),
    Walk(Act.DECIDE, post="/decisions/undo/{change}", given=a_decision),
    Walk(Act.DECIDE, command=("decision", "add", "开第二个柜台", "--no-insight")),
    Walk(Act.DECIDE, command=("decision", "move", "{decision}", "in_progress"), given=a_decision),
    Walk(
        Act.DECIDE, given=a_decision,
        command=("decision", "review", "{decision}", "--outcome", "好", "--verdict", "better"),
    ),
)  # fmt: skip
