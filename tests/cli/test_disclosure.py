"""`outlisten disclosure list` and `check`, and the markers in `outlisten read --json`."""

from __future__ import annotations

import json

import pytest


def test_check_says_what_each_text_discloses(run) -> None:
    ran = run("disclosure", "check", "【广告】新款面霜真好用", "I hate ads", "#ad new serum", "--json")
    rows = [json.loads(line) for line in ran.text.splitlines()]
    assert ran.status == 0
    assert [[marker["kind"] for marker in row["markers"]] for row in rows] == [
        ["advertising"],
        [],
        ["advertising"],
    ]
    assert rows[0]["markers"][0]["words"] == "【广告】"


def test_check_reads_a_file(run, tmp_path) -> None:
    (tmp_path / "posts.csv").write_text("id,words\n1,非广，真心推荐\n2,lovely weather\n", "utf-8")
    ran = run("disclosure", "check", "--file", "posts.csv", "--map", "text=words", "--json")
    kinds = [[marker["kind"] for marker in json.loads(line)["markers"]] for line in ran.text.splitlines()]
    assert kinds == [["denial"], []]


def test_check_speaks_chinese(run) -> None:
    ran = run("disclosure", "check", "【广告】新款", "--locale", "zh-hans")
    assert "“【广告】” 广告, 清楚, 在开头" in ran.text


def test_check_without_texts_is_explained(run) -> None:
    ran = run("disclosure", "check")
    assert (ran.status, ran.out, ran.err.count("\n")) == (2, b"", 1)


def test_hostile_words_do_not_drive_the_screen(run) -> None:
    assert "\x1b" not in run("disclosure", "check", "#ad \x1b[2J").text


@pytest.mark.django_db
def test_the_list_of_an_empty_home_is_empty(run) -> None:
    ran = run("disclosure", "list", "--json")
    assert ran.json == {"judged": 0, "signs": 0, "mended": 0, "unknown": 0, "posts": []}


def test_a_market_that_is_not_known_is_explained(run) -> None:
    ran = run("disclosure", "list", "--market", "MARS")
    assert (ran.status, ran.err.count("\n")) == (2, 1)


def test_read_lists_the_markers_of_each_text(run) -> None:
    ran = run("read", "#广告# 好用", "好用", "--json")
    rows = [json.loads(line)["disclosure"] for line in ran.text.splitlines()]
    assert [[marker["words"] for marker in row] for row in rows] == [["#广告#"], []]
