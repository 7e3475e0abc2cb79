"""Addresses of this room."""

from __future__ import annotations

from django.urls import path

from outlisten.app.trust.disclosure import urls as disclosure
from outlisten.app.trust.views import audit, landing, privacy, retention

urlpatterns = [
    path("trust/", landing.page, name="trust"),
    path("trust/audit", audit.page, name="audit"),
    path("trust/audit/verify", audit.verify, name="audit_verify"),
    path("trust/audit/head", audit.head, name="audit_head"),
    path("trust/retention", retention.page, name="retention"),
    path("trust/retention/add", retention.add, name="retention_add"),
    path("trust/retention/run", retention.run, name="retention_run"),
    path("trust/retention/<int:pk>", retention.rule, name="retention_rule"),
    path("trust/retention/<int:pk>/change", retention.change, name="retention_change"),
    path("trust/privacy", privacy.page, name="privacy"),
    path("trust/privacy/requests/<int:pk>", privacy.request_page, name="privacy_request"),
    path("trust/privacy/requests/<int:pk>/receipt", privacy.receipt, name="privacy_receipt"),
    path("trust/privacy/people/<str:token>", privacy.who, name="privacy_person"),
    path("trust/privacy/people/<str:token>/export", privacy.export, name="privacy_export"),
    path("trust/privacy/people/<str:token>/erase", privacy.erase, name="privacy_erase"),
    *disclosure.urlpatterns,
]
