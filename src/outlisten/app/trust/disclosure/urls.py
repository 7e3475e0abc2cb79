"""Addresses of the disclosure watch."""

from __future__ import annotations

from django.urls import path

from outlisten.app.trust.disclosure import views

urlpatterns = [
    path("trust/disclosure", views.page, name="disclosure"),
    path("trust/disclosure/check", views.check, name="disclosure_check"),
    path("trust/disclosure/<int:pk>/ask", views.ask, name="disclosure_ask"),
    path("trust/disclosure/<int:pk>/accept", views.accept, name="disclosure_accept"),
    path("trust/disclosure/<int:pk>/mistaken", views.mistaken, name="disclosure_mistaken"),
    path("trust/disclosure/<int:pk>/reopen", views.reopen, name="disclosure_reopen"),
]
