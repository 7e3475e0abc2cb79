"""Acts of a request stand in the audit log as a page's."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from outlisten.app.trust.audit import through
from outlisten.app.trust.models import AuditRow


class Audited:
    """What a request does, it does through a page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer; every row written meanwhile names the page as its channel."""
        with through(AuditRow.Channel.PAGE):
            return self.get_response(request)
