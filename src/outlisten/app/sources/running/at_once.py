"""A source asked now, by whoever waits for it: beside the worker threads and under the same lease."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterator

from outlisten.app.people.rules import Act, Actor, require
from outlisten.app.sources.models import Run, Source
from outlisten.app.sources.running.asking import ask
from outlisten.app.sources.running.leases import LeaseLost, claim_one, release
from outlisten.sources.registry import manifests


class Streaming(Exception):
    """The source is listened to at this moment: its posts arrive by themselves."""


def ask_until_done(source: Source, *, by: Actor, wait: Callable[[], None]) -> Iterator[Run]:
    """Ask, and ask on while the network has more; each ask as it ends, the last also when it met a problem.

    `wait` is called while another worker holds the source, and may raise to give up.
    Raises Refused, Streaming, LeaseLost when the source is paused or changed meanwhile.
    """
    require(by, Act.MANAGE_SOURCES)
    more = True
    while more:
        run = _once(source, wait)
        more = run.more and not run.problem
        yield run


def _once(source: Source, wait: Callable[[], None]) -> Run:
    holder = f"{os.getpid()}-{secrets.token_hex(4)}"
    while (held := claim_one(source.pk, holder)) is None:
        _look(source)
        wait()
    try:
        return ask(held)
    finally:
        release(held.pk, holder)


def _look(source: Source) -> None:
    """Why the source is not free. Raises Streaming or LeaseLost where waiting is no use."""
    source.refresh_from_db()
    if source.state != Source.State.ON:
        raise LeaseLost
    manifest = manifests().get(source.connector)
    if manifest is not None and manifest.streams:
        raise Streaming
