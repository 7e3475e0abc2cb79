"""Problems of channels say what to do in both languages, and name a host, never an address."""

from __future__ import annotations

import re

import pytest

from outlisten.sinks.problems import RETOLD, ChannelProblem, of_channel
from outlisten.sinks.secrecy import masked
from outlisten.sources import problems
from outlisten.sources.problems import SourceProblem, Throttled
from outlisten.sources.said import Said

SECRET = "https://hooks.example/services/T000/B000/abcdefghij?key=0123456789&sig=ab%2Fcdefgh"
DETAILS = {"status": 403, "reason": "no answer in time", "address": SECRET}


@pytest.mark.parametrize("kind", RETOLD, ids=lambda kind: kind.__name__)
def test_a_problem_of_sources_is_retold_with_its_kind_and_without_its_address(kind):
    before = kind(**({"host": "hooks.example"} if "{host}" in kind.SENTENCE else {}), **DETAILS)
    after = of_channel(before)
    assert isinstance(after, kind)
    assert isinstance(after, ChannelProblem)
    assert (after.kind, after.pause) == (before.kind, before.pause)
    for shown in (str(after), after.text("en"), after.text("zh-hans"), str(after.details)):
        assert "hooks.example" in shown
        assert "services" not in shown
    assert re.search(r"[\u4e00-\u9fff]", after.text("zh-hans"))
    assert not re.search(r"[{}]", str(after) + after.text("zh-hans"))


def test_every_problem_that_the_web_can_be_is_retold():
    of_folders_and_questions = {
        "folder",
        "query",
        "answer",
        "option",
        "not offered",
        "problem",
        "read elsewhere",
    }
    every = [
        one for one in vars(problems).values() if isinstance(one, type) and issubclass(one, SourceProblem)
    ]
    assert {one for one in every if one.kind not in of_folders_and_questions} == set(RETOLD)


def test_how_long_to_wait_and_a_reason_in_both_languages_come_along():
    after = of_channel(Throttled(host="a.example", wait=7.0))
    assert isinstance(after, Throttled)
    assert after.wait == 7.0
    reason = Said("no such group", "没有这个群")
    told = of_channel(problems.Unreachable(host="a.example", reason=reason))
    assert ("no such group" in str(told), "没有这个群" in told.text("zh-hans")) == (True, True)
    assert of_channel(told) is told


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("no token abcdefghij", "no token •••"),
        ("T000 is no team, 0123456789", "T000 is no team, •••"),
        (f"got {SECRET} 不对", "got ••• 不对"),
        ("sig ab/cdefgh", "sig •••"),
        ("好", "好"),
    ],
)
def test_what_is_quoted_of_an_answer_holds_no_part_of_a_secret(said, shown):
    assert masked(said, [SECRET, ""]) == shown
