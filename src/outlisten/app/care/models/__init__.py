"""What care keeps: cases with their posts, history, answers and promises; rules; service levels."""

from outlisten.app.care.models.answers import Answer, Draft, Promise, Thanks
from outlisten.app.care.models.cases import Case, CasePost, Entry, Pause, Presence
from outlisten.app.care.models.rules import Need, Rule
from outlisten.app.care.models.service_levels import ServiceLevel

__all__ = [
    "Answer",
    "Case",
    "CasePost",
    "Draft",
    "Entry",
    "Need",
    "Pause",
    "Presence",
    "Promise",
    "Rule",
    "ServiceLevel",
    "Thanks",
]
