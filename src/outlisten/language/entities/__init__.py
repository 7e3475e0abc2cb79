"""Entities: brands, places, sums, dates, numbers and contact data of a post, each with its place; personal data marked.

from outlisten.language.entities import find_entities, mask

found = find_entities("海港手机坏了，打13800001234找我", names=("海港",))   # brand 海港, phone 13800001234 (personal)
mask("海港手机坏了，打13800001234找我", found)                            # 海港手机坏了，打[phone 11]找我
"""

from outlisten.language.entities.entity import KINDS, Entity, Kind
from outlisten.language.entities.finding import find_entities
from outlisten.language.entities.masking import mask

__all__ = ["KINDS", "Entity", "Kind", "find_entities", "mask"]
