"""People on a server of the Fediverse, who write and delete through its interface as their own apps would."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

import httpx2

NOWHERE = "urn:ietf:wg:oauth:2.0:oob"
SCOPES = "read write follow"


@dataclass(frozen=True)
class Person:
    """An account with its access token."""

    server: str
    name: str
    token: str

    def writes(self, text: str, **form: str) -> dict[str, Any]:
        """A new post."""
        return self._asks("POST", "/api/v1/statuses", {"status": text, **form})

    def edits(self, identifier: str, text: str) -> dict[str, Any]:
        return self._asks("PUT", f"/api/v1/statuses/{identifier}", {"status": text})

    def deletes(self, identifier: str) -> None:
        self._asks("DELETE", f"/api/v1/statuses/{identifier}", {})

    def sees(self, path: str, **params: str) -> Any:
        return self._asks("GET", path, params)

    def _asks(self, method: str, path: str, form: Mapping[str, str]) -> Any:
        return asked(self.server, method, path, form, self.token)


def asked(server: str, method: str, path: str, form: Mapping[str, str] | None = None, token: str = "") -> Any:
    """JSON. Each on a connection of its own: snac breaks some that are used again."""
    headers = {"Connection": "close", **({"Authorization": f"Bearer {token}"} if token else {})}
    sent = {"params": form} if method == "GET" else {"data": form}
    answer = httpx2.request(method, f"{server}{path}", headers=headers, trust_env=False, **sent)  # type: ignore[arg-type]
    answer.raise_for_status()
    return answer.json()


def an_app(server: str) -> dict[str, str]:
    app = asked(
        server, "POST", "/api/v1/apps", {"client_name": "peer", "redirect_uris": NOWHERE, "scopes": SCOPES}
    )
    return {"client_id": app["client_id"], "client_secret": app["client_secret"]}


def registered(server: str, name: str) -> Person:
    """A new account by the interface, as mastodon_mock lets anyone make one."""
    granted = asked(
        server,
        "POST",
        "/oauth/token",
        {**an_app(server), "grant_type": "client_credentials", "scope": SCOPES},
    )
    form = {"username": name, "email": f"{name}@example.test", "password": "pw-12345678", "agreement": "true"}
    made = asked(server, "POST", "/api/v1/accounts", form, granted["access_token"])
    return Person(server, name, made["access_token"])


def signed_in(server: str, name: str, password: str) -> Person:
    """An account of snac, through its own sign-in page (OAuth's code flow)."""
    app = an_app(server)
    wanted = {
        "client_id": app["client_id"],
        "redirect_uri": NOWHERE,
        "response_type": "code",
        "scope": SCOPES,
    }
    with httpx2.Client(base_url=server, trust_env=False, headers={"Connection": "close"}) as browser:
        page = browser.get("/oauth/authorize", params=wanted).text
        hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
        action = re.search(r'action="([^"]+)"', page)
        assert action, page
        code = browser.post(
            urljoin(server, action.group(1)), data={**hidden, "login": name, "passwd": password}
        )
        found = re.match(r"\s*([0-9a-f]{32})", code.text)
        assert found, code.text
    form = {
        **app,
        "redirect_uri": NOWHERE,
        "grant_type": "authorization_code",
        "code": found.group(1),
        "scope": SCOPES,
    }
    return Person(server, name, asked(server, "POST", "/oauth/token", form)["access_token"])


def next_second() -> None:
    """Wait for the clock's next second: snac orders posts of one second by chance."""
    time.sleep(1.0 - time.time() % 1.0)
