"""Bringing files in while the pages stay quick: the upload, the run's row in the database, and the worker."""

from outlisten.app.listening.imports.worker import start, stop, wake

__all__ = ["start", "stop", "wake"]
