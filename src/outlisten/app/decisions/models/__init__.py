"""What decisions keep: insights, decisions and their outcomes; claims and their tests."""

from outlisten.app.decisions.models.decisions import Decision, DecisionChange, Outcome
from outlisten.app.decisions.models.insights import Insight

__all__ = ["Decision", "DecisionChange", "Insight", "Outcome"]
