"""Posts a second from a downloaded stream into the store, without reading and with the fast models, and where the time goes.

Messages as Jetstream sends them lie in a file; the Jetstream connector reads them as from its socket, `collecting` makes posts of
them, and `Pipeline` takes these into an empty chDB store, with the sample's brands and topics as saved queries.

    OUTLISTEN_SHARED=../shared python benchmarks/collecting_speed.py [--posts 300000] [--write PAGE.md]
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

sys.path.insert(0, str(Path(__file__).parent))
from downloaded import Played, messages, origin
from import_speed import resident_megabytes
from machine import machine

from outlisten import sample
from outlisten.garbage import look_seldom
from outlisten.pipeline import Hooks, Pipeline, Readers
from outlisten.pipeline.derive import completed
from outlisten.pipeline.normalise import normalise
from outlisten.pipeline.readers import _packed, _unpacked
from outlisten.posts import open_store
from outlisten.posts.store import AddResult
from outlisten.query import Matcher, parse
from outlisten.sources.collecting import take_large
from outlisten.sources.connector import Setting
from outlisten.sources.jetstream.connector import Jetstream

STAGES = (
    "parse",
    "map",
    "normalise",
    "deduplicate",
    "read: handed over",
    "read: waited for",
    "keep",
    "match",
    "act",
)
UNREAD, READ = "without reading", "with the fast models"
GOALS = {UNREAD: 20_000, READ: 6_000}
WARM = pa.table({name: pa.array(values) for name, values in {
    "platform": ["x"] * 10_000, "native_id": list(map(str, range(10_000))), "text": ["热身 warm"] * 10_000,
}.items()})  # fmt: skip
TICKS = os.sysconf("SC_CLK_TCK")


class Clock:
    """Seconds of the collecting thread by stage, by the clock and of its processor time; a stage inside another is not
    counted for the outer one."""

    def __init__(self) -> None:
        self.seconds: Counter[str] = Counter()
        self.processor: Counter[str] = Counter()
        self._open: list[str] = []
        self._since = time.perf_counter(), time.thread_time()

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        self._turn()
        self._open.append(name)
        try:
            yield
        finally:
            self._turn()
            self._open.pop()

    def timed(self, name: str, work: Callable[..., Any]) -> Callable[..., Any]:
        def wrapped(*given: Any, **named: Any) -> Any:
            with self.stage(name):
                return work(*given, **named)

        return wrapped

    def each(self, name: str, items: Iterable[Any]) -> Iterator[Any]:
        """The items; the time that making them takes is the stage's."""
        source = iter(items)
        end = object()
        while True:
            with self.stage(name):
                item = next(source, end)
            if item is end:
                return
            yield item

    def _turn(self) -> None:
        now = time.perf_counter(), time.thread_time()
        if self._open:
            self.seconds[self._open[-1]] += now[0] - self._since[0]
            self.processor[self._open[-1]] += now[1] - self._since[1]
        self._since = now

    def begin(self) -> None:
        """Forget what was measured so far."""
        self.seconds.clear()
        self.processor.clear()


class TimedStore:
    """The store; its answers to *known?* and what it adds are timed."""

    def __init__(self, store: Any, clock: Clock) -> None:
        self._store = store
        self.known = clock.timed("deduplicate", store.known)
        self.add = clock.timed("keep", store.add)
        self.add_engagement = clock.timed("keep", store.add_engagement)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)


class TimedReaders(Readers):
    """The reading processes; handing over and waiting are timed."""

    def __init__(self, clock: Clock, *, unread: bool) -> None:
        super().__init__(2)
        self._clock, self._unread = clock, unread

    def submit(self, posts: pa.Table) -> Callable[[], pa.Table]:
        with self._clock.stage("read: handed over"):
            begun = self._given(posts, unread, _unread) if self._unread else super().submit(posts)
        return self._clock.timed("read: waited for", begun)

    def processor_seconds(self) -> float:
        """What the processes have used so far."""
        stats = (
            Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split() for pid in self._pool._processes
        )
        return sum(int(fields[11]) + int(fields[12]) for fields in stats) / TICKS


def unread(posts: pa.Table) -> pa.Table:
    """Posts with their tokens, which the index needs, and nothing that the models read."""
    return completed(posts, {})


def _unread(packed: bytes) -> bytes:
    return _packed(unread(_unpacked(packed)))


@dataclass(frozen=True)
class Run:
    """How many posts went in, in which time, and what it took of both processors."""

    name: str
    posts: int
    seconds: float
    clock: Clock
    here: float  # processor seconds of the collecting process
    there: float  # of the reading processes
    megabytes: tuple[float, ...]  # of all processes, in the middle and at the end

    @property
    def rate(self) -> float:
        return self.posts / self.seconds


