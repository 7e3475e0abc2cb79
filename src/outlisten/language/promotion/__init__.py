"""Whether a company's post promotes or talks with people: rules whose evidence stands in the post."""

from outlisten.language.promotion.reading import PromotionReading, read_promotion
from outlisten.language.promotion.signs import Sign, find_signs
from outlisten.language.promotion.weights import SignKind

__all__ = ["PromotionReading", "Sign", "SignKind", "find_signs", "read_promotion"]
