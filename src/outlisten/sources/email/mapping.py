"""A mail as a post."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

from outlisten.sources.connector import Post, Record, Skipped, Unmappable
from outlisten.sources.email.documents import ids
from outlisten.sources.email.quoting import parted, parted_html
from outlisten.sources.html_text import links

# RFC 3834 asks answering machines for a header; these start the subject where one does not send it.
AUTOMATIC = (
    "automatic reply:",
    "auto reply:",
    "auto-reply:",
    "autoreply:",
    "out of office:",
    "自动回复",
    "自動回覆",
    "自动答复",
)
POSTMEN = ("mailer-daemon@", "postmaster@")
AHEAD = timedelta(days=1)  # a clock that is further ahead than this is wrong


def post(record: Record, *, mailbox: str, articles: bool) -> Post:
    """The post of a mail: a private message to the mailbox, or an article.

    Raises Skipped for bounces and for answers of machines, Unmappable for a mail that says nothing.
    """
    _check_written_by_a_person(record)
    text, quoted = _words(record)
    title = str(record.get("subject") or "")
    if not text and not title:
        raise Unmappable("the mail has no subject and no words")
    writer = next(iter(record.get("from") or []), {"name": "", "address": ""})
    address = writer["address"].lower()
    before, own_id = _conversation(record), native_id(record)
    return {
        "native_id": own_id,
        "type": "article" if articles else "message",
        "created_at": _written(record),
        "title": title or None,
        "text": text,
        "quoted": quoted or None,
        "author": writer["name"] or None,
        "author_id": address or None,
        "to": None if articles else mailbox,
        "reply_to": before[-1] if before else None,
        "thread": before[0] if before else own_id,
        "is": ["reply"] if before else None,
        "voice_given": "owned" if address == mailbox.lower() else None,
        "lang_given": record.get("content-language"),
        "has": _has(record) or None,
        "links": links(str(record.get("html") or "")),
    }


def native_id(record: Record) -> str:
    """The mail's Message-ID; one without is named by its place in the mailbox."""
    named = ids(record.get("message-id"))
    return named[0] if named else f"{record['validity']}.{record['uid']}@{record['folder']}"


def _conversation(record: Record) -> list[str]:
    """The ids of the mails before this one, the first first (RFC 5322, 3.6.4)."""
    before = ids(record.get("references"))
    answered = ids(record.get("in-reply-to"))
    return [*(one for one in before if one not in answered[:1]), *answered[:1]]


def _check_written_by_a_person(record: Record) -> None:
    writers = [one["address"].lower() for one in record.get("from") or []]
    bounced = (
        record.get("kind") == "multipart/report"
        or str(record.get("return-path") or "").strip() == "<>"
        or any(writer.startswith(POSTMEN) for writer in writers)
    )
    if bounced:
        raise Skipped("a report of a mail server")
    answered = (
        str(record.get("auto-submitted") or "").lower().startswith("auto-replied")
        or "x-autoreply" in record
        or "x-autorespond" in record
        or str(record.get("precedence") or "").lower() == "auto_reply"
        or str(record.get("subject") or "").lower().startswith(AUTOMATIC)
    )
    if answered:
        raise Skipped("the answer of a machine")


def _words(record: Record) -> tuple[str, str]:
    """(own words, quoted ones): of the plain text where there is one."""
    if plain := str(record.get("text") or "").strip():
        return parted(plain)
    return parted_html(str(record.get("html") or ""))


def _written(record: Record) -> datetime | None:
    """When it was written, or when it arrived where its writer's clock says nothing or is ahead."""
    arrived = datetime.fromtimestamp(record["received"], UTC) if record.get("received") else None
    try:
        written = parsedate_to_datetime(str(record.get("date")))
    except (TypeError, ValueError, IndexError, OverflowError):
        return arrived
    written = written.astimezone(UTC) if written.tzinfo else written.replace(tzinfo=UTC)
    sensible = written.year > 1980 and (arrived is None or written < arrived + AHEAD)
    return written if sensible else arrived


def _has(record: Record) -> list[str]:
    kinds: set[Any] = {one["kind"].split("/")[0] for one in record.get("attached") or []}
    found = [kind for kind in ("image", "video", "audio") if kind in kinds]
    if kinds - {"image", "video", "audio"}:
        found.append("attachment")
    return found + (["link"] if links(str(record.get("html") or "")) else [])
