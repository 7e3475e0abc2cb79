"""Roles, departments, closing, reopening, ownership, and what takes a change back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from tests.app.conftest import BACKEND, Browser

from outlisten.app.people.actions.accounts import (
    change_account,
    close_account,
    hand_over,
    reopen_account,
    undo_change,
)
from outlisten.app.people.actions.undoing import CannotUndo
from outlisten.app.people.models import Account, Department
from outlisten.app.people.rules import Refused
from outlisten.app.trust.models import AuditRow

pytestmark = pytest.mark.django_db
Make = Callable[..., Account]


def places(*keys: str) -> list[Department]:
    return list(Department.objects.filter(key__in=keys))


def test_a_change_of_role_and_departments_counts_at_once_and_can_be_undone(
    owner: Account, account: Make
) -> None:
    lin = account("viewer")
    token = change_account(lin, role="lead", departments=places("sales"), by=owner)
    assert lin.department_ids == {places("sales")[0].pk}
    undo_change(token, by=owner)
    lin = Account.objects.get(pk=lin.pk)
    assert (lin.role, lin.department_ids) == ("viewer", frozenset())


def test_nobody_is_made_or_unmade_an_owner_by_a_change(owner: Account, account: Make) -> None:
    admin = account("admin")
    with pytest.raises(ValidationError):
        change_account(admin, role="owner", departments=(), by=admin)
    with pytest.raises(ValidationError):
        change_account(owner, role="viewer", departments=(), by=admin)


def test_a_closed_account_is_put_out_at_once_and_let_in_again(
    client: Client, owner: Account, account: Make
) -> None:
    lin = account("analyst")
    client.force_login(lin, backend=BACKEND)
    token = close_account(lin, by=owner)
    assert client.get("/").status_code == 302
    undo_change(token, by=owner)
    assert client.get("/settings/account").status_code == 200
    close_account(lin, by=owner)
    reopen_account(lin, by=owner)
    assert Account.objects.get(pk=lin.pk).is_active


def test_the_owner_s_account_and_one_s_own_are_not_closed(owner: Account, account: Make) -> None:
    admin = account("admin")
    for wrong in (owner, admin):
        with pytest.raises(ValidationError):
            close_account(wrong, by=admin)


def test_ownership_is_handed_over_by_the_owner_alone(owner: Account, account: Make) -> None:
    admin, lin = account("admin"), account("viewer")
    with pytest.raises(Refused):
        hand_over(lin, by=admin)
    hand_over(lin, by=owner)
    assert Account.objects.get(pk=lin.pk).role == "owner"
    assert Account.objects.get(pk=owner.pk).role == "admin"


def test_a_closed_account_does_not_become_the_owner(owner: Account, account: Make) -> None:
    with pytest.raises(ValidationError):
        hand_over(account("viewer", is_active=False), by=owner)


def test_the_page_hands_over_only_when_the_name_was_typed(browser: Browser, account: Make) -> None:
    client, lin = browser("owner"), account("viewer", name="林一")
    client.post(f"/settings/people/{lin.pk}/hand-over", {"typed": "林"})
    assert Account.objects.get(pk=lin.pk).role == "viewer"
    client.post(f"/settings/people/{lin.pk}/hand-over", {"typed": "林一"})
    assert Account.objects.get(pk=lin.pk).role == "owner"


@pytest.mark.parametrize("token", ["", "x", "eyJ:1:2"])
def test_a_damaged_undo_changes_nothing(owner: Account, token: str) -> None:
    with pytest.raises(CannotUndo):
        undo_change(token, by=owner)


def test_an_undo_does_not_unmake_an_owner(owner: Account, account: Make) -> None:
    lin = account("viewer")
    token = change_account(lin, role="lead", departments=(), by=owner)
    hand_over(lin, by=owner)
    with pytest.raises(CannotUndo):
        undo_change(token, by=lin)


def test_the_page_changes_offers_the_undo_and_takes_it_back(browser: Browser, account: Make) -> None:
    client, lin = browser("admin"), account("viewer")
    support = places("support")[0]
    changed = client.post(
        f"/settings/people/{lin.pk}", {"role": "responder", "departments": [support.pk]}, follow=True
    )
    undo = changed.content.decode().split('<form action="/settings/people/undo/')[1].split('"')[0]
    assert Account.objects.get(pk=lin.pk).role == "responder"
    client.post(f"/settings/people/undo/{undo}")
    assert Account.objects.get(pk=lin.pk).role == "viewer"


def test_every_change_is_written_down(owner: Account, account: Make) -> None:
    lin = account("viewer")
    change_account(lin, role="lead", departments=places("hr"), background="marketing", by=owner)
    close_account(lin, by=owner)
    rows = list(AuditRow.objects.order_by("number").values_list("act", "about", "details"))
    about = f"account:{lin.pk}"
    assert rows[0] == (
        "account.change",
        about,
        {"role": "lead", "departments": "hr", "background": "marketing"},
    )
    assert rows[1][:2] == ("account.close", about)


def test_a_person_tells_their_background_themselves(browser: Browser) -> None:
    client = browser("responder")
    given = {
        "name": "An",
        "language": "zh-hans",
        "theme": "system",
        "zone": "",
        "background": "customer_service",
    }
    assert client.post("/settings/account", given).status_code == 302
    assert Account.objects.get().background == "customer_service"
    assert client.post("/settings/account", {**given, "background": "emperor"}).status_code == 422


def test_an_undo_does_not_take_a_newer_change_away(owner: Account, account: Make) -> None:
    lin = account("viewer")
    token = change_account(lin, role="lead", departments=(), by=owner)
    change_account(lin, role="analyst", departments=places("sales"), by=owner)
    with pytest.raises(CannotUndo):
        undo_change(token, by=owner)
    assert Account.objects.get(pk=lin.pk).role == "analyst"


def test_an_undo_does_not_open_an_account_that_was_closed_since(owner: Account, account: Make) -> None:
    lin = account("viewer")
    token = change_account(lin, role="lead", departments=(), by=owner)
    close_account(lin, by=owner)
    with pytest.raises(CannotUndo):
        undo_change(token, by=owner)
    assert not Account.objects.get(pk=lin.pk).is_active
