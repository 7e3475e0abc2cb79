"""The reference of insights names every insight, in both languages."""

import re
from pathlib import Path

import pytest

from outlisten import insights

REFERENCE = Path(__file__).parents[2] / "docs" / "reference"
ASKED = [name for name in insights.__all__ if name[0].islower()]


@pytest.mark.parametrize("page", ["insights.md", "insights.zh.md"])
def test_each_insight_has_its_section_and_no_section_is_left_over(page: str) -> None:
    sections = re.findall(r"^## (.+)$", (REFERENCE / page).read_text("utf-8"), re.M)
    assert sorted(sections) == sorted(ASKED)


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("insights.md", ("Answers", "Unit", "Interval", "Traps")),
        ("insights.zh.md", ("回答", "单位", "区间", "容易误读")),
    ],
)
def test_each_section_says_what_it_answers_and_what_misleads(page: str, said: tuple[str, ...]) -> None:
    for section in (REFERENCE / page).read_text("utf-8").split("\n## ")[1:]:
        lowered = section.lower()
        assert [word for word in said if word.lower() not in lowered] == []
