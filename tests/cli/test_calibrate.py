"""`outlisten calibrate drift`."""

from __future__ import annotations

import csv
from datetime import date, timedelta

import pytest


@pytest.fixture
def owned(run, transactional_db):
    """A home with an owner."""
    run("doctor")
    from outlisten.app.people.models import Account

    if not Account.objects.filter(role="owner").exists():
        Account.objects.create_user("owner@example.org", name="Owner", role="owner")
    return run


def test_without_enough_posts_it_says_so(owned) -> None:
    told = owned("calibrate", "drift", "--json").json
    assert (told["state"], told["rows"], told["psi"]) == ("few", [], None)


@pytest.mark.parametrize(
    ("locale", "said"), [("en", "Label again: the posts of"), ("zh-hans", "需重新标注：")]
)
def test_posts_that_are_others_now_are_said_in_one_sentence_and_in_rows(
    owned, tmp_path, locale, said
) -> None:
    first = date(2026, 1, 1)
    with (tmp_path / "posts.csv").open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(["id", "date", "platform", "author", "text"])
        for n in range(420):
            text = f"等了{n}个小时，太差了，没人管" if n < 210 else f"第{n}次来，太好吃了，店员很热情"
            day = first + timedelta(days=n % 28 + (0 if n < 210 else 59))
            rows.writerow([f"p{n}", day.isoformat(), "weibo", f"客人{n}", text])
    run = owned
    run("import", "posts.csv")
    told = run("calibrate", "drift", "--json").json
    assert (told["state"], told["lang"], told["false_alarms"]) == ("again", "zh", 0.01)
    assert told["psi"] > 0.25
    assert {row["lang"] for row in told["rows"]} == {None, "zh"}
    assert run("calibrate", "drift", locale=locale).text.startswith(said)
