"""Claims, walked: written down, changed, frozen, tested, read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from tests.app.matrix import Walk

from outlisten.app.decisions.claims.content import content_of, digest
from outlisten.app.decisions.models import Claim
from outlisten.app.listening.models import Topic
from outlisten.app.people.acts import Act
from outlisten.app.people.models import Department


def a_draft(_department: Department) -> Mapping[str, object]:
    """A claim that can still be changed, about a topic."""
    topic = Topic.objects.create(name="排队", query="排队 OR queue")
    claim = Claim.objects.create(
        text="排队的抱怨会少三成", promised_by="An agency", subject=f"topic-{topic.pk}", size=-0.3,
        start=date(2025, 5, 1), until=date(2025, 5, 31),
    )  # fmt: skip
    return {"claim": claim.pk, "topic": topic.pk}


def a_frozen(department: Department) -> Mapping[str, object]:
    """A claim that nobody can change any more."""
    given = a_draft(department)
    claim = Claim.objects.get(pk=given["claim"])
    claim.content = content_of(claim).as_json()
    claim.digest, claim.frozen_at = digest(claim.content), claim.made_at
    claim.save()
    return given


FORM = {
    "text": "少三成", "promised_by": "x", "promiser": "agency", "metric": "posts", "subject": "topic-{topic}",
    "amount": "-30%", "start": "2025-05-01", "until": "2025-05-31",
}  # fmt: skip
ADD = (
    "claim", "add", "排队的抱怨会少三成", "--promised-by", "x", "--of", "排队", "--promised", "-30%",
    "--start", "2025-05-01", "--until", "2025-05-31",
)  # fmt: skip
ROWS = (
    Walk(Act.SEE_DECISIONS, get="/decisions/claims/"),
    Walk(Act.SEE_DECISIONS, get="/decisions/claims/{claim}", given=a_draft),
    Walk(Act.SEE_DECISIONS, get="/decisions/claims/{claim}", given=a_frozen),
    Walk(Act.SEE_DECISIONS, command=("claim", "list")),
    Walk(Act.SEE_DECISIONS, command=("claim", "show", "{claim}", "--json"), given=a_frozen),
    Walk(Act.MAKE_CLAIM, get="/decisions/claims/new"),
    Walk(Act.MAKE_CLAIM, get="/decisions/claims/{claim}/edit", given=a_draft),
    Walk(Act.MAKE_CLAIM, post="/decisions/claims/{claim}/edit", send=FORM, given=a_draft),
    Walk(Act.MAKE_CLAIM, post="/decisions/claims/{claim}/freeze", given=a_draft),
    Walk(Act.MAKE_CLAIM, post="/decisions/claims/{claim}/test", given=a_frozen),
    Walk(Act.MAKE_CLAIM, command=ADD, given=a_draft),
    Walk(Act.MAKE_CLAIM, command=("claim", "freeze", "{claim}"), given=a_draft),
)
