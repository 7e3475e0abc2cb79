"""What the tests of sinks share: messages, and channels that answer what a dated file says."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import httpx2

from outlisten.sinks.message import Line, Link, Message
from outlisten.sinks.sink import Sink
from outlisten.sources.connector import Setting
from outlisten.sources.fetching import Fetcher, Guard, Politeness
from outlisten.sources.options import entered

HERE = Path(__file__).parent
NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
# What a post may say to do harm in HTML, Markdown, wiki markup and the marks of chats.
HOSTILE = (
    "<!channel> <!here|x> <@U123> @everyone @channel @all @admin #12 GH-7 octo/repo#9 [~admin] "
    '<at user_id="all">所有人</at> <@all> </at> <b>粗体</b> <script>alert(1)</script> <img src=x onerror=alert(1)> '
    "[点我](javascript:alert(1)) ![图](https://evil.example/p.png) *星* _下_ `码` ~~删~~ {html}<b>{html} !a.png! |表| "
    "https://evil.example/repo/issues/1 & \"引号\" 'x' \\ &lt;b&gt; :boom:"
)
LONG = "充电宝又鼓包了😀，" * 60


def message(*lines: Line, **details: Any) -> Message:
    """A message in Chinese with one sentence and one link, unless told otherwise."""
    told: dict[str, Any] = {
        "key": "alert-7-2026-12-01", "kind": "alert", "title": "充电宝：负面声音增多",
        "lines": lines or (Line("三小时内 42 条，平时 6 条。", (Link("最早的一条", "https://example.org/p/1?a=1&b=2"),)),),
        "url": "https://listen.example/alerts/7", "locale": "zh-hans", "at": NOW, **details,
    }  # fmt: skip
    return Message(**told)


def hostile(**details: Any) -> Message:
    """A message whose title, sentence and link say what does harm."""
    link = Link(HOSTILE, 'https://example.org/"><script>|x)*_~/一')
    return message(Line(HOSTILE, (link, Link("坏", "javascript:alert(1)"))), title=HOSTILE, **details)


def long(**details: Any) -> Message:
    """A message longer than any channel takes."""
    return message(*(Line(f"第{number}句 {LONG}") for number in range(200)), **details)


@dataclass
class Channel:
    """Answers by a table of `METHOD /path` (with * for anything) and keeps what it was asked."""

    answers: Mapping[str, Mapping[str, Any]]
    asked: list[httpx2.Request] = field(default_factory=list)

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        self.asked.append(request)
        request.read()
        said = f"{request.method} {request.url.raw_path.decode()}"
        for pattern, answer in self.answers.items():
            if fnmatchcase(said, pattern):
                return _response(answer)
        raise AssertionError(f"nobody said how to answer {said}")

    def sink(
        self, kind: type[Sink], options: Mapping[str, str | Sequence[str]] | None = None,
        secrets: Mapping[str, str] | None = None, now: datetime = NOW, own: Sequence[str] = (),
    ) -> Any:  # fmt: skip
        """A sink of this channel, its options checked as a person's entries are."""
        wanted = [option for option in kind.manifest().options if not option.secret]
        fetcher = Fetcher(
            transport=httpx2.MockTransport(self), politeness=Politeness(0, sleep=lambda _: None), guard=Guard.naming(own)
        )  # fmt: skip
        return kind(Setting(entered(wanted, options or {}), secrets or {}, fetcher, now))

    @property
    def sent(self) -> list[Any]:
        """The JSON that was sent, in its order."""
        return [json.loads(request.content) for request in self.asked if request.content]


def _response(answer: Mapping[str, Any]) -> httpx2.Response:
    if answer.get("broken"):
        raise httpx2.ReadTimeout("the answer does not come")
    body = json.dumps(answer["json"], ensure_ascii=False) if "json" in answer else answer.get("text", "")
    return httpx2.Response(
        answer.get("status", 200), content=body.encode(), headers=answer.get("headers", {})
    )


@dataclass(frozen=True)
class Told:
    """A dated file of answers: what is entered, how a channel answers when all is well, and what it answers otherwise."""

    options: Mapping[str, str]
    secrets: Mapping[str, str]
    good: Mapping[str, Mapping[str, Any]]
    delivered: Mapping[str, str]
    cases: Sequence[Mapping[str, Any]]

    def channel(self, case: Mapping[str, Any] | None = None) -> Channel:
        """A channel that answers well, but for what the case says."""
        instead = (case or {}).get("instead", {})
        return Channel(
            {**instead, **{asked: answer for asked, answer in self.good.items() if asked not in instead}}
        )

    def sink(self, kind: type[Sink], channel: Channel) -> Any:
        return channel.sink(kind, self.options, self.secrets)


def answers(name: str) -> Told | None:
    """The newest file of answers of a sink; None where it has none."""
    files = sorted((HERE / name / "fixtures").glob("answers-*.json"))
    if not files:
        return None
    told = json.loads(files[-1].read_text("utf-8"))
    return Told(
        told.get("options", {}), told.get("secrets", {}), told["good"], told["delivered"], told["cases"]
    )
