"""Asking the Threads API as an account.

Over our own Fetcher: python-facebook-api, which knows Threads too, opens its connections with requests, past the guard, the
pace and the limits that all sources share, and puts the token into every address.

https://developers.facebook.com/documentation/threads/reference
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from outlisten.sources.fetching import Answer, Fetcher
from outlisten.sources.problems import ShapeChanged
from outlisten.sources.threads.refusals import JUDGED, problem_of

HOST = "graph.threads.net"
VERSION = "v1.0"
LIMIT = 100  # posts at once
MEDIA = (
    "id,media_type,permalink,username,text,timestamp,is_quote_post,has_replies,is_reply,root_post,replied_to,"
    "alt_text,link_attachment_url,topic_tag"
)
OWN = "id,media_type,permalink,username,text,timestamp,is_quote_post,has_replies,alt_text,link_attachment_url"
Media = Mapping[str, Any]


class ThreadsClient:
    """Asks with the long-lived token of one account."""

    def __init__(self, fetcher: Fetcher, token: str) -> None:
        self._fetcher = fetcher
        self.token = token.strip()

    def get(self, path: str, **asked: Any) -> dict[str, Any]:
        """An object. Raises SourceProblem."""
        return self._good(self.answered("GET", path, params=asked))

    def listed(self, path: str, **asked: Any) -> tuple[list[Media], str]:
        """A page of a list, and the word for the next one, empty at the end. Raises SourceProblem."""
        told = self.get(path, limit=LIMIT, **asked)
        found = told.get("data")
        if not isinstance(found, list) or not all(isinstance(one, dict) and one.get("id") for one in found):
            raise ShapeChanged(host=HOST, reason="no list of records")
        paging = told.get("paging") or {}
        further = (paging.get("cursors") or {}).get("after") if paging.get("next") else None
        return found, str(further or "")

    def conversation(self, post: str, after: str = "") -> tuple[list[Media], str]:
        """What answers a post at any depth, newest first."""
        place = {"after": after} if after else {}
        return self.listed(f"{quote(post, safe='')}/conversation", fields=MEDIA, reverse="true", **place)

    def account(self) -> dict[str, Any]:
        """Whose token it is. Raises CredentialRefused."""
        return self.get("me", fields="id,username")

    def renewed(self) -> dict[str, Any]:
        """A token that holds for another sixty days. This request alone takes the old one in its address and nowhere else."""
        address = f"https://{HOST}/refresh_access_token"
        asked = {"grant_type": "th_refresh_token", "access_token": self.token}
        return self._good(self._fetcher.get(address, params=asked, judged=JUDGED))

    def rest(self, seconds: float) -> None:
        """Let the next request wait."""
        self._fetcher.rest(f"https://{HOST}/", seconds)

    def answered(self, method: str, path: str, **sent: Any) -> Answer:
        """What a request is answered, a refusal too."""
        headers = {"Authorization": f"Bearer {self.token}", "Accept": "application/json"}
        address = f"https://{HOST}/{VERSION}/{path}"
        return self._fetcher.send(method, address, headers=headers, judged=JUDGED, **sent)

    def _good(self, answer: Answer) -> dict[str, Any]:
        if problem := problem_of(answer):
            raise problem
        told = answer.json()
        if not isinstance(told, dict):
            raise ShapeChanged(host=HOST, reason="no object")
        return told
