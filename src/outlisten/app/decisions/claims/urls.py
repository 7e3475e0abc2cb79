"""Addresses of the claims lab."""

from __future__ import annotations

from django.urls import path

from outlisten.app.decisions.claims import views

urlpatterns = [
    path("decisions/claims/", views.page, name="claims"),
    path("decisions/claims/new", views.new, name="claim_new"),
    path("decisions/claims/<int:pk>", views.one, name="claim"),
    path("decisions/claims/<int:pk>/edit", views.edit, name="claim_edit"),
    path("decisions/claims/<int:pk>/freeze", views.freeze, name="claim_freeze"),
    path("decisions/claims/<int:pk>/test", views.test, name="claim_test"),
]
