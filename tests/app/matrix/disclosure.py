"""The disclosure watch, walked."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils import timezone
from tests.app.matrix import Walk

from outlisten.app.listening.models import DeclaredAccount
from outlisten.app.people.acts import Act
from outlisten.app.people.models import Department
from outlisten.app.trust.models import JudgedPost


def a_finding(_department: Department) -> Mapping[str, object]:
    """A post of a declared partner with signs and no disclosure."""
    account = DeclaredAccount.objects.create(platform="weibo", account="小林", folded="小林", voice="partner")
    now = timezone.now()
    judged = JudgedPost.objects.create(
        post_id="0123456789abcdef", account=account, relation="partner", outcome="undisclosed", reason="missing",
        severity=2, fingerprint="0", judged_at=now, found_at=now, state="open",
    )  # fmt: skip
    return {"finding": judged.pk, "post": judged.post_id}


ROWS = (
    Walk(Act.SEE_DISCLOSURE, get="/trust/disclosure", command=("disclosure", "list", "--json")),
    Walk(
        Act.MEND_DISCLOSURE,
        post="/trust/disclosure/{finding}/ask",
        send={"due": "2099-01-01"},
        command=("disclosure", "ask", "{post}", "--due", "2099-01-01"),
        given=a_finding,
    ),
    Walk(
        Act.MEND_DISCLOSURE,
        post="/trust/disclosure/{finding}/accept",
        send={"note": "known"},
        given=a_finding,
    ),
    Walk(
        Act.MEND_DISCLOSURE, post="/trust/disclosure/{finding}/mistaken", send={"note": "no"}, given=a_finding
    ),
    Walk(Act.MEND_DISCLOSURE, post="/trust/disclosure/check", command=("disclosure", "recheck")),
)
