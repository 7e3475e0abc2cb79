"""Whether the models' answer about a single post is shown as one, or is *cannot tell*.

Columns that are kept and figures over many posts keep the likeliest label: figures are corrected by adjusted count.
"""

from __future__ import annotations

LEAST_CHANCE = 0.5
"""Below it the likeliest label is more likely wrong than right."""


def tells(chance: float | None) -> bool:
    """Whether a label with this chance (calibrated, 0–1) is shown of one post; None is a person's word, which is.

    To refuse below one half is right where a wrong answer costs twice as much as none: Chow, IEEE Transactions on
    Information Theory 16 (1970) 41–46. A chance that is not a number tells nothing.
    """
    return chance is None or chance >= LEAST_CHANCE


def cannot_tell(label: str | None, chance: float | None) -> bool:
    """Whether one post's answer is *cannot tell*: there is no label, or one that is more likely wrong than right."""
    return label is None or not tells(chance)
