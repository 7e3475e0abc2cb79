"""A part as both tiers score it, through the calls that the product makes."""

from __future__ import annotations

from collections.abc import Sequence

from figures import Scored
from samples import TASKS, Sample

from outlisten.language.deep.encoding import logits
from outlisten.language.deep.partner import fast_scores
from outlisten.language.deep.scoring import columns


def score(name: str, samples: Sequence[Sample]) -> Scored:
    """What both tiers say of a part, in the form the figures are made from."""
    texts, langs = [sample.text for sample in samples], [sample.lang for sample in samples]
    raw = logits(texts)
    own = {task: raw[:, at] for task, at in columns(TASKS)}
    return Scored(name, list(samples), own, fast_scores(texts, langs))
