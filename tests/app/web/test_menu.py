"""Nobody is led to a page that refuses them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from outlisten.app.people.models import Account
from outlisten.app.web.menu import rooms_for
from outlisten.app.web.settings_tabs import tabs_for
from outlisten.posts import PostStore

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.mark.parametrize("role", Account.Role.values)
def test_every_room_tab_and_command_opens_for_whom_it_is_shown(
    role: str, account: Callable[..., Account], pages_store: PostStore
) -> None:
    reader, client = account(role), Client()
    client.force_login(reader, backend=BACKEND)
    commands = [one["url"] for one in client.get("/palette.json").json()["entries"] if "url" in one]
    shown = {
        *(room.address for room in rooms_for(reader)),
        *(tab.address for tab in tabs_for(reader)),
        *commands,
    }
    assert {address: client.get(address, follow=True).status_code for address in shown} == dict.fromkeys(
        shown, 200
    )
