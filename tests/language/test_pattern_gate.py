"""The gate never keeps a pattern from a text that it would match."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outlisten.language.disclosure.forms import forms
from outlisten.language.disclosure.tables import rows
from outlisten.language.pattern_gate import Gate, Need, needed
from outlisten.query.folding import fold

NAMES: tuple[tuple[str, ...], ...] = ((), ("Acme Labs", "海港咖啡"), ("ACME", "Ünder (x)"))
WORDS = sorted({piece for row in rows() for piece in (*row.shown, *row.label, *row.contains, *row.hashtag)})
BETWEEN = (
    "", " ", "\n", ". ", ": ", "|", "(", ")", "【", "】", "，", "a", "9", "_", "❶", "-", " by Acme",
    "海港咖啡", "#", "@acme", "é",
)  # fmt: skip
PATTERNS = (
    ("work (?:for|at) (?P<named>x)", {"work for x", "work at x"}),
    ("(?:感谢|谢谢)我?金主", {"感谢我金主", "感谢金主", "谢谢我金主", "谢谢金主"}),
    (r"(?:^|\n)\s*非广(?!州)", {"非广"}),
    ("thanks (?:(?!)|to (?!))", set()),
    ("[a-z]+", None),
    ("[海湖]边", {"海边", "湖边"}),
    ("(?:ab){2,}", {"ab"}),
    ("a?b*", None),
    ("(?i:AD) now", {" now"}),
    ("ad|[0-9]", None),
)  # fmt: skip


@pytest.mark.parametrize(("pattern", "pieces"), PATTERNS)
def test_a_pattern_needs(pattern: str, pieces: set[str] | None) -> None:
    assert needed(pattern) == pieces


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(BETWEEN)), max_size=12), st.sampled_from(NAMES)
)
def test_what_would_match_is_opened(parts: list[tuple[str, str]], names: tuple[str, ...]) -> None:
    text = fold("".join(word + between for word, between in parts))
    ready = forms(names)
    opened = ready.gate.opened(text)
    missed = [
        pattern.pattern
        for form in ready.all
        for number, pattern in form.patterns
        if number not in opened and pattern.search(text)
    ]
    assert not missed


@settings(max_examples=200, deadline=None)
@given(st.text("ad广告 |(#:\n-x9", max_size=60))
def test_labels_are_told_from_parts_of_words(text: str) -> None:
    ready = forms(())
    opened = ready.gate.opened(text)
    assert all(
        number in opened or not pattern.search(text)
        for form in ready.all
        for number, pattern in form.patterns
    )


def test_a_latin_label_opens_as_a_word_of_its_own_only() -> None:
    gate = Gate([Need(frozenset({"ad"}), apart=True), Need(frozenset({"ad"})), Need(None), Need(frozenset())])
    assert gate.opened("i had it") == {1, 2}
    assert gate.opened("(ad) it") == {0, 1, 2}
    assert gate.opened("") == {2}


def test_most_patterns_stay_closed_on_daily_posts() -> None:
    ready = forms(())
    count = sum(len(form.patterns) for form in ready.all)
    for text in (
        "the coffee here is great, and the staff are friendly",
        "这家店的咖啡不错，环境也很好。排队两个小时",
    ):
        assert len(ready.gate.opened(text)) < count / 10
