"""The lists of a source as walks by time: searches and mentions, which can be asked for by second, and answers to our posts."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from outlisten.sources.connector import Cursor, Page, Record, Setting
from outlisten.sources.problems import ShapeChanged, WrongOption
from outlisten.sources.threads.client import HOST, LIMIT, MEDIA, OWN, Media, ThreadsClient
from outlisten.sources.times import utc
from outlisten.sources.walking import Ask, Found, Listed, by_second, newest

LATE = 600  # seconds by which lists may be behind
OLDEST = 1_688_540_400  # what may be asked for begins on 5 July 2023
ANSWERED = timedelta(days=30)  # how long answers to a post of ours are looked for
ALWAYS, IN_TURN = (
    8,
    12,
)  # our newest posts are looked under every time, of the older ones so many, one after the other
MENTIONS, ANSWERS = "mentions", "answers"


@dataclass(frozen=True, slots=True)
class Listing:
    """A list that can be asked for by second."""

    key: str
    path: str
    asked: Mapping[str, str]
    by: str = "search"


def listings(setting: Setting) -> list[Listing]:
    """The lists of a source's entries, answers to our posts aside. Raises WrongOption where nothing is chosen."""
    recent = {"search_type": "RECENT", "fields": MEDIA}
    words = [(word, "KEYWORD") for word in setting.words("words")]
    tags = [(word.lstrip("#＃").strip(), "TAG") for word in setting.words("tags")]
    found = [
        Listing(f"{mode.lower()} {word}", "keyword_search", {"q": word, "search_mode": mode, **recent})
        for word, mode in [*words, *tags]
        if word
    ]
    if setting.options.get("mentions"):
        found.append(Listing(MENTIONS, "me/mentions", {"fields": MEDIA}, by="mention"))
    if not found and not setting.options.get("answers"):
        raise WrongOption(option="words", reason="enter words, or choose mentions or answers")
    return found


def asking(client: ThreadsClient, listing: Listing, account: str, since: datetime | None = None) -> Ask:
    """Asks a list for what was written since the newest known or a day, and until the oldest that came."""
    first = int(since.timestamp()) if since else None

    def ask(at: Any, floor: int | None) -> Listed:
        low = floor if floor is not None else first
        bounds = {"since": max(low - 1, OLDEST)} if low is not None else {}
        # Whether `until` is itself meant is not said: a second too much is asked for and left out here.
        until = {"until": at["second"] + 1} if at else {}
        media, further = client.listed(listing.path, **listing.asked, **bounds, **until)
        listed = found(media, listing.by, account)
        return by_second(
            [one for one in listed if not at or one.rank <= at["second"]],
            at,
            more=bool(further) or len(media) >= LIMIT,
        )

    return ask


def answers(cursor: Cursor, client: ThreadsClient, now: datetime, account: str) -> Iterator[Page]:
    """Our posts of a month, and what is new in the conversation under each; of many posts some in turn.

    There is no list of all that is answered to us, and nothing tells under which post something is new.
    """
    posts = _own(client, now)
    ids = [str(one["id"]) for one in posts]
    kept = {name: part for name, part in (cursor.get("posts") or {}).items() if name in ids}
    turn = int(cursor.get("turn") or 0)
    new = [one for one in posts if str(one["id"]) not in kept]
    kept |= {str(one["id"]): {"known": {"start": 0}} for one in new}  # of a post of ours all answers are new
    yield Page([_record(one, "own", "") for one in new], {"turn": turn, "posts": dict(kept)}, more=True)
    for name in _chosen([str(one["id"]) for one in posts if one.get("has_replies")], turn):
        for page in newest(kept[name], _under(client, name, account), late=LATE):
            kept[name] = page.cursor
            yield Page(page.records, {"turn": turn, "posts": dict(kept)}, more=True)
    yield Page([], {"turn": turn + 1, "posts": dict(kept)})


def found(media: Sequence[Media], by: str, account: str, ours: Collection[str] = ()) -> list[Found]:
    """Posts with the second they were written in; an answer to one of `ours` is written to us. Raises ShapeChanged."""
    listed = []
    for one in media:
        written = utc(one.get("timestamp"))
        if written is None:
            raise ShapeChanged(host=HOST, reason="a record without its number or its date")
        to_us = by == "mention" or _answered(one) in ours
        listed.append(
            Found(int(written.timestamp()), str(one["id"]), _record(one, by, account if to_us else ""))
        )
    return listed


def _own(client: ThreadsClient, now: datetime) -> list[Media]:
    since = max(int((now - ANSWERED).timestamp()), OLDEST)
    posts, _further = client.listed("me/threads", fields=OWN, since=since)
    return posts


def _under(client: ThreadsClient, post: str, account: str) -> Ask:
    def ask(at: Any, _floor: int | None) -> Listed:
        media, further = client.conversation(post, str(at or ""))
        ours = {post, *(str(one["id"]) for one in media if one.get("username") == account)}
        return Listed(found(media, "answer", account, ours), further or None)

    return ask


def _chosen(posts: Sequence[str], turn: int) -> list[str]:
    older = posts[ALWAYS:]
    start = turn * IN_TURN % len(older) if older else 0
    return [*posts[:ALWAYS], *[*older[start:], *older[:start]][:IN_TURN]]


def _answered(one: Media) -> str:
    replied: Any = one.get("replied_to")
    return str(replied.get("id")) if isinstance(replied, dict) else ""


def _record(one: Media, by: str, account: str) -> Record:
    """A post with why it came, and whom it is written to where that is us."""
    to_us = account and one.get("username") != account
    return {"by": by, **({"account": account} if to_us else {}), "media": one}
