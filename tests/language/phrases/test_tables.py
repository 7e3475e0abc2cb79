"""Each rule finds its examples and passes over its near misses."""

from __future__ import annotations

import re

import pytest

from outlisten.language.phrases import KINDS, find_phrases
from outlisten.language.phrases.tables import LANGUAGES, Rule, rules
from outlisten.language.phrases.wording import written_out

HAN = re.compile("[一-鿿]")
EXAMPLES = [pytest.param(rule, text, id=text) for rule in rules() for text in rule.examples]
NEAR_MISSES = [pytest.param(rule, text, id=text) for rule in rules() for text in rule.near_misses]


def found_by(rule: Rule, text: str) -> list[str]:
    return [phrase.words for phrase in find_phrases(text) if phrase.rule == rule.name]


@pytest.mark.parametrize(("rule", "text"), EXAMPLES)
def test_each_example_is_found(rule: Rule, text: str) -> None:
    assert found_by(rule, text)


@pytest.mark.parametrize(("rule", "text"), NEAR_MISSES)
def test_no_near_miss_is_found(rule: Rule, text: str) -> None:
    assert found_by(rule, text) == []


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.name)
def test_each_rule_speaks_both_languages(rule: Rule) -> None:
    assert all(rule.patterns[language] for language in LANGUAGES)
    assert all(rule.says[locale] for locale in ("en", "zh-hans"))
    for texts in (rule.examples, rule.near_misses):
        assert {bool(HAN.search(text)) for text in texts} == {True, False}


def test_names_are_unique_and_every_kind_has_a_rule() -> None:
    names = [rule.name for rule in rules()]
    assert len(set(names)) == len(names)
    assert {rule.kind for rule in rules()} == set(KINDS)


def test_patterns_are_written_in_any_script_and_with_any_apostrophe() -> None:
    assert re.search(written_out("點算", "zh"), "点算")
    assert all(re.search(written_out("won’t", "en"), text) for text in ("won't", "won’t", "wont"))
    assert not re.search(written_out("mid", "en"), "midnight")
