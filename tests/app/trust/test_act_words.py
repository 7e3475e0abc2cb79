"""Every act that the code writes down, and every detail of it, has words in both languages."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation

import outlisten
from outlisten.app.decisions.models import DecisionChange
from outlisten.app.trust.act_words import WORDS, act_in_words
from outlisten.app.trust.detail_words import DETAILS, NO, YES, detail_in_words
from outlisten.app.trust.persons import ROOMS

SOURCES = Path(outlisten.__file__).parent
OWN = {"by", "about", "outcome"}
ROOMS_OF_ACTS = {act.partition(".")[0] for act in WORDS} | {"post"}


def writers() -> Iterator[ast.Module]:
    """The modules that write to the audit log, or name what a room then writes."""
    for file in (*(SOURCES / "app").rglob("*.py"), *(SOURCES / "cli").rglob("*.py")):
        text = file.read_text("utf-8")
        if re.search(r"trust\.audit import|care\.actions\.step import|trust import audit", text):
            yield ast.parse(text)


def acts() -> set[str]:
    """Every constant that reads like an act, in those modules."""
    found = {
        node.value
        for tree in writers()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and re.fullmatch(r"[a-z]+\.[a-z_]+", node.value)
    }
    made = {f"decision.{act}" for act in DecisionChange.Act.values}
    made |= {f"{kind}.{deed}" for kind in ("brand", "topic") for deed in ("add", "change", "remove", "undo")}
    made |= {"disclosure.accept", "disclosure.mistaken", "export"}
    return {act for act in found if act.partition(".")[0] in ROOMS_OF_ACTS} | made


def details() -> set[str]:
    """The names of the details of every `record(…)` and of every `audited={…}`."""
    found = {f"room_{room}" for room in ROOMS} | {"posts", "files"}
    for tree in writers():
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
            named = {word.arg: word.value for word in call.keywords}
            if isinstance(call.func, ast.Name) and call.func.id == "record" and "by" in named:
                found |= {name for name in named if name} - OWN
                found |= {
                    key for word in call.keywords if word.arg is None for key in _keys(tree, word.value)
                }
            if "audited" in named:
                found |= set(_keys(tree, named["audited"]))
    return found


def _keys(tree: ast.Module, value: ast.expr) -> Iterator[str]:
    """The keys of a dictionary, or of those that are given to a name."""
    if isinstance(value, ast.Dict):
        yield from (
            key.value for key in value.keys if isinstance(key, ast.Constant) and isinstance(key.value, str)
        )
    elif isinstance(value, ast.Name):
        given = (
            node
            for node in ast.walk(tree)
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Dict)
        )
        for node in given:
            if any(isinstance(target, ast.Name) and target.id == value.id for target in node.targets):
                yield from _keys(tree, node.value)


def test_the_walk_finds_what_is_written() -> None:
    assert {"case.take", "post.tag", "claim.change", "retention.sweep", "account.sign_in"} <= acts()
    assert {"judged", "left_out", "former", "thanks", "promise", "then", "person", "kind"} <= details()


@pytest.mark.parametrize("act", sorted(acts()))
def test_an_act_has_words_in_both_languages(act: str) -> None:
    assert act in WORDS
    with translation.override("zh-hans"):
        assert re.search("[一-鿿]", str(act_in_words(act, "done")))


@pytest.mark.parametrize("name", sorted(details()))
def test_a_detail_has_words_in_both_languages(name: str) -> None:
    assert name in DETAILS or name in YES or name in NO
    if DETAILS.get(name) != "%(value)s":  # a pseudonym says what it is
        with translation.override("zh-hans"):
            assert re.search("[一-鿿]", detail_in_words(name, name in YES or 7))


@pytest.mark.parametrize(
    ("name", "value", "english", "chinese"),
    [
        ("voice", "earned", "voice: earned", "声源：真实口碑"),
        ("verdict", "not_supported", "verdict: not supported", "结论：不成立"),
        ("departments", "support pr", "departments: Support, Public relations", "部门：客服、公关"),
        ("state", "in_progress", "state: in progress", "状态：进行中"),
        ("problem", "changed", "found: a row was changed", "找到：有一条被改动"),
        ("then", "wait", "then: wait for the customer", "之后：等顾客"),
        ("corrected", False, "as it was read", "按读出的结果"),
        ("ok", True, "whole", "完整"),
    ],
)
def test_a_code_is_said_in_words(name: str, value: object, english: str, chinese: str) -> None:
    with translation.override("en"):
        assert detail_in_words(name, value) == english
    with translation.override("zh-hans"):
        assert detail_in_words(name, value) == chinese
