"""Repositories, or words anywhere on GitHub, as a source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from outlisten.sources.connector import Connector, Cursor, Page, Post, Record, Setting, Standing, Welcome
from outlisten.sources.github import mapping
from outlisten.sources.github.client import GitHubClient, Order
from outlisten.sources.github.discussions import Discussions, flat
from outlisten.sources.mentions import mentions
from outlisten.sources.problems import WrongOption
from outlisten.sources.walking import Ask, newest, older_of, parts

LATE = 300  # seconds by which lists and the search may be behind
REPOSITORY = re.compile(
    r"(?:https?://)?(?:www\.)?(?:github\.com/)?([\w.-]+/[\w.-]+?)(?:\.git)?(?:/.*)?", re.ASCII
)
ADDRESS = re.compile(r"https://github\.com/([^/]+/[^/]+)/issues/(\d+)(?:#issuecomment-(\d+))?")


class GitHub(Connector):
    """For each repository a walk down its issues, one down their comments, and with a token one down its discussions."""

    PACKAGE = "outlisten.sources.github"

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting)
        self._client = GitHubClient(self.fetcher, token=setting.secrets.get("token", ""))
        self._says = mentions(setting.words("words"))

    def pages(self, cursor: Cursor) -> Iterator[Page]:
        """What was written or changed since the cursor; at first the latest hundred of each."""
        return parts(cursor, {name: partial(self._new, walk=name) for name in self._walks("updated")})

    def history(self, cursor: Cursor, since: datetime) -> Iterator[Page]:
        """What was written from now back to `since`."""
        for page in older_of(cursor, self._walks("created"), since):
            yield self._wanted(page)

    def again(self, native_ids: Sequence[str]) -> Iterator[Standing]:
        """How issues and their comments stand, one question for each; of discussions it is not known."""
        for name in native_ids:
            found = ADDRESS.fullmatch(name)
            if found is None:
                yield Standing(name)
                continue
            repository, issue, comment = found.groups()
            record = self._client.one(
                repository, f"issues/comments/{comment}" if comment else f"issues/{issue}"
            )
            moved = record is not None and record["html_url"] != name
            yield Standing(name, gone=record is None, record=None if moved else record)

    def post(self, record: Record) -> Post:
        return mapping.post(record)

    def welcome(self) -> Welcome:
        """Whose token it is, and the latest of the first walk."""
        account = self._client.login() if self._client.has_token else ""
        return replace(super().welcome(), account=account)

    def _walks(self, order: Order, etag: str = "") -> dict[str, Ask]:
        repositories = [_repository(name) for name in self.setting.words("repositories")]
        words = self.setting.words("words")
        if not repositories and not words:
            raise WrongOption(option="repositories", reason="enter repositories or words")
        if not repositories:
            return {f"search {word}": partial(self._client.search, word, order) for word in words}
        walks: dict[str, Ask] = {}
        for name in repositories:
            for path in (f"repos/{name}/issues", f"repos/{name}/issues/comments"):
                walks[path] = partial(self._client.listed, path, order, etag=etag)
            if self._client.has_token:
                walks[f"discussions {name}"] = Discussions(self._client, name, order)
        return walks

    def _new(self, cursor: Cursor, walk: str) -> Iterator[Page]:
        """A walk whose cursor also holds what makes the next first page conditional."""
        ask = self._walks("updated", str(cursor.get("etag") or ""))[walk]
        self._client.etag = ""
        for page in newest(cursor, ask, late=LATE):
            etag = {"etag": self._client.etag} if self._client.etag else {}
            yield self._wanted(replace(page, cursor={**page.cursor, **etag}))

    def _wanted(self, page: Page) -> Page:
        """Discussions taken apart, and of repositories only what says the words."""
        records = [one for record in page.records for one in (flat(record) if _is_talk(record) else [record])]
        gone = [record["url"] for record in records if record.get("deletedAt")]
        standing = [record for record in records if not record.get("deletedAt")]
        if self.setting.words("repositories"):
            standing = [record for record in standing if self._says(_text(record))]
        return replace(page, records=standing, gone=[*page.gone, *gone])


def _is_talk(record: Record) -> bool:
    return record.get("__typename") == "Discussion"


def _text(record: Mapping[str, object]) -> str:
    return f"{record.get('title') or ''}\n{record.get('body') or ''}"


def _repository(entered: str) -> str:
    """`owner/name`, also from an address. Raises WrongOption."""
    found = REPOSITORY.fullmatch(entered.strip())
    if found is None:
        raise WrongOption(option=entered, reason="a repository is written owner/name")
    return found[1]