def collected(name: str, file: Path, posts: int) -> Run:
    """One run into a fresh store. The reading processes have started and read before the time counts."""
    clock = Clock()
    with tempfile.TemporaryDirectory() as home:
        store = open_store(f"chdb://{home}/posts")
        readers = TimedReaders(clock, unread=name == UNREAD)
        hooks = Hooks(
            match=clock.timed("match", watching().match), act=clock.timed("act", lambda posts, matches: None)
        )
        pipeline = Pipeline(TimedStore(store, clock), readers=readers, hooks=hooks)  # type: ignore[arg-type]
        readers.submit(normalise(WARM, now=datetime.now(UTC)).posts)()
        clock.begin()
        memory: list[float] = []
        before, here, began = readers.processor_seconds(), time.process_time(), time.perf_counter()
        for taken in pages_in(file, pipeline, clock):
            if len(memory) < 1 and taken >= posts / 2:
                memory.append(resident_megabytes(os.getpid()))
        seconds, here = time.perf_counter() - began, time.process_time() - here
        there = readers.processor_seconds() - before
        memory.append(resident_megabytes(os.getpid()))
        kept = store.count(None).value
        pipeline.close()
        store.close()
    if kept != posts:
        raise SystemExit(f"{kept:,} of {posts:,} posts are in the store")
    return Run(name, posts, seconds, clock, here, there, tuple(memory))


def pages_in(file: Path, pipeline: Pipeline, clock: Clock) -> Iterator[int]:
    """Every page of the stream taken in; how many posts were added so far."""
    one = Jetstream(Setting({"words": ()}, {}, Played(file)))  # type: ignore[arg-type]

    def ingest_many(tables: Iterable[pa.Table]) -> Iterator[AddResult]:
        with clock.stage(
            "normalise"
        ):  # what is left of the pipeline's time when the stages inside are taken off
            yield from pipeline.ingest_many(clock.each("map", tables))

    taken = 0
    for page in clock.each("parse", one.stream({})):
        if not page.records:  # the stream has fallen silent
            return
        with clock.stage("map"):
            taken += take_large(page, one, ingest_many, "benchmark").result.added
        yield taken


def watching() -> Matcher:
    """The saved queries of the bundled sample."""
    matcher = Matcher()
    for one in (*sample.brands(), *sample.topics()):
        matcher.add(one.name, parse(one.query))
    return matcher


def report(runs: list[Run], queries: int) -> str:
    """The page."""
    names = " | ".join(run.name for run in runs)
    return "\n".join(
        [
            "# Collecting speed",
            "",
            f"{runs[0].posts:,} posts ({origin()} in the messages of Jetstream, from a file) through the connector, its",
            f"mapping and the pipeline into an empty chDB store, {queries} saved queries matched, two reading processes. The",
            "goals are for two cores that do nothing else: where fewer cores were used, other work took the rest.",
            "",
            f"| | {names} |",
            f"|---|{'---:|' * len(runs)}",
            _row("**posts a second**", (f"**{run.rate:,.0f}**" for run in runs)),
            _row("goal", (f"{GOALS[run.name]:,}" for run in runs)),
            _row("processor time a post, collecting process", (_micros(run.here, run) for run in runs)),
            _row("processor time a post, reading processes", (_micros(run.there, run) for run in runs)),
            _row(
                "posts a second for each core used",
                (f"{run.posts / (run.here + run.there):,.0f}" for run in runs),
            ),
            _row("cores used", (f"{(run.here + run.there) / run.seconds:.2f}" for run in runs)),
            _row("memory of all processes, half-way and at the end, MB", (_memory(run) for run in runs)),
            "",
            "Where the collecting thread's time goes: microseconds a post, the share, and how many of them the thread itself",
            "worked (not waiting for a processor, another process, or the store's own threads).",
            "",
            f"| stage | {names} |",
            f"|---|{'---:|' * len(runs)}",
            *(_row(stage, (_share(run, stage) for run in runs)) for stage in STAGES),
            "",
            "Reading is done in the processes beside; *waited for* is what the collecting thread had to wait for them, and",
            "*keep* and *map* go slower while they use the same two cores. There is nothing to act on here: cases and alarms",
            "are the application's.",
            "",
            f"{machine()}",
            f"Made by `python benchmarks/collecting_speed.py --posts {runs[0].posts}`.",
            "",
        ]
    )


def _row(name: str, cells: Iterable[str]) -> str:
    return f"| {name} | {' | '.join(cells)} |"


def _micros(seconds: float, run: Run) -> str:
    return f"{seconds / run.posts * 1e6:.0f} µs"


def _memory(run: Run) -> str:
    return ", ".join(f"{size:,.0f}" for size in run.megabytes)


def _share(run: Run, stage: str) -> str:
    seconds, worked = run.clock.seconds[stage], run.clock.processor[stage]
    return f"{seconds / run.posts * 1e6:.1f} ({seconds / run.seconds:.0%}), {worked / run.posts * 1e6:.1f}"


def main() -> None:
    """Measure, print, and write the page when asked."""
    look_seldom()  # as the command line does
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--posts", type=int, default=300_000)
    parser.add_argument("--only", choices=list(GOALS), help="one of the two runs")
    parser.add_argument("--write", type=Path, help="the page to write")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "stream.jsonl"
        with file.open("w", encoding="utf-8") as lines:
            lines.writelines(f"{message}\n" for message in messages(options.posts))
        runs = [collected(name, file, options.posts) for name in ([options.only] if options.only else GOALS)]
    page = report(runs, len([*sample.brands(), *sample.topics()]))
    print(page)
    if options.write:
        options.write.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
