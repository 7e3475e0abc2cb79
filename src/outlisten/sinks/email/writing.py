"""A message as a mail: the same words plain and in simple HTML."""

from __future__ import annotations

from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from hashlib import blake2b
from html import escape

from outlisten.sinks.cutting import cut, fitted
from outlisten.sinks.message import Line, Link, Message
from outlisten.sinks.phrases import OPEN

MOST = 100_000  # characters of the plain part
LANGUAGES = {"en": "en", "zh-hans": "zh-Hans"}
LONGEST_SUBJECT = 200  # characters; mail programs show less


def mail(message: Message, *, sender: Address, to: tuple[Address, ...]) -> EmailMessage:
    """The mail, the same for the same key however often it is made."""
    made = EmailMessage(policy=SMTP)
    made["From"] = sender
    made["To"] = to
    made["Subject"] = cut(message.title, LONGEST_SUBJECT)
    made["Date"] = format_datetime(message.at)
    made["Message-ID"] = f"<{message_id(message.key, sender)}>"
    made["Auto-Submitted"] = "auto-generated"  # RFC 3834: no absence notes in answer
    if message.urgent:
        made["Importance"] = "high"
        made["X-Priority"] = "1"
    plain, html = fitted(
        message, lambda one: (as_text(one), as_html(one)), lambda parts: len(parts[0]) <= MOST
    )
    made.set_content(plain, cte="base64")  # not every server takes signs beyond ASCII as they are
    made.add_alternative(html, subtype="html", cte="base64")
    made["Content-Language"] = LANGUAGES[message.locale]
    return made


def message_id(key: str, sender: Address) -> str:
    """An id of the sender's domain that says nothing of the key."""
    said = blake2b(f"{sender.addr_spec}\0{key}".encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
    return f"outlisten.{said}@{sender.domain or 'localhost'}"


def as_text(message: Message) -> str:
    """The plain part: a paragraph a sentence, each link on a line of its own."""
    parts = [message.title, *map(_text_line, message.lines)]
    if message.url:
        parts.append(f"{OPEN.text(message.locale)}: {message.url}")
    return "\n\n".join(filter(None, parts)) + "\n"


def as_html(message: Message) -> str:
    """The HTML part: no picture, no script, nothing that is fetched."""
    more = Line("", (Link(OPEN.text(message.locale), message.url),))
    title = escape(message.title)
    body = "".join(f"<p>{one}</p>\n" for one in map(_html_line, (*message.lines, more)) if one)
    return (
        f'<!doctype html>\n<html lang="{LANGUAGES[message.locale]}"><head><meta charset="utf-8"><title>{title}</title></head>\n'
        '<body style="font-family:sans-serif;line-height:1.5;max-width:40em">\n'
        f'<h1 style="font-size:1.2em">{title}</h1>\n{body}</body></html>\n'
    )


def _text_line(line: Line) -> str:
    return "\n".join(
        [line.text, *(f"{link.text}: {link.url}" if link.text else link.url for link in line.links)]
    ).strip()


def _html_line(line: Line) -> str:
    links = (f'<a href="{escape(link.url)}">{escape(link.text or link.url)}</a>' for link in line.links)
    return " · ".join([*([escape(line.text)] if line.text else []), *links])
