"""Signing in with e-mail and password, and with a second step."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.test import Client

from outlisten.app.people.models import Account

pytestmark = pytest.mark.django_db
PASSWORD = "a quiet morning walk"


@pytest.fixture
def lin(account: Callable[..., Account]) -> Account:
    return account("analyst", email="lin@example.org", password=PASSWORD)


def sign_in(client: Client, password: str = PASSWORD, email: str = "lin@example.org") -> object:
    return client.post("/account/sign-in", {"login": email, "password": password})


def test_the_right_password_leads_to_today(client: Client, lin: Account) -> None:
    answer = sign_in(client)
    assert (answer.status_code, answer.url) == (302, "/")
    assert client.session["_auth_user_id"] == str(lin.pk)


def test_the_address_may_be_typed_in_any_case(client: Client, lin: Account) -> None:
    assert sign_in(client, email="LIN@example.ORG").status_code == 302


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(client: Client, lin: Account) -> None:
    wrong, unknown = sign_in(client, "nonsense"), sign_in(client, email="nobody@example.org")
    said = [answer.context["form"].non_field_errors() for answer in (wrong, unknown)]
    assert said[0]
    assert said[0] == said[1]


def test_the_sixth_wrong_password_is_not_even_tried(client: Client, lin: Account) -> None:
    for _ in range(5):
        sign_in(client, "nonsense")
    answer = sign_in(client)
    assert "_auth_user_id" not in client.session
    assert answer.status_code == 200
    assert "Too many attempts" in answer.content.decode()


def test_a_closed_account_cannot_sign_in(client: Client, lin: Account) -> None:
    Account.objects.update(is_active=False)
    sign_in(client)
    assert "_auth_user_id" not in client.session


def test_passwords_are_kept_with_argon2(lin: Account) -> None:
    assert lin.password.startswith("argon2$")


def test_there_is_no_sign_up(client: Client) -> None:
    assert client.get("/account/sign-up", follow=True).redirect_chain[-1][0] == "/account/sign-in"
    client.post(
        "/account/sign-up", {"email": "new@example.org", "password1": PASSWORD, "password2": PASSWORD}
    )
    assert not Account.objects.exists()


@pytest.mark.parametrize("page", ["/", "/settings/account", "/ui", "/live", "/palette.json", "/rooms/care"])
def test_a_stranger_is_sent_to_sign_in(client: Client, page: str) -> None:
    answer = client.get(page)
    assert answer.status_code == 302
    assert answer.url.startswith("/account/sign-in")


def test_with_a_second_step_the_password_alone_does_not_let_in(client: Client, lin: Account) -> None:
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(lin, secret)
    assert sign_in(client).url == "/account/two-step/authenticate/"
    assert "_auth_user_id" not in client.session
    code = totp.format_hotp_value(totp.hotp_value(secret, next(iter(totp.yield_hotp_counters_from_time()))))
    assert client.post("/account/two-step/authenticate/", {"code": code}).status_code == 302
    assert client.session["_auth_user_id"] == str(lin.pk)


def test_without_a_mail_server_the_reset_page_says_whom_to_ask(client: Client) -> None:
    assert "Ask the owner" in client.get("/account/reset").content.decode()


def test_a_reset_mail_leads_to_a_new_password(
    client: Client, lin: Account, settings: object, mailoutbox: list[object]
) -> None:
    settings.SENDS_EMAIL = True  # type: ignore[attr-defined]
    client.post("/account/reset", {"email": "lin@example.org"})
    link = next(word for word in mailoutbox[0].body.split() if "/account/reset/key/" in word)  # type: ignore[attr-defined]
    page = client.get(link.replace("http://testserver", ""), follow=True)
    assert page.status_code == 200
    address = page.redirect_chain[-1][0]
    client.post(address, {"password1": "another quiet walk", "password2": "another quiet walk"})
    assert sign_in(Client(), "another quiet walk").status_code == 302
