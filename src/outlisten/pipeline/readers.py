"""A pool of processes that read posts, so that reading never holds up the pages."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import resource_tracker
from threading import Lock, Thread, Timer

import pyarrow as pa

from outlisten.garbage import look_seldom
from outlisten.pipeline.derive import derive, read_again

# Below this many posts, handing them to another process costs more than reading them here.
SMALL_BATCH = 200
# One task a worker: small enough that two workers finish together, large enough to be worth the trip.
CHUNK = 2_500
IDLE_SECONDS = 60.0


class Readers:
    """Derives posts in `workers` processes started on the first large batch and stopped after a minute of rest.

    The processes are spawned, never forked: a child forked while the embedded engine is open would hang. `at_rest` is
    called when they have stopped.
    """

    def __init__(self, workers: int = 2, *, at_rest: Callable[[], None] = lambda: None) -> None:
        self._workers = workers
        self._at_rest = at_rest
        self._pool: ProcessPoolExecutor | None = None
        self._lock = Lock()
        self._rest: Timer | None = None

    def submit(self, posts: pa.Table) -> Callable[[], pa.Table]:
        """Start reading; call what comes back to wait for the completed table."""
        return self._given(posts, derive, _derived)

    def submit_again(self, posts: pa.Table) -> Callable[[], pa.Table]:
        """The same for posts that are kept: only what models read in them (`derive.read_again`)."""
        return self._given(posts, read_again, _read_again)

    def _given(
        self, posts: pa.Table, here: Callable[[pa.Table], pa.Table], there: Callable[[bytes], bytes]
    ) -> Callable[[], pa.Table]:
        """The work on a small batch done here, on a large one in the processes."""
        if posts.num_rows < SMALL_BATCH or self._workers == 0:
            return lambda: here(posts)
        with self._lock:
            pool = self._awake()
            with _ctrl_c_blocked():  # the first submit starts the processes
                parts = [pool.submit(there, packed) for packed in _chunks(posts)]
        return lambda: _joined(parts)

    def close(self) -> None:
        """Stop the processes; they start again when needed."""
        with self._lock:
            if self._rest:
                self._rest.cancel()
                self._rest = None
            pool, self._pool = self._pool, None
        if pool:
            pool.shutdown()

    def _stop(self) -> None:
        self.close()
        self._at_rest()

    def _awake(self) -> ProcessPoolExecutor:
        if self._rest:
            self._rest.cancel()
        self._rest = Timer(IDLE_SECONDS, self._stop)
        self._rest.daemon = True
        self._rest.start()
        if self._pool is None:
            spawn = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(self._workers, mp_context=spawn, initializer=_began)
        return self._pool


def _began() -> None:
    """In a reading process, before anything else."""
    look_seldom()
    _end_with_parent()


def _end_with_parent() -> None:
    """In a reading process: end when the one that started it is killed. (It would wait for work for ever: it holds the other
    end of its own queue.)"""
    parent = multiprocessing.parent_process()

    def follow() -> None:
        if parent is not None:
            parent.join()
            os._exit(1)

    Thread(target=follow, name="end-with-parent", daemon=True).start()


@contextmanager
def _ctrl_c_blocked() -> Iterator[None]:
    """Processes started inside never see Ctrl-C, which a terminal sends to all: their parent ends them in order."""
    resource_tracker.ensure_running()  # it would lift the block when it is started later
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _chunks(posts: pa.Table) -> Iterator[bytes]:
    for start in range(0, posts.num_rows, CHUNK):
        yield _packed(posts.slice(start, CHUNK))


def _derived(packed: bytes) -> bytes:
    """What a worker does with a chunk."""
    return _packed(derive(_unpacked(packed)))


def _read_again(packed: bytes) -> bytes:
    """What a worker does with a chunk of kept posts."""
    return _packed(read_again(_unpacked(packed)))


def _joined(parts: list[Future[bytes]]) -> pa.Table:
    return pa.concat_tables([_unpacked(part.result()) for part in parts])


def _packed(posts: pa.Table) -> bytes:
    """A table as it goes through the pipe. (Pickled, a slice would carry its whole parent along.)"""
    target = pa.BufferOutputStream()
    with pa.ipc.new_stream(target, posts.schema) as stream:
        stream.write_table(posts)
    return target.getvalue().to_pybytes()  # type: ignore[no-any-return]


def _unpacked(packed: bytes) -> pa.Table:
    with pa.ipc.open_stream(packed) as stream:
        return stream.read_all()
