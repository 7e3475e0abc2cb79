"""A query as a source."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Engine

from outlisten.sources.connector import Connector, Cursor, Page, Post, Record, Setting, Welcome
from outlisten.sources.problems import QueryRefused, WrongOption
from outlisten.sources.rows import chosen_fields
from outlisten.sources.sql import mapping
from outlisten.sources.sql.address import engine, parsed
from outlisten.sources.sql.place import Place
from outlisten.sources.sql.reading import READS, page

ROWS = 500
MOST_ALIKE = 10_000  # rows with the same value of the column that grows
EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 -- columns without a zone compare with times without one


class Sql(Connector):
    """One query into one database. Its cursor is a `Place`."""

    PACKAGE = "outlisten.sources.sql"

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting)
        self._titles = {option.name: option.title.en for option in self.manifest().options}
        self._chosen = chosen_fields(setting.words("fields"), self._titles["fields"])
        self._url = parsed(setting.text("address"), self._titles["address"])
        self._host = self._url.host or "SQLite"
        self._query = setting.text("query").strip().rstrip(";").strip()
        if not READS.match(self._query) or ";" in self._query:
            raise WrongOption(option=self._titles["query"], reason="SELECT … FROM …")

    def pages(self, cursor: Cursor) -> Iterator[Page]:
        """The rows whose value of the column that grows is new, lowest first."""
        place, way, grows = Place.of(cursor), self._engine(), self.setting.text("grows")
        while True:
            most = ROWS + len(place.seen)
            rows = page(way, self._host, self._query, grows, self._since(place), most)
            fresh = self._taken(place, rows, grows)
            more = len(rows) == most
            yield Page([mapping.plain(row) for row in fresh], place.as_cursor(), more=more)
            if not more:
                return

    def post(self, record: Record) -> Post:
        platform = self.setting.text("platform") or "database"
        return mapping.post(record, self._chosen, platform=platform, now=self.setting.now)

    def welcome(self) -> Welcome:
        """The database and the first rows."""
        first = next(iter(self.pages({})))
        return Welcome(self._url.render_as_string(), self._sample(first.records))

    def _taken(self, place: Place, rows: list[dict[str, Any]], grows: str) -> list[Any]:
        try:
            fresh = place.take(rows, grows)
        except (KeyError, ValueError) as problem:
            raise QueryRefused(host=self._host, reason=f"{grows}: {problem}") from problem
        if len(place.seen) > MOST_ALIKE:
            raise QueryRefused(host=self._host, reason=f"{grows}: > {MOST_ALIKE} = {place.value}")
        return fresh

    def _since(self, place: Place) -> Any:
        if place.value is not None:
            return place.value
        if self.setting.text("kind") != "time":
            return 0
        return "1970-01-01" if self._url.get_backend_name() == "sqlite" else EPOCH

    def _engine(self) -> Engine:
        password = self.setting.secrets.get("password", "")
        return engine(self._url, password, self.fetcher.guard, self.setting.folders, self._titles["address"])
