"""What takes a change back: a signed word that says what was before, good for a day."""

from __future__ import annotations

from typing import Any

from django.core import signing
from django.utils.translation import gettext as _

SALT = "outlisten.people.undo"
SECONDS = 24 * 60 * 60


class CannotUndo(Exception):
    """The undo comes too late or meets something newer; the message is one sentence for the reader."""


def signed(kind: str, pk: int, before: dict[str, object]) -> str:
    """The word that takes back a change to this thing; it fits into an address."""
    return signing.dumps({"kind": kind, "pk": pk, "before": before}, salt=SALT, compress=True)


def unsigned(kind: str, token: str) -> tuple[int, dict[str, Any]]:
    """Whom a word is about and what was before. Raises CannotUndo for one that is old, damaged or of another kind."""
    try:
        said = signing.loads(token, salt=SALT, max_age=SECONDS)
    except signing.SignatureExpired:
        raise CannotUndo(_("This was done more than a day ago and can no longer be undone.")) from None
    except signing.BadSignature:
        raise CannotUndo(_("This undo link is damaged; nothing was changed.")) from None
    if said["kind"] != kind:
        raise CannotUndo(_("This undo link is damaged; nothing was changed."))
    return said["pk"], said["before"]
