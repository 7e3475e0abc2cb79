"""The frame of Settings and the tabs that belong to nobody else."""

from __future__ import annotations

import platform
from typing import Any

import django
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _

from outlisten import __version__
from outlisten.app.people import actions
from outlisten.app.people.forms import PreferencesForm
from outlisten.app.people.signed_in import signed_in
from outlisten.app.web.settings_tabs import tabs_for


def overview(request: HttpRequest) -> HttpResponse:
    """The first tab this person may open."""
    return redirect(tabs_for(request.user)[0].address)


def account(request: HttpRequest) -> HttpResponse:
    """How I like to read, and how I sign in."""
    me = signed_in(request)
    form = PreferencesForm.of(me, request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.change_preferences(me, form.wanted())
        with translation.override(me.language):
            messages.success(request, _("Saved."))
        return redirect("settings_account")
    return _tab(request, "account", form=form, two_step=_two_step(me), status=422 if form.errors else 200)


def models(request: HttpRequest) -> HttpResponse:
    """What the language models read, how often they err, and which of them read the posts that are kept."""
    from outlisten.app.listening.drift_shown import diagrams_shown
    from outlisten.app.listening.queries.models_read import models_read
    from outlisten.app.web.model_facts import model_facts
    from outlisten.app.web.theme import theme_of

    facts = model_facts()
    read, drawn = (models_read(request.user), diagrams_shown(theme_of(request))) if facts else (None, [])
    return _tab(request, "models", facts=facts, read=read, diagrams=drawn)


def about(request: HttpRequest) -> HttpResponse:
    """Version, licence, and what else is inside."""
    from outlisten.app.web.vendored import packages

    versions = {"Outlisten": __version__, "Python": platform.python_version(), "Django": django.get_version()}
    return _tab(request, "about", versions=versions, packages=packages())


def _two_step(me: Any) -> bool:
    from allauth.mfa.utils import is_mfa_enabled

    return bool(is_mfa_enabled(me))


def _tab(request: HttpRequest, name: str, status: int = 200, **context: Any) -> HttpResponse:
    return render(request, f"web/settings/{name}.html", context, status=status)
