"""Reading kept posts again, after a declaration of voices changed or with newer models: bounded pages, resumable after
any crash."""

from outlisten.app.listening.rereading.worker import start, stop, wake, work_off, work_off_models

__all__ = ["start", "stop", "wake", "work_off", "work_off_models"]
