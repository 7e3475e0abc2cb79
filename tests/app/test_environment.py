"""Settings from the environment: each is read by type, refused in words, and documented."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from outlisten.app.environment import SETTINGS, Environment

REPOSITORY = Path(__file__).parents[2]
PAGE = REPOSITORY / "docs" / "reference" / "settings.md"


@pytest.mark.parametrize("page", [PAGE, PAGE.with_suffix(".zh.md")], ids=["en", "zh"])
def test_every_setting_is_documented_and_nothing_else(page: Path) -> None:
    headings = re.findall(r"^## `(\w+)`$", page.read_text("utf-8"), flags=re.M)
    assert headings == [setting.name for setting in SETTINGS]


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_the_page_says_what_a_setting_takes_does_and_is_without(setting: object) -> None:
    section = PAGE.read_text("utf-8").split(f"## `{setting.name}`")[1].split("\n## ")[0]  # type: ignore[attr-defined]
    for words in (setting.takes, setting.default, setting.help):  # type: ignore[attr-defined]
        assert words in section


def test_every_setting_that_the_code_reads_is_declared() -> None:
    read = set()
    for file in (REPOSITORY / "src" / "outlisten").rglob("*.py"):
        read |= set(re.findall(r'"(OUTLISTEN_[A-Z_]+)"', file.read_text("utf-8")))
    assert read - {"OUTLISTEN_"} <= {setting.name for setting in SETTINGS}


def test_an_undeclared_setting_cannot_be_read() -> None:
    with pytest.raises(LookupError, match="OUTLISTEN_TYPO"):
        Environment({}).text("OUTLISTEN_TYPO")


def test_a_blank_value_is_the_default() -> None:
    assert Environment({"OUTLISTEN_HTTPS": " "}).flag("OUTLISTEN_HTTPS") is False


@pytest.mark.parametrize("value", ["yes", "1", "true", "TRUE"])
def test_a_flag_is_true_or_false_and_nothing_else(value: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=f"OUTLISTEN_HTTPS={value}.*True or False"):
        Environment({"OUTLISTEN_HTTPS": value}).flag("OUTLISTEN_HTTPS")


@pytest.mark.parametrize("value", ["-1", "two", "1.5", "0"])
def test_a_number_below_the_least_is_refused(value: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="1 or more"):
        Environment({"OUTLISTEN_SESSION_DAYS": value}).whole("OUTLISTEN_SESSION_DAYS", 14, least=1)


def test_names_are_split_at_commas() -> None:
    hosts = Environment({"OUTLISTEN_ALLOWED_HOSTS": "a.example, b.example,,"}).names(
        "OUTLISTEN_ALLOWED_HOSTS"
    )
    assert hosts == ["a.example", "b.example"]


def test_a_choice_outside_the_list_is_refused() -> None:
    with pytest.raises(ImproperlyConfigured, match="INFO, ERROR"):
        Environment({"OUTLISTEN_LOG_LEVEL": "LOUD"}).one_of("OUTLISTEN_LOG_LEVEL", ("INFO", "ERROR"), "INFO")


def test_a_secret_may_come_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text("0123456789" * 4 + "\n")
    assert (
        Environment({"OUTLISTEN_SECRET_KEY_FILE": str(file)}).secret("OUTLISTEN_SECRET_KEY")
        == "0123456789" * 4
    )


@pytest.mark.parametrize(
    "values", [{"OUTLISTEN_SECRET_KEY": "short"}, {"OUTLISTEN_SECRET_KEY_FILE": "/nowhere/secret"}]
)
def test_a_short_or_unreadable_secret_is_refused(values: dict[str, str]) -> None:
    with pytest.raises(ImproperlyConfigured, match="OUTLISTEN_SECRET_KEY"):
        Environment(values).secret("OUTLISTEN_SECRET_KEY")
