"""Every sink keeps its promises: what its manifest says, its folder holds, it can do, and what its channel answers is told.

Copy the nearest sink, and this says what is missing. `fixtures/answers-DAY.json` beside a sink's tests holds what the channel
documents to answer: `good` by method and path, and `cases` with the kind of the problem that an answer is.
"""

from __future__ import annotations

import importlib
import inspect
import re
import traceback
from collections.abc import Iterator
from datetime import UTC, date, datetime
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import pytest
from tests.sinks.sending import HERE, NOW, Told, answers, hostile, long, message

from outlisten.sinks import registry
from outlisten.sinks.manifest import Manifest
from outlisten.sinks.sink import Delivered, Reached, Sink
from outlisten.sources.connector import Setting
from outlisten.sources.options import Option, entered
from outlisten.sources.problems import NotOffered, SourceProblem, WrongOption

HAN = re.compile(r"[\u4e00-\u9fff]")
DATED = re.compile(r"20\d\d-\d\d(-\d\d)?")
SINKS = registry.sinks()
# These do not speak HTTP: one has tests at a real server, the other writes a document.
WITHOUT_ANSWERS = {"email", "rss"}
ASKED = sorted(SINKS.keys() - WITHOUT_ANSWERS)
CASES = [(name, case) for name in ASKED for told in [answers(name)] if told for case in told.cases]
SAMPLES = {
    "text": "提醒",
    "words": "提醒",
    "address": "https://example.org",
    "number": "1",
    "yes": "yes",
    "secret": "x" * 40,
}

every_sink = pytest.mark.parametrize("name", sorted(SINKS))
every_asked_sink = pytest.mark.parametrize("name", ASKED)


def sentences(told: Manifest) -> Iterator[Any]:
    yield from (told.title, told.brings, *told.steps)
    for option in told.options:
        yield from (
            option.title,
            *([option.hint] if option.hint else []),
            *(said for _, said in option.choices),
        )
    yield from (rule.said for rule in (*told.limits, *told.terms))


def sample(option: Option) -> str:
    if option.kind == "choice":
        return option.default or option.choices[0][0]
    return option.example or option.default or SAMPLES[option.kind]


def told_of(name: str) -> Told:
    told = answers(name)
    assert told is not None, f"tests/sinks/{name}/fixtures/answers-DAY.json is missing"
    return told


def test_there_are_sinks_and_none_is_broken():
    assert registry.broken() == {}


@every_sink
def test_its_name_its_folder_and_its_entry_point_are_the_same(name):
    one = SINKS[name]
    assert one.manifest().name == name == one.PACKAGE.rpartition(".")[2]
    (point,) = entry_points(group=registry.GROUP, name=name)
    assert point.value.startswith(f"{one.PACKAGE}.")


@every_sink
def test_its_folder_has_the_parts_that_every_sink_has(name):
    folder = Path(inspect.getfile(SINKS[name])).parent
    assert {"manifest.toml", "sink.py", "writing.py", "__init__.py"} <= {
        file.name for file in folder.iterdir()
    }
    assert inspect.getdoc(importlib.import_module(SINKS[name].PACKAGE)), "the package says what it is"


@every_sink
def test_its_tests_have_dated_fixtures(name):
    assert list((HERE / name).glob("test_*.py"))
    fixtures = sorted((HERE / name / "fixtures").iterdir())
    assert fixtures
    assert [file.name for file in fixtures if not DATED.search(file.name)] == []


@every_sink
def test_its_manifest_is_complete_in_both_languages(name):
    for said in sentences(SINKS[name].manifest()):
        assert not HAN.search(re.sub(r"[“\"「].*?[”\"」]", "", said.en)), (
            f"no Chinese in the English: {said.en}"
        )
        assert HAN.search(said.zh) or said.zh == said.en, f"no Chinese in {said.zh}"
        assert said.en == said.en.strip()
        assert said.zh == said.zh.strip()
        assert "!" not in said.en
        assert "！" not in said.zh


@every_sink
def test_its_options_are_named_once_and_hold_what_they_say(name):
    options = SINKS[name].manifest().options
    names = [option.name for option in options]
    assert sorted(set(names)) == sorted(names)
    for option in options:
        assert re.fullmatch(r"[a-z][a-z0-9_]*", option.name)
        assert not (option.secret and (option.default or option.example)), (
            "a secret has neither default nor example"
        )
        for given in filter(None, (option.default, option.example)):
            assert entered([option], {option.name: given}), f"{option.name} takes its own {given!r}"
    assert entered(options, {option.name: sample(option) for option in options}) or not options


@every_sink
def test_its_secrets_are_kept_as_secrets(name):
    told = SINKS[name].manifest()
    hidden = re.compile(r"token|secret|password|hook|api_?key|^key$|credential")
    assert [one.name for one in told.options if hidden.search(one.name) and not one.secret] == []
    assert told.credentials != "needed" or any(one.needed for one in told.secrets)
    assert told.credentials != "needed" or told.steps, "what is needed is explained step by step"


