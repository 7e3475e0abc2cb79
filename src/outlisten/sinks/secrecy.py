"""Keeping secrets out of what is shown: what a channel answers may quote what it was sent."""

from __future__ import annotations

import re
from collections.abc import Iterable

HIDDEN = "•••"
SHORTEST = 6  # a shorter part of a secret address, such as `v1`, hides nothing


def masked(text: str, secrets: Iterable[str]) -> str:
    """The text without the secrets, and without the parts of those that are addresses."""
    for secret in sorted(filter(None, secrets), key=len, reverse=True):
        parts = re.split(r"[/?#&=:]+", secret)[2:] if "://" in secret else []
        for part in (secret, *sorted((one for one in parts if len(one) >= SHORTEST), key=len, reverse=True)):
            text = text.replace(part, HIDDEN)
    return text
