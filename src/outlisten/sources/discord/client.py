"""Asking Discord as a bot.

Over our own Fetcher and not discord.py: that is a framework with an event loop of its own, keeps all of a server in memory, and
decides by itself how long to wait and when to try again.

https://discord.com/developers/docs/reference
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any

from outlisten.sources.fetching import Answer, Fetcher
from outlisten.sources.problems import AnswerRefused, NotAllowed, NotThere, ShapeChanged
from outlisten.sources.times import utc

INTERFACE = "https://discord.com/api/v10"
HOST = "discord.com"
PAGE = 100  # messages or threads an answer holds at most
GUILDS = 200  # servers an answer holds at most
PACE = 0.25  # seconds between two requests: fifty a second are allowed in all, and far fewer of one kind
LONGEST_REST = 30.0
# The flags of a bot that may read what people write: with the intent, and with it for bots in few servers.
READS_CONTENT = (1 << 18) | (1 << 19)
Told = Mapping[str, Any]


class DiscordClient:
    """Asks as one bot."""

    def __init__(self, fetcher: Fetcher, token: str) -> None:
        self._fetcher = fetcher
        self.token = token.strip().removeprefix("Bot ")
        self._headers = {"Authorization": f"Bot {self.token}"}

    def me(self) -> Told:
        """The bot's own account. Raises CredentialRefused."""
        return self._one("/users/@me")

    def reads_content(self) -> bool:
        """Whether the bot is given what people write, or messages without their words."""
        flags = self._one("/applications/@me").get("flags")
        return not isinstance(flags, int) or bool(flags & READS_CONTENT)

    def guilds(self) -> Iterator[Told]:
        """The servers the bot is in."""
        after = "0"
        while True:
            found = self._many("/users/@me/guilds", {"after": after, "limit": GUILDS})
            yield from found
            if len(found) < GUILDS:
                return
            after = str(found[-1]["id"])

    def channels(self, guild: str) -> list[Told]:
        """A server's channels, also those that the bot may not read."""
        return self._many(f"/guilds/{guild}/channels")

    def channel(self, identifier: str) -> Told | None:
        """A channel or thread, or None where there is none that the bot may read."""
        with suppress(NotThere, NotAllowed):
            return self._one(f"/channels/{identifier}")
        return None

    def active_threads(self, guild: str) -> list[Told]:
        """The threads of a server in which people still write, of those that the bot may read."""
        return _threads(self._one(f"/guilds/{guild}/threads/active"))

    def archived_threads(self, channel: str, since: datetime) -> Iterator[Told]:
        """Public threads of a channel that were archived since; none where the bot may not read it."""
        before: dict[str, Any] = {}
        while True:
            try:
                told = self._one(f"/channels/{channel}/threads/archived/public", {"limit": PAGE, **before})
            except (NotAllowed, NotThere):
                return
            found = [thread for thread in _threads(told) if (_archived(thread) or since) >= since]
            yield from found
            if not found or len(found) < len(_threads(told)) or not told.get("has_more"):
                return
            before = {"before": found[-1]["thread_metadata"]["archive_timestamp"]}

    def messages(self, channel: str, **between: int) -> list[Told]:
        """A page of a channel's messages, newest first: the newest, the newest `before` one, or the oldest `after` one."""
        return self._many(f"/channels/{channel}/messages", {"limit": PAGE, **between})

    def message(self, channel: str, identifier: str) -> Told | None:
        """A message as it stands now, None when it is deleted. Raises NotAllowed."""
        with suppress(NotThere):
            return self._one(f"/channels/{channel}/messages/{identifier}")
        return None

    def gateway(self) -> str:
        """Where events are sent from."""
        return str(self._one("/gateway/bot").get("url") or "")

    def send(self, channel: str, message: Mapping[str, Any]) -> Told:
        """Write a message; one with the same nonce is taken once.

        Raises AnswerRefused when it surely does not stand, another SourceProblem when that is not known.
        """
        answer = self._fetcher.send(
            "POST", f"{INTERFACE}/channels/{channel}/messages", json=message, headers=self._headers,
            pace=PACE, judged={400, 403, 404},
        )  # fmt: skip
        if answer.status >= 400:
            raise AnswerRefused(host=HOST, reason=_reason(answer))
        sent = answer.json()
        if not isinstance(sent, dict) or not sent.get("id"):
            raise ShapeChanged(host=HOST, reason="no message")
        return sent

    def _one(self, path: str, asked: Mapping[str, Any] | None = None) -> Told:
        found = self._get(path, asked)
        if not isinstance(found, dict):
            raise ShapeChanged(host=HOST, reason="no list of records")
        return found

    def _many(self, path: str, asked: Mapping[str, Any] | None = None) -> list[Told]:
        found = self._get(path, asked)
        if not isinstance(found, list) or not all(isinstance(one, dict) and one.get("id") for one in found):
            raise ShapeChanged(host=HOST, reason="no list of records")
        return found

    def _get(self, path: str, asked: Mapping[str, Any] | None) -> Any:
        # 403 is judged here: elsewhere it means a wait where no request is left, which Discord says beside every answer.
        answer = self._fetcher.get(
            f"{INTERFACE}{path}", params=asked, headers=self._headers, pace=PACE, judged={403}
        )
        self._rest(answer)
        if answer.status == 403:
            raise NotAllowed(host=HOST, status=403)
        return answer.json()

    def _rest(self, answer: Answer) -> None:
        """Where this was the last request for now, wait until there are others: a refused one counts against the bot."""
        if answer.headers.get("x-ratelimit-remaining") == "0":
            with suppress(ValueError):
                wait = float(answer.headers.get("x-ratelimit-reset-after", ""))
                self._fetcher.rest(INTERFACE, min(max(wait, 0.0), LONGEST_REST))


def _threads(told: Told) -> list[Told]:
    found = told.get("threads")
    if not isinstance(found, list) or not all(isinstance(one, dict) and one.get("id") for one in found):
        raise ShapeChanged(host=HOST, reason="no list of records")
    return found


def _archived(thread: Told) -> datetime | None:
    return utc((thread.get("thread_metadata") or {}).get("archive_timestamp"))


def _reason(answer: Answer) -> str:
    """What Discord says about its refusal, to its innermost sentence, cut to a line."""
    try:
        told = answer.json()
    except ShapeChanged:
        told = {}
    said = _innermost(told.get("errors")) or told.get("message") if isinstance(told, dict) else ""
    return " ".join(str(said or "").split())[:200] or f"status {answer.status}"


def _innermost(errors: Any) -> str:
    """The first message among errors that are nested by field."""
    while isinstance(errors, dict) and errors:
        listed = errors.get("_errors")
        if isinstance(listed, list) and listed and isinstance(listed[0], dict):
            return str(listed[0].get("message") or "")
        errors = next(iter(errors.values()))
    return ""
