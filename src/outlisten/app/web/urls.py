"""Addresses of the shell."""

from __future__ import annotations

from django.urls import path

from outlisten.app.web.views import blocks, rooms, service, set_up, settings, statements, today

urlpatterns = [
    path("", today.page, name="today"),
    path("today/sentence", today.sentence, name="today_sentence"),
    path("today/newest", today.newest, name="today_newest"),
    path("today/brands", today.brands, name="today_brands"),
    path("set-up/<str:token>", set_up.page, name="set_up"),
    path("settings/", settings.overview, name="settings"),
    path("settings/account", settings.account, name="settings_account"),
    path("settings/models", settings.models, name="settings_models"),
    path("settings/about", settings.about, name="settings_about"),
    path("ten-statements/", statements.page, name="ten-statements"),
    path("ten-statements/<int:number>", statements.measured, name="statement_measured"),
    path("rooms/<slug:room>", rooms.to_come, name="room_to_come"),
    path("ui", blocks.page, name="ui"),
    path("live", service.live, name="live"),
    path("health", service.health, name="health"),
    path("favicon.ico", service.favicon, name="favicon"),
    path("palette.json", service.palette, name="palette"),
]
