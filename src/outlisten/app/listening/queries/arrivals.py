"""What came in since a list of posts was shown: how many posts now stand above it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from outlisten.app.listening.queries.listen import PAGE, TYPING
from outlisten.app.listening.questions import Question
from outlisten.app.listening.store import posts
from outlisten.posts.store import TimeRange

MANY = 100  # nobody reads on above so many: the page says "100+" and asks no more
# Where nothing is shown, what is brought in now may have been written a while ago.
REACH = timedelta(days=1)
LATEST_SECOND = 4_294_967_295  # a post's date fits into 32 bits


@dataclass(frozen=True, slots=True)
class Shown:
    """How far a list was shown: from a moment on, these many posts were there already."""

    since: datetime
    posts: int

    def address(self) -> dict[str, str]:
        """Its part of an address."""
        return {"from": str(int(self.since.timestamp())), "shown": str(self.posts)}


def awaited(question: Question, now: datetime) -> bool:
    """Whether anything new can come on top: not in an archive, nor in days that are over."""
    end = question.window.end
    return not question.as_of.newest and (end is None or end > now)


def shown_of(question: Question, newest_first: Iterable[Mapping[str, Any]], now: datetime) -> Shown:
    """How far a first page of posts shows the question. A post dated in the future does not hide those that come now."""
    dates = [post["created_at"] for post in newest_first if post["created_at"]]
    since = min(dates[0], now) if dates else now - REACH
    there = sum(date >= since for date in dates)
    # A page of posts of one moment, such as a day: there may be more of them than it shows.
    return Shown(since, there if there < PAGE else _count(question, since) or there)


def read_shown(address: Mapping[str, str]) -> Shown | None:
    """What `Shown.address` wrote; None for anything else."""
    since, there = (address.get(name, "") for name in ("from", "shown"))
    if not (_is_number(since) and _is_number(there) and int(since) <= LATEST_SECOND):
        return None
    return Shown(datetime.fromtimestamp(int(since), UTC), int(there))


def arrived(question: Question, shown: Shown) -> int | None:
    """How many posts of this question have come on top since; None where counting them takes too long."""
    there = _count(question, shown.since)
    return None if there is None else max(0, there - shown.posts)


def _count(question: Question, since: datetime) -> int | None:
    start = max(since, question.window.start or since)
    window = TimeRange(start, question.window.end)
    found = posts().count(question.query, window=window, budget=TYPING)
    return None if found.cut else found.value


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 10
