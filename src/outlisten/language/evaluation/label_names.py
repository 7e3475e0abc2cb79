"""What the labels of a file mean: a person's own names for them, and the usual ones."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from outlisten.language.evaluation.tasks import NO, NONE, YES, Task
from outlisten.language.reading import declared_language

# For posts that a person leaves out, and for every value not named.
LEFT_OUT, ANY = "", "*"
SEPARATORS = re.compile(r"[,;|、，；]")
Labels = tuple[str, ...]

USUAL: Mapping[str, Mapping[str, str]] = {
    "sentiment": {
        "neg": "negative", "neu": "neutral", "pos": "positive", "负面": "negative", "负向": "negative",
        "消极": "negative", "中性": "neutral", "中立": "neutral", "正面": "positive", "正向": "positive",
        "积极": "positive",
    },
    "emotion": {
        "angry": "anger", "happy": "joy", "happiness": "joy", "sad": "sadness", "愤怒": "anger",
        "高兴": "joy", "喜悦": "joy", "悲伤": "sadness", "恐惧": "fear", "惊讶": "surprise",
        "惊奇": "surprise", "厌恶": "disgust", "乐观": "optimism", "感激": "gratitude", "感谢": "gratitude",
        "无情绪": "neutral", "neural": "neutral",
    },
    "intent": {
        "求助": "help", "咨询": "inquiry", "询问": "inquiry", "投诉": "complaint", "抱怨": "complaint",
        "建议": "suggestion", "表扬": "praise", "感谢": "thanks", "购买": "purchase", "流失": "leaving",
        "对比": "comparison", "比较": "comparison", "无": NONE,
    },
    "language": {
        "english": "en", "chinese": "zh", "英文": "en", "英语": "en", "中文": "zh", "汉语": "zh",
        "japanese": "ja", "korean": "ko", "french": "fr", "german": "de", "spanish": "es",
    },
    "urgency": {"none": "0", "low": "1", "medium": "2", "high": "3", "0.33": "1", "0.67": "2", "1.0": "3"},
}  # fmt: skip
YES_NO = {
    "1": YES, "true": YES, "y": YES, "t": YES, "是": YES, "有": YES, "0": NO, "false": NO, "n": NO, "f": NO,
    "否": NO, "无": NO, "none": NO, "other": NO,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Unknown(ValueError):
    """Labels of a file that mean nothing for the task: how many posts have each."""

    values: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class LabelNames:
    """From the values of a file's label column to the labels of a task.

    `given` is {value: label}: several labels are joined by +, an empty one leaves the posts out, the value *
    stands for all that are not named.
    """

    task: Task
    given: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Raises Unknown for a label that the task does not have."""
        wrong = [
            part
            for label in self.given.values()
            for part in label.split("+")
            if part and not self._ours(part)
        ]
        if wrong:
            raise Unknown(Counter(wrong))

    def read(self, value: object) -> Labels | None:
        """The labels of a post, None where a person leaves it out. Raises KeyError for a value not known."""
        if isinstance(value, list):
            return self._joined([written(one) for one in value], value=json.dumps(value, ensure_ascii=False))
        text = written(value)
        if text in self.given or self.task.kind != "several":
            return self._named(text)
        return self._joined([part.strip() for part in SEPARATORS.split(text)], value=text)

    def _joined(self, parts: list[str], value: str) -> Labels | None:
        if self.task.kind != "several" and len(parts) != 1:
            raise KeyError(value)
        found = [self._named(part) for part in parts if part]
        if found and all(one is None for one in found):
            return None
        return tuple(sorted({label for one in found if one for label in one}))

    def _named(self, text: str) -> Labels | None:
        label = self.given.get(text)
        if label is None:
            label = self._usual(text) or self.given.get(ANY)
        if label is None:
            raise KeyError(text)
        if label == LEFT_OUT:
            return None
        names = tuple(sorted({self._ours(part) for part in label.split("+")} - {NONE}))
        return names if self.task.kind == "several" else names[:1] or (NO,)

    def _usual(self, text: str) -> str:
        """The label that a value usually stands for, empty when it says nothing."""
        if not text:
            return NONE if self.task.kind == "several" else ""
        return self._ours(text)

    def _ours(self, text: str) -> str:
        plain = text.strip().lower()
        if self.task.name == "language":
            return USUAL["language"].get(plain) or declared_language(plain) or ""
        if self.task.kind == "yes_no":
            yes = {YES, self.task.name, self.task.flag}
            return YES if plain in yes else NO if plain == NO else YES_NO.get(plain, "")
        known = {*self.task.labels, *((NONE,) if self.task.kind == "several" else ())}
        return plain if plain in known else USUAL.get(self.task.name, {}).get(plain, "")


def written(value: object) -> str:
    """A cell as it is named on the command line: 1 for 1.0, true for True, nothing for null."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
