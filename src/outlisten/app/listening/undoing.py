"""What takes back the last changes of a person, kept in the session under a short key for the toast's button."""

from __future__ import annotations

import secrets

from django.http import HttpRequest

UNDO = "listening.undo"
UNDOABLE = 5


def keep_undo(request: HttpRequest, token: str) -> str:
    """Keep what takes a change back; returns its key."""
    key = secrets.token_hex(4)
    request.session[UNDO] = dict([*request.session.get(UNDO, {}).items(), (key, token)][-UNDOABLE:])
    return key


def kept_undo(request: HttpRequest, key: str) -> str | None:
    """What takes the change of this key back; None when it is long gone."""
    found: str | None = request.session.get(UNDO, {}).get(key)
    return found
