"""The first start: one link, one owner, no default password."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from outlisten.app.listening.queries.names import workspace
from outlisten.app.people.actions import set_up_link
from outlisten.app.people.models import Account, OneTimeLink

pytestmark = pytest.mark.django_db
BASE = "http://127.0.0.1:8000"
GIVEN = {
    "name": "林一", "email": "Lin@Example.org", "password": "a quiet morning walk", "workspace": "阿喜茶馆",
    "language": "zh-hans", "zone": "Asia/Shanghai",
}  # fmt: skip


def path() -> str:
    link = set_up_link(BASE)
    assert link is not None
    assert link.startswith(BASE)
    return link.removeprefix(BASE)


def test_the_link_creates_the_owner_and_the_workspace_and_signs_in(client: Client) -> None:
    answer = client.post(path(), GIVEN)
    assert answer.status_code == 302
    owner = Account.objects.get()
    assert (owner.role, owner.email, owner.language) == ("owner", "lin@example.org", "zh-hans")
    assert (workspace().name, workspace().zone) == ("阿喜茶馆", "Asia/Shanghai")
    assert client.session["_auth_user_id"] == str(owner.pk)


def test_looking_at_the_form_does_not_use_the_link_up(client: Client) -> None:
    address = path()
    assert client.get(address).status_code == 200
    assert client.get(address).status_code == 200
    assert client.post(address, GIVEN).status_code == 302


def test_a_link_works_once(client: Client) -> None:
    address = path()
    client.post(address, GIVEN)
    again = Client().post(address, {**GIVEN, "email": "other@example.org"})
    assert again.status_code == 410
    assert Account.objects.count() == 1


def test_a_newer_link_ends_the_one_before(client: Client) -> None:
    first, second = path(), path()
    assert client.get(first).status_code == 410
    assert client.get(second).status_code == 200


def test_a_link_older_than_a_day_is_refused(client: Client) -> None:
    address = path()
    OneTimeLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert client.post(address, GIVEN).status_code == 410
    assert not Account.objects.exists()


def test_there_is_no_link_once_there_is_an_owner(client: Client) -> None:
    client.post(path(), GIVEN)
    assert set_up_link(BASE) is None


def test_the_token_itself_is_not_kept() -> None:
    token = path().rsplit("/", 1)[-1]
    assert token not in OneTimeLink.objects.get().digest


@pytest.mark.parametrize("password", ["short", "1234567890123", "password123", "lin@example.org"])
def test_a_weak_password_is_explained_and_keeps_the_link(client: Client, password: str) -> None:
    address = path()
    answer = client.post(address, {**GIVEN, "password": password})
    assert answer.status_code == 422
    assert answer.context["form"].errors["password"]
    assert client.get(address).status_code == 200


@pytest.mark.parametrize(
    "wrong", [{"email": "nobody"}, {"zone": "Mars/Base"}, {"name": ""}, {"language": "tlh"}]
)
def test_bad_input_is_explained(client: Client, wrong: dict[str, str]) -> None:
    answer = client.post(path(), {**GIVEN, **wrong})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == list(wrong)
    assert not Account.objects.exists()


def test_a_made_up_link_is_refused(client: Client) -> None:
    assert client.get("/set-up/nothing").status_code == 410
