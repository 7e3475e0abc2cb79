"""Asking YouTube's Data API, version 3: with a key to read, as a channel to answer.

Over our own Fetcher and not google-api-python-client: that brings its own connections (past the guard, the shared pace and the
limits on what an answer may weigh), and of its 110 MB we would use six methods. Its description of them is what we test
against. The key goes in a header, as an address is written into logs on the way.

https://developers.google.com/youtube/v3/docs
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from outlisten.sources.access_tokens import AccessTokens
from outlisten.sources.fetching import Answer, Fetcher
from outlisten.sources.problems import NotThere, ShapeChanged
from outlisten.sources.times import utc
from outlisten.sources.walking import Found, Listed, by_page
from outlisten.sources.youtube.refusals import HOST, JUDGED, good, no_answer, reasons

INTERFACE = f"https://{HOST}/youtube/v3"
TOKENS = "https://oauth2.googleapis.com/token"
MOST, MOST_IDS = 100, 50  # comments an answer; ids a question, and search results an answer
Resource = dict[str, Any]


class YouTubeClient:
    """Reads what is public. `has_account` says whether it can also ask as a channel."""

    def __init__(
        self, fetcher: Fetcher, now: datetime, *, key: str, application: str = "", secret: str = "",
        refresh_token: str = "",
    ) -> None:  # fmt: skip
        self._fetcher, self._now, self._key = fetcher, now, key
        self.has_account = bool(application and secret and refresh_token)
        form = {"client_id": application, "client_secret": secret, "refresh_token": refresh_token}
        self._tokens = AccessTokens(fetcher, TOKENS, {**form, "grant_type": "refresh_token"})

    def threads(self, of: Mapping[str, str], at: Mapping[str, Any] | None) -> Listed:
        """Threads of a channel or a video, newest first. A new reply or an edit makes another id. Raises SourceProblem."""
        asked = {"part": "snippet,replies", "order": "time", "textFormat": "plainText", "maxResults": MOST}
        return self._paged("commentThreads", {**asked, **of}, at, _thread)

    def search(self, words: str, at: Mapping[str, Any] | None, floor: int | None) -> Listed:
        """Videos found by words, newest first, as search results. Raises SourceProblem."""
        asked = {"part": "snippet", "type": "video", "order": "date", "q": words, "maxResults": MOST_IDS}
        after = {} if floor is None else {"publishedAfter": _iso(floor)}
        return self._paged("search", asked | after, at, _hit)

    def replies(self, comment: str, *, as_us: bool = False) -> Iterator[Resource]:
        """All replies to a comment at the top of a thread."""
        asked = {"part": "snippet", "parentId": comment, "textFormat": "plainText", "maxResults": MOST}
        token: str | None = ""
        while token is not None:
            answer = self._asked("comments", asked | ({"pageToken": token} if token else {}), as_us=as_us)
            yield from answer.records("items")
            token = answer.json().get("nextPageToken")

    def comments(self, ids: Sequence[str]) -> tuple[dict[str, Resource], set[str]]:
        """Those of some comments that stand, by id, and the ids of those that we may not read.

        One that is missing may spoil the answer for all it was asked with: then each half is asked for.
        """
        if len(ids) > MOST_IDS:
            return self._halves(ids)
        answer = self._sent("comments", {"part": "snippet", "id": ",".join(ids), "textFormat": "plainText"})
        is_missing, is_refused = answer.status == 404, reasons(answer) == {"forbidden"}
        if (is_missing or is_refused) and len(ids) > 1:
            return self._halves(ids)
        if is_missing or is_refused:
            return {}, set(ids) if is_refused else set()
        return {str(one.get("id")): one for one in good(answer, self._now).records("items")}, set()

    def videos(self, ids: Sequence[str]) -> dict[str, Resource]:
        """Those of some videos that are public, by id, with their numbers."""
        found: dict[str, Resource] = {}
        for first in range(0, len(ids), MOST_IDS):
            asked = {"part": "snippet,statistics", "id": ",".join(ids[first : first + MOST_IDS])}
            found |= {str(one.get("id")): one for one in self._asked("videos", asked).records("items")}
        return found

    def channel(self, handle: str) -> str:
        """The id of the channel with a handle. Raises NotThere."""
        found = self._asked("channels", {"part": "id", "forHandle": handle}).json().get("items") or []
        if not found:
            raise NotThere(address=f"https://www.youtube.com/{handle}", status=404)
        return str(found[0]["id"])

    def own_channel(self) -> Resource:
        """The channel that we answer as."""
        found = self._asked("channels", {"part": "snippet", "mine": "true"}, as_us=True).records("items")
        if not found:
            raise ShapeChanged(host=HOST, reason="no account")
        return found[0]

    def reply(self, comment: str, text: str) -> Resource:
        """Write a reply to a comment at the top of a thread. Raises AnswerRefused when it surely does not stand."""
        said = {"snippet": {"parentId": comment, "textOriginal": text}}
        answer = self._as_us("POST", "comments", {"part": "snippet"}, json=said)
        if answer.status in JUDGED:
            raise no_answer(answer, self._now)
        told = good(answer, self._now).json()
        if not isinstance(told, dict) or not told.get("id"):
            raise ShapeChanged(host=HOST, reason="no status")
        return told

    def _halves(self, ids: Sequence[str]) -> tuple[dict[str, Resource], set[str]]:
        middle = len(ids) // 2
        (first, first_refused), (second, second_refused) = map(self.comments, (ids[:middle], ids[middle:]))
        return first | second, first_refused | second_refused

    def _paged(self, path: str, asked: Mapping[str, Any], at: Mapping[str, Any] | None, found: Any) -> Listed:
        """A page. Tokens grow old: where one is refused the walk starts anew, leaving out what came already."""
        token = at["place"] if at else None
        answer = self._sent(path, {**asked, **({"pageToken": token} if token else {})})
        anew = 0
        if at and "invalidPageToken" in reasons(answer):
            anew = at.get("anew", 0) + 1
            answer = self._sent(path, asked)
        ranked = [found(one) for one in good(answer, self._now).records("items")]
        listed = by_page(_in_order(ranked), at, answer.json().get("nextPageToken"))
        if anew and listed.next:
            # The place may be the one that was refused: counted, it is no answer that points to itself.
            return replace(listed, next={**listed.next, "anew": anew})
        return listed

    def _asked(self, path: str, params: Mapping[str, Any], *, as_us: bool = False) -> Answer:
        answer = self._as_us("GET", path, params) if as_us else self._sent(path, params)
        return good(answer, self._now)

    def _sent(self, path: str, params: Mapping[str, Any]) -> Answer:
        headers = {"X-Goog-Api-Key": self._key}
        return self._fetcher.send("GET", f"{INTERFACE}/{path}", params=params, headers=headers, judged=JUDGED)

    def _as_us(self, method: str, path: str, params: Mapping[str, Any], **sent: Any) -> Answer:
        def ask(token: str) -> Answer:
            headers = {"Authorization": f"Bearer {token}"}
            return self._fetcher.send(
                method, f"{INTERFACE}/{path}", params=params, headers=headers, judged=JUDGED, **sent
            )

        return self._tokens.asked(ask)


def _thread(thread: Resource) -> Found:
    try:
        top = thread["snippet"]["topLevelComment"]["snippet"]
        state = f"{thread['id']}/{thread['snippet'].get('totalReplyCount', 0)}/{top.get('updatedAt')}"
        return Found(_second(top["publishedAt"]), state, thread)
    except (KeyError, TypeError) as problem:
        raise ShapeChanged(host=HOST, reason="a record without its number or its date") from problem


def _hit(result: Resource) -> Found:
    try:
        return Found(_second(result["snippet"]["publishedAt"]), str(result["id"]["videoId"]), result)
    except (KeyError, TypeError) as problem:
        raise ShapeChanged(host=HOST, reason="a record without its number or its date") from problem


def _second(told: Any) -> int:
    when = utc(told)
    if when is None:
        raise ShapeChanged(host=HOST, reason="a record without its number or its date")
    return int(when.timestamp())


def _in_order(found: Sequence[Found]) -> list[Found]:
    """None ranks below one that follows it: an old one that stands further up must not end a walk."""
    ranked: list[Found] = []
    for one in reversed(found):
        ranked.append(Found(max(one.rank, ranked[-1].rank) if ranked else one.rank, one.id, one.record))
    return ranked[::-1]


def _iso(second: int) -> str:
    return datetime.fromtimestamp(second, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
