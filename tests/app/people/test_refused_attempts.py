"""What an agency tried and was refused is counted by act."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.app.conftest import Browser

from outlisten.app.people.models import Account
from outlisten.app.people.queries import refused_attempts
from outlisten.app.people.rules import Refused

pytestmark = pytest.mark.django_db


def test_attempts_are_counted_by_role_and_act(browser: Browser, owner: Account) -> None:
    agency, viewer = browser("agency"), browser("viewer")
    for address in (
        "/settings/workspace",
        "/settings/workspace",
        "/settings/people/",
        "/settings/brands/new",
    ):
        assert agency.get(address).status_code == 403
    viewer.get("/settings/workspace")
    assert refused_attempts(owner, "agency") == {
        "manage_workspace": 2,
        "edit_brands": 1,
        "manage_accounts": 1,
    }
    assert refused_attempts(owner, "lead") == {}


def test_the_count_is_not_for_the_agency(account: Callable[..., Account]) -> None:
    with pytest.raises(Refused):
        refused_attempts(account("agency"), "agency")
