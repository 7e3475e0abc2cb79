"""Problems say what, where and what to do, in both languages, and nothing secret."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import outlisten.sources
from outlisten.sources import problems
from outlisten.sources.problems import AddressRefused, Because, NotOffered, SourceProblem, Unreachable, shown
from outlisten.words import words

ROOM = Path(outlisten.sources.__path__[0])
HAN = re.compile(r"[\u4e00-\u9fff]")
HOLDERS = re.compile(r"\{\w+\}")
# Commands and patterns, which have no words of either language.
SAME = {"AUTHENTICATE", "LOGIN", "SELECT … FROM …", "postgresql://…, mysql://…, sqlite:///…"}
EVERY = [one for one in vars(problems).values() if isinstance(one, type) and issubclass(one, SourceProblem)]
DETAILS = {
    "host": "api.example", "status": 403, "reason": "no JSON", "address": "https://api.example/", "path": "/评论/x.csv",
    "option": "词语",
    "connector": "Feed", "connector_zh": "订阅源", "act": "answer", "act_zh": "回复",
}  # fmt: skip


@pytest.mark.parametrize("kind", EVERY, ids=lambda kind: kind.__name__)
def test_every_problem_has_a_kind_and_a_sentence_in_both_languages(kind):
    one = kind(**DETAILS)
    assert str(one) == one.text("en")
    assert HAN.search(one.text("zh-hans"))
    assert not re.search(r"[{}]", str(one) + one.text("zh-hans"))
    assert str(one).endswith(".") or kind.SENTENCE.endswith("}")


def test_no_two_problems_are_called_the_same():
    assert len({one.kind for one in EVERY}) == len(EVERY)


def test_a_reason_is_said_in_the_language_of_its_sentence():
    plain = Unreachable(host="论坛.example", reason="no answer in time")
    assert plain.text("zh-hans") == "论坛.example 没有响应（超时未响应）。稍后会自动重试。"
    port = AddressRefused(
        address="http://a.example:25/", reason=Because.of("port {port} is not one of web pages", port=25)
    )
    assert "port 25 is not" in str(port)
    assert "端口 25 不用于网页" in port.text("zh-hans")


def test_a_reason_that_nobody_translated_stays_as_it_is():
    assert "（teapot）" in Unreachable(host="a.example", reason="teapot").text("zh-hans")
    assert (
        Unreachable(host="a.example", reason="").text("zh-hans") == "a.example 没有响应（）。稍后会自动重试。"
    )


def test_what_is_not_offered_names_the_connector_and_the_act_in_the_readers_language():
    cannot = NotOffered(connector="Feed", act="answer", connector_zh="订阅源", act_zh="回复")
    assert (str(cannot), cannot.text("zh-hans")) == ("Feed has no way to answer.", "订阅源 无法回复。")


@pytest.mark.parametrize(
    ("address", "without_secrets"),
    [
        ("https://example.org/feed?token=a#b", "https://example.org/feed"),
        ("https://me:pass@example.org/feed", "https://example.org/feed"),
        ("https://me:p@ss@example.org:8443/订阅", "https://example.org:8443/订阅"),
        ("https://example.org/@me/feed", "https://example.org/@me/feed"),
        ("10.0.0.1", "10.0.0.1"),
        ("#only", ""),
    ],
)
def test_an_address_is_shown_without_what_may_be_secret(address, without_secrets):
    assert shown(address) == without_secrets
    assert without_secrets in str(AddressRefused(address=address, reason="no web address"))


def said_in(file: Path) -> Iterator[str]:
    """Every sentence and reason that a file of the room says to a person."""
    tree = ast.parse(file.read_text("utf-8"))
    named = {
        target.id: node.value.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    if isinstance(named.get("SENTENCE"), str):
        yield from (
            node.value.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Assign) and "SENTENCE" in map(ast.unparse, node.targets)
            if isinstance(node.value, ast.Constant)
        )
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        spoken = [pair.value for pair in call.keywords if pair.arg in {"reason", "status"}]
        match ast.unparse(call.func):
            case "Because.of":
                spoken += call.args[:1]
            case "_":
                spoken += call.args[1:2]
            case "_refuse":
                spoken += call.args[2:3]
        for one in spoken:
            said = named.get(one.id) if isinstance(one, ast.Name) else getattr(one, "value", None)
            if isinstance(said, str):
                yield said


def test_every_sentence_and_reason_of_the_room_is_in_the_chinese_catalogue():
    chinese = words("sources", "zh-hans")
    found = {said for file in sorted(ROOM.rglob("*.py")) for said in said_in(file)}
    assert {
        "no JSON",
        "{option}: {reason}",
        "{number} is inside a private network",
        "please fill this in",
    } <= found
    assert {said for said in found if chinese(said) == said} - SAME == set()
    assert {
        said for said in found if set(HOLDERS.findall(said)) != set(HOLDERS.findall(chinese(said)))
    } == set()
