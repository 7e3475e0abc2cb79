"""Addresses of this room."""

from __future__ import annotations

from django.urls import path

from outlisten.app.participation.views import pages

urlpatterns = [
    path("participation/", pages.page, name="participation"),
    path("participation/calendars", pages.calendars, name="participation_calendars"),
    path("participation/domains", pages.domains, name="participation_domains"),
    path("participation/forget/<int:pk>", pages.forget, name="participation_forget"),
]
