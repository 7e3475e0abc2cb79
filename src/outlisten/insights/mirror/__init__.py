"""How a company looks to others and how it behaves in conversation: words, broadcast, answers."""

from outlisten.insights.mirror.answers import Answers, answers
from outlisten.insights.mirror.broadcast import Broadcast, broadcast
from outlisten.insights.mirror.distance import ImageDistance, image_distance
from outlisten.insights.mirror.talk import CompanyPosts, Side, Talk, read_side, read_talk, written_by

__all__ = [
    "Answers",
    "Broadcast",
    "CompanyPosts",
    "ImageDistance",
    "Side",
    "Talk",
    "answers",
    "broadcast",
    "image_distance",
    "read_side",
    "read_talk",
    "written_by",
]
