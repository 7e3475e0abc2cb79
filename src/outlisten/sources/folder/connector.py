"""A folder as a source."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

from outlisten.posts.files import FileProblem, plan_import, read_batches
from outlisten.sources.connector import Connector, Cursor, Page, Post, Record, Setting, Welcome
from outlisten.sources.folder import mapping
from outlisten.sources.folder.done import Done
from outlisten.sources.problems import FolderRefused, WrongOption
from outlisten.sources.rows import chosen_fields
from outlisten.sources.watched import inside

ROWS = 500
SETTLED = 10.0  # seconds since its last change after which a file counts as wholly written


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
        return mapping.post(record)

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
                found = mapping.rows(path.name, batch)
                fresh = found[max(done.row - seen, 0) :]
                seen += len(found)
                if fresh:
                    done.row = seen
                    yield Page(fresh, done.as_cursor(), more=True)
        except FileProblem as problem:
            done.end()
            yield Page([mapping.broken(path.name, str(problem))], done.as_cursor(), more=True)
            return
        done.end()
        yield Page((), done.as_cursor(), more=True)

    def _refused(self, path: Path, done: Done, problem: str) -> Iterator[Page]:
        """A file that must not be read, told once."""
        if path.name not in done.files:
            done.files[path.name] = [0, 0, ""]
            yield Page([mapping.broken(path.name, problem)], done.as_cursor(), more=True)

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
