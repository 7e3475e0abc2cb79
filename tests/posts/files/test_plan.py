"""The plan: guessed, shown, overridden, in both languages."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from outlisten.posts import schema
from outlisten.posts.files import FileProblem, plan_import, read_batches


def test_a_plan_can_be_shown_as_json(file):
    plan = plan_import(file("id,text,date\n" + "".join(f"{n},第{n}条,2024-05-01\n" for n in range(30))))
    shown = json.loads(json.dumps(plan.as_dict(), ensure_ascii=False))
    assert shown["mapping"] == {"text": "text", "created_at": "date", "native_id": "id"}
    assert len(shown["sample"]) == 20
    assert shown["sample"][0]["text"] == "第0条"
    assert shown["dates"]["certainty"] == "unambiguous"


def test_batches_have_the_given_columns_and_say_how_far_they_are(file):
    path = file("id,text\n" + "".join(f"{n},post {n} 好\n" for n in range(100)))
    batches = list(read_batches(plan_import(path), rows=30))
    assert [batch.posts.num_rows for batch in batches] == [30, 30, 30, 10, 0]
    assert all(batch.posts.schema.equals(schema.arrow_schema("given")) for batch in batches)
    assert batches[-1].bytes_done == batches[-1].bytes_total == path.stat().st_size


def test_each_post_knows_the_line_it_comes_from(file):
    plan = plan_import(file('id,text\n1,"two\nlines"\n2,\n3,third 第三\n'))
    batch = next(read_batches(plan))
    assert batch.posts["native_id"].to_pylist() == ["1", "3"]
    assert batch.lines == [2, 5]


def test_the_mapping_can_be_overridden_field_by_field(file, read):
    path = file("id,text,reply,who\n1,问题,answer one,Ann\n2,再问,answer two,Bob\n")
    found = read(path, mapping={"text": "reply", "author": "who", "native_id": ""}, network="Weibo")
    assert found.texts == ["answer one", "answer two"]
    assert found.column("author") == ["Ann", "Bob"]
    assert found.column("native_id") == [None, None]
    assert found.column("platform") == ["weibo", "weibo"]


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"mapping": {"text": "nowhere"}}, "unknown-column"),
        ({"mapping": {"colour": "text"}}, "unknown-field"),
        ({"preset": "nonsense"}, "unknown-preset"),
        ({"encoding": "klingon"}, "unknown-encoding"),
    ],
)
def test_a_wrong_choice_is_answered_with_what_there_is(file, options, code):
    with pytest.raises(FileProblem) as problem:
        plan_import(file("id,text\n1,x\n"), **options)
    assert problem.value.code == code


def test_the_words_are_found_when_no_header_names_them(file, read):
    found = read(file("key,foo,bar\n" + "".join(f"{n},x,这是一条足够长的帖子 {n}\n" for n in range(9))))
    assert found.plan.mapping["text"] == "bar"
    assert "bar" in " ".join(found.plan.messages)


def test_a_file_without_words_is_planned_and_not_read(file):
    plan = plan_import(file("a,b\n1,2\n3,4\n5,6\n"), locale="en")
    assert "No column with the posts' words" in " ".join(plan.messages)
    with pytest.raises(FileProblem):
        next(read_batches(plan))


def test_dates_without_a_zone_are_in_the_zone_of_the_workspace(file, read):
    path = file("text,date\n早,2024-05-01 08:00\n")
    found = read(path, zone=ZoneInfo("Asia/Shanghai"))
    assert found.posts[0]["created_at"] == datetime(2024, 5, 1, 0, tzinfo=UTC)
    assert "Asia/Shanghai" in " ".join(found.plan.messages)


def test_messages_come_in_the_asked_language(file):
    plan = plan_import(file("a,text\n1,x\n"), locale="zh-hans")
    assert any("平台" in message or "日期" in message for message in plan.messages)


def test_one_post_a_line_is_a_format_of_its_own(file, read):
    found = read(file('first, with a comma\n\n第二条，没有表头\nthird "quoted\n', "posts.txt"))
    assert found.plan.format == "text"
    assert found.texts == ["first, with a comma", "第二条，没有表头", 'third "quoted']


def test_ids_do_not_depend_on_the_batch_and_repeat_on_a_second_import(file, read):
    path = file("text,作者,时间\n你好,甲,2024-01-01\n你好,乙,2024-01-01\nhi,甲,2024-01-01\n")
    first, second = read(path, rows=1), read(path, rows=100)
    assert first.column("id") == second.column("id")
    assert len(set(first.column("id"))) == 3
