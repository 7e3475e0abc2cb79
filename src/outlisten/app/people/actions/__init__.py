"""What may be done to accounts, one module a noun. Permissions are checked here, and every act is written down."""

from __future__ import annotations

from outlisten.app.people.actions.accounts import add_account, forget_password
from outlisten.app.people.actions.coming_in import (
    DEMO_EMAIL,
    LinkUsed,
    create_owner,
    demo_sign_in_link,
    set_up_link,
    sign_in_link,
)
from outlisten.app.people.actions.preferences import (
    Preferences,
    change_preferences,
    choose_language,
    choose_theme,
)

__all__ = [
    "DEMO_EMAIL",
    "LinkUsed",
    "Preferences",
    "add_account",
    "change_preferences",
    "choose_language",
    "choose_theme",
    "create_owner",
    "demo_sign_in_link",
    "forget_password",
    "set_up_link",
    "sign_in_link",
]