@every_sink
def test_what_is_needed_and_missing_is_named_in_both_languages(name):
    options = SINKS[name].manifest().options
    given = {option.name: sample(option) for option in options if not option.secret}
    for missing in (option for option in options if option.secret and option.needed):
        with pytest.raises(WrongOption) as found:
            SINKS[name](Setting(entered([one for one in options if not one.secret], given), {}, now=NOW))
        assert any(one.title.zh in found.value.text("zh-hans") for one in options), missing.name


@every_sink
def test_its_limits_and_terms_name_their_source(name):
    told = SINKS[name].manifest()
    assert told.limits
    assert told.terms
    for rule in (*told.limits, *told.terms):
        assert re.match(r"https://[a-z0-9.-]+\.[a-z]{2,}/?", rule.source), rule
    assert told.most > 0


@every_sink
def test_it_says_truthfully_when_it_was_tested(name):
    told = SINKS[name].manifest()
    assert type(told.tested_on) is date
    assert told.tested_on <= datetime.now(UTC).date()


@every_sink
def test_it_checks_what_it_reaches_where_it_says_so(name):
    one = SINKS[name]
    assert (one.reach is not Sink.reach) == one.manifest().checks


@every_asked_sink
def test_what_it_reaches_is_told_without_sending_or_refused_in_both_languages(name):
    told, kind = told_of(name), SINKS[name]
    channel = told.channel()
    if kind.manifest().checks:
        found = told.sink(kind, channel).check()
        assert isinstance(found, Reached)
        assert found.who or found.where
        assert {request.method for request in channel.asked} <= {"GET", "HEAD"}, "nothing was sent"
        return
    with pytest.raises(NotOffered) as refused:
        told.sink(kind, channel).check()
    assert kind.manifest().title.zh in refused.value.text("zh-hans")
    assert channel.asked == []


@every_asked_sink
def test_a_message_is_delivered_and_what_the_channel_calls_it_is_kept(name):
    told = told_of(name)
    found = told.sink(SINKS[name], told.channel()).deliver(message())
    assert isinstance(found, Delivered)
    assert {key: getattr(found, key) for key in told.delivered} == dict(told.delivered)
    assert_discreet(told, f"{found!r}")


@every_asked_sink
@pytest.mark.parametrize("locale", ["en", "zh-hans"])
@pytest.mark.parametrize("kind", ["alert", "digest", "test"])
def test_hostile_and_long_and_empty_messages_are_delivered_too(name, kind, locale):
    told = told_of(name)
    empty = message(kind=kind, locale=locale, title="", url="")
    for one in (hostile(kind=kind, locale=locale), long(kind=kind, locale=locale, urgent=True), empty):
        assert told.sink(SINKS[name], told.channel()).deliver(one)


@every_asked_sink
def test_a_message_is_written_the_same_each_time_it_is_tried(name):
    told = told_of(name)
    first, second = told.channel(), told.channel()
    for channel in (first, second):
        told.sink(SINKS[name], channel).deliver(message())
    assert [request.content for request in first.asked] == [request.content for request in second.asked]


@every_asked_sink
def test_its_channel_can_refuse_it_and_ask_it_to_wait(name):
    kinds = {case["problem"] for case in told_of(name).cases}
    assert {"throttled", "unavailable"} <= kinds
    assert kinds & {"credential", "gone"}, "a wrong credential is told"
    assert "message" in kinds, "a message that is not taken is told"


@pytest.mark.parametrize(("name", "case"), CASES, ids=[f"{name}: {case['name']}" for name, case in CASES])
def test_what_its_channel_answers_is_told_in_both_languages_without_secrets(name, case):
    told = told_of(name)
    with pytest.raises(SourceProblem) as found:
        told.sink(SINKS[name], told.channel(case)).deliver(message())
    problem = found.value
    assert problem.kind == case["problem"]
    assert case.get("wait") == getattr(problem, "wait", None)
    assert HAN.search(problem.text("zh-hans"))
    assert not HAN.search(str(problem)) or HAN.search(str(case))
    assert "source" not in str(problem).lower()
    assert (problem.__context__, problem.__cause__) == (None, None), (
        "what was before may hold a secret address"
    )
    shown = "".join(traceback.format_exception(problem))
    assert_discreet(told, f"{problem} {problem.text('zh-hans')} {problem.details} {shown}")


@every_asked_sink
def test_no_answer_is_told_without_secrets(name):
    told = told_of(name)
    broken = {pattern: {"broken": True} for pattern in told.good}
    with pytest.raises(SourceProblem) as found:
        told.sink(SINKS[name], told.channel({"instead": broken})).deliver(message())
    assert found.value.kind == "unreachable"
    assert_discreet(told, f"{found.value} {''.join(traceback.format_exception(found.value))}")


def assert_discreet(told: Told, shown: str) -> None:
    """Neither a secret nor a telling part of a secret address is shown."""
    for secret in told.secrets.values():
        parts = [secret, *(part for part in re.split(r"[/?=&#]", secret)[3:] if len(part) > 10)]
        assert [part for part in parts if part in shown] == []
