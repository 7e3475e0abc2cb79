"""What a text means, as a vector: texts that say alike things have vectors that point alike ways, in Chinese and English.

from outlisten.language.meaning import encode, vectors

vectors(["电池不耐用"])     # the static model, for every post: thousands a second, 256 numbers each
encode(["电池不耐用"])      # the search encoder, for a question and the few posts that may answer it: 384 numbers each

Both give unit vectors, so that the product of two is the cosine of the angle between them; the two models' vectors are
not comparable with each other. A text without words has a vector of zeros, which is like nothing.
"""

from outlisten.language.meaning.model_card import MeaningCard, meaning_card
from outlisten.language.meaning.search_encoder import encode
from outlisten.language.meaning.static import DIMENSIONS, vectors

__all__ = ["DIMENSIONS", "MeaningCard", "encode", "meaning_card", "vectors"]
