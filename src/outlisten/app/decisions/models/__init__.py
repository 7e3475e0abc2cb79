"""What decisions keep: insights, decisions and their outcomes; claims and their tests."""

from outlisten.app.decisions.models.claims import Claim, ClaimTest
from outlisten.app.decisions.models.decisions import Decision, DecisionChange, Outcome
from outlisten.app.decisions.models.insights import Insight

__all__ = ["Claim", "ClaimTest", "Decision", "DecisionChange", "Insight", "Outcome"]
