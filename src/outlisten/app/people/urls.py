"""Addresses about oneself. Of allauth's pages only those this product uses: there is no sign-up to reach."""

from __future__ import annotations

from allauth.account import views as account
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path, re_path
from django.views.generic import RedirectView

from outlisten.app.people.views import accounts, departments, invitations, signing_in, switches

to_sign_in = login_not_required(RedirectView.as_view(pattern_name="account_login"))
to_account = RedirectView.as_view(pattern_name="settings_account")

urlpatterns = [
    path("sign-in/link/<str:token>", signing_in.one_time_sign_in, name="one_time_sign_in"),
    path("preferences/language", switches.choose_language, name="choose_language"),
    path("preferences/theme", switches.choose_theme, name="choose_theme"),
    path("look/as/<int:pk>", switches.look_as, name="look_as"),
    path("look/back", switches.look_back, name="look_back"),
    path("invitation/<str:token>", invitations.accept, name="invitation"),
    path("settings/people/", accounts.page, name="people"),
    path("settings/people/invite", invitations.invite, name="invite"),
    path("settings/people/<int:pk>", accounts.change, name="person"),
    path("settings/people/<int:pk>/close", accounts.close, name="person_close"),
    path("settings/people/<int:pk>/reopen", accounts.reopen, name="person_reopen"),
    path("settings/people/<int:pk>/hand-over", accounts.hand_over, name="hand_over"),
    path("settings/people/undo/<str:token>", accounts.undo, name="person_undo"),
    path("settings/invitations/<int:pk>/send", invitations.send_again, name="invitation_send"),
    path("settings/invitations/<int:pk>/withdraw", invitations.withdraw, name="invitation_withdraw"),
    path("settings/invitations/undo/<str:token>", invitations.undo, name="invitation_undo"),
    path("settings/departments/", departments.page, name="departments"),
    path("settings/departments/<int:pk>/rename", departments.rename, name="department_rename"),
    path("settings/departments/<int:pk>/remove", departments.remove, name="department_remove"),
    path("settings/departments/undo/<str:token>", departments.undo, name="department_undo"),
    path("settings/roles", accounts.roles, name="roles"),
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
