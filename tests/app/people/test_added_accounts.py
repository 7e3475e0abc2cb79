"""Accounts that the owner makes, and passwords that the owner ends."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from outlisten.app.people.actions import add_account, forget_password, sign_in_link
from outlisten.app.people.models import Account
from outlisten.app.people.rules import Refused

pytestmark = pytest.mark.django_db
GIVEN = {"email": "Wei@Example.org", "name": "魏二", "language": "zh-hans"}


def test_the_first_account_is_the_owner_s_whatever_was_asked() -> None:
    assert add_account(**GIVEN, role="viewer", by=None).role == "owner"


def test_an_account_is_made_with_its_role_and_no_password(account: Callable[..., Account]) -> None:
    made = add_account(**GIVEN, role="agency", by=account("admin"))
    assert (made.email, made.role, made.has_usable_password()) == ("wei@example.org", "agency", False)


@pytest.mark.parametrize("role", ["lead", "analyst", "agency", "viewer"])
def test_only_those_who_look_after_the_installation_make_accounts(
    account: Callable[..., Account], role: str
) -> None:
    with pytest.raises(Refused):
        add_account(**GIVEN, role="viewer", by=account(role))


def test_nobody_makes_accounts_once_there_is_an_owner(account: Callable[..., Account]) -> None:
    account("owner")
    with pytest.raises(Refused):
        add_account(**GIVEN, role="viewer", by=None)


@pytest.mark.parametrize(
    "wrong", [{"email": "nobody"}, {"role": "emperor"}, {"language": "tlh"}, {"name": " "}]
)
def test_bad_input_is_refused(account: Callable[..., Account], wrong: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        add_account(**{**GIVEN, "role": "viewer", **wrong}, by=account("owner"))


def test_the_first_sign_in_asks_for_a_password(client: Client, account: Callable[..., Account]) -> None:
    link = sign_in_link("http://testserver", account("analyst"))
    assert client.get(link).url == "/account/password/first"
    chosen = {"password1": "a quiet morning walk", "password2": "a quiet morning walk"}
    assert client.post("/account/password/first", chosen).status_code == 302
    assert Account.objects.get().has_usable_password()


def test_an_ended_password_lets_nobody_in_and_a_link_does(
    client: Client, account: Callable[..., Account]
) -> None:
    owner, forgetful = account("owner"), account("viewer", password="a quiet morning walk")
    forget_password(forgetful, by=owner)
    client.post("/account/sign-in", {"login": forgetful.email, "password": "a quiet morning walk"})
    assert "_auth_user_id" not in client.session
    client.get(sign_in_link("http://testserver", forgetful))
    assert client.session["_auth_user_id"] == str(forgetful.pk)


def test_only_those_who_look_after_the_installation_end_passwords(account: Callable[..., Account]) -> None:
    with pytest.raises(Refused):
        forget_password(account("viewer"), by=account("analyst"))
