"""Which models a figure rests on, where it is more than one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from outlisten.insights.notes import Note

MOST = 4  # models named; the others are counted together


def models_note(posts: Mapping[str | None, int]) -> tuple[Note, ...]:
    """The note of the share of posts that each model read, most first, from their numbers; none where one model read
    all that were read."""
    counts = Counter({model: n for model, n in posts.items() if model and n})
    if len(counts) < 2:
        return ()
    total, named = sum(counts.values()), counts.most_common(MOST)
    said = [f"{model} {_percent(posts, total)}" for model, posts in named]
    rest = total - sum(posts for _model, posts in named)
    return (
        Note(
            "several_models",
            {"models": " · ".join([*said, *([f"… {_percent(rest, total)}"] if rest else [])])},
        ),
    )


def _percent(part: int, whole: int) -> str:
    """A share that exists is never said to be nothing."""
    return "<1 %" if 0 < part < whole / 100 else f"{100 * part / whole:.0f} %"
