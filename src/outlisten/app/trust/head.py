"""The audit log's newest number and digest, kept in a file of the home that can be sent elsewhere.

Without it, whoever removes the newest rows leaves a shorter chain that is whole in itself.
"""

from __future__ import annotations

import json
import os
import re
import secrets
from dataclasses import dataclass
from threading import Lock

from django.conf import settings

_keeping = Lock()


@dataclass(frozen=True, slots=True)
class Head:
    """How many rows the log held, and the digest of the last of them."""

    count: int
    digest: str


def keep_head(count: int, digest: str) -> None:
    """Replace the kept head by a newer one, at once or not at all."""
    place = settings.HOME.audit_head
    with _keeping:
        kept = kept_head()
        if kept is not None and kept.count >= count:
            return
        fresh = place.with_suffix(f".{os.getpid()}-{secrets.token_hex(4)}")
        with os.fdopen(
            os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii"
        ) as file:
            json.dump({"count": count, "digest": digest}, file)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(place)


def kept_head() -> Head | None:
    """The kept head; None when there is none or it cannot be read."""
    try:
        return read_head(settings.HOME.audit_head.read_text("ascii"))
    except (OSError, ValueError):
        return None


def read_head(text: str) -> Head:
    """A head from the text of its file. Raises ValueError when it is none."""
    try:
        kept = json.loads(text)
        head = Head(int(kept["count"]), str(kept["digest"]))
    except (KeyError, OverflowError, TypeError, ValueError) as error:
        raise ValueError("not the head of an audit log") from error
    if head.count < 1 or not re.fullmatch("[0-9a-f]{64}", head.digest):
        raise ValueError("not the head of an audit log")
    return head
