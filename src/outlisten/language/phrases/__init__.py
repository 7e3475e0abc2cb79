"""Named rules: the words in a post that ask for help, complain, thank, threaten to leave, press for time, with their place.

from outlisten.language.phrases import find_phrases

find_phrases("第三次打电话没人接，请尽快退款")   # contacted: no-answer 没人接, help: please-mend 请尽快退款
"""

from outlisten.language.phrases.finding import find_phrases
from outlisten.language.phrases.phrase import CUES, INTENTS, KINDS, REASONS, Kind, Phrase

__all__ = ["CUES", "INTENTS", "KINDS", "REASONS", "Kind", "Phrase", "find_phrases"]
