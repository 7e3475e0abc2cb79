"""A folder as a source."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from outlisten.posts.files import Batch, FileProblem, plan_import, read_batches
from outlisten.sources.connector import Connector, Cursor, Page, Post, Record, Setting, Unmappable, Welcome
from outlisten.sources.folder.done import Done
from outlisten.sources.problems import FolderRefused, WrongOption
from outlisten.sources.rows import MADE, chosen_fields
from outlisten.sources.watched import inside

ROWS = 500
SETTLED = 10.0  # seconds since its last change after which a file counts as wholly written
DATES = ("created_at", "edited_at")


class Folder(Connector):
    """One folder, without those inside it. Its cursor is what is `Done`; its files are read and never changed."""

    PACKAGE = "outlisten.sources.folder"

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting)
        titles = {option.name: option.title.en for option in self.manifest().options}
        self._chosen = chosen_fields(setting.words("fields"), titles["fields"])
        try:
            self._zone = ZoneInfo(setting.text("zone") or "UTC")
        except (ValueError, OSError, LookupError) as problem:
            raise WrongOption(option=titles["zone"], reason=setting.text("zone")) from problem

    def pages(self, cursor: Cursor) -> Iterator[Page]:
        """The rows of files that are new or changed, file by file in the order of their names."""
        done = Done.of(cursor)
        files = self._files()
        done.forget_all_but(path.name for path in files)
        for path in files:
            try:
                inside(path, self._allowed())
                begun = done.begin(path)
            except (FolderRefused, OSError) as problem:
                yield from self._refused(path, done, str(problem))
                continue
            if begun:
                yield from self._rows_of(path, done)
        yield Page((), done.as_cursor())

    def post(self, record: Record) -> Post:
        if problem := record.get("problem"):
            raise Unmappable(str(problem))
        fields = dict(record["fields"])
        dates = {name: datetime.fromisoformat(fields[name]) for name in DATES if fields.get(name)}
        return fields | dates

    def welcome(self) -> Welcome:
        """The folder and the first rows of its first file."""
        page = next(iter(self.pages({})))
        return Welcome(str(self._folder()), self._sample(page.records))

    def _rows_of(self, path: Path, done: Done) -> Iterator[Page]:
        """The rows of a file that are not durable yet; a file that cannot be read is one rejected row."""
        seen = 0
        try:
            network = self.setting.text("platform") or None
            plan = plan_import(
                path, mapping=self._chosen, network=network, zone=self._zone, now=self.setting.now
            )
            for batch in read_batches(plan, ROWS):
                rows = _rows(path.name, batch)
                fresh = rows[max(done.row - seen, 0) :]
                seen += len(rows)
                if fresh:
                    done.row = seen
                    yield Page(fresh, done.as_cursor(), more=True)
        except FileProblem as problem:
            done.end()
            yield Page([_broken(path.name, str(problem))], done.as_cursor(), more=True)
            return
        done.end()
        yield Page((), done.as_cursor(), more=True)

    def _refused(self, path: Path, done: Done, problem: str) -> Iterator[Page]:
        """A file that must not be read, told once."""
        if path.name not in done.files:
            done.files[path.name] = [0, 0, ""]
            yield Page([_broken(path.name, problem)], done.as_cursor(), more=True)

    def _files(self) -> list[Path]:
        """What lies in the folder, hidden files and those still being written left out."""
        found = sorted(path for path in self._folder().iterdir() if not path.name.startswith("."))
        return [path for path in found if path.is_symlink() or (path.is_file() and self._is_settled(path))]

    def _is_settled(self, path: Path) -> bool:
        age = self.setting.now.timestamp() - path.stat().st_mtime
        return not 0 <= age < SETTLED

    def _folder(self) -> Path:
        folder = inside(self.setting.text("path"), self._allowed())
        if not folder.is_dir():
            raise FolderRefused(path=self.setting.text("path"))
        return folder

    def _allowed(self) -> tuple[Path, ...]:
        return self.setting.folders


def _rows(file: str, batch: Batch) -> list[dict[str, Any]]:
    """A batch's rows as records, in the order of the file."""
    found: list[tuple[int, dict[str, Any]]] = []
    for line, post in zip(batch.lines, batch.posts.to_pylist(), strict=True):
        fields = {
            name: _plain(value) for name, value in post.items() if value is not None and name not in MADE
        }
        found.append((line, {"file": file, "line": line, "row": _row(post["raw"]), "fields": fields}))
    for bad in batch.rejected:
        found.append(
            (bad.line, {"file": file, "line": bad.line, "row": _row(bad.record), "problem": bad.reason})
        )
    return [record for _, record in sorted(found, key=lambda one: one[0])]


def _broken(file: str, problem: str) -> Mapping[str, Any]:
    return {"file": file, "problem": problem}


def _row(raw: str | None) -> Any:
    try:
        return json.loads(raw or "null")
    except ValueError:
        return raw


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value
