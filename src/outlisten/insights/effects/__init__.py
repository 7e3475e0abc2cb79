"""Did a promise come true? A series, the day it should have changed, the size that was promised, and a verdict.

`test(series, promise)` is the whole of it. The method, its assumptions and its measured error stand in
docs/explanation/claims-lab.md.
"""

from outlisten.insights.effects.promise import Promise
from outlisten.insights.effects.reasons import Reason
from outlisten.insights.effects.sentences import found, sentence
from outlisten.insights.effects.series import BadSeries, ClaimSeries, Kind, Step
from outlisten.insights.effects.sizes import read_size, written_size
from outlisten.insights.effects.testing import test
from outlisten.insights.effects.verdict import Bucket, ControlCheck, Outcome, Placebo, Verdict

__all__ = [
    "BadSeries",
    "Bucket",
    "ClaimSeries",
    "ControlCheck",
    "Kind",
    "Outcome",
    "Placebo",
    "Promise",
    "Reason",
    "Step",
    "Verdict",
    "found",
    "read_size",
    "sentence",
    "test",
    "written_size",
]
