"""The threads of the server process that look at rules, write digests, and deliver messages."""

from __future__ import annotations

from threading import Event

from outlisten.app.listening.background import Background

ENDING = Event()


def watch() -> int:
    """Look at the rules that are due, write the digests that are due, make messages of both, and forget old ones; how much."""
    from outlisten.app.alerts.digesting.due import write_due
    from outlisten.app.alerts.judging.judge import judge_due
    from outlisten.app.alerts.sending.forgetting import forget_when_due
    from outlisten.app.alerts.sending.telling import tell

    done = judge_due(ending=ENDING) + write_due(ending=ENDING)
    told = tell()
    if told:
        _deliveries.wake()
    return done + told + forget_when_due()


def deliver() -> int:
    """Deliver what is due; returns how many messages were tried."""
    from outlisten.app.alerts.sending.delivering import deliver_due

    return deliver_due(ENDING)


_watching = Background("alerts", watch, ENDING)
_deliveries = Background("deliveries", deliver, ENDING)


def start() -> None:
    """Start the threads once in this process."""
    ENDING.clear()
    _watching.start()
    _deliveries.start()


def stop(patience: float = 10.0) -> None:
    """End the threads; a message under way is finished."""
    ENDING.set()
    _watching.stop(patience)
    _deliveries.stop(patience)


def wake() -> None:
    """There is something to look at or to deliver."""
    _watching.wake()
    _deliveries.wake()
