"""Each list of a source as a walk: from the newest post down to those known, or back in time.

https://docs.x.com/x-api/posts/search/integrate/paginate
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from outlisten.posts.files.presets.x_posts import ID_EPOCH_MS, written_at
from outlisten.sources.connector import Record, Setting
from outlisten.sources.problems import ShapeChanged, WrongOption
from outlisten.sources.times import utc
from outlisten.sources.walking import Ask, Found, Listed
from outlisten.sources.x.client import FIELDS, HOST, XClient
from outlisten.sources.x.queries import queries, to_account
from outlisten.sources.x.records import By, records

RECENT, ARCHIVE = "/2/tweets/search/recent", "/2/tweets/search/all"
# Ids grow with time, milliseconds above their lowest 22 bits, but "generally" only: a minute is looked at twice. A post read a
# second time on one day is not paid for again.
LATE = 60_000 << 22
REMEMBERED = timedelta(days=7) - timedelta(
    minutes=10
)  # how far back the recent search goes, and ids may be named to it
MENTIONS = "mentions"


@dataclass(frozen=True, slots=True)
class Listing:
    """A list that X gives page by page: where, what it is asked, its word for the next page, and the rule of the stream that
    brings the same."""

    key: str
    path: str
    asked: Mapping[str, str]
    further: str
    rule: str
    by: By = "search"
    account: str = ""
    pace: float | None = None


def listings(setting: Setting, account: Mapping[str, str], *, back: bool = False) -> list[Listing]:
    """The lists of a source's entries; `back` for its history, where the whole archive may be searched. Raises WrongOption."""
    name = account.get("name", "")
    whole = back and bool(setting.options.get("archive"))
    path, pace = (ARCHIVE, 1.1) if whole else (RECENT, None)  # the archive takes one request a second
    found = [
        Listing(f"search {number}", path, {"query": query}, "next_token", query, account=name, pace=pace)
        for number, query in enumerate(queries(setting), 1)
    ]
    if name and setting.options.get("mentions"):
        path = f"/2/users/{account['id']}/mentions"
        found.append(Listing(MENTIONS, path, {}, "pagination_token", to_account(name), "mention", name))
    if not found:
        raise WrongOption(option="words", reason="enter words or an account")
    return found


def id_of(at: datetime) -> int:
    """The smallest id of a post written at that time."""
    return (int(at.timestamp() * 1000) - ID_EPOCH_MS) << 22


def newest_posts(client: XClient, listing: Listing, now: datetime) -> Ask:
    """Asks for what was written since the posts known, by id."""

    def ask(at: Any, floor: int | None) -> Listed:
        return _page(client, listing, at, _since(floor, now), rank)

    return ask


def older_posts(client: XClient, listing: Listing, since: datetime, now: datetime) -> Ask:
    """Asks for what was written since a day, as far as the list goes."""
    reaches = listing.path != RECENT or since > now - REMEMBERED
    start = {"start_time": since.strftime("%Y-%m-%dT%H:%M:%SZ")} if reaches else {}

    def ask(at: Any, _floor: int | None) -> Listed:
        return _page(client, listing, at, start, _second)

    return ask


def rank(record: Record) -> int:
    """What lists are sorted by: the id."""
    return int(record["tweet"]["id"])


def _second(record: Record) -> int:
    written = utc(record["tweet"].get("created_at")) or utc(written_at(record["tweet"]["id"]))
    return int(written.timestamp()) if written else 0


def _since(floor: int | None, now: datetime) -> dict[str, str]:
    """An id that is older than the search goes back would be refused: then it is asked for all that it has."""
    written = utc(written_at(floor)) if floor is not None else None
    return (
        {"since_id": str(floor - 1)} if floor is not None and written and written > now - REMEMBERED else {}
    )


def _page(
    client: XClient, listing: Listing, at: Any, bounds: Mapping[str, str], ranked: Callable[[Record], int]
) -> Listed:
    """An answer. The word for the next page does not expire, but belongs to what was asked: where that is asked in other
    words now, the walk begins anew."""
    asked = {**listing.asked, **bounds}
    place = {listing.further: at["token"]} if at and at["asked"] == asked else {}
    told = client.get(listing.path, {**asked, **place, **FIELDS, "max_results": 100}, pace=listing.pace)
    try:
        found = [
            Found(ranked(one), str(one["tweet"]["id"]), one)
            for one in records(told, listing.by, listing.account)
        ]
    except (KeyError, ValueError) as problem:
        raise ShapeChanged(host=HOST, reason="a record without its number or its date") from problem
    token = (told.get("meta") or {}).get("next_token")
    return Listed(found, {"token": str(token), "asked": asked} if token else None)
