"""Reading one post: its language, whether it mixes languages, and its tone, with the model that said so.

from outlisten.language import read, model_card

read(["客服态度太差了", "Love the new app!"])   # a table of the reading columns, one row a post
model_card().rates("zh", "negative")             # error rates for adjusted counts
"""

from outlisten.language.card import ModelBroken, ModelCard, model_card
from outlisten.language.provenance import voice
from outlisten.language.reading import Reading, read, read_one

__all__ = ["ModelBroken", "ModelCard", "Reading", "model_card", "read", "read_one", "voice"]
