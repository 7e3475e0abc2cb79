"""A manifest is read whole, and a bad one names what is wrong in it."""

from __future__ import annotations

import re
import sys
from datetime import date, timedelta
from itertools import count
from pathlib import Path

import pytest

import outlisten.sources.rss
from outlisten.sources.manifest import DELETIONS, TESTED, manifest_in
from outlisten.sources.said import Said

GOOD = (Path(outlisten.sources.rss.__path__[0]) / "manifest.toml").read_text("utf-8")
NUMBERS = count()


@pytest.fixture
def manifest_of(tmp_path, monkeypatch):
    """The manifest of a package that holds this text as its manifest.toml."""
    monkeypatch.syspath_prepend(tmp_path)

    def of(text: str | bytes | None):
        name = f"some_connector_{next(NUMBERS)}"  # every package is read once
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").touch()
        if text is not None:
            raw = text if isinstance(text, bytes) else text.encode()
            (tmp_path / name / "manifest.toml").write_bytes(raw)
        try:
            return manifest_in(name)
        finally:
            sys.modules.pop(name, None)

    return of


def test_a_manifest_holds_what_a_person_must_know(manifest_of):
    one = manifest_of(GOOD)
    assert (one.name, one.platform, one.kind, one.tested_on) == ("rss", "web", "open", date(2026, 12, 1))
    assert (one.every, one.least, one.again) == (timedelta(minutes=30), timedelta(minutes=5), None)
    assert one.title.text("zh-hans").startswith("订阅源")
    assert [option.name for option in one.secrets] == ["password"]
    assert one.limits[0].source.startswith("https://")


def test_a_kept_post_is_asked_for_again_after_the_hours_that_are_named(manifest_of):
    assert manifest_of("asked_again_after_hours = 36\n" + GOOD).again == timedelta(hours=36)


@pytest.mark.parametrize(
    ("line", "instead", "wrong"),
    [
        ('name = "rss"', "", "'name' is missing"),
        ('platform = "web"', "", "'platform' is missing"),
        ("personal = .*", "", "'personal' is missing"),
        ("answers = false", "", "'answers' is missing"),
        ("tested_on = .*", "", "'tested_on' is missing"),
        ("deletions = .*", "", "'deletions' is missing"),
        ("title = .*", "", "'title' is missing"),
        ("title = .*", 'title = { en = "Feed" }', "both languages"),
        ("title = .*", 'title = { en = "Feed", zh = "" }', "both languages"),
        ("title = .*", 'title = { en = "Feed", zh = "  " }', "both languages"),
        ("title = .*", 'title = { en = 1, zh = "订阅" }', "both languages"),
        ("brings = .*", 'brings = "新闻"', "both languages"),
        ('kind = "open"', 'kind = "free"', "'free' is none of 'open', 'account', 'generic'"),
        ("credentials = .*", 'credentials = "maybe"', "'maybe' is none of"),
        ("deletions = .*", 'deletions = "told"', "'told' is none of 'signals', 'asked again', 'not told'"),
        ("tested = .*", 'tested = "well"', "'well' is none of 'real server'"),
        ("answers = false", 'answers = "no"', "'answers' must be true or false"),
        ("history = true", "history = 1", "'history' must be true or false"),
        ("every_seconds = .*", 'every_seconds = "1800"', "'every_seconds' must be a whole number"),
        ("least_seconds = .*", "least_seconds = true", "'least_seconds' must be a whole number"),
        ("tested_on = .*", 'tested_on = "2026-12-01"', "'tested_on' must be a day"),
        ("tested_on = .*", "tested_on = 2026-12-01T00:00:00Z", "'tested_on' must be a day"),
        ("personal = .*", 'personal = "author"', "'personal' must be a list"),
        ('name = "rss"', 'name = "rss"\nlisens = true', r"unknown entries \['lisens'\]"),
        ('kind = "address"', 'kind = "url"', "option 'address' has no kind 'url'"),
        ("needed = true", "neded = true", r"option 'address' has unknown entries \['neded'\]"),
        ('source = "https://www.rfc-editor.org/rfc/rfc5005"', "", "'source' is missing"),
    ],
)
def test_a_bad_manifest_names_what_is_wrong(manifest_of, line, instead, wrong):
    changed, times = re.subn(f"^{line}$", instead, GOOD, count=1, flags=re.M)
    assert times == 1, "the line is there"
    with pytest.raises(ValueError, match=wrong) as found:
        manifest_of(changed)
    assert str(found.value).startswith("manifest.toml of some_connector_")


@pytest.mark.parametrize("text", ["name = ", "名字 = 1", '名 = "rss', b"\xff\xfe", "", None])
def test_what_is_no_manifest_at_all_is_said_so(manifest_of, text):
    with pytest.raises(ValueError, match=r"^manifest\.toml of some_connector_\d+: ."):
        manifest_of(text)


@pytest.mark.parametrize("table", [None, "字", [], {}, {"en": "a"}, {"zh": "甲"}, {"en": "", "zh": "甲"}, {"en": "a", "zh": "\n"},
                                   {"en": True, "zh": True}])  # fmt: skip
def test_a_sentence_needs_both_languages(table):
    with pytest.raises(ValueError, match="both languages"):
        Said.of(table)


def test_a_sentence_is_shown_in_the_readers_language():
    said = Said.of({"en": "Feed", "zh": "订阅源"})
    assert (said.text("en"), said.text("zh-hans")) == ("Feed", "订阅源")


@pytest.mark.parametrize("label", [*TESTED.values(), *DELETIONS.values()], ids=lambda label: label.en)
def test_every_label_that_pages_show_is_in_both_languages(label):
    assert re.search(r"[\u4e00-\u9fff]", label.zh)
    assert not re.search(r"[\u4e00-\u9fff]", label.en)
