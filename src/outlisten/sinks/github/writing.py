"""A message as an issue: GitHub's Markdown, in which nobody is mentioned and nothing is referred to, and a hidden mark."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from outlisten.sinks.cutting import cut, fitted
from outlisten.sinks.keys import short
from outlisten.sinks.markdown import unlinked, written
from outlisten.sinks.message import Line, Link, Message
from outlisten.sinks.phrases import OPEN, URGENT

MOST = 60_000  # characters of a body; GitHub takes 65,536
TITLE = 250  # characters; GitHub takes 256
GITHUB = re.compile(r"^(https?://)(?:www\.)?github\.com(?=[/?#]|$)", re.IGNORECASE)


def mark(key: str, token: str) -> str:
    """A comment that the page does not show. Only who has the token can write it, so that no stranger's issue passes for ours."""
    return f"<!-- outlisten {short(key, token)} -->"


def issue(message: Message, *, token: str, labels: tuple[str, ...]) -> dict[str, Any]:
    """What an issue is created with."""
    urgent = f"{URGENT.text(message.locale)}: " if message.urgent else ""
    title = urgent + cut(unlinked(message.title) or OPEN.text(message.locale), TITLE - len(urgent))
    hidden = mark(message.key, token)
    body = fitted(_unreferred(message), written, lambda text: len(text) + len(hidden) + 2 <= MOST)
    return {"title": title, "body": f"{body}\n\n{hidden}", "labels": list(labels)}


def _unreferred(message: Message) -> Message:
    """Links to issues of others by a way round, as bots take it: else each of those issues would say that we linked to it."""
    return replace(message.saying(*map(_line, message.lines)), url=_round(message.url))


def _line(line: Line) -> Line:
    return Line(line.text, tuple(Link(link.text, _round(link.url)) for link in line.links))


def _round(url: str) -> str:
    return GITHUB.sub(r"\1redirect.github.com", url)
