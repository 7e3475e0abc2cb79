"""What every connector can do, and how what it brings becomes posts.

A connector knows its network and nothing else: no database, no schedule, no pipeline. It gives pages of records as they came;
`mapping` functions make posts of them; whoever runs it keeps the posts first and the cursor after them.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ClassVar

from outlisten.sources.fetching import Fetcher
from outlisten.sources.manifest import Manifest, manifest_in
from outlisten.sources.options import Value
from outlisten.sources.problems import NotOffered

Record = Mapping[str, Any]  # one item as the network sent it, JSON
Cursor = Mapping[str, Any]  # where to go on, JSON; empty at the very start
Post = dict[str, Any]  # columns of the schema's given part (posts.schema); what is absent is missing


class Unmappable(Exception):
    """A record that cannot become a post; the message says why. It is kept and can be tried again after a mend."""


class Skipped(Exception):
    """A record that is no post and was never meant to be one (a pinned rule, an advert, a deleted stub)."""


@dataclass(frozen=True, slots=True)
class Page:
    """Some records, and the cursor to keep once they are durable.

    `gone` are native ids that the network says are deleted or no longer public; `more` says that the network has further pages
    now, so that the source is not yet at its end.
    """

    records: Sequence[Record]
    cursor: Cursor
    gone: Sequence[str] = ()
    more: bool = False


@dataclass(frozen=True, slots=True)
class Welcome:
    """What a test of a source found: who we are there, and the first posts."""

    account: str = ""
    sample: Sequence[Post] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """What became of a kept post at its network: `gone`, or the record as it is now, or None where that is not known."""

    native_id: str
    gone: bool = False
    record: Record | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """An answer that stands on the network."""

    native_id: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Setting:
    """What a connector is made with: a person's entries, their secrets, the way to the web, the clock, and the folders of this
    machine that it may read.

    `keep_secret` keeps a secret (its option's name, the new value) that the network gave in place of the one given here; None
    where nothing can be kept.
    """

    options: Mapping[str, Value]
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)
    fetcher: Fetcher = field(default_factory=Fetcher)
    now: datetime = field(default_factory=lambda: datetime.now(UTC))
    folders: tuple[Path, ...] = ()
    keep_secret: Callable[[str, str], None] | None = field(default=None, repr=False)

    def words(self, name: str) -> tuple[str, ...]:
        """An option of several words."""
        value = self.options.get(name, ())
        return value if isinstance(value, tuple) else (str(value),)

    def text(self, name: str) -> str:
        """An option of one text; empty where it was left out."""
        return str(self.options.get(name, ""))


class Connector(ABC):
    """A network, with one source's entries. A subclass needs `pages` and `post`; the rest is refused in plain words."""

    PACKAGE: ClassVar[str]  # where manifest.toml lies

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        self.fetcher = setting.fetcher

    @classmethod
    def manifest(cls) -> Manifest:
        """The connector's manifest."""
        return manifest_in(cls.PACKAGE)

    @abstractmethod
    def pages(self, cursor: Cursor) -> Iterator[Page]:
        """What is new since the cursor, page by page. An empty cursor brings the newest page or pages the network offers.

        Raises SourceProblem. A page is asked for only after the one before it is durable.
        """

    @abstractmethod
    def post(self, record: Record) -> Post:
        """One record as a post; pure. Raises Unmappable or Skipped."""

    def history(self, cursor: Cursor, since: datetime) -> Iterator[Page]:
        """Older posts, newest first, back to `since`; resumable by its own cursor. Raises NotOffered."""
        raise self._cannot("go back in history", "取回历史帖子")

    def stream(self, cursor: Cursor) -> Iterator[Page]:
        """Posts as they are written, until the caller stops asking or the connection ends. Raises NotOffered, SourceProblem.

        A page holds what came within about a second; a quiet network gives an empty page at least every half minute, so that
        the caller can renew its lease or stop.
        """
        raise self._cannot("stream", "实时推送")

    def again(self, native_ids: Sequence[str]) -> Iterator[Standing]:
        """How these posts stand at the network now. Raises NotOffered."""
        raise self._cannot("say whether posts still stand", "查询帖子是否还在")

    def answer(self, to: str, text: str) -> Sent:
        """Answer a post in public. Raises NotOffered, or SourceProblem when it is not known whether the answer stands."""
        raise self._cannot("answer", "回复")

    def answered(self, to: str, text: str) -> Sent | None:
        """The answer with these words that already stands under a post: asked before sending again. Raises NotOffered."""
        raise self._cannot("look up an answer", "查找已发回复")

    def welcome(self) -> Welcome:
        """Whether the entries work, and what they bring. Raises SourceProblem."""
        page = next(iter(self.pages({})), None)
        return Welcome(sample=self._sample(page.records if page else ()))

    def close(self) -> None:
        """Let go of connections of its own."""
        return

    def _sample(self, records: Sequence[Record]) -> list[Post]:
        sample = []
        for record in records[:20]:
            try:
                sample.append(self.post(record))
            except (Unmappable, Skipped):
                continue
        return sample

    def _cannot(self, act: str, act_zh: str) -> NotOffered:
        title = self.manifest().title
        return NotOffered(connector=title.en, act=act, connector_zh=title.zh, act_zh=act_zh)
