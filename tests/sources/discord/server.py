"""Discord's side as its description says: every request is held against it, and so is every answer."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2
from tests.sources.discord.official import BASE, answer_fits, fits, request_fits
from tests.sources.network import NOW, told

from outlisten.sources.discord.snowflakes import snowflake

GUILD, TALK, NEWS, FORUM, CLOSED = "100", "201", "202", "203", "204"
ME, LIN, SAM = "900", "901", "902"
INTENT = 1 << 19
MINUTE = timedelta(minutes=1)


def at(minutes: float, number: int = 0) -> int:
    """The number of a message so many minutes from now."""
    return snowflake(NOW + minutes * MINUTE) + number


def user(
    identifier: str = LIN, name: str = "lin_demo", shown: str | None = "林", **more: Any
) -> dict[str, Any]:
    return {
        "id": identifier, "username": name, "global_name": shown, "avatar": None, "discriminator": "0",
        "public_flags": 0, "flags": 0, "primary_guild": None, **more,
    }  # fmt: skip


def message(number: int, text: str, channel: str = TALK, **more: Any) -> dict[str, Any]:
    written = datetime.fromtimestamp((number >> 22) / 1000 + 1_420_070_400, UTC)
    return {
        "type": 0, "content": text, "mentions": [], "mention_roles": [], "attachments": [], "embeds": [],
        "timestamp": written.isoformat(), "edited_timestamp": None, "flags": 0, "components": [],
        "id": str(number), "channel_id": channel, "author": user(), "pinned": False,
        "mention_everyone": False, "tts": False, **more,
    }  # fmt: skip


def channel(identifier: str, name: str, kind: int = 0) -> dict[str, Any]:
    return {"id": identifier, "type": kind, "flags": 0, "guild_id": GUILD, "name": name, "position": 1}


def thread(identifier: int, name: str, parent: str, archived: datetime | None = None) -> dict[str, Any]:
    meta = {
        "archived": archived is not None, "archive_timestamp": (archived or NOW).isoformat(),
        "auto_archive_duration": 1440, "locked": False,
    }  # fmt: skip
    return {
        "id": str(identifier), "type": 11, "flags": 0, "guild_id": GUILD, "name": name, "parent_id": parent,
        "owner_id": LIN, "thread_metadata": meta, "message_count": 1, "member_count": 1, "total_message_sent": 1,
    }  # fmt: skip


@dataclass
class Server:
    """One server with two channels to talk in, a forum, and a channel that the bot may not read."""

    channels: list[dict[str, Any]] = field(
        default_factory=lambda: [
            channel("200", "Rooms", 4), channel(TALK, "talk"), channel(NEWS, "新闻", 5),
            channel(FORUM, "help-forum", 15), channel(CLOSED, "team"),
        ]
    )  # fmt: skip
    threads: list[dict[str, Any]] = field(default_factory=list)
    messages: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    flags: int = INTENT
    gateway: str = "wss://gateway.example"
    refusal: httpx2.Response | None = None
    asked: list[str] = field(default_factory=list)

    def says(self, *messages: dict[str, Any]) -> None:
        for one in messages:
            self.messages.setdefault(one["channel_id"], []).append(one)

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        request_fits(request)
        parts = request.url.path.removeprefix(BASE).strip("/").split("/")
        self.asked.append("/".join(parts))
        if self.refusal is not None:
            return self.refusal
        body = self._answer(request.method, parts, dict(request.url.params), request.content)
        if isinstance(body, httpx2.Response):
            return body
        answer_fits(request, body)
        return told(body, x_ratelimit_remaining="4", x_ratelimit_reset_after="1.0")

    def _answer(self, method: str, parts: list[str], asked: dict[str, str], content: bytes) -> Any:
        match [method, *parts]:
            case ["GET", "users", "@me"]:
                about = {"mfa_enabled": False, "locale": "en-US"}
                return user(ME, "acme_bot", "Acme", bot=True) | about
            case ["GET", "users", "@me", "guilds"]:
                rest = {"icon": None, "banner": None, "owner": False, "permissions": "0", "features": []}
                return [{"id": GUILD, "name": "Acme 社区", **rest}] if asked["after"] == "0" else []
            case ["GET", "applications", "@me"]:
                return self._application()
            case ["GET", "gateway", "bot"]:
                limit = {"max_concurrency": 1, "remaining": 999, "reset_after": 1, "total": 1000}
                return {"url": self.gateway, "session_start_limit": limit, "shards": 1}
            case ["GET", "guilds", _, "channels"]:
                return [self._with_last(one) for one in self.channels]
            case ["GET", "guilds", _, "threads", "active"]:
                active = [one for one in self.threads if not one["thread_metadata"]["archived"]]
                return self._listed(active, more=False)
            case ["GET", "channels", parent, "threads", "archived", "public"]:
                return self._archived(parent, asked)
            case ["GET", "channels", one]:
                found = [room for room in [*self.channels, *self.threads] if room["id"] == one]
                return self._with_last(found[0]) if found else refused(404, 10003, "Unknown Channel")
            case [_, "channels", one, "messages", *rest]:
                if one == CLOSED:
                    return refused(403, 50001, "Missing Access")
                return self._sent(one, content) if method == "POST" else self._read(one, rest, asked)
        raise AssertionError(parts)

    def _read(self, room: str, rest: list[str], asked: dict[str, str]) -> Any:
        written = sorted(self.messages.get(room, []), key=lambda one: -int(one["id"]))
        if rest:
            found = [one for one in written if one["id"] == rest[0]]
            return found[0] if found else refused(404, 10008, "Unknown Message")
        if "after" in asked:
            later = [one for one in written if int(one["id"]) > int(asked["after"])]
            return later[-int(asked["limit"]) :]
        below = int(asked.get("before", 1 << 63))
        return [one for one in written if int(one["id"]) < below][: int(asked["limit"])]

    def _sent(self, room: str, content: bytes) -> Any:
        body = json.loads(content)
        if len(body["content"]) > 2000:
            inner = {"code": "BASE_TYPE_MAX_LENGTH", "message": "Must be 2000 or fewer in length."}
            return refused(400, 50035, "Invalid Form Body", errors={"content": {"_errors": [inner]}})
        written = self.messages.get(room, [])
        if body["message_reference"]["message_id"] not in {one["id"] for one in written}:
            return refused(400, 50035, "Invalid Form Body", errors={
                "message_reference": {"_errors": [{"code": "X", "message": "Unknown message"}]}})  # fmt: skip
        if same := [one for one in written if one.get("nonce") == body["nonce"]]:
            return same[0]
        reference = {"type": 0, "channel_id": room, **body["message_reference"]}
        del reference["fail_if_not_exists"]
        sent = message(at(60, len(written)), body["content"], room, type=19, message_reference=reference,
                       nonce=body["nonce"], author=user(ME, "acme_bot", "Acme", bot=True))  # fmt: skip
        self.says(sent)
        return sent

    def _archived(self, parent: str, asked: dict[str, str]) -> Any:
        found = [
            one for one in self.threads if one["thread_metadata"]["archived"] and one["parent_id"] == parent
        ]
        found.sort(key=_archived_at, reverse=True)
        below = [one for one in found if _archived_at(one) < asked.get("before", "9999")]
        return self._listed(below[:2], more=len(below) > 2)

    def _listed(self, threads: list[dict[str, Any]], *, more: bool) -> Any:
        return {"threads": [self._with_last(one) for one in threads], "members": [], "has_more": more}

    def _with_last(self, room: dict[str, Any]) -> dict[str, Any]:
        written = self.messages.get(room["id"], [])
        known = {"last_message_id": None} | {
            key: value for key, value in room.items() if key == "last_message_id"
        }
        last = max(written, key=lambda one: int(one["id"]))["id"] if written else known["last_message_id"]
        return {**room, "last_message_id": last}

    def _application(self) -> dict[str, Any]:
        return {
            "id": ME, "name": "Acme", "icon": None, "description": "", "type": None, "verify_key": "k", "flags": self.flags,
            "flags_new": str(self.flags), "redirect_uris": [], "interactions_endpoint_url": None,
            "role_connections_verification_url": None, "owner": user(SAM, "sam_demo", "Sam"), "approximate_guild_count": 1,
            "approximate_user_install_count": 0, "approximate_user_authorization_count": 0, "explicit_content_filter": 0,
            "team": None, "eligible_oauth2_scopes": [],
        }  # fmt: skip


def refused(status: int, code: int, said: str, **more: Any) -> httpx2.Response:
    """A refusal; the documentation writes the codes of inner errors as words, the description as numbers."""
    body = {"code": code, "message": said}
    fits(body, "ErrorResponse")
    return told(body | more, status, x_ratelimit_remaining="0", x_ratelimit_reset_after="0.1")


def _archived_at(one: dict[str, Any]) -> str:
    return str(one["thread_metadata"]["archive_timestamp"])
