"""A service account's key, and the signed claim that it is exchanged for a token with (RFC 7523)."""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_private_key

TOKENS = "https://oauth2.googleapis.com/token"  # never the address that the key's file names: it could be anybody's
SCOPE = "https://www.googleapis.com/auth/androidpublisher"
SECONDS = 3600  # that a claim is good for, the most there is


class NoKey(Exception):
    """A text that is no key of a service account."""


@dataclass(frozen=True, slots=True)
class ServiceAccount:
    """Who asks, and what it signs with."""

    email: str
    key_id: str
    key: RSAPrivateKey = field(repr=False)

    @classmethod
    def of(cls, text: str) -> ServiceAccount:
        """From the JSON file that Google Cloud gives. Raises NoKey."""
        try:
            told = json.loads(text)
            key = load_pem_private_key(str(told["private_key"]).encode(), None)
            email, key_id = str(told["client_email"]), str(told.get("private_key_id") or "")
        except (ValueError, TypeError, KeyError, RecursionError):
            raise NoKey from None  # the error could hold the key
        if not isinstance(key, RSAPrivateKey):
            raise NoKey
        return cls(email, key_id, key)

    def claim(self, now: datetime) -> str:
        """The signed claim."""
        issued = int(now.timestamp())
        said = {"iss": self.email, "scope": SCOPE, "aud": TOKENS, "iat": issued, "exp": issued + SECONDS}
        signed = f"{_part({'alg': 'RS256', 'typ': 'JWT', 'kid': self.key_id})}.{_part(said)}"
        return f"{signed}.{_base64(self.key.sign(signed.encode(), PKCS1v15(), SHA256()))}"


def _part(told: dict[str, Any]) -> str:
    return _base64(json.dumps(told, separators=(",", ":")).encode())


def _base64(told: bytes) -> str:
    return urlsafe_b64encode(told).rstrip(b"=").decode()
