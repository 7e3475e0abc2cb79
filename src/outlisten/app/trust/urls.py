"""Addresses of this room."""

from __future__ import annotations

from outlisten.app.trust.disclosure import urls as disclosure

urlpatterns = [*disclosure.urlpatterns]
