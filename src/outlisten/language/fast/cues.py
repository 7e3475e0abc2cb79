"""What the named rules find in posts, as numbers that the heads weigh."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from outlisten.language.fast.heads import Table
from outlisten.language.phrases import KINDS, find_phrases

_PLACE = {kind: at for at, kind in enumerate(KINDS)}


def found(texts: Sequence[str]) -> Table:
    """Posts × kinds of phrases, 1 where a phrase of the kind stands."""
    cues = np.zeros((len(texts), len(KINDS)), np.float32)
    for post, text in enumerate(texts):
        for phrase in find_phrases(text):
            cues[post, _PLACE[phrase.kind]] = 1
    return cues
