"""Reading the comments under articles. WeChat tells neither of new ones nor in which order it lists them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from typing import Any

from outlisten.sources.connector import Cursor, Page, Record
from outlisten.sources.problems import NotThere
from outlisten.sources.wechat.client import AT_ONCE, Article, WeChatClient

EVERY = 600  # seconds between looks: a message that is sent here also starts an ask
WHOLE = 86_400  # seconds after which an article's list is read whole though its length is the same
DAYS = 14  # for which an article of the account is looked at, where none are named
CHINA = timezone(timedelta(hours=8))
UNKNOWN = -1  # how long a list is
COUNTED_AT = 8  # o'clock in China: the articles of the day before are known from then on


@dataclass(slots=True)
class Place:
    """How far the comments were read. `sent` are the articles of each day with their titles, `left` those of the round under
    way, `begin` where in the first of them; `read` how long each list was and when it was last read whole."""

    looked_at: int = 0
    sent: dict[str, dict[str, str]] = field(default_factory=dict)
    left: list[str] = field(default_factory=list)
    begin: int = 0
    length: int = 0
    read: dict[str, list[int]] = field(default_factory=dict)

    @classmethod
    def of(cls, cursor: Cursor) -> Place:
        """From what `as_cursor` gave; empty at first."""
        return cls(
            int(cursor.get("looked_at", 0)), {day: dict(sent) for day, sent in dict(cursor.get("sent", {})).items()},
            list(cursor.get("left", [])), int(cursor.get("begin", 0)), int(cursor.get("length", 0)),
            {name: list(read) for name, read in dict(cursor.get("read", {})).items()},
        )  # fmt: skip

    def as_cursor(self) -> dict[str, Any]:
        """To be kept with the source."""
        return {
            "looked_at": self.looked_at, "sent": {day: dict(sent) for day, sent in self.sent.items()},
            "left": list(self.left), "begin": self.begin, "length": self.length,
            "read": {name: list(one) for name, one in self.read.items()},
        }  # fmt: skip

    def titles(self) -> dict[str, str]:
        """The title of each article that was found."""
        return {name: title for sent in self.sent.values() for name, title in sent.items()}


def new_comments(
    client: WeChatClient, cursor: Cursor, *, named: Sequence[Article], now: datetime
) -> Iterator[Page]:
    """A round through the articles, or what is left of one; nothing where the last one is not long ago."""
    place = Place.of(cursor)
    seconds = int(now.timestamp())
    if not place.left and seconds - place.looked_at < EVERY:
        yield Page((), cursor)
        return
    if not place.left:
        _start(place, client, named, now)
    while place.left:
        records = _step(place, client, seconds)
        if not place.left:
            place.looked_at = seconds
        yield Page(records, place.as_cursor(), more=bool(place.left))
    if place.looked_at != seconds:
        place.looked_at = seconds
        yield Page((), place.as_cursor())


def whole_list(client: WeChatClient, article: Article) -> dict[str, Record]:
    """Every comment and reply that stands under an article, by its id. Raises SourceProblem."""
    found: dict[str, Record] = {}
    begin = 0
    while True:
        try:
            comments, total = client.comments(article, begin)
        except NotThere:
            return {}
        found |= {native_id(one): one for one in records_of(article, "", comments)}
        begin += AT_ONCE
        if not comments or begin >= total:
            return found


def records_of(article: Article, title: str, comments: Iterable[Mapping[str, Any]]) -> list[Record]:
    """A record of each comment, and one of the account's reply to it."""
    about = {"sending": article.sending, "index": article.index, "title": title}
    found: list[Record] = []
    for comment in comments:
        found.append({"kind": "comment", "article": about, "comment": comment})
        if (comment.get("reply") or {}).get("content"):
            found.append({"kind": "reply", "article": about, "comment": comment})
    return found


def native_id(record: Record) -> str:
    """The id of a comment, or of the reply to it: WeChat numbers comments within their article."""
    article = record["article"]
    name = f"comment/{article['sending']}/{article['index']}/{record['comment']['user_comment_id']}"
    return f"{name}/reply" if record["kind"] == "reply" else name


def _start(place: Place, client: WeChatClient, named: Sequence[Article], now: datetime) -> None:
    if named:
        place.sent = {}
        place.left = [article.name for article in named]
    else:
        days = _days(now)
        known = {day: place.sent[day] for day in days if day in place.sent}
        for day in days:
            if day not in known:
                known[day] = {article.name: title for article, title in client.articles(day).items()}
        place.sent = known
        place.left = sorted(place.titles())
    place.read = {name: read for name, read in place.read.items() if name in place.left}
    place.begin = 0


def _days(now: datetime) -> list[str]:
    last = (now.astimezone(CHINA) - timedelta(hours=COUNTED_AT)).date() - timedelta(days=1)
    return [str(last - timedelta(days=back)) for back in reversed(range(DAYS))]


def _step(place: Place, client: WeChatClient, seconds: int) -> list[Record]:
    """One answer of the first article that is left."""
    name = place.left[0]
    article = Article.named(name)
    if article is None:
        raise ValueError(f"a cursor with an article {name!r}")
    try:
        comments, total = client.comments(article, place.begin)
    except NotThere:
        comments, total = [], 0
    if place.begin == 0:
        place.length = total
    place.begin += AT_ONCE
    if not comments or place.begin >= total:
        # A list that changed meanwhile has moved on the way, and may have hidden one: it is read whole again.
        place.read[name] = [total if total == place.length else UNKNOWN, seconds]
        place.left, place.begin = place.left[1:], 0
    elif place.begin == AT_ONCE and _was_read(place, name, total, seconds):
        place.left, place.begin = place.left[1:], 0
    return records_of(article, place.titles().get(name, ""), comments)


def _was_read(place: Place, name: str, total: int, seconds: int) -> bool:
    """Whether the list was read whole a while ago and is as long as then."""
    length, read_at = place.read.get(name, [UNKNOWN, 0])
    return total == length and seconds - read_at < WHOLE
