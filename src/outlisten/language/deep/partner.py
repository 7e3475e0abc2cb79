"""The fast heads' probabilities, with which the encoder's are averaged."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from outlisten.language.card import model_card
from outlisten.language.deep.encoding import Table
from outlisten.language.features import grams
from outlisten.language.normalisation import fold
from outlisten.language.sentiment import head


def fast_scores(texts: Sequence[str], langs: Sequence[str | None]) -> dict[str, Table]:
    """Of each task that has fast heads, the probability of each label (posts × labels); NaN where not read."""
    card = model_card()
    found = np.full((len(texts), len(card.labels)), np.nan, np.float32)
    for lang in card.languages:
        at = [post for post, of in enumerate(langs) if of == lang]
        if at:
            folded = fold([texts[post] for post in at])
            found[at] = head(lang).probabilities(grams(folded, head(lang).recipe))
    return {"sentiment": found}
