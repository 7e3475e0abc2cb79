"""feedparser's own 2,242 cases through the connector: twenty years of odd feeds, none of which may crash it or lose an entry.

`make tests-peers` downloads them; OUTLISTEN_TEST_FEEDPARSER_CASES names their folder.
"""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import feedparser
import httpx2
import pytest
from tests.peers.conftest import missing

from outlisten.sources.collecting import as_table, complete
from outlisten.sources.connector import Setting, Unmappable
from outlisten.sources.fetching import Fetcher, Politeness
from outlisten.sources.problems import NotThere
from outlisten.sources.rss.connector import Rss

FOLDER = os.environ.get("OUTLISTEN_TEST_FEEDPARSER_CASES", "")
CASES = Path(FOLDER)
THERE = bool(FOLDER) and CASES.is_dir()
HOST = "http://cases.example/"
HEADER = re.compile(rb"^Header:\s*([\w-]+):\s*(.+?)\s*$", re.M)
# An address is whole; what stands inside text was never resolved, and need not be.
WHOLE = re.compile(r"https?://", re.I)
# What no reader sees: a tag, one that is never closed, and what stands inside some.
UNSEEN = re.compile(r"<(script|style|svg)\b.*?</\1>|<!--.*?-->|<[^>]*(?:>|$)", re.S | re.I)
PARTS = sorted({str(file.parent.relative_to(CASES)) for file in CASES.rglob("*.xml")}) if THERE else []

pytestmark = pytest.mark.peers


def test_the_cases_are_there():
    if not THERE:
        missing(
            "OUTLISTEN_TEST_FEEDPARSER_CASES names no folder of feedparser's cases (make tests-peers fetches them)"
        )
    assert len(list(CASES.rglob("*.xml"))) > 2_000


@dataclass(frozen=True)
class Case:
    """A feed, the headers it comes with, and its address."""

    name: str
    body: bytes
    headers: dict[str, str]

    @property
    def address(self) -> str:
        return HOST + self.name

    @classmethod
    def of(cls, file: Path) -> Case:
        body = file.read_bytes()
        headers = {name.decode().lower(): value.decode() for name, value in HEADER.findall(body[:2000])}
        return cls(file.relative_to(CASES).as_posix(), body, {"content-type": "application/xml"} | headers)


def cases(part: str) -> Iterator[Case]:
    return (Case.of(file) for file in sorted((CASES / part).glob("*.xml")))


def source(case: Case) -> Rss:
    """A source of the case's address, at which alone something lies."""

    def answer(request: httpx2.Request) -> httpx2.Response:
        here = str(request.url) == case.address
        return httpx2.Response(200, content=case.body, headers=case.headers) if here else httpx2.Response(404)

    fetcher = Fetcher(transport=httpx2.MockTransport(answer), politeness=Politeness(0))
    return Rss(Setting({"address": case.address}, fetcher=fetcher))


def records(case: Case) -> list[Any]:
    """What the connector brings; nothing where there is no feed at all."""
    try:
        (page,) = source(case).pages({})
    except NotThere:
        return []
    return list(page.records)


def posts(case: Case) -> tuple[list[dict[str, Any]], list[tuple[Any, str]]]:
    """The case's posts, and its records that are none, each with the reason."""
    one, found, none = source(case), [], []
    for record in records(case):
        try:
            found.append(complete(one.post(record), record, one, "test"))
        except Unmappable as reason:
            none.append((record, str(reason)))
    return found, none


@cache
def read(part: str) -> list[tuple[Case, list[dict[str, Any]], list[tuple[Any, str]]]]:
    """Every case of a folder with its posts and what is none."""
    return [(case, *posts(case)) for case in cases(part)]


def says_something(entry: dict[str, Any]) -> bool:
    """Whether an entry has anything to read: letters of a title or a text outside of tags, or an address."""
    told = [
        entry.get("title"),
        entry.get("summary"),
        *(part.get("value") for part in entry.get("content", [])),
    ]
    words = UNSEEN.sub("", " ".join(filter(None, told)))
    return bool(re.search(r"\w", words)) or bool(WHOLE.match(entry.get("link") or ""))


@pytest.mark.parametrize("part", PARTS)
def test_every_entry_that_feedparser_finds_becomes_a_post_or_says_nothing(part):
    for case, found, none in read(part):
        theirs = feedparser.parse(io.BytesIO(case.body), response_headers=case.headers)
        assert len(found) + len(none) == len(theirs.entries), case.name
        for record, reason in none:
            assert reason, case.name
            assert not says_something(record["entry"]), case.name


@pytest.mark.parametrize("part", PARTS)
def test_posts_are_taken_by_the_pipeline_and_the_same_a_second_time(part):
    for case, found, _ in read(part):
        assert posts(case)[0] == found, case.name
        assert as_table(found).num_rows == len(found), case.name


@pytest.mark.parametrize("part", PARTS)
def test_posts_have_ids_whole_addresses_dates_with_a_zone_and_no_script(part):
    for case, found, _ in read(part):
        for post in found:
            said = f"{post.get('title') or ''}\n{post.get('text') or ''}"
            assert said.strip(), case.name
            assert "<script" not in said.lower(), case.name
            assert not post.get("native_id") or isinstance(post["native_id"], str), case.name
            assert all(WHOLE.match(one) for one in (*post.get("links", []), post.get("url") or HOST)), (
                case.name
            )
            for when in (post.get("created_at"), post.get("edited_at")):
                assert when is None or when.tzinfo is not None, case.name
