"""The sample's story is whole in both languages, rests on real complaints, and says what is made up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass

import pyarrow.parquet as pq
import pytest

from outlisten import sample
from outlisten.query import parse
from outlisten.sample import decided, story
from outlisten.sample.story import Words, made_up

HAN = re.compile(r"[\u4e00-\u9fff]")
HALF_WIDTH = re.compile(r"[\u4e00-\u9fff][,.;:!?]")


def every_words(thing: object) -> Iterator[Words]:
    if isinstance(thing, Words):
        yield thing
    elif isinstance(thing, tuple):
        for part in thing:
            yield from every_words(part)
    elif is_dataclass(thing):
        for field in fields(thing):
            yield from every_words(getattr(thing, field.name))


STORY = [*every_words((story.ACCOUNTS, story.RULES, story.STEPS, story.VOICE_NOTE, story.MADE_UP)),
         *every_words((decided.INSIGHTS, decided.CLAIM, decided.DECISIONS))]  # fmt: skip


def test_every_sentence_is_told_in_both_languages() -> None:
    assert len(STORY) > 30
    for said in STORY:
        assert said.en
        assert not HAN.search(said.en)
        assert HAN.search(said.zh)
        assert not HALF_WIDTH.search(said.zh)


def test_what_is_made_up_says_so_in_both_languages() -> None:
    said = Words("I will call you.", "我会给您打电话。")
    assert made_up(said, "en") == "(made up for the demo) I will call you."
    assert made_up(said, "zh-hans") == "（演示虚构）我会给您打电话。"


def test_every_step_is_about_a_real_complaint_to_the_own_company() -> None:
    complaints = pq.read_table(sample.FOLDER / "cfpb.parquet", columns=["id", "to", "created_at"]).to_pylist()
    ours = {row["id"]: row["created_at"].date() for row in complaints if sample.COMPANY in (row["to"] or "")}
    for step in story.STEPS:
        assert step.post in ours
        assert ours[step.post] >= story.FROM


def test_every_step_is_done_by_an_account_of_the_story() -> None:
    assert {step.who for step in story.STEPS} <= {account.key for account in story.ACCOUNTS}
    assert not any(step.deed in ("take", "answer") for step in story.STEPS if step.who == "agency")


def test_every_department_with_cases_has_somebody_who_answers() -> None:
    answering = {
        key
        for account in story.ACCOUNTS
        if account.role in ("lead", "responder")
        for key in account.departments
    }
    assert {rule.department for rule in story.RULES} <= answering


@pytest.mark.parametrize("query", [one.query for one in (*story.RULES, *decided.INSIGHTS)])
def test_every_query_can_be_read(query: str) -> None:
    assert parse(query).valid


def test_the_declared_accounts_are_those_of_companies_in_the_conversations() -> None:
    posts = pq.read_table(sample.FOLDER / "ibm_care.parquet", columns=["author_handle", "to"]).to_pylist()
    seen = {row[name] for row in posts for name in ("author_handle", "to")}
    assert {"Ask_WellsFargo", "ChaseSupport"} <= {
        name for voice in story.VOICES for name in voice.accounts
    } & seen


@pytest.mark.parametrize("department", sample.CALENDARS)
def test_the_calendars_say_that_they_are_made_up_and_name_nobody(department: str) -> None:
    text = sample.calendar(department).decode()
    titles = re.findall(r"SUMMARY:(.+)", text)
    assert titles
    assert all("(made up)" in title and "（虚构）" in title for title in titles)
    assert all(address.endswith(".example") for address in re.findall(r"[\w.-]+@([\w.-]+)", text))
    assert sample.COMPANY not in text
