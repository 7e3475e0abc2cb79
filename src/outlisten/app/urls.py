"""Every address of the application."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("outlisten.app.web.urls")),
    path("", include("outlisten.app.people.urls")),
    path("", include("outlisten.app.alerts.urls")),
    path("", include("outlisten.app.sources.urls")),  # before the room whose addresses take any kind of thing
    path("", include("outlisten.app.listening.urls")),
    path("", include("outlisten.app.care.urls")),
    path("", include("outlisten.app.decisions.urls")),
    path("", include("outlisten.app.participation.urls")),
    path("", include("outlisten.app.trust.urls")),
]
handler400 = "outlisten.app.web.views.errors.bad_request"
handler403 = "outlisten.app.web.views.errors.refused"
handler404 = "outlisten.app.web.views.errors.not_found"
handler500 = "outlisten.app.web.views.errors.failed"
