"""An alert as a page shows it."""

from __future__ import annotations

from dataclasses import dataclass

from outlisten.app.alerts.models import Alert
from outlisten.app.alerts.writing.sentences import Sentence, heading, reasons, said


@dataclass(frozen=True, slots=True)
class Shown:
    """An alert with what is said of it."""

    alert: Alert
    heading: str
    said: Sentence
    reasons: list[Sentence]

    @property
    def going_on(self) -> bool:
        """Whether it is not over yet."""
        return self.alert.ended_at is None


def shown(alert: Alert) -> Shown:
    """The alert in the reader's language."""
    return Shown(alert, heading(alert), said(alert), reasons(alert))
