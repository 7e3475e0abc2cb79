"""A network made of functions: what a connector is answered, and what it asked."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx2

from outlisten.sources.connector import Connector, Cursor, Page, Setting
from outlisten.sources.fetching import Fetcher, Politeness
from outlisten.sources.options import entered
from outlisten.sources.problems import SourceProblem

NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
Answering = Callable[[httpx2.Request], httpx2.Response]


class Network:
    """Answers by a function, without a wire and without waiting; `asked` are the requests so far."""

    def __init__(self, answer: Answering) -> None:
        self.answer = answer
        self.asked: list[httpx2.Request] = []

    def connector(
        self, kind: type[Connector], options: Mapping[str, str | Sequence[str]] | None = None,
        secrets: Mapping[str, str] | None = None, now: datetime = NOW,
    ) -> Any:  # fmt: skip
        """A connector of this network, its options checked as a person's entries are."""
        wanted = [option for option in kind.manifest().options if not option.secret]
        return kind(Setting(entered(wanted, options or {}), secrets or {}, self.fetcher(), now))

    def fetcher(self) -> Fetcher:
        """The way to this network."""
        return Fetcher(
            transport=httpx2.MockTransport(self._answered), politeness=Politeness(0, sleep=lambda _: None)
        )

    @property
    def paths(self) -> list[str]:
        """What was asked for, without the questions."""
        return [request.url.path for request in self.asked]

    def _answered(self, request: httpx2.Request) -> httpx2.Response:
        self.asked.append(request)
        return self.answer(request)


def told(body: Any, status: int = 200, **headers: str) -> httpx2.Response:
    """An answer in JSON; header names are written with underscores."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return httpx2.Response(status, content=json.dumps(body), headers=named)


def refusing(status: int, **headers: str) -> Answering:
    """A network that answers everything with a status."""
    return lambda _: told({}, status, **headers)


def fixture(test: str, name: str) -> list[dict[str, Any]]:
    """The records of a dated file beside a test."""
    records: list[dict[str, Any]] = json.loads((Path(test).parent / "fixtures" / f"{name}.json").read_text())
    return records


def all_pages(connector: Connector, cursor: Cursor | None = None) -> list[Page]:
    """Every page from a cursor on."""
    return list(connector.pages(cursor or {}))


def stopped(pages: Iterator[Page], after: int) -> list[Page]:
    """The first pages of a run that stops there; what its cursor is has passed through JSON, as it is kept."""
    taken = [page for _, page in zip(range(after), pages, strict=False)]
    return [Page(page.records, json.loads(json.dumps(page.cursor)), page.gone, page.more) for page in taken]


def ids(connector: Connector, pages: Sequence[Page]) -> list[str]:
    """The native ids of the posts of pages, in their order."""
    return [connector.post(record)["native_id"] for page in pages for record in page.records]


def problem_of(connector: Connector, cursor: Cursor | None = None) -> SourceProblem:
    """What collecting ends in."""
    try:
        all_pages(connector, cursor)
    except SourceProblem as problem:
        return problem
    raise AssertionError("nothing went wrong")
