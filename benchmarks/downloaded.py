"""A downloaded stream of a network: real texts in the messages that Jetstream sends, one a line, and a socket that plays them.

Texts are Weibo posts and tweets of the shared data where OUTLISTEN_SHARED names it, else those of the bundled sample. There are
fewer of them than posts of a long run, so that some come again; ids, accounts and times are made up.
"""

from __future__ import annotations

import json
import os
import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import chain, cycle, islice
from pathlib import Path

from outlisten import sample
from outlisten.sources.atproto.written import COLLECTION

FIRST_US = 1_764_500_000_000_000  # 30 November 2025
ACCOUNTS = 40_000
TOLD_BESIDE = {"rev": "3m6q2xv7ylk2a", "cid": "bafyreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku"}


def messages(posts: int) -> Iterator[str]:
    """So many messages in which a post is written."""
    chance = random.Random(20260101)
    for number, (lang, text) in enumerate(islice(cycle(texts()), posts)):
        yield json.dumps(_message(number, lang, text, chance), ensure_ascii=False, separators=(",", ":"))


def texts() -> list[tuple[str, str]]:
    """(language, text), Chinese and English by turns as far as both go."""
    shared = os.environ.get("OUTLISTEN_SHARED", "")
    if not (Path(shared) / "data/covid19_weibo").is_dir() or not shared:
        return [
            (post["lang_given"] or "en", post["text"])
            for table in sample.posts()
            for post in table.select(["lang_given", "text"]).to_pylist()
        ]
    from grown_posts import chinese as of_weibo
    from grown_posts import english as of_tweets

    chinese, english = [*of_weibo(shared)], [*of_tweets(shared)]
    pairs = zip((("zh", text) for text in chinese), (("en", text) for text in english), strict=False)
    return [*chain.from_iterable(pairs), *(("zh", text) for text in chinese[len(english) :])]


def origin() -> str:
    """Where the texts are from, for the page."""
    if os.environ.get("OUTLISTEN_SHARED"):
        return "Weibo posts and tweets"
    return "texts of the bundled sample"


def _message(number: int, lang: str, text: str, chance: random.Random) -> dict[str, object]:
    at = FIRST_US + number * 1_000
    record: dict[str, object] = {
        "$type": COLLECTION,
        "createdAt": datetime.fromtimestamp(at / 1e6, UTC)
        .isoformat(timespec="milliseconds")
        .replace("+00:00", "Z"),
        "langs": [lang],
        "text": text,
    }
    if chance.random() < 0.4:  # about so many posts of the network are replies
        parent = {
            "cid": TOLD_BESIDE["cid"],
            "uri": f"at://{_did(number // 3)}/{COLLECTION}/k{number // 2:012}",
        }
        record["reply"] = {"parent": parent, "root": parent}
    commit = {
        "operation": "create",
        "collection": COLLECTION,
        "rkey": f"k{number:012}",
        "record": record,
        **TOLD_BESIDE,
    }
    return {"did": _did(number), "time_us": at, "kind": "commit", "commit": commit}


def _did(number: int) -> str:
    return f"did:plc:{number * 2_654_435_761 % ACCOUNTS:024}"


class Played:
    """Stands for the way to the web: its socket gives the lines of a file, then falls silent."""

    def __init__(self, file: Path) -> None:
        self._file = file

    @contextmanager
    def socket(self, address: str) -> Iterator[_Lines]:
        with self._file.open(encoding="utf-8") as lines:
            yield _Lines(lines)


class _Lines:
    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines

    def next(self, patience: float) -> str | None:
        """The next message."""
        return next(self._lines, None)
