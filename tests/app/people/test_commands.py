"""`outlisten user` and `outlisten department`, run as a server runs them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from tests.commands import Ran, ran

from outlisten.app.people.models import Account, Department
from outlisten.cli.terminal import Serving
from outlisten.home import Home
from outlisten.posts import PostStore

pytestmark = pytest.mark.django_db
ADDRESS = "https://listen.example.org"


@pytest.fixture
def run(pages_store: PostStore, tmp_path: Path, owner: Account) -> Callable[..., Ran]:
    serving = Serving(Home(tmp_path / "home"), lambda: pages_store, address=ADDRESS)

    def run_command(*words: str, locale: Any = "en") -> Ran:
        return ran(words, serving, tmp_path, locale)

    return run_command


def test_an_invitation_s_link_lets_somebody_in(run: Callable[..., Ran]) -> None:
    told = run(
        "user", "invite", "lin@example.org", "--name", "林一", "--role", "lead", "--department", "sales",
        "--department", "pr", "--language", "zh-hans", "--json",
    ).json  # fmt: skip
    assert (told["role"], told["departments"], told["language"], told["sent"]) == (
        "lead",
        ["sales", "pr"],
        "zh-hans",
        False,
    )
    link = told["link"].removeprefix(ADDRESS)
    assert Client().post(link, {"name": "林一", "password": "a quiet morning walk"}).status_code == 302
    assert Account.objects.get(email="lin@example.org").role == "lead"


def test_who_is_invited_twice_is_told(run: Callable[..., Ran]) -> None:
    run("user", "invite", "lin@example.org")
    again = run("user", "invite", "lin@example.org", locale="zh-hans")
    assert (again.status, again.err.strip()) == (
        1,
        "lin@example.org 已在邀请中。请重新发送那个邀请，或先撤回。",
    )


def test_an_account_is_changed_closed_and_opened(
    run: Callable[..., Ran], account: Callable[..., Account]
) -> None:
    email = account("viewer").email
    told = run(
        "user", "change", email, "--role", "responder", "--department", "support", "--close", "--json"
    ).json
    assert told == {
        "email": email, "name": "An viewer", "role": "responder", "open": False, "departments": ["support"],
        "background": None,
    }  # fmt: skip
    told = run("user", "change", email, "--reopen", "--no-department", "--background", "sales", "--json").json
    assert (told["open"], told["departments"], told["background"]) == (True, [], "sales")


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("user", "change", "owner@example.org"), 2, "Say what to change"),
        (("user", "change", "owner@example.org", "--close", "--reopen"), 2, "not both"),
        (("user", "change", "owner@example.org", "--department", "hr", "--no-department"), 2, "not both"),
        (("user", "change", "owner@example.org", "--close"), 1, "cannot be closed"),
        (("user", "change", "owner@example.org", "--role", "viewer"), 1, "There is one owner"),
        (("user", "change", "nobody@example.org", "--close"), 1, "There is no account nobody@example.org"),
        (("user", "invite", "lin@example.org", "--department", "月球"), 1, "There is no department 月球"),
        (("user", "invite", "nobody"), 1, "valid email"),
        (("department", "add", "Support"), 1, "already"),
        (("department", "add", "门店", "--key", "门 店"), 1, ""),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said_in_a_sentence(
    run: Callable[..., Ran], words: tuple[str, ...], status: int, said: str
) -> None:
    ran = run(*words)
    assert (ran.status, "Traceback" in ran.err) == (status, False)
    assert said.lower() in ran.err.lower()


def test_departments_are_added_and_listed_with_their_people(run: Callable[..., Ran], owner: Account) -> None:
    assert run("department", "add", "门店", "--key", "stores", "--json").json == {
        "key": "stores",
        "name": "门店",
    }
    owner.departments.add(Department.objects.get(key="stores"))
    listed = run("department", "list", "--json").json["departments"]
    assert listed[-1] == {"key": "stores", "name": "门店", "people": 1}
    assert len(listed) == 9


def test_the_list_names_departments_and_who_is_closed(
    run: Callable[..., Ran], account: Callable[..., Account]
) -> None:
    account("viewer", is_active=False)
    listed = run("user", "list", "--json").json["accounts"]
    assert {"email", "name", "role", "open", "departments", "background"} == set(listed[0])
    assert "closed" in run("user", "list").out
