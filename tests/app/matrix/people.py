"""People, walked: accounts, departments, invitations."""

from __future__ import annotations

from tests.app.matrix import Walk

from outlisten.app.people.acts import Act

ROWS = (Walk(Act.MANAGE_ACCOUNTS, command=("user", "list", "--json")),)
