"""What the database itself refuses."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from outlisten.app.people.models import Account, OneTimeLink

pytestmark = pytest.mark.django_db


def test_an_address_is_one_account_however_it_is_written(account: Callable[..., Account]) -> None:
    account("viewer", email="lin@example.org")
    with pytest.raises(IntegrityError), transaction.atomic():
        Account.objects.create(email="LIN@EXAMPLE.ORG", name="Lin")


def test_there_is_one_owner(account: Callable[..., Account]) -> None:
    account("owner")
    with pytest.raises(IntegrityError), transaction.atomic():
        account("owner", email="second@example.org")


def test_a_sign_in_link_belongs_to_an_account_and_a_set_up_link_to_none(
    account: Callable[..., Account],
) -> None:
    for purpose, whose in (("sign-in", None), ("set-up", account("viewer"))):
        with pytest.raises(IntegrityError), transaction.atomic():
            OneTimeLink.objects.create(
                digest=purpose, purpose=purpose, account=whose, expires_at=timezone.now()
            )
