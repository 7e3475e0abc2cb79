"""The one process that holds a home: pages, background work, and the socket where commands meet it."""

from __future__ import annotations

import os
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from outlisten.cli.ports import address_of
from outlisten.cli.remote.listener import Listener
from outlisten.cli.session import Session
from outlisten.cli.spare_memory import spare_memory
from outlisten.cli.terminal import Serving

# Seconds that open pages get to finish when the server ends; live updates never finish by themselves.
PATIENCE = 5
# A question travels in the address: 20,000 characters outside ASCII are 240 KB there, and htmx sends the page's
# own address along. What is longer is cut off by the server before anybody can answer with a sentence.
LONGEST_HEAD = 1024 * 1024


@contextmanager
def ready(session: Session) -> Iterator[None]:
    """Own the home: database up to date, static files collected, store open. Raises HomeBusy, StoreError."""
    spare_memory()
    with session.home.lock(f"outlisten {session.command}"):
        os.environ["OUTLISTEN_HOME"] = str(session.home.path)
        from outlisten.app.start import prepare

        prepare()
        from outlisten.app.listening.store import pipeline, posts, use

        store = posts()
        pipeline()  # makes up for what a crash left
        try:
            yield
        finally:
            pipeline().close()
            use(None)
            store.close()


def serve(session: Session, listening: socket.socket, announce: Callable[[], None]) -> None:
    """Serve until SIGINT or SIGTERM; inside `ready`. `announce` is called once, when visitors are let in."""
    import uvicorn
    from django.db import connections

    from outlisten.app.alerts.sending import worker as alerts
    from outlisten.app.asgi import application
    from outlisten.app.listening import deepening, imports, meaning, rereading
    from outlisten.app.listening.store import posts
    from outlisten.app.sources import running as sources
    from outlisten.app.trust.retention.sweep import background as retention

    serving = Serving(session.home, posts, address=address_of(listening), after_each=connections.close_all)
    listener = Listener(serving).start()
    try:
        imports.start()
        rereading.start()
        meaning.start()
        deepening.start()
        retention.start()
        sources.start()
        alerts.start()
        server = uvicorn.Server(
            uvicorn.Config(
                application, lifespan="off", log_config=None, access_log=False,
                server_header=False, proxy_headers=False, timeout_graceful_shutdown=PATIENCE,
                h11_max_incomplete_event_size=LONGEST_HEAD, http="h11",
            )
        )  # fmt: skip
        announce()
        with _ended_by_signals():
            server.run(sockets=[listening])
    finally:
        listener.close()
        alerts.stop()
        sources.stop()
        imports.stop()
        rereading.stop()
        meaning.stop()
        deepening.stop()
        retention.stop()


@contextmanager
def _ended_by_signals() -> Iterator[None]:
    """uvicorn raises the signal that ended it once more, to whoever asked before it: that is us, and we go on
    to close what is open."""

    def ended(_number: int, _frame: FrameType | None) -> None:
        return

    before = {number: signal.signal(number, ended) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def ended_like_ctrl_c() -> Iterator[None]:
    """SIGTERM ends the process as Ctrl-C does, through every `finally`; so does losing its terminal."""

    def end(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    def hang_up(_number: int, _frame: FrameType | None) -> None:
        signal.raise_signal(signal.SIGTERM)

    before = {signal.SIGTERM: signal.signal(signal.SIGTERM, end)}
    if signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:  # nohup wants the process to go on
        before[signal.SIGHUP] = signal.signal(signal.SIGHUP, hang_up)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
