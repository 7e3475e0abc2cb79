"""A folder made ready: owned, its engine started, its tables there, and what a crash left undone finished."""

from __future__ import annotations

from pathlib import Path

from outlisten.posts.chdb.editing import finish_edits
from outlisten.posts.chdb.engine import Engine, translated
from outlisten.posts.chdb.known import KnownPosts
from outlisten.posts.chdb.mutations import settle
from outlisten.posts.chdb.ownership import Ownership
from outlisten.posts.chdb.tables import TABLES, additions, definitions
from outlisten.posts.errors import StoreMissing

# A power cut may otherwise lose what the system had not yet written, and merges drop the parts they came from.
DURABLE = "fsync_after_insert = {on}, fsync_part_directory = {on}, min_rows_to_fsync_after_merge = {on}"


def opened(folder: Path, *, create: bool, durable: bool) -> tuple[Ownership, Engine]:
    """The folder's lock and its running engine. Raises StoreBusy, StoreMissing, StoreFull or StoreUnreadable."""
    if not create and not (folder / "data").is_dir():
        raise StoreMissing(folder=folder)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        ownership = Ownership(folder)
    except OSError as failure:
        raise translated(failure, folder) from failure
    try:
        return ownership, _started(folder, durable)
    except BaseException:
        ownership.release()
        raise


def read_known(engine: Engine) -> KnownPosts:
    """The ids in the table, each once: edits that a crash stopped halfway are finished first."""
    rows = engine.ask("SELECT count() AS posts FROM posts").table["posts"][0].as_py()
    known = KnownPosts.read(engine.stream("SELECT id, created_at, fingerprint FROM posts"), rows)
    finish_edits(engine, known)
    return known


def _started(folder: Path, durable: bool) -> Engine:
    engine = Engine(folder)
    try:
        _lay_out(engine, durable)
        settle(engine)
    except BaseException:
        engine.close()
        raise
    return engine


def _lay_out(engine: Engine, durable: bool) -> None:
    for statement in definitions():
        engine.define(statement)
    for statement in additions({table: _columns(engine, table) for table in TABLES}):
        engine.define(statement)
    for table in TABLES:
        engine.define(f"ALTER TABLE {table} MODIFY SETTING {DURABLE.format(on=int(durable))}")


def _columns(engine: Engine, table: str) -> set[str]:
    sql = "SELECT name FROM system.columns WHERE database = currentDatabase() AND table = {table:String}"
    return set(engine.ask(sql, {"table": table}).table["name"].to_pylist())
