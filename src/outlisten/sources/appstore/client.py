"""Asking Apple's stores: feeds of reviews, and the search for an app's number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from outlisten.sources.fetching import Answer, Fetcher, wait_asked
from outlisten.sources.problems import ShapeChanged, Throttled
from outlisten.sources.times import utc
from outlisten.sources.walking import Found, Listed, by_page

HOST = "https://itunes.apple.com"
FEED = HOST + "/{country}/rss/customerreviews/page={page}/id={app}/sortby=mostrecent/json"
PAGES = 10  # of fifty reviews: there are no more
PACE = 3.0  # seconds between requests: about twenty a minute are allowed
PAUSE = 300.0  # seconds to wait when Apple refuses without saying how long


@dataclass(frozen=True, slots=True)
class App:
    """An app of the stores: its number, its name and who sells it."""

    number: int
    name: str
    seller: str


class AppStoreClient:
    """Reads reviews and finds apps."""

    def __init__(self, fetcher: Fetcher) -> None:
        self._fetcher = fetcher

    def reviews(self, app: int, country: str, at: Mapping[str, Any] | None) -> Listed:
        """A page of an app's reviews in a country's store, latest first. Raises SourceProblem."""
        page = at["place"] if at else 1
        answer = self._asked(FEED.format(country=country, page=page, app=app))
        about = {"app": app, "country": country}
        found = [_found({**about, "entry": entry}, answer.host) for entry in _entries(answer)]
        return by_page(found, at, page + 1 if found and page < PAGES else None)

    def named(self, name: str, country: str) -> App | None:
        """The app of that name in a store, or the one most like it."""
        found = self._apps("search", {"term": name, "country": country, "entity": "software", "limit": 10})
        return next((app for app in found if app.name.casefold() == name.casefold()), next(iter(found), None))

    def numbered(self, number: int, country: str) -> App | None:
        """The app of that number, if the store has it."""
        return next(iter(self._apps("lookup", {"id": number, "country": country})), None)

    def _apps(self, path: str, asked: Mapping[str, Any]) -> list[App]:
        answer = self._asked(f"{HOST}/{path}", asked)
        try:
            return [
                App(int(one["trackId"]), str(one["trackName"]), str(one.get("sellerName") or ""))
                for one in answer.records("results")
            ]
        except (KeyError, TypeError, ValueError) as problem:
            raise ShapeChanged(
                host=answer.host, reason="a record without its number or its date"
            ) from problem

    def _asked(self, address: str, params: Mapping[str, Any] | None = None) -> Answer:
        """There is no account here: a refusal (403) means that it was too often."""
        answer = self._fetcher.send("GET", address, params=params, pace=PACE, judged=(403,))
        if answer.status == 403:
            wait = wait_asked(answer.headers, datetime.now(UTC))
            raise Throttled(host=answer.host, status=403, wait=PAUSE if wait is None else wait)
        return answer


def _entries(answer: Answer) -> list[dict[str, Any]]:
    """The reviews of a feed. One alone is no list; the first of old feeds is the app itself, which has no stars."""
    told = answer.json()
    feed = told.get("feed") if isinstance(told, dict) else None
    if not isinstance(feed, dict):
        raise ShapeChanged(host=answer.host, reason="no feed")
    entries = feed.get("entry", [])
    entries = [entries] if isinstance(entries, dict) else entries
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise ShapeChanged(host=answer.host, reason="no list of records")
    return [entry for entry in entries if "im:rating" in entry]


def _found(record: dict[str, Any], host: str) -> Found:
    entry = record["entry"]
    name, when = _label(entry.get("id")), utc(_label(entry.get("updated")))
    if not name or when is None:
        raise ShapeChanged(host=host, reason="a record without its number or its date")
    return Found(int(when.timestamp()), name, record)


def _label(told: Any) -> str | None:
    label = told.get("label") if isinstance(told, dict) else None
    return label if isinstance(label, str) else None
