"""How clauses get their sentiment: by the model that reads whole posts, or by any other that is passed in."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

Chances = npt.NDArray[np.float32]
# Texts and the language of all of them → one row a text: the chances of negative, neutral, positive; NaN where none is told.
Score = Callable[[Sequence[str], str | None], Chances]
LABELS = ("negative", "neutral", "positive")


def by_fast_head(texts: Sequence[str], lang: str | None) -> Chances:
    """The chances that the fast tier gives, all texts in one language: the one given, else that of the first text (the
    whole post)."""
    from outlisten.language.fast import scores
    from outlisten.language.identification import identify
    from outlisten.language.normalisation import fold
    from outlisten.language.reading import declared_language

    code = declared_language(lang) or identify(fold(texts[:1])).lang[0]
    found = scores(texts, [code] * len(texts))["sentiment"]
    return found.values[:, [found.labels.index(label) for label in LABELS]]
