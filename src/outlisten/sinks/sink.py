"""What every channel out can do. A sink knows its channel and nothing else: no database, no schedule, no rule."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any, ClassVar, TypeVar
from urllib.parse import urlsplit

from outlisten.sinks.manifest import Manifest, manifest_in
from outlisten.sinks.message import Message
from outlisten.sinks.problems import MessageRefused, of_channel
from outlisten.sinks.secrecy import masked
from outlisten.sources.connector import Setting
from outlisten.sources.fetching import Answer
from outlisten.sources.problems import NotOffered, SourceProblem, WrongOption
from outlisten.sources.said import Said

# Statuses that say: not this message, and not the next time either (RFC 9110, 15.5).
REFUSING = frozenset({400, 405, 406, 409, 411, 413, 414, 415, 422, 431})
R = TypeVar("R")
EXCERPT = 200  # characters of an answer that are shown
NO_ADDRESS = Said("this is no web address", "这不是网址")
NOT_SECRET = Said(
    "it holds a secret and would go unencrypted; https is needed",
    "地址中含有密钥，不能不加密传输；需要使用 https",
)


@dataclass(frozen=True, slots=True)
class Delivered:
    """A message that the channel took: what it is called there where the channel says so, and how the channel answered.

    `answer` is the beginning of what was answered, without anything secret.
    """

    native_id: str = ""
    url: str = ""
    status: int = 0
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Reached:
    """Who we are at the channel, and where messages arrive."""

    who: str = ""
    where: str = ""


class Sink(ABC):
    """A channel, with one person's entries. A subclass needs `send`, and `reach` where its manifest says that it checks."""

    PACKAGE: ClassVar[str]  # where manifest.toml lies

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        self.fetcher = setting.fetcher

    @classmethod
    def manifest(cls) -> Manifest:
        """The sink's manifest."""
        return manifest_in(cls.PACKAGE)

    def deliver(self, message: Message) -> Delivered:
        """Deliver a message. Raises SourceProblem; `retrying` knows whether and when to try again."""
        return _in_words_of_channels(lambda: self.send(message))

    def check(self) -> Reached:
        """Whether the entries work, without sending anything. Raises NotOffered where the channel has no way to ask, or
        SourceProblem."""
        return _in_words_of_channels(self.reach)

    @abstractmethod
    def send(self, message: Message) -> Delivered:
        """Send it, or find that it stands there already where the channel can tell. Raises SourceProblem."""

    def reach(self) -> Reached:
        """Ask the channel who we are. Raises SourceProblem."""
        title = self.manifest().title
        raise NotOffered(
            connector=title.en, act="say what it reaches without sending a message",
            connector_zh=title.zh, act_zh="在不发送消息的情况下确认送达对象",
        )  # fmt: skip

    def close(self) -> None:
        """Let go of connections of its own."""
        return

    def ask(self, method: str, address: str, *, judged: Collection[int] = (), **sent: Any) -> Answer:
        """The channel's answer; statuses in `judged` are read by the caller. Raises SourceProblem, MessageRefused too."""
        answer = self.fetcher.send(method, address, judged=REFUSING | set(judged), **sent)
        if answer.status >= 300 and answer.status not in judged:
            raise self.refused(answer)
        return answer

    def refused(self, answer: Answer, reason: str | Said = "") -> MessageRefused:
        """That the channel did not take the message, with what it said of it."""
        return MessageRefused(
            host=answer.host, reason=reason or f"{answer.status} {self.excerpt(answer)}".strip()
        )

    def excerpt(self, answer: Answer) -> str:
        """The beginning of an answer, without anything secret."""
        said = " ".join(answer.body[: EXCERPT * 20].decode("utf-8", "replace").split())
        return masked(said, self.setting.secrets.values())[:EXCERPT]

    def secret(self, name: str) -> str:
        """A secret entry that is needed. Raises WrongOption."""
        said = self.setting.secrets.get(name, "").strip()
        if not said:
            raise WrongOption(option=self.title(name), reason="please fill this in")
        return said

    def secret_address(self, name: str) -> str:
        """An address that is a secret itself: over https, or at a server of one's own. Raises WrongOption."""
        address = self.secret(name)
        try:
            parts = urlsplit(address)
            usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
        except ValueError:
            usable = False
        if not usable or any(sign.isspace() for sign in address):
            raise WrongOption(option=self.title(name), reason=NO_ADDRESS)
        own = {parts.hostname, f"{parts.hostname}:{parts.port}"} & self.fetcher.guard.own
        if parts.scheme == "http" and not own:
            raise WrongOption(option=self.title(name), reason=NOT_SECRET)
        return address

    def title(self, name: str) -> Said:
        """What an entry is called."""
        return next(option.title for option in self.manifest().options if option.name == name)


def _in_words_of_channels(act: Callable[[], R]) -> R:
    try:
        return act()
    except SourceProblem as problem:
        told = of_channel(problem)
    # Raised out here, since an exception keeps the one before it, and that one may hold a secret address.
    raise told
