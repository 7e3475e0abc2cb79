"""`outlisten match`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

POSTS = [
    {"id": "p1", "text": "等位等了两个小时", "author": "小林"},
    {"id": "p2", "text": "The queue was endless", "author": "sam"},
    {"id": "p3", "text": "排队又坏了，the queue again", "author": "老王"},
]
QUERIES = [
    {"id": "waiting", "query": "等位 OR 排队"},
    {"id": "queue", "query": "queue"},
    {"id": "both", "query": "排队 queue"},
    {"id": "who", "query": "author:sam"},
]


@pytest.fixture
def files(tmp_path: Path) -> Path:
    for name, rows in (("posts", POSTS), ("queries", QUERIES)):
        text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        (tmp_path / f"{name}.jsonl").write_text(text, "utf-8")
    return tmp_path


def hits(ran) -> list[tuple[str, str]]:
    return [(hit["query"], hit["post"]) for hit in map(json.loads, ran.text.splitlines())]


def test_each_hit_is_a_line_with_the_ids_of_the_files(run, files: Path) -> None:
    ran = run("match", "--queries", "queries.jsonl", "posts.jsonl", "--json")
    assert ran.status == 0
    assert hits(ran) == [
        ("waiting", "p1"), ("queue", "p2"), ("who", "p2"), ("both", "p3"), ("queue", "p3"), ("waiting", "p3"),
    ]  # fmt: skip


def test_a_csv_is_matched_by_the_columns_named(run, files: Path) -> None:
    (files / "posts.csv").write_text("id,words,who\n7,等位两小时,sam\n8,fine,ana\n", "utf-8")
    maps = ("--map", "text=words", "--map", "author=who")
    assert hits(run("match", "--queries", "queries.jsonl", "posts.csv", *maps, "--json")) == [
        ("waiting", "7"), ("who", "7"),
    ]  # fmt: skip


def test_posts_may_come_on_standard_input(run, files: Path) -> None:
    ran = run("match", "--queries", "queries.jsonl", "-", stdin=(files / "posts.jsonl").read_bytes())
    assert ran.text.splitlines()[0] == "waiting\tp1"


def test_a_query_that_cannot_be_understood_is_told_and_left_out(run, files: Path) -> None:
    with (files / "queries.jsonl").open("a") as file:
        file.write('{"id": "broken", "query": "(等位"}\n')
    ran = run("match", "--queries", "queries.jsonl", "posts.jsonl", "--json")
    assert ran.status == 3
    assert len(hits(ran)) == 6
    assert "broken" in ran.err


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('{"id": 1}\n', "line 1"),
        ("等位\n", "line 1"),
        ("", "no query"),
        ('{"id":1,"query":"("}\n', "no query"),
    ],
)
def test_a_file_that_holds_no_queries_is_refused(run, files: Path, content: str, said: str) -> None:
    (files / "bad.jsonl").write_text(content, "utf-8")
    ran = run("match", "--queries", "bad.jsonl", "posts.jsonl")
    assert (ran.status, ran.out) == (1, b"")
    assert said in ran.err
    assert "bad.jsonl" in ran.err


def test_the_queries_of_a_file_may_use_each_other(run, files: Path) -> None:
    lines = (
        '{"id": "all", "query": "query:waiting OR 查询:queue"}',
        '{"id": "loop", "query": "a query:loop"}',
    )
    with (files / "queries.jsonl").open("a") as file:
        file.writelines(f"{line}\n" for line in lines)
    ran = run("match", "--queries", "queries.jsonl", "posts.jsonl", "--json")
    assert [post for query, post in hits(ran) if query == "all"] == ["p1", "p2", "p3"]
    assert ran.status == 3
    assert "loop" in ran.err


@pytest.mark.parametrize(
    ("locale", "said"), [("en", "another query above has this id"), ("zh-hans", "同一 id")]
)
def test_an_id_stands_for_one_query(run, files: Path, locale: str, said: str) -> None:
    with (files / "queries.jsonl").open("a") as file:
        file.write('{"id": "queue", "query": "refund"}\n{"id": "both", "query": "排队 queue"}\n')
    ran = run("match", "--queries", "queries.jsonl", "posts.jsonl", "--json", locale=locale)
    assert ran.status == 3
    assert said in ran.err
    assert ran.err.count("refund") == 1
    assert ("queue", "p2") in hits(ran)


@pytest.mark.parametrize(
    "line", ['{"id": "q", "query": null}', '{"id": null, "query": "a"}', '{"id": "q", "query": 5}', '["q"]']
)
def test_a_line_that_is_no_query_is_refused_with_its_number(run, files: Path, line: str) -> None:
    (files / "queries.jsonl").write_text(f'{{"id": "ok", "query": "a"}}\n{line}\n')
    ran = run("match", "--queries", "queries.jsonl", "posts.jsonl", "--json")
    assert (ran.status, ran.text) == (1, "")
    assert "queries.jsonl, line 2" in ran.err


def test_queries_in_a_circle_are_told_of_it(run, files: Path) -> None:
    (files / "queries.jsonl").write_text(
        '{"id": "a", "query": "x query:b"}\n{"id": "b", "query": "query:a"}\n{"id": "c", "query": "queue"}\n'
    )
    ran = run("match", "--queries", "queries.jsonl", "posts.jsonl", "--json")
    assert ran.status == 3
    assert "a → b → a" in ran.err
