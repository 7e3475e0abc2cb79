"""What takes a change back: a signed word that says what was before and what came after, good for a day.

An undo puts back only what is still as the change left it: it must never take somebody's newer change away.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core import signing
from django.utils.translation import gettext as _

SALT = "outlisten.undo"
SECONDS = 24 * 60 * 60


class CannotUndo(Exception):
    """The undo comes too late or meets something newer; the message is one sentence for the reader."""


def signed(kind: str, change: Mapping[str, object]) -> str:
    """The word that takes back a change, in values of JSON; it fits into an address."""
    return signing.dumps([kind, dict(change)], salt=SALT, compress=True)


def unsigned(kind: str, token: str) -> dict[str, Any]:
    """The change that a word takes back. Raises CannotUndo for one that is old, damaged or of another kind."""
    try:
        signed_kind, change = signing.loads(token, salt=SALT, max_age=SECONDS)
    except signing.SignatureExpired:
        raise CannotUndo(_("This was done more than a day ago and can no longer be undone.")) from None
    except signing.BadSignature:
        raise CannotUndo(_("This undo link is damaged; nothing was changed.")) from None
    if signed_kind != kind:
        raise CannotUndo(_("This undo link is damaged; nothing was changed."))
    return dict(change)
