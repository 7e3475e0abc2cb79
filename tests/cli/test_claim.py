"""`outlisten claim`: a series in a file is tested without a home; bad input gets one sentence."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from tests.cli.conftest import Run

FIRST = date(2019, 6, 3)
TEST = ("claim", "test", "--file", "series.csv", "--start", "2019-11-30", "--promised", "-20%")


@pytest.fixture
def series(tmp_path: Path) -> Path:
    """Half a year of daily counts that fall by two fifths, and a comparison that does not; one day is blank."""
    random = np.random.default_rng(2)
    lines = ["day,投诉,competitor"]
    for place in range(210):
        day, fall = FIRST + timedelta(days=place), 0.6 if place >= 180 else 1.0
        value = "" if place == 40 else str(random.poisson(25 * fall))
        lines.append(f"{day},{value},{random.poisson(20)}")
    path = tmp_path / "series.csv"
    path.write_text("\n".join(lines), encoding="utf-8-sig")
    return path


@pytest.mark.usefixtures("series")
def test_a_series_in_a_file_is_tested_without_a_home(run: Run) -> None:
    found = run(*TEST, "--json").json
    assert found["outcome"] == "supported"
    assert found["effect"]["low"] < -0.4 < found["effect"]["high"] < 0
    assert {"code": "missing", "params": {"n": 1, "total": 210}} in found["notes"]


@pytest.mark.usefixtures("series")
@pytest.mark.parametrize(("locale", "said"), [("en", "supported"), ("zh-hans", "成立")])
def test_the_answer_is_a_sentence_in_the_readers_language(run: Run, locale: str, said: str) -> None:
    ran = run(*TEST, locale=locale)
    assert (ran.status, said in ran.text.splitlines()[0]) == (0, True)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "empty"),
        ("day,n\n2019-06-03", "row 2"),
        ("day,n\nMonday,3", "not a day"),
        ("day,n\n2019-06-03,许多", "not a number"),
        ("n,n\n2019-06-03,4", "same name"),
    ],
)
def test_a_file_that_holds_no_series_is_refused_in_one_sentence(
    run: Run, tmp_path: Path, text: str, said: str
) -> None:
    (tmp_path / "series.csv").write_text(text, encoding="utf-8")
    ran = run(*TEST)
    assert (ran.status, said in ran.err, ran.err.count("\n")) == (1, True, 1)


@pytest.mark.usefixtures("series")
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("claim", "test"), "Name a claim"),
        (("claim", "test", "--file", "series.csv"), "--start and --promised"),
        ((*TEST[:-1], "20%"), "with its sign"),
        ((*TEST, "--kind", "多少"), "--kind 多少 is not known"),
        ((*TEST[:5], "五月", *TEST[6:]), "is not a day"),
    ],
)
def test_a_wrong_command_line_is_explained(run: Run, arguments: tuple[str, ...], said: str) -> None:
    ran = run(*arguments)
    assert ran.status in (1, 2)
    assert said in ran.err
