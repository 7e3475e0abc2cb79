"""A message as an issue: a document of Atlassian's for the cloud, wiki markup for a server."""

from __future__ import annotations

import json
from typing import Any

from outlisten.sinks.cutting import cut, fitted
from outlisten.sinks.keys import short
from outlisten.sinks.likenesses import plain
from outlisten.sinks.message import Line, Link, Message
from outlisten.sinks.phrases import OPEN, URGENT

MOST = 30_000  # characters of a description; Jira takes 32,767
SUMMARY = 250  # characters; Jira takes 255
WORDS = 200  # characters of a link
# Further markup of wiki text, beside what `plain` undoes: macros, pictures, line breaks, superscript, inserted text.
WIKI = str.maketrans("{}!\\^+", "｛｝！＼＾＋")


def label(key: str) -> str:
    """The label that an issue of this message carries and is found by."""
    return f"outlisten-{short(key)}"


def fields(message: Message, *, project: str, issue_type: str, in_wiki: bool) -> dict[str, Any]:
    """The fields of the issue."""
    urgent = f"{URGENT.text(message.locale)}: " if message.urgent else ""
    return {
        "project": {"key": project},
        "issuetype": {"name": issue_type},
        "summary": urgent + cut(message.title or OPEN.text(message.locale), SUMMARY - len(urgent)),
        "description": wiki(message) if in_wiki else document(message),
        "labels": ["outlisten", label(message.key)],
    }


def document(message: Message) -> dict[str, Any]:
    """The description in the Atlassian Document Format, in which text is text and a mention a node of its own."""
    return fitted(message, _document, lambda made: len(json.dumps(made, ensure_ascii=False)) <= MOST)


def wiki(message: Message) -> str:
    """The description in wiki markup, which words of posts cannot write: its signs become their likenesses."""
    return fitted(message, _wiki, lambda text: len(text) <= MOST)


def _document(message: Message) -> dict[str, Any]:
    lines = [*message.lines, *([Line("", (_more(message),))] if message.url else [])]
    paragraphs = [{"type": "paragraph", "content": nodes} for line in lines if (nodes := _nodes(line))]
    return {"type": "doc", "version": 1, "content": paragraphs}


def _nodes(line: Line) -> list[dict[str, Any]]:
    nodes = [_text(line.text)] if line.text else []
    for link in line.links:
        mark = {"type": "link", "attrs": {"href": link.url}}
        nodes += [
            *([_text(" · ")] if nodes else []),
            {**_text(cut(link.text or link.url, WORDS)), "marks": [mark]},
        ]
    return nodes


def _text(words: str) -> dict[str, Any]:
    return {"type": "text", "text": words}


def _wiki(message: Message) -> str:
    parts = [*map(_wiki_line, message.lines), _wiki_link(_more(message)) if message.url else ""]
    return "\n\n".join(filter(None, parts))


def _wiki_line(line: Line) -> str:
    return " · ".join(filter(None, [_unmarked(line.text), *map(_wiki_link, line.links)]))


def _wiki_link(link: Link) -> str:
    return f"[{_unmarked(cut(link.text or link.url, WORDS))}|{link.url}]"


def _unmarked(words: str) -> str:
    return plain(words).translate(WIKI)


def _more(message: Message) -> Link:
    return Link(OPEN.text(message.locale), message.url)
