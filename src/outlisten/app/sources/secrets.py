"""Keys and passwords of sources at rest: encrypted and authenticated (Fernet: AES-128-CBC with HMAC-SHA256).

The key is a file of the home, or OUTLISTEN_SOURCES_KEY where several processes share a database: a copy of the database alone
opens nothing.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from collections.abc import Mapping

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


class Unsealable(Exception):
    """The secrets were sealed with another key: they must be entered again."""


def seal(secrets: Mapping[str, str]) -> str:
    """The secrets as one text that only this installation can open; blank for none."""
    kept = {name: value for name, value in secrets.items() if value}
    return _fernet().encrypt(json.dumps(kept).encode()).decode() if kept else ""


def opened(sealed: str) -> dict[str, str]:
    """What was sealed. Raises Unsealable."""
    if not sealed:
        return {}
    try:
        return dict(json.loads(_fernet().decrypt(sealed.encode())))
    except (InvalidToken, ValueError) as problem:
        raise Unsealable from problem


def _fernet() -> Fernet:
    given = str(settings.SOURCES_KEY or settings.HOME.sources_key())
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"outlisten sources").derive(given.encode())
    return Fernet(urlsafe_b64encode(key))
