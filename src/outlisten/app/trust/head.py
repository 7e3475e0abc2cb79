"""The audit log's newest number and digest, kept in a file of the home that can be sent elsewhere.

Without it, whoever removes the newest rows leaves a shorter chain that is whole in itself.
"""

from __future__ import annotations

import json
import os
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
        kept = json.loads(settings.HOME.audit_head.read_text("ascii"))
        return Head(int(kept["count"]), str(kept["digest"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
