"""Trust, walked: the audit log, retention, and people who ask about their own data."""

from __future__ import annotations

from tests.app.matrix import Walk

from outlisten.app.people.acts import Act

ROWS = (
    Walk(Act.SEE_AUDIT, get="/trust/audit"),
    Walk(Act.SEE_AUDIT, command=("audit", "show", "--json")),
    Walk(Act.SET_RETENTION, get="/trust/retention"),
    Walk(Act.ANSWER_PRIVACY, get="/trust/privacy"),
)
