"""Sentiment towards each named brand and aspect of a post, where the post as a whole has but one.

from outlisten.language.targets import toward

toward("屏幕很好，但是电池太差", names=())          # screen positive, battery negative
toward("A is better than B", names=("A", "B"))     # A positive, B negative
"""

from outlisten.language.targets.reading import Target, toward
from outlisten.language.targets.scoring import Score

__all__ = ["Score", "Target", "toward"]
