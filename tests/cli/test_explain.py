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
