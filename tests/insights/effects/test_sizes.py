from __future__ import annotations

from datetime import date

import pytest

from outlisten.insights.effects import BadSeries, Promise, read_size, written_size
from outlisten.insights.effects.sentences import size_in_words


@pytest.mark.parametrize(
    ("text", "size", "relative"),
    [
        ("-20%", -0.2, True),
        ("−12,5 %", -0.125, True),
        ("＋５％", 0.05, True),
        ("-1,000", -1000.0, False),
        ("＋1，200，000", 1_200_000.0, False),
        ("+1,234.5", 1234.5, False),
        ("+1,500%", 15.0, True),
        ("-0,500", -0.5, False),
    ],
)
def test_a_size_is_read_as_people_write_it(text, size, relative):
    assert read_size(text) == (pytest.approx(size), relative)


@pytest.mark.parametrize("text", ["20%", "-", "-1,00,0", "-1e3", "很多", "-0"])
def test_what_is_no_size_is_refused_not_guessed(text):
    with pytest.raises(BadSeries):
        read_size(text)


@pytest.mark.parametrize(
    ("size", "relative"), [(-0.2, True), (-0.123456, True), (-1234567.0, False), (0.29, True)]
)
def test_a_size_is_typed_again_as_it_was_read(size, relative):
    assert read_size(written_size(size, relative=relative)) == (pytest.approx(size, abs=1e-12), relative)


@pytest.mark.parametrize(("size", "said"), [(-1000.0, "每天 −1,000 条"), (-2.5, "每天 −2.5 条")])
def test_a_whole_number_is_said_without_a_decimal(size, said):
    assert size_in_words(Promise(date(2026, 5, 1), size, relative=False), "zh-hans") == said
