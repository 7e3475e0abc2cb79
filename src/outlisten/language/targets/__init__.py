"""Sentiment towards each named brand and aspect of a post, where the post as a whole has but one.

from outlisten.language.targets import toward

toward("屏幕很好，但是电池太差", names=())          # screen positive, battery negative
toward("A is better than B", names=("A", "B"))     # A positive, B negative
"""

from outlisten.language.targets.aspects import aspect_said
from outlisten.language.targets.reading import toward, toward_each
from outlisten.language.targets.scoring import Score
from outlisten.language.targets.target import Target, worth_telling

__all__ = ["Score", "Target", "aspect_said", "toward", "toward_each", "worth_telling"]
