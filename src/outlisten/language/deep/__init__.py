"""The deep tier: a small encoder, averaged with the fast heads, for the posts that matter.

from outlisten.language.deep import available, read_deep

if available():
    read_deep(["客服态度太差了", "Love the new app!"])   # the columns of `language.read`, read more closely
"""

from __future__ import annotations

from importlib.util import find_spec

from outlisten.language.deep.card import FOLDER, DeepCard, deep_card
from outlisten.language.deep.reading import read_deep
from outlisten.language.deep.scoring import scores

__all__ = ["DeepCard", "available", "deep_card", "read_deep", "scores"]


def available() -> bool:
    """Whether the model and what runs it are installed."""
    installed = all(find_spec(package) is not None for package in ("onnxruntime", "tokenizers"))
    return installed and (FOLDER / "card.json").is_file()
