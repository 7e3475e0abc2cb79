"""What goes out: a title and sentences with links, the same for every channel. Posts are quoted in it, so its text is hostile."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal
from urllib.parse import quote, urlsplit

from outlisten.words import Locale

Kind = Literal["alert", "digest", "test"]
# Signs without a shape, lone surrogates, and those that turn the direction of what follows them.
UNSHOWN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
# What ends an address in HTML, in Markdown or in the marks of a chat.
UNSAFE_IN_ADDRESS = re.compile(r"[\s<>\"'()\[\]\\^`{|}]")


def on_one_line(text: str) -> str:
    """The text without line breaks and without signs that hide or turn something."""
    return " ".join(UNSHOWN.sub("", text).split())


def web_address(url: str) -> str:
    """The address so that it ends no mark it is written into; empty where it is none of the web."""
    address = re.sub(r"[\t\r\n]", "", UNSHOWN.sub("", url.strip()))
    try:
        parts = urlsplit(address)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        return ""
    if not usable or UNSAFE_IN_ADDRESS.search(parts.netloc.strip("[]").replace("]:", ":")):
        return ""
    host, after = f"{parts.scheme}://{parts.netloc}", address.split(parts.netloc, 1)[1]
    return host + UNSAFE_IN_ADDRESS.sub(lambda sign: quote(sign[0], safe=""), after)


@dataclass(frozen=True, slots=True)
class Link:
    """A place in the web and what it is called. `url` is empty where the given one is no web address."""

    text: str
    url: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", on_one_line(self.text))
        object.__setattr__(self, "url", web_address(self.url))


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence, and the links that follow it; links that lead nowhere are left out."""

    text: str
    links: tuple[Link, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", on_one_line(self.text))
        object.__setattr__(self, "links", tuple(link for link in self.links if link.url))


@dataclass(frozen=True, slots=True)
class Message:
    """One message. `key` stays the same however often it is tried, so that it arrives once; `url` is its page in Outlisten."""

    key: str
    kind: Kind
    title: str
    lines: tuple[Line, ...]
    url: str
    locale: Locale
    at: datetime
    urgent: bool = False

    def __post_init__(self) -> None:
        if not self.key or self.at.tzinfo is None:
            raise ValueError("a message needs a key, and a time with its zone")
        object.__setattr__(self, "title", on_one_line(self.title))
        object.__setattr__(self, "url", web_address(self.url))

    def saying(self, *lines: Line) -> Message:
        """The same message with other lines."""
        return replace(self, lines=lines)
