"""Posts a second that `outlisten import` takes in, reading included, and whether its memory stays flat.

Beside it, in the same run: the same texts put batch by batch into a SQLite FTS5 table with a unique key, without
reading them.

    python benchmarks/import_speed.py --shared ../shared/data [--write docs/explanation/measured/import-speed.md]
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import os
import platform
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

OUTLISTEN = [sys.executable, "-m", "outlisten"]
BATCH = 10_000
# Adding up the memory of a gigabyte of mappings takes a core 50 ms: often enough to see growth, not to slow the run.
SAMPLE_SECONDS = 2.0


@dataclass(frozen=True)
class Measured:
    posts: int
    seconds: float  # from the start of the process to its end
    megabytes: tuple[float, ...]
    working: float = 0.0  # seconds of taking posts in, as the command reports them

    @property
    def rate(self) -> float:
        return self.posts / self.seconds

    @property
    def sustained(self) -> float:
        return self.posts / self.working

    def memory_growth(self) -> float:
        """Median resident memory of the last quarter of the run over that of the second quarter."""
        quarter = max(1, len(self.megabytes) // 4)
        return statistics.median(self.megabytes[-quarter:]) / statistics.median(
            self.megabytes[quarter : 2 * quarter]
        )


def resident_megabytes(process: int) -> float:
    """Proportional resident memory of a process and all its children."""
    total, waiting = 0, [process]
    while waiting:
        pid = waiting.pop()
        try:
            rollup = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
            waiting += map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split())
        except (FileNotFoundError, ProcessLookupError):
            continue  # it ended meanwhile
        total += next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))
    return total / 1024


def outlisten_import(files: list[Path], home: Path, options: list[str]) -> Measured:
    command = [*OUTLISTEN, "import", "--home", str(home), *options, "--json", *map(str, files)]
    began, memory = time.perf_counter(), []
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as running:
        while running.poll() is None:
            memory.append(resident_megabytes(running.pid))
            time.sleep(SAMPLE_SECONDS)
        assert running.stdout is not None
        report = json.loads(running.stdout.read())
    if running.returncode not in (0, 3):
        raise SystemExit(f"the import ended with {running.returncode}: {report}")
    return Measured(report["read"], time.perf_counter() - began, tuple(memory), report["seconds"])


def texts(path: Path) -> Iterator[str]:
    encoding = "gb18030" if "weibo" in str(path) else "utf-8"
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding=encoding, errors="replace", newline="") as lines:
        if ".csv" in path.name:
            yield from (row[-1] for row in csv.reader(lines) if row)
        else:
            yield from lines


def sqlite_fts5(files: list[Path], folder: Path) -> Measured:
    database = sqlite3.connect(folder / "peer.sqlite3")
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("CREATE TABLE posts (key INTEGER PRIMARY KEY, text TEXT)")
    database.execute("CREATE VIRTUAL TABLE found USING fts5(text, content='', tokenize='trigram')")
    began, count = time.perf_counter(), 0
    for path in files:
        rows: list[tuple[int, str]] = []
        for text in texts(path):
            rows.append((count, text))
            count += 1
            if len(rows) == BATCH:
                insert(database, rows)
                rows = []
        insert(database, rows)
    return Measured(count, time.perf_counter() - began, (0.0,))


def insert(database: sqlite3.Connection, rows: list[tuple[int, str]]) -> None:
    with database:
        database.executemany("INSERT OR IGNORE INTO posts VALUES (?, ?)", rows)
        database.executemany("INSERT INTO found(rowid, text) VALUES (?, ?)", rows)


def report(name: str, files: list[Path], options: list[str]) -> str:
    with tempfile.TemporaryDirectory() as folder:
        ours = outlisten_import(files, Path(folder) / "home", options)
        peer = sqlite_fts5(files, Path(folder))
    return (
        f"| {name} | {ours.posts:,} | {ours.sustained:,.0f} | {ours.rate:,.0f} | {max(ours.megabytes):,.0f} "
        f"| {ours.memory_growth():.2f} | {ours.rate / peer.rate:.2f} |"
    )


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument(
        "--shared", type=Path, default=Path(os.environ.get("OUTLISTEN_SHARED", "../shared")) / "data"
    )
    arguments.add_argument("--write", type=Path)
    given = arguments.parse_args()
    weibo = sorted((given.shared / "covid19_weibo/unlabelled").glob("*.csv*"))
    tweets = sorted((given.shared / "tweeteval/emoji_text_only").glob("*_text.txt*"))
    if not weibo or not tweets:
        raise SystemExit(
            f"no posts below {given.shared}: name the folder that holds covid19_weibo and tweeteval"
        )
    load = os.getloadavg()[0]
    lines = [
        "| posts | read | posts a second, sustained | with start and end of the process | peak memory, MB, all processes "
        "| memory, end over start | rate over SQLite FTS5 (trigram, without reading) |",
        "|---|---|---|---|---|---|---|",
        report("Weibo, 22 daily files", weibo, []),
        report("tweets, 3 files", tweets, ["--network", "x"]),
        "",
        f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}, load {load:.1f} before the run; "
        "made by `python benchmarks/import_speed.py`.",
    ]
    print("\n".join(lines))
    if given.write:
        given.write.parent.mkdir(parents=True, exist_ok=True)
        given.write.write_text("\n".join(["# Import speed, measured", "", *lines, ""]), encoding="utf-8")


if __name__ == "__main__":
    main()
