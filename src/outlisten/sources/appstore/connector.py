"""Apps in Apple's stores as a source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from itertools import product

from outlisten.sources.appstore import mapping
from outlisten.sources.appstore.client import App, AppStoreClient
from outlisten.sources.connector import Connector, Cursor, Page, Post, Record, Setting, Welcome
from outlisten.sources.problems import WrongOption
from outlisten.sources.walking import Ask, newest_of, older_of

LATE = 2 * 86_400  # seconds: a review stands in the feed only after Apple has looked at it
ADDRESS = re.compile(r"(?:https?://\S+/)?(?:id)?(\d{5,12})(?:[?#/].*)?", re.ASCII)


class AppStore(Connector):
    """A walk for each app in each store."""

    PACKAGE = "outlisten.sources.appstore"

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting)
        self._client = AppStoreClient(self.fetcher)

    def pages(self, cursor: Cursor) -> Iterator[Page]:
        """Reviews written or changed since the cursor; at first the latest fifty of each app and store."""
        return newest_of(cursor, self._walks(), late=LATE)

    def history(self, cursor: Cursor, since: datetime) -> Iterator[Page]:
        """The latest five hundred reviews of each app and store, back to `since`."""
        return older_of(cursor, self._walks(), since)

    def post(self, record: Record) -> Post:
        return mapping.post(record)

    def welcome(self) -> Welcome:
        """Which apps were found, and the latest reviews of the first."""
        apps = [
            self._client.numbered(number, self._countries[0]) or App(number, "", "")
            for number in self._numbers
        ]
        named = [" · ".join(filter(None, (app.name, app.seller, str(app.number)))) for app in apps]
        return replace(super().welcome(), account="; ".join(named))

    @cached_property
    def _countries(self) -> tuple[str, ...]:
        codes = tuple(code.lower() for code in self.setting.words("countries")) or ("us",)
        for code in codes:
            if not re.fullmatch("[a-z]{2}", code):
                raise WrongOption(
                    option="countries", reason="a country is written with two letters, such as us or cn"
                )
        return codes

    @cached_property
    def _numbers(self) -> tuple[int, ...]:
        """The apps' numbers; a name is looked up in the first store. Raises WrongOption for a name without an app."""
        return tuple(dict.fromkeys(map(self._number, self.setting.words("apps"))))

    def _number(self, entered: str) -> int:
        if found := ADDRESS.fullmatch(entered):
            return int(found[1])
        app = self._client.named(entered, self._countries[0])
        if app is None:
            raise WrongOption(option=entered, reason="no app of this name was found")
        return app.number

    def _walks(self) -> dict[str, Ask]:
        return {
            f"{app} {country}": self._ask(app, country)
            for app, country in product(self._numbers, self._countries)
        }

    def _ask(self, app: int, country: str) -> Ask:
        return lambda at, _floor: self._client.reviews(app, country, at)
