"""What is kept of sources."""

from outlisten.app.sources.models.collected import (
    CheckedPost,
    GonePost,
    HourCount,
    Outage,
    RejectedRecord,
    Run,
)
from outlisten.app.sources.models.received import ReceivedRecord
from outlisten.app.sources.models.sources import Source

__all__ = [
    "CheckedPost",
    "GonePost",
    "HourCount",
    "Outage",
    "ReceivedRecord",
    "RejectedRecord",
    "Run",
    "Source",
]
