"""Signing in by a link that the command line printed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from outlisten.app.people.actions import demo_sign_in_link, sign_in_link
from outlisten.app.people.models import Account, OneTimeLink

pytestmark = pytest.mark.django_db
BASE = "http://127.0.0.1:8000/"


def path(link: str) -> str:
    return link.removeprefix(BASE.rstrip("/"))


def test_the_demo_link_makes_an_owner_and_signs_in(client: Client) -> None:
    answer = client.get(path(demo_sign_in_link(BASE)))
    assert (answer.status_code, answer.url) == (302, "/")
    owner = Account.objects.get(role="owner")
    assert not owner.has_usable_password()
    assert client.session["_auth_user_id"] == str(owner.pk)


def test_a_second_demo_link_is_for_the_same_owner(client: Client) -> None:
    demo_sign_in_link(BASE)
    client.get(path(demo_sign_in_link(BASE)))
    assert Account.objects.count() == 1
    assert "_auth_user_id" in client.session


def test_a_link_works_once(client: Client) -> None:
    address = path(demo_sign_in_link(BASE))
    client.get(address)
    other = Client()
    assert other.get(address).status_code == 410
    assert "_auth_user_id" not in other.session


@pytest.mark.parametrize(
    "from_elsewhere",
    [
        {"REMOTE_ADDR": "192.0.2.7"},
        {"REMOTE_ADDR": ""},
        {"HTTP_X_FORWARDED_FOR": "192.0.2.7"},
        {"HTTP_FORWARDED": "for=_x"},
    ],
)
def test_a_link_is_refused_from_another_machine_and_stays_good(
    client: Client, from_elsewhere: dict[str, str]
) -> None:
    address = path(demo_sign_in_link(BASE))
    assert client.get(address, **from_elsewhere).status_code == 403
    assert client.get(address).status_code == 302


def test_an_old_link_is_refused(client: Client) -> None:
    address = path(demo_sign_in_link(BASE))
    OneTimeLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert client.get(address).status_code == 410


def test_a_closed_account_is_not_let_in(client: Client, account: Callable[..., Account]) -> None:
    closed = account("viewer", is_active=False)
    assert client.get(path(sign_in_link(BASE, closed))).status_code == 410
    assert "_auth_user_id" not in client.session


def test_a_set_up_link_does_not_sign_in(client: Client) -> None:
    from outlisten.app.people.actions import set_up_link

    token = str(set_up_link(BASE)).rsplit("/", 1)[-1]
    assert client.get(f"/sign-in/link/{token}").status_code == 410
