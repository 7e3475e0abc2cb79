"""Addresses about oneself."""

from __future__ import annotations

from django.urls import path

from outlisten.app.people import views

urlpatterns = [
    path("sign-in/link/<str:token>", views.one_time_sign_in, name="one_time_sign_in"),
    path("preferences/language", views.choose_language, name="choose_language"),
    path("preferences/theme", views.choose_theme, name="choose_theme"),
]
