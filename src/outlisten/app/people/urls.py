"""Addresses about oneself. Of allauth's pages only those this product uses: there is no sign-up to reach."""

from __future__ import annotations

from allauth.account import views as account
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path, re_path
from django.views.generic import RedirectView

from outlisten.app.people import views

to_sign_in = login_not_required(RedirectView.as_view(pattern_name="account_login"))
to_account = RedirectView.as_view(pattern_name="settings_account")

urlpatterns = [
    path("sign-in/link/<str:token>", views.one_time_sign_in, name="one_time_sign_in"),
    path("preferences/language", views.choose_language, name="choose_language"),
    path("preferences/theme", views.choose_theme, name="choose_theme"),
    path("account/sign-in", account.login, name="account_login"),
    path("account/sign-out", account.logout, name="account_logout"),
    path("account/closed", account.account_inactive, name="account_inactive"),
    path("account/again", account.reauthenticate, name="account_reauthenticate"),
    path("account/password", account.password_change, name="account_change_password"),
    path("account/password/first", account.password_set, name="account_set_password"),
    path("account/reset", account.password_reset, name="account_reset_password"),
    path("account/reset/sent", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^account/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "account/reset/done",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("account/two-step/", include("allauth.mfa.urls")),
    # Names that allauth asks for, of pages that do not exist here.
    path("account/sign-up", to_sign_in, name="account_signup"),
    path("account/email", to_account, name="account_email"),
]
