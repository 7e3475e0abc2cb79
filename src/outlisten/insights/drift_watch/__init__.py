"""Drift watch: are today's posts still like those that the models' chances were measured on?"""

from outlisten.insights.drift_watch.labelled import JudgedPosts
from outlisten.insights.drift_watch.stability import population_stability
from outlisten.insights.drift_watch.verdict import DriftVerdict, sentence, verdict
from outlisten.insights.drift_watch.watching import drift

__all__ = ["DriftVerdict", "JudgedPosts", "drift", "population_stability", "sentence", "verdict"]
