"""Running sources: who works on which, one ask, streams, and the threads of the server process."""

from outlisten.app.sources.running.worker import start, stop, wake

__all__ = ["start", "stop", "wake"]
