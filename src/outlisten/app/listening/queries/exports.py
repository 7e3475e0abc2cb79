"""The posts of a result as a file: newest first, bounded, read page by page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from os import SEEK_END
from tempfile import TemporaryFile
from typing import IO, Literal, get_args

import pyarrow as pa

from outlisten.app.listening.listened import listens
from outlisten.app.listening.questions import Question
from outlisten.app.listening.store import posts
from outlisten.app.people.rules import Act, Actor, require
from outlisten.app.trust.audit import record
from outlisten.posts.files import write_posts
from outlisten.posts.store import Budget

Form = Literal["csv", "xlsx", "parquet", "jsonl"]
FORMS: tuple[Form, ...] = get_args(Form)
MEDIA = {
    "csv": "text/csv; charset=utf-8", "jsonl": "application/x-ndjson",
    "parquet": "application/vnd.apache.parquet",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}  # fmt: skip
# What a spreadsheet still opens quickly; the command line and Parquet folders are for more.
LIMIT = 100_000
AT_ONCE = 2_000
COLUMNS = (
    "id", "platform", "native_id", "created_at", "date_only", "type", "title", "text", "author",
    "author_handle", "author_id", "to", "url", "site", "reply_to", "thread", "lang", "country", "region",
    "voice", "sentiment", "sentiment_score", "intent", "emotion", "flags", "urgency",
    "urgency_reasons", "model", "likes", "comments", "shares", "views",
    "rating", "source", "seen_at", "model",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Exported:
    """A written file, open at its start, its size, how many posts it holds, and whether there were more."""

    file: IO[bytes]
    bytes: int
    rows: int
    cut: bool


def exported(actor: Actor, question: Question, form: Form, limit: int = LIMIT) -> Exported:
    """The newest `limit` posts of the question in a temporary file. Raises Refused."""
    require(actor, Act.EXPORT)
    listens(actor)
    reading = _Reading(question, limit)
    file = TemporaryFile()  # noqa: SIM115 - the response closes it when it is sent
    rows = write_posts(reading, file, form)
    record("export", by=actor, posts=rows, form=form, cut=reading.cut)
    size = file.seek(0, SEEK_END)
    file.seek(0)
    return Exported(file, size, rows, reading.cut)


class _Reading:
    """Iterates over the pages of a result; `cut` is known once it was read."""

    def __init__(self, question: Question, limit: int) -> None:
        self.question, self.limit, self.cut = question, limit, False

    def __iter__(self) -> Iterator[pa.Table]:
        left, after = self.limit, None
        while True:
            page = posts().search(
                self.question.query, window=self.question.window, limit=min(AT_ONCE, left), after=after,
                columns=COLUMNS, budget=Budget(rows=AT_ONCE, seconds=30),
            )  # fmt: skip
            yield page.posts
            left, after = left - page.posts.num_rows, page.after
            if after is None or left <= 0 or page.cut:
                self.cut = page.cut or after is not None
                return
