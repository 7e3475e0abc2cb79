"""A mail as a record: the headers that say something, its words, and what is attached, without what is attached itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses
from typing import Any

LONGEST = 200_000  # characters of one part's words
# Headers that the mapping reads; others (routes, signatures, addresses of machines) are not kept.
NAMES = ("date", "message-id", "in-reply-to", "references", "content-language", "auto-submitted", "precedence",
         "return-path", "x-autoreply", "x-autorespond", "list-id")  # fmt: skip
PEOPLE = ("from", "to", "cc", "reply-to")
# Mail programs name the older set and send signs of the newer one, which holds all of the older.
WIDER = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "big5": "big5hkscs",
    "ks_c_5601-1987": "cp949",
}
MESSAGE_ID = re.compile(r"<([^<>\s]+)>")


def record(raw: bytes) -> dict[str, Any]:
    """What a mail says, as JSON. A mail cut off somewhere, or broken, gives what can be read of it."""
    mail = message_from_bytes(raw)
    found: dict[str, Any] = {name: decoded(mail[name]) for name in NAMES if mail[name] is not None}
    found |= {name: people(mail, name) for name in PEOPLE if mail[name] is not None}
    return found | {
        "subject": decoded(mail["subject"]),
        "kind": mail.get_content_type(),
        "text": "\n".join(_words(mail, "text/plain"))[:LONGEST],
        "html": "\n".join(_words(mail, "text/html"))[:LONGEST],
        "attached": [_attached(part) for part in mail.walk() if _is_attached(part)],
    }


def people(mail: Message, header: str) -> list[dict[str, str]]:
    """Name and address of everybody in a header."""
    said = [str(value) for value in mail.get_all(header, [])]
    return [{"name": decoded(name), "address": address} for name, address in getaddresses(said) if address]


def ids(said: object) -> list[str]:
    """The message ids in a header, without their brackets."""
    text = str(said or "")
    return MESSAGE_ID.findall(text) or ([text.strip()] if text.strip() and " " not in text.strip() else [])


def decoded(said: object) -> str:
    """A header's words (RFC 2047), on one line."""
    try:
        parts = decode_header(str(said or ""))
    except Exception:  # noqa: BLE001 -- the standard library fails on broken headers in many ways
        return " ".join(str(said).split())
    words = [_text(part, charset) if isinstance(part, bytes) else part for part, charset in parts]
    return " ".join("".join(words).split())


def _words(mail: Message, kind: str) -> Iterator[str]:
    for part in mail.walk():
        if part.get_content_type() == kind and not _is_attached(part):
            body = part.get_payload(decode=True)
            if isinstance(body, bytes):
                yield _text(body, part.get_content_charset()).replace("\r\n", "\n")


def _is_attached(part: Message) -> bool:
    if part.is_multipart():
        return False
    return bool(part.get_filename()) or part.get_content_maintype() not in {"text", "multipart", "message"}


def _attached(part: Message) -> dict[str, str]:
    return {"kind": part.get_content_type(), "name": decoded(part.get_filename())}


def _text(said: bytes, charset: str | None) -> str:
    name = (charset or "utf-8").lower()
    try:
        return said.decode(WIDER.get(name, name), "replace")
    except LookupError:
        return said.decode("utf-8", "replace")
