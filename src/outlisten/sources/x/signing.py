"""Signing as an account with keys that do not expire (OAuth 1.0a, RFC 5849), by oauthlib.

Not OAuth 2.0: X gives a new refresh token with every use and lets go of the old one, and two processes of one installation
that renew at the same moment would lock the account out.

https://docs.x.com/fundamentals/authentication/oauth-1-0a/api-key-and-secret
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

NAMES = ("api_key", "api_secret", "access_token", "access_secret")


@dataclass(frozen=True, slots=True)
class Keys:
    """Those of the app, and those of the account that it may act for."""

    api_key: str = field(repr=False)
    api_secret: str = field(repr=False)
    access_token: str = field(repr=False)
    access_secret: str = field(repr=False)

    @classmethod
    def of(cls, secrets: Mapping[str, str]) -> Keys | None:
        """From a source's secrets; None unless all four are there."""
        found = [secrets.get(name, "").strip() for name in NAMES]
        return cls(*found) if all(found) else None

    def signature(self, method: str, address: str) -> dict[str, str]:
        """The header for a request whose body is JSON, which is not part of what is signed."""
        from oauthlib import oauth1

        signer = oauth1.Client(
            self.api_key, client_secret=self.api_secret,
            resource_owner_key=self.access_token, resource_owner_secret=self.access_secret,
        )  # fmt: skip
        _, headers, _ = signer.sign(address, http_method=method)
        return {"Authorization": str(headers["Authorization"])}
