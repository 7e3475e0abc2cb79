"""Keeping secrets out of what is shown: what a channel answers may quote what it was sent."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import unquote

HIDDEN = "•••"
SHORTEST = 6  # a shorter part of a secret address, such as `v1`, hides nothing


def masked(text: str, secrets: Iterable[str]) -> str:
    """The text without the secrets, and without the parts of those that are addresses."""
    for secret in sorted(filter(None, secrets), key=len, reverse=True):
        parts = re.split(r"[/?#&=:]+", secret)[2:] if "://" in secret else []
        long = {one for part in parts for one in (part, unquote(part)) if len(one) >= SHORTEST}
        for part in (secret, *sorted(long, key=len, reverse=True)):
            text = text.replace(part, HIDDEN)
    return text
