"""Dates one by one, and the order of day and month from a whole column."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from outlisten.posts.files.date_order import decide
from outlisten.posts.files.dates import DateReader
from outlisten.posts.files.problems import RowProblem

NOW = datetime(2026, 1, 15, 12, tzinfo=UTC)
MAY_2 = datetime(2018, 5, 2, 13, 4, tzinfo=UTC)


def reader(order: str = "day-first", zone: str = "UTC") -> DateReader:
    return DateReader(ZoneInfo(zone), order, NOW)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "written",
    [
        "2018-05-02T13:04:00Z",
        "2018-05-02 13:04",
        "2018-05-02T21:04:00.123+0800",
        "2018-5-2 13:04",
        "20180502130400",
        "1525266240",
        "1525266240000",
        "1525266240.75",
        1525266240,
        "Wed, 02 May 2018 13:04:00 +0000",
        "Wed, 02 May 2018 06:04:00 PDT",
        "Wed May 02 13:04:00 +0000 2018",
        "Wed May 02 13:04:00 UTC 2018",
        "2018/5/2 13:04",
        "2018/05/02 1:04 PM",
        "02.05.2018 13:04",
        "2/5/18 1:04 PM",
        "2018年5月2日 13:04",
        "2018年5月2日下午1:04",
        "2018年05月02日13时04分00秒",
        "02-May-18 01:04 PM",
        "02-May-2018 1:04PM",
        "May 2, 2018 1:04 PM",
        "2 May 2018 13:04",
        43222.5444445,
        "43222.5444445",
        datetime(2018, 5, 2, 13, 4),
    ],
)
def test_the_forms_that_files_use_are_read(written):
    assert reader().read(written) == (int(MAY_2.timestamp()), False)


@pytest.mark.parametrize(
    "written",
    ["2018-05-02", "20180502", "2018年5月2日", "2/5/2018", "02.05.18", "2 May 2018", 43222, date(2018, 5, 2)],
)
def test_a_day_without_a_time_says_so(written):
    assert reader().read(written) == (int(datetime(2018, 5, 2, tzinfo=UTC).timestamp()), True)


def test_a_date_without_a_zone_is_in_the_files_zone():
    shanghai = reader(zone="Asia/Shanghai")
    assert shanghai.read("2018-05-02 21:04") == (int(MAY_2.timestamp()), False)
    assert shanghai.read("2018-05-02 13:04Z") == (int(MAY_2.timestamp()), False)


@pytest.mark.parametrize("written", [None, "", "  ", "nan", "NULL", "-"])
def test_an_empty_cell_is_a_missing_date(written):
    assert reader().read(written) is None


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("1970-01-01", "date-early"),
        ("0", "date-early"),
        ("1989年12月31日", "date-early"),
        ("2099-01-01", "date-ahead"),
        ("2026-01-18", "date-ahead"),
        ("yesterday", "date-unreadable"),
        ("5分钟前", "date-unreadable"),
        ("2018-13-45", "date-unreadable"),
        ("31/31/2018", "date-unreadable"),
        ("2018", "date-unreadable"),
        ("9" * 400, "date-unreadable"),
    ],
)
def test_a_date_that_cannot_be_true_is_refused_with_the_reason(written, code):
    with pytest.raises(RowProblem) as problem:
        reader().read(written)
    assert problem.value.code == code


def column(*cells: object) -> list[tuple[int, object]]:
    return list(enumerate(cells, 2))


@pytest.mark.parametrize(
    ("cells", "order", "certainty", "line"),
    [
        (("1/2/2024", "3/4/2024", "13/4/2024"), "day-first", "proved", 4),
        (("1/2/2024", "3/14/2024 1:00 PM", "3/4/2024"), "month-first", "proved", 3),
        (("1/2/2024", "13/4/2024", "4/14/2024", "14/4/2024"), "day-first", "mixed", 3),
        (("1/2/2024", "5/4/2024"), "day-first", "assumed", None),
        (("1/2/2024 1:00 PM", "5/4/2024 2:00 AM"), "month-first", "assumed", None),
        (("01.02.2024", "05.04.2024"), "day-first", "assumed", None),
        (("1/12/2026", "1/11/2026"), "month-first", "future", 2),
        (("2024/1/2", "2024年1月2日", "2024-01-02", None, "3/3/2024"), "year-first", "unambiguous", None),
    ],
)
def test_the_whole_column_answers_which_comes_first(cells, order, certainty, line):
    decision = decide(column(*cells), date(2026, 1, 15))
    assert (decision.order, decision.certainty) == (order, certainty)
    assert (decision.evidence.line if decision.evidence else None) == line


def test_proof_in_the_last_row_settles_the_first(file, read):
    rows = "".join(f"{n},{n % 12 + 1}/{n % 11 + 1}/2024,post {n}\n" for n in range(5_000))
    found = read(file(f"id,date,text\n{rows}5000,12/31/2023,最后一条\n"))
    assert found.plan.dates.order == "month-first"
    assert found.posts[1]["created_at"] == datetime(2024, 2, 2, tzinfo=UTC)
    assert found.posts[2]["created_at"] == datetime(2024, 3, 3, tzinfo=UTC)
    assert any("line 5002 has 12/31/2023" in message for message in found.plan.messages)


def test_an_undecidable_column_says_what_was_assumed_and_can_be_overridden(file, read):
    path = file("date,text\n1/2/2024,one\n3/4/2024,二\n")
    assumed = read(path, locale="en")
    assert "day first is assumed" in " ".join(assumed.plan.messages)
    given = read(path, dates="month-first")
    assert assumed.posts[0]["created_at"] == datetime(2024, 2, 1, tzinfo=UTC)
    assert given.posts[0]["created_at"] == datetime(2024, 1, 2, tzinfo=UTC)


def test_dates_out_of_range_reject_the_row(file, read):
    found = read(file("date,text\n1970-01-01,one\n2099-01-01,二\n2024-01-01,three\n,undated\n"))
    assert found.texts == ["three", "undated"]
    assert found.column("created_at")[1] is None
    assert ["before 1990" in row.reason or "days ahead" in row.reason for row in found.rejected] == [
        True,
        True,
    ]
