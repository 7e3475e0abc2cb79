"""What the counts mean."""

from __future__ import annotations

from outlisten.language.phrases.quality import LabelledPost, counted


def test_precision_counts_posts_and_reasons_only_where_something_presses() -> None:
    posts = [
        LabelledPost("请问多少钱", frozenset({"inquiry"}), urgent=False),
        LabelledPost("请问你没事吧", frozenset(), urgent=False),
        LabelledPost("The charger caught fire", frozenset({"safety"}), urgent=True),
        LabelledPost("充电器冒烟了", frozenset(), urgent=False),
    ]
    counts = counted(posts)
    assert counts.precision("inquiry") == 0.5
    assert counts.precision("safety") == 1
    assert counts.precision("thanks") is None
    assert counts.there["safety"] == 1
