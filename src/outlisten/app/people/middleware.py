"""Each request in the reader's language and time zone."""

from __future__ import annotations

from collections.abc import Callable
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone, translation

from outlisten.app.people.models import Account


class Preferences:
    """The account's language and zone; a visitor's cookie, else their browser's language."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer inside the reader's language and zone."""
        language, zone = preferences(request)
        request.LANGUAGE_CODE = language
        with translation.override(language), timezone.override(zone):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


def preferences(request: HttpRequest) -> tuple[str, ZoneInfo]:
    """Language code and time zone for this reader."""
    if isinstance(request.user, Account):
        return request.user.language, zone_of(request.user)
    return translation.get_language_from_request(request), ZoneInfo("UTC")


def zone_of(account: Account) -> ZoneInfo:
    """The account's zone, else the workspace's."""
    from outlisten.app.listening.models import Workspace

    name = account.zone or Workspace.objects.values_list("zone", flat=True).first() or "UTC"
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):  # a zone that this machine's tables do not know
        return ZoneInfo("UTC")
