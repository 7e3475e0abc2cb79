"""How allauth behaves here: accounts are made by an owner, never by a visitor."""

from __future__ import annotations

from typing import ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """No open sign-up; refusals that say what to do."""

    error_messages: ClassVar[dict[str, str | Promise]] = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("The e-mail address and the password do not fit together."),
        "too_many_login_attempts": _("Too many attempts. Wait five minutes, then try again."),
        "account_inactive": _("This account is closed. Ask the owner of the workspace."),
        "incorrect_password": _("The password is not right."),
        "enter_current_password": _("The present password is not right."),
        "rate_limited": _("Too many attempts. Wait a few minutes, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: an account is made by the set-up link or by an owner."""
        return False


class TwoStepAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """The second step, in our words."""

    error_messages: ClassVar[dict[str, str | Promise]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("That code is not right, or no longer. Type the one the app shows now."),
    }
