"""How well the models read: any labelled posts against what is read in them."""

from outlisten.language.evaluation.answering import Answer, Answering, NotRead, answering
from outlisten.language.evaluation.label_names import LabelNames, Unknown
from outlisten.language.evaluation.scoring import Scoring
from outlisten.language.evaluation.tally import Tally
from outlisten.language.evaluation.tasks import TASKS, Task

__all__ = [
    "TASKS",
    "Answer",
    "Answering",
    "LabelNames",
    "NotRead",
    "Scoring",
    "Tally",
    "Task",
    "Unknown",
    "answering",
]
