"""JSON in lines, in arrays and under a key: records with their line and their very characters."""

from __future__ import annotations

import json


def test_json_lines_keep_the_raw_record_as_it_came(file, read):
    line = '{"id": 5,  "text":"原样 as is", "extra": {"a": [1, 2]}}'
    found = read(file(line + "\n"))
    assert found.plan.format == "json-lines"
    assert found.column("raw") == [line]


def test_a_broken_line_is_rejected_with_its_number(file, read):
    found = read(file('{"text": "one"}\n{"text": "two"\n\n[1]\n{"text": "四"}\n'))
    assert found.texts == ["one", "四"]
    assert found.rejected[0][::2] == (2, '{"line":"{\\"text\\": \\"two\\""}')
    assert found.lines == [2, 4]


def test_a_broken_first_line_does_not_hide_the_format(file, read):
    found = read(file('{"text": "one"\n{"text": "two"}\n{"text": "三"}\n'))
    assert found.plan.format == "json-lines"
    assert found.texts == ["two", "三"]


def test_an_array_is_read_element_by_element(file, read):
    posts = [{"id": n, "text": f"第{n}条 [posts] {{}}", "user": {"name": "Ann"}} for n in range(3000)]
    for indent in (None, 2):
        found = read(file(json.dumps(posts, ensure_ascii=False, indent=indent), "a.json"))
        assert found.plan.format == "json"
        assert found.texts == [post["text"] for post in posts]
        assert found.column("author") == ["Ann"] * 3000
        assert json.loads(str(found.posts[7]["raw"])) == posts[7]


def test_a_list_under_a_key_is_found(file, read):
    document = {"meta": {"count": 2}, "tags": ["a"], "items": [{"text": "one"}, {"text": "二"}]}
    found = read(file(json.dumps(document, indent=1)))
    assert found.plan.layout.key == "items"
    assert found.texts == ["one", "二"]


def test_a_document_cut_short_keeps_what_came_before(file, read):
    whole = json.dumps([{"id": n, "text": f"post {n} 好"} for n in range(200)], indent=1, ensure_ascii=False)
    found = read(file(whole[: len(whole) // 2]))
    assert found.texts == [f"post {n} 好" for n in range(len(found.posts))]
    assert 90 < len(found.posts) < 110
    assert found.problem.code == "json-broken"
    assert found.rejected[-1].reason == found.problem.text("en")


def test_elements_that_are_no_objects_are_rejected_with_their_line(file, read):
    found = read(file('[\n {"text": "one"},\n 17,\n "x",\n {"text": "二"}\n]'))
    assert found.texts == ["one", "二"]
    assert found.lines == [3, 4]


def test_nesting_without_end_is_one_rejected_row(file, read):
    found = read(file('{"text": "ok"}\n' + '{"a":' * 100_000 + "\n" + '{"text": "后面"}\n'))
    assert found.texts == ["ok", "后面"]
    assert found.lines == [2]


def test_unescaped_control_characters_are_kept_as_escapes(file, read):
    found = read(file(b'{"text": "nul \x00 and \x1b bell"}\n'))
    assert found.texts == ["nul \0 and \x1b bell"]
    assert json.loads(str(found.posts[0]["raw"])) == {"text": "nul \0 and \x1b bell"}


def test_nested_columns_are_named_by_dotted_paths(file, read):
    found = read(file('{"body": {"words": "你好 there"}, "n": 1}\n'), mapping={"text": "body.words"})
    assert "body.words" in found.plan.columns
    assert found.texts == ["你好 there"]
