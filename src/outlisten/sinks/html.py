"""A message's sentences in simple HTML: paragraphs and links, every word escaped, nothing that is fetched."""

from __future__ import annotations

from html import escape

from outlisten.sinks.message import Line, Link, Message
from outlisten.sinks.phrases import OPEN


def paragraphs(message: Message) -> str:
    """A paragraph a sentence, and one that leads to Outlisten."""
    more = Line("", (Link(OPEN.text(message.locale), message.url),))
    return "".join(f"<p>{one}</p>\n" for one in map(_line, (*message.lines, more)) if one)


def _line(line: Line) -> str:
    links = (f'<a href="{escape(link.url)}">{escape(link.text or link.url)}</a>' for link in line.links)
    return " · ".join([*([escape(line.text)] if line.text else []), *links])
