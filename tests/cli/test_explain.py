"""`outlisten explain`."""

from __future__ import annotations

import pytest


def test_a_query_is_said_in_the_language_asked_for(run) -> None:
    english = run("explain", "等位 OR queue", "--json").json
    chinese = run("explain", "等位 OR queue", "--json", "--locale", "zh-hans").json
    assert set(english) >= {"query", "explanation", "messages", "valid"}
    assert english["valid"] is True
    assert english["query"] == chinese["query"] == "等位 OR queue"
    assert english["explanation"] != chinese["explanation"]
    assert "等位" in english["explanation"]


def test_both_languages_at_once(run) -> None:
    found = run("explain", "refund", "--locale", "en,zh-hans", "--json").json["explanations"]
    assert list(found) == ["en", "zh-hans"]
    assert len(run("explain", "refund", "--locale", "en,zh-hans").text.splitlines()) == 2


@pytest.mark.parametrize(("locale", "query"), [("en", "(refund"), ("zh-hans", "(等位")])
def test_a_mistake_has_a_code_and_a_place(run, locale: str, query: str) -> None:
    ran = run("explain", query, "--json", locale=locale)
    assert ran.status == 1
    assert ran.json["valid"] is False
    assert ran.json["explanation"] is None
    errors = [message for message in ran.json["messages"] if message["level"] == "error"]
    assert errors[0]["code"]
    assert errors[0]["text"]
    start, end = errors[0]["at"]
    assert 0 <= start <= end <= len(query)


def test_a_query_that_begins_with_a_minus_goes_after_two(run) -> None:
    assert run("explain", "--json", "--", "-招聘 海底捞").json["query"] == "-招聘 海底捞"
    assert "--" in run("explain", "-招聘 海底捞").err


PASTED = "((电池 OR battery) AND (鼓包))~5 titel:降价"
HERE = "((电池 OR battery) NEAR/5 (鼓包)) title:降价"


def test_a_query_of_another_tool_is_written_as_here_and_each_change_is_said(run) -> None:
    ran = run("explain", "--rewrite", PASTED)
    assert (ran.status, ran.text) == (0, f"{HERE}\n")
    assert ran.err.count("^") >= 2
    told = run("explain", "--rewrite", PASTED, "--json", locale="zh-hans").json
    assert (told["query"], told["rewritten"], told["valid"]) == (PASTED, HERE, True)
    assert [change["instead"] for change in told["changes"]][-1] == "title:"


def test_what_cannot_be_rewritten_is_told(run) -> None:
    ran = run("explain", "--rewrite", "titel:a iPhone: b")
    assert (ran.status, ran.text) == (1, "title:a iPhone: b\n")
    assert "iPhone" in ran.err


def test_why_puts_a_tick_or_a_cross_before_every_part(run) -> None:
    ran = run(
        "explain",
        "电池 (鼓包 OR 发烫)",
        "--why",
        "-",
        stdin='{"text": "电池没问题"}'.encode(),
        locale="zh-hans",
    )
    assert ran.status == 0
    assert [line.split()[0] for line in ran.text.splitlines()[:-1]] == ["✗", "✓", "✗", "✗", "✗"]
    assert ran.text.splitlines()[-1] == "符合：包含“电池”。不符合：包含“鼓包”或“发烫”"


def test_why_as_json_is_the_same_tree(run, tmp_path) -> None:
    (tmp_path / "post.json").write_text('{"text": "the battery got hot", "author": "Ana"}', "utf-8")
    told = run("explain", "battery author:ana", "--why", "post.json", "--json").json
    assert (told["holds"], told["missing"], told["at"]) == (True, "", [0, 18])
    assert [(part["holds"], part["parts"]) for part in told["parts"]] == [(True, []), (True, [])]


@pytest.mark.parametrize("content", [b"", b"[]", b'{"text": "a"}\n{"text": "b"}', b"[" * 100_000, b"\xff"])
def test_a_file_that_is_no_post_is_refused(run, content: bytes) -> None:
    ran = run("explain", "battery", "--why", "-", stdin=content)
    assert (ran.status, ran.out) == (1, b"")
    assert '{"text": "refund"}' in ran.err


def test_rewriting_and_asking_why_are_two_things(run) -> None:
    assert run("explain", "a", "--rewrite", "--why", "-").status == 2


def test_a_name_is_unknown_without_a_home_and_nothing_is_made(run, home) -> None:
    told = run("explain", "查询:等位", "--json").json
    assert [message["code"] for message in told["messages"]] == ["E207"]
    assert not home.path.exists()


def test_a_long_query_is_told_in_groups(run) -> None:
    words = " OR ".join(f"词{n}号" for n in range(80))
    ran = run("explain", f"(充电宝 OR {words} OR @客服) -(广告 OR #ad)", "--locale", "zh-hans,en")
    assert ran.status == 0
    lines = ran.text.splitlines()
    assert lines[0] == "符合以下每一项 (2)"
    assert "  符合以下至少一项 (82)" in lines
    assert any(line.startswith("    其余：“词11号”") for line in lines)
    assert "fit all of these (2)" in lines


def test_json_holds_what_to_write_instead(run) -> None:
    (message,) = run("explain", "titel:降价", "--json").json["messages"]
    assert (message["code"], message["at"], message["suggestion"]) == ("E205", [0, 6], "title:")
