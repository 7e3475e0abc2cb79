"""The receipt of an erasure: number, days, counts by place, and a seal that shows whether it was changed."""

from __future__ import annotations

import hmac
import json

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from outlisten.app.people.rules import Act
from outlisten.app.trust.audit import sealed
from outlisten.app.trust.home_reader import Asker, allowed
from outlisten.app.trust.models import PrivacyRequest, RefusedAuthor


def requests(*, by: Asker) -> list[PrivacyRequest]:
    """Every request that was answered, newest first. Raises Refused."""
    allowed(by, Act.ANSWER_PRIVACY)
    return list(PrivacyRequest.objects.select_related("by"))


def request(pk: int, *, by: Asker) -> PrivacyRequest:
    """One request, or 404. Raises Refused."""
    allowed(by, Act.ANSWER_PRIVACY)
    return get_object_or_404(PrivacyRequest.objects.select_related("by"), pk=pk)


def refused_authors(*, by: Asker) -> int:
    """How many people are not collected any more. Raises Refused."""
    allowed(by, Act.ANSWER_PRIVACY)
    return RefusedAuthor.objects.values("request__person").distinct().count()


def receipt(request: PrivacyRequest) -> dict[str, object]:
    """The receipt as a document; it names nobody."""
    return {**_stated(request), "not_reached": not_reached(), "seal": request.digest}


def seal(request: PrivacyRequest) -> None:
    """Put the keyed hash under a finished request."""
    request.digest = sealed(_canonical(request))


def unchanged(request: PrivacyRequest) -> bool:
    """Whether the receipt still says what it said when it was sealed."""
    return hmac.compare_digest(request.digest, sealed(_canonical(request)))


def not_reached() -> list[str]:
    """What an erasure here cannot reach, said on every receipt."""
    return [
        _("Files that were exported and given out before."),
        _("Backups: they keep what they hold until they expire. After a restore, erase again."),
        _("The platform itself, where the posts were published."),
        _("Posts of other people that mention or answer this person."),
        _("Counts and charts made before; they hold no text and no names."),
    ]


def _stated(request: PrivacyRequest) -> dict[str, object]:
    return {
        "kind": request.kind, "number": request.pk, "platform": request.platform, "person": request.person,
        "asked_at": request.asked_at.isoformat(), "done_at": request.done_at.isoformat() if request.done_at else None,
        "removed": dict(sorted(request.counts.items())), "files_rewritten": request.physical, "collected_again": False,
    }  # fmt: skip


def _canonical(request: PrivacyRequest) -> str:
    return json.dumps(_stated(request), sort_keys=True, ensure_ascii=False)
