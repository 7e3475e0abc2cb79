"""Answers to mails: written so that every mail program shows them under the mail they answer."""

from __future__ import annotations

import re
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from hashlib import blake2b
from typing import Any

from outlisten.sources.connector import Record
from outlisten.sources.email.documents import ids
from outlisten.sources.problems import NotThere

ANSWERED = re.compile(r"^\s*(re|回复|答复|回覆)\s*[:：]", re.IGNORECASE)
MOST_BEFORE = 20  # ids of a long conversation; the first one, which is its thread, always stays


def answer_id(to: str, text: str, mailbox: str) -> str:
    """The Message-ID of an answer: the same for the same words to the same mail, so that it can be looked for."""
    said = blake2b(f"{mailbox}\0{to}\0{text}".encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
    return f"outlisten.{said}@{mailbox.rpartition('@')[2] or 'localhost'}"


def written(original: Record, to: str, text: str, *, sender: str, name: str, now: datetime) -> EmailMessage:
    """The answer to a mail. Raises NotThere when nobody can be answered."""
    mail = EmailMessage(policy=SMTP)
    before = [*ids(original.get("references")), to]
    if len(before) > MOST_BEFORE:
        before = [before[0], *before[1 - MOST_BEFORE :]]
    mail["From"] = _address(name, sender)
    mail["To"] = _recipient(original)
    mail["Subject"] = _subject(str(original.get("subject") or ""))
    mail["Date"] = format_datetime(now)
    mail["Message-ID"] = f"<{answer_id(to, text, sender)}>"
    mail["In-Reply-To"] = f"<{to}>"
    mail["References"] = " ".join(f"<{one}>" for one in before)
    mail.set_content(text)
    return mail


def _recipient(original: Record) -> Address:
    people: list[Any] = list(original.get("reply-to") or original.get("from") or [])
    for one in people:
        _, address = parseaddr(one["address"])
        if "@" in address and not re.search(r"\s", address):
            return _address(one["name"], address)
    raise NotThere(address="From", status="no address")


def _address(name: str, address: str) -> Address:
    try:
        return Address(" ".join(name.split()), addr_spec=address)
    except (ValueError, IndexError, TypeError) as problem:
        raise NotThere(address="From", status="no address") from problem


def _subject(before: str) -> str:
    return before if ANSWERED.match(before) else f"Re: {before}".strip()
