"""Asking Reddit's interface as an application or as an account.

Over our own Fetcher and not PRAW: that opens its connections with requests, past the guard and past the pace that all sources of
a host share, sleeps where a source should let go, and walks listings without a place to go on from.

https://www.reddit.com/dev/api/ , https://github.com/reddit-archive/reddit/wiki/OAuth2 ,
https://support.reddithelp.com/hc/en-us/articles/16160319875092-Reddit-Data-API-Wiki
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from outlisten import __version__
from outlisten.sources.access_tokens import AccessTokens
from outlisten.sources.fetching import Answer, Fetcher
from outlisten.sources.fetching.answers import checked
from outlisten.sources.problems import NotThere, ShapeChanged, Throttled
from outlisten.sources.reddit.things import HOST, Thing, Tree, children, found, is_gone, is_post_or_comment
from outlisten.sources.walking import Listed

INTERFACE = f"https://{HOST}"
TOKENS = "https://www.reddit.com/api/v1/access_token"
MOST = 100  # things an answer, names a question, and comments that were left out of a thread
PATIENCE = 60.0  # seconds to the end of a used-up window that are waited out; a longer time ends the run
NEIGHBOURS = (
    4  # a listing is gone on below the last thing, or below one before it where that was deleted meanwhile
)


class RedditClient:
    """Reads what is public; what is written to the account too where there is a refresh token (`has_account`)."""

    def __init__(
        self, fetcher: Fetcher, *, application: str, secret: str, refresh_token: str = "", person: str
    ) -> None:
        self._fetcher, self.has_account = fetcher, bool(refresh_token)
        # "<platform>:<app ID>:<version string> (by /u/<reddit username>)" is what Reddit asks for.
        self._agent = f"server:outlisten:v{__version__} (by /u/{person})"
        basic = b64encode(f"{application}:{secret}".encode()).decode()
        form = (
            {"grant_type": "refresh_token", "refresh_token": refresh_token}
            if refresh_token
            else {"grant_type": "client_credentials"}
        )
        headers = {"Authorization": f"Basic {basic}", "User-Agent": self._agent}
        self._tokens = AccessTokens(fetcher, TOKENS, form, headers)
        self._pause = 0.0

    def listed(self, path: str, asked: Mapping[str, Any], at: Mapping[str, Any] | None) -> Listed:
        """Posts and comments of a listing, newest first. Raises SourceProblem.

        `next` holds the last names of the page: Reddit goes on below a name, and gives nothing below one it has not any more.
        """
        told: list[str] = list(at["below"]) if at else []
        listing: Any = None
        for below in told or [""]:
            listing = self._asked(
                path, {**asked, "limit": MOST, **({"after": below} if below else {})}
            ).json()
            if children(listing):
                break
        things = [one for one in children(listing) if is_post_or_comment(one)]
        new = [one for one in map(found, things) if one.id not in told]
        following = listing["data"].get("after")
        below_these = list(
            dict.fromkeys([following, *(str(one["data"]["name"]) for one in reversed(things))])
        )
        return Listed(
            [one for one in new if not is_gone(one.record)],
            {"below": below_these[:NEIGHBOURS]} if following else None,
            [one.id for one in new if is_gone(one.record)],
        )

    def known(self, names: Sequence[str]) -> dict[str, Thing]:
        """Those of up to a hundred posts and comments that Reddit still has, by their names."""
        things = children(self._asked("api/info", {"id": ",".join(names)}).json())
        return {str(one["data"].get("name")): one for one in things}

    def thread(self, post: str, under: str = "") -> Tree:
        """A post with its comments, or those under one comment. Raises SourceProblem."""
        asked = {"sort": "new", "limit": 500, **({"comment": under} if under else {})}
        told = self._asked(f"comments/{post}", asked).json()
        if not isinstance(told, list):
            raise ShapeChanged(host=HOST, reason="no list of records")
        return Tree.of([one for listing in told for one in children(listing)])

    def left_out(self, post: str, ids: Sequence[str]) -> Tree:
        """Up to a hundred comments that an answer left out of a thread."""
        asked = {"api_type": "json", "link_id": f"t3_{post}", "children": ",".join(ids), "sort": "new"}
        told = self._asked("api/morechildren", asked).json()
        try:
            return Tree.of(children({"data": {"children": told["json"]["data"]["things"]}}))
        except (KeyError, TypeError) as problem:
            raise ShapeChanged(host=HOST, reason="no list of records") from problem

    def account(self) -> str:
        """The name of the account whose refresh token it is."""
        told = self._asked("api/v1/me", {}).json()
        name = told.get("name") if isinstance(told, dict) else None
        if not isinstance(name, str) or not name:
            raise ShapeChanged(host=HOST, reason="no account")
        return name

    def comment(self, to: str, text: str) -> Answer:
        """The answer to writing a comment, for `answering` to read; 400 and 403 are not judged here."""
        form = {"api_type": "json", "thing_id": to, "text": text}
        return self._sent("POST", "api/comment", judged=(400, 401, 403), data=form)

    def _asked(self, path: str, params: Mapping[str, Any]) -> Answer:
        answer = self._sent("GET", path, judged=(401,), params={**params, "raw_json": 1})
        if "/subreddits/search" in answer.address:  # where Reddit leads from a subreddit that never was
            raise NotThere(address=f"https://www.reddit.com/{path}", status=302)
        return answer

    def _sent(self, method: str, path: str, *, judged: tuple[int, ...], **sent: Any) -> Answer:
        if self._pause:
            raise Throttled(host=HOST, status=200, wait=self._pause)

        def ask(token: str) -> Answer:
            headers = {"Authorization": f"Bearer {token}", "User-Agent": self._agent}
            return self._fetcher.send(method, f"{INTERFACE}/{path}", headers=headers, judged=judged, **sent)

        answer = self._tokens.asked(ask)
        if answer.status == 401:
            checked(answer, datetime.now(UTC))
        self._keep_the_limit(answer.headers)
        return answer

    def _keep_the_limit(self, headers: Mapping[str, str]) -> None:
        """Wait for the next window where this answer was the last of one."""
        try:
            left, seconds = (float(headers[f"x-ratelimit-{name}"]) for name in ("remaining", "reset"))
        except (KeyError, ValueError):
            return
        if left >= 1:
            return
        if seconds <= PATIENCE:
            self._fetcher.rest(INTERFACE, seconds)
        else:
            self._pause = seconds
