"""Texts cut into the pieces that both models know."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from outlisten.language.meaning.model_card import content
from outlisten.language.normalisation import READ_LIMIT, SEPARATOR, fold_joined

if TYPE_CHECKING:
    from tokenizers import Tokenizer

# <s> <pad> </s> <unk> say nothing by themselves.
SPECIAL = 4


@cache
def tokeniser() -> Tokenizer:
    """The tokeniser, loaded when first asked for. Raises ModelBroken."""
    from tokenizers import Tokenizer  # 10 MB: loaded with the model

    return Tokenizer.from_str(content("tokenizer.json").decode("utf-8"))


def valid(text: str | None) -> str:
    """The part of a text that is read, with what is no character replaced."""
    return (text or "")[:READ_LIMIT].encode("utf-8", "replace").decode("utf-8")


def folded_pieces(texts: Sequence[str]) -> list[list[int]]:
    """The numbers of the known pieces of each text, in lower case, without addresses, mentions and separators."""
    bare = [fold_joined(valid(text).replace(SEPARATOR, " ")).strip() for text in texts]
    found = tokeniser().encode_batch_fast(bare, add_special_tokens=False)
    return [[number for number in one.ids if number >= SPECIAL] for one in found]
