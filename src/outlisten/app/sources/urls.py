"""Addresses of sources."""

from __future__ import annotations

from django.urls import path

from outlisten.app.sources import alerting, inbound, views

urlpatterns = [
    path("in/<int:pk>", inbound.receive, name="source_in"),
    path("settings/sources", views.page, name="sources"),
    path("settings/sources/list", views.listed, name="sources_list"),
    path("settings/sources/listen", views.listen_for, name="sources_listen"),
    path("settings/sources/ailing", alerting.ailing, name="sources_ailing"),
    path("settings/sources/mark", alerting.mark, name="sources_mark"),
    path("settings/sources/marks", alerting.marks, name="sources_marks"),
    path("settings/sources/add/<str:connector>", views.add, name="source_add"),
    path("settings/sources/add/<str:connector>/test", views.test, name="source_test"),
    path("settings/sources/<int:pk>", views.source, name="source"),
    path("settings/sources/<int:pk>/standing", views.standing, name="source_standing"),
    path("settings/sources/<int:pk>/change", views.change, name="source_change"),
    path("settings/sources/<int:pk>/change/test", views.test_change, name="source_test_change"),
    path("settings/sources/<int:pk>/<str:act>", views.act, name="source_act"),
]
