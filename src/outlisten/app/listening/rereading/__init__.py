"""Telling the voice of kept posts again after a declaration changed: bounded pages, resumable after any crash."""

from outlisten.app.listening.rereading.worker import start, stop, wake, work_off

__all__ = ["start", "stop", "wake", "work_off"]
