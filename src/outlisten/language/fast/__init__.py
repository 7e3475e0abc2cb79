"""The fast tier: every post read by linear heads on one pass of hashed n-grams, thousands of posts a second.

from outlisten.language.fast import scores

scores(["能不能加个夜间模式", "cancelling today"], ["zh", "en"])["intent"].values   # posts × intents, calibrated
"""

from outlisten.language.fast.scoring import Scores, scores
from outlisten.language.fast.tasks import EMOTIONS, FLAGS, INTENTS, REASONS, SENTIMENTS, TASKS, Task

__all__ = ["EMOTIONS", "FLAGS", "INTENTS", "REASONS", "SENTIMENTS", "TASKS", "Scores", "Task", "scores"]
