"""Keys and passwords of sources at rest: encrypted and authenticated (Fernet: AES-128-CBC with HMAC-SHA256).

The key is a file of the home, or OUTLISTEN_SOURCES_KEY where several processes share a database: a copy of the database alone
opens nothing.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from collections.abc import Mapping, Sequence

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from outlisten.sources.options import Option
from outlisten.sources.problems import WrongOption
from outlisten.sources.said import Said

# Entries that name a server without being an address.
SERVERS = frozenset({"host", "server"})
AGAIN = Said("enter it again, since the address has changed", "地址已更改，请重新填写")


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


def secrets_left(
    options: Sequence[Option], before: Mapping[str, object], given: Mapping[str, object], sealed: str
) -> dict[str, str]:
    """The secrets that go on being used where none are entered anew; none where they cannot be opened any more.

    Raises WrongOption where what is entered leads to another server: whoever may change an address and not see a secret could
    have it sent to a server of their own.
    """
    try:
        kept = opened(sealed)
    except Unsealable:
        return {}
    elsewhere = any(
        str(before.get(one.name) or one.default).rstrip("/")
        != str(given.get(one.name) or one.default).rstrip("/")
        for one in options
        if one.kind == "address" or one.name in SERVERS
    )
    for one in options:
        if elsewhere and kept.get(one.name) and not given.get(one.name):
            raise WrongOption(option=one.title, reason=AGAIN)
    return kept


def _fernet() -> Fernet:
    given = str(settings.SOURCES_KEY or settings.HOME.sources_key())
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"outlisten sources").derive(given.encode())
    return Fernet(urlsafe_b64encode(key))
