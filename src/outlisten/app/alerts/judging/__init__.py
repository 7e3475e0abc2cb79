"""Rules that are due are looked at; what they find becomes alerts."""

from outlisten.app.alerts.judging.judge import judge, judge_due
from outlisten.app.alerts.judging.posts import take_in

__all__ = ["judge", "judge_due", "take_in"]
